"""Sent Items: what staff write by hand from the mailbox joins its review and pauses the chase.

A message is known by its place once it was looked at, and that is kept with the work it led to:
a crash anywhere leaves nothing twice and nothing lost.  Of what is about no review nothing is kept
but that it was looked at; what the service itself sent is never taken for a person's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Final

from secretariat.domain.by_hand import (
    WrittenByHand,
    is_answered,
    leaves_the_house,
    pause_after,
)
from secretariat.domain.calendar import LONDON, bank_holidays
from secretariat.domain.errors import NotFound, SecretariatError, StaleVersion
from secretariat.domain.ledger import OFFICE, SYSTEM, Act, Event, Tally
from secretariat.domain.mail import Mail
from secretariat.domain.mailbox import is_given_up
from secretariat.domain.message_id import reference_in
from secretariat.domain.post import Posting, PostingKind
from secretariat.domain.post_in import ReceivedMail, dealt_with
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review
from secretariat.domain.triage_senders import domain_of
from secretariat.domain.written import in_full
from secretariat.ports.clock import Clock
from secretariat.ports.mail import MailReading, MessageGone, MessageUnreadable, Source, Waiting
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenRegister, Reading, Register

FROM_WHEN: Final = "{name}, from when"
"""Under this name stands since when Sent is looked at where no first day is configured."""
MOST_IDS: Final = 50
LONGEST: Final = 20_000
PATIENCE: Final = timedelta(hours=1)
NEAR: Final = timedelta(days=1)
TO_COUNCILS: Final = (PostingKind.LETTER, PostingKind.CHASER, PostingKind.ACKNOWLEDGEMENT)
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
PLACE_LOST: Final = "the place reached in Sent was lost: all that lies there is looked at again"
UNREADABLE: Final = "a message in Sent could not be read and was passed over"
WROTE: Final = "staff wrote by hand from the mailbox on {day}"
SETTLED: Final = "staff answered it by hand from the mailbox"


@dataclass(frozen=True, slots=True)
class HandPolicy:
    """What is ours, and what a mail by hand does.

    inside: domains of our own people, lower case; domain: in our Message-IDs
    council_domains: by the id of a council, the domains of its addresses
    go_live: mail before this London day is left alone; None: what was sent before the first round
    pause_days: working days for which the chase waits, 0 for none
    most_bytes: of one message; a larger one is passed over
    """

    inside: frozenset[str]
    domain: str
    council_domains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    go_live: date | None = None
    pause_days: int = 10
    most_bytes: int = 100 * 2**20


@dataclass(frozen=True, slots=True)
class _Thread:
    """What the register knows of the mails that a message answers."""

    references: tuple[Reference, ...] = ()
    mails: tuple[ReceivedMail, ...] = ()


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Looks through Sent; leaves mails by hand with their reviews, and paused chases.

    _unmatched: the ids that a message answers which belongs nowhere yet, by its place: what it
        answers may still be on its way through the intake
    """

    open_register: OpenRegister
    sent: Source
    mail: MailReading
    vault: Vault
    clock: Clock
    policy: HandPolicy
    _unmatched: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def work(self, stopping: Callable[[], bool] = bool) -> Tally:
        """Look at each message once that came into Sent; raise OutOfOrder when it cannot be."""
        with self.open_register() as register:
            since = register.reached(self.sent.name)
            start = self._start(register)
        tally, settled = Tally(), True
        while True:
            news = self.sent.changes(since)
            if news.anew:
                with self.open_register() as register:
                    register.write(OFFICE, Act(SYSTEM, Event.PLACE_LOST, PLACE_LOST))
            told, whole = self._look(news.arrived, start, stopping)
            tally, settled = tally + told, settled and whole
            if settled and news.reached != since:
                with self.open_register() as register:
                    register.save_reached(self.sent.name, news.reached)
            if not news.more or stopping():
                return tally
            since = news.reached

    def _start(self, register: Register) -> datetime:
        """Return since when messages are looked at: go-live, or the first round there was."""
        if self.policy.go_live is not None:
            return datetime.combine(self.policy.go_live, time(), LONDON).astimezone(UTC)
        name = FROM_WHEN.format(name=self.sent.name)
        if kept := register.reached(name):
            return datetime.fromisoformat(kept)
        now = self.clock.now().replace(microsecond=0)  # A Date has no parts of a second.
        register.save_reached(name, now.isoformat())
        return now

    def _look(
        self, arrived: Sequence[Waiting], start: datetime, stopping: Callable[[], bool]
    ) -> tuple[Tally, bool]:
        """Return what is to be told of these messages, and whether all are settled."""
        recent = [one for one in arrived if not (one.delivered_at and one.delivered_at < start)]
        with self.open_register() as register:
            seen = register.looked_at([one.place for one in recent])
        tally, settled = Tally(), True
        for waiting in recent:
            if waiting.place in seen:
                continue
            if stopping():
                return tally, False
            told, done = self._look_at(waiting, start)
            tally, settled = tally + told, settled and done
        return tally, settled

    def _look_at(self, waiting: Waiting, start: datetime) -> tuple[Tally, bool]:
        """Return what is to be told of one message, and whether it is settled."""
        try:
            if self._still_unmatched(waiting):
                return Tally(), False
            return self._take(waiting, start)
        except MessageGone:
            return Tally(), True
        except MessageUnreadable as fault:
            return self._note_unreadable(waiting, fault)
        except StaleVersion:
            return Tally(), False  # A person was quicker: the next round looks again.
        except SecretariatError as fault:
            return Tally(stuck=((f"Sent, {waiting.place}", str(fault)),)), False
        except Exception as fault:  # The round goes on whatever one message does.
            why = f"a fault of the service kept it from being looked at: {type(fault).__name__}"
            return Tally(stuck=((f"Sent, {waiting.place}", why),)), False

    def _still_unmatched(self, waiting: Waiting) -> bool:
        """Say whether a message that belonged nowhere answers nothing known even now."""
        ids = self._unmatched.get(waiting.place)
        if ids is None or self._is_old(waiting):
            return False
        with self.open_register() as register:
            return not self._thread(register, ids).references

    def _is_old(self, waiting: Waiting) -> bool:
        """Say whether what a message answers would have come through the intake by now."""
        moment = waiting.delivered_at
        return moment is None or self.clock.now() - moment >= PATIENCE

    def _take(self, waiting: Waiting, start: datetime) -> tuple[Tally, bool]:
        content = _Content(self.policy.most_bytes)
        self.sent.fetch(waiting.place, content)
        raw = content.getvalue()
        mail = self.mail.parse(raw)
        sent_at = _sent_at(mail, waiting, self.clock.now())
        with self.open_register() as register:
            thread = self._thread(register, _ids(mail))
            about = self._about(register, mail, thread)
            ours = self._is_ours(register, mail, about, sent_at)
            if sent_at < start or ours or not about:
                if _ids(mail) and not ours and not self._is_old(waiting):
                    self._unmatched[waiting.place] = _ids(mail)
                    return Tally(), False
                self._settle(register, waiting)
                return Tally(), True
        return self._join(waiting, raw, mail, sent_at), True

    def _join(self, waiting: Waiting, raw: bytes, mail: Mail, sent_at: datetime) -> Tally:
        """Keep the message; all that it leads to is one transaction."""
        with self.open_register() as register:
            secret = any(one.secret for one in self._thread(register, _ids(mail)).mails)
        name = sha256(raw).hexdigest() if secret else self.vault.keep(raw)
        with self.open_register() as register:
            thread = self._thread(register, _ids(mail))
            written = WrittenByHand(
                0,
                waiting.place,
                mail.message_id,
                sent_at,
                mail.recipients,
                mail.subject,
                name,
                "" if secret else mail.own_text[:LONGEST],
                self._about(register, mail, thread),
                purged=secret,
            )
            self._settle(register, waiting)
            if mail.message_id and register.by_hand_called(mail.message_id):
                return Tally()
            told = WROTE.format(day=in_full(_day(sent_at)))
            register.add_by_hand(written, Act(SYSTEM, Event.BY_HAND, told))
            if leaves_the_house(written.to, self.policy.inside):
                self._answer(register, written, thread)
        return Tally(1)

    def _settle(self, register: Register, waiting: Waiting) -> None:
        register.note_looked_at(waiting.place)
        register.forget_unreadable(waiting.place)
        self._unmatched.pop(waiting.place, None)

    def _answer(self, register: Register, written: WrittenByHand, thread: _Thread) -> None:
        """Note a council's mail on the thread as answered, and let the chases wait."""
        for answer in thread.mails:
            if is_answered(answer, written.to, written.sent_at):
                register.save_mail(dealt_with(answer), Act(SYSTEM, Event.MAIL_ANSWERED, SETTLED))
        today, sent_on = self.clock.today(), _day(written.sent_at)
        free = bank_holidays(range(sent_on.year, today.year + 2))
        for reference in written.references:
            review = register.review(reference)
            pause = pause_after(review, sent_on, self.policy.pause_days, today=today, free=free)
            if pause is not None and pause.until is not None:
                told = Act(SYSTEM, Event.CHASE_PAUSED, f"until {in_full(pause.until)}")
                register.save_review(replace(review, pause=pause), told)

    def _thread(self, register: Reading, ids: Sequence[str]) -> _Thread:
        found: dict[Reference, None] = {}
        mails: dict[int, ReceivedMail] = {}
        for each in ids:
            called = register.mails_called(each)
            mails.update((mail.number, mail) for mail in called)
            posting = register.posting_called([each])
            by_hand = register.by_hand_called(each)
            known = [one.references for one in called] + [one.references for one in by_hand]
            known += [posting.references] if posting else []
            found.update((one, None) for references in known for one in references)
            if (ours := reference_in(each, domain=self.policy.domain)) is not None:
                found[ours] = None
        standing = (_standing(register, one) for one in found)
        return _Thread(tuple(dict.fromkeys(one for one in standing if one)), (*mails.values(),))

    def _about(self, register: Reading, mail: Mail, thread: _Thread) -> tuple[Reference, ...]:
        """Return the reviews of a message: those of its thread, else those that it names.

        Of several on the thread only those count that its own words name, where they name one.
        """
        named = Reference.find_all(f"{mail.subject}\n{mail.own_text[:LONGEST]}")
        standing = dict.fromkeys(one for each in named if (one := _standing(register, each)))
        if thread.references:
            both = tuple(one for one in thread.references if one in standing)
            return both or thread.references
        return tuple(one for one in standing if self._goes_to_council(register, mail, one))

    def _goes_to_council(self, register: Reading, mail: Mail, reference: Reference) -> bool:
        review = register.review(reference)
        addresses = _addresses(register, review)
        domains = {
            domain
            for council in review.parties.council_ids
            for domain in self.policy.council_domains.get(council, ())
        }
        return any(to in addresses or domain_of(to) in domains for to in mail.recipients)

    def _is_ours(
        self, register: Reading, mail: Mail, about: Sequence[Reference], sent_at: datetime
    ) -> bool:
        """Say whether the service sent it, also where a server has given it another id."""
        if mail.message_id and register.posting_called([mail.message_id]):
            return True
        if reference_in(mail.message_id, domain=self.policy.domain) is not None:
            return True
        alike = (
            posting
            for reference in about
            for posting in register.postings_of(reference)
            if posting.subject == mail.subject and _is_near(posting, sent_at)
        )
        return any(self._same_words(posting, mail) for posting in alike)

    def _same_words(self, posting: Posting, mail: Mail) -> bool:
        ours = self.mail.parse(self.vault.open(posting.raw))
        return ours.text.split() == mail.text.split()

    def _note_unreadable(self, waiting: Waiting, fault: MessageUnreadable) -> tuple[Tally, bool]:
        """Try again the next rounds; then pass it over and say so in the office's ledger."""
        with self.open_register() as register:
            now = self.clock.now()
            if not is_given_up(register.note_unreadable(waiting.place, now), now):
                return Tally(stuck=((f"Sent, {waiting.place}", str(fault)),)), False
            self._settle(register, waiting)
            register.write(OFFICE, Act(SYSTEM, Event.BY_HAND, UNREADABLE))
            return Tally(stuck=((f"Sent, {waiting.place}", UNREADABLE),)), True


