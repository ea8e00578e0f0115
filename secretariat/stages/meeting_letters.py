"""The letters of a whole meeting: its papers, what each letter lacks, and who is to approve it.

Nothing here approves a letter: that is done one by one, by somebody who has read it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from secretariat.domain.errors import NotFound, StaleVersion
from secretariat.domain.handing_out import hand_out, must_be_handed_again
from secretariat.domain.ledger import Act, Event
from secretariat.domain.letter import Letter, LetterStatus, named
from secretariat.domain.meeting_papers import Agenda, agenda_item
from secretariat.domain.meeting_progress import LetterStanding, MeetingStanding, standing_of
from secretariat.domain.panel import Notes
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review
from secretariat.domain.staff import Account
from secretariat.ports.accounts import Accounts
from secretariat.ports.meeting_papers import MeetingPapers
from secretariat.ports.register import OpenReading, OpenRegister, Reading

ABOUT_DRAFTING: Final = (Event.NOTES_TAKEN, Event.DRAFTED, Event.NOT_DRAFTED)


@dataclass(frozen=True, slots=True)
class MeetingLetters:
    """Reads meetings and what became of their reviews; hands drafts to approvers.

    lacks: says what bars the approval of a draft, one sentence each
    """

    open_reading: OpenReading
    open_register: OpenRegister
    papers: MeetingPapers
    accounts: Accounts
    lacks: Callable[[Letter], tuple[str, ...]]

    def agenda(self, number: int) -> bytes:
        """Return the agenda of a meeting as a Word file."""
        return self.papers.agenda(self._agenda(number))

    def notes_form(self, number: int) -> bytes:
        """Return the form for a meeting's notes as a Word file."""
        return self.papers.notes_form(self._agenda(number))

    def standing(self, number: int) -> MeetingStanding:
        """Return every review of a meeting with what is missing for its letter."""
        with self.open_reading() as register:
            meeting = register.meeting(number)
            notes = {each.reference: each for each in register.notes_at(number)}
            found = [
                _found(register, number, reference, notes.get(reference))
                for reference in dict.fromkeys((*meeting.agenda, *notes))
            ]
        everyone = self.accounts.everyone()
        return MeetingStanding(meeting, tuple(self._with_lacks(each, everyone) for each in found))

    def handed_to(self, account: str) -> tuple[Letter, ...]:
        """Return the drafts that an account is to approve, in the order of their reviews."""
        with self.open_reading() as register:
            drafts = register.letters(LetterStatus.DRAFT)
        theirs = (each for each in drafts if each.handed_to == account)
        return tuple(sorted(theirs, key=lambda each: (each.reference, each.number)))

    def hand_out(
        self, reference: Reference, number: int, to: str, *, version: int, by: str
    ) -> Letter:
        """Hand a draft to the account `to`, or back to anybody ("").

        Raise NotFound, Refused or SameEyes for the account, StaleVersion or UnlawfulMove for
        the letter.
        """
        account = self.accounts.find(to) if to else None
        if to and account is None:
            raise NotFound("an account of that address")
        with self.open_register() as register:
            letter = register.letter(reference, number)
            if letter.version != version:
                raise StaleVersion(named(letter))
            handed = hand_out(letter, account)
            if handed == letter:
                return letter
            told = "for approval by one person" if account else "back: anybody may approve it"
            return register.save_letter(handed, Act(by, Event.HANDED_OUT, told, handed.handed_to))

    def _agenda(self, number: int) -> Agenda:
        with self.open_reading() as register:
            meeting = register.meeting(number)
            items = tuple(
                agenda_item(register.review(reference), register.papers(reference))
                for reference in meeting.agenda
            )
        return Agenda(meeting, items)

    def _with_lacks(self, found: "_Found", everyone: tuple[Account, ...]) -> LetterStanding:
        letter = found.letter
        if letter is None or letter.status is not LetterStatus.DRAFT:
            return standing_of(found.review, found.notes, letter, not_drafted=found.not_drafted)
        standing = standing_of(found.review, found.notes, letter, lacks=self.lacks(letter))
        return replace(standing, hand_again=must_be_handed_again(letter, everyone))


@dataclass(frozen=True, slots=True)
class _Found:
    """What the register holds on one review of a meeting."""

    review: Review
    notes: Notes | None
    letter: Letter | None
    not_drafted: str


def _found(register: Reading, meeting: int, reference: Reference, notes: Notes | None) -> _Found:
    letters = [each for each in register.letters_of(reference) if each.meeting == meeting]
    letter = letters[-1] if letters else None
    why = _not_drafted(register, reference) if notes and letter is None else ""
    return _Found(register.review(reference), notes, letter, why)


def _not_drafted(register: Reading, reference: Reference) -> str:
    """Return why the last drafting failed, "" where it has not been tried since the notes came."""
    told = [each for each in register.ledger(str(reference)) if each.what in ABOUT_DRAFTING]
    return told[-1].why if told and told[-1].what is Event.NOT_DRAFTED else ""
