"""Staff accounts and failed sign-ins, each call a transaction of its own."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from secretariat.adapters.register.asking import value_of
from secretariat.adapters.register.tables import columns_of
from secretariat.adapters.register.tables_staff import AccountRow, AttemptRow
from secretariat.adapters.register.writing import insert_into
from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.staff import Account

KEPT: Final = timedelta(days=7)

Begin = Callable[[], AbstractContextManager[Session]]


class RegisterAccounts:
    """The accounts of all staff; addresses are compared without regard to case."""

    def __init__(self, begin: Begin, begin_reading: Begin) -> None:
        self._begin = begin
        self._begin_reading = begin_reading

    def find(self, email: str) -> Account | None:
        """Return the account, active or not; None if there is none."""
        with self._begin_reading() as session:
            row = session.get(AccountRow, _key(email))
            return None if row is None else value_of(Account, row)

    def everyone(self) -> tuple[Account, ...]:
        """Return all accounts, in the order of their names."""
        wanted = select(AccountRow).order_by(AccountRow.name, AccountRow.email)
        with self._begin_reading() as session:
            return tuple(value_of(Account, row) for row in session.scalars(wanted))

    def add(self, account: Account) -> None:
        """Keep a new account; raise Refused if the e-mail address is taken."""
        kept = columns_of(account) | {"email": _key(account.email)}
        with self._begin() as session:
            adding: Any = insert_into(session, AccountRow).values(kept)
            quiet = adding.on_conflict_do_nothing().returning(AccountRow.email)
            if session.scalar(quiet) is None:
                raise Refused("there is an account with this email address already")

    def save(self, account: Account) -> None:
        """Replace everything but the address; raise NotFound if unknown."""
        self._change(account.email, columns_of(account) | {"email": _key(account.email)})

    def save_password(self, email: str, password_hash: str, *, must_change: bool) -> None:
        """Replace the password alone; raise NotFound if the account is unknown."""
        self._change(email, {"password_hash": password_hash, "must_change": must_change})

    def note_attempt(self, email: str, address: str, at: datetime) -> None:
        """Note a failed sign-in and forget those of more than a week ago."""
        with self._begin() as session:
            noted = {"email": _key(email), "address": address, "at": at}
            session.execute(insert_into(session, AttemptRow).values(noted))
            session.execute(delete(AttemptRow).where(AttemptRow.at < at - KEPT))

    def attempts_since(self, since: datetime, *, email: str, address: str) -> int:
        """Return the failed attempts on this account or from this address, the greater count."""
        counted = select(func.count()).select_from(AttemptRow).where(AttemptRow.at > since)
        with self._begin_reading() as session:
            on_account = session.scalar(counted.where(AttemptRow.email == _key(email))) or 0
            from_address = session.scalar(counted.where(AttemptRow.address == address)) or 0
        return max(on_account, from_address)

    def _change(self, email: str, columns: dict[str, Any]) -> None:
        changed = update(AccountRow).where(AccountRow.email == _key(email)).values(columns)
        with self._begin() as session:
            if not _touched(session, changed):
                raise NotFound("The account")


def _key(email: str) -> str:
    return email.strip().lower()


def _touched(session: Session, statement: Any) -> int:
    return cast(CursorResult[Any], session.execute(statement)).rowcount
