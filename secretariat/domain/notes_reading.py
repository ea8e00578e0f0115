"""Goes down the lines of notes and says of each what it is taken for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from secretariat.domain import notes_tables
from secretariat.domain.letter_content import Point
from secretariat.domain.notes_lists import Levels, Mark, mark_of_line, numbering
from secretariat.domain.notes_words import (
    Announced,
    Part,
    announced,
    answer_of,
    guessed,
    outcome_of,
    says_nothing,
)
from secretariat.domain.panel import Fault, Section, Written
from secretariat.domain.papers import NotesLine, NotesMark
from secretariat.domain.reference import SHAPE, Reference

LABEL: Final = re.compile(r"(?P<label>[\w'’ ]{4,40}?)\s*(?::|[-–—]\s)(?P<rest>.*)")
NAMING: Final = re.compile(
    rf"(?:\d{{1,3}}[.)]\s+)?(?:(?:review|case|report|reference)\b[\s:]*)?(?={SHAPE.pattern})",
    re.IGNORECASE,
)
BOX: Final = re.compile(r"([☐☒☑✓✔□◻■]|\[[ xX]?\])\s*")
EMPTY_BOXES: Final = frozenset({"☐", "□", "◻", "[ ]", "[]"})
LONGEST_HEADING: Final = 150
LONGEST_GUESS: Final = 60
HEADING: Final = "heading"
NOT_USED: Final = ""
MARKS: Final = {
    NotesMark.TRACKED: "this holds tracked changes (‘{}’): accept or refuse each in the file",
    NotesMark.COMMENT: "a comment hangs on this (‘{}’): comments are not read",
    NotesMark.HIDDEN: "hidden words stand in this (‘{}’): they are not read",
    NotesMark.FOOTNOTE: "a footnote hangs on this (‘{}’): footnotes are not read",
}


@dataclass(slots=True)
class Piece:
    """A paragraph or point, and the line where it begins."""

    text: str
    line: int
    below: list["Piece"] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A section while it is read."""

    heading: str
    line: int
    depth: int
    reference: Reference | None
    faults: list[Fault] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    conclusion: list[Piece] = field(default_factory=list)
    points: list[Piece] = field(default_factory=list)
    outcome: list[Piece] = field(default_factory=list)
    resubmission: list[Piece] = field(default_factory=list)
    typing_errors: list[Piece] = field(default_factory=list)
    announced: set[Part] = field(default_factory=set)
    in_conclusion: list[int] = field(default_factory=list)

    @property
    def says_anything(self) -> bool:
        """Whether anything stands under the heading."""
        return bool(self.faults) or any(one.part != HEADING for one in self.written)

    def section(self) -> Section:
        """Return what was read."""
        return Section(
            heading=self.heading,
            line=self.line,
            reference=self.reference,
            conclusion=tuple(one.text for one in self.conclusion),
            points=tuple(_point(one) for one in self.points),
            outcome=outcome_of(self.outcome[0].text)[0] if self.outcome else None,
            resubmission_wanted=(
                answer_of(self.resubmission[0].text)[0] if self.resubmission else None
            ),
            typing_errors=tuple(one.text for one in self.typing_errors),
            conclusion_lines=tuple(one.line for one in self.conclusion),
            written=tuple(self.written),
        )


def _point(piece: Piece) -> Point:
    below = tuple(one.text for one in piece.below)
    return Point(piece.text, below, lines=(piece.line, *(one.line for one in piece.below)))


