"""Asks councils for what they have not published yet, each due day at most once.

A council may go unasked for a day; it must not be asked after it has answered.  So what
the register holds is looked at again in the very transaction that prepares a reminder,
and a reminder that has not left is held back when something comes to stop it.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from secretariat.domain.calendar import (
    LONDON,
    ONE_DAY,
    is_working_day,
    working_days_between,
)
from secretariat.domain.chase import Chaser, ChaseState, Standing, next_look, waiting_chasers
from secretariat.domain.chase_ahead import Stands, reminders_ahead, together
from secretariat.domain.chase_policy import ChasePolicy
from secretariat.domain.chase_wording import why_waiting
from secretariat.domain.errors import Refused, SecretariatError
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.outlook import Leaving
from secretariat.domain.post import Posting, PostingKind, PostingStatus, drop
from secretariat.domain.post_in import ReceivedMail
from secretariat.domain.quiet import Quiet
from secretariat.domain.reference import Reference
from secretariat.domain.review import Cause, Pause, Review, Status
from secretariat.domain.written import in_full
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.mail import MailReading
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenReading, OpenRegister, Reading, Register
from secretariat.stages.chase.following import (
    Following,
    Followup,
    NoContact,
    Successor,
    free_days,
    until,
)
from secretariat.stages.chase.writing import Writing

MOST_REVIEWS: Final = 10_000
UNSENT: Final = (PostingStatus.DROPPED, PostingStatus.REFUSED, PostingStatus.FOR_RELEASE)


@dataclass(frozen=True, slots=True)
class Chase:
    """Takes reviews at PUBLICATION_AWAITED; leaves reminders for the dispatch to send.

    sender: our mailbox; domain: what our Message-IDs end in; unit: how we sign
    open_reading: eyes for what pages ask; without them the pen's are used
    successor: what became of a partnership that has ended
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
    quiet: Quiet = field(default_factory=Quiet)
    successor: Successor | None = None

    def work(self) -> Tally:
        """Prepare the reminders that are due, and hold back those that must not leave."""
        today = self.clock.today()
        with self._eyes() as register:
            reviews = register.to_follow(today, limit=MOST_REVIEWS)
            followups = self._following.followups(register, reviews, today)
        done, stuck = 0, []
        for followup in followups:
            self._hold_back_paused(followup)
        for group, fault in self._addressed(followups):
            if fault is not None:
                stuck.append((str(group[0].review.reference), str(fault)))
                continue
            try:
                done += self._ask(group)
            except SecretariatError as fault_in_group:
                stuck.append((str(group[0].review.reference), str(fault_in_group)))
        self._let_rest(followups, today)
        return Tally(done, tuple(stuck))

    def wake(self) -> None:
        """Have every review looked at anew: the rules may have changed since they were last."""
        with self.open_register() as register:
            register.wake_chases()

    def due(self) -> tuple[Followup, ...]:
        """Return every review whose publication is awaited, with its chase, the longest first."""
        with self._eyes() as register:
            reviews = register.reviews(Status.PUBLICATION_AWAITED, limit=MOST_REVIEWS)
            return self._following.followups(register, reviews, self.clock.today())

    def would_ask(self, first: date, last: date) -> tuple[Leaving, ...]:
        """Return the reminders, not written yet, of the working days from `first` to `last`.

        As if until then nothing happened but that what is ready leaves.
        """
        first = max(first, self.clock.today())
        free = free_days(first, last)
        days = [first + ONE_DAY * count for count in range((last - first).days + 1)]
        working = [day for day in days if is_working_day(day, free)]
        if not working:
            return ()
        with self._eyes() as register:
            reviews = register.to_follow(last, limit=MOST_REVIEWS)
            followups = self._following.followups(register, reviews, working[0])
            found = [
                self._would_ask(register, one, ahead.day, ahead.chaser)
                for one in followups
                for ahead in reminders_ahead(one.followed, self._stands(one.review), working)
            ]
        return together(found)

    def followed(self, reviews: Sequence[Review]) -> tuple[Followup, ...]:
        """Return where the chase of each of these stands, in their order, in a few statements."""
        with self._eyes() as register:
            return self._following.followups(register, reviews, self.clock.today())

    def standing(self, reference: Reference) -> Standing:
        """Return where the chase of one review stands today."""
        return self._followup(reference).chase

    def old_answers(self) -> tuple[ReceivedMail, ...]:
        """Return councils' answers that have waited too long for a person, the oldest first."""
        today = self.clock.today()
        with self._eyes() as register:
            answers = register.unread_answers()
        if not answers:
            return ()
        free = free_days(min(one.arrived_at.date() for one in answers), today)
        return tuple(
            one
            for one in answers
            if working_days_between(one.arrived_at.astimezone(LONDON).date(), today, free)
            >= self.policy.answer_unread_days
        )

    def pause(
        self,
        reference: Reference,
        reason: str,
        day: date | None,
        *,
        by: str,
        cause: Cause = Cause.OTHER,
        said_by: str = "",
    ) -> Review:
        """Let a chase wait until a London day, or (None) until a person says so."""
        _say_why(reason)
        if day is not None and day <= self.clock.today():
            raise Refused("choose a day that is still to come")
        with self.open_register() as register:
            review = _chased(register, reference)
            pause = Pause(reason.strip(), day, cause, said_by.strip())
            told = Act(by, Event.CHASE_PAUSED, until(day), reason)
            saved = register.save_review(replace(review, pause=pause), told)
            _hold_back(register, register.postings_of(reference), "the chase was paused", by=by)
            return saved

    def stop(self, reference: Reference, reason: str, *, by: str) -> Review:
        """End a chase until a person lets it go on."""
        return self.pause(reference, reason, None, by=by)

    def resume(self, reference: Reference, reason: str, *, by: str) -> Review:
        """Let a paused chase go on."""
        _say_why(reason)
        with self.open_register() as register:
            review = replace(register.review(reference), pause=None)
            told = Act(by, Event.CHASE_RESUMED, "a person let the chase go on", reason)
            return register.save_review(review, told)

    def send_now(self, reference: Reference, reason: str, *, by: str) -> Posting:
        """Write the next reminder today, whatever its due day, because a person says so."""
        _say_why(reason)
        today = self.clock.today()
        followup = self._followup(reference)
        if followup.followed.letter_sent_on is None or not followup.chase.due_days:
            raise Refused(
                f"{reference} is not chased: {followup.chase.why or 'no letter was sent'}"
            )
        if followup.waiting:
            raise Refused("a reminder is written already: release it, or give it up first")
        if why := self.quiet.why(today, (followup.review.facts.date_of_death,)):
            raise Refused(f"nobody is asked today: {why}")
        chaser = self._next(followup, today)
        with self._eyes() as register:
            to = self._following.contact(register, followup.review, today).email
            if self._had_mail(register, to, today):
                raise Refused("a mail of ours goes to this address today already")
        posting = self._writing.one(followup, replace(chaser, for_release=False), to)
        with self.open_register() as register:
            _chased(register, reference)
            added = register.add_posting(posting, Act(by, Event.CHASED, "sent now", reason))
            _note_spent(register, posting, followup, by)
        if added is None:
            raise Refused("there is a reminder for this due day already")
        return added

    def step_up(
        self,
        reference: Reference,
        to: str,
        role: str,
        reason: str,
        *,
        copy_to: str = "",
        by: str,
    ) -> tuple[Posting, ...]:
        """Draft a mail to somebody above the contact, and its copy; a person releases each."""
        _say_why(reason)
        followup = self._followup(reference)
        addresses = [(to, False), *(((copy_to, True),) if copy_to else ())]
        drafts = [
            self._writing.step_up(followup, address, role, reason, copy=copy)
            for address, copy in addresses
        ]
        told = Act(by, Event.CHASED, f"a mail to {role} was drafted", reason)
        with self.open_register() as register:
            _chased(register, reference)
            added = [register.add_posting(draft, told) for draft in drafts]
        return tuple(one for one in added if one is not None)

    def _followup(self, reference: Reference) -> Followup:
        with self._eyes() as register:
            review = register.review(reference)
            return self._following.followups(register, (review,), self.clock.today())[0]

    def _next(self, followup: Followup, today: date) -> Chaser:
        """Return the next reminder; after the last, one more in the last one's words."""
        if followup.chase.chaser is not None:
            return followup.chase.chaser
        step = len(followup.chase.due_days) + 1
        return Chaser(step, today, wording=followup.chase.wording)

    def _stands(self, review: Review) -> Stands:
        return lambda followed, day: self._following.standing(review, followed, day)

    def _would_ask(
        self, register: Reading, followup: Followup, day: date, chaser: Chaser
    ) -> Leaving:
        review = followup.review
        try:
            to, bar = self._following.contact(register, review, day).email, ""
        except NoContact as fault:
            to, bar = "", str(fault)
        if chaser.for_release:
            bar = bar or why_waiting(review)
        return Leaving(PostingKind.CHASER, (review.reference,), to, day, bar)

    def _hold_back_paused(self, followup: Followup) -> None:
        if followup.chase.state is not ChaseState.PAUSED or not followup.waiting:
            return
        with self.open_register() as register:
            postings = register.postings_of(followup.review.reference)
            _hold_back(register, postings, "something came that stops the chase")

    def _addressed(
        self, followups: Sequence[Followup]
    ) -> Iterable[tuple[tuple[Followup, ...], NoContact | None]]:
        """Go through what is due, that of one address together; each that has none with its fault.

        An address that has a mail of ours today is asked on another day.
        """
        today = self.clock.today()
        due = [one for one in followups if one.chase.state is ChaseState.DUE and one.chase.chaser]
        shared: dict[str, list[Followup]] = {}
        with self._eyes() as register:
            for one in due:
                try:
                    to = self._following.contact(register, one.review, today).email.lower()
                except NoContact as fault:
                    yield (one,), fault
                    continue
                shared.setdefault(to, []).append(one)
            free = [to for to in shared if not self._had_mail(register, to, today)]
        for to in free:
            alone = [one for one in shared[to] if one.chase.chaser and one.chase.chaser.for_release]
            yield from (((one,), None) for one in alone)
            if rest := tuple(one for one in shared[to] if one not in alone):
                yield rest, None

    def _had_mail(self, register: Reading, to: str, today: date) -> bool:
        """Say whether a mail of ours goes to an address today, or has gone."""
        found = register.mails_for(to, today)
        return any(one.status not in UNSENT for one in found)

    def _ask(self, group: tuple[Followup, ...]) -> int:
        """Write a reminder and enter it, unless something has come since."""
        today = self.clock.today()
        with self._eyes() as register:
            to = self._following.contact(register, group[0].review, today).email
        chaser = group[0].chase.chaser
        if chaser is None:
            return 0
        if len(group) == 1:
            posting = self._writing.one(group[0], chaser, to)
        else:
            posting = self._writing.several(group, to)
        with self.open_register() as register:
            fresh = [register.review(one.review.reference) for one in group]
            now = self._following.followups(register, fresh, today)
            if any(one.chase != was.chase for one, was in zip(now, group, strict=True)):
                return 0
            return self._enter(register, posting, now)

    def _enter(self, register: Register, posting: Posting, group: Sequence[Followup]) -> int:
        """Add the reminder in place of earlier ones that still wait for a person."""
        told = f"due on {in_full(posting.due_on or posting.leave_on)}"
        added = register.add_posting(posting, Act(SYSTEM, Event.CHASED, told))
        if added is None:
            return 0
        for one in group:
            reference = one.review.reference
            mails = register.postings_of(reference)
            earlier = tuple(mail for mail in mails if mail.number != added.number)
            _hold_back(register, earlier, "a later reminder took its place")
            _note_spent(register, posting, one, SYSTEM)
        return 1

    def _let_rest(self, followups: Sequence[Followup], today: date) -> None:
        """Note until when reviews need no look, unless something happens to them."""
        rest = {
            one.review.reference: day
            for one in followups
            if not one.waiting and (day := next_look(one.review, one.chase, today))
        }
        if rest:
            with self.open_register() as register:
                register.rest_chases(rest)

    def _eyes(self) -> AbstractContextManager[Reading]:
        return self.open_reading() if self.open_reading else self.open_register()

    @property
    def _following(self) -> Following:
        return Following(self.policy, self.quiet, self.successor)

    @property
    def _writing(self) -> Writing:
        return Writing(
            self.open_register,
            self.press,
            self.mail,
            self.vault,
            self.clock,
            self.sender,
            self.domain,
            self.unit,
        )


def _chased(register: Reading, reference: Reference) -> Review:
    review = register.review(reference)
    if review.status is not Status.PUBLICATION_AWAITED:
        raise Refused(f"{reference} is {review.status}: it is not chased")
    return review


def _hold_back(
    register: Register, postings: tuple[Posting, ...], why: str, *, by: str = SYSTEM
) -> None:
    for posting in waiting_chasers(postings):
        register.save_posting(drop(posting, why), Act(by, Event.NOT_SENT, why))


def _note_spent(register: Register, posting: Posting, followup: Followup, by: str) -> None:
    due = followup.chase.due_days
    if posting.due_on and due and posting.due_on >= due[-1]:
        reference = str(followup.review.reference)
        register.write(reference, Act(by, Event.CHASE_SPENT, "this was the last reminder"))


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise Refused("say why, in a sentence")
