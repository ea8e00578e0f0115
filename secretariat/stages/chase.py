"""Asks councils for what they have not published yet, each due day at most once.

A council may go unasked for a day; it must not be asked after it has answered.  So what
the register holds is looked at again in the very transaction that prepares a reminder,
and a reminder that has not left is held back when something comes to stop it.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeVar

from secretariat.domain.calendar import (
    LONDON,
    bank_holidays,
    is_working_day,
    working_days_after,
    working_days_between,
)
from secretariat.domain.chase import (
    ChasePolicy,
    Chaser,
    ChaseState,
    Followed,
    Standing,
    chase_of,
    waiting_chasers,
)
from secretariat.domain.chase_letters import letters_left, newest_letter, sent_on
from secretariat.domain.chase_wording import values_of, why_waiting
from secretariat.domain.errors import Refused, SecretariatError
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.mail import Draft
from secretariat.domain.message_id import message_id_of, steady_token
from secretariat.domain.outlook import Leaving
from secretariat.domain.post import Posting, PostingKind, PostingStatus, drop
from secretariat.domain.post_in import ReceivedMail
from secretariat.domain.publication import Check, LinkStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import MatterKind, Pause, Review, Status
from secretariat.domain.written import in_full
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.mail import MailReading
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenReading, OpenRegister, Reading, Register

V = TypeVar("V")

MOST_REVIEWS: Final = 10_000
AT_ONCE: Final = 500
WORDINGS: Final = 3


class NoContact(SecretariatError):
    """Nobody has confirmed whom to ask."""

    def __init__(self, reference: Reference) -> None:
        super().__init__(f"{reference} has no confirmed contact: a reminder is due")


@dataclass(frozen=True, slots=True)
class Followup:
    """One review whose publication is awaited, and where its chase stands.

    letter: the mail that brought its letter, or the newest correction; None when none was sent,
        or when it was sent before the register held the review
    waiting: a reminder was prepared and has not left
    checked: what the newest check of a link that was not set aside found
    """

    review: Review
    chase: Standing
    letter: Posting | None
    waiting: bool = False
    checked: Check | None = None


@dataclass(frozen=True, slots=True)
class Chase:
    """Takes reviews at PUBLICATION_AWAITED; leaves reminders for the dispatch to send.

    sender: our mailbox; domain: what our Message-IDs end in; unit: how we sign
    open_reading: eyes for what pages ask; without them the pen's are used
    """

    open_register: OpenRegister
    press: Letterpress
    mail: MailReading
    vault: Vault
    clock: Clock
    sender: str
    domain: str
    unit: str = "Domestic Homicide Review Quality Assurance secretariat"
    policy: ChasePolicy = field(default_factory=ChasePolicy)
    open_reading: OpenReading | None = None

    def work(self) -> Tally:
        """Prepare the reminders that are due, and hold back those that must not leave."""
        done, stuck = 0, []
        for followup in self.due():
            try:
                done += self._chase(followup)
            except SecretariatError as fault:
                stuck.append((str(followup.review.reference), str(fault)))
        return Tally(done, tuple(stuck))

    def due(self) -> tuple[Followup, ...]:
        """Return every review whose publication is awaited, with its chase, the longest first."""
        with self._eyes() as register:
            reviews = register.reviews(Status.PUBLICATION_AWAITED, limit=MOST_REVIEWS)
            return self._followups(register, reviews)

    def would_ask(self, day: date) -> tuple[Leaving, ...]:
        """Return the reminders, not written yet, that leave by themselves on a working day.

        As if until then nothing happened but that what is ready leaves.
        """
        free = _free(day, day)
        if day < self.clock.today() or not is_working_day(day, free):
            return ()
        with self._eyes() as register:
            reviews = register.reviews(Status.PUBLICATION_AWAITED, limit=MOST_REVIEWS)
            found = self._followups(register, reviews, on=day)
            return tuple(
                self._would_ask(register, one, day)
                for one in found
                if one.chase.state is ChaseState.DUE and one.chase.chaser
            )

    def _would_ask(self, register: Reading, followup: Followup, day: date) -> Leaving:
        review, chaser = followup.review, followup.chase.chaser
        try:
            to, bar = _contact(register, review), ""
        except NoContact as fault:
            to, bar = "", str(fault)
        if chaser is not None and chaser.for_release:
            bar = bar or why_waiting(review)
        return Leaving(PostingKind.CHASER, (review.reference,), to, day, bar)

    def followed(self, reviews: Sequence[Review]) -> tuple[Followup, ...]:
        """Return where the chase of each of these stands, in their order, in a few statements."""
        with self._eyes() as register:
            return self._followups(register, reviews)

    def standing(self, reference: Reference) -> Standing:
        """Return where the chase of one review stands today."""
        with self._eyes() as register:
            return self._followups(register, (register.review(reference),))[0].chase

    def old_answers(self) -> tuple[ReceivedMail, ...]:
        """Return councils' answers that have waited too long for a person, the oldest first."""
        today = self.clock.today()
        with self._eyes() as register:
            answers = register.unread_answers()
        if not answers:
            return ()
        free = _free(min(one.arrived_at.date() for one in answers), today)
        return tuple(
            one
            for one in answers
            if working_days_between(one.arrived_at.astimezone(LONDON).date(), today, free)
            >= self.policy.answer_unread_days
        )

    def pause(self, reference: Reference, reason: str, until: date | None, *, by: str) -> Review:
        """Let a chase wait until a London day, or (None) until a person says so."""
        _say_why(reason)
        if until is not None and until <= self.clock.today():
            raise Refused("choose a day that is still to come")
        told = f"until {in_full(until)}" if until else "until a person says so"
        with self.open_register() as register:
            review = register.review(reference)
            if review.status is not Status.PUBLICATION_AWAITED:
                raise Refused(f"{reference} is {review.status}: it is not chased")
            paused = replace(review, pause=Pause(reason.strip(), until))
            saved = register.save_review(paused, Act(by, Event.CHASE_PAUSED, told, reason))
            _hold_back(register, register.postings_of(reference), "the chase was paused", by=by)
            return saved

    def resume(self, reference: Reference, reason: str, *, by: str) -> Review:
        """Let a paused chase go on."""
        _say_why(reason)
        with self.open_register() as register:
            review = replace(register.review(reference), pause=None)
            told = Act(by, Event.CHASE_RESUMED, "a person let the chase go on", reason)
            return register.save_review(review, told)

    def _eyes(self) -> AbstractContextManager[Reading]:
        return self.open_reading() if self.open_reading else self.open_register()

    def _followups(
        self, register: Reading, reviews: Sequence[Review], on: date | None = None
    ) -> tuple[Followup, ...]:
        today = on or self.clock.today()
        answered, asking = _answered(register), _asking(register)
        found: list[Followup] = []
        for first in range(0, len(reviews), AT_ONCE):
            some = reviews[first : first + AT_ONCE]
            about = [review.reference for review in some]
            postings = _apart(register.postings_about(about), lambda one: one.references)
            links = _apart(register.links_about(about), lambda one: (one.reference,))
            checks = _apart(register.checks_about(about), lambda one: (one.reference,))
            for review in some:
                reference = review.reference
                ours = _left_by(postings.get(reference, ()), on)
                corrections = _corrections(register, reference, ours)
                followed = Followed(
                    sent_on(ours, corrections, before=review.letter_on),
                    ours,
                    links.get(reference, ()),
                    checks.get(reference, ()),
                    unread_answer=reference in answered,
                    open_question=reference in asking,
                    contact=_address_after_bounce(register, review, ours),
                )
                letter = newest_letter(ours, corrections)
                found.append(self._followup(review, followed, letter, today))
        return tuple(found)

    def _followup(
        self, review: Review, followed: Followed, letter: Posting | None, today: date
    ) -> Followup:
        free = _free(followed.letter_sent_on or today, today)
        return Followup(
            review,
            chase_of(review, followed, self.policy, today=today, free=free),
            letter,
            bool(waiting_chasers(followed.postings)),
            _newest(followed),
        )

    def _chase(self, followup: Followup) -> int:
        review, chase = followup.review, followup.chase
        if chase.state is ChaseState.PAUSED and followup.waiting:
            with self.open_register() as register:
                postings = register.postings_of(review.reference)
                _hold_back(register, postings, "something came that stops the chase")
            return 0
        if chase.state is not ChaseState.DUE or not chase.chaser:
            return 0
        posting = self._posting(review, chase.chaser, followup.letter)
        with self.open_register() as register:
            fresh = register.review(review.reference)
            now = self._followups(register, (fresh,))[0].chase
            if now.state is not ChaseState.DUE or now.chaser != chase.chaser:
                return 0
            return self._prepare(register, posting, chase)

    def _prepare(self, register: Register, posting: Posting, chase: Standing) -> int:
        """Add the reminder in place of earlier ones that still wait for a person."""
        reference = posting.references[0]
        told = f"due on {in_full(posting.due_on or posting.leave_on)}"
        added = register.add_posting(posting, Act(SYSTEM, Event.CHASED, told))
        if added is None:
            return 0
        earlier = (one for one in register.postings_of(reference) if one.number != added.number)
        _hold_back(register, tuple(earlier), "a later reminder took its place")
        if posting.due_on == chase.due_days[-1]:
            spent = Act(SYSTEM, Event.CHASE_SPENT, "this was the last reminder")
            register.write(str(reference), spent)
        return 1

    def _posting(self, review: Review, chaser: Chaser, letter: Posting | None) -> Posting:
        """Write one reminder as a reply in the letter's thread, and keep its bytes.

        Where the letter was sent before the register held the review, it begins a thread.
        """
        with self.open_register() as register:
            to = _contact(register, review)
            first = register.ledger(str(review.reference))[0].hash
        token = steady_token(first, str(chaser.due_on))
        draft = self._draft(review, chaser, letter, to, token=token)
        today = self.clock.today()
        free = _free(today, today)
        return Posting(
            0,
            PostingKind.CHASER,
            (review.reference,),
            to,
            draft.subject,
            draft.message_id,
            self.vault.keep(self.mail.compose(draft)),
            today if is_working_day(today, free) else working_days_after(today, 1, free),
            PostingStatus.FOR_RELEASE if chaser.for_release else PostingStatus.READY,
            due_on=chaser.due_on,
            why=why_waiting(review) if chaser.for_release else "",
        )

    def _draft(
        self, review: Review, chaser: Chaser, letter: Posting | None, to: str, *, token: str
    ) -> Draft:
        values = values_of(review, letter, unit=self.unit)
        subject, body = self.press.word(f"chase-{min(chaser.step, WORDINGS)}", values)
        return Draft(
            message_id_of(review.reference, PostingKind.CHASER, token=token, domain=self.domain),
            self.sender,
            to,
            subject,
            body,
            self.clock.now(),
            in_reply_to=letter.message_id if letter else "",
            references=(letter.message_id,) if letter else (),
            automatic="" if chaser.for_release else "auto-generated",
        )


