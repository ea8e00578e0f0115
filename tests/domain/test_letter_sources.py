from dataclasses import replace

import pytest

from secretariat.domain.letter_content import Point
from secretariat.domain.letter_sources import Source, beside, sources_in, with_sources
from secretariat.domain.notes import lines_of, read_notes
from secretariat.domain.panel import Section, Written
from tests.builders import a_section, some_content
from tests.letter_builders import CORPUS, content_of

LINED = a_section(
    conclusion=("The Panel found this a careful review with a clear voice.",),
    conclusion_lines=(3,),
    points=(
        Point("The timeline needs dates.", ("Add the year of each event.",), lines=(6, 8)),
        Point("The glossary is missing from the report.", lines=(9,)),
    ),
    written=(
        Written(1, "# QA-2026-0001", "heading"),
        Written(3, "The Panel found this a careful", "conclusion"),
        Written(4, "review with a clear voice.", "conclusion"),
        Written(5, "## Points", "heading"),
        Written(6, "- The timeline needs", "points"),
        Written(7, "  dates.", "points"),
        Written(8, "  - Add the year of each event.", "points"),
        Written(9, "- The glossary is missing from the report.", "points"),
        Written(11, "Outcome: publish after changes", "outcome"),
        Written(13, "Somebody coughed.", ""),
    ),
)
DRAFT = some_content(
    conclusion=LINED.conclusion, conclusion_lines=LINED.conclusion_lines, points=LINED.points
)


def lines_beside(section: Section, **changed: object) -> list[int]:
    rows = beside(replace(DRAFT, **changed), section).rows
    return [row.source.line if row.source else 0 for row in rows]


def test_each_paragraph_and_point_of_a_draft_stands_beside_its_note() -> None:
    shown = beside(DRAFT, LINED)
    assert [row.source.line if row.source else 0 for row in shown.rows] == [3, 6, 8, 9]
    assert [row.place for row in shown.rows] == [
        "paragraph 1 of the conclusion",
        "point 1",
        "point 1, below it",
        "point 2",
    ]
    assert not any(row.changed for row in shown.rows)


def test_a_note_is_shown_with_all_of_its_lines_as_they_stand() -> None:
    texts = [source.text for source in sources_in(LINED)]
    assert texts[0] == "The Panel found this a careful review with a clear voice."
    assert texts[1] == "- The timeline needs dates."


def test_what_the_notes_say_and_the_draft_does_not_use_is_listed_with_typing_errors_apart() -> None:
    shown = beside(replace(DRAFT, points=DRAFT.points[:1]), LINED)
    assert [(source.line, source.part) for source in shown.unused] == [(9, "points"), (13, "")]
    assert shown.typing_errors == ("Page 4: 'teh'",)


def test_a_draft_of_notes_without_lines_is_put_beside_what_is_most_like_it() -> None:
    section = a_section(
        conclusion=("Well written.",),
        points=(Point("The timeline needs dates."), Point("The glossary is missing.")),
    )
    content = some_content(
        conclusion=("Well written.",), points=(Point("The timeline needs the dates."),)
    )
    first, second = beside(content, section).rows
    assert (first.source, first.changed) == (Source(0, "Well written.", "conclusion"), False)
    assert (second.source, second.changed) == (
        Source(0, "The timeline needs dates.", "points"),
        True,
    )
    assert [one.text for one in beside(content, section).unused] == ["The glossary is missing."]


def test_a_paragraph_that_staff_change_keeps_its_source_and_a_new_one_has_none() -> None:
    typed = replace(
        DRAFT,
        conclusion=("The Victims Commissioner was told.", "The Panel found it a careful review."),
        points=(
            Point("There is no glossary: the glossary is missing from the report."),
            Point("The timeline needs exact dates.", ("Something else entirely, quite new.",)),
        ),
    )
    kept = with_sources(DRAFT, typed)
    assert kept.conclusion_lines == (0, 3)
    assert [point.lines for point in kept.points] == [(9,), (6, 0)]


def test_a_point_that_is_split_in_two_leaves_both_halves_with_its_source() -> None:
    one = "The timeline needs dates for each event, and the glossary should name every agency."
    before = replace(DRAFT, points=(Point(one, lines=(6,)),))
    halves = (
        Point("The timeline needs dates for each event."),
        Point("The glossary should name every agency."),
    )
    after = with_sources(before, replace(before, points=halves))
    assert [point.lines for point in after.points] == [(6,), (6,)]


def test_words_without_sources_are_left_as_they_are() -> None:
    plain = some_content()
    assert with_sources(plain, plain) is plain
    assert lines_beside(LINED, conclusion_lines=()) == [0, 6, 8, 9]


@pytest.mark.parametrize("case", ["kent-dhr15", "anyshire", "otherton"])
def test_every_paragraph_of_a_golden_letter_has_its_note_and_no_note_is_left_over(
    case: str,
) -> None:
    notes = read_notes(lines_of((CORPUS / "notes" / f"{case}.md").read_text()))
    (section,) = notes.sections
    content = replace(content_of(case), conclusion_lines=section.conclusion_lines)
    shown = beside(content, section)
    assert all(row.source and row.source.line and not row.changed for row in shown.rows)
    assert shown.unused == ()
