"""The wall clock, in UTC and London days, and one that stands still."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")


class WallClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the day in London."""
        return self.now().astimezone(LONDON).date()


@dataclass
class StoppedClock:
    """A clock that stands until it is set; the demonstration and tests move it."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment it was set to, in UTC."""
        return self.moment.astimezone(UTC)

    def today(self) -> date:
        """Return that moment's day in London."""
        return self.moment.astimezone(LONDON).date()
