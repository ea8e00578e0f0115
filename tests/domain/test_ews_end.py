"""How long Exchange Web Services are to be had in Microsoft 365."""

from datetime import date

import pytest

from secretariat.domain.ews_end import days_left, told_of_the_end

ONLINE = "https://outlook.office365.com/EWS/Exchange.asmx"
OWN = "https://mail.anytown.example/EWS/Exchange.asmx"


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 11, 26), 126),
        (date(2027, 3, 31), 1),
        (date(2027, 4, 1), 0),
        (date(2028, 1, 1), 0),
    ],
)
def test_the_days_are_counted_down(today: date, left: int) -> None:
    assert days_left(ONLINE, today) == left


@pytest.mark.parametrize(
    "endpoint", [OWN, "", "https://outlook.office365.com.evil.example/EWS/Exchange.asmx"]
)
def test_an_exchange_server_of_ones_own_goes_on(endpoint: str) -> None:
    assert days_left(endpoint, date(2027, 1, 1)) is None
    assert told_of_the_end(endpoint, date(2027, 1, 1)) == ""


def test_the_sentence_names_the_day_and_what_is_left() -> None:
    assert told_of_the_end(ONLINE, date(2026, 11, 26)) == (
        "Exchange Web Services end in Microsoft 365 on 1 April 2027: 126 days are left"
    )
    assert told_of_the_end(ONLINE, date(2027, 5, 1)) == (
        "Exchange Web Services have ended in Microsoft 365"
    )
