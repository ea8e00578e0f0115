"""Working days and office hours."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.calendar import (
    LONDON,
    OfficeHours,
    bank_holidays,
    day_to_leave,
    is_working_day,
    working_days_after,
    working_days_between,
)

FREE = bank_holidays((2022, 2023, 2026, 2027))
HOURS = OfficeHours(time(9), time(17))


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2026, 4, 3), id="Good Friday"),
        pytest.param(date(2026, 4, 6), id="Easter Monday, which Scotland does not keep"),
        pytest.param(date(2026, 12, 28), id="Boxing Day moved from a Saturday"),
        pytest.param(date(2022, 9, 19), id="the late Queen's funeral, proclaimed once"),
        pytest.param(date(2023, 5, 8), id="the coronation, proclaimed once"),
    ],
)
def test_a_bank_holiday_of_england_and_wales_is_no_working_day(day: date) -> None:
    assert not is_working_day(day, FREE)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2026, 1, 2), id="the second of January, kept in Scotland only"),
        pytest.param(date(2026, 3, 17), id="Saint Patrick's day, kept in Northern Ireland only"),
        pytest.param(date(2026, 11, 30), id="Saint Andrew's day, kept in Scotland only"),
    ],
)
def test_what_others_keep_is_a_working_day_here(day: date) -> None:
    assert is_working_day(day, FREE)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        pytest.param(date(2026, 3, 2), 1, date(2026, 3, 3), id="Monday to Tuesday"),
        pytest.param(date(2026, 3, 6), 1, date(2026, 3, 9), id="over a weekend"),
        pytest.param(date(2026, 4, 2), 1, date(2026, 4, 7), id="over Easter"),
        pytest.param(date(2026, 12, 24), 2, date(2026, 12, 30), id="over Christmas"),
        pytest.param(date(2026, 3, 8), 0, date(2026, 3, 8), id="none from a Sunday is that Sunday"),
        pytest.param(date(2026, 11, 2), 40, date(2026, 12, 30), id="forty, two of them free"),
    ],
)
def test_working_days_are_counted_without_weekends_and_bank_holidays(
    start: date, count: int, due: date
) -> None:
    assert working_days_after(start, count, FREE) == due


@given(st.dates(date(2026, 1, 1), date(2027, 6, 1)), st.integers(1, 120))
def test_counting_forth_and_counting_back_agree(start: date, count: int) -> None:
    due = working_days_after(start, count, FREE)
    assert is_working_day(due, FREE)
    assert working_days_between(start, due, FREE) == count


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param(datetime(2026, 3, 2, 7, 0), date(2026, 3, 2), id="before opening: today"),
        pytest.param(datetime(2026, 3, 2, 16, 59), date(2026, 3, 2), id="in office hours: today"),
        pytest.param(datetime(2026, 3, 2, 17, 0), date(2026, 3, 3), id="at closing: tomorrow"),
        pytest.param(datetime(2026, 3, 6, 18, 0), date(2026, 3, 9), id="Friday night: Monday"),
        pytest.param(datetime(2026, 4, 3, 10, 0), date(2026, 4, 7), id="Good Friday: Tuesday"),
    ],
)
def test_a_letter_leaves_on_the_working_day_it_can_still_catch(moment: datetime, day: date) -> None:
    assert day_to_leave(moment.replace(tzinfo=LONDON), HOURS, FREE) == day


def test_the_office_closes_by_london_time_also_in_summer() -> None:
    half_past_four_in_utc = datetime(2026, 7, 1, 16, 30, tzinfo=UTC)
    assert day_to_leave(half_past_four_in_utc, HOURS, FREE) == date(2026, 7, 2)
