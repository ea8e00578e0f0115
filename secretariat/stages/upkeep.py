"""Upkeep: is what was kept still as it was, and what had left before a restore?

After a restore the register has forgotten the last hours.  A council may wait for a
letter; it must not get two.  So sending stays held until each mail that waits has been
looked up in Sent, and each letter that was approved but not yet written as a mail has
come back to be dated and approved again by somebody who has looked.
"""

from dataclasses import dataclass, replace
from typing import Final

from secretariat.domain.errors import NotFound
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally, broken_at
from secretariat.domain.letter import LetterStatus, bring_back, confirm_sent, named
from secretariat.domain.post import Posting, PostingKind, PostingStatus, begin_sending, release
from secretariat.domain.post import confirm_sent as confirm_left
from secretariat.domain.review import Outcome, Step, move, steps_open_to
from secretariat.domain.written import counted
from secretariat.ports.clock import Clock
from secretariat.ports.mail import Outbox
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenRegister, Register

AT_ONCE: Final = 500
EVERY: Final = 1_000_000
UNDERWAY: Final = (
    PostingStatus.FOR_RELEASE,
    PostingStatus.READY,
    PostingStatus.SENDING,
    PostingStatus.REFUSED,
)
NOT_THERE: Final = "it is not in Sent: say whether it left"
TO_APPROVE: Final = "it is a draft again: look in Sent before it is approved"


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit of the vault and the ledger found.

    files: how many the register names
    missing, altered: SHA-256 of files
    broken: (stream, number of its first entry that does not fit)
    """

    files: int
    missing: tuple[str, ...]
    altered: tuple[str, ...]
    broken: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Looks after what the other stages have kept."""

    open_register: OpenRegister
    vault: Vault
    clock: Clock

    def audit(self) -> Audit:
        """Go through every file and every chain of the ledger; many files take long."""
        with self.open_register() as register:
            expected = register.kept_files()
            streams = register.streams()
        missing, altered = self.vault.audit(expected)
        broken: list[tuple[str, int]] = []
        for first in range(0, len(streams), AT_ONCE):
            broken += self._broken(streams[first : first + AT_ONCE])
        return Audit(len(expected), missing, altered, tuple(broken))

    def reconcile(self, outbox: Outbox, *, by: str = SYSTEM) -> Tally:
        """Look up in Sent what waited when the backup was made, then let sending be released.

        Chasers that are due must have been prepared before (`Chase.work`); they bear the same
        Message-ID again.  A fault of the mailbox leaves everything as it was.  `stuck` names
        what a person must look at.
        """
        with self.open_register() as register:
            if not register.switch().reconcile:
                return Tally()
            waiting = register.postings(*UNDERWAY, limit=EVERY)
        sent = tuple(posting for posting in waiting if outbox.sent(posting.message_id))
        unsure = tuple(
            (f"the {posting.kind} {posting.number}", NOT_THERE)
            for posting in waiting
            if posting.status is PostingStatus.SENDING and posting not in sent
        )
        with self.open_register() as register:
            for posting in sent:
                self._note_sent(register, posting, by)
            returned = self._return_letters(register, by)
            switch = register.switch()
            told = f"{counted(len(sent), 'mail was', 'mails were')} found in Sent"
            register.save_switch(replace(switch, reconcile=False), Act(by, Event.RECONCILED, told))
        return Tally(len(sent), unsure + returned)

    def _broken(self, streams: tuple[str, ...]) -> list[tuple[str, int]]:
        with self.open_register() as register:
            found = ((stream, broken_at(register.ledger(stream))) for stream in streams)
            return [(stream, number) for stream, number in found if number is not None]

    def _note_sent(self, register: Register, posting: Posting, by: str) -> None:
        """Mark a mail as sent, with its letter and its review."""
        now = self.clock.now()
        if posting.status in (PostingStatus.FOR_RELEASE, PostingStatus.REFUSED):
            posting = release(posting)
        if posting.status is PostingStatus.READY:
            posting = begin_sending(posting)
        told = Act(by, Event.RECONCILED, f"the {posting.kind} was found in Sent")
        register.save_posting(confirm_left(posting, at=now), told)
        if posting.kind is PostingKind.LETTER and posting.letter is not None:
            self._note_letter_sent(register, posting, posting.letter, by)

    def _note_letter_sent(self, register: Register, posting: Posting, number: int, by: str) -> None:
        told = Act(by, Event.RECONCILED, "the letter was found in Sent")
        try:
            letter = register.letter(posting.references[0], number)
        except NotFound:
            return
        if letter.status is not LetterStatus.SENDING:
            return
        register.save_letter(confirm_sent(letter, at=self.clock.now()), told)
        if letter.corrects is not None:
            old = register.letter(letter.reference, letter.corrects)
            register.save_letter(replace(old, replaced_by=letter.number), told)
        review = register.review(letter.reference)
        again = letter.content.outcome is Outcome.RESUBMIT
        step = Step.ASK_FOR_RESUBMISSION if again else Step.CLEAR
        if step in steps_open_to(review):
            register.save_review(move(review, step, on=self.clock.today()), told)

    def _return_letters(self, register: Register, by: str) -> tuple[tuple[str, str], ...]:
        """Make drafts of letters that were approved and had no mail of their own yet."""
        told = Act(by, Event.APPROVAL_VOID, "restored from a backup: it may have left already")
        approved = register.letters(LetterStatus.APPROVED)
        for letter in approved:
            register.save_letter(bring_back(letter), told)
        return tuple((named(letter), TO_APPROVE) for letter in approved)
