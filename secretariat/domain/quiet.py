"""Days on which nobody is chased and no letter leaves, out of regard for families and councils.

The anniversary of a death is one of them; where the month alone is known, its whole month is.
"""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Final

from secretariat.domain.calendar import ONE_DAY, is_working_day

FARTHEST: Final = 400
"""Days within which an open day is looked for."""
_DEATH: Final = re.compile(r"\d{4}-(\d\d)(?:-(\d\d))?")

DayOfYear = tuple[int, int]
"""Month and day."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Which days are quiet.

    every_year: stretches of every year, first and last day; one may run over New Year
    spans: single stretches, such as an election's, first and last day
    anniversaries: whether the days on which people died are kept
    """

    every_year: tuple[tuple[DayOfYear, DayOfYear], ...] = (((12, 24), (1, 1)),)
    spans: tuple[tuple[date, date], ...] = ()
    anniversaries: bool = True

    def why(self, day: date, deaths: Iterable[str | None] = ()) -> str:
        """Return why a London day is quiet, a few words for staff; "" where it is not.

        deaths: days or months of death as the cover gives them, "2025-11-02" or "2025-11"
        """
        if any(_within(day, stretch) for stretch in self.every_year):
            return "a quiet time of every year"
        if any(first <= day <= last for first, last in self.spans):
            return "a quiet time, such as before an election"
        if self.anniversaries and any(_is_anniversary(day, death) for death in deaths if death):
            return "an anniversary"
        return ""

    def next_open(
        self, day: date, deaths: Sequence[str | None], free: AbstractSet[date]
    ) -> date | None:
        """Return the first working day from `day` on that is not quiet; None where none is near."""
        days = (day + ONE_DAY * count for count in range(FARTHEST))
        return next(
            (one for one in days if is_working_day(one, free) and not self.why(one, deaths)), None
        )


NEVER_QUIET: Final = Quiet(every_year=(), anniversaries=False)


def _within(day: date, stretch: tuple[DayOfYear, DayOfYear]) -> bool:
    first, last = stretch
    at = (day.month, day.day)
    return first <= at <= last if first <= last else at >= first or at <= last


def _is_anniversary(day: date, death: str) -> bool:
    """Say whether somebody died on this day of the year; 29 February is kept on the 28th too."""
    found = _DEATH.fullmatch(death)
    if found is None or int(found[1]) != day.month:
        return False
    if found[2] is None:
        return True
    died_on = int(found[2])
    leap = (day.month, died_on) == (2, 29) and day.day == 28
    return day.day == died_on or leap
