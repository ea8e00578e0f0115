import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.letter_content import Point
from secretariat.domain.notes import NotesRead, for_the_register, lines_of, read_notes
from secretariat.domain.notes_words import LABELS, NOTHING
from secretariat.domain.panel import Fault
from secretariat.domain.papers import NotesLine
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome

FIRST, SECOND = Reference(2026, 1), Reference(2026, 2)

NOTES = """\
# Panel of 3 March 2026

## QA-2026-0001 Anytown

### Conclusion
A careful review, which runs
over two lines.

A second paragraph.

### Points
- Explain the gap;
  it runs on here.
  - a point below
  - another below
- Add a glossary.

### Outcome
Publish after changes
### Resubmission wanted
No
### Typing errors noted
- page 4: teh

## QA-2026-0002
Conclusion: A short one.
Outcome: publish
"""


def read(text: str) -> NotesRead:
    return read_notes(lines_of(text))


def faults(text: str) -> list[int]:
    known = {FIRST, SECOND}
    return [fault.line for fault in for_the_register(read(text), known.__contains__).faults]


def test_notes_in_markdown_say_everything_about_each_review() -> None:
    notes = read(NOTES)
    first, second = notes.sections
    assert notes.faults == ()
    assert (first.reference, first.line, first.outcome) == (FIRST, 3, Outcome.PUBLISH_AFTER_CHANGES)
    assert first.conclusion == (
        "A careful review, which runs over two lines.",
        "A second paragraph.",
    )
    assert first.points == (
        Point(
            "Explain the gap; it runs on here.",
            ("a point below", "another below"),
            lines=(12, 14, 15),
        ),
        Point("Add a glossary.", lines=(16,)),
    )
    assert first.resubmission_wanted is False
    assert first.typing_errors == ("page 4: teh",)
    assert (second.conclusion, second.outcome) == (("A short one.",), Outcome.PUBLISH)


def test_plain_text_needs_only_the_reference_and_labels() -> None:
    notes = read("QA-2026-0001 Anytown\n\nA careful review.\n\n1. Explain.\n\nOUTCOME: Resubmit.\n")
    (section,) = notes.sections
    assert notes.faults == ()
    assert section.conclusion == ("A careful review.",)
    assert section.points == (Point("Explain.", lines=(5,)),)
    assert section.outcome is Outcome.RESUBMIT


@pytest.mark.parametrize(
    "heading",
    ["QA-2026-0001", "**QA-2026-0001 Anytown**", "1. QA-2026-0001 Anytown", "Review: qa 2026/1"],
)
def test_a_line_that_begins_with_a_reference_is_a_heading(heading: str) -> None:
    (section,) = read(f"{heading}\nOutcome: publish").sections
    assert section.reference == FIRST


def test_a_reference_in_a_sentence_begins_no_section() -> None:
    text = "QA-2026-0001\n\nThe Panel recalled QA-2026-0002.\n\nOutcome: publish"
    (section,) = read(text).sections
    assert section.conclusion == ("The Panel recalled QA-2026-0002.",)


