"""Keeping which rows of lists were taken in."""

from secretariat.adapters.register.tables_lists import TakenRowRow
from secretariat.adapters.register.writing import Writing
from secretariat.domain.errors import StaleVersion
from secretariat.domain.import_plan import TakenRow


class ListsWritten(Writing):
    """Rows of lists that were taken in, with the pen."""

    def add_taken(self, row: TakenRow) -> None:
        """Keep that a row became a review; StaleVersion if it did so already."""
        if self._add_once(TakenRowRow, row, "mark", giving="mark") is None:
            raise StaleVersion(f"A row that became {row.reference}")
