"""The tables of what staff wrote by hand from the mailbox."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.adapters.register.tables import Row, known
from secretariat.domain.reference import Reference


class ByHandRow(Row):
    """One mail that staff wrote by hand; its place in Sent is taken once."""

    __tablename__ = "by_hand"
    __table_args__ = (UniqueConstraint("place"), Index(None, "message_id"))

    number: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str]
    message_id: Mapped[str]
    sent_at: Mapped[datetime]
    to: Mapped[tuple[str, ...]]
    subject: Mapped[str]
    raw: Mapped[str]
    text: Mapped[str]
    references: Mapped[tuple[Reference, ...]]
    purged: Mapped[bool]
    version: Mapped[int]


class ByHandReviewRow(Row):
    """Which reviews it is about."""

    __tablename__ = "by_hand_review"

    reference: Mapped[Reference] = mapped_column(known("review.reference"), primary_key=True)
    mail: Mapped[int] = mapped_column(known("by_hand.number"), primary_key=True, index=True)


class LookedAtRow(Row):
    """A message in Sent that was looked at: its place, and nothing of it."""

    __tablename__ = "looked_at"

    place: Mapped[str] = mapped_column(primary_key=True)
