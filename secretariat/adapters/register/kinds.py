"""How each kind of the domain is kept in a column."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, String, TypeDecorator

from secretariat.adapters.register.codec import pack, unpack
from secretariat.domain.reference import Reference


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; a naive one is refused on the way in."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as UTC without a zone, as both databases keep it alike."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class ReferenceText(TypeDecorator[Reference]):
    """A reference as staff write it, so that a person can read the tables."""

    impl = String(16)
    cache_ok = True

    def process_bind_param(self, value: Reference | None, dialect: Dialect) -> str | None:
        """Return "QA-2026-0001"."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Reference | None:
        """Return the reference."""
        return None if value is None else Reference.parse(value)


class Packed(TypeDecorator[Any]):
    """A nested value as JSON; what is asked for in queries has a column of its own beside it."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        """Keep values of the type `kind`, such as `tuple[Copy, ...]`."""
        super().__init__(none_as_null=True)
        self.kind = kind

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> Any | None:
        """Return what JSON knows."""
        return None if value is None else pack(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        """Return the value."""
        return None if value is None else unpack(self.kind, value)


def words(kind: type[StrEnum]) -> Enum:
    """Return a column type that keeps an enum by its words; the table's check holds them."""
    return Enum(kind, values_callable=list, native_enum=False, length=60)
