"""Asking for what an audit goes through: files named, streams begun."""

from sqlalchemy import select, union

from secretariat.adapters.register.asking import Asking
from secretariat.adapters.register.tables import LedgerRow, PaperRow
from secretariat.adapters.register.tables_by_hand import ByHandRow
from secretariat.adapters.register.tables_letters import CheckRow, LetterRow, NotesRow
from secretariat.adapters.register.tables_mail import MailRow, PostingRow


class KeptRead(Asking):
    """The names of all files and all streams."""

    def streams(self) -> tuple[str, ...]:
        """Return the names of all streams of the ledger, in their order."""
        wanted = select(LedgerRow.stream).where(LedgerRow.number == 1)
        return tuple(self._session.scalars(wanted.order_by(LedgerRow.stream)))

    def kept_files(self) -> tuple[str, ...]:
        """Return the SHA-256 of every file that the register names, each once, in their order."""
        columns = (
            PaperRow.sha256,
            PaperRow.text,
            PaperRow.unlocked,
            PostingRow.raw,
            LetterRow.docx,
            LetterRow.pdf,
            NotesRow.source,
            CheckRow.page,
        )
        kept_mail = select(MailRow.raw).where(~MailRow.purged)
        by_hand = select(ByHandRow.raw).where(~ByHandRow.purged)
        named = union(kept_mail, by_hand, *(select(column) for column in columns))
        attached = self._session.scalars(select(MailRow.attachments).where(~MailRow.purged))
        found = {one.sha256 for many in attached for one in many}
        found.update(self._session.scalars(named))
        return tuple(sorted(found - {""}))