class Reading:
    """Knows in which section and part it stands."""

    def __init__(self, lines: Sequence[NotesLine], *, wrapped: bool) -> None:
        """Read them all; what was read stands in `drafts`, what is outside of any in `outside`."""
        self.drafts: list[Draft] = []
        self.outside: list[Fault] = []
        self._wrapped = wrapped
        self._part = Part.CONCLUSION
        self._levels = Levels()
        self._open: Piece | None = None
        self._numbering, self._perhaps = numbering(lines)
        for line in lines:
            self._take(line)

    def _take(self, line: NotesLine) -> None:
        text = bare(line.text)
        if any(map(str.isalnum, text)):
            self._take_words(line, text)
        elif not line.continues:
            self._open = None
        for mark in line.marks:
            self._tell_mark(line, mark)

    def _take_words(self, line: NotesLine, text: str) -> None:
        part = HEADING if line.style == notes_tables.HEAD else self._part_of(line, text)
        if line.style == notes_tables.LABEL or (
            line.style == notes_tables.HEAD and not self.drafts
        ):
            return
        if self.drafts:
            self.drafts[-1].written.append(Written(line.number, line.text.strip(), str(part)))
        else:
            self._outside(line, "this stands before the first review: not used")

    def _part_of(self, line: NotesLine, text: str) -> str:
        """Take the line and return what it was taken for."""
        if line.continues and self._open:
            return self._go_on(text)
        if _is_heading(line):
            return self._take_heading(line, text)
        mark = mark_of_line(line)
        if mark and self._is_words(line, mark):
            mark = None
        label = bare(mark.text) if mark else text
        if (part := self._take_label(line, label, listed=mark is not None)) is not None:
            return part
        if not self.drafts:
            return NOT_USED
        return self._take_bullet(line, mark) if mark else self._take_text(line, text)

    def _is_words(self, line: NotesLine, mark: Mark) -> bool:
        """Say whether the number at the beginning of a wrapped line is part of its sentence."""
        numbers = line.number in self._numbering | self._perhaps
        if not self._wrapped or self._open is None or numbers:
            return False
        return mark.kind.startswith("dotted") and not self._open.text[:1].isdecimal()

    def _take_label(self, line: NotesLine, text: str, *, listed: bool = False) -> str | None:
        """Begin the part that the line announces; None where it announces none."""
        said, rest = _label_and_rest(text)
        found = announced(said)
        if not _is_heading(line) and self._awaits(text, sure=found is not None):
            return None
        if listed and found and rest and not _answers(found.part, rest):
            return None
        if found is None and (listed or (self._wrapped and self._open)):
            return None
        found = found or (guessed(said) if line.cell == () or line.cell[-1] == 1 else None)
        if found is None or (found.guess and text.endswith((".", ";", ","))):
            return None
        return self._begin_announced(line, said, rest, found)

    def _awaits(self, text: str, *, sure: bool) -> bool:
        """Say whether the line is the answer that is waited for, though it reads like a label."""
        if not self.drafts or self._part not in (Part.OUTCOME, Part.RESUBMISSION):
            return False
        if self._part is Part.OUTCOME and self.drafts[-1].outcome:
            return False
        meant = outcome_of(text) if self._part is Part.OUTCOME else answer_of(text)
        return meant[0] is not None and (meant[1] or not sure)

    def _begin_announced(self, line: NotesLine, said: str, rest: str, found: Announced) -> str:
        if not self.drafts:
            self.drafts.append(Draft("", line.number, 1, None))
        self._begin(found.part)
        self.drafts[-1].announced.add(found.part)
        if found.guess:
            why = f"‘{said.strip()}’ is read as the heading of the {found.part}: is it so?"
            self._fault(line, why, found.guess)
        return self._take_text(line, rest) if rest else HEADING

    def _take_heading(self, line: NotesLine, text: str) -> str:
        depth, found = _depth(line), Reference.find_all(text)
        if not found and (part := self._take_label(line, text)) is not None:
            return part
        last = self.drafts[-1] if self.drafts else None
        inside = last and (last.reference or last.says_anything) and depth > last.depth
        if inside and not found:
            self._begin(Part.UNKNOWN)
            self._fault(line, f"the heading {text!r} announces nothing known; what follows is lost")
            return NOT_USED
        self.drafts.append(Draft(text, line.number, depth, found[0] if found else None))
        self._begin(Part.CONCLUSION)
        if len(found) > 1:
            self._fault(line, "the heading names several reviews; write a section for each")
        return HEADING

    def _begin(self, part: Part) -> None:
        self._part, self._open = part, None
        self._levels.clear()

    def _take_bullet(self, line: NotesLine, mark: Mark) -> str:
        numbers = line.number in self._numbering | self._perhaps
        if mark.kind.startswith("dotted") and not numbers:
            mark = Mark("paragraph", "", bare(line.text))
        nothing = says_nothing(mark.text) and self._part is Part.POINTS
        if self._part in (Part.CONCLUSION, Part.POINTS) and mark.text and not nothing:
            return self._take_point(line, mark)
        self._open = None
        return self._take_text(line, bare(mark.text))

    def _take_point(self, line: NotesLine, mark: Mark) -> str:
        draft, piece = self.drafts[-1], Piece(bare(mark.text), line.number)
        depth, sure = self._levels.depth_of(line, mark)
        if self._part is Part.CONCLUSION:
            draft.in_conclusion.append(line.number)
        if depth > 2:
            self._open = None
            self._fault(line, "this point is nested deeper than one level")
            return NOT_USED
        if line.number in self._perhaps:
            why = f"{mark.name!r} is read as a number of the list, not a paragraph of the report"
            self._fault(line, f"{why}: is it so?", "2.1 and the like = numbers of the list")
        if not sure:
            why = "this is read as a point below the one before it, for it bears another mark"
            why = f"{why}: is it so?"
            self._fault(line, why, f"{_short(piece.text)} = below the point before it")
        (draft.points if depth == 1 else draft.points[-1].below).append(piece)
        self._open = piece
        return Part.POINTS

    def _go_on(self, text: str) -> str:
        assert self._open is not None  # noqa: S101 both callers look
        self._open.text += f" {text}"
        return Part.POINTS if self._part is Part.CONCLUSION and self._is_point() else self._part

    def _is_point(self) -> bool:
        points = self.drafts[-1].points
        return any(self._open is one or self._open in one.below for one in points[-1:])

    def _take_text(self, line: NotesLine, text: str) -> str:
        if self._open and self._wrapped:
            return self._go_on(text)
        piece = Piece(text, line.number)
        match self._part:
            case Part.CONCLUSION:
                self.drafts[-1].conclusion.append(piece)
                self._open = piece
            case Part.TYPING_ERRORS if not says_nothing(text):
                self._take_typing_error(line, piece)
            case Part.OUTCOME | Part.RESUBMISSION:
                self._take_answer(piece)
            case Part.POINTS if not says_nothing(text):
                return self._take_loose_point(line, text)
            case Part.UNKNOWN:
                self._fault(line, "this stands under a heading that announces nothing known")
                return NOT_USED
        return self._part

    def _take_typing_error(self, line: NotesLine, piece: Piece) -> None:
        self.drafts[-1].typing_errors.append(piece)
        self._open = piece
        said = piece.text.lower().lstrip(" '‘“").startswith(("outcome", "decision", "resubmi"))
        if said and not self.drafts[-1].outcome:
            self._fault(line, "this stands among the typing errors: write ‘Outcome: publish’")

    def _take_answer(self, piece: Piece) -> None:
        draft = self.drafts[-1]
        answers = draft.outcome if self._part is Part.OUTCOME else draft.resubmission
        boxes = BOX.split(piece.text)
        if len(boxes) > 1:
            pairs = zip(boxes[1::2], boxes[2::2], strict=True)
            chosen = [said.strip() for box, said in pairs if box not in EMPTY_BOXES]
            answers += [Piece(said, piece.line) for said in chosen if said]
        else:
            answers.append(piece)

    def _take_loose_point(self, line: NotesLine, text: str) -> str:
        """Take a paragraph among the points that bears no mark; in a table it needs none."""
        draft = self.drafts[-1]
        if line.cell and not any(map(str.isalpha, text)):
            return HEADING
        if not line.cell and text.endswith(":") and not draft.points:
            why = "this leads over to the points; the letter has a sentence of its own"
            self._fault(line, f"{why}: leave it out?", f"{_short(text)} = left out")
            return NOT_USED
        piece = Piece(text, line.number)
        draft.points.append(piece)
        self._levels.clear()
        self._open = piece
        if not line.cell:
            why = "this stands among the points but is no bullet: is it a point of its own?"
            self._fault(line, why, "paragraphs among the points = points of their own")
        return Part.POINTS

    def _tell_mark(self, line: NotesLine, mark: str) -> None:
        why = MARKS[NotesMark(mark)].format(_short(line.seen or bare(line.text)))
        why = why.replace(" (‘’)", "")
        if self.drafts:
            bars = mark == NotesMark.TRACKED
            self.drafts[-1].faults.append(Fault(line.number, why, bars=bars))
        else:
            self._outside(line, why)

    def _fault(self, line: NotesLine, why: str, guess: str = "") -> None:
        self.drafts[-1].faults.append(Fault(line.number, why, guess))

    def _outside(self, line: NotesLine, why: str) -> None:
        self.outside.append(Fault(line.number, why, bars=False))


