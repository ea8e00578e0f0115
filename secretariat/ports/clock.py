"""Now."""

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """The only place that knows what time it is."""

    def now(self) -> datetime:
        """Return the moment, in UTC."""

    def today(self) -> date:
        """Return the day in London."""
