"""What people do to the notes form, and what is made of it: read, asked about, or told."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.notes import (
    LABELS,
    NotesRead,
    Part,
    for_the_register,
    lines_of,
    read_notes,
)
from secretariat.domain.notes_tables import HEAD as TABLE_HEAD
from secretariat.domain.notes_tables import turned
from secretariat.domain.notes_text import as_text, blank_section, section_text
from secretariat.domain.panel import Section
from secretariat.domain.papers import NotesLine, NotesMark
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome

FIRST, SECOND = Reference(2026, 1), Reference(2026, 2)
HEAD = "## QA-2026-0001\n"


def read(text: str, *confirmed: str) -> NotesRead:
    return read_notes(lines_of(text), confirmed=confirmed)


def one(text: str, *confirmed: str) -> Section:
    (section,) = read(HEAD + text, *confirmed).sections
    return section


def whys(text: str) -> list[str]:
    return [str(fault) for fault in read(HEAD + text).faults]


def outline(section: Section) -> list[str | tuple[str, ...]]:
    return [(point.text, *point.below) if point.below else point.text for point in section.points]


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Points for consideration", Part.POINTS),
        ("Panel’s conclusion", Part.CONCLUSION),
        ("CONCLUSION OF THE PANEL", Part.CONCLUSION),
        ("Outcome of the Panel", Part.OUTCOME),
        ("Typing errors noted:", Part.TYPING_ERRORS),
        ("Areas for final development –", Part.POINTS),
        ("**Resubmission required**", Part.RESUBMISSION),
    ],
)
def test_a_retyped_heading_that_can_mean_one_thing_only_is_read(heading: str, part: Part) -> None:
    said = {Part.OUTCOME: "Publish", Part.RESUBMISSION: "No"}.get(part, "- something")
    section = one(f"{heading}\n\n{said}\n\nOutcome: publish\n")
    assert {Part(line.part) for line in section.written if line.text == said} <= {part, Part.POINTS}
    assert not [fault for fault in read(HEAD + f"{heading}\n\n{said}\n").faults if fault.guess]


@pytest.mark.parametrize(
    ("heading", "guess"),
    [
        ("Panel feedback", "panel feedback = points"),
        ("Conlcusion", "conlcusion = conclusion"),
        ("### What the strengths are", "what the strengths are = conclusion"),
        ("Verdict:", "verdict = outcome"),
        ("Typographcal errors", "typographcal errors = typing errors"),
    ],
)
def test_a_heading_that_is_only_guessed_waits_for_a_person(heading: str, guess: str) -> None:
    text = f"{HEAD}\n{heading}\n\n- publish\n\nOutcome: publish\n"
    asked = read(text)
    assert next(fault.guess for fault in asked.faults if fault.guess) == guess
    assert asked.sound == ()
    assert guess not in [fault.guess for fault in read(text, guess).faults]


def test_a_confirmed_guess_lets_the_section_be_taken() -> None:
    text = f"{HEAD}Panel feedback\n\n- Explain.\n\nOutcome: publish\n"
    (section,) = read(text, "panel feedback = points").sound
    assert outline(section) == ["Explain."]


@pytest.mark.parametrize(
    "line", ["Outcome – publish", "Outcome: Publish.", "Outcome - Publish", "OUTCOME— publish"]
)
def test_a_label_may_be_followed_by_a_dash(line: str) -> None:
    assert one(line).outcome is Outcome.PUBLISH


@pytest.mark.parametrize(
    ("said", "outcome", "sure"),
    [
        ("publish as it is", Outcome.PUBLISH, True),
        ("May be published once the changes are made", Outcome.PUBLISH_AFTER_CHANGES, False),
        ("To be resubmitted", Outcome.RESUBMIT, True),
        ("needs to be resubmitted", Outcome.RESUBMIT, False),
        ("Do not publish", None, False),
        ("Publish / Publish after changes / Resubmit", None, False),
        ("perhaps", None, False),
    ],
)
def test_an_outcome_in_other_words_is_asked_about(
    said: str, outcome: Outcome | None, sure: bool
) -> None:
    notes = read(f"{HEAD}Outcome: {said}\n")
    (section,) = notes.sections
    assert section.outcome is outcome
    assert bool(notes.sound) is sure
    if outcome and not sure:
        (fault,) = notes.faults
        assert read(f"{HEAD}Outcome: {said}\n", fault.guess).sound


def test_an_outcome_that_typing_errors_would_swallow_is_read_or_told() -> None:
    assert one("Typos: page 4\nOutcome – publish").outcome is Outcome.PUBLISH
    told = whys("Typos\n- page 4: teh\n- outcome was publish\n")
    assert told == ["line 4: this stands among the typing errors: write ‘Outcome: publish’"]
    notes = for_the_register(read(f"{HEAD}Conclusion\nThey may publish.\n"), {FIRST}.__contains__)
    assert "line 3 may be it: write it after ‘Outcome:’" in notes.faults[0].why


@pytest.mark.parametrize(
    "marks",
    [
        ("–", "–", "–"), ("-", "–", "*"), ("•", "·", "●"), ("1.", "2.", "3."), ("1)", "2)", "3)"),
        ("(1)", "(2)", "(3)"), ("a)", "b)", "c)"), ("(i)", "(ii)", "(iii)"), ("o", "o", "o"),
        ("a.", "b.", "c."), ("A)", "B)", "C)"), ("▪", "▪", "▪"), ("h)", "i)", "j)"),
    ],
)  # fmt: skip
def test_a_list_may_be_made_with_anything(marks: tuple[str, ...]) -> None:
    rows = "\n".join(f"{mark} Point {place}" for place, mark in enumerate(marks))
    section = one(f"Points\n{rows}\nOutcome: publish")
    assert outline(section) == ["Point 0", "Point 1", "Point 2"]
    assert [point.lines for point in section.points] == [(3,), (4,), (5,)]


@pytest.mark.parametrize(
    "below",
    ["\t- {}", "    – {}", "  * {}", "(i) {}", "a) {}", "o\t{}", "1.1 {}"],
)
def test_a_list_is_nested_by_tab_blanks_or_its_marks(below: str) -> None:
    mark = "1." if below.startswith(("(", "a", "1.1")) else "•"
    after = "2." if mark == "1." else "•"
    text = f"{mark} Explain.\n{below.format('below')}\n{after} Add.\n"
    assert outline(one(f"Points\n{text}")) == [("Explain.", "below"), "Add."]
    assert whys(f"Points\n{text}") == []


def test_hyphens_after_a_number_at_the_same_place_are_asked_about() -> None:
    text = "Points\n1. Explain.\n- below\n- too\n2. Add.\n"
    assert outline(one(text)) == [("Explain.", "below", "too"), "Add."]
    (told,) = whys(text)
    assert told.startswith("line 4: this is read as a point below the one before it")


def test_a_number_of_a_paragraph_of_the_report_stays_in_the_point() -> None:
    assert outline(one("Points\n- 4.2 needs a date\n- 5.1 too")) == ["4.2 needs a date", "5.1 too"]
    assert outline(one("Points\n4.2 needs a date\n7.3 as well")) == [
        "4.2 needs a date",
        "7.3 as well",
    ]
    text = "Points\n2.1 Explain.\n2.2 Add.\n"
    assert outline(one(text)) == ["Explain.", "Add."]
    assert "not a paragraph of the report: is it so?" in whys(text)[0]


def test_a_sentence_wrapped_before_a_number_stays_one_point() -> None:
    assert outline(one("Points\n- Explain what paragraph\n4.2 says.\n")) == [
        "Explain what paragraph 4.2 says."
    ]


def test_paragraphs_among_the_points_are_points_once_a_person_says_so() -> None:
    text = "Points\n\nExplain the gap.\n\nAdd a glossary.\n\nOutcome: publish"
    notes = read(HEAD + text)
    assert notes.sound == ()
    (guess,) = {fault.guess for fault in notes.faults}
    assert outline(one(text, guess)) == ["Explain the gap.", "Add a glossary."]
    assert read(HEAD + text, guess).sound


def test_none_is_no_point_and_no_typing_error() -> None:
    section = one("Points\n- None.\nTyping errors: none noted\nOutcome: publish")
    assert (outline(section), section.typing_errors) == ([], ())
    assert whys("Points\nNone\nOutcome: publish") == []


def test_a_bullet_in_the_conclusion_beside_points_is_asked_about() -> None:
    told = whys("Conclusion\n- A careful review.\nPoints\n- Explain.\nOutcome: publish")
    assert told == [
        "line 3: this bullet stands in the conclusion and is read as a point: is it so?"
    ]


def test_boxes_that_are_ticked_answer() -> None:
    assert one("Outcome\n☐ Publish\n☒ Publish after changes\n☐ Resubmit").outcome is (
        Outcome.PUBLISH_AFTER_CHANGES
    )
    assert one("Outcome: [ ] Publish [x] Resubmit").outcome is Outcome.RESUBMIT
    assert one("Outcome\n☐ Publish\n☐ Resubmit").outcome is None


def test_numbered_headings_are_headings() -> None:
    section = one("1. Conclusion\nCareful.\n\n2. Points\n- Explain.\n3. Outcome: publish")
    assert (section.conclusion, outline(section)) == (("Careful.",), ["Explain."])
    assert section.outcome is Outcome.PUBLISH


def cells(*rows: tuple[str, ...]) -> tuple[NotesLine, ...]:
    lines = [NotesLine(1, "QA-2026-0001", "heading 1")]
    for down, row in enumerate(rows, start=1):
        for across, cell in enumerate(row, start=1):
            for text in cell.split("|"):
                lines.append(NotesLine(len(lines) + 1, text, cell=(1, down, across)))
    return tuple(lines)


def test_labels_beside_their_words_in_a_table() -> None:
    table = cells(
        ("Conclusion", "A careful review.|A second paragraph."),
        ("Points", "Explain the gap.|Add a glossary."),
        ("Outcome", "Publish after changes"),
    )
    notes = read_notes(table, wrapped=False)
    (section,) = notes.sound
    assert notes.faults == ()
    assert section.conclusion == ("A careful review.", "A second paragraph.")
    assert outline(section) == ["Explain the gap.", "Add a glossary."]
    assert section.outcome is Outcome.PUBLISH_AFTER_CHANGES


def test_numbers_in_a_column_of_their_own_are_no_points() -> None:
    table = cells(("Points", ""), ("1", "Explain."), ("2.", "Add."), ("Outcome", "Publish"))
    (section,) = read_notes(table, wrapped=False).sound
    assert outline(section) == ["Explain.", "Add."]


def test_a_table_with_a_review_in_each_row() -> None:
    table = (
        ("Review", "Conclusion", "Points", "Outcome"),
        ("QA-2026-0001", "Careful.", "Explain.|Add.", "Publish after changes"),
        ("QA-2026-0002", "Clear.", "None", "Publish"),
    )
    notes = read_notes(cells(*table)[1:], wrapped=False)
    first, second = notes.sound
    assert (first.conclusion, outline(first)) == (("Careful.",), ["Explain.", "Add."])
    assert (second.reference, second.outcome) == (SECOND, Outcome.PUBLISH)


def test_tracked_changes_are_refused_with_their_place() -> None:
    lines = (
        NotesLine(1, "QA-2026-0001", "heading 1"),
        NotesLine(2, "Very good.", marks=(NotesMark.TRACKED,), seen="Very poor good."),
        NotesLine(3, "Outcome: publish"),
    )
    notes = read_notes(lines, wrapped=False)
    assert notes.sound == ()
    why = (
        "line 2: this holds tracked changes (‘Very poor good.’): accept or refuse each in the file"
    )
    assert [str(fault) for fault in notes.faults] == [why]


def test_a_comment_is_told_and_keeps_nothing_from_being_taken() -> None:
    lines = (
        NotesLine(1, "QA-2026-0001", "heading 1"),
        NotesLine(2, "Very good.", marks=(NotesMark.COMMENT,)),
        NotesLine(3, "Outcome: publish"),
    )
    notes = read_notes(lines, wrapped=False)
    assert len(notes.sound) == 1
    assert "comments are not read" in notes.faults[0].why


def test_a_line_break_in_a_paragraph_goes_on_with_it() -> None:
    lines = (
        NotesLine(1, "QA-2026-0001", "heading 1"),
        NotesLine(2, "A careful"),
        NotesLine(3, "review.", continues=True),
        NotesLine(4, "Outcome: publish"),
    )
    assert read_notes(lines, wrapped=False).sections[0].conclusion == ("A careful review.",)


def test_what_is_said_of_the_meeting_before_the_first_review_is_told_and_spoils_nothing() -> None:
    notes = read(f"# Notes of the Panel\n\nPresent: all\n\n{HEAD}Outcome: publish\n")
    assert [section.reference for section in notes.sound] == [FIRST]
    assert [str(fault) for fault in notes.faults] == [
        "line 3: this stands before the first review: not used"
    ]


def test_notes_on_a_review_off_the_agenda_wait_for_a_person() -> None:
    notes = read(f"{HEAD}Outcome: publish\n")
    known = {FIRST, SECOND}.__contains__
    (fault,) = for_the_register(notes, known, {SECOND}).faults
    assert "not on the agenda" in fault.why
    assert for_the_register(notes, known, {SECOND}, confirmed=[fault.guess]).sound
    assert for_the_register(notes, known, {FIRST}).faults == ()


WORDS = st.lists(
    st.sampled_from(["Explain", "gap", "publish", "4.2", "Sarah’s", "resubmit", "none"]), min_size=1
)
LINES = st.one_of(
    st.builds(
        lambda indent, mark, words: f"{indent}{mark}{' '.join(words)}",
        st.sampled_from(["", " ", "  ", "\t", "    "]),
        st.sampled_from(
            ["", "- ", "– ", "• ", "o ", "1. ", "2.1 ", "(i) ", "a) ", "☐ ", "# ", "### ", "**"]
        ),
        WORDS,
    ),
    st.sampled_from([*LABELS, "Panel feedback", "Outcome:", "Conclusion –", "---", "", "  "]),
    st.sampled_from(["Outcome: publish", "Resubmission: no", "Points: Explain", "## QA-2026-0002"]),
)


def words_in(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@given(st.lists(LINES, max_size=14), st.booleans())
def test_no_line_with_words_is_lost(rows: list[str], wrapped: bool) -> None:
    lines = lines_of("\n".join(["# QA-2026-0001", *rows]))
    notes = read_notes(lines, wrapped=wrapped)
    told = {fault.line for fault in notes.faults}
    written = {line.line: line for section in notes.sections for line in section.written}
    for line in lines:
        if not words_in(line.text):
            continue
        assert line.number in written or line.number in told
        if line.number in written and not written[line.number].part:
            assert line.number in told
    for section in notes.sections:
        _says_all(section)


def _says_all(section: Section) -> None:
    """Each word of what was taken for the letter stands in the letter's paragraphs and points."""
    points = [text for point in section.points for text in (point.text, *point.below)]
    for part, said in (("conclusion", [*section.conclusion, *points]), ("points", points)):
        have = set(words_in(" ".join(said)))
        for line in section.written:
            nothing = line.text.lower().strip(" -–•o#*").endswith("none")
            if line.part == part and not nothing:
                lost = [word for word in words_in(line.text) if word not in have]
                assert all(_is_mark_or_label(word, line.text) for word in lost), line


