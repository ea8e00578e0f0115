"""Mail that reaches us, as the register keeps it: what it is and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from secretariat.domain.flags import Flag
from secretariat.domain.found import Found
from secretariat.domain.papers import Facts, ReadingStatus
from secretariat.domain.reference import Reference

NO_FACTS: Final = Facts()


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
    CHALLENGE = "challenge of feedback"
    NEW_CASE = "new-case notification"
    WITHDRAWAL = "withdrawal"
    PASSWORD = "password for papers"  # noqa: S105 a word, no password
    FROM_OUTSIDE = "from a family, the press or Parliament"
    NOT_FOR_US = "not for us"
    UNKNOWN = "unknown"


class MailState(StrEnum):
    """What became of a mail."""

    REGISTERED = "registered"
    JOINED = "joined to a review"
    NOTED = "noted"
    HELD = "held for a person"
    REFUSED = "refused"


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
class Group:
    """Those papers of a mail that belong to one review.

    papers: the SHA-256 of each; reference: the review that they join, None for a new one
    """

    papers: tuple[str, ...]
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What a person says of a held mail that brings papers of several reviews.

    groups: one for each review; a paper in none of them joins none
    why: the person's reason, for the ledger
    version: the version of the mail that the person read
    """

    groups: tuple[Group, ...]
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
class Candidate:
    """A review that a held mail may belong to, and why."""

    reference: Reference
    why: str


@dataclass(frozen=True, slots=True)
class MailPaper:
    """One file of a mail as triage saw it, those out of containers too; shown beside held mail.

    part: which of the mail's reviews it belongs to, from 1; 0 where that is not known
    """

    name: str
    sha256: str
    kind: str
    reading: str
    facts: Facts = NO_FACTS
    pages: int = 0
    warnings: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    part: int = 0


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
    papers: its files as triage saw them
    authentication: what our border server says of its sender, in a sentence; "" where it says
        nothing that is believed
    candidates: the reviews that it may belong to, each with the reason in a sentence
    returns_on: the day on which an absent correspondent is back; colleague: the address named
    secret: it brings a password: its words are neither kept nor shown, its bytes are purged early
    purged: its bytes have been deleted by the rule for them; their SHA-256 stays
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
    papers: tuple[MailPaper, ...] = ()
    authentication: str = ""
    candidates: tuple[Candidate, ...] = ()
    returns_on: date | None = None
    colleague: str = ""
    secret: bool = False
    purged: bool = False
    version: int = 0


def dealt_with(answer: ReceivedMail) -> ReceivedMail:
    """Return a council's answer as a person has dealt with it; held, it joins its reviews."""
    state = MailState.JOINED if answer.references else answer.state
    return replace(answer, unread_answer=False, state=state)


class Due(StrEnum):
    """What is still to be done with a paper, one job at a time, while intake goes on."""

    NOTHING = "nothing"
    READING = "reading"
    FRONT_RECOGNITION = "recognition of its first pages"
    RECOGNITION = "recognition of the other pages"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of one review: which file, what it is, and what reading found.

    name: as sent; sha256: in the vault; mail: the number of the mail that brought it
    kind, reading: the words of PaperKind and ReadingStatus
    submission: 1 for the first, 2 for what came after the Panel asked for another version
    text: SHA-256 in the vault of its whole text, "" when there is none
    found: its facts with where they were read; flags: what staff should look at
    front: SHA-256 of the words of its front pages, "" when there are none
    due: what is still to be done with it behind intake
    tries: how many passwords were tried on it
    unlocked: SHA-256 of the locked file that this one was opened from, "" for a paper as sent
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
    found: tuple[Found, ...] = ()
    flags: tuple[Flag, ...] = ()
    front: str = ""
    due: Due = Due.NOTHING
    tries: int = 0
    unlocked: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """The SHA-256 of its bytes, and of the locked file that it was opened from."""
        return (self.sha256, self.unlocked) if self.unlocked else (self.sha256,)


def waits_for_password(papers: Iterable[Paper]) -> bool:
    """Say whether a review waits for the password: a paper in use is locked."""
    return any(each.reading == ReadingStatus.LOCKED and not each.set_aside for each in papers)


@dataclass(frozen=True, slots=True)
class MailCount:
    """What one count of the mailbox against the register found; every mail is somewhere.

    at: when it was counted, UTC
    in_mailbox: messages that lie in the mailbox, filed, waiting or put aside as unreadable
    waiting: of these, not taken in yet; late: of the waiting, those that waited for an hour
    registered, joined, noted, held, refused: mails of the register by what became of them
    gone: mails of the register that somebody took out of the mailbox by hand; no harm
    lost: places of messages that are filed or put aside and that the register does not know, at
        most 20; with `late` an alarm
    """

    at: datetime
    in_mailbox: int
    waiting: int
    registered: int
    joined: int
    noted: int
    held: int
    refused: int
    gone: int = 0
    late: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def known(self) -> int:
        """How many mails the register holds."""
        return self.registered + self.joined + self.noted + self.held + self.refused

    @property
    def unaccounted(self) -> int:
        """How many messages are neither in the register nor waiting; anything but 0 is an alarm."""
        return self.in_mailbox - self.waiting - (self.known - self.gone)

    @property
    def is_alarm(self) -> bool:
        """Whether a person must look."""
        return bool(self.unaccounted or self.late)
