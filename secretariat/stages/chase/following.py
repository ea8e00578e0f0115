"""Where the chase of reviews stands, from what the register holds of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, TypeVar

from secretariat.domain.calendar import LONDON, bank_holidays
from secretariat.domain.chase import Followed, Standing, chase_of, waiting_chasers
from secretariat.domain.chase_letters import letters_left, newest_letter, sent_on
from secretariat.domain.chase_policy import ChasePolicy
from secretariat.domain.contacts import Contact
from secretariat.domain.errors import SecretariatError
from secretariat.domain.post import Posting, PostingStatus
from secretariat.domain.publication import Check, LinkStatus
from secretariat.domain.quiet import Quiet
from secretariat.domain.reference import Reference
from secretariat.domain.review import MatterKind, Review
from secretariat.domain.written import in_full
from secretariat.ports.register import Reading

V = TypeVar("V")

AT_ONCE: Final = 500
NOTHING: Final = Followed(None)


class Ended(Protocol):
    """What became of a partnership that has ended: a sentence, the day, who answers now."""

    @property
    def told(self) -> str:
        """Return "Oldtown (abolished 1 April 2021; now Anyshire)"."""

    @property
    def ended_on(self) -> date:
        """Return the first day without it."""

    @property
    def current_id(self) -> str:
        """Return the id of the partnership that answers since."""


Successor = Callable[[str, date], Ended | None]
"""From a partnership's id and a London day to what became of it; None where it stands."""


class NoContact(SecretariatError):
    """Nobody has confirmed whom to ask."""

    def __init__(self, reference: Reference, ended: Ended | None = None) -> None:
        why = f"{reference} has no confirmed contact: a reminder is due"
        if ended is not None:
            why = f"{reference}: {ended.told}; confirm who answers there before it is asked"
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Followup:
    """One review whose publication is awaited, and where its chase stands.

    letter: the mail that brought its letter, or the newest correction; None when none was sent,
        or when it was sent before the register held the review
    waiting: a reminder was prepared and has not left
    checked: what the newest check of a link that was not set aside found
    followed: what the register holds of it
    """

    review: Review
    chase: Standing
    letter: Posting | None
    waiting: bool = False
    checked: Check | None = None
    followed: Followed = NOTHING


@dataclass(frozen=True, slots=True)
class Following:
    """Follows reviews, by the policy and the quiet days."""

    policy: ChasePolicy
    quiet: Quiet
    successor: Successor | None = None

    def followups(
        self, register: Reading, reviews: Sequence[Review], today: date
    ) -> tuple[Followup, ...]:
        """Return where the chase of each review stands on a London day, in a few statements."""
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
                ours = postings.get(reference, ())
                corrections = _corrections(register, reference, ours)
                followed = Followed(
                    sent_on(ours, corrections, before=review.letter_on),
                    ours,
                    links.get(reference, ()),
                    checks.get(reference, ()),
                    unread_answer=reference in answered,
                    open_question=reference in asking,
                    contact=self._address_after_bounce(register, review, ours, today),
                    generation=self._generation(register, reference),
                )
                letter = newest_letter(ours, corrections)
                found.append(self.followup(review, followed, letter, today))
        return tuple(found)

    def followup(
        self, review: Review, followed: Followed, letter: Posting | None, today: date
    ) -> Followup:
        """Return where the chase of one review stands on a London day."""
        return Followup(
            review,
            self.standing(review, followed, today),
            letter,
            bool(waiting_chasers(followed.postings)),
            _newest(followed),
            followed,
        )

    def standing(self, review: Review, followed: Followed, today: date) -> Standing:
        """Return the standing alone."""
        free = free_days(followed.letter_sent_on or today, today)
        return chase_of(review, followed, self.policy, today=today, free=free, quiet=self.quiet)

    def contact(self, register: Reading, review: Review, today: date) -> Contact:
        """Return the confirmed contact of the review, else of its leading partnership.

        Where that has ended, only who was confirmed since, or at its successor, is asked.
        """
        lead = review.parties.csp_ids[:1]
        ended = self.successor(lead[0], today) if self.successor and lead else None
        keys = (str(review.reference), *lead, *((ended.current_id,) if ended else ()))
        for key in keys:
            contact = register.contact(key)
            if contact is not None and _answers_yet(contact, key, ended):
                return contact
        raise NoContact(review.reference, ended)

    def _address_after_bounce(
        self, register: Reading, review: Review, postings: Sequence[Posting], today: date
    ) -> str:
        """Return the confirmed address where a mail came back, as it may be another by now."""
        if not any(one.status is PostingStatus.BOUNCED for one in postings):
            return ""
        try:
            return self.contact(register, review, today).email
        except NoContact:
            return ""

    def _generation(self, register: Reading, reference: Reference) -> str:
        """Return the generation of the letter; asked only where a rule heeds it."""
        if not any(rule.generation for rule in self.policy.rules):
            return ""
        letters = register.letters_of(reference)
        return letters[-1].content.generation if letters else ""


def free_days(since: date, today: date) -> frozenset[date]:
    """Return the bank holidays that matter between two days and some time after."""
    return bank_holidays(range(since.year, today.year + 2))


def until(day: date | None) -> str:
    """Say until when something waits."""
    return f"until {in_full(day)}" if day else "until a person says so"


def _answers_yet(contact: Contact, key: str, ended: Ended | None) -> bool:
    if ended is None or key == ended.current_id:
        return True
    return contact.confirmed_at.astimezone(LONDON).date() >= ended.ended_on


def _apart(
    values: Iterable[V], whose: Callable[[V], Iterable[Reference]]
) -> dict[Reference, tuple[V, ...]]:
    """Return the values of each review, in the order in which they came."""
    each: dict[Reference, list[V]] = {}
    for value in values:
        for reference in whose(value):
            each.setdefault(reference, []).append(value)
    return {reference: tuple(held) for reference, held in each.items()}


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


def _answered(register: Reading) -> frozenset[Reference]:
    return frozenset(one for mail in register.unread_answers() for one in mail.references)


def _asking(register: Reading) -> frozenset[Reference]:
    """Return the reviews whose council asks to have its feedback explained."""
    asked = MatterKind.REQUEST_TO_EXPLAIN
    open_still = (one for one in register.matters() if one.kind is asked)
    return frozenset(one.reference for one in open_still if one.reference)
