"""Whether intake has been silent for longer than usual, counted in the hours of the office.

Mail comes when offices are open: nights, weekends and bank holidays are no silence.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from secretariat.domain.calendar import LONDON, ONE_DAY, OfficeHours, is_working_day

LOOKED_BACK: Final = timedelta(days=90)
FEWEST: Final = 20
LONGER: Final = 1.5


@dataclass(frozen=True, slots=True)
class Silence:
    """A silence longer than usual, in hours of the office.

    lasts: until now; usual: the longest before it
    """

    lasts: float
    usual: float


def silence_of(
    arrivals: Sequence[datetime], now: datetime, hours: OfficeHours, free: AbstractSet[date]
) -> Silence | None:
    """Return the silence that is longer than usual, None where all is as usual.

    arrivals: when mails came in the last `LOOKED_BACK`, in any order (aware)
    It is told of from `FEWEST` mails on, and not before a whole day of the office is silent.
    """
    past = sorted(each for each in arrivals if each <= now)
    if len(past) < FEWEST:
        return None
    first, today = (each.astimezone(LONDON).date() for each in (past[0], now))
    clock = _office_clock(first, today, hours, free)
    moments = [clock.at(each) for each in (*past, now)]
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    *before, lasts = gaps
    usual = max(before)
    a_day = _length(hours)
    if lasts <= LONGER * usual or lasts < a_day:
        return None
    return Silence(lasts / 3600, usual / 3600)


@dataclass(frozen=True, slots=True)
class _OfficeClock:
    """Counts the seconds during which the office was open; before: up to each day's beginning."""

    hours: OfficeHours
    free: AbstractSet[date]
    before: Mapping[date, float]

    def at(self, moment: datetime) -> float:
        """Return the seconds up to a moment."""
        london = moment.astimezone(LONDON)
        day = london.date()
        if not is_working_day(day, self.free):
            return self.before[day]
        at = min(max(london.time(), self.hours.opens), self.hours.closes)
        return self.before[day] + _seconds(at) - _seconds(self.hours.opens)


def _office_clock(
    start: date, end: date, hours: OfficeHours, free: AbstractSet[date]
) -> _OfficeClock:
    before: dict[date, float] = {}
    total, day = 0.0, start
    while day <= end:
        before[day] = total
        total += _length(hours) if is_working_day(day, free) else 0.0
        day += ONE_DAY
    return _OfficeClock(hours, free, before)


def _length(hours: OfficeHours) -> float:
    return _seconds(hours.closes) - _seconds(hours.opens)


def _seconds(at: time) -> float:
    return at.hour * 3600 + at.minute * 60 + at.second
