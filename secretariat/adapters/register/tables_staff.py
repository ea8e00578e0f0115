"""The tables of accounts, failed sign-ins and signed-in sessions."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.adapters.register.kinds import Packed
from secretariat.adapters.register.tables import Row
from secretariat.domain.staff import Role


class AccountRow(Row):
    """One member of staff; the e-mail address in lower case."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    roles: Mapped[tuple[Role, ...]] = mapped_column(Packed(tuple[Role, ...]))
    password_hash: Mapped[str]
    must_change: Mapped[bool]
    active: Mapped[bool]


class AttemptRow(Row):
    """One failed sign-in."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "email", "at"), Index(None, "address", "at"))

    number: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]


class SessionRow(Row):
    """One browser's session, under the hash of its id."""

    __tablename__ = "browser_session"

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(index=True)
    content: Mapped[str]
    opened: Mapped[datetime] = mapped_column(index=True)
    seen: Mapped[datetime] = mapped_column(index=True)
