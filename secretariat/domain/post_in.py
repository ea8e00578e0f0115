"""Mail that reaches us, as the register keeps it: what it is and what became of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from secretariat.domain.reference import Reference


class MailKind(StrEnum):
    """What a mail is, as triage or a person names it."""

    BOUNCE = "bounce"
    AUTOMATIC_REPLY = "automatic reply"
    OUR_OWN = "our own mail come back"
    SUBMISSION = "submission"
    FURTHER_PAPERS = "resubmission or further papers"
    PUBLICATION_NOTICE = "publication notice"
    PANEL_NOTES = "panel notes"
    DECISION_NOT_TO_REVIEW = "decision not to review"
    REQUEST_TO_EXPLAIN = "request to explain feedback"
    NOT_FOR_US = "not for us"
    UNKNOWN = "unknown"


class MailState(StrEnum):
    """What became of a mail."""

    REGISTERED = "registered"
    JOINED = "joined to a review"
    NOTED = "noted"
    HELD = "held for a person"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says a held mail is.

    reference: the review that its papers, link or question are for; None for the other kinds
    why: the person's reason, for the ledger
    version: the version of the mail that the person read
    """

    kind: MailKind
    reference: Reference | None
    why: str
    version: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a mail: its name as sent, and its bytes in the vault."""

    name: str
    sha256: str
    size: int
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """One mail as the register keeps it.

    number: the register's own, 0 before it is added
    place: the provider's id of the message (for Maildir, the unique part of its file name)
    message_id: with angle brackets, "" when it has none
    sent_at: its Date header, UTC; None when it cannot be read
    arrived_at: when we took it in, UTC
    sender: the bare address of From; subject: decoded
    raw: SHA-256 in the vault of its bytes
    text: its own words without quoted text, cut at 20,000 characters, shown to staff only
    looked: the rules that looked and passed, in order
    rule: the rule that spoke; why: its reason in a sentence
    references: the reviews it was registered as or joined to
    links: URLs found in it, unwrapped
    in_reply_to: Message-IDs it answers
    unread_answer: an answer of a council that no person has dealt with; pauses the chase
    """

    number: int
    place: str
    message_id: str
    sent_at: datetime | None
    arrived_at: datetime
    sender: str
    subject: str
    raw: str
    kind: MailKind
    state: MailState
    rule: str = ""
    why: str = ""
    looked: tuple[str, ...] = ()
    text: str = ""
    references: tuple[Reference, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[str, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    unread_answer: bool = False
    version: int = 0


def dealt_with(answer: ReceivedMail) -> ReceivedMail:
    """Return a council's answer as a person has dealt with it; held, it joins its reviews."""
    state = MailState.JOINED if answer.references else answer.state
    return replace(answer, unread_answer=False, state=state)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of one review: which file, what it is, and what reading found.

    name: as sent; sha256: in the vault; mail: the number of the mail that brought it
    kind, reading: the words of PaperKind and ReadingStatus
    submission: 1 for the first, 2 for what came after the Panel asked for another version
    text: SHA-256 in the vault of its whole text, "" when there is none
    """

    number: int
    reference: Reference
    name: str
    sha256: str
    kind: str
    reading: str
    received_at: datetime
    mail: int | None = None
    pages: int | None = None
    size: int = 0
    submission: int = 1
    warnings: tuple[str, ...] = ()
    text: str = ""
    set_aside: bool = False
