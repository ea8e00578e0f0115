"""The facts of a review beside the papers: where each was read, how sure, what else they give."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.domain.found import Found, Sureness
from secretariat.domain.papers import FACTS, Facts
from secretariat.domain.post_in import Paper
from secretariat.web.shown import FACT_NAMES, fact_text

IN_WORDS: Final = {
    Sureness.STATED: "",
    Sureness.LIKELY: "likely, from its place on the page alone",
    Sureness.IN_DOUBT: "",
}
MOST_PLACES: Final = 3
MARKING: Final = "marking"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper states a fact; `found.page` is 0 where it was worked out."""

    paper: Paper
    found: Found

    @property
    def sure(self) -> str:
        """Return how sure it is, in words; "" where it is plainly stated or given up."""
        return IN_WORDS[self.found.sure]


@dataclass(frozen=True, slots=True)
class FactShown:
    """One fact of a review as the page shows it.

    value: "" where it is not known; needed: a person must say it
    places: where papers in use state this very value, or, where it is not known, give rise to doubt
    others: other values that papers in use give, which a person may take instead
    by_person: the papers state something else, or nothing, and the value stands all the same
    """

    field: str
    name: str
    value: str
    needed: bool
    places: tuple[Place, ...]
    others: tuple[str, ...]
    by_person: bool

    @property
    def in_doubt(self) -> bool:
        """Whether the papers give several values and none was taken."""
        return not self.value and bool(self.others)


def facts_read(facts: Facts, papers: Sequence[Paper]) -> list[FactShown]:
    """Return every fact of a review with what its papers in use say of it."""
    return [_fact(facts, field, name, _places(field, papers)) for field, name in FACT_NAMES.items()]


def markings_read(papers: Sequence[Paper]) -> list[Place]:
    """Return each paper's protective marking."""
    return [place for place in _places(MARKING, papers) if place.found.value]


def other_values(facts: Facts, papers: Sequence[Paper], field: str) -> tuple[str, ...]:
    """Return what papers in use give for a fact beside what the review holds, each once."""
    held = _held(facts, field)
    given = (
        value
        for place in _places(field, papers)
        for value in (place.found.value, *place.found.others)
        if value and value not in held
    )
    return tuple(dict.fromkeys(given))


def read_on(papers: Sequence[Paper], number: int, page: int) -> list[tuple[str, Found]]:
    """Return (name, found) of each fact that one page of one paper states."""
    names = {**FACT_NAMES, MARKING: "Protective marking", "kind": "What it is"}
    return [
        (names[found.fact], found)
        for paper in papers
        for found in paper.found
        if paper.number == number and found.page == page and found.fact in names
    ]


def _fact(facts: Facts, field: str, name: str, places: list[Place]) -> FactShown:
    held = _held(facts, field)
    if held:
        shown = [place for place in places if place.found.value in held]
    else:
        shown = [place for place in places if place.found.value or place.found.others]
    return FactShown(
        field,
        name,
        fact_text(facts, field),
        not held and field in FACTS,
        tuple(shown[:MOST_PLACES]),
        other_values(facts, [place.paper for place in places], field),
        bool(held and places and not shown),
    )


def _places(field: str, papers: Sequence[Paper]) -> list[Place]:
    return [
        Place(paper, found)
        for paper in papers
        if not paper.set_aside
        for found in paper.found
        if found.fact == field
    ]


def _held(facts: Facts, field: str) -> tuple[str, ...]:
    value = getattr(facts, field)
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()
