"""Reads the Panel's notes: one section a review, whatever the file they came in.

A section begins with a heading (in plain text: a line that begins with one of our
references).  In it, "Conclusion", "Points", "Outcome", "Resubmission" and "Typing
errors" stand as headings or as labels with a colon or dash.  What cannot be read is listed
with its line, and a section with such a line is not used: a letter that lacks a
point is worse than one that is late.  What is only a guess is told too, and taken when a
person has confirmed it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from secretariat.domain.notes_form import without_own_words
from secretariat.domain.notes_reading import HEADING, Draft, Piece, Reading
from secretariat.domain.notes_tables import turned
from secretariat.domain.notes_words import (
    ANSWERS,
    LABELS,
    OUTCOMES,
    Part,
    answer_of,
    outcome_of,
)
from secretariat.domain.panel import Fault, Section
from secretariat.domain.papers import NotesLine
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome

__all__ = [
    "ANSWERS",
    "LABELS",
    "OUTCOMES",
    "NotesRead",
    "Part",
    "for_the_register",
    "is_wrapped",
    "lines_of",
    "read_notes",
]

STANDING_ALONE: Final = (b"PK", b"{\\rt", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class NotesRead:
    """What notes say, and what in them cannot be read.

    sections: in their order, the spoilt ones too
    faults: in the order of their lines; guesses among them, and what only has to be looked at
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


def is_wrapped(content: bytes) -> bool:
    """Say whether a paragraph may run over several lines of this file, as in plain text."""
    return not content.startswith(STANDING_ALONE)


def read_notes(
    lines: Sequence[NotesLine], *, wrapped: bool = True, confirmed: Collection[str] = ()
) -> NotesRead:
    """Return what the lines say.

    wrapped: a paragraph may run over several lines, as in Markdown and plain text,
    and ends with an empty one; in a Word file each line is a paragraph
    confirmed: the guesses (see `Fault`) that a person has said are right
    """
    said = [replace(line, text=without_own_words(line.text)) for line in lines]
    reading = Reading(turned(said), wrapped=wrapped)
    drafts, empty = _used(reading.drafts)
    for each in drafts:
        _check(each)
        each.faults = [one for one in each.faults if not one.guess or one.guess not in confirmed]
    faults = [*reading.outside, *empty, *(fault for each in drafts for fault in each.faults)]
    return NotesRead(
        tuple(each.section() for each in drafts),
        _in_order(faults),
        frozenset(each.line for each in drafts if any(one.bars for one in each.faults)),
    )


def for_the_register(
    read: NotesRead,
    known: Callable[[Reference], bool],
    agenda: Collection[Reference] | None = None,
    *,
    confirmed: Collection[str] = (),
) -> NotesRead:
    """Return the notes judged as a meeting's: each section names a review of its agenda, once.

    known: says whether the register holds a review
    agenda: the reviews that the meeting considers; None where there is none to compare with
    confirmed: a person has said that a review is to be put on the agenda, as the fault guesses
    """
    faults: list[Fault] = []
    for section in read.sections:
        faults += _misplaced(section, read, known)
        if fault := _off_the_agenda(section, known, agenda):
            faults += [fault] if fault.guess not in confirmed else []
    spoilt = read.spoilt | {fault.line for fault in faults}
    return NotesRead(read.sections, _in_order((*read.faults, *faults)), spoilt)


def as_listed(reference: Reference) -> str:
    """Return the guess that a review is to be put on the agenda, for a person to confirm."""
    return f"{reference} = put on the agenda"


def _off_the_agenda(
    section: Section, known: Callable[[Reference], bool], agenda: Collection[Reference] | None
) -> Fault | None:
    reference = section.reference
    if agenda is None or reference is None or reference in agenda or not known(reference):
        return None
    why = f"{reference} is not on the agenda of this meeting: shall it be put there?"
    return Fault(section.line, why, as_listed(reference))


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line))


def _used(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Fault]]:
    """Return the sections that are notes on a review; what else stands in headings is told.

    Before the first review there may be a title, and words about the meeting.
    """
    named = [at for at, each in enumerate(drafts) if each.reference]
    used: list[Draft] = []
    told: list[Fault] = []
    for at, each in enumerate(drafts):
        before = bool(named) and at < named[0] and not each.announced
        if each.reference or (each.says_anything and not before):
            used.append(each)
        elif before:
            told += [_outside(one.line) for one in each.written if one.part != HEADING]
            told += [Fault(one.line, one.why, bars=False) for one in each.faults]
        elif any(one.reference for one in used):
            why = "this heading names no review and nothing stands below it: not used"
            told += [Fault(one.line, why, bars=False) for one in each.written]
    return used, told


def _outside(line: int) -> Fault:
    return Fault(line, "this stands before the first review: not used", bars=False)


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
        faults.append(f"the notes on {section.reference} say no outcome{_perhaps_at(section)}")
    return tuple(Fault(section.line, why) for why in faults)


def _perhaps_at(section: Section) -> str:
    """Return where an outcome may stand that was taken for something else, "" for nowhere."""
    for one in section.written:
        words = one.text.lower()
        if one.part != HEADING and ("publish" in words or "resubmi" in words):
            return f"; line {one.line} may be it: write it after ‘Outcome:’"
    return ""


def _check(draft: Draft) -> None:
    """Add the faults that only the whole section shows."""
    _check_answer(draft, draft.outcome, "outcome")
    _check_answer(draft, draft.resubmission, "resubmission")
    if draft.in_conclusion and draft.announced >= {Part.CONCLUSION, Part.POINTS}:
        why = "this bullet stands in the conclusion and is read as a point: is it so?"
        guess = "bullets in the conclusion = points"
        draft.faults += [Fault(line, why, guess) for line in draft.in_conclusion]
    section = draft.section()
    if section.outcome is None or section.resubmission_wanted is None:
        return
    if (section.outcome is Outcome.RESUBMIT) != section.resubmission_wanted:
        line = draft.resubmission[0].line
        draft.faults.append(Fault(line, f"this contradicts the outcome {section.outcome!s}"))


def _check_answer(draft: Draft, said: list[Piece], what: str) -> None:
    for piece in said[:1]:
        meant, sure = _meant(what, piece.text)
        if not meant:
            allowed = ", ".join(OUTCOMES if what == "outcome" else ANSWERS)
            why = f"the {what} {piece.text!r} is not known; write one of: {allowed}"
            draft.faults.append(Fault(piece.line, why))
        elif not sure:
            why = f"the {what} {piece.text!r} is read as ‘{meant}’: is it so?"
            draft.faults.append(Fault(piece.line, why, f"{piece.text} = {meant}"))
    for piece in said[1:]:
        why = f"the {what} is said twice"
        if not _meant(what, piece.text)[0]:
            why = f"this stands below the {what}: write it under ‘Conclusion’ or ‘Points’"
        draft.faults.append(Fault(piece.line, why))


def _meant(what: str, text: str) -> tuple[str, bool]:
    """Return what an answer means in plain words, "" for nothing, and whether it is sure."""
    if what == "outcome":
        outcome, sure = outcome_of(text)
        return str(outcome or ""), sure
    answer, sure = answer_of(text)
    return {True: "yes", False: "no", None: ""}[answer], sure
