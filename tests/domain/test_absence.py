"""Absence notes as people write them: the day of return, the colleague, or nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.absence import FARTHEST, ONE_DAY, absence_in

SENT = date(2026, 11, 26)  # a Thursday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I am back on Monday 7 December.", date(2026, 12, 7)),
        ("I am away until 7/12.", date(2026, 12, 7)),
        ("I am out of the office until 07/12/2026.", date(2026, 12, 7)),
        ("I am on leave until 7th December 2026 inclusive", date(2026, 12, 8)),
        ("I am on leave from 1 December to 14 December.", date(2026, 12, 14)),
        ("On leave 1 - 14 December, returning on Tue 15th Dec.", date(2026, 12, 15)),
        ("I shall return on the 4th of January", date(2027, 1, 4)),
        ("Byddaf yn ôl ar 7 Rhagfyr.", date(2026, 12, 7)),
        ("Rwyf allan o'r swyddfa tan ddydd Llun 7 Rhagfyr 2026", date(2026, 12, 7)),
        ("I will be back in the office on Monday.", date(2026, 11, 30)),
        ("I'm away and will be back on Thursday", date(2026, 12, 3)),
        ("Yn ôl ddydd Mawrth", date(2026, 12, 1)),
    ],
)
def test_the_day_of_return_is_read_as_it_is_written_here(text: str, day: date) -> None:
    assert absence_in(text, sent_on=SENT).returns_on == day


@pytest.mark.parametrize(
    "text",
    [
        "I am back on 31 November.",
        "I am away until 13/13.",
        "I was away until 3 August 2026.",
        "I have left the council.",
        "I am on maternity leave until March.",
        "Ring 01234 567890 to speak to us between 9.30 and 4.30.",
        "",
    ],
)
def test_a_day_that_cannot_be_meant_is_none(text: str) -> None:
    assert absence_in(text, sent_on=SENT).returns_on is None


def test_the_colleague_is_the_first_address_that_is_not_the_senders_or_ours() -> None:
    text = "I (jo@anyshire.gov.uk) am away; write to Cover.Desk@anyshire.gov.uk. dhr@ours.example"
    known = ("jo@anyshire.gov.uk", "dhr@ours.example")
    assert absence_in(text, sent_on=SENT, known=known).colleague == "cover.desk@anyshire.gov.uk"
    assert absence_in("I am away.", sent_on=SENT).colleague == ""


@given(st.text(max_size=200), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_no_text_gives_a_day_that_is_past_or_far(text: str, sent_on: date) -> None:
    day = absence_in(f"back on {text}", sent_on=sent_on).returns_on
    assert day is None or sent_on <= day <= sent_on + FARTHEST + ONE_DAY
