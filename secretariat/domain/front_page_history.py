"""The table of its versions on a front page: rows of a number, a date and what was done."""

import re
from collections.abc import Sequence
from typing import Final

from secretariat.domain.front_page_dates import DATE
from secretariat.domain.front_page_statement import Statement

ROW: Final = re.compile(
    r"(?:v(?:ersion)?|draft)\.?\s*(?P<number>\d{1,2}(?:\.\d{1,3}){0,2})(?![\w.])", re.I
)
FEWEST_ROWS: Final = 2


def history_of(statements: Sequence[Statement]) -> dict[int, tuple[int, ...]]:
    """Return the places of the rows of a table of versions, each with its version's number.

    One row alone is no table, and neither are rows that repeat one number.
    """
    rows = {}
    for place, each in enumerate(statements):
        row = ROW.match(each.text)
        if row and DATE.search(each.text, row.end()):
            rows[place] = tuple(map(int, row["number"].split(".")))
    return rows if len(set(rows.values())) >= FEWEST_ROWS else {}


def superseded(statements: Sequence[Statement]) -> frozenset[int]:
    """Return the places of the rows of a table of versions that a later version replaced."""
    rows = history_of(statements)
    last = max(rows.values(), default=())
    return frozenset(place for place, number in rows.items() if number != last)
