"""The tables of what is kept of a mailbox beside its mails."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from secretariat.adapters.register.tables import Row


class MailboxRow(Row):
    """How far a mailbox was looked through."""

    __tablename__ = "mailbox"

    name: Mapped[str] = mapped_column(primary_key=True)
    reached: Mapped[str]


class ToFileRow(Row):
    """A message that was entered and is to be filed."""

    __tablename__ = "to_file"

    place: Mapped[str] = mapped_column(primary_key=True)
    folder: Mapped[str]


class UnreadableRow(Row):
    """A message that the mailbox could not give."""

    __tablename__ = "unreadable"

    place: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int]
    since: Mapped[datetime]
