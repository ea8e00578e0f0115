"""Asks councils for what they have not published yet, each due day at most once.

A council may go unasked for a day; it must not be asked after it has answered.  So what
the register holds is looked at again in the very transaction that prepares a reminder,
and a reminder that has not left is held back when something comes to stop it.
"""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

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
from secretariat.domain.errors import Refused, SecretariatError
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.mail import Draft
from secretariat.domain.post import Posting, PostingKind, PostingStatus, drop
from secretariat.domain.post_in import ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Pause, Review, Status
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.mail import MailReading
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenReading, OpenRegister, Reading, Register

MOST_REVIEWS: Final = 10_000
WORDINGS: Final = 3


class NoContact(SecretariatError):
    """Nobody has confirmed whom to ask."""

    def __init__(self, reference: Reference) -> None:
        super().__init__(f"{reference} has no confirmed contact: a reminder is due")


@dataclass(frozen=True, slots=True)
class Followup:
    """One review whose publication is awaited, where its chase stands, and its letter's mail."""

    review: Review
    chase: Standing
    letter: Posting | None


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
            answered = _answered(register)
            reviews = register.reviews(Status.PUBLICATION_AWAITED, limit=MOST_REVIEWS)
            return tuple(self._followup(register, review, answered) for review in reviews)

    def standing(self, reference: Reference) -> Standing:
        """Return where the chase of one review stands today."""
        with self._eyes() as register:
            review = register.review(reference)
            return self._followup(register, review, _answered(register)).chase

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
        told = f"until {until:%d.%m.%Y}" if until else "until a person says so"
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

    def _followup(
        self, register: Reading, review: Review, answered: frozenset[Reference]
    ) -> Followup:
        """Look first at the mails alone: links matter only to what is due or waits to leave."""
        postings = register.postings_of(review.reference)
        letter = _letter(postings)
        sent_on = letter.sent_at.astimezone(LONDON).date() if letter and letter.sent_at else None
        today = self.clock.today()
        free = _free(sent_on or today, today)
        followed = Followed(sent_on, postings, unread_answer=review.reference in answered)
        chase = chase_of(review, followed, self.policy, today=today, free=free)
        if chase.state is ChaseState.DUE or waiting_chasers(postings):
            links = register.links_of(review.reference)
            checks = register.checks_of(review.reference) if links else ()
            followed = replace(followed, links=links, checks=checks)
            chase = chase_of(review, followed, self.policy, today=today, free=free)
        return Followup(review, chase, letter)

    def _chase(self, followup: Followup) -> int:
        review, chase = followup.review, followup.chase
        if chase.state is ChaseState.PAUSED:
            with self.open_register() as register:
                postings = register.postings_of(review.reference)
                _hold_back(register, postings, "something came that stops the chase")
            return 0
        if chase.state is not ChaseState.DUE or not chase.chaser or not followup.letter:
            return 0
        posting = self._posting(review, chase.chaser, followup.letter)
        with self.open_register() as register:
            fresh = register.review(review.reference)
            now = self._followup(register, fresh, _answered(register)).chase
            if now.state is not ChaseState.DUE or now.chaser != chase.chaser:
                return 0
            return self._prepare(register, posting, chase)

    def _prepare(self, register: Register, posting: Posting, chase: Standing) -> int:
        """Add the reminder in place of earlier ones that still wait for a person."""
        reference = posting.references[0]
        _hold_back(register, register.postings_of(reference), "a later reminder took its place")
        told = f"due on {posting.due_on}"
        if register.add_posting(posting, Act(SYSTEM, Event.CHASED, told)) is None:
            return 0
        if posting.due_on == chase.due_days[-1]:
            spent = Act(SYSTEM, Event.CHASE_SPENT, "this was the last reminder")
            register.write(str(reference), spent)
        return 1

    def _posting(self, review: Review, chaser: Chaser, letter: Posting) -> Posting:
        """Write one reminder as a reply in the letter's thread, and keep its bytes."""
        with self.open_register() as register:
            to = _contact(register, review)
        draft = self._draft(review, chaser, letter, to)
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
            why=_why_waiting(review) if chaser.for_release else "",
        )

    def _draft(self, review: Review, chaser: Chaser, letter: Posting, to: str) -> Draft:
        values = _values(review, letter, unit=self.unit)
        subject, body = self.press.word(f"chase-{min(chaser.step, WORDINGS)}", values)
        return Draft(
            f"<chaser.{review.reference}.{chaser.due_on}@{self.domain}>".lower(),
            self.sender,
            to,
            subject,
            body,
            self.clock.now(),
            in_reply_to=letter.message_id,
            references=(letter.message_id,),
            automatic="" if chaser.for_release else "auto-generated",
        )


def _values(review: Review, letter: Posting, *, unit: str) -> dict[str, object]:
    """Return what a wording may say; a pseudonym is never among it."""
    sent_on = letter.sent_at.astimezone(LONDON) if letter.sent_at else None
    local = review.facts.local_reference or ""
    subject = letter.subject.removeprefix("Re: ")
    names = review.facts.pseudonyms
    return {
        "reference": str(review.reference),
        "local_reference": "" if _names_one(local, names) else local,
        "letter_subject": str(review.reference) if _names_one(subject, names) else subject,
        "letter_date": f"{sent_on.day} {sent_on:%B %Y}" if sent_on else "",
        "partnership": review.parties.csp or "your partnership",
        "after_changes": review.outcome is Outcome.PUBLISH_AFTER_CHANGES,
        "unit": unit,
    }


def _names_one(text: str, pseudonyms: tuple[str, ...]) -> bool:
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
        for name in pseudonyms
        if name
    )


def _why_waiting(review: Review) -> str:
    if review.quiet:
        return "the review was registered in silence: a person says whether to ask"
    return "several reminders are overdue: a person says whether to ask"


def _letter(postings: tuple[Posting, ...]) -> Posting | None:
    """Return the feedback letter that was sent last."""
    sent = (PostingStatus.SENT,)
    letters = [one for one in postings if one.kind is PostingKind.LETTER and one.status in sent]
    return letters[-1] if letters else None


def _contact(register: Reading, review: Review) -> str:
    """Return the confirmed address of the review, or else of its leading partnership."""
    for key in (str(review.reference), *review.parties.csp_ids[:1]):
        contact = register.contact(key)
        if contact is not None:
            return contact.email
    raise NoContact(review.reference)


def _answered(register: Reading) -> frozenset[Reference]:
    return frozenset(one for mail in register.unread_answers() for one in mail.references)


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
