"""Writing what staff wrote by hand from the mailbox."""

from dataclasses import replace

from sqlalchemy import delete

from secretariat.adapters.register.tables_by_hand import ByHandReviewRow, ByHandRow, LookedAtRow
from secretariat.adapters.register.writing import Writing
from secretariat.domain.by_hand import WrittenByHand
from secretariat.domain.errors import StaleVersion
from secretariat.domain.ledger import Act


class ByHandWritten(Writing):
    """Mail written by hand, with the pen."""

    def add_by_hand(self, mail: WrittenByHand, act: Act) -> WrittenByHand:
        """Keep a mail; a second add of its place raises StaleVersion."""
        number = self._add_once(ByHandRow, mail, "place")
        if number is None:
            raise StaleVersion("This mail")
        about = dict.fromkeys(mail.references)
        self._put_in(ByHandReviewRow, *({"mail": number, "reference": each} for each in about))
        self._write_to(mail.references, act)
        return replace(mail, number=number)

    def save_by_hand(self, mail: WrittenByHand, act: Act) -> WrittenByHand:
        """Save a mail."""
        named = f"Mail by hand {mail.number}"
        saved = self._save(ByHandRow, mail, named, ByHandRow.number == mail.number)
        self._write_to(mail.references, act)
        return saved

    def note_looked_at(self, place: str) -> None:
        """Keep that a message in Sent was looked at."""
        self._session.execute(delete(LookedAtRow).where(LookedAtRow.place == place))
        self._put_in(LookedAtRow, {"place": place})