def _apart(
    values: Iterable[V], whose: Callable[[V], Iterable[Reference]]
) -> dict[Reference, tuple[V, ...]]:
    """Return the values of each review, in the order in which they came."""
    each: dict[Reference, list[V]] = {}
    for value in values:
        for reference in whose(value):
            each.setdefault(reference, []).append(value)
    return {reference: tuple(held) for reference, held in each.items()}


def _left_by(postings: tuple[Posting, ...], day: date | None) -> tuple[Posting, ...]:
    """Return mails as they stand on a later day, when what is ready before it has left."""
    if day is None:
        return postings
    ready = PostingStatus.READY
    return tuple(
        replace(one, status=PostingStatus.SENT)
        if one.status is ready and one.leave_on < day
        else one
        for one in postings
    )


def _newest(followed: Followed) -> Check | None:
    aside = {link.number for link in followed.links if link.status is LinkStatus.SET_ASIDE}
    return next((check for check in followed.checks if check.link not in aside), None)


def _corrections(
    register: Reading, reference: Reference, postings: Sequence[Posting]
) -> frozenset[int]:
    """Return the numbers of letters that only correct one; asked where several letters left."""
    if len(letters_left(postings)) < 2:
        return frozenset()
    letters = register.letters_of(reference)
    return frozenset(one.number for one in letters if one.corrects is not None)


