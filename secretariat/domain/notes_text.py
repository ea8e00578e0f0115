"""Notes as text that a person can put right in a page, and that is read as the notes were."""

from collections.abc import Sequence
from typing import Final

from secretariat.domain.letter_content import Point
from secretariat.domain.notes_lists import mark_of
from secretariat.domain.notes_reading import HEADING, bare
from secretariat.domain.notes_tables import HEAD, turned
from secretariat.domain.notes_words import Part
from secretariat.domain.panel import Section
from secretariat.domain.papers import NotesLine
from secretariat.domain.reference import Reference

BLANKS_A_LEVEL: Final = 6
CONCLUSION: Final = "Conclusion"
POINTS: Final = "Points for the letter"
OUTCOME: Final = "Outcome"
RESUBMISSION: Final = "Resubmission wanted"
TYPING_ERRORS: Final = "Typing errors noted"
NOTHING: Final = ""


def as_text(lines: Sequence[NotesLine], sections: Sequence[Section], *, wrapped: bool) -> str:
    """Return the lines as text; see `read_notes` for `wrapped`, and for what it reads of them.

    A point in the cell of a table gets a hyphen, for text has no cells.
    """
    if wrapped:
        return "\n".join(line.text for line in lines)
    parts = {line.line: line.part for section in sections for line in section.written}
    rows: list[str] = []
    was_point = False
    for line in turned(lines):
        if not line.text.strip() or line.style == HEAD:
            continue
        row, point = _row(line, parts.get(line.number, ""))
        if rows and not line.continues and not (point and was_point):
            rows.append("")
        rows.append(row)
        was_point = point
    return "\n".join(rows)


def blank_section(reference: Reference, partnership: str = "") -> str:
    """Return the headings under which notes on a review are typed."""
    heading = f"{reference} – {partnership}" if partnership else str(reference)
    return _section(heading, (), (), NOTHING, NOTHING, ())


def section_text(section: Section) -> str:
    """Return a section that was taken, as it is typed."""
    wanted = {True: "yes", False: "no", None: NOTHING}[section.resubmission_wanted]
    points = tuple(row for point in section.points for row in _point(point))
    outcome = str(section.outcome or NOTHING)
    heading = bare(section.heading) or str(section.reference)
    errors = tuple(f"- {one}" for one in section.typing_errors)
    return _section(heading, section.conclusion, points, outcome, wanted, errors)


def _section(
    heading: str,
    conclusion: tuple[str, ...],
    points: tuple[str, ...],
    outcome: str,
    wanted: str,
    errors: tuple[str, ...],
) -> str:
    blocks = (
        f"## {heading}",
        CONCLUSION,
        *(conclusion or ("",)),
        POINTS,
        "\n".join(points or ("- ",)),
        f"{OUTCOME}: {outcome}".strip(),
        f"{RESUBMISSION}: {wanted}".strip(),
        TYPING_ERRORS,
        "\n".join(errors or ("- ",)),
    )
    return "\n\n".join(blocks) + "\n"


def _point(point: Point) -> tuple[str, ...]:
    return (f"- {point.text}", *(f"  - {below}" for below in point.below))


def _row(line: NotesLine, part: str) -> tuple[str, bool]:
    """Return a line as it is typed, and whether it is a point."""
    text = line.text.strip()
    style = line.style.lower()
    if style.startswith(("heading", "title")):
        depth = int(style[-1]) if style[-1:].isdecimal() else 1
        return f"{'#' * depth} {text}", False
    blanks = " " * (max(line.level, 0) * BLANKS_A_LEVEL + line.indent)
    if line.level >= 0 or style.startswith("list"):
        mark = mark_of(text)
        return f"{blanks}- {mark.text if mark and mark.kind.endswith('glyph') else text}", True
    if mark_of(text):
        return f"{blanks}{text}", True
    if line.cell and part == Part.POINTS and any(map(str.isalpha, text)):
        return f"- {text}", True
    return ("" if part == HEADING and line.cell and text.isdecimal() else text), False
