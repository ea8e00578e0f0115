"""Reads the Panel's notes: one section a review, whatever the file they came in.

A section begins with a heading (in plain text: a line that begins with one of our
references).  In it, "Conclusion", "Points", "Outcome", "Resubmission" and "Typing
errors" stand as headings or as labels with a colon.  What cannot be read is listed
with its line, and a section with such a line is not used: a letter that lacks a
point is worse than one that is late.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from secretariat.domain.letter_content import Point
from secretariat.domain.panel import Fault, Section
from secretariat.domain.papers import NotesLine
from secretariat.domain.reference import SHAPE, Reference
from secretariat.domain.review import Outcome


class Part(StrEnum):
    """What a heading or label inside a section announces."""

    CONCLUSION = "conclusion"
    POINTS = "points"
    OUTCOME = "outcome"
    RESUBMISSION = "resubmission"
    TYPING_ERRORS = "typing errors"
    UNKNOWN = "unknown"


LABELS: Final[Mapping[str, Part]] = MappingProxyType(
    {
        "conclusion": Part.CONCLUSION,
        "conclusions": Part.CONCLUSION,
        "panel conclusion": Part.CONCLUSION,
        "the panel's conclusion": Part.CONCLUSION,
        "points": Part.POINTS,
        "points for the letter": Part.POINTS,
        "points to consider": Part.POINTS,
        "areas for development": Part.POINTS,
        "areas for final development": Part.POINTS,
        "outcome": Part.OUTCOME,
        "decision": Part.OUTCOME,
        "resubmission": Part.RESUBMISSION,
        "resubmission wanted": Part.RESUBMISSION,
        "another version wanted": Part.RESUBMISSION,
        "typing errors": Part.TYPING_ERRORS,
        "typing errors noted": Part.TYPING_ERRORS,
        "typographical errors": Part.TYPING_ERRORS,
        "typos": Part.TYPING_ERRORS,
    }
)
OUTCOMES: Final[Mapping[str, Outcome]] = MappingProxyType(
    {
        "publish": Outcome.PUBLISH,
        "publish without changes": Outcome.PUBLISH,
        "publish after changes": Outcome.PUBLISH_AFTER_CHANGES,
        "publish with changes": Outcome.PUBLISH_AFTER_CHANGES,
        "resubmit": Outcome.RESUBMIT,
        "resubmission": Outcome.RESUBMIT,
    }
)
ANSWERS: Final[Mapping[str, bool]] = MappingProxyType(
    {
        "yes": True,
        "wanted": True,
        "required": True,
        "no": False,
        "not wanted": False,
        "not required": False,
        "none": False,
    }
)
RULE: Final = re.compile(r"[=\-_*]{3,}")
BULLET: Final = re.compile(r"\s*(?:[-*•]|\d{1,3}[.)])\s+")
LABEL: Final = re.compile(r"(?P<label>[\w'’ ]{4,30}?)\s*:(?P<rest>.*)")
NAMING: Final = re.compile(
    rf"(?:\d{{1,3}}[.)]\s+)?(?:(?:review|case|report|reference)\b[\s:]*)?(?={SHAPE.pattern})",
    re.IGNORECASE,
)
LONGEST_HEADING: Final = 150


@dataclass(frozen=True, slots=True)
class NotesRead:
    """What notes say, and what in them cannot be read.

    sections: in their order, the spoilt ones too
    faults: in the order of their lines
    spoilt: the lines of the headings of sections that hold a fault
    """

    sections: tuple[Section, ...]
    faults: tuple[Fault, ...]
    spoilt: frozenset[int] = frozenset()

    @property
    def sound(self) -> tuple[Section, ...]:
        """Return the sections without a fault."""
        return tuple(each for each in self.sections if each.line not in self.spoilt)


def lines_of(text: str) -> tuple[NotesLine, ...]:
    """Return the lines of notes in Markdown or plain text."""
    return tuple(NotesLine(number, row) for number, row in enumerate(text.splitlines(), start=1))


def read_notes(lines: Sequence[NotesLine], *, wrapped: bool = True) -> NotesRead:
    """Return what the lines say.

    wrapped: a paragraph may run over several lines, as in Markdown and plain text,
    and ends with an empty one; in a Word file each line is a paragraph.
    """
    reading = _Reading(wrapped)
    for line in lines:
        reading.take(line)
    drafts = [each for each in reading.drafts if each.reference or each.says_anything]
    for each in drafts:
        _check(each)
    faults = [*reading.outside, *(fault for each in drafts for fault in each.faults)]
    return NotesRead(
        tuple(each.section() for each in drafts),
        tuple(sorted(faults, key=lambda fault: fault.line)),
        frozenset(each.line for each in drafts if each.faults),
    )


def for_the_register(read: NotesRead, known: Callable[[Reference], bool]) -> NotesRead:
    """Return the notes judged as a meeting's: each section names a review of ours, once.

    known: says whether the register holds a review
    """
    faults = [fault for section in read.sections for fault in _misplaced(section, read, known)]
    spoilt = read.spoilt | {fault.line for fault in faults}
    every = sorted((*read.faults, *faults), key=lambda fault: fault.line)
    return NotesRead(read.sections, tuple(every), spoilt)


def _misplaced(
    section: Section, read: NotesRead, known: Callable[[Reference], bool]
) -> tuple[Fault, ...]:
    if section.reference is None:
        return (Fault(section.line, "the heading names no review; write its reference"),)
    faults = []
    if not known(section.reference):
        faults.append(f"{section.reference} is not in the register")
    twins = [each.line for each in read.sections if each.reference == section.reference]
    if len(twins) > 1:
        others = ", ".join(str(line) for line in twins if line != section.line)
        faults.append(f"{section.reference} has another section, at line {others}")
    if section.outcome is None and section.line not in read.spoilt:
        faults.append(f"the notes on {section.reference} say no outcome")
    return tuple(Fault(section.line, why) for why in faults)


@dataclass(slots=True)
class _Draft:
    """A section while it is read."""

    heading: str
    line: int
    depth: int
    reference: Reference | None
    faults: list[Fault] = field(default_factory=list)
    conclusion: list[str] = field(default_factory=list)
    points: list[tuple[str, list[str]]] = field(default_factory=list)
    outcome: list[tuple[int, str]] = field(default_factory=list)
    resubmission: list[tuple[int, str]] = field(default_factory=list)
    typing_errors: list[str] = field(default_factory=list)

    @property
    def says_anything(self) -> bool:
        """Whether more stands under the heading than the heading, a fault included."""
        return any(
            (
                self.faults,
                self.conclusion,
                self.points,
                self.outcome,
                self.resubmission,
                self.typing_errors,
            )
        )

    def section(self) -> Section:
        """Return the section as read; of labels that are said twice the first counts."""
        return Section(
            heading=self.heading,
            line=self.line,
            reference=self.reference,
            conclusion=tuple(self.conclusion),
            points=tuple(Point(text, tuple(below)) for text, below in self.points),
            outcome=OUTCOMES.get(_plain(self.outcome[0][1])) if self.outcome else None,
            resubmission_wanted=self._resubmission_wanted(),
            typing_errors=tuple(self.typing_errors),
        )

    def _resubmission_wanted(self) -> bool | None:
        return ANSWERS.get(_plain(self.resubmission[0][1])) if self.resubmission else None


class _Reading:
    """Goes down the lines; knows in which section and part it stands."""

    def __init__(self, wrapped: bool) -> None:
        self.drafts: list[_Draft] = []
        self.outside: list[Fault] = []
        self._wrapped = wrapped
        self._part = Part.CONCLUSION
        self._levels: list[int] = []
        self._open: Callable[[str], None] | None = None

    def take(self, line: NotesLine) -> None:
        """Put one line where it belongs; an empty one or a rule ends the paragraph."""
        text = _bare(line.text)
        if not text or RULE.fullmatch(text):
            self._open = None
        elif _is_heading(line):
            self._take_heading(line, text)
        elif _is_bullet(line):
            self._take_bullet(line, BULLET.sub("", line.text, count=1).strip())
        elif not self._take_label(line, text):
            self._take_text(line, text)

    def _take_label(self, line: NotesLine, text: str) -> bool:
        label = LABEL.fullmatch(text)
        said, rest = (label["label"], label["rest"].strip(" *_")) if label else (text, "")
        part = _part_of(said)
        if part is None:
            return False
        if not self.drafts:
            self.drafts.append(_Draft("", line.number, 1, None))
        self._begin(part)
        if rest:
            self._take_text(line, rest)
        return True

    def _take_heading(self, line: NotesLine, text: str) -> None:
        depth = _depth(line)
        if self._take_label(line, text):
            return
        found = Reference.find_all(text)
        last = self.drafts[-1] if self.drafts else None
        inside = last and (last.reference or last.says_anything) and depth > last.depth
        if inside and not found:
            self._begin(Part.UNKNOWN)
            self._fault(line, f"the heading {text!r} announces nothing known; what follows is lost")
            return
        self.drafts.append(_Draft(text, line.number, depth, found[0] if found else None))
        self._begin(Part.CONCLUSION)
        if len(found) > 1:
            self._fault(line, "the heading names several reviews; write a section for each")

    def _begin(self, part: Part) -> None:
        self._part, self._open = part, None
        self._levels.clear()

    def _take_bullet(self, line: NotesLine, text: str) -> None:
        if not self.drafts:
            return self._outside(line)
        if self._part in (Part.CONCLUSION, Part.POINTS):
            return self._take_point(line, text)
        self._open = None
        return self._take_text(line, text)

    def _take_point(self, line: NotesLine, text: str) -> None:
        level = _level(line)
        while self._levels and self._levels[-1] > level:
            self._levels.pop()
        if not self._levels or self._levels[-1] < level:
            self._levels.append(level)
        points = self.drafts[-1].points
        if len(self._levels) > 2:
            return self._fault(line, "this point is nested deeper than one level")
        if len(self._levels) == 1:
            points.append((text, []))
            self._open = lambda more: points.append((f"{points.pop()[0]} {more}", []))
        else:
            below = points[-1][1]
            below.append(text)
            self._open = lambda more: below.append(f"{below.pop()} {more}")
        return None

    def _take_text(self, line: NotesLine, text: str) -> None:
        if not self.drafts:
            return self._outside(line)
        if self._open and self._wrapped:
            return self._open(text)
        draft = self.drafts[-1]
        match self._part:
            case Part.CONCLUSION | Part.TYPING_ERRORS:
                written = getattr(draft, self._part.replace(" ", "_"))
                written.append(text)
                self._open = lambda more: written.append(f"{written.pop()} {more}")
            case Part.OUTCOME | Part.RESUBMISSION:
                getattr(draft, self._part).append((line.number, text))
            case Part.POINTS:
                self._fault(line, "this stands among the points but is no bullet")
            case Part.UNKNOWN:
                self._fault(line, "this stands under a heading that announces nothing known")
        return None

    def _fault(self, line: NotesLine, why: str) -> None:
        self.drafts[-1].faults.append(Fault(line.number, why))

    def _outside(self, line: NotesLine) -> None:
        self.outside.append(Fault(line.number, "this stands before the first review: not used"))


def _check(draft: _Draft) -> None:
    """Add the faults that only the whole section shows."""
    _check_answer(draft, draft.outcome, OUTCOMES, "outcome")
    _check_answer(draft, draft.resubmission, ANSWERS, "resubmission")
    section = draft.section()
    if section.outcome is None or section.resubmission_wanted is None:
        return
    if (section.outcome is Outcome.RESUBMIT) != section.resubmission_wanted:
        line = draft.resubmission[0][0]
        draft.faults.append(Fault(line, f"this contradicts the outcome {section.outcome!s}"))


def _check_answer(
    draft: _Draft, said: list[tuple[int, str]], allowed: Mapping[str, object], what: str
) -> None:
    for line, text in said[:1]:
        if _plain(text) not in allowed:
            why = f"the {what} {text!r} is not known; write one of: {', '.join(allowed)}"
            draft.faults.append(Fault(line, why))
    for line, _ in said[1:]:
        draft.faults.append(Fault(line, f"the {what} is said twice"))


def _bare(text: str) -> str:
    """Return the line without Markdown's marks of a heading or of bold type around it."""
    text = re.sub(r"^\s*#{1,6}\s+|\s+#+\s*$", "", text).strip()
    for mark in ("**", "__"):
        if text.startswith(mark):
            text = text[2:].replace(mark, "", 1)
    return text.strip()


def _is_heading(line: NotesLine) -> bool:
    if line.style.startswith("Heading") or line.style == "Title":
        return True
    if re.match(r"\s*#{1,6}\s", line.text):
        return True
    text = _bare(line.text)
    return bool(NAMING.match(text)) and len(text) < LONGEST_HEADING and not text.endswith(".")


def _depth(line: NotesLine) -> int:
    if marks := re.match(r"\s*(#{1,6})\s", line.text):
        return len(marks[1])
    return int(line.style[-1]) if line.style[-1:].isdecimal() else 1


def _is_bullet(line: NotesLine) -> bool:
    return line.level >= 0 or line.style.startswith("List") or bool(BULLET.match(line.text))


def _level(line: NotesLine) -> int:
    if line.level >= 0:
        return line.level
    indent = line.text.expandtabs(4)
    return (len(indent) - len(indent.lstrip())) // 2


def _part_of(label: str) -> Part | None:
    return LABELS.get(_plain(label))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("-", " ")).strip(" .*_:").lower()
