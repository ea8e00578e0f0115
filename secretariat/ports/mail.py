"""The mailbox and the outbox: one door in, one door out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from secretariat.domain.errors import OutOfOrder, SecretariatError
from secretariat.domain.mail import Draft, Mail


class SendRefused(SecretariatError):
    """The outbox refused the message and is sure that nothing left."""


class OutboxClosed(SendRefused, OutOfOrder):
    """The outbox cannot be used now; nothing left, and a later round tries again."""


class LineDropped(SecretariatError):
    """The outbox cannot say whether the message left."""


class MailboxUnusable(OutOfOrder):
    """The mailbox cannot be read or written now."""


class MessageUnreadable(SecretariatError):
    """The mailbox works, and cannot give this one message."""

    def __init__(self, why: str) -> None:
        super().__init__(f"a message could not be read: {why}")


class MessageGone(SecretariatError):
    """Somebody took the message out of the mailbox before it was read."""

    def __init__(self) -> None:
        super().__init__("a message was taken out of the mailbox before it could be read")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message that waits: its place in the mailbox and when it was delivered (UTC).

    place: names the message for as long as it lies anywhere in the mailbox, in whatever folder;
        at most 500 characters, without an address or a name
    """

    place: str
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What has come since a place that was reached.

    arrived: the oldest first as far as the mailbox knows an order; some may be known already
    reached: to be kept once all that arrived is dealt with, and given back the next time
    more: there is more than one answer may hold: ask again from `reached`
    anew: the place given was lost, so all that waits is told again
    """

    arrived: tuple[Waiting, ...]
    reached: str
    more: bool = False
    anew: bool = False


class Sink(Protocol):
    """What a message is written into; what stops the writing is told by its own fault."""

    def write(self, content: bytes, /) -> object:
        """Take the next bytes."""


class Source(Protocol):
    """A folder of mail that is looked through; safe to be used by several threads.

    Every call raises MailboxUnusable with the reason when the mailbox cannot be used now.
    """

    @property
    def name(self) -> str:
        """Which folder of which mailbox this is, for the place reached; no secret in it."""

    def changes(self, since: str) -> Changes:
        """Return what has come into the folder since `since`, "" for all that lies there.

        What is no mail (invitations, reports of a server to itself) is passed over.
        """

    def fetch(self, place: str, into: Sink) -> None:
        """Write the raw message into a file; raise MessageGone or MessageUnreadable."""


class Mailbox(Source, Protocol):
    """Where councils' mail arrives: the inbox as a source, and what becomes of its mail."""

    def file(self, place: str, folder: str) -> bool:
        """Move the message to "Registered", "Held", "Noted" or "Refused", or mark it so.

        Return False if it is gone, which is no fault; filing it there again changes nothing.
        """

    def filed(self) -> Iterator[str]:
        """Return the places of the messages that have been filed, in no order."""

    def unfiled(self) -> Iterator[Waiting]:
        """Return the messages that are not filed, in no order, and leave all as it is."""

    def aside(self) -> Iterator[str]:
        """Return the names of what could not be read and was put aside, in no order."""

    def put_back(self, place: str) -> None:
        """Let a filed message wait again; no fault if it is gone."""

    def wait(self, seconds: float) -> bool:
        """Return True as soon as something new is there, False after `seconds` or `close`."""

    def check(self) -> str:
        """Return in a sentence that the mailbox can be used, for `doctor`."""

    def close(self) -> None:
        """End every wait and connection at once; fit to be called from another thread."""


class Outbox(Protocol):
    """Where mail leaves; safe to be used by several threads."""

    def send(self, raw: bytes, message_id: str) -> None:
        """Send to the recipients in the headers, and keep a copy in Sent.

        Raise SendRefused when nothing left (OutboxClosed when nothing can leave now), LineDropped
        when nobody knows.
        """

    def sent(self, message_id: str) -> bool:
        """Say whether Sent holds a message with this Message-ID; raise MailboxUnusable."""

    def save_draft(self, raw: bytes) -> None:
        """Put the message into Drafts for a person to finish; raise MailboxUnusable."""

    def check(self) -> str:
        """Return in a sentence that mail can leave, sending none; raise MailboxUnusable."""

    def close(self) -> None:
        """End every connection at once; fit to be called from another thread."""


@dataclass(frozen=True, slots=True)
class Doors:
    """One mailbox: in, out, and what its Sent folder holds, ours and what staff wrote by hand."""

    mailbox: Mailbox
    outbox: Outbox
    sent: Source


class MailReading(Protocol):
    """Raw bytes to values and back, never raising on what councils send."""

    def parse(self, raw: bytes) -> Mail:
        """Return the mail; what cannot be parsed is said in its faults."""

    def compose(self, draft: Draft) -> bytes:
        """Return the bytes of a mail of ours."""
