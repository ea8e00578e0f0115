"""Working days in England and Wales, and the hours of the office.

Bank holidays are those of the `holidays` library for England (Wales has the same
ones), substitute days and days proclaimed once among them.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

LONDON: Final = ZoneInfo("Europe/London")
ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When the office is open on a working day, London time; `closes` itself is too late."""

    opens: time
    closes: time


def bank_holidays(years: Iterable[int]) -> frozenset[date]:
    """Return the bank holidays of England and Wales in these calendar years."""
    return frozenset().union(*map(_of_year, years))


@cache
def _of_year(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date, free: AbstractSet[date]) -> bool:
    """Say whether `day` is neither at the weekend nor one of the bank holidays `free`."""
    return day.weekday() < SATURDAY and day not in free


def working_days_after(start: date, count: int, free: AbstractSet[date]) -> date:
    """Return the working day that is `count` working days after `start`.

    The day of `start` is not counted: from a Monday with a count of 1 it is Tuesday.
    With a count of 0 the answer is `start` itself, even where that is a Sunday.
    """
    day = start
    while count > 0:
        day += ONE_DAY
        if is_working_day(day, free):
            count -= 1
    return day


def working_days_between(start: date, end: date, free: AbstractSet[date]) -> int:
    """Return how many working days lie after `start` up to and with `end`; 0 when it is before."""
    days = (start + ONE_DAY * count for count in range(1, (end - start).days + 1))
    return sum(is_working_day(day, free) for day in days)


def day_to_leave(moment: datetime, hours: OfficeHours, free: AbstractSet[date]) -> date:
    """Return the London day on which what is approved at `moment` (aware, any zone) leaves.

    That is today on a working day until the office closes, before it opens too;
    otherwise the next working day.
    """
    london = moment.astimezone(LONDON)
    if is_working_day(london.date(), free) and london.time() < hours.closes:
        return london.date()
    return working_days_after(london.date(), 1, free)


def is_open(moment: datetime, hours: OfficeHours, free: AbstractSet[date]) -> bool:
    """Say whether the office is open at `moment` (aware, any zone): then letters leave."""
    london = moment.astimezone(LONDON)
    in_hours = hours.opens <= london.time() < hours.closes
    return in_hours and is_working_day(london.date(), free)
