"""What leaves on which day if nothing changes, worked out from dates alone.

Letters leave on the day that they bear; copies and reminders on working days; acknowledgements
on any day, so many to one address.  More than the day's limit waits: letters go first.
"""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from secretariat.domain.calendar import ONE_DAY, is_working_day, working_days_after
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.reference import Reference
from secretariat.domain.written import in_full

FIRST: Final = (
    PostingKind.LETTER,
    PostingKind.COPY,
    PostingKind.CHASER,
    PostingKind.ACKNOWLEDGEMENT,
)
"""What goes first where a day's limit does not allow all."""
AT_ANY_HOUR: Final = (PostingKind.ACKNOWLEDGEMENT,)
LATE: Final = "it bears a day that has passed: it comes back to be dated again"
OVER: Final = "the day's limit of {most} mails is reached: it leaves on a later day"


@dataclass(frozen=True, slots=True)
class Leaving:
    """One mail that leaves, or waits.

    number: of the posting, 0 where it is not written yet
    to: a bare address, "" where nobody is confirmed
    day: the London day on which it leaves by itself; with a `bar`, would have left
    bar: why it does not leave by itself, one sentence; "" when it does
    """

    kind: PostingKind
    references: tuple[Reference, ...]
    to: str
    day: date
    bar: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """What spreads mail over days.

    first: the first London day on which letters can leave from now on
    most: mails a day, 0 for any number; left: how many have left today
    acknowledgements: to one address a day
    """

    today: date
    first: date
    free: AbstractSet[date]
    most: int = 0
    left: int = 0
    acknowledgements: int = 1


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One day: what leaves by itself, and what is kept from it."""

    day: date
    heading: str
    leaving: tuple[Leaving, ...]
    kept: tuple[Leaving, ...]


def days_ahead(found: Sequence[Leaving], today: date, until: date) -> tuple[DayAhead, ...]:
    """Return today, the last day, and the days between on which there is something."""
    days = sorted({today, until, *(one.day for one in found if today < one.day < until)})
    return tuple(_day_ahead([one for one in found if one.day == day], day, today) for day in days)


def _day_ahead(found: Sequence[Leaving], day: date, today: date) -> DayAhead:
    leaving = tuple(one for one in found if not one.bar)
    when = f"{day:%A} {in_full(day)}"
    opening = {today: f"Today, {when},", today + ONE_DAY: f"Tomorrow, {when},"}
    what = "nothing" if not leaving else f"these {len(leaving)} mails"
    if len(leaving) == 1:
        what = "this one mail"
    heading = f"{opening.get(day, f'On {when}')} {what} will be sent"
    return DayAhead(day, heading, leaving, tuple(one for one in found if one.bar))


def in_order(leaving: Sequence[Leaving]) -> tuple[Leaving, ...]:
    """Return mails in the order in which they leave."""
    return tuple(sorted(leaving, key=lambda one: (one.day, FIRST.index(one.kind), one.number)))


def of_waiting(waiting: Sequence[Posting], pace: Pace) -> tuple[Leaving, ...]:
    """Return mails that are written or approved, each on its day."""
    answered: Counter[str] = Counter()
    found = []
    for posting in waiting:
        day = _day(posting, pace)
        bar = posting.why if posting.status is PostingStatus.FOR_RELEASE else ""
        if posting.status is PostingStatus.FOR_RELEASE and not bar:
            bar = "it waits for a person to release it"
        elif posting.kind is PostingKind.LETTER and posting.leave_on < pace.first:
            bar = LATE
        elif posting.kind is PostingKind.ACKNOWLEDGEMENT and not bar:
            before = answered[posting.to.lower()]
            day += ONE_DAY * (before // max(pace.acknowledgements, 1))
            answered[posting.to.lower()] += 1
        found.append(
            Leaving(posting.kind, posting.references, posting.to, day, bar, posting.number)
        )
    return tuple(found)


def limited(leaving: Sequence[Leaving], pace: Pace) -> tuple[Leaving, ...]:
    """Return mails in order, those above a day's limit with that as their bar."""
    if not pace.most:
        return in_order(leaving)
    used: Counter[date] = Counter({pace.today: pace.left})
    found = []
    for one in in_order(leaving):
        if not one.bar and used[one.day] >= pace.most:
            found.append(replace(one, bar=OVER.format(most=pace.most)))
            continue
        used[one.day] += not one.bar
        found.append(one)
    return tuple(found)


def next_day(today: date, free: AbstractSet[date]) -> date:
    """Return the next working day after `today`."""
    return working_days_after(today, 1, free)


def _day(posting: Posting, pace: Pace) -> date:
    if posting.kind in AT_ANY_HOUR:
        return max(posting.leave_on, pace.today)
    if posting.kind is PostingKind.LETTER:
        return posting.leave_on
    day = max(posting.leave_on, pace.first)
    return day if is_working_day(day, pace.free) else working_days_after(day, 1, pace.free)