def test_a_word_file_says_the_same_by_its_styles() -> None:
    lines = (
        NotesLine(1, "Notes", "Title"),
        NotesLine(2, "QA-2026-0001", "Heading 1"),
        NotesLine(3, "Conclusion", "Heading 2"),
        NotesLine(4, "One paragraph.", "Normal"),
        NotesLine(5, "Another paragraph.", "Normal"),
        NotesLine(6, "Points", "Heading 2"),
        NotesLine(7, "Explain.", "List Bullet", 0),
        NotesLine(8, "Below.", "List Bullet 2", 1),
        NotesLine(9, "Outcome: publish", "Normal"),
    )
    notes = read_notes(lines, wrapped=False)
    (section,) = notes.sections
    assert notes.faults == ()
    assert section.conclusion == ("One paragraph.", "Another paragraph.")
    assert section.points == (Point("Explain.", ("Below.",), lines=(7, 8)),)
    assert section.outcome is Outcome.PUBLISH


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("## QA-2026-0001\nConclusion: x\n", [1], id="no outcome"),
        pytest.param("## QA-2026-0009\nOutcome: publish\n", [1], id="an unknown review"),
        pytest.param("## Anytown\nOutcome: publish\n", [1], id="no reference"),
        pytest.param(
            "## QA-2026-0001\nOutcome: publish\n## QA-2026-0001\nOutcome: publish\n",
            [1, 3],
            id="two sections for one review",
        ),
        pytest.param(
            "## QA-2026-0001 and QA-2026-0002\nOutcome: publish\n", [1], id="two reviews in one"
        ),
        pytest.param("## QA-2026-0001\nOutcome: perhaps\n", [2], id="an outcome nobody knows"),
        pytest.param(
            "## QA-2026-0001\nOutcome: publish\nOutcome: resubmit\n", [3], id="two outcomes"
        ),
        pytest.param(
            "## QA-2026-0001\nOutcome: publish\nResubmission: yes\n", [3], id="a contradiction"
        ),
        pytest.param(
            "## QA-2026-0001\nOutcome: publish\nPoints\n\nas follows\n", [5], id="no bullet"
        ),
        pytest.param(
            "## QA-2026-0001\n- a\n  - b\n    - c\nOutcome: publish\n", [4], id="nested twice"
        ),
        pytest.param(
            "## QA-2026-0001\nOutcome: publish\n### Gossip\nx\n", [3, 4], id="an unknown heading"
        ),
        pytest.param("Present: all\n\n## QA-2026-0001\nOutcome: publish\n", [1], id="outside"),
    ],
)
def test_what_cannot_be_read_is_listed_with_its_line(text: str, lines: list[int]) -> None:
    assert faults(text) == lines


def test_a_section_that_cannot_be_read_keeps_no_other_from_being_taken() -> None:
    text = f"{NOTES}\n## QA-2026-0003\nOutcome: publish\n## QA-2026-0004\nResubmission: maybe\n"
    judged = for_the_register(read(text), {FIRST, SECOND}.__contains__)
    assert [section.reference for section in judged.sound] == [FIRST, SECOND]


def test_what_stands_before_the_first_review_spoils_no_section() -> None:
    notes = read("Present: all\n\n## QA-2026-0001\nOutcome: publish\n")
    assert notes.faults == (Fault(1, "this stands before the first review: not used", bars=False),)
    assert [section.reference for section in notes.sound] == [FIRST]


def test_notes_on_one_review_need_no_heading_for_the_command() -> None:
    (section,) = read("Conclusion: A careful review.\n\nOutcome: publish").sections
    assert (section.reference, section.outcome) == (None, Outcome.PUBLISH)


@given(st.text(alphabet=st.sampled_from("# -*•:\n\tQA2026-01abOutcome publish."), max_size=300))
def test_no_text_breaks_the_reading_and_every_fault_has_its_line(text: str) -> None:
    notes = read(text)
    assert all(1 <= fault.line <= len(text.splitlines()) for fault in notes.faults)
    assert len(notes.sound) <= len(notes.sections)


WORDS = st.text(st.characters(categories=("L",)), min_size=1, max_size=20)


@given(st.lists(WORDS.filter(lambda word: word.lower() not in {*NOTHING, *LABELS}), max_size=6))
def test_every_point_comes_out_as_it_was_written(points: list[str]) -> None:
    text = "## QA-2026-0001\nPoints\n" + "\n".join(f"- {point}" for point in points)
    (section,) = read(f"{text}\nOutcome: publish").sections
    assert [point.text for point in section.points] == points


def test_what_stands_below_the_outcome_is_told_apart_from_a_second_outcome() -> None:
    def told(after: str) -> list[str]:
        text = f"## QA-2026-0001\n\nOutcome: publish\n\n{after}\n"
        return [fault.why for fault in read_notes(lines_of(text)).faults]

    assert told("Outcome: publish after changes") == ["the outcome is said twice"]
    assert told("The Panel praised the review.") == [
        "this stands below the outcome: write it under ‘Conclusion’ or ‘Points’"
    ]