def _is_mark_or_label(word: str, text: str) -> bool:
    marks = re.match(r"\W*(?:o|\d+(?:\.\d+)*|\(?[ivax]+\)?|a)\b", text)
    labels = {word for label in (*LABELS, "panel feedback") for word in label.split()}
    return bool(marks and word in marks[0]) or word.lower() in labels


PARAGRAPHS = st.lists(
    st.builds(
        lambda text, style, level, indent, cell, again, marks: NotesLine(
            0, text, style, level, indent, cell, continues=again, marks=marks
        ),
        st.one_of(LINES.map(str.strip), WORDS.map(" ".join)),
        st.sampled_from(["", "heading 1", "Heading 2", "List Paragraph", "List Bullet 2", "Title"]),
        st.sampled_from([-1, -1, 0, 1, 2]),
        st.sampled_from([0, 0, 3, 6]),
        st.sampled_from([(), (), (1, 1, 1), (1, 1, 2), (1, 2, 1), (1, 2, 2), (2, 1, 1)]),
        st.booleans(),
        st.sampled_from([(), (), (NotesMark.COMMENT,), (NotesMark.TRACKED,)]),
    ),
    max_size=12,
)


@given(PARAGRAPHS)
def test_no_paragraph_of_a_file_is_lost_whatever_its_style_or_cell(
    paragraphs: list[NotesLine],
) -> None:
    first = NotesLine(1, "QA-2026-0001", "heading 1")
    lines = [first, *(replace(one, number=at) for at, one in enumerate(paragraphs, start=2))]
    notes = read_notes(lines, wrapped=False)
    told = {fault.line for fault in notes.faults}
    written = {line.line: line for section in notes.sections for line in section.written}
    for line in lines:
        if words_in(line.text):
            assert line.number in written or line.number in told
            if line.number in written and not written[line.number].part:
                assert line.number in told
        if NotesMark.TRACKED in line.marks:
            assert line.number in told
    for section in notes.sections:
        _says_all(section)


