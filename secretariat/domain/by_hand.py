"""What staff wrote by hand from the mailbox, and what it does to a review's chase."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from secretariat.domain.calendar import working_days_after
from secretariat.domain.post_in import MailState, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.review import Pause, Review, Status
from secretariat.domain.triage_senders import domain_of
from secretariat.domain.written import in_full

PURGED: Final = "purged"
"""Stands where the words of a mail stood that was deleted by the rule for old mail."""


@dataclass(frozen=True, slots=True)
class WrittenByHand:
    """One mail that a member of staff sent from the mailbox with a mail program of their own.

    number: the register's own, 0 before it is added
    place: the provider's id of the message in Sent
    message_id: with angle brackets, "" when it has none
    sent_at: UTC; to: To and Cc, bare addresses
    raw: SHA-256 of its bytes, in the vault unless `purged`
    text: its own words without quoted text
    references: the reviews that it is about, one or more
    """

    number: int
    place: str
    message_id: str
    sent_at: datetime
    to: tuple[str, ...]
    subject: str
    raw: str
    text: str
    references: tuple[Reference, ...]
    purged: bool = False
    version: int = 0


def leaves_the_house(to: Collection[str], inside: Collection[str]) -> bool:
    """Say whether a mail goes to anybody but our own people; inside: our domains, lower case."""
    return any(domain_of(address) not in inside for address in to)


def pause_after(
    review: Review, sent_on: date, days: int, *, today: date, free: AbstractSet[date]
) -> Pause | None:
    """Return the pause that a mail by hand brings a chase, None where it brings none.

    A pause that holds for as long or longer stays; days: working days after `sent_on`
    """
    until = working_days_after(sent_on, days, free)
    if review.status is not Status.PUBLICATION_AWAITED or until <= today:
        return None
    if review.pause and (review.pause.until is None or review.pause.until >= until):
        return None
    return Pause(f"staff wrote by hand from the mailbox on {in_full(sent_on)}", until)


def is_answered(answer: ReceivedMail, to: Collection[str], sent_at: datetime) -> bool:
    """Say whether a mail by hand on its thread has answered a council's unread answer.

    One that a person must still place is not dealt with by that; neither is one passed on to
    somebody else, or one that came later.
    """
    if not answer.unread_answer or answer.state is MailState.HELD:
        return False
    written = answer.sent_at or answer.arrived_at
    return answer.sender in to and min(written, answer.arrived_at) <= sent_at


def without_words(mail: ReceivedMail) -> ReceivedMail:
    """Return a mail as it is kept when its bytes are deleted: who, when, what became of it."""
    files = tuple(replace(each, name=PURGED) for each in mail.attachments)
    return replace(
        mail,
        purged=True,
        subject=PURGED,
        text="",
        attachments=files,
        papers=(),
        links=(),
        candidates=(),
    )
