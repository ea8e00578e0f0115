"""Word-level differences: what was kept and removed is the old text, kept and added the new."""

import time
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.letter_changes import (
    Change,
    PartChanged,
    Run,
    differences,
    parts_of,
    point_lines,
)
from secretariat.domain.letter_content import (
    Addressee,
    Death,
    Delay,
    Grade,
    Greeting,
    LetterContent,
    LetterKind,
    MeetingMode,
    Naming,
    Point,
    ReviewName,
)
from secretariat.domain.review import Outcome
from tests.builders import a_head, an_addressee, some_content

TEXTS = st.lists(st.text(alphabet="ab ,.é’", min_size=1), max_size=4).map(tuple)
OTHERWISE: dict[str, object] = {
    "generation": "2022",
    "head": a_head(unit="Another Unit"),
    "addressee": an_addressee(last="Otherwise"),
    "area": "Othertown",
    "outcome": Outcome.RESUBMIT,
    "local_reference": "DHR16",
    "pseudonyms": ("Jon",),
    "meeting_date": date(2026, 3, 4),
    "regret": False,
    "conclusion": ("Other words.",),
    "points": (Point("Another point."),),
    "copy_offices": (),
    "mode": MeetingMode.VIRTUAL,
    "kind": LetterKind.CORRECTION,
    "review_name": ReviewName.DARDR,
    "death": Death.SUICIDE,
    "delay": Delay.STANDARD,
    "delay_words": "We are late.",
    "others": (Addressee(last="Second"),),
    "partnerships": ("Anytown CSP",),
    "article": "the",
    "naming": Naming.BARE,
    "case_words": "the death of Maria",
    "date_as_written": "3rd March",
    "numbered": True,
    "outcome_words": "It may be published.",
    "grade": Grade.ADEQUATE,
    "asks": ("appendix",),
    "replaces": date(2026, 3, 1),
    "version_named": "second version",
}
NOT_WORDS = {"letter_date", "conclusion_lines", "version_sha256"}


def the_only(before: str, after: str) -> PartChanged:
    (part,) = differences(some_content(conclusion=(before,)), some_content(conclusion=(after,)))
    return part


def test_one_word_changed_is_told_as_that_word() -> None:
    part = the_only("The Panel felt this was good.", "The Panel felt this was excellent.")
    assert part.part == "What the Panel felt"
    assert part.lines == (
        (
            Run(Change.KEPT, "The Panel felt this was "),
            Run(Change.REMOVED, "good"),
            Run(Change.ADDED, "excellent"),
            Run(Change.KEPT, "."),
        ),
    )


def test_a_phrase_is_told_as_one_and_not_word_by_word() -> None:
    part = the_only(
        "The report names the dates of all the events well.",
        "The report names the years for all the events well.",
    )
    assert (part.removed(), part.added()) == (("dates of",), ("years for",))


def test_paragraphs_with_little_in_common_stand_one_after_the_other() -> None:
    part = the_only("The Panel thanks the chair.", "Nobody, however, wrote to us.")
    assert [run.change for line in part.lines for run in line] == [Change.REMOVED, Change.ADDED]


def test_a_paragraph_put_in_the_middle_leaves_the_others_as_kept() -> None:
    before = some_content(points=(Point("One."), Point("Three.")))
    after = some_content(points=(Point("One."), Point("Two.", ("Below.",)), Point("Three.")))
    (part,) = differences(before, after)
    assert part.added() == ("Two.", "– Below.")
    assert part.removed() == ()


def test_the_same_words_have_no_differences_and_the_day_is_no_word() -> None:
    assert differences(some_content(), some_content(letter_date=date(2026, 3, 10))) == ()


@pytest.mark.parametrize("name", [one.name for one in fields(LetterContent)])
def test_no_value_of_a_letter_changes_unseen(name: str) -> None:
    if name in NOT_WORDS:
        assert name not in OTHERWISE
        return
    assert differences(some_content(), replace(some_content(), **{name: OTHERWISE[name]}))


def test_the_greeting_of_an_addressee_is_no_silent_change() -> None:
    plain = some_content(addressee=an_addressee(salutation=""))
    first = replace(plain.addressee, greeting=Greeting.BY_FIRST_NAME)
    assert differences(plain, replace(plain, addressee=first))


def test_a_point_is_written_with_its_label_and_lead_in() -> None:
    point = Point("The dates are missing.", ("2019",), label="Structure", lead_in="Please add:")
    assert point_lines(point) == ("Structure: The dates are missing. Please add:", "– 2019")


@given(TEXTS, TEXTS)
def test_what_is_kept_and_removed_is_the_old_text_and_kept_and_added_the_new(
    before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    old, new = some_content(conclusion=before), some_content(conclusion=after)
    shown = {part.part: part for part in differences(old, new)}
    if before == after:
        assert shown == {}
        return
    lines = shown["What the Panel felt"].lines
    for texts, other in ((before, Change.ADDED), (after, Change.REMOVED)):
        left = ["".join(run.text for run in line if run.change is not other) for line in lines]
        whole = [text for text, line in zip(left, lines, strict=True) if _of(line, other)]
        assert whole == list(texts)


def _of(line: tuple[Run, ...], other: Change) -> bool:
    return any(run.change is not other for run in line)


def test_two_hundred_points_are_compared_in_a_moment() -> None:
    points = tuple(Point(f"Point {n} says that the chronology lacks a date.") for n in range(200))
    changed = (*points[:100], Point("New."), *points[100:150], *points[151:])
    began = time.perf_counter()
    (part,) = differences(some_content(points=points), some_content(points=changed))
    assert time.perf_counter() - began < 1
    assert (len(part.added()), len(part.removed())) == (1, 1)
    assert set(parts_of(some_content())) >= {"Points", "Outcome"}
