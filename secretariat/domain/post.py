"""Mail that we send, from prepared to sent, each at most once.

A posting is one mail to one address.  Its bytes are in the vault before it is
released.  SENDING with its Message-ID is committed before it leaves; a posting
found at SENDING after a crash is never sent again by the service: a person looks
in the sent folder and says what happened.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from secretariat.domain.errors import UnlawfulMove
from secretariat.domain.reference import Reference


class PostingKind(StrEnum):
    """What a mail of ours is."""

    ACKNOWLEDGEMENT = "acknowledgement"
    LETTER = "feedback letter"
    COPY = "copy of a feedback letter"
    CHASER = "chaser"


class PostingStatus(StrEnum):
    """Where a mail of ours stands."""

    FOR_RELEASE = "waiting for a person to release it"
    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused by the server"
    DROPPED = "not to be sent"
    BOUNCED = "not delivered"


@dataclass(frozen=True, slots=True)
class Posting:
    """One mail to one address.

    number: the register's own, 0 before it is added
    references: the reviews it is about; a letter, copy or chaser has one or more
    letter: the letter's number within the review, for letters and copies
    message_id: RFC 5322, with its angle brackets, given when it is prepared
    raw: SHA-256 in the vault of the mail's bytes
    leave_on: the London day on which (letters: only on which) it may leave
    due_on: a chaser's due day; at most one chaser a review and due day
    why: why it waits or what the server said
    """

    number: int
    kind: PostingKind
    references: tuple[Reference, ...]
    to: str
    subject: str
    message_id: str
    raw: str
    leave_on: date
    status: PostingStatus = PostingStatus.READY
    letter: int | None = None
    due_on: date | None = None
    why: str = ""
    sent_at: datetime | None = None
    version: int = 0


def begin_sending(posting: Posting) -> Posting:
    """Return the posting as on its way."""
    _stands_at(posting, (PostingStatus.READY,), "sent")
    return replace(posting, status=PostingStatus.SENDING)


def confirm_sent(posting: Posting, *, at: datetime) -> Posting:
    """Return the posting as sent, also when a person found it in the sent folder."""
    _stands_at(posting, (PostingStatus.SENDING,), "confirmed as sent")
    return replace(posting, status=PostingStatus.SENT, sent_at=at, why="")


def refuse(posting: Posting, why: str) -> Posting:
    """Return the posting as refused by the server: it is sure that nothing left."""
    _stands_at(posting, (PostingStatus.SENDING,), "refused")
    return replace(posting, status=PostingStatus.REFUSED, why=why)


def release(posting: Posting) -> Posting:
    """Return the posting free to leave: first release, or a try again after a refusal."""
    _stands_at(posting, (PostingStatus.FOR_RELEASE, PostingStatus.REFUSED), "released")
    return replace(posting, status=PostingStatus.READY, why="")


def hold(posting: Posting, why: str) -> Posting:
    """Return a posting that was ready as one that a person must release."""
    _stands_at(posting, (PostingStatus.READY,), "held for a person")
    return replace(posting, status=PostingStatus.FOR_RELEASE, why=why)


def drop(posting: Posting, why: str) -> Posting:
    """Return the posting as one that will not be sent."""
    held = (PostingStatus.FOR_RELEASE, PostingStatus.READY, PostingStatus.REFUSED)
    _stands_at(posting, held, "dropped")
    return replace(posting, status=PostingStatus.DROPPED, why=why)


def send_again(posting: Posting) -> Posting:
    """Return the posting ready again, after a person saw that it never left."""
    _stands_at(posting, (PostingStatus.SENDING,), "sent again")
    return replace(posting, status=PostingStatus.READY, why="")


def bounce(posting: Posting, why: str) -> Posting:
    """Return the posting as not delivered."""
    _stands_at(posting, (PostingStatus.SENT, PostingStatus.SENDING), "marked as not delivered")
    return replace(posting, status=PostingStatus.BOUNCED, why=why)


def _stands_at(posting: Posting, lawful: tuple[PostingStatus, ...], step: str) -> None:
    if posting.status not in lawful:
        raise UnlawfulMove(f"The {posting.kind}", posting.status, step)
