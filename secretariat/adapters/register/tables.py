"""The register's tables: reviews, papers, matters and the ledger.

Rows live in this package and go no further.  A row has a column for each field
of its value, under the same name; columns beside these serve queries.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from secretariat.adapters.register.kinds import Packed, ReferenceText, UtcDateTime, words
from secretariat.domain.flags import Flag
from secretariat.domain.found import Found
from secretariat.domain.ledger import Event
from secretariat.domain.papers import Facts
from secretariat.domain.post_in import Due
from secretariat.domain.reference import Reference
from secretariat.domain.review import (
    Agreed,
    MatterKind,
    MatterStatus,
    Outcome,
    Parties,
    Pause,
    Status,
)

NAMES: Final = {
    "ix": "%(table_name)s_by_%(column_0_N_name)s",
    "uq": "%(table_name)s_one_%(column_0_N_name)s",
    "ck": "%(table_name)s_%(constraint_name)s",
    "fk": "%(table_name)s_%(column_0_name)s_known",
    "pk": "%(table_name)s_key",
}
IS_DUE: Final = text("due <> 'nothing'")
IS_MERGED: Final = text("merged_into IS NOT NULL")
IS_LOCKED: Final = text("reading = 'locked'")


class Row(DeclarativeBase):
    """Every table's parent: says once how each domain type is kept."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        datetime: UtcDateTime,
        Reference: ReferenceText,
        tuple[str, ...]: Packed(tuple[str, ...]),
        tuple[Reference, ...]: Packed(tuple[Reference, ...]),
        Facts: Packed(Facts),
        Parties: Packed(Parties),
        Pause: Packed(Pause),
        Agreed: Packed(Agreed),
        **{kind: words(kind) for kind in (Status, Outcome, MatterKind, MatterStatus, Event)},
    }


