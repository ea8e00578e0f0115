"""How far a meeting's letters have come, and what each still lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from secretariat.domain.leaving import ended
from secretariat.domain.letter import Letter, LetterStatus
from secretariat.domain.panel import Meeting, Notes
from secretariat.domain.review import Review
from secretariat.domain.written import counted

NOT_YET: Final = "it has not been drafted yet"


class Reached(StrEnum):
    """How far the letter on one review has come, in the words that the page shows."""

    NO_LETTER = "no letter"
    NOTES_AWAITED = "notes awaited"
    TO_BE_DRAFTED = "to be drafted"
    TO_BE_CHECKED = "to be checked"
    TO_BE_APPROVED = "to be approved"
    APPROVED = "approved"
    SENT = "sent"


ORDER: Final = tuple(Reached)
ON_ITS_WAY: Final = (LetterStatus.APPROVED, LetterStatus.SENDING)


@dataclass(frozen=True, slots=True)
class LetterStanding:
    """One review of a meeting and its letter.

    partnership: as shown, "" where a person must still say
    letter: of this meeting, the latest; None before it is drafted
    missing: what its letter still lacks before it is approved, one sentence each
    hand_again: it was handed to somebody who may not approve it any more
    """

    review: Review
    partnership: str
    letter: Letter | None
    reached: Reached
    missing: tuple[str, ...] = ()
    hand_again: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way of all letters: how many of all have come that far."""

    name: str
    done: int
    of: int

    @property
    def told(self) -> str:
        """Return the count in words; a page says the same beside the picture of it."""
        return f"{self.done} of {self.of}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a meeting's letters have come.

    steps: from notes to sent, each at least as far as the next
    """

    letters: int
    steps: tuple[Step, ...]

    @property
    def last(self) -> Step:
        """Return the last step: how many have left."""
        return self.steps[-1]

    @property
    def told(self) -> str:
        """Return the whole of it in a sentence."""
        if not self.letters:
            return "There is no letter to write for this meeting."
        return f"{self.last.done} of {counted(self.letters, 'letter')} sent."


@dataclass(frozen=True, slots=True)
class MeetingStanding:
    """A meeting with its reviews in order, those of its agenda first."""

    meeting: Meeting
    standings: tuple[LetterStanding, ...]

    @property
    def progress(self) -> Progress:
        """Return how far the letters have come; a review without one does not count."""
        counting = [each for each in self.standings if each.reached is not Reached.NO_LETTER]
        names = {
            Reached.TO_BE_DRAFTED: "Notes taken",
            Reached.TO_BE_CHECKED: "Drafted",
            Reached.TO_BE_APPROVED: "Ready to approve",
            Reached.APPROVED: "Approved",
            Reached.SENT: "Sent",
        }
        steps = tuple(
            Step(name, sum(_is_at_least(each, reached) for each in counting), len(counting))
            for reached, name in names.items()
        )
        return Progress(len(counting), steps)

    @property
    def to_hand_out(self) -> tuple[Letter, ...]:
        """Return the drafts, which may be handed to an approver."""
        letters = (each.letter for each in self.standings)
        return tuple(one for one in letters if one and one.status is LetterStatus.DRAFT)


def standing_of(
    review: Review,
    notes: Notes | None,
    letter: Letter | None,
    *,
    not_drafted: str = "",
    lacks: Sequence[str] = (),
) -> LetterStanding:
    """Return how far the letter on a review has come.

    notes, letter: of this meeting; not_drafted: why drafting failed, "" where it did not
    lacks: what bars the approval of the draft
    """
    partnership = review.parties.csp or review.facts.csp or ""
    reached, missing = _reached(review, notes, letter, not_drafted, lacks)
    return LetterStanding(review, partnership, letter, reached, missing)


def _reached(
    review: Review,
    notes: Notes | None,
    letter: Letter | None,
    not_drafted: str,
    lacks: Sequence[str],
) -> tuple[Reached, tuple[str, ...]]:
    if letter is not None:
        return _reached_by(letter, lacks)
    if over := ended((review,)):
        return Reached.NO_LETTER, (over,)
    if notes is None:
        return Reached.NOTES_AWAITED, ("no notes have been taken on it",)
    why = f"it cannot be drafted: {not_drafted}" if not_drafted else NOT_YET
    return Reached.TO_BE_DRAFTED, (why,)


def _reached_by(letter: Letter, lacks: Sequence[str]) -> tuple[Reached, tuple[str, ...]]:
    if letter.status is LetterStatus.SENT:
        return Reached.SENT, ()
    if letter.status in ON_ITS_WAY:
        return Reached.APPROVED, ()
    if letter.status is LetterStatus.ABANDONED:
        return Reached.NO_LETTER, ("newer notes took its place",)
    if letter.status is LetterStatus.NOT_DELIVERED:
        return Reached.TO_BE_CHECKED, ("it was not delivered: find out where it should go",)
    if lacks:
        return Reached.TO_BE_CHECKED, tuple(lacks)
    return Reached.TO_BE_APPROVED, ("it has not been approved yet",)


def _is_at_least(standing: LetterStanding, reached: Reached) -> bool:
    return ORDER.index(standing.reached) >= ORDER.index(reached)
