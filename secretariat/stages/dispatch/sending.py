"""The last door: what is due leaves, each mail once, within the hours of its kind.

Letters, their copies and reminders leave while the office is open on a working day;
acknowledgements, which answer a mail, leave at any hour.  What leaves with a letter must be
the very bytes that were approved, to the very address.
"""

import hashlib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from secretariat.domain.calendar import OfficeHours, is_open
from secretariat.domain.errors import OutOfOrder, SecretariatError, StaleVersion
from secretariat.domain.leaving import address_had_its_mails
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.letter import Letter, LetterStatus, unsealed
from secretariat.domain.outlook import AT_ANY_HOUR
from secretariat.domain.post import Posting, PostingKind, refuse, send_again
from secretariat.domain.post import begin_sending as begin
from secretariat.domain.quiet import Quiet
from secretariat.ports.clock import Clock
from secretariat.ports.mail import LineDropped, MailReading, Outbox, SendRefused
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenRegister, Reading, Register
from secretariat.stages.dispatch.steps import bar_to, give_up, letter_of, name_of, note_sent

CLAIM: Final = timedelta(minutes=10)
ONE_DAY: Final = timedelta(days=1)
AT_ONCE: Final = 20
IN_TURN: Final = (
    (PostingKind.LETTER, PostingKind.COPY),
    (PostingKind.CHASER,),
    (PostingKind.ACKNOWLEDGEMENT,),
)
"""A letter is claimed with its copies, which wait for it."""
IN_SENT: Final = "Sent holds it already: it was not sent again"
UNCONFIRMED: Final = "sending was not confirmed: look in Sent, then say whether it left"
OTHER_BYTES: Final = "what would leave is not what was approved"