def bare(text: str) -> str:
    """Return the line without Markdown's marks of a heading or of bold type around it.

    A hyphen that keeps its line together becomes a plain one, so that references are known.
    """
    text = text.replace("\u2011", "-")
    text = re.sub(r"^\s*#{1,6}\s+|\s+#+\s*$", "", text).strip()
    for mark in ("**", "__"):
        if text.startswith(mark):
            text = text[2:].replace(mark, "", 1)
    return text.strip()


def _label_and_rest(text: str) -> tuple[str, str]:
    if hit := LABEL.fullmatch(text):
        return hit["label"], hit["rest"].strip(" *_")
    return text, ""


def _answers(part: Part, rest: str) -> bool:
    """Say whether a labelled point ("- Outcome: publish") is an answer and no point."""
    if part is Part.OUTCOME:
        return outcome_of(rest)[0] is not None
    return part is Part.RESUBMISSION and answer_of(rest)[0] is not None


def _is_heading(line: NotesLine) -> bool:
    if line.style.lower().startswith(("heading", "title")):
        return True
    if re.match(r"\s*#{1,6}\s", line.text):
        return True
    text = bare(line.text)
    return bool(NAMING.match(text)) and len(text) < LONGEST_HEADING and not text.endswith(".")


def _depth(line: NotesLine) -> int:
    if marks := re.match(r"\s*(#{1,6})\s", line.text):
        return len(marks[1])
    return int(line.style[-1]) if line.style[-1:].isdecimal() else 1


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_GUESS else f"{words[:LONGEST_GUESS].rstrip()}…"
