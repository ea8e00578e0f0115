"""Covers altered in ways that a careful person would not notice give no fact they do not state."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

from secretariat.domain.front_page import read_front
from secretariat.domain.papers import Line
from tests.covers_held_out import BATCHES, held_out, judged, read_off

Page = list[str]
SHORT_LABEL = re.compile(r"^[A-Z][A-Za-z ]{3,30}: \S")
MONTH = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?= \d{4})"
)
STRAIGHT = str.maketrans("‘’“”", "''\"\"")
OF_MATTER = ("csp", "pseudonyms", "local_reference", "date_of_death", "author", "chair")
COVERS = [cover for batch in BATCHES for cover in held_out(batch)]


def _labels_with_dashes(page: Page) -> Page:
    return [re.sub(r"(?<=[a-z)]): ", " – ", row) for row in page]


def _labels_with_colons(page: Page) -> Page:
    return [re.sub(r"(?<=[a-z]) – (?=[A-Z])", ": ", row) for row in page]


def _labels_above_values(page: Page) -> Page:
    return [
        part for row in page for part in (row.split(": ", 1) if SHORT_LABEL.match(row) else [row])
    ]


def _labels_and_colons_above_values(page: Page) -> Page:
    return [
        part
        for row in page
        for part in (
            (lambda label, value: [f"{label}:", value])(*row.split(": ", 1))
            if SHORT_LABEL.match(row)
            else [row]
        )
    ]


def _months_cut_short(page: Page) -> Page:
    return [MONTH.sub(lambda month: month[0][:3], row) for row in page]


def _plain_quotes(page: Page) -> Page:
    return [row.translate(STRAIGHT) for row in page]


def _a_counter_below(page: Page) -> Page:
    return [*page, "Page 1 of 40"]


def _marked(page: Page) -> Page:
    return ["OFFICIAL", *page, "OFFICIAL"]


def _spaces_lost(page: Page) -> Page:
    return [re.sub(r"\b(of|by|into) (?=[A-Z][a-z])", r"\1", row, count=1) for row in page]


@pytest.mark.parametrize(
    "alter",
    [
        _labels_with_dashes,
        _labels_with_colons,
        _labels_above_values,
        _labels_and_colons_above_values,
        _months_cut_short,
        _plain_quotes,
        _a_counter_below,
        _marked,
        _spaces_lost,
    ],
)
def test_an_altered_cover_gives_no_fact_that_it_does_not_state(
    alter: Callable[[Page], Page],
) -> None:
    wrong, marks = [], Counter[str]()
    for cover in COVERS:
        front = read_front(_lines([alter(list(page)) for page in cover.pages]), name="paper.pdf")
        told = {fact: mark for fact, mark in judged(cover, front).items() if fact in OF_MATTER}
        marks.update(told.values())
        wrong += [(cover.title, fact) for fact, mark in told.items() if mark == "wrong"]
    assert wrong == []
    assert marks["found"] >= 0.96 * marks.total()


def test_covers_in_capitals_give_hardly_any_fact_that_they_do_not_state() -> None:
    marks = Counter[str]()
    for cover in COVERS:
        front = read_front(_lines([[row.upper() for row in page] for page in cover.pages]))
        stated = read_off(front)
        for fact in OF_MATTER:
            right = {answer.casefold() for answer in cover.answers.get(fact, ())}
            if fact in stated:
                marks["found" if stated[fact].casefold() in right else "wrong"] += 1
            elif right:
                marks["missed"] += 1
    assert marks["wrong"] <= 0.005 * marks.total()
    assert marks["found"] >= 0.95 * marks.total()


def _lines(pages: list[Page]) -> list[Line]:
    return [
        Line(row, page=number, y=60.0 + 20 * place)
        for number, page in enumerate(pages, start=1)
        for place, row in enumerate(page)
    ]
