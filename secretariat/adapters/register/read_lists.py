"""Asking which rows of lists were taken in."""

from sqlalchemy import select

from secretariat.adapters.register.asking import Asking
from secretariat.adapters.register.tables_lists import TakenRowRow
from secretariat.domain.reference import Reference


class ListsRead(Asking):
    """Rows of lists that were taken in, with eyes alone."""

    def taken_as(self, mark: str) -> Reference | None:
        """Return the review that a row became, None where it was not taken in."""
        wanted = select(TakenRowRow.reference).where(TakenRowRow.mark == mark)
        return self._session.execute(wanted).scalar()
