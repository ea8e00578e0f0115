"""Keeping and purging real names for the check, sealed as they come."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from secretariat.adapters.register.tables import columns_of
from secretariat.adapters.register.tables_names import KeptNamesRow
from secretariat.adapters.register.writing import Writing
from secretariat.domain.errors import StaleVersion
from secretariat.domain.kept_names import KeptNames, mark_of
from secretariat.domain.ledger import Act
from secretariat.domain.reference import Reference


class NamesWritten(Writing):
    """Names kept for the check, with the pen."""

    def keep_names(
        self, reference: Reference, kept: Sequence[KeptNames], act: Act, *, seen: str = ""
    ) -> None:
        """Keep names of a review in place of those before; StaleVersion if those are others.

        The ledger is written first: of two writers to one review the second then waits.
        """
        self.write(str(reference), act)
        ours = KeptNamesRow.reference == reference
        wanted = select(KeptNamesRow).where(ours).order_by(KeptNamesRow.number)
        if mark_of(self._all(KeptNames, wanted)) != seen:
            raise StaleVersion(f"The list of names kept for {reference}")
        self._session.execute(delete(KeptNamesRow).where(ours))
        self._put_in(KeptNamesRow, *(columns_of(one) for one in kept))
