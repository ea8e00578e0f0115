"""The ledger: who did what, when and why; append-only and chained by hash.

Each review (and each other stream, such as "office") has a chain of its own.
Personal wording (the text of a held mail's answer, a reason that names somebody)
stands in a side row that can be purged; its hash stays in the chain.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

SYSTEM: Final = "the service"
OFFICE: Final = "office"
FIRST: Final = "0" * 64


class Event(StrEnum):
    """What can happen, in the words that the timeline shows."""

    REGISTERED = "registered"
    LISTED_IN = "taken in from a list"
    PAPERS_ADDED = "papers added"
    PAPER_READ = "paper read"
    PASSWORD_TRIED = "password tried"  # noqa: S105 words, no password
    PAPER_OPENED = "locked paper opened"
    MAIL_PURGED = "mail with a password purged"
    OLD_MAIL_PURGED = "old mail purged"
    SAME_PAPERS = "the same papers came again"
    MAIL_JOINED = "mail joined"
    BY_HAND = "written by hand from the mailbox"
    MAIL_HELD = "mail held"
    TAKEN_AWAY = "taken out of the mailbox by hand"
    PLACE_LOST = "place in the mailbox lost"
    MAIL_ANSWERED = "held mail answered"
    MAIL_NOTED = "mail noted"
    MAIL_REFUSED = "mail refused"
    FACTS_CHANGED = "facts changed"
    FACT_CONFIRMED = "fact confirmed"
    OWNER_CHANGED = "owner changed"
    LISTED = "listed for a meeting"
    MEETING_ADDED = "meeting added"
    MEETING_CHANGED = "meeting changed"
    NOTES_TAKEN = "panel notes taken"
    CONSIDERED = "considered by the panel"
    MOVED = "moved"
    DRAFTED = "letter drafted"
    NOT_DRAFTED = "letter could not be drafted"
    AMENDED = "letter amended"
    MADE = "letter made and dated"
    RETURNED = "letter returned"
    APPROVED = "letter approved"
    APPROVAL_VOID = "approval void"
    HANDED_OUT = "letter handed to an approver"
    AGREED = "signatory's agreement noted"
    STOPPED = "sending stopped"
    CORRECTED = "correction begun"
    NAMES_KEPT = "names kept for the check"
    NAMES_READ = "names kept were read"
    NAMES_PURGED = "names kept were purged"
    WORDING_CONFIRMED = "wording of a template confirmed"
    TEMPLATE_USED = "template put into use"
    POSTED = "mail prepared"
    RELEASED = "mail released"
    SENDING = "sending began"
    SENT = "sent"
    NOT_SENT = "not sent"
    STUCK = "sending not confirmed"
    BOUNCED = "not delivered"
    REACHED = "reached them another way"
    CHASED = "chaser prepared"
    CHASE_SPENT = "chasers spent"
    CHASE_PAUSED = "chase paused"
    CHASE_RESUMED = "chase resumed"
    LINK_GIVEN = "link given"
    CHECKED = "link checked"
    PUBLISHED = "confirmed as published"
    MATTER_OPENED = "matter opened"
    MATTER_CHANGED = "matter changed"
    MERGED = "merged"
    SPLIT = "split"
    UNDONE = "registration undone"
    CONTACT_CONFIRMED = "contact confirmed"
    SWITCHED = "sending switched"
    STAFF_TOLD = "staff told what will be sent"
    RECONCILED = "reconciled after a restore"
    ACCOUNT_CHANGED = "account changed"
    SIGNED_IN = "signed in"


@dataclass(frozen=True, slots=True)
class Act:
    """What is about to be written into the ledger together with what it tells.

    who: the account's e-mail address, or SYSTEM
    what: the event
    why: one sentence without names of people or wording of mails
    wording: personal wording that may be purged later; empty when there is none
    """

    who: str
    what: Event
    why: str
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    stream: a reference such as "QA-2026-0001", or OFFICE
    number: counts from 1 within the stream
    at: UTC
    wording: None when it was purged; "" when there was none
    wording_hash: SHA-256 of the wording, kept for good
    previous: the hash of the entry before, FIRST for the first
    hash: SHA-256 over everything above but `wording`
    """

    stream: str
    number: int
    at: datetime
    who: str
    what: Event
    why: str
    wording: str | None
    wording_hash: str
    previous: str
    hash: str


def enter(act: Act, *, stream: str, after: Entry | None, at: datetime) -> Entry:
    """Return the entry for `act` that follows `after` in its stream."""
    number = after.number + 1 if after else 1
    previous = after.hash if after else FIRST
    wording_hash = hashlib.sha256(act.wording.encode()).hexdigest()
    sealed = seal(stream, number, at, act, wording_hash=wording_hash, previous=previous)
    return Entry(
        stream, number, at, act.who, act.what, act.why, act.wording, wording_hash, previous, sealed
    )


def seal(
    stream: str, number: int, at: datetime, act: Act, *, wording_hash: str, previous: str
) -> str:
    """Return the hash of one entry; any change to any part changes it."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = (stream, str(number), moment, act.who, act.what, act.why, wording_hash, previous)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def broken_at(entries: tuple[Entry, ...]) -> int | None:
    """Return the number of the first entry of one stream that does not fit, or None."""
    previous = FIRST
    for count, entry in enumerate(entries, start=1):
        act = Act(entry.who, entry.what, entry.why)
        expected = seal(
            entry.stream, count, entry.at, act, wording_hash=entry.wording_hash, previous=previous
        )
        if entry.number != count or entry.previous != previous or entry.hash != expected:
            return count
        previous = entry.hash
    return None


@dataclass(frozen=True, slots=True)
class Tally:
    """What one stage did in one round.

    stuck: (what, why) for each piece of work that a person must look at
    """

    done: int = 0
    stuck: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.done + other.done, self.stuck + other.stuck)
