"""Asking how far a mailbox was looked through, and what is still to be done in it."""

from sqlalchemy import select

from secretariat.adapters.register.asking import Asking
from secretariat.adapters.register.tables_mailbox import MailboxRow, ToFileRow
from secretariat.domain.mailbox import ToFile


class MailboxRead(Asking):
    """What is kept of a mailbox, with eyes alone."""

    def reached(self, mailbox: str) -> str:
        """Return how far a mailbox was looked through, "" for not at all."""
        wanted = select(MailboxRow.reached).where(MailboxRow.name == mailbox)
        return self._session.execute(wanted).scalar() or ""

    def to_file(self, *, limit: int = 500) -> tuple[ToFile, ...]:
        """Return messages that were entered and are to be filed."""
        return self._all(ToFile, select(ToFileRow).order_by(ToFileRow.place).limit(limit))
