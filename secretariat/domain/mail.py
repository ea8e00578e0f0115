"""A mail as parsed, and a mail of ours before it is bytes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Part:
    """One file in a mail: its name as sent (never a path), media type as claimed, bytes."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, parsed without ever raising.

    message_id, in_reply_to, references: with angle brackets
    sender: bare address of From, lower case; sender_name: its display name
    reply_to, recipients (To and Cc): bare addresses
    text: plain text of the mail, HTML turned into text where there is no plain part
    own_text: `text` without what it quotes
    html: the HTML part as sent, "" when there is none
    headers: (lower-case name, decoded value) in their order
    parts: attached files, mails that were forwarded among them
    faults: what could not be parsed, one sentence each
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sent_at: datetime | None = None
    sender: str = ""
    sender_name: str = ""
    reply_to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    own_text: str = ""
    html: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "text/plain"
    report_type: str = ""
    parts: tuple[Part, ...] = ()
    faults: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """Return the first header of this name (any case), "" when there is none."""
        wanted = name.lower()
        return next((value for called, value in self.headers if called == wanted), "")

    def all_headers(self, name: str) -> tuple[str, ...]:
        """Return every header of this name, the topmost first."""
        wanted = name.lower()
        return tuple(value for called, value in self.headers if called == wanted)


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail of ours.

    automatic: "auto-replied", "auto-generated" or "" for what a person approved
    """

    message_id: str
    sender: str
    to: str
    subject: str
    body: str
    date: datetime
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: str = ""
    parts: tuple[Part, ...] = ()
