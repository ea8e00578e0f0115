"""Until when chases rest."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import update

from secretariat.adapters.register.tables import ReviewRow
from secretariat.adapters.register.writing import Writing
from secretariat.domain.reference import Reference


class ChasesWritten(Writing):
    """The rest of chases, with the pen."""

    def rest_chases(self, until: Mapping[Reference, date]) -> None:
        """Note the London day before which each review needs no look."""
        for day in sorted(set(until.values())):
            resting = sorted(each for each, its in until.items() if its == day)
            told = update(ReviewRow).where(ReviewRow.reference.in_(resting))
            self._session.execute(told.values(chase_on=day))

    def wake_chases(self) -> None:
        """End the rest of every review."""
        resting = update(ReviewRow).where(ReviewRow.chase_on.is_not(None))
        self._session.execute(resting.values(chase_on=None))
