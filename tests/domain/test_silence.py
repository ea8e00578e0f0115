"""A silence of the mailbox that is longer than usual."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.calendar import OfficeHours, is_working_day
from secretariat.domain.silence import FEWEST, Silence, silence_of

HOURS = OfficeHours(time(9), time(17))
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
NONE: frozenset[date] = frozenset()


def one_each_morning(days: int) -> list[datetime]:
    """Return an arrival at ten on each working day from Monday 2 November 2026 on."""
    found = [MONDAY + timedelta(days=day) for day in range(days)]
    return [each for each in found if is_working_day(each.date(), NONE)]


def silence(
    arrivals: list[datetime], now: datetime, free: frozenset[date] = NONE
) -> Silence | None:
    return silence_of(arrivals, now, HOURS, free)


def test_two_working_days_without_mail_where_it_comes_daily_are_told_of() -> None:
    arrivals = one_each_morning(32)  # until Thursday 3 December
    assert silence(arrivals, datetime(2026, 12, 3, 17, tzinfo=UTC)) is None
    found = silence(arrivals, datetime(2026, 12, 7, 9, 30, tzinfo=UTC))
    assert found == Silence(lasts=15.5, usual=8.0)


def test_nights_weekends_and_bank_holidays_are_no_silence() -> None:
    arrivals = one_each_morning(33)  # until Friday 4 December
    assert silence(arrivals, datetime(2026, 12, 7, 8, tzinfo=UTC)) is None
    tuesday = datetime(2026, 12, 8, 12, tzinfo=UTC)
    assert silence(arrivals, tuesday) is not None
    assert silence(arrivals, tuesday, frozenset({date(2026, 12, 7)})) is None


def test_a_few_mails_tell_nothing_of_what_is_usual() -> None:
    arrivals = one_each_morning(40)[: FEWEST - 1]
    assert silence(arrivals, MONDAY + timedelta(days=80)) is None


def test_where_mail_is_always_frequent_an_hour_is_not_told_of() -> None:
    arrivals = [MONDAY + timedelta(minutes=minute) for minute in range(60)]
    assert silence(arrivals, MONDAY + timedelta(hours=3)) is None


@given(
    st.lists(st.integers(0, 90 * 24 * 60), min_size=FEWEST, max_size=60),
    st.integers(0, 30 * 24 * 60),
)
def test_it_is_told_of_only_when_longer_than_ever_before_and_a_day_long(
    minutes: list[int], after: int
) -> None:
    arrivals = [MONDAY + timedelta(minutes=minute) for minute in minutes]
    now = max(arrivals) + timedelta(minutes=after)
    found = silence(arrivals, now)
    assert found == silence(sorted(arrivals, reverse=True), now)
    if found is not None:
        assert found.lasts >= 8.0
        assert found.lasts > 1.5 * found.usual >= 0
        assert found.lasts * 3600 <= (now - max(arrivals)).total_seconds()
