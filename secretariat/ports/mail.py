"""The mailbox and the outbox: one door in, one door out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from secretariat.domain.errors import OutOfOrder, SecretariatError
from secretariat.domain.mail import Draft, Mail


class SendRefused(SecretariatError):
    """The outbox refused the message and is sure that nothing left."""


class LineDropped(SecretariatError):
    """The outbox cannot say whether the message left."""


class MailboxUnusable(OutOfOrder):
    """The mailbox cannot be read or written now."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message that waits: its place in the mailbox and when it was delivered (UTC)."""

    place: str
    delivered_at: datetime | None


class Mailbox(Protocol):
    """Where councils' mail arrives."""

    def waiting(self) -> Iterator[Waiting]:
        """Return the messages not filed yet, the oldest first."""

    def fetch(self, place: str) -> bytes:
        """Return the raw message; raise MailboxUnusable when it cannot be had."""

    def file(self, place: str, folder: str) -> None:
        """Move the message to "Registered", "Held", "Noted" or "Refused"; gone is no fault."""

    def filed(self) -> Iterator[str]:
        """Return the places of the messages that have been filed, in no order."""

    def unfiled(self) -> Iterator[Waiting]:
        """Return the messages that are not filed, in no order, and leave all as it is."""

    def aside(self) -> Iterator[str]:
        """Return the names of what could not be read and was put aside, in no order."""

    def put_back(self, place: str) -> None:
        """Let a filed message wait again; no fault if it is gone."""

    def wait(self, seconds: float) -> bool:
        """Return True as soon as something new is there, False after `seconds`."""


class Outbox(Protocol):
    """Where mail leaves."""

    def send(self, raw: bytes, message_id: str) -> None:
        """Send; raise SendRefused when nothing left, LineDropped when nobody knows."""

    def sent(self, message_id: str) -> bool:
        """Say whether Sent holds a message with this Message-ID."""


class MailReading(Protocol):
    """Raw bytes to values and back, never raising on what councils send."""

    def parse(self, raw: bytes) -> Mail:
        """Return the mail; what cannot be parsed is said in its faults."""

    def compose(self, draft: Draft) -> bytes:
        """Return the bytes of a mail of ours."""
