"""Tells what will leave on a day: written mail, approved letters, and reminders still to come."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from secretariat.domain.calendar import ONE_DAY, OfficeHours, day_to_leave, is_open
from secretariat.domain.outlook import (
    AT_ANY_HOUR,
    DayAhead,
    Leaving,
    Pace,
    days_ahead,
    limited,
    next_day,
    of_waiting,
)
from secretariat.domain.post import Posting
from secretariat.ports.clock import Clock
from secretariat.ports.register import OpenReading, Reading


@dataclass(frozen=True, slots=True)
class Outlook:
    """Looks ahead; changes nothing.

    would_leave: the mails that wait, and those that approved letters need
    would_ask: the reminders that are written on working days from one London day to another
    hours: when letters, copies and reminders leave; None for at any hour
    most: mails that leave a day, 0 for any number
    """

    open_reading: OpenReading
    clock: Clock
    would_leave: Callable[[], Sequence[Posting]]
    would_ask: Callable[[date, date], Sequence[Leaving]]
    hours: OfficeHours | None
    holidays: AbstractSet[date]
    acknowledgements_a_day: int = 1
    most: int = 0

    def ahead(self, days: int = 0) -> tuple[DayAhead, ...]:
        """Return what leaves today, and on the days up to the next working day.

        days: how many days are looked ahead, 0 for up to the next working day
        """
        today = self.clock.today()
        until = today + days * ONE_DAY if days else next_day(today, self.holidays)
        return days_ahead(self._all(until), today, until)

    def waiting(self) -> tuple[Leaving, ...]:
        """Return all that waits now, whenever it leaves."""
        return self._all(self.clock.today())

    def limit_is_reached(self, register: Reading) -> bool:
        """Say whether as many mails have left today as may."""
        return 0 < self.most <= register.left_on(self.clock.today())

    def leaves_now(self, one: Leaving) -> bool:
        """Say whether a mail leaves with the next round, unless sending is held."""
        if one.bar or one.day != self.clock.today():
            return False
        opened = self.hours is None or is_open(self.clock.now(), self.hours, self.holidays)
        return opened or one.kind in AT_ANY_HOUR

    def _all(self, day: date) -> tuple[Leaving, ...]:
        pace = self._pace()
        asked = self.would_ask(pace.first, day) if pace.first <= day else ()
        return limited((*of_waiting(self.would_leave(), pace), *asked), pace)

    def _pace(self) -> Pace:
        today = self.clock.today()
        first = today
        if self.hours is not None:
            first = day_to_leave(self.clock.now(), self.hours, self.holidays)
        with self.open_reading() as register:
            left = register.left_on(today) if self.most else 0
        return Pace(today, first, self.holidays, self.most, left, self.acknowledgements_a_day)
