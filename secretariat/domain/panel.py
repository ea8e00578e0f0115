"""The Panel: meetings, their agenda, and what it noted about each review."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from secretariat.domain.letter_content import MeetingMode, Point
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome

__all__ = ["Fault", "Meeting", "MeetingMode", "Notes", "Section", "Written"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of the QA Panel.

    number: the register's own, 0 before it is added
    agenda: the reviews to be considered, in order
    """

    number: int
    held_on: date
    chair: str = ""
    mode: MeetingMode = MeetingMode.MEETING
    agenda: tuple[Reference, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """One line of notes.

    part: what it was taken for ("conclusion", "points", "outcome", "resubmission", "typing
        errors", "heading"), "" for nothing
    """

    line: int
    text: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What the notes of a meeting say about one review.

    heading: as written; line: where it stands in the notes, counted from 1
    typing_errors: noted for the council, never part of the letter
    conclusion_lines: of the notes, one for each paragraph of the conclusion
    written: every line of the section as it stands in the notes
    """

    heading: str
    line: int
    reference: Reference | None
    conclusion: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    outcome: Outcome | None = None
    resubmission_wanted: bool | None = None
    typing_errors: tuple[str, ...] = ()
    conclusion_lines: tuple[int, ...] = ()
    written: tuple[Written, ...] = ()

    def says_what(self, other: "Section") -> bool:
        """Say whether the other says the same to the letter, wherever it stands in its notes."""
        return _said(self) == _said(other)


def _said(section: Section) -> tuple[object, ...]:
    points = tuple(replace(point, lines=()) for point in section.points)
    answers = section.outcome, section.resubmission_wanted
    return section.reference, section.conclusion, points, answers, section.typing_errors


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the notes that cannot be read or is not sure.

    line: counted from 1; 0 for the notes as a whole
    guess: what a person may confirm ("panel feedback = points"), "" for what must be put right
    bars: False where the section is taken all the same, and a person should look
    """

    line: int
    why: str
    guess: str = ""
    bars: bool = True

    def __str__(self) -> str:
        return f"line {self.line}: {self.why}" if self.line else self.why


@dataclass(frozen=True, slots=True)
class Notes:
    """The section of one review, as kept.

    authors: the accounts that wrote or uploaded it; they may not approve the letter
    source: SHA-256 in the vault of the file it came in
    """

    reference: Reference
    meeting: int
    section: Section
    authors: tuple[str, ...]
    source: str
    taken_at: datetime