def _contact(register: Reading, review: Review) -> str:
    """Return the confirmed address of the review, or else of its leading partnership."""
    for key in (str(review.reference), *review.parties.csp_ids[:1]):
        contact = register.contact(key)
        if contact is not None:
            return contact.email
    raise NoContact(review.reference)


def _answered(register: Reading) -> frozenset[Reference]:
    return frozenset(one for mail in register.unread_answers() for one in mail.references)


def _asking(register: Reading) -> frozenset[Reference]:
    """Return the reviews whose council asks to have its feedback explained."""
    asked = MatterKind.REQUEST_TO_EXPLAIN
    open_still = (one for one in register.matters() if one.kind is asked)
    return frozenset(one.reference for one in open_still if one.reference)


def _address_after_bounce(register: Reading, review: Review, postings: Sequence[Posting]) -> str:
    """Return the confirmed address where a mail came back, as it may be another by now."""
    if not any(one.status is PostingStatus.BOUNCED for one in postings):
        return ""
    try:
        return _contact(register, review)
    except NoContact:
        return ""


def _hold_back(
    register: Register, postings: tuple[Posting, ...], why: str, *, by: str = SYSTEM
) -> None:
    for posting in waiting_chasers(postings):
        register.save_posting(drop(posting, why), Act(by, Event.NOT_SENT, why))


def _free(since: date, today: date) -> frozenset[date]:
    return bank_holidays(range(since.year, today.year + 2))


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise Refused("say why, in a sentence")