class _Content(BytesIO):
    """What is fetched, up to a size; only what belongs to a review goes into the vault."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, content: bytes, /) -> int:  # type: ignore[override]  # of bytes alone
        """Take the next bytes; raise MessageUnreadable for one too many."""
        if self.tell() + len(content) > self._most:
            raise MessageUnreadable(f"it is larger than {self._most // 2**20} MB")
        return super().write(content)


def _ids(mail: Mail) -> tuple[str, ...]:
    """Return the ids that a mail answers, the newest first."""
    return tuple(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references))))[:MOST_IDS]


def _standing(register: Reading, reference: Reference) -> Reference | None:
    """Return the review that a reference stands for by now, None where there is none."""
    for _ in range(MOST_IDS):
        try:
            review = register.review(reference)
        except NotFound:
            return None
        if review.merged_into is None:
            return review.reference
        reference = review.merged_into
    return None


def _addresses(register: Reading, review: Review) -> frozenset[str]:
    """Return the addresses at which a review's council was written to, or wrote."""
    keys = (str(review.reference), *review.parties.csp_ids)
    contacts = (contact.email for key in keys if (contact := register.contact(key)))
    posted = register.postings_of(review.reference)
    written_to = (one.to for one in posted if one.kind in TO_COUNCILS)
    return frozenset(each.lower() for each in (review.sender, *contacts, *written_to) if each)


def _is_near(posting: Posting, sent_at: datetime) -> bool:
    return posting.sent_at is None or abs(posting.sent_at - sent_at) < NEAR


def _sent_at(mail: Mail, waiting: Waiting, now: datetime) -> datetime:
    """Return when a message was sent: the earlier of what it and the mailbox say, if credible."""
    said = [one for one in (mail.sent_at, waiting.delivered_at) if one and one > EARLIEST]
    return min([*said, now])


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