@dataclass(frozen=True, slots=True)
class Sending:
    """Sends what is ready.

    me: who claims; hours: when letters, copies and reminders leave, None for at any hour
    most: mails of all kinds that leave a day, 0 for any number; letters and copies go first
    """

    open_register: OpenRegister
    outbox: Outbox
    mail: MailReading
    vault: Vault
    clock: Clock
    me: str
    acknowledgements_a_day: int
    hours: OfficeHours | None
    holidays: AbstractSet[date]
    most: int = 0
    quiet: Quiet = field(default_factory=Quiet)

    def open_now(self) -> bool:
        """Say whether letters may leave at this moment."""
        return self.hours is None or is_open(self.clock.now(), self.hours, self.holidays)

    def send_due(self) -> Tally:
        """Claim what is due and may leave at this hour, and send it."""
        tally = Tally()
        for kinds in IN_TURN if self.open_now() else (AT_ANY_HOUR,):
            for posting in self._claim(kinds):
                tally += self._send(posting)
        return tally

    def _claim(self, kinds: tuple[PostingKind, ...]) -> tuple[Posting, ...]:
        now = self.clock.now()
        with self.open_register() as register:
            return register.claim_postings(
                self.me,
                now=now,
                until=now + CLAIM,
                day=self.clock.today(),
                limit=AT_ONCE,
                kinds=kinds,
            )

    def _send(self, posting: Posting) -> Tally:
        try:
            raw = self.vault.open(posting.raw)
        except OutOfOrder:
            raise
        except SecretariatError as fault:
            return Tally(stuck=((name_of(posting), str(fault)),))
        steady = posting.kind is not PostingKind.ACKNOWLEDGEMENT
        known = steady and self.outbox.sent(posting.message_id)
        sending = self._begin(posting, raw)
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
                why = IN_SENT if known else ""
                note_sent(register, sending, self.clock.now(), by=SYSTEM, why=why)
        except StaleVersion:
            return Tally(stuck=((name_of(posting), UNCONFIRMED),))
        return Tally(done=1)

    def _begin(self, posting: Posting, raw: bytes) -> Posting | None:
        """Commit SENDING; None when it may not leave, or somebody else was quicker."""
        try:
            with self.open_register() as register:
                if not register.switch().released:
                    return None
                barred = bar_to(register, posting, self.clock.today())
                if why := barred or self._not_as_approved(register, posting, raw):
                    give_up(register, posting, why)
                    return None
                if self._put_off(register, posting) or not self._may_leave(register, posting):
                    return None
                if self._has_enough_left(register, posting):
                    return None
                told = Act(SYSTEM, Event.SENDING, f"the {posting.kind}")
                return register.save_posting(begin(self._dated(posting)), told)
        except StaleVersion:
            return None

    def _not_as_approved(self, register: Reading, posting: Posting, raw: bytes) -> str:
        """Return why a letter or copy is not what was approved, "" when it is."""
        letter = letter_of(register, posting)
        if letter is None or letter.status not in (LetterStatus.SENDING, LetterStatus.SENT):
            return ""
        if why := unsealed(letter):
            return why
        attached = [part.body for part in self.mail.parse(raw).parts]
        right = _digests(attached) == [letter.pdf or letter.docx]
        return "" if right and posting.to in _addresses(register, letter, posting) else OTHER_BYTES

    def _has_enough_left(self, register: Register, posting: Posting) -> bool:
        """Say whether the day's limit keeps a mail back, which leaves room for today's letters."""
        if not self.most:
            return False
        today = self.clock.today()
        first = posting.kind in (PostingKind.LETTER, PostingKind.COPY)
        room = self.most if first else self.most - register.to_leave_first(today)
        return register.count_leaving(today) >= room

    def _put_off(self, register: Register, posting: Posting) -> bool:
        """Put a mail off to the next day when its address has had its mails today."""
        today = self.clock.today()
        of_today = register.mails_for(posting.to, today)
        if not address_had_its_mails(posting, of_today, most=self.acknowledgements_a_day):
            return False
        told = Act(SYSTEM, Event.POSTED, "put off: its address had a mail of ours today")
        register.save_posting(replace(posting, leave_on=today + ONE_DAY), told)
        return True

    def _dated(self, posting: Posting) -> Posting:
        """Return it under the day on which it leaves, by which an address's mails are counted."""
        if posting.kind not in (PostingKind.ACKNOWLEDGEMENT, PostingKind.CHASER):
            return posting
        return replace(posting, leave_on=self.clock.today())

    def _may_leave(self, register: Reading, posting: Posting) -> bool:
        """Say whether it is the hour, a letter bears today, and a copy's letter has left."""
        if posting.kind not in AT_ANY_HOUR and not self.open_now():
            return False
        if posting.kind in (PostingKind.LETTER, PostingKind.CHASER):
            deaths = [register.review(one).facts.date_of_death for one in posting.references]
            if self.quiet.why(self.clock.today(), deaths):
                return False
        letter = letter_of(register, posting)
        if letter is None:
            return True
        if posting.kind is PostingKind.COPY:
            return letter.status is LetterStatus.SENT
        on_its_day = posting.leave_on == self.clock.today()
        return on_its_day and letter.status is LetterStatus.SENDING

    def _note_refusal(self, posting: Posting, why: str) -> Tally:
        with self.open_register() as register:
            told = Act(SYSTEM, Event.NOT_SENT, "the server refused it", why)
            register.save_posting(refuse(posting, why), told)
        return Tally(stuck=((name_of(posting), "the server refused it"),))

    def _put_back(self, posting: Posting) -> None:
        """Make a mail ready again that the outbox is sure not to have sent, being out of order."""
        with self.open_register() as register:
            told = Act(SYSTEM, Event.NOT_SENT, "the outbox cannot be used; the next round tries")
            register.save_posting(send_again(posting), told)

    def _note_doubt(self, posting: Posting, why: str) -> Tally:
        with self.open_register() as register:
            told = Act(SYSTEM, Event.STUCK, UNCONFIRMED, why)
            register.save_posting(replace(posting, why=why), told)
        return Tally(stuck=((name_of(posting), UNCONFIRMED),))


def _digests(bodies: Sequence[bytes]) -> list[str]:
    return [hashlib.sha256(body).hexdigest() for body in bodies]


def _addresses(register: Reading, letter: Letter, posting: Posting) -> tuple[str, ...]:
    """Return where a mail of the letter may go; a copy also where its office is by now."""
    if posting.kind is PostingKind.LETTER:
        return (letter.to,)
    offices = (register.office(copy.pfa_code) for copy in letter.copies)
    return (*(copy.to for copy in letter.copies), *(one.email for one in offices if one))
