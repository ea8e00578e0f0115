"""The pen: saves that refuse a stale version, and the ledger written with what it tells."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final, Protocol, TypeVar, cast

from sqlalchemy import CursorResult, Insert, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from secretariat.adapters.register.asking import Asking
from secretariat.adapters.register.tables import (
    LedgerRow,
    ReviewRow,
    Row,
    WordingRow,
    columns_of,
)
from secretariat.domain.errors import NotAReference, StaleVersion
from secretariat.domain.ledger import OFFICE, Act, Entry, Event, enter
from secretariat.domain.reference import Reference

LAST_LINE: Final = (
    select(LedgerRow)
    .where(LedgerRow.stream == bindparam("stream"))
    .order_by(LedgerRow.number.desc())
    .limit(1)
)
ON_CHASE = {Event.CHASE_SPENT: True, Event.CHASE_RESUMED: False}


class Versioned(Protocol):
    """A value that counts its saves."""

    @property
    def version(self) -> int:
        """Return how often it was saved."""


V = TypeVar("V", bound=Versioned)


class Writing(Asking):
    """Writes values and, in the same transaction, the ledger."""

    def write(self, stream: str, act: Act) -> Entry:
        """Enter one act at the end of its stream."""
        if self._on_postgresql:
            # One writer a stream at a time, or two would claim the same number.
            self._session.execute(select(func.pg_advisory_xact_lock(func.hashtext(stream))))
        last = self._connection.execute(LAST_LINE, {"stream": stream}).first()
        entry = enter(act, stream=stream, after=_as_last(last), at=self._clock.now())
        kept = {name: held for name, held in columns_of(entry).items() if name != "wording"}
        self._put_in(LedgerRow, kept)
        if act.wording:
            side = {"stream": stream, "number": entry.number, "wording": act.wording}
            self._put_in(WordingRow, side)
        self._note_chase(stream, act.what)
        return entry

    def purge(self, stream: str, number: int, act: Act) -> Entry:
        """Forget the personal wording of one entry; the act tells of it in the same stream."""
        wording = self._session.get(WordingRow, (stream, number))
        if wording is not None:
            self._session.delete(wording)
            self._session.flush()
        return self.write(stream, act)

    def _write_to(self, references: Iterable[Reference], act: Act) -> None:
        """Enter the act in the stream of each reference, else in the office's.

        The order of streams is fixed, so that two writers never wait for each other.
        """
        for stream in sorted({str(reference) for reference in references}) or [OFFICE]:
            self.write(stream, act)

    def _save(self, row: type[Row], value: V, subject: str, *conditions: Any, **beside: Any) -> V:
        """Write the value over the row of its version; raise StaleVersion if that is gone."""
        columns: Any = row
        version = value.version + 1
        changed = update(row).where(*conditions, columns.version == value.version)
        kept = columns_of(value) | beside | {"version": version}
        if self._touched(changed.values(kept)) != 1:
            raise StaleVersion(subject)
        return cast(V, replace(cast(Any, value), version=version))

    def _add(self, row: type[Row], value: Any, **beside: Any) -> int:
        """Write a new row and return the number that it was given."""
        adding = _adding(row, on_postgresql=self._on_postgresql)
        return int(self._connection.execute(adding, columns_of(value) | beside).scalar_one())

    def _add_once(
        self, row: type[Row], value: Any, *unique: str, giving: str = "number", **beside: Any
    ) -> int | None:
        """Write a new row and return one column; None where the same `unique` ones are there."""
        adding = _adding_once(row, unique, giving, on_postgresql=self._on_postgresql)
        found = self._connection.execute(adding, columns_of(value) | beside).scalar()
        return cast("int | None", found)

    def _put_in(self, row: type[Row], *rows: Mapping[str, Any]) -> None:
        """Write new rows, all with the same columns."""
        if rows:
            self._connection.execute(
                _inserting(row, on_postgresql=self._on_postgresql), [*map(dict, rows)]
            )

    def _put(self, row: type[Row], value: Any, key: str, **beside: Any) -> None:
        """Write the row, in place of the one with the same `key` if there is one."""
        kept = columns_of(value) | beside
        adding = cast(Any, self._insert(row).values(kept))
        over = {name: held for name, held in kept.items() if name != key}
        self._session.execute(adding.on_conflict_do_update(index_elements=[key], set_=over))

    def _touched(self, statement: Any) -> int:
        result = cast(CursorResult[Any], self._session.execute(statement))
        return result.rowcount

    def _insert(self, row: type[Row]) -> Insert:
        return insert_into(self._session, row)

    @property
    def _on_postgresql(self) -> bool:
        return self._session.get_bind().dialect.name == "postgresql"

    def _note_chase(self, stream: str, what: Event) -> None:
        """End the rest of the review's chase: something happened to it."""
        try:
            reference = Reference.parse(stream)
        except NotAReference:
            return
        told = update(ReviewRow).where(ReviewRow.reference == reference)
        if what in ON_CHASE:
            self._session.execute(told.values(chase_spent=ON_CHASE[what], chase_on=None))
        else:
            resting = told.where(ReviewRow.chase_on.is_not(None))
            self._session.execute(resting.values(chase_on=None))


@cache
def _inserting(row: type[Row], *, on_postgresql: bool) -> Any:
    """Return the database's own insert; built once, for its values are given beside it."""
    return postgresql.insert(row) if on_postgresql else sqlite.insert(row)


@cache
def _adding(row: type[Row], *, on_postgresql: bool) -> Any:
    columns: Any = row
    return _inserting(row, on_postgresql=on_postgresql).returning(columns.number)


@cache
def _adding_once(
    row: type[Row], unique: tuple[str, ...], giving: str, *, on_postgresql: bool
) -> Any:
    quiet = _inserting(row, on_postgresql=on_postgresql)
    return quiet.on_conflict_do_nothing(index_elements=unique).returning(getattr(row, giving))


def insert_into(session: Session, row: type[Row]) -> Insert:
    """Return the database's own insert, which knows what to do on a conflict."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    return cast(Insert, _inserting(row, on_postgresql=on_postgresql))


def _as_last(row: Any) -> Entry | None:
    if row is None:
        return None
    return Entry(
        row.stream,
        row.number,
        row.at,
        row.who,
        row.what,
        row.why,
        None,
        row.wording_hash,
        row.previous,
        row.hash,
    )
