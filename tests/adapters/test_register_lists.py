"""Rows of lists in the register: none is taken twice, on either database."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.adapters.register import Database
from secretariat.domain.errors import StaleVersion
from secretariat.domain.import_plan import TakenRow
from tests.builders import REFERENCE, a_review, an_act


def test_a_row_that_was_taken_cannot_be_taken_for_another_review(database: Database) -> None:
    with database.register() as pen:
        pen.add_review(a_review(), an_act())
        pen.add_taken(TakenRow("ab", REFERENCE))
    with database.register() as pen:
        assert pen.taken_as("ab") == REFERENCE
        with pytest.raises(StaleVersion):
            pen.add_taken(TakenRow("ab", REFERENCE))


def test_the_day_of_an_earlier_letter_comes_back(database: Database) -> None:
    with database.register() as pen:
        pen.add_review(a_review(letter_on=date(2021, 3, 1)), an_act())
    with database.reading() as eyes:
        assert eyes.review(REFERENCE).letter_on == date(2021, 3, 1)
