"""Signed-in sessions, each call a transaction of its own, so that one can be ended at once."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_

from secretariat.adapters.register.accounts import Begin
from secretariat.adapters.register.asking import value_of
from secretariat.adapters.register.tables import columns_of
from secretariat.adapters.register.tables_staff import SessionRow
from secretariat.adapters.register.writing import insert_into
from secretariat.ports.sessions import AT_MOST, IDLE, StoredSession


class RegisterSessions:
    """The sessions of every browser."""

    def __init__(self, begin: Begin, begin_reading: Begin) -> None:
        self._begin = begin
        self._begin_reading = begin_reading

    def open(self, id_hash: str, now: datetime) -> StoredSession | None:
        """Return the session; None if unknown, ended or lapsed at `now`."""
        with self._begin_reading() as session:
            row = session.get(SessionRow, id_hash)
            found = None if row is None else value_of(StoredSession, row)
        return None if found is None or found.lapsed(now) else found

    def save(self, session: StoredSession) -> None:
        """Keep the session, in place of the one with the same hash."""
        kept = columns_of(session)
        with self._begin() as begun:
            adding: Any = insert_into(begun, SessionRow).values(kept)
            begun.execute(adding.on_conflict_do_update(index_elements=["id_hash"], set_=kept))

    def end(self, id_hash: str) -> None:
        """Forget the session; no fault if there is none."""
        self._forget(SessionRow.id_hash == id_hash)

    def end_all_of(self, person: str) -> None:
        """Sign the account out everywhere."""
        self._forget(SessionRow.person == person)

    def end_lapsed(self, now: datetime) -> int:
        """Forget every session that has lapsed at `now`; return how many."""
        idle, spent = SessionRow.seen <= now - IDLE, SessionRow.opened <= now - AT_MOST
        return self._forget(or_(idle, spent))

    def _forget(self, condition: Any) -> int:
        with self._begin() as begun:
            gone = begun.execute(delete(SessionRow).where(condition))
            return cast(CursorResult[Any], gone).rowcount