def known(target: str) -> ForeignKey:
    """Return a foreign key that is looked at when the transaction ends, so order is free."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


def only(column: str, kind: type[StrEnum]) -> CheckConstraint:
    """Return a check that the column holds a word of `kind`."""
    listed = ", ".join(f"'{word}'" for word in kind)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


class ReviewRow(Row):
    """A review.

    ordinal: year and number as one whole number, the order of references
    csp, pseudonyms, local_reference: what the register page shows
    wants_facts: a person must say something and the review is still open
    chase_spent: the last chaser went without an answer since `status` was reached
    chase_on: before this London day its chase needs no look; every act on it ends that
    """

    __tablename__ = "review"
    __table_args__ = (
        only("status", Status),
        only("outcome", Outcome),
        UniqueConstraint("ordinal"),
        Index(None, "status", "ordinal"),
        Index(None, "status", "since", "ordinal"),
        Index(None, "status", "chase_on", "ordinal"),
        Index(None, "since", "ordinal"),
        Index(None, "owner", "ordinal"),
        Index(None, "wants_facts", "ordinal"),
        Index(
            "review_chases_spent",
            "ordinal",
            sqlite_where=text("chase_spent = 1"),
            postgresql_where=text("chase_spent"),
        ),
        Index("review_merged", "merged_into", sqlite_where=IS_MERGED, postgresql_where=IS_MERGED),
    )

    reference: Mapped[Reference] = mapped_column(primary_key=True)
    parties: Mapped[Parties]
    facts: Mapped[Facts]
    status: Mapped[Status]
    since: Mapped[date]
    received_on: Mapped[date]
    sender: Mapped[str]
    owner: Mapped[str]
    outcome: Mapped[Outcome | None]
    meeting: Mapped[int | None] = mapped_column(known("meeting.number"))
    quiet: Mapped[bool]
    pause: Mapped[Pause | None]
    merged_into: Mapped[Reference | None] = mapped_column(known("review.reference"))
    letter_on: Mapped[date | None]
    agreed: Mapped[Agreed | None]
    gone_on: Mapped[date | None]
    version: Mapped[int]
    ordinal: Mapped[int]
    csp: Mapped[str]
    pseudonyms: Mapped[tuple[str, ...]]
    local_reference: Mapped[str | None]
    wants_facts: Mapped[bool]
    chase_spent: Mapped[bool] = mapped_column(default=False)
    chase_on: Mapped[date | None]


class ReviewCspRow(Row):
    """Which partnerships a review belongs to."""

    __tablename__ = "review_csp"

    csp_id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[Reference] = mapped_column(
        known("review.reference"), primary_key=True, index=True
    )


class ReviewWordRow(Row):
    """The words by which the register page finds a review; looked for by how they begin."""

    __tablename__ = "review_word"

    # PostgreSQL must compare byte by byte, as SQLite does, or an index is no use for beginnings.
    word: Mapped[str] = mapped_column(
        Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(
        known("review.ordinal"), primary_key=True, index=True, autoincrement=False
    )


class ReviewTallyRow(Row):
    """How many reviews there are, kept by triggers so that no page counts them one by one."""

    __tablename__ = "review_tally"

    status: Mapped[Status] = mapped_column(primary_key=True)
    wants_facts: Mapped[bool] = mapped_column(primary_key=True)
    reviews: Mapped[int]


class ReferenceCounterRow(Row):
    """The last number given in a year."""

    __tablename__ = "reference_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class PaperRow(Row):
    """A paper of one review."""

    __tablename__ = "paper"
    __table_args__ = (
        only("due", Due),
        Index("paper_due", "number", sqlite_where=IS_DUE, postgresql_where=IS_DUE),
        Index("paper_locked", "number", sqlite_where=IS_LOCKED, postgresql_where=IS_LOCKED),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[Reference] = mapped_column(known("review.reference"), index=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    reading: Mapped[str]
    received_at: Mapped[datetime]
    mail: Mapped[int | None] = mapped_column(known("mail.number"))
    pages: Mapped[int | None]
    size: Mapped[int]
    submission: Mapped[int]
    warnings: Mapped[tuple[str, ...]]
    text: Mapped[str]
    set_aside: Mapped[bool]
    found: Mapped[tuple[Found, ...]] = mapped_column(Packed(tuple[Found, ...]))
    flags: Mapped[tuple[Flag, ...]] = mapped_column(Packed(tuple[Flag, ...]))
    front: Mapped[str] = mapped_column(index=True)
    due: Mapped[Due] = mapped_column(words(Due))
    tries: Mapped[int]
    unlocked: Mapped[str]


class RecognisedPageRow(Row):
    """One page of a scan as recognition read it; gone when the whole text is in the vault."""

    __tablename__ = "recognised_page"

    paper: Mapped[int] = mapped_column(known("paper.number"), primary_key=True, autoincrement=False)
    page: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]


class MatterRow(Row):
    """A decision not to review, or a request to explain."""

    __tablename__ = "matter"
    __table_args__ = (
        only("kind", MatterKind),
        only("status", MatterStatus),
        Index(None, "status", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MatterKind]
    opened_on: Mapped[date]
    since: Mapped[date]
    reference: Mapped[Reference | None] = mapped_column(known("review.reference"))
    parties: Mapped[Parties]
    mail: Mapped[int | None] = mapped_column(known("mail.number"))
    status: Mapped[MatterStatus]
    owner: Mapped[str]
    version: Mapped[int]


class LedgerRow(Row):
    """One line of the ledger; triggers refuse to change or delete it."""

    __tablename__ = "ledger"
    stream: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[Event]
    why: Mapped[str]
    wording_hash: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]


class WordingRow(Row):
    """The personal wording of a line of the ledger; it may be purged, its hash stays."""

    __tablename__ = "ledger_wording"

    stream: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wording: Mapped[str]


def columns_of(value: Any) -> dict[str, Any]:
    """Return the value's fields by name, without the number that the register gives."""
    kept = {name: getattr(value, name) for name in value.__dataclass_fields__}
    return {name: held for name, held in kept.items() if name != "number" or held}
