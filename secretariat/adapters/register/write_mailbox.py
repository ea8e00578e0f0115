"""Writing how far a mailbox was looked through; none of it is an act of anybody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select

from secretariat.adapters.register.tables import columns_of
from secretariat.adapters.register.tables_mailbox import MailboxRow, ToFileRow, UnreadableRow
from secretariat.adapters.register.writing import Writing
from secretariat.domain.mailbox import ToFile, Unreadable


class MailboxWritten(Writing):
    """What is kept of a mailbox, with the pen."""

    def save_reached(self, mailbox: str, reached: str) -> None:
        """Keep how far a mailbox was looked through."""
        self._session.execute(delete(MailboxRow).where(MailboxRow.name == mailbox))
        self._put_in(MailboxRow, {"name": mailbox, "reached": reached})

    def owe_filing(self, owed: ToFile) -> None:
        """Keep that a message is to be filed, in place of what was owed for it before."""
        self._session.execute(delete(ToFileRow).where(ToFileRow.place == owed.place))
        self._put_in(ToFileRow, columns_of(owed))

    def forget_filing(self, done: Sequence[ToFile]) -> None:
        """Forget messages that have been filed; one that was owed otherwise since stays."""
        for one in done:
            gone = delete(ToFileRow).where(
                ToFileRow.place == one.place, ToFileRow.folder == one.folder
            )
            self._session.execute(gone)

    def note_unreadable(self, place: str, at: datetime) -> Unreadable:
        """Keep that a message could not be read once more."""
        wanted = select(UnreadableRow).where(UnreadableRow.place == place)
        before = next(iter(self._all(Unreadable, wanted)), Unreadable(place, 0, at))
        now = replace(before, tries=before.tries + 1)
        self.forget_unreadable(place)
        self._put_in(UnreadableRow, columns_of(now))
        return now

    def forget_unreadable(self, place: str) -> None:
        """Forget a message that was entered after all."""
        self._session.execute(delete(UnreadableRow).where(UnreadableRow.place == place))
