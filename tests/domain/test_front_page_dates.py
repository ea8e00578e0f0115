"""Dates are as precise as they are written, and never another date than was written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.front_page_dates import Role, agree, find_dates, months_between, roles


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("7 April 2019", "2019-04-07"),
        ("Sunday, 7th of April, 2019", "2019-04-07"),
        ("April 7th, 2019", "2019-04-07"),
        ("Sept. 2019", "2019-09"),
        ("07.04.19", "2019-04-07"),
        ("7/4/2019", "2019-04-07"),
        ("4/17/2019", "2019-04-17"),
        ("2019-04-07", "2019-04-07"),
        ("2019", "2019"),
        ("31 June 2019", None),
        ("29 February 2019", None),
        ("29 February 2020", "2020-02-29"),
        ("14/14/2019", None),
        ("2019-13-01", None),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, iso: str | None) -> None:
    assert [one.iso for one in find_dates(text)] == [iso]


@pytest.mark.parametrize(
    "text", ["DHR 2011/12-03", "page 12 of 2300", "1234567/2019", "may 20", "£2019.50", "v2.1"]
)
def test_numbers_are_no_dates(text: str) -> None:
    assert find_dates(text) == ()


@given(st.dates(min_value=date(1985, 1, 1), max_value=date(2049, 12, 31)))
def test_every_day_comes_back_from_british_writing(day: date) -> None:
    for text in (f"{day:%d %B %Y}", f"{day:%A %d %b %Y}", f"{day:%d/%m/%Y}", day.isoformat()):
        assert [one.iso for one in find_dates(text)] == [day.isoformat()]


@pytest.mark.parametrize(
    "text",
    ["1 May 2014 to 3 June 2016", "May 2014 – June 2016", "between May 2014 and June 2016"],
)
def test_the_bounds_of_a_period_are_no_dates_of_anything(text: str) -> None:
    assert find_dates(text) == ()


def test_two_deaths_joined_by_and_are_two_dates() -> None:
    assert len(find_dates("died in May 2014 and June 2016")) == 2


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("who died on 7 April 2019", Role.DEATH),
        ("7 April 2019 (date of death)", Role.DEATH),
        ("Domestic abuse related death review, 7 April 2019", Role.UNCLEAR),
        ("Report completed: April 2019", Role.VERSION),
        ("April 2019 – final", Role.VERSION),
        ("Updated April 2019", Role.REVISION),
        ("Embargoed until 7 April 2019", Role.OTHER),
        ("(April 2019)", Role.BARE),
        ("2019", Role.UNCLEAR),
        ("the author of this report " + "has worked for long " * 5 + "7 May 2019", Role.UNCLEAR),
    ],
)
def test_the_words_beside_a_date_say_what_it_is_the_date_of(text: str, role: Role) -> None:
    assert [found for _, found in roles(text)] == [role]


def test_dates_agree_when_each_is_the_other_less_precisely() -> None:
    assert agree(["2019", "2019-04-07", "2019-04"]) == "2019-04-07"
    assert agree(["2019-04", "2019-05"]) is None
    assert agree([]) is None
    assert months_between("2019-04-07", "2021-01") == 21


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Final v1.2 February 2022", "2022-02"),
        ("V2 3 March 2020", "2020-03-03"),
        ("Version 1.10 May 2021", "2021-05"),
        ("Version 5 March 2021", "2021-03"),
        ("Version 5: 14 Nov 2017", "2017-11-14"),
        ("v0.3 12/04/2020", "2020-04-12"),
        ("Final draft 3 December 2018", "2018-12-03"),
        ("DHR 4 – 5 May 2019", "2019-05-05"),
    ],
)
def test_the_number_of_a_version_is_no_day(text: str, iso: str) -> None:
    assert [one.iso for one in find_dates(text)] == [iso]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("died on the 4th and 5th of March 2021", "2021-03"),
        ("died between 3 and 5 May 2019", "2019-05"),
        ("died 3/4 May 2019", "2019-05"),
        ("died 30 or 31 May 2019", "2019-05"),
        ("died on or about 3 May 2019", "2019-05"),
        ("died on the night of 31 May to 1 June 2019", "2019"),
    ],
)
def test_of_two_days_or_about_a_day_none_is_the_day(text: str, iso: str) -> None:
    assert [(date.iso, date.inexact) for date, _ in roles(text)] == [(iso, True)]


def test_a_date_said_again_in_another_language_has_the_role_of_the_first() -> None:
    said = [found for _, found in roles("Bu farw / Died: Mawrth 2019 / March 2019")]
    assert said == [Role.DEATH, Role.DEATH]


def test_a_label_and_its_date_may_have_a_dash_between_them() -> None:
    assert [found for _, found in roles("Date of homicide – 9 December 2020")] == [Role.DEATH]
    assert [found for _, found in roles("Review into a death – 9 May 2020")] == [Role.UNCLEAR]
