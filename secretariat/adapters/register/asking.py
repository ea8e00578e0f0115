"""What every part of the register stands on: one transaction, and rows turned into values."""

from typing import Any, TypeVar

from sqlalchemy import Connection, Select
from sqlalchemy import Row as Line
from sqlalchemy.orm import Session

from secretariat.adapters.register.tables import Row
from secretariat.domain.errors import NotFound
from secretariat.ports.clock import Clock

V = TypeVar("V")


class Asking:
    """One transaction; whoever opened it ends it."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    @property
    def _connection(self) -> Connection:
        """The transaction below the session: rows come and go without its bookkeeping.

        A statement built once, its values given beside it, costs a fifth of one built anew.
        """
        return self._session.connection()

    def _all(self, kind: type[V], statement: Select[Any], /, **given: Any) -> tuple[V, ...]:
        """Return the values of the rows, in the statement's order; given: its bound values."""
        return tuple(value_of(kind, row) for row in self._connection.execute(statement, given))

    def _maybe(self, kind: type[V], statement: Select[Any], /, **given: Any) -> V | None:
        """Return the first value, or None; the statement asks for one row alone."""
        row = self._connection.execute(statement, given).first()
        return None if row is None else value_of(kind, row)

    def _one(self, kind: type[V], statement: Select[Any], subject: str, /, **given: Any) -> V:
        """Return the value; raise NotFound, naming `subject`."""
        found = self._maybe(kind, statement, **given)
        if found is None:
            raise NotFound(subject)
        return found


def value_of(kind: type[V], row: Row | Line[Any]) -> V:
    """Return the value whose fields the row holds under the same names."""
    names: Any = kind.__dataclass_fields__  # type: ignore[attr-defined]
    return kind(**{name: getattr(row, name) for name in names})
