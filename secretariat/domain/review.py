"""A review, and every lawful move it can make.

MOVES is the whole truth: the pages ask it which buttons to show, and the
diagram in README.md is drawn from it.  Being overdue is no status: it is
worked out from the dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from secretariat.domain.errors import UnlawfulMove
from secretariat.domain.papers import Facts
from secretariat.domain.reference import Reference


class Status(StrEnum):
    """Where a review stands.  The values are what staff see and the register keeps."""

    RECEIVED = "received"
    WITH_PANEL = "with the panel"
    CONSIDERED = "considered"
    RESUBMISSION_AWAITED = "resubmission awaited"
    PUBLICATION_AWAITED = "publication awaited"
    PUBLISHED = "published"
    NOT_FOR_PUBLICATION = "not for publication"
    TAKEN_DOWN = "published, then withdrawn"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    UNDONE = "undone"


class Step(StrEnum):
    """What can happen to a review."""

    LIST = "listed for a meeting"
    UNLIST = "taken off a meeting"
    CONSIDER = "considered by the panel"
    ASK_FOR_RESUBMISSION = "sent back for resubmission"
    CLEAR = "cleared for publication"
    RESUBMIT = "resubmitted"
    PUBLISH = "confirmed as published"
    REOPEN = "reopened"
    AGREE_NOT_TO_PUBLISH = "agreed as not for publication"
    TAKE_DOWN = "taken down after its time"
    WITHDRAW = "withdrawn"
    MERGE = "merged into another review"
    UNDO = "undone as a registration"


class Outcome(StrEnum):
    """What the Panel decided about a report."""

    PUBLISH = "publish"
    PUBLISH_AFTER_CHANGES = "publish after changes"
    RESUBMIT = "resubmit"


MOVES: Final[Mapping[tuple[Status, Step], Status]] = MappingProxyType(
    {
        (Status.RECEIVED, Step.LIST): Status.WITH_PANEL,
        (Status.RECEIVED, Step.CONSIDER): Status.CONSIDERED,
        (Status.WITH_PANEL, Step.UNLIST): Status.RECEIVED,
        (Status.WITH_PANEL, Step.CONSIDER): Status.CONSIDERED,
        (Status.CONSIDERED, Step.ASK_FOR_RESUBMISSION): Status.RESUBMISSION_AWAITED,
        (Status.CONSIDERED, Step.CLEAR): Status.PUBLICATION_AWAITED,
        (Status.RESUBMISSION_AWAITED, Step.RESUBMIT): Status.RECEIVED,
        (Status.PUBLICATION_AWAITED, Step.PUBLISH): Status.PUBLISHED,
        (Status.PUBLICATION_AWAITED, Step.AGREE_NOT_TO_PUBLISH): Status.NOT_FOR_PUBLICATION,
        (Status.PUBLISHED, Step.REOPEN): Status.PUBLICATION_AWAITED,
        (Status.PUBLISHED, Step.TAKE_DOWN): Status.TAKEN_DOWN,
        (Status.TAKEN_DOWN, Step.REOPEN): Status.PUBLICATION_AWAITED,
        (Status.NOT_FOR_PUBLICATION, Step.REOPEN): Status.PUBLICATION_AWAITED,
        (Status.RECEIVED, Step.WITHDRAW): Status.WITHDRAWN,
        (Status.WITH_PANEL, Step.WITHDRAW): Status.WITHDRAWN,
        (Status.RESUBMISSION_AWAITED, Step.WITHDRAW): Status.WITHDRAWN,
        (Status.RECEIVED, Step.MERGE): Status.MERGED,
        (Status.RECEIVED, Step.UNDO): Status.UNDONE,
        (Status.MERGED, Step.REOPEN): Status.RECEIVED,
        (Status.UNDONE, Step.REOPEN): Status.RECEIVED,
    }
)


@dataclass(frozen=True, slots=True)
class Parties:
    """Whose review it is.

    csp_ids: of the directory, the lead partnership first; empty while a person must say
    csp: the partnership's name as it is to be shown
    council_ids, pfa_codes: of the directory
    why: how the partnership was recognised, one sentence
    sure: True when the match was clear or a person said so
    """

    csp_ids: tuple[str, ...] = ()
    csp: str = ""
    council_ids: tuple[str, ...] = ()
    pfa_codes: tuple[str, ...] = ()
    why: str = ""
    sure: bool = False


class Cause(StrEnum):
    """Why a report may not be published, or asked for, before a day."""

    INQUEST = "an inquest"
    TRIAL = "a trial"
    FAMILY = "the family"
    ELECTION = "an election"
    PROMISE = "the council's promise"
    SAID_PUBLISHED = "the council's word that it is published"
    OTHER = "another reason"


@dataclass(frozen=True, slots=True)
class Pause:
    """Why a chase waits.

    until: the London day on which it goes on; None means until a person says so
    cause: of what kind the reason is; said_by: who said so, such as the council's mail 12
    """

    reason: str
    until: date | None = None
    cause: Cause = Cause.OTHER
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement that a report is not to be published: who agreed, and why."""

    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Review:
    """One domestic homicide review in the register.

    facts: as read off the cover or said by a person; what is not stated is None
    sender: the address that submitted it; never presumed to be the addressee
    since: the London day on which `status` was reached
    received_on: the London day of the first submission
    owner: the account (e-mail address) that looks after it; "" for nobody
    outcome: the Panel's latest; None before it is considered
    meeting: the number of the meeting it is listed for or was last considered at
    quiet: registered in silence: its mail is older than go_live, or it was taken in from a list
    pause: why its chase waits; None when it does not
    merged_into: the review that took it over
    letter_on: the London day of its letter, where that was sent before the register held it
    agreed: who agreed that it is not to be published, and why; None where nobody did
    gone_on: the London day on which its published report was found gone for good, from which
        councils are asked anew; None where it was not
    version: counts the saves; a save of a stale version is refused
    """

    reference: Reference
    parties: Parties
    facts: Facts
    status: Status
    since: date
    received_on: date
    sender: str = ""
    owner: str = ""
    outcome: Outcome | None = None
    meeting: int | None = None
    quiet: bool = False
    pause: Pause | None = None
    merged_into: Reference | None = None
    letter_on: date | None = None
    agreed: Agreed | None = None
    gone_on: date | None = None
    version: int = field(default=0)


