"""How much mail comes, and how much leaves in a day."""

from datetime import date, datetime
from typing import Protocol


class ReadingTraffic(Protocol):
    """Mail by its days, with eyes alone."""

    def arrivals(self, since: datetime, *, limit: int = 20_000) -> tuple[datetime, ...]:
        """Return when mails came since a moment, the newest first."""

    def left_on(self, day: date) -> int:
        """Return how many mails of ours left on a London day, with those of which it is unsure."""

    def to_leave_first(self, day: date) -> int:
        """Return how many mails letters need that leave on a London day and have not left."""


class WritingTraffic(Protocol):
    """Mail by its days, with the pen."""

    def count_leaving(self, day: date) -> int:
        """Return `left_on`; until this work is committed nobody else counts."""
