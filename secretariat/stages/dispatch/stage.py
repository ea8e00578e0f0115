"""Dispatch: approved letters leave, each at most once, and every other mail of ours with them.

A council may wait a day for a letter; it must not get two.  So a mail is written and kept
before it is ready, SENDING with its Message-ID is committed before it leaves, and what is
found at SENDING after a crash is never sent again by the service: a person looks in Sent.
A letter that did not leave on the day it bears comes back to be dated and approved again.
A mail that waited is looked at once more before it leaves: the case may have moved on.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from secretariat.domain.calendar import OfficeHours
from secretariat.domain.errors import OutOfOrder, Refused, SecretariatError, StaleVersion
from secretariat.domain.leaving import ended
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.letter import (
    Letter,
    LetterStatus,
    abandon,
    begin_sending,
    bring_back,
    unsealed,
)
from secretariat.domain.post import (
    Posting,
    PostingKind,
    PostingStatus,
    drop,
    hold,
    release,
    send_again,
)
from secretariat.domain.quiet import Quiet
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.mail import MailReading, Outbox
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenRegister, Register
from secretariat.stages.dispatch.copies import (
    mails_to_write,
    put_earlier_aside,
    still_to_go,
)
from secretariat.stages.dispatch.sending import UNCONFIRMED, Sending
from secretariat.stages.dispatch.steps import (
    WAITING,
    bar_to,
    bring_letter_back,
    give_up,
    name_of,
    note_sent,
)
from secretariat.stages.dispatch.undelivered import Undelivered
from secretariat.stages.dispatch.writing import Writing

OVERDUE: Final = "it was due while sending was held: a person says whether to ask"
LATE: Final = "it did not leave on its day"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Takes letters at APPROVED and mails at READY; leaves them at SENT, or for a person.

    sender: our address; domain: what our Message-IDs end in; me: who claims, one a process
    acknowledgements_a_day: to one address, at most
    most: mails of all kinds a day, 0 for any number
    hours: when letters, copies and reminders leave on working days; None for at any hour
    holidays: bank holidays, of this year and the next at least
    quiet: days on which neither letters nor reminders leave
    """

    open_register: OpenRegister
    outbox: Outbox
    mail: MailReading
    press: Letterpress
    vault: Vault
    clock: Clock
    sender: str
    domain: str
    me: str
    acknowledgements_a_day: int = 1
    hours: OfficeHours | None = None
    holidays: AbstractSet[date] = frozenset()
    most: int = 0
    quiet: Quiet = field(default_factory=Quiet)

    def work(self) -> Tally:
        """Bring back what is late, then send what is due, unless sending is held."""
        self._bring_back_late()
        with self.open_register() as register:
            released = register.switch().released
            unconfirmed = register.postings(PostingStatus.SENDING)
            approved = register.letters(LetterStatus.APPROVED)
        tally = Tally(stuck=tuple((name_of(posting), UNCONFIRMED) for posting in unconfirmed))
        if not released:
            return tally
        for letter in approved:
            tally += self._prepare(letter)
        return tally + self._sending().send_due()

    def would_leave(self) -> tuple[Posting, ...]:
        """Return what leaves once sending is released; number 0 for a mail not yet written."""
        with self.open_register() as register:
            waiting = register.postings(*WAITING, limit=10_000)
            approved = [
                each
                for letter in register.letters(LetterStatus.APPROVED)
                for each in mails_to_write(register, letter)
            ]
            if not register.switch().released:
                waiting = tuple(
                    hold(each, OVERDUE) if self._is_overdue(each) else each for each in waiting
                )
        return (*waiting, *approved)

    def switch(self, released: bool, *, by: str, why: str) -> None:
        """Hold or release sending; an administrator's act.

        Reminders that became due while it was held then wait for a person.  Raise Refused
        while a restore is not reconciled with Sent.
        """
        with self.open_register() as register:
            now = register.switch()
            if released and now.reconcile:
                raise Refused("after the restore, reconcile with Sent first")
            if released and not now.released:
                self._hold_overdue(register, by)
            word = "released" if released else "held"
            changed = replace(now, released=released, by=by, at=self.clock.now())
            register.save_switch(changed, Act(by, Event.SWITCHED, f"sending is {word}", why))

    def release(self, number: int, *, by: str) -> Posting:
        """Let a mail leave that waits for a person, or that the server refused.

        Raise Refused when something has come since that stops it.
        """
        today = self.clock.today()
        with self.open_register() as register:
            posting = register.posting(number)
            if why := bar_to(register, posting, today):
                raise Refused(why)
            if posting.kind is PostingKind.LETTER and posting.leave_on != today:
                raise Refused("the letter bears another day: it comes back to be dated again")
            ready = replace(release(posting), leave_on=max(posting.leave_on, today))
            return register.save_posting(ready, Act(by, Event.RELEASED, f"the {posting.kind}"))

    def drop(self, number: int, why: str, *, by: str) -> Posting:
        """Give up a mail that waits; a letter comes back as a draft, its copies with it."""
        with self.open_register() as register:
            posting = register.posting(number)
            dropped = drop(posting, "given up by a person")
            told = Act(by, Event.NOT_SENT, f"the {posting.kind} was given up", why)
            saved = register.save_posting(dropped, told)
            if posting.kind is PostingKind.LETTER:
                bring_letter_back(register, posting, by)
            return saved

    def settle(self, number: int, left_us: bool, *, by: str, why: str) -> Posting:
        """Say, after a look in Sent, whether a mail stuck at SENDING left."""
        with self.open_register() as register:
            posting = register.posting(number)
            if left_us:
                return note_sent(register, posting, self.clock.now(), by=by, why=why)
            told = Act(by, Event.NOT_SENT, f"the {posting.kind} is not in Sent", why)
            return register.save_posting(send_again(posting), told)

    def found_in_sent(self, number: int) -> bool:
        """Say whether Sent holds the mail, to help whoever settles it."""
        with self.open_register() as register:
            message_id = register.posting(number).message_id
        return self.outbox.sent(message_id)

    def _hold_overdue(self, register: Register, by: str) -> None:
        for posting in register.postings(PostingStatus.READY, limit=10_000):
            if self._is_overdue(posting):
                register.save_posting(hold(posting, OVERDUE), Act(by, Event.POSTED, OVERDUE))

    def _is_overdue(self, posting: Posting) -> bool:
        ready = posting.kind is PostingKind.CHASER and posting.status is PostingStatus.READY
        return ready and posting.leave_on < self.clock.today()

    def _bring_back_late(self) -> None:
        today = self.clock.today()
        with self.open_register() as register:
            for letter in register.letters(LetterStatus.APPROVED):
                if letter.leaves_on is None or letter.leaves_on < today:
                    told = Act(SYSTEM, Event.APPROVAL_VOID, f"letter {letter.number}: {LATE}")
                    register.save_letter(bring_back(letter), told)
            for posting in register.postings(*WAITING, limit=10_000):
                if posting.kind is PostingKind.LETTER and posting.leave_on < today:
                    give_up(register, posting, LATE)

    def _prepare(self, letter: Letter) -> Tally:
        """Write the mails of one approved letter; the letter is then at SENDING."""
        try:
            if self._stays(letter):
                return Tally()
            with self.open_register() as register:
                wanted = still_to_go(register, letter)
            postings = self._writing().written(wanted)
            with self.open_register() as register:
                if not register.switch().released or still_to_go(register, letter) != wanted:
                    return Tally()
                put_earlier_aside(register, letter)
                sending = begin_sending(letter, postings[0].message_id)
                told = Act(SYSTEM, Event.POSTED, "the letter and its copies")
                register.save_letter(sending, told)
                for posting in postings:
                    register.add_posting(posting, Act(SYSTEM, Event.POSTED, f"the {posting.kind}"))
        except StaleVersion:
            return Tally()
        except OutOfOrder:
            raise
        except SecretariatError as fault:
            return Tally(stuck=((f"the letter on {letter.reference}", str(fault)),))
        return Tally()

    def _stays(self, letter: Letter) -> bool:
        """Say whether an approved letter waits yet; one that must not leave is brought back."""
        with self.open_register() as register:
            if why := ended((register.review(letter.reference),)):
                register.save_letter(abandon(letter), Act(SYSTEM, Event.NOT_SENT, why))
                return True
            if why := unsealed(letter):
                told = Act(SYSTEM, Event.APPROVAL_VOID, f"letter {letter.number}: {why}")
                register.save_letter(bring_back(letter), told)
                return True
        now = self.clock.now()
        to_be_stopped = letter.stop_until is not None and now < letter.stop_until
        on_its_day = letter.leaves_on == self.clock.today()
        return to_be_stopped or not on_its_day or not self._sending().open_now()

    @property
    def undelivered(self) -> Undelivered:
        """Return the desk for what came back."""
        return Undelivered(self.open_register, self.clock, self._writing())

    def _sending(self) -> Sending:
        return Sending(
            self.open_register,
            self.outbox,
            self.mail,
            self.vault,
            self.clock,
            self.me,
            self.acknowledgements_a_day,
            self.hours,
            self.holidays,
            self.most,
            self.quiet,
        )

    def _writing(self) -> Writing:
        return Writing(
            self.open_register,
            self.mail,
            self.press,
            self.vault,
            self.clock,
            self.sender,
            self.domain,
        )
