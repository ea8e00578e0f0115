"""What leaves on which day, from dates alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.outlook import (
    FIRST,
    Leaving,
    Pace,
    days_ahead,
    limited,
    of_waiting,
)
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from tests.builders import REFERENCE, a_chaser, a_posting

THURSDAY, FRIDAY, SATURDAY, MONDAY = (date(2026, 11, day) for day in (26, 27, 28, 30))
KINDS = st.sampled_from(list(PostingKind))


def a_pace(**said: Any) -> Pace:
    return replace(Pace(FRIDAY, FRIDAY, frozenset()), **said)


def an_acknowledgement(**said: Any) -> Posting:
    plain = {"kind": PostingKind.ACKNOWLEDGEMENT, "letter": None, "leave_on": FRIDAY}
    return a_posting(**{**plain, **said})


def days(*waiting: Posting, pace: Pace | None = None) -> list[tuple[date, str]]:
    return [(one.day, one.bar) for one in of_waiting(waiting, pace or a_pace())]


def test_a_letter_leaves_on_the_day_that_it_bears_and_on_no_other() -> None:
    assert days(a_posting(leave_on=FRIDAY)) == [(FRIDAY, "")]
    ((day, bar),) = days(a_posting(leave_on=THURSDAY))
    assert day == THURSDAY
    assert "comes back to be dated again" in bar


def test_a_letter_of_today_comes_back_once_the_office_has_closed() -> None:
    ((_, bar),) = days(a_posting(leave_on=FRIDAY), pace=a_pace(first=MONDAY))
    assert "comes back" in bar


def test_copies_and_chasers_wait_for_a_working_day() -> None:
    assert days(a_chaser(leave_on=SATURDAY)) == [(MONDAY, "")]
    assert days(a_chaser(leave_on=THURSDAY), pace=a_pace(first=MONDAY)) == [(MONDAY, "")]


def test_an_acknowledgement_leaves_at_any_hour() -> None:
    assert days(an_acknowledgement(), pace=a_pace(first=MONDAY)) == [(FRIDAY, "")]
    assert days(an_acknowledgement(leave_on=SATURDAY)) == [(SATURDAY, "")]


def test_acknowledgements_to_one_address_are_spread_over_days() -> None:
    three = [an_acknowledgement(number=number) for number in (1, 2, 3)]
    other = an_acknowledgement(number=4, to="another@anyshire.gov.uk")
    found = days(*three, other, pace=a_pace(acknowledgements=2))
    assert [day for day, _ in found] == [FRIDAY, FRIDAY, SATURDAY, FRIDAY]


def test_what_waits_for_a_person_says_why() -> None:
    held = a_chaser(status=PostingStatus.FOR_RELEASE, why="several are overdue", leave_on=FRIDAY)
    assert days(held) == [(FRIDAY, "several are overdue")]
    assert "a person" in days(replace(held, why=""))[0][1]


def test_above_the_limit_letters_go_and_the_rest_waits() -> None:
    waiting = (an_acknowledgement(number=1), a_chaser(number=2, leave_on=FRIDAY))
    found = limited(
        of_waiting((*waiting, a_posting(number=3, leave_on=FRIDAY)), a_pace()), a_pace(most=2)
    )
    assert [(one.number, bool(one.bar)) for one in found] == [(3, False), (2, False), (1, True)]
    assert "limit of 2 mails is reached" in found[-1].bar


def test_what_has_left_today_counts_for_today_alone() -> None:
    pace = a_pace(most=2, left=2)
    today = Leaving(PostingKind.CHASER, (REFERENCE,), "a@b.example", FRIDAY)
    found = limited((today, replace(today, day=MONDAY)), pace)
    assert [bool(one.bar) for one in found] == [True, False]


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "nothing will be sent"), (1, "this one mail will be sent"), (7, "these 7 mails will")],
)
def test_a_heading_says_when_and_how_many(number: int, told: str) -> None:
    one = Leaving(PostingKind.CHASER, (REFERENCE,), "a@b.example", FRIDAY)
    today, tomorrow = days_ahead([one] * number, THURSDAY, FRIDAY)
    assert today.heading == "Today, Thursday 26 November 2026, nothing will be sent"
    assert tomorrow.heading.startswith("Tomorrow, Friday 27 November 2026, ")
    assert told in tomorrow.heading


def test_over_a_weekend_the_next_working_day_is_named() -> None:
    one = Leaving(PostingKind.ACKNOWLEDGEMENT, (), "a@b.example", SATURDAY)
    found = days_ahead([one], FRIDAY, MONDAY)
    assert [each.heading.split(" will")[0] for each in found] == [
        "Today, Friday 27 November 2026, nothing",
        "Tomorrow, Saturday 28 November 2026, this one mail",
        "On Monday 30 November 2026 nothing",
    ]
    assert [each.day for each in days_ahead([], FRIDAY, MONDAY)] == [FRIDAY, MONDAY]


@given(
    st.lists(st.tuples(KINDS, st.integers(0, 3), st.booleans()), max_size=40),
    st.integers(0, 9),
    st.integers(0, 9),
)
def test_no_day_has_more_than_its_limit_and_nothing_is_lost(
    drawn: list[tuple[PostingKind, int, bool]], most: int, left: int
) -> None:
    found = [
        Leaving(kind, (), "a@b.example", FRIDAY + timedelta(days), "held" if held else "", number)
        for number, (kind, days, held) in enumerate(drawn)
    ]
    told = limited(found, a_pace(most=most, left=left))
    assert sorted(one.number for one in told) == [one.number for one in found]
    leaving = Counter(one.day for one in told if not one.bar)
    if most:
        assert all(leaving[day] <= most for day in leaving)
        assert leaving[FRIDAY] <= max(0, most - left)
    kept = [one for one in told if "limit" in one.bar]
    for one in kept:
        beside = [FIRST.index(each.kind) for each in told if each.day == one.day and not each.bar]
        assert all(rank <= FIRST.index(one.kind) for rank in beside)
