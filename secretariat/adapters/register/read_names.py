"""Asking for real names kept for the check, sealed as they are."""

from collections.abc import Iterator

from sqlalchemy import literal, select

from secretariat.adapters.register.asking import Asking, value_of
from secretariat.adapters.register.kinds import ReferenceText
from secretariat.adapters.register.tables import ReviewRow
from secretariat.adapters.register.tables_names import KeptNamesRow
from secretariat.domain.kept_names import KeptNames
from secretariat.domain.reference import Reference


class NamesRead(Asking):
    """Names kept for the check, with eyes alone."""

    def kept_names(self, reference: Reference) -> tuple[KeptNames, ...]:
        """Return what is kept for a review and, however often, for those merged into it."""
        asked = select(literal(reference, ReferenceText).label("reference"))
        ours = asked.cte("ours", recursive=True)
        merged = select(ReviewRow.reference).join(ours, ReviewRow.merged_into == ours.c.reference)
        ours = ours.union(merged)
        wanted = select(KeptNamesRow).where(KeptNamesRow.reference.in_(select(ours.c.reference)))
        return self._all(KeptNames, wanted.order_by(KeptNamesRow.number))

    def all_kept_names(self) -> Iterator[KeptNames]:
        """Go through what is kept for any review."""
        for row in self._connection.execute(select(KeptNamesRow)):
            yield value_of(KeptNames, row)