def steps_open_to(review: Review) -> tuple[Step, ...]:
    """Return the steps that the review can lawfully take now."""
    return tuple(step for status, step in MOVES if status is review.status)


def move(review: Review, step: Step, *, on: date) -> Review:
    """Return the review as it stands after `step`; raise UnlawfulMove if it cannot."""
    try:
        status = MOVES[review.status, step]
    except KeyError:
        raise UnlawfulMove(str(review.reference), review.status, step) from None
    return replace(review, status=status, since=on)


class MatterKind(StrEnum):
    """What a council may put to the secretariat apart from a report."""

    DECISION_NOT_TO_REVIEW = "decision not to review"
    REQUEST_TO_EXPLAIN = "request to explain feedback"


class MatterStatus(StrEnum):
    """Where a matter stands."""

    OPEN = "open"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Matter:
    """A decision not to review, or a request to explain; it has an owner and an age like a review.

    number: the register's own, 0 before it is added
    reference: the review it is about; None for a decision not to review
    mail: the number of the mail that brought it
    since: the London day on which `status` was reached; its age counts from `opened_on`
    """

    number: int
    kind: MatterKind
    opened_on: date
    since: date
    reference: Reference | None = None
    parties: Parties = field(default_factory=Parties)
    mail: int | None = None
    status: MatterStatus = MatterStatus.OPEN
    owner: str = ""
    version: int = 0
