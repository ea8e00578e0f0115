"""Dates as staff type them into a spreadsheet: British, as precise as typed, never guessed."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.import_dates import (
    SERIAL_BEGAN,
    DateUnclear,
    first_day,
    is_after,
    read_date,
    whole_day,
)
from tests.builders import TODAY

DAYS = st.dates(date(1990, 1, 1), TODAY)


def read(text: str) -> str:
    return read_date(text, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("3.2.2021", "2021-02-03"),
        ("03/02/21", "2021-02-03"),
        ("3-2-2021", "2021-02-03"),
        ("3 February 2021", "2021-02-03"),
        ("3rd of February 2021", "2021-02-03"),
        ("Wed 3 Feb 2021", "2021-02-03"),
        ("February 3, 2021", "2021-02-03"),
        ("3-Feb-21", "2021-02-03"),
        ("3 Sept 2020", "2020-09-03"),
        ("2021-02-03", "2021-02-03"),
        ("2021-02-03T00:00:00", "2021-02-03"),
        ("3/2/2021 00:00", "2021-02-03"),
        ("Feb 2021", "2021-02"),
        ("Feb-21", "2021-02"),
        ("02/2021", "2021-02"),
        ("2021-02", "2021-02"),
        ("2021", "2021"),
        ("1/1/98", "1998-01-01"),
        ("  3\u00a0February   2021 ", "2021-02-03"),
        ("29/02/2024", "2024-02-29"),
        ("", ""),
        ("n/a", ""),
        ("TBC", ""),
        ("–", ""),
    ],
)
def test_a_date_is_as_precise_as_it_was_typed(typed: str, means: str) -> None:
    assert read(typed) == means


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("44230", "Excel's own number for 3 February 2021"),
        ("44230.0", "Excel's own number for 3 February 2021"),
        ("03/25/2021", "month before its day"),
        ("31/02/2021", "no calendar has"),
        ("29/02/2023", "no calendar has"),
        ("0/2/2021", "no calendar has"),
        ("3/0/2021", "no calendar has"),
        ("2021-13", "no calendar has"),
        ("Feb 21", "is no date"),
        ("21-Feb", "is no date"),
        ("early 2021", "is no date"),
        ("20210203", "is no date"),
        ("7", "is no date"),
        ("3/2/1066", "year 1066"),
        ("3/2/2199", "year 2199"),
        ("3 or 4 February 2021", "is no date"),
        ("#####", "is no date"),
    ],
)
def test_what_may_be_another_day_is_refused_with_a_sentence(typed: str, told: str) -> None:
    with pytest.raises(DateUnclear) as refused:
        read(typed)
    assert told in str(refused.value)


def test_a_long_cell_is_not_repeated_whole() -> None:
    with pytest.raises(DateUnclear) as refused:
        read("word " * 100)
    assert len(str(refused.value)) < 120


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d-%b-%Y", "%Y-%m-%d"]))
def test_every_day_is_read_back_from_every_usual_way_to_write_it(day: date, way: str) -> None:
    assert read(day.strftime(way)) == day.isoformat()
    assert whole_day(read(day.strftime(way))) == first_day(read(day.strftime(way))) == day


@given(DAYS)
def test_a_year_of_two_digits_never_lies_more_than_a_year_ahead(day: date) -> None:
    found = first_day(read(day.strftime("%d/%m/%y")))
    assert found.year <= TODAY.year + 1
    assert (found.day, found.month) == (day.day, day.month)


@given(DAYS)
def test_an_excel_number_is_never_taken_for_a_date(day: date) -> None:
    with pytest.raises(DateUnclear):
        read(str((day - SERIAL_BEGAN).days))


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    with contextlib.suppress(DateUnclear):
        found = read(text)
        assert found == "" or first_day(found)


def test_a_month_is_not_after_a_day_in_it() -> None:
    assert not is_after("2021-02", "2021-02-03")
    assert not is_after("2021-02-03", "2021")
    assert is_after("2021-02-03", "2021-02-02")
    assert is_after("2022", (date(2022, 1, 1) - timedelta(days=1)).isoformat())