@given(PARAGRAPHS)
def test_what_is_shown_as_text_keeps_every_word(paragraphs: list[NotesLine]) -> None:
    lines = [replace(one, number=at) for at, one in enumerate(paragraphs, start=1)]
    sections = read_notes(lines, wrapped=False).sections
    words = set(words_in(as_text(lines, sections, wrapped=False)))
    heads = {line.number for line in turned(lines) if line.style == TABLE_HEAD}
    for line in lines:
        if line.number in heads:
            continue
        lost = [word for word in words_in(line.text) if word not in words]
        assert all(_is_mark_or_label(word, line.text) for word in lost)


@given(st.lists(st.sampled_from(["Explain.", "Add.", "Name her."]), min_size=1, max_size=6))
def test_every_point_and_paragraph_knows_its_line(points: list[str]) -> None:
    text = f"{HEAD}Careful.\n\nPoints\n" + "\n".join(f"- {point}" for point in points)
    (section,) = read(text).sections
    rows = text.splitlines()
    assert [rows[line - 1] for line in section.conclusion_lines] == ["Careful."]
    assert [rows[point.lines[0] - 1] for point in section.points] == [f"- {one}" for one in points]


def test_a_section_as_typed_says_the_same_when_it_is_read_again() -> None:
    section = one(
        "Conclusion: Careful.\n\nClear.\n\nPoints\n- Explain.\n  - below\n- Add.\n"
        "Outcome: resubmit\nResubmission: yes\nTypos\n- teh\n"
    )
    (again,) = read(section_text(section)).sound
    assert again.says_what(section)


def test_headings_that_nobody_filled_in_say_nothing() -> None:
    notes = read(blank_section(FIRST, "Anytown Community Safety Partnership"))
    (section,) = notes.sections
    assert (section.conclusion, section.points, section.outcome) == ((), (), None)
    assert notes.faults == ()


def test_a_reference_with_hyphens_that_keep_its_line_is_known() -> None:
    (section,) = read("QA\u20112026\u20110001 Anytown\nOutcome: publish\n").sections
    assert section.reference == FIRST


def test_two_hundred_points_are_read_at_once_and_each_knows_its_line() -> None:
    rows = "\n".join(f"- Point {place}" for place in range(200))
    points = one(f"Points\n{rows}\nOutcome: publish").points
    assert [point.lines for point in points] == [(place,) for place in range(3, 203)]
