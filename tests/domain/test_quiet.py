"""The days on which nobody is chased and no letter leaves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.calendar import bank_holidays, is_working_day
from secretariat.domain.quiet import NEVER_QUIET, Quiet

FREE = bank_holidays(range(2024, 2031))
ELECTION = Quiet(spans=((date(2026, 3, 30), date(2026, 5, 7)),))


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        (date(2026, 12, 23), False),
        (date(2026, 12, 24), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 2), False),
    ],
)
def test_between_christmas_and_new_year_it_is_quiet(day: date, quiet: bool) -> None:
    assert bool(Quiet().why(day)) is quiet


@pytest.mark.parametrize(
    ("death", "day", "quiet"),
    [
        ("2021-06-10", date(2026, 6, 10), True),
        ("2021-06-10", date(2026, 6, 11), False),
        ("2021-06", date(2026, 6, 1), True),
        ("2021-06", date(2026, 6, 30), True),
        ("2021-06", date(2026, 7, 1), False),
        ("2021", date(2026, 6, 10), False),
        (None, date(2026, 6, 10), False),
        ("2020-02-29", date(2026, 2, 28), True),
        ("2020-02-29", date(2028, 2, 29), True),
    ],
)
def test_the_day_of_a_death_is_kept_and_its_month_where_the_day_is_not_known(
    death: str | None, day: date, quiet: bool
) -> None:
    assert bool(Quiet().why(day, (death,))) is quiet


def test_one_of_several_deaths_is_enough() -> None:
    assert Quiet().why(date(2026, 6, 10), (None, "2019-06-10"))


def test_the_weeks_before_an_election_are_quiet_and_end() -> None:
    assert ELECTION.why(date(2026, 3, 30)) == ELECTION.why(date(2026, 5, 7)) != ""
    assert ELECTION.why(date(2026, 5, 8)) == ""
    assert ELECTION.next_open(date(2026, 4, 1), (), FREE) == date(2026, 5, 8)


@given(
    st.dates(date(2025, 1, 1), date(2029, 1, 1)),
    st.sampled_from([None, "2019", "2019-04", "2019-12", "2020-02-29", "2019-12-23"]),
)
def test_the_next_open_day_is_the_first_that_is_working_and_not_quiet(
    day: date, death: str | None
) -> None:
    found = Quiet().next_open(day, (death,), FREE)
    assert found is not None
    between = (day + timedelta(days=count) for count in range((found - day).days))
    assert not any(is_working_day(one, FREE) and not Quiet().why(one, (death,)) for one in between)
    assert is_working_day(found, FREE)
    assert not Quiet().why(found, (death,))


def test_where_every_day_is_quiet_no_day_is_found() -> None:
    always = Quiet(every_year=(((1, 1), (12, 31)),))
    assert always.next_open(date(2026, 1, 5), (), FREE) is None


def test_an_office_may_keep_no_quiet_days() -> None:
    assert NEVER_QUIET.why(date(2026, 12, 24), ("2020-12-24",)) == ""
