"""The doors to lists of cases: reading a file of them, and which rows were taken in."""

from typing import Protocol

from secretariat.domain.import_plan import TakenRow
from secretariat.domain.import_sheet import Sheet
from secretariat.domain.reference import Reference


class SheetReading(Protocol):
    """Reads the cells of a list in the process apart."""

    def rows(self, content: bytes, /) -> Sheet:
        """Return the rows of a CSV, an .ods or an .xlsx file; raise SheetUnreadable."""
        ...


class ReadingLists(Protocol):
    """Rows of lists that were taken in."""

    def taken_as(self, mark: str) -> Reference | None:
        """Return the review that a row became, None where it was not taken in."""


class WritingLists(Protocol):
    """Rows of lists that were taken in, with the pen."""

    def add_taken(self, row: TakenRow) -> None:
        """Keep that a row became a review; StaleVersion if it did so already."""
