"""Has lists of cases read in the process apart, and believes its answer no more than the file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from secretariat.domain.import_sheet import Sheet, SheetUnreadable

TASK: Final = "secretariat.adapters.papers.cells:cells"


@dataclass(frozen=True, slots=True)
class IsolatedSheets:
    """The door to lists; work: asks the reading process, as `Reader.work` does."""

    work: Callable[..., tuple[dict[str, Any], bytes]]

    def rows(self, content: bytes, /) -> Sheet:
        """Return the rows of a CSV, an .ods or an .xlsx file; raise SheetUnreadable."""
        said, _ = self.work(TASK, content)
        if fault := said.get("refused") or said.get("broken"):
            raise SheetUnreadable(str(fault))
        try:
            rows = tuple(tuple(str(cell) for cell in row) for row in said["rows"])
            return Sheet(rows, max(0, int(said["others"])))
        except (KeyError, TypeError, ValueError):
            raise SheetUnreadable("the file broke the reading: save the list anew") from None
