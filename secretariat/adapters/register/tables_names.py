"""The table of real names kept for the check of letters, apart from all others."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from secretariat.adapters.register.tables import Row, known
from secretariat.domain.reference import Reference


class KeptNamesRow(Row):
    """Names of one review, sealed; its key is kept elsewhere.  No query looks into them."""

    __tablename__ = "kept_names"

    number: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[Reference] = mapped_column(known("review.reference"), index=True)
    sealed: Mapped[str]
    how_many: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]
