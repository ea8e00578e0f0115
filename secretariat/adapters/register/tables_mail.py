"""The tables of mail that came, mail that leaves, contacts, and the switch."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.adapters.register.kinds import Packed, words
from secretariat.adapters.register.tables import Row, known, only
from secretariat.domain.letter_content import Addressee
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.post_in import Attachment, Candidate, MailKind, MailPaper, MailState
from secretariat.domain.reference import Reference


class MailRow(Row):
    """One mail that reached us; its place in the mailbox is taken in once."""

    __tablename__ = "mail"
    __table_args__ = (
        only("kind", MailKind),
        only("state", MailState),
        UniqueConstraint("place"),
        Index(None, "arrived_at"),
        Index(None, "state", "number"),
        Index(None, "message_id"),
        Index(
            "mail_answers",
            "number",
            sqlite_where=text("unread_answer = 1"),
            postgresql_where=text("unread_answer"),
        ),
        Index(None, "sender", "arrived_at"),
        Index(
            "mail_secrets",
            "number",
            sqlite_where=text("secret = 1"),
            postgresql_where=text("secret"),
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str]
    message_id: Mapped[str]
    sent_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime]
    sender: Mapped[str]
    subject: Mapped[str]
    raw: Mapped[str]
    kind: Mapped[MailKind] = mapped_column(words(MailKind))
    state: Mapped[MailState] = mapped_column(words(MailState))
    rule: Mapped[str]
    why: Mapped[str]
    looked: Mapped[tuple[str, ...]]
    text: Mapped[str]
    references: Mapped[tuple[Reference, ...]]
    attachments: Mapped[tuple[Attachment, ...]] = mapped_column(Packed(tuple[Attachment, ...]))
    links: Mapped[tuple[str, ...]]
    in_reply_to: Mapped[tuple[str, ...]]
    unread_answer: Mapped[bool]
    papers: Mapped[tuple[MailPaper, ...]] = mapped_column(Packed(tuple[MailPaper, ...]))
    authentication: Mapped[str]
    candidates: Mapped[tuple[Candidate, ...]] = mapped_column(Packed(tuple[Candidate, ...]))
    returns_on: Mapped[date | None]
    colleague: Mapped[str]
    secret: Mapped[bool]
    purged: Mapped[bool]
    version: Mapped[int]


class MailCountRow(Row):
    """The last count of the mailbox against the register: one row, or none yet."""

    __tablename__ = "mail_count"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    in_mailbox: Mapped[int]
    waiting: Mapped[int]
    registered: Mapped[int]
    joined: Mapped[int]
    noted: Mapped[int]
    held: Mapped[int]
    refused: Mapped[int]
    gone: Mapped[int]
    late: Mapped[tuple[str, ...]]
    lost: Mapped[tuple[str, ...]]


class MailReviewRow(Row):
    """Which reviews a mail belongs to."""

    __tablename__ = "mail_review"

    reference: Mapped[Reference] = mapped_column(known("review.reference"), primary_key=True)
    mail: Mapped[int] = mapped_column(known("mail.number"), primary_key=True, index=True)


class PostingRow(Row):
    """One mail of ours.

    recipient: `to` in lower case, by which it is looked for
    claimed_by, claimed_until: who is at it now; a lapsed claim is taken again
    """

    __tablename__ = "posting"
    __table_args__ = (
        only("kind", PostingKind),
        only("status", PostingStatus),
        Index(None, "status", "number"),
        Index(None, "message_id"),
        Index(None, "recipient", "kind", "leave_on"),
        Index(None, "sent_at"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PostingKind] = mapped_column(words(PostingKind))
    references: Mapped[tuple[Reference, ...]]
    to: Mapped[str]
    subject: Mapped[str]
    message_id: Mapped[str]
    raw: Mapped[str]
    leave_on: Mapped[date]
    status: Mapped[PostingStatus] = mapped_column(words(PostingStatus))
    letter: Mapped[int | None]
    due_on: Mapped[date | None]
    why: Mapped[str]
    sent_at: Mapped[datetime | None]
    version: Mapped[int]
    recipient: Mapped[str]
    claimed_by: Mapped[str] = mapped_column(default="")
    claimed_until: Mapped[datetime | None]


class PostingReviewRow(Row):
    """Which reviews a mail of ours is about; one chaser a review and due day.

    chased_for: a chaser's due day, None for other mail
    """

    __tablename__ = "posting_review"
    __table_args__ = (UniqueConstraint("reference", "chased_for"),)

    reference: Mapped[Reference] = mapped_column(known("review.reference"), primary_key=True)
    posting: Mapped[int] = mapped_column(known("posting.number"), primary_key=True, index=True)
    chased_for: Mapped[date | None]


class ContactRow(Row):
    """The confirmed contact of a review or a partnership."""

    __tablename__ = "contact"

    reference: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str]
    addressee: Mapped[Addressee] = mapped_column(Packed(Addressee))
    confirmed_by: Mapped[str]
    confirmed_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(index=True)


class OfficeRow(Row):
    """The confirmed address of a police area's office."""

    __tablename__ = "office"

    pfa_code: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str]
    confirmed_by: Mapped[str]
    confirmed_at: Mapped[datetime]


class SwitchRow(Row):
    """Whether mail may leave: one row, made by the migration, held."""

    __tablename__ = "switch"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    released: Mapped[bool]
    by: Mapped[str]
    at: Mapped[datetime | None]
    reconcile: Mapped[bool]
    version: Mapped[int]
