"""The table of rows of lists that were taken in, so that none is taken in twice."""

from sqlalchemy.orm import Mapped, mapped_column

from secretariat.adapters.register.tables import Row, known
from secretariat.domain.reference import Reference


class TakenRowRow(Row):
    """One row of a list and the review that it became."""

    __tablename__ = "taken_row"

    mark: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[Reference] = mapped_column(known("review.reference"), index=True)
