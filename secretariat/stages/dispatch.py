"""Dispatch: approved letters leave, each at most once, and every other mail of ours with them.

A council may wait a day for a letter; it must not get two.  So a mail is written and kept
before it is ready, SENDING with its Message-ID is committed before it leaves, and what is
found at SENDING after a crash is never sent again by the service: a person looks in Sent.
A letter that did not leave on the day it bears comes back to be dated and approved again.
Its Message-ID follows from the review and the letter, not from chance: whatever a restored
register has forgotten, a letter that Sent holds is known again and not sent a second time.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from secretariat.domain.covering import copy_words, covering_words, paper_of
from secretariat.domain.errors import (
    NotFound,
    OutOfOrder,
    Refused,
    SecretariatError,
    StaleVersion,
)
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.letter import (
    Letter,
    LetterStatus,
    begin_sending,
    bring_back,
    confirm_sent,
)
from secretariat.domain.mail import Draft, Part
from secretariat.domain.message_id import message_id_of
from secretariat.domain.post import (
    Posting,
    PostingKind,
    PostingStatus,
    drop,
    refuse,
    release,
    send_again,
)
from secretariat.domain.post import begin_sending as begin
from secretariat.domain.post import confirm_sent as left
from secretariat.domain.review import Outcome, Step, move, steps_open_to
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.mail import LineDropped, MailReading, Outbox, SendRefused
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenRegister, Reading, Register

CLAIM: Final = timedelta(minutes=10)
AT_ONCE: Final = 20
WAITING: Final = (PostingStatus.FOR_RELEASE, PostingStatus.READY, PostingStatus.REFUSED)
IN_SENT: Final = "Sent holds it already: it was not sent again"
UNCONFIRMED: Final = "sending was not confirmed: look in Sent, then say whether it left"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Takes letters at APPROVED and mails at READY; leaves them at SENT, or for a person.

    sender: our address; domain: what our Message-IDs end in; me: who claims, one a process
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
        return (*waiting, *(each for letter in approved for each in _postings(letter)))

    def switch(self, released: bool, *, by: str, why: str) -> None:
        """Hold or release sending; an administrator's act.

        Raise Refused while a restore is not reconciled with Sent.
        """
        with self.open_register() as register:
            now = register.switch()
            if released and now.reconcile:
                raise Refused("after the restore, reconcile with Sent first")
            word = "released" if released else "held"
            changed = replace(now, released=released, by=by, at=self.clock.now())
            register.save_switch(changed, Act(by, Event.SWITCHED, f"sending is {word}", why))

    def release(self, number: int, *, by: str) -> Posting:
        """Let a mail leave that waits for a person, or that the server refused."""
        today = self.clock.today()
        with self.open_register() as register:
            posting = register.posting(number)
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
            postings = self._written(letter)
        except OutOfOrder:
            raise
        except SecretariatError as fault:
            return Tally(stuck=((f"the letter on {letter.reference}", str(fault)),))
        try:
            with self.open_register() as register:
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

    def _written(self, letter: Letter) -> tuple[Posting, ...]:
        """Return the mails of a letter, their bytes in the vault."""
        paper = paper_of(letter, self.vault.open(letter.pdf or letter.docx))
        subject, body = self.press.word("covering-letter", covering_words(letter))
        tokens = self._tokens(letter)
        plain, *copies = (
            replace(posting, message_id=self._named(posting, token))
            for posting, token in zip(_postings(letter), tokens, strict=True)
        )
        written = [self._kept(replace(plain, subject=subject), body, paper)]
        for posting, copy in zip(copies, letter.copies, strict=True):
            subject, body = self.press.word("covering-copy", copy_words(letter, copy))
            written.append(self._kept(replace(posting, subject=subject), body, paper))
        return tuple(written)

    def _tokens(self, letter: Letter) -> tuple[str, ...]:
        """Return a token for each mail of a letter: the same each time it is written.

        Nobody outside can guess it, for it hangs on the ledger; a mail that bounced gets another.
        """
        with self.open_register() as register:
            first = register.ledger(str(letter.reference))[0].hash
            bounced = [
                posting.to
                for posting in register.postings_of(letter.reference)
                if posting.letter == letter.number and posting.status is PostingStatus.BOUNCED
            ]
        mails = ((letter.to, ""), *((copy.to, copy.pfa_code) for copy in letter.copies))
        parts = (f"{first}|{letter.number}|{to}|{area}|{bounced.count(to)}" for to, area in mails)
        return tuple(sha256(part.encode()).hexdigest()[:32] for part in parts)

    def _named(self, posting: Posting, token: str) -> str:
        reference = posting.references[0]
        return message_id_of(reference, posting.kind, token=token, domain=self.domain)

    def _kept(self, posting: Posting, body: str, paper: Part) -> Posting:
        draft = Draft(
            posting.message_id,
            self.sender,
            posting.to,
            posting.subject,
            body,
            self.clock.now(),
            parts=(paper,),
        )
        return replace(posting, raw=self.vault.keep(self.mail.compose(draft)))

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
        known = posting.letter is not None and self.outbox.sent(posting.message_id)
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
                if not register.switch().released or not self._may_leave(register, posting):
                    return None
                told = Act(SYSTEM, Event.SENDING, f"the {posting.kind}")
                return register.save_posting(begin(posting), told)
        except StaleVersion:
            return None

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


def _postings(letter: Letter) -> tuple[Posting, ...]:
    """Return the mails that a letter needs: to the addressee, then one for each copy."""
    plain = Posting(
        0,
        PostingKind.LETTER,
        (letter.reference,),
        letter.to,
        f"Feedback letter ({letter.reference})",
        message_id="",
        raw="",
        leave_on=letter.leaves_on or date.max,
        letter=letter.number,
    )
    copies = (replace(plain, kind=PostingKind.COPY, to=copy.to) for copy in letter.copies)
    return (plain, *copies)


def _letter_of(register: Reading, posting: Posting) -> Letter | None:
    """Return the letter that a posting carries, None for a chaser or an acknowledgement."""
    if posting.letter is None:
        return None
    try:
        return register.letter(posting.references[0], posting.letter)
    except NotFound:
        return None


def _copies_of(register: Reading, posting: Posting) -> tuple[Posting, ...]:
    every = register.postings_of(posting.references[0])
    return tuple(
        each for each in every if each.kind is PostingKind.COPY and each.letter == posting.letter
    )


def _name(posting: Posting) -> str:
    return f"the {posting.kind} on {', '.join(map(str, posting.references)) or 'no review'}"
