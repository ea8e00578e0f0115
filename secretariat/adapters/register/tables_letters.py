"""The tables of meetings, notes, letters, links and checks."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.adapters.register.kinds import Packed, words
from secretariat.adapters.register.tables import Row, known, only
from secretariat.domain.letter import Confirmation, Copy, LetterStatus
from secretariat.domain.letter_content import LetterContent
from secretariat.domain.panel import MeetingMode, Section
from secretariat.domain.publication import Evidence, Finding, LinkRole, LinkSource, LinkStatus
from secretariat.domain.reference import Reference

IS_WATCHED: Final = text("look_at IS NOT NULL")


class MeetingRow(Row):
    """One meeting of the Panel."""

    __tablename__ = "meeting"
    __table_args__ = (only("mode", MeetingMode),)

    number: Mapped[int] = mapped_column(primary_key=True)
    held_on: Mapped[date] = mapped_column(index=True)
    chair: Mapped[str]
    mode: Mapped[MeetingMode] = mapped_column(words(MeetingMode))
    agenda: Mapped[tuple[Reference, ...]]
    version: Mapped[int]


class NotesRow(Row):
    """The notes of one meeting on one review; never changed, only followed by newer ones.

    newest: nothing newer was taken on this review
    unanswered: newest, and no letter has been drafted on this meeting
    """

    __tablename__ = "notes"
    __table_args__ = (
        Index(None, "reference", "number"),
        Index(None, "meeting", "reference"),
        Index(
            "notes_to_draft",
            "number",
            sqlite_where=text("unanswered = 1"),
            postgresql_where=text("unanswered"),
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[Reference] = mapped_column(known("review.reference"))
    meeting: Mapped[int] = mapped_column(known("meeting.number"))
    section: Mapped[Section] = mapped_column(Packed(Section))
    authors: Mapped[tuple[str, ...]]
    source: Mapped[str]
    taken_at: Mapped[datetime]
    unanswered: Mapped[bool]


class LetterRow(Row):
    """A feedback letter; one a review and meeting.

    None leaves that nobody approved, that is not made and dated, that has no recipient, or
    of whose six facts a person has not confirmed each.
    """

    __tablename__ = "letter"
    __table_args__ = (
        only("status", LetterStatus),
        CheckConstraint(
            "status NOT IN ('approved', 'sending', 'sent') OR approved_by <> ''",
            name="approved_by_somebody",
        ),
        CheckConstraint(
            "status NOT IN ('approved', 'sending', 'sent') OR (docx <> '' AND \"to\" <> ''"
            " AND leaves_on IS NOT NULL AND json_array_length(confirmations) >= 6)",
            name="approved_whole",
        ),
        UniqueConstraint("reference", "meeting"),
        Index(None, "status", "reference", "number"),
    )

    reference: Mapped[Reference] = mapped_column(known("review.reference"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[LetterContent] = mapped_column(Packed(LetterContent))
    meeting: Mapped[int | None] = mapped_column(known("meeting.number"))
    to: Mapped[str]
    copies: Mapped[tuple[Copy, ...]] = mapped_column(Packed(tuple[Copy, ...]))
    status: Mapped[LetterStatus] = mapped_column(words(LetterStatus))
    drafted_by: Mapped[str]
    note_authors: Mapped[tuple[str, ...]]
    editors: Mapped[tuple[str, ...]]
    confirmations: Mapped[tuple[Confirmation, ...]] = mapped_column(
        Packed(tuple[Confirmation, ...])
    )
    approved_by: Mapped[str]
    approved_at: Mapped[datetime | None]
    leaves_on: Mapped[date | None]
    template: Mapped[str]
    docx: Mapped[str]
    pdf: Mapped[str]
    message_id: Mapped[str]
    sent_at: Mapped[datetime | None]
    returned: Mapped[int]
    stop_until: Mapped[datetime | None]
    handed_to: Mapped[str]
    agreed_by: Mapped[str]
    agreed_at: Mapped[datetime | None]
    corrects: Mapped[int | None]
    replaced_by: Mapped[int | None]
    sealed: Mapped[str]
    version: Mapped[int]


class LetterVersionRow(Row):
    """The words of a letter at each of its versions; never changed."""

    __tablename__ = "letter_version"
    __table_args__ = (
        ForeignKeyConstraint(
            ["reference", "number"],
            ["letter.reference", "letter.number"],
            name="letter_version_letter_known",
            deferrable=True,
            initially="DEFERRED",
        ),
    )

    reference: Mapped[Reference] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[LetterContent] = mapped_column(Packed(LetterContent))
    by: Mapped[str]
    at: Mapped[datetime]
    told: Mapped[str]


class LetterTypedRow(Row):
    """What a person has typed and not saved; forgotten when it is saved."""

    __tablename__ = "letter_typed"

    reference: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    fields: Mapped[tuple[str, ...]]
    at: Mapped[datetime]


class ConfirmedWordingRow(Row):
    """Marks of template packs that staff have confirmed."""

    __tablename__ = "wording_confirmed"

    generation: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(primary_key=True)
    text_hash: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str]
    at: Mapped[datetime]


class LetterHandRow(Row):
    """Who wrote or edited a letter, in lower case; a trigger bars them from approving it."""

    __tablename__ = "letter_hand"
    __table_args__ = (
        ForeignKeyConstraint(
            ["reference", "number"],
            ["letter.reference", "letter.number"],
            name="letter_hand_letter_known",
            deferrable=True,
            initially="DEFERRED",
        ),
    )

    reference: Mapped[Reference] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person: Mapped[str] = mapped_column(primary_key=True)


class LinkRow(Row):
    """A URL given for a review, once.

    finding: what the newest check of it found
    claimed_by, claimed_until: who is at it now; a lapsed claim is taken again
    """

    __tablename__ = "link"
    __table_args__ = (
        only("status", LinkStatus),
        only("source", LinkSource),
        only("role", LinkRole),
        UniqueConstraint("reference", "url"),
        Index(None, "status", "number"),
        Index(None, "reference", "status", "finding"),
        Index("link_to_look_at", "look_at", sqlite_where=IS_WATCHED, postgresql_where=IS_WATCHED),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[Reference] = mapped_column(known("review.reference"))
    url: Mapped[str]
    given_at: Mapped[datetime]
    mail: Mapped[int | None] = mapped_column(known("mail.number"))
    status: Mapped[LinkStatus] = mapped_column(words(LinkStatus))
    source: Mapped[LinkSource] = mapped_column(words(LinkSource))
    role: Mapped[LinkRole] = mapped_column(words(LinkRole))
    look_at: Mapped[datetime | None]
    live_on: Mapped[date | None]
    version: Mapped[int]
    finding: Mapped[Finding | None] = mapped_column(words(Finding))
    claimed_by: Mapped[str] = mapped_column(default="")
    claimed_until: Mapped[datetime | None]


class CheckRow(Row):
    """What one look at a link found; kept for good."""

    __tablename__ = "link_check"
    __table_args__ = (only("finding", Finding),)

    number: Mapped[int] = mapped_column(primary_key=True)
    link: Mapped[int] = mapped_column(known("link.number"), index=True)
    reference: Mapped[Reference] = mapped_column(known("review.reference"), index=True)
    at: Mapped[datetime]
    finding: Mapped[Finding] = mapped_column(words(Finding))
    why: Mapped[str]
    likeness: Mapped[float | None]
    letter_found: Mapped[bool | None]
    url: Mapped[str]
    page: Mapped[str]
    missing: Mapped[tuple[str, ...]]
    evidence: Mapped[Evidence] = mapped_column(Packed(Evidence))
