"""Dispatch: approved letters leave, each at most once, and every other mail of ours with them.

A council may wait a day for a letter; it must not get two.  So a mail is written and kept
before it is ready, SENDING with its Message-ID is committed before it leaves, and what is
found at SENDING after a crash is never sent again by the service: a person looks in Sent.
A letter that did not leave on the day it bears comes back to be dated and approved again.
A mail that waited is looked at once more before it leaves: the case may have moved on.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from secretariat.domain.chase import Followed
from secretariat.domain.covering import mails_of
from secretariat.domain.errors import (
    NotFound,
    OutOfOrder,
    Refused,
    SecretariatError,
    StaleVersion,
)
from secretariat.domain.leaving import address_had_its_mails, bar_to_chaser, ended
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.letter import (
    Letter,
    LetterStatus,
    abandon,
    begin_sending,
    bring_back,
    confirm_sent,
)
from secretariat.domain.post import (
    Posting,
    PostingKind,
    PostingStatus,
    drop,
    hold,
    refuse,
    release,
    send_again,
)
from secretariat.domain.post import begin_sending as begin
from secretariat.domain.post import confirm_sent as left
from secretariat.domain.review import MatterKind, Outcome, Review, Step, move, steps_open_to
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.mail import LineDropped, MailReading, Outbox, SendRefused
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenRegister, Reading, Register
from secretariat.stages.dispatch.writing import Writing

CLAIM: Final = timedelta(minutes=10)
ONE_DAY: Final = timedelta(days=1)
AT_ONCE: Final = 20
WAITING: Final = (PostingStatus.FOR_RELEASE, PostingStatus.READY, PostingStatus.REFUSED)
IN_SENT: Final = "Sent holds it already: it was not sent again"
OVERDUE: Final = "it was due while sending was held: a person says whether to ask"
UNCONFIRMED: Final = "sending was not confirmed: look in Sent, then say whether it left"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Takes letters at APPROVED and mails at READY; leaves them at SENT, or for a person.

    sender: our address; domain: what our Message-IDs end in; me: who claims, one a process
    acknowledgements_a_day: to one address, at most
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

    def work(self) -> Tally:
        """Bring back what is late, then send what is due, unless sending is held."""
        self._bring_back_late()
        with self.open_register() as register:
            released = register.switch().released
            unconfirmed = register.postings(PostingStatus.SENDING)
            approved = register.letters(LetterStatus.APPROVED)
        tally = Tally(stuck=tuple((_name(posting), UNCONFIRMED) for posting in unconfirmed))
        if not released:
            return tally
        for letter in approved:
            tally += self._prepare(letter)
        return tally + self._send_due()

    def would_leave(self) -> tuple[Posting, ...]:
        """Return what leaves once sending is released; number 0 for a mail not yet written."""
        with self.open_register() as register:
            waiting = register.postings(*WAITING, limit=10_000)
            approved = register.letters(LetterStatus.APPROVED)
            if not register.switch().released:
                waiting = tuple(
                    hold(each, OVERDUE) if self._is_overdue(each) else each for each in waiting
                )
        return (*waiting, *(each for letter in approved for each in mails_of(letter)))

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
            if why := self._bar(register, posting):
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
                self._bring_back(register, posting, by)
            return saved

    def settle(self, number: int, left_us: bool, *, by: str, why: str) -> Posting:
        """Say, after a look in Sent, whether a mail stuck at SENDING left."""
        with self.open_register() as register:
            posting = register.posting(number)
            if left_us:
                return self._note_sent(register, posting, by, why)
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
                    told = Act(SYSTEM, Event.APPROVAL_VOID, "it did not leave on its day")
                    register.save_letter(bring_back(letter), told)
            for posting in register.postings(*WAITING, limit=10_000):
                if posting.kind is PostingKind.LETTER and posting.leave_on < today:
                    told = Act(SYSTEM, Event.NOT_SENT, "it did not leave on its day")
                    register.save_posting(drop(posting, "it did not leave on its day"), told)
                    self._bring_back(register, posting, SYSTEM)

    def _bring_back(self, register: Register, posting: Posting, by: str) -> None:
        """Make a draft of the letter whose mail did not leave, and drop its copies."""
        for copy in _copies_of(register, posting):
            if copy.status in WAITING:
                told = Act(by, Event.NOT_SENT, "its letter did not leave")
                register.save_posting(drop(copy, "its letter did not leave"), told)
        letter = _letter_of(register, posting)
        if letter and letter.status is LetterStatus.SENDING:
            told = Act(by, Event.APPROVAL_VOID, "it is to be dated and approved again")
            register.save_letter(bring_back(letter), told)

    def _prepare(self, letter: Letter) -> Tally:
        """Write the mails of one approved letter; the letter is then at SENDING."""
        try:
            postings = self._writing().written(letter)
        except OutOfOrder:
            raise
        except SecretariatError as fault:
            return Tally(stuck=((f"the letter on {letter.reference}", str(fault)),))
        try:
            with self.open_register() as register:
                if why := ended((register.review(letter.reference),)):
                    register.save_letter(abandon(letter), Act(SYSTEM, Event.NOT_SENT, why))
                    return Tally()
                if letter.leaves_on != self.clock.today() or not register.switch().released:
                    return Tally()
                sending = begin_sending(letter, postings[0].message_id)
                register.save_letter(
                    sending, Act(SYSTEM, Event.POSTED, "the letter and its copies")
                )
                for posting in postings:
                    register.add_posting(posting, Act(SYSTEM, Event.POSTED, f"the {posting.kind}"))
        except StaleVersion:
            return Tally()
        return Tally()

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

    def _send_due(self) -> Tally:
        tally, now = Tally(), self.clock.now()
        with self.open_register() as register:
            claimed = register.claim_postings(
                self.me, now=now, until=now + CLAIM, day=self.clock.today(), limit=AT_ONCE
            )
        for posting in claimed:
            tally += self._send(posting)
        return tally

    def _send(self, posting: Posting) -> Tally:
        try:
            raw = self.vault.open(posting.raw)
        except OutOfOrder:
            raise
        except SecretariatError as fault:
            return Tally(stuck=((_name(posting), str(fault)),))
        steady = posting.kind is not PostingKind.ACKNOWLEDGEMENT
        known = steady and self.outbox.sent(posting.message_id)
        sending = self._begin(posting)
        if sending is None:
            return Tally()
        try:
            if not known:
                self.outbox.send(raw, sending.message_id)
        except SendRefused as fault:
            if isinstance(fault, OutOfOrder):
                self._put_back(sending)
                raise
            return self._note_refusal(sending, str(fault))
        except LineDropped as fault:
            return self._note_doubt(sending, str(fault))
        try:
            with self.open_register() as register:
                self._note_sent(register, sending, SYSTEM, IN_SENT if known else "")
        except StaleVersion:
            return Tally(stuck=((_name(posting), UNCONFIRMED),))
        return Tally(done=1)

    def _begin(self, posting: Posting) -> Posting | None:
        """Commit SENDING; None when it may not leave, or somebody else was quicker."""
        try:
            with self.open_register() as register:
                if not register.switch().released:
                    return None
                if why := self._bar(register, posting):
                    self._give_up(register, posting, why)
                    return None
                if self._put_off(register, posting) or not self._may_leave(register, posting):
                    return None
                told = Act(SYSTEM, Event.SENDING, f"the {posting.kind}")
                return register.save_posting(begin(self._dated(posting)), told)
        except StaleVersion:
            return None

    def _bar(self, register: Reading, posting: Posting) -> str:
        """Return what has come since the mail was prepared and stops it, "" when nothing has."""
        reviews = [register.review(reference) for reference in posting.references]
        if posting.kind is not PostingKind.CHASER or not reviews:
            return ended(reviews)
        return bar_to_chaser(
            posting, reviews[0], _followed(register, reviews[0]), self.clock.today()
        )

    def _give_up(self, register: Register, posting: Posting, why: str) -> None:
        register.save_posting(drop(posting, why), Act(SYSTEM, Event.NOT_SENT, why))
        if posting.kind is PostingKind.LETTER:
            self._bring_back(register, posting, SYSTEM)

    def _put_off(self, register: Register, posting: Posting) -> bool:
        """Put an acknowledgement off to the next day when its address has had its mails."""
        today = self.clock.today()
        of_today = register.posted_to(posting.to, posting.kind, today)
        if not address_had_its_mails(posting, of_today, most=self.acknowledgements_a_day):
            return False
        told = Act(SYSTEM, Event.POSTED, "put off: its address had an acknowledgement today")
        register.save_posting(replace(posting, leave_on=today + ONE_DAY), told)
        return True

    def _dated(self, posting: Posting) -> Posting:
        """Return an acknowledgement under the day on which it leaves, by which they are counted."""
        if posting.kind is not PostingKind.ACKNOWLEDGEMENT:
            return posting
        return replace(posting, leave_on=self.clock.today())

    def _may_leave(self, register: Reading, posting: Posting) -> bool:
        """Say whether a letter bears today, and whether a copy's letter has left."""
        letter = _letter_of(register, posting)
        if letter is None:
            return True
        if posting.kind is PostingKind.COPY:
            return letter.status is LetterStatus.SENT
        on_its_day = posting.leave_on == self.clock.today()
        return on_its_day and letter.status is LetterStatus.SENDING

    def _note_sent(self, register: Register, posting: Posting, by: str, why: str) -> Posting:
        now = self.clock.now()
        told = Act(by, Event.SENT, f"the {posting.kind}", why)
        saved = register.save_posting(left(posting, at=now), told)
        letter = _letter_of(register, posting)
        if letter and posting.kind is PostingKind.LETTER:
            register.save_letter(confirm_sent(letter, at=now), Act(by, Event.SENT, "the letter"))
            review = register.review(letter.reference)
            again = letter.content.outcome is Outcome.RESUBMIT
            step = Step.ASK_FOR_RESUBMISSION if again else Step.CLEAR
            if step in steps_open_to(review):
                moved = move(review, step, on=self.clock.today())
                moved = replace(moved, outcome=letter.content.outcome)
                register.save_review(moved, Act(by, Event.MOVED, f"{step}: the letter was sent"))
        return saved

    def _note_refusal(self, posting: Posting, why: str) -> Tally:
        with self.open_register() as register:
            told = Act(SYSTEM, Event.NOT_SENT, "the server refused it", why)
            register.save_posting(refuse(posting, why), told)
        return Tally(stuck=((_name(posting), "the server refused it"),))

    def _put_back(self, posting: Posting) -> None:
        """Make a mail ready again that the outbox is sure not to have sent, being out of order."""
        with self.open_register() as register:
            told = Act(SYSTEM, Event.NOT_SENT, "the outbox cannot be used; the next round tries")
            register.save_posting(send_again(posting), told)

    def _note_doubt(self, posting: Posting, why: str) -> Tally:
        with self.open_register() as register:
            told = Act(SYSTEM, Event.STUCK, UNCONFIRMED, why)
            register.save_posting(replace(posting, why=why), told)
        return Tally(stuck=((_name(posting), UNCONFIRMED),))


def _letter_of(register: Reading, posting: Posting) -> Letter | None:
    """Return the letter that a posting carries, None for a chaser or an acknowledgement."""
    if posting.letter is None:
        return None
    try:
        return register.letter(posting.references[0], posting.letter)
    except NotFound:
        return None


def _followed(register: Reading, review: Review) -> Followed:
    reference = review.reference
    asked = MatterKind.REQUEST_TO_EXPLAIN
    contacts = (register.contact(key) for key in (str(reference), *review.parties.csp_ids[:1]))
    return Followed(
        None,
        register.postings_of(reference),
        register.links_of(reference),
        register.checks_of(reference),
        unread_answer=any(reference in mail.references for mail in register.unread_answers()),
        open_question=any(
            one.reference == reference and one.kind is asked for one in register.matters()
        ),
        contact=next((found.email for found in contacts if found), ""),
    )


def _copies_of(register: Reading, posting: Posting) -> tuple[Posting, ...]:
    every = register.postings_of(posting.references[0])
    return tuple(
        each for each in every if each.kind is PostingKind.COPY and each.letter == posting.letter
    )


def _name(posting: Posting) -> str:
    return f"the {posting.kind} on {', '.join(map(str, posting.references)) or 'no review'}"
