"""Held-out covers: written with their answers before the reading was tried on them."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from secretariat.domain.front_page import Front
from secretariat.domain.papers import Facts, Line

FOLDER: Final = Path(__file__).parent / "domain" / "covers"
BATCHES: Final = tuple(sorted(path.stem for path in FOLDER.glob("batch_*.txt")))
FACT_NAMES: Final = (*(each.name for each in fields(Facts)), "marking", "kind")
PLAIN: Final = {"kind": "overview report", "review_kind": "domestic homicide review"}


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A cover's title, its pages of rows, and what a careful person reads off it.

    answers: by fact; where a careful person may say either, both stand
    """

    title: str
    pages: tuple[tuple[str, ...], ...]
    answers: dict[str, tuple[str, ...]]

    def lines(self) -> tuple[Line, ...]:
        """Return the cover as a reader would hand it over."""
        return tuple(
            Line(row, page=number, y=60.0 + 20 * place)
            for number, page in enumerate(self.pages, start=1)
            for place, row in enumerate(page)
        )


def held_out(batch: str) -> tuple[HeldOut, ...]:
    """Return the covers of a batch."""
    text = (FOLDER / f"{batch}.txt").read_text(encoding="utf-8")
    return tuple(_cover(part) for part in text.split("\n== ")[1:])


def _cover(part: str) -> HeldOut:
    head, _, body = part.partition("\n--\n")
    title, *said = head.splitlines()
    answers = dict(PLAIN) | dict(row.split(": ", 1) for row in said if row.strip())
    pages = tuple(
        tuple(row for row in page.splitlines() if row.strip()) for page in body.split("\n-- page\n")
    )
    either = {
        name: tuple(one for one in value.split(" | ")) for name, value in answers.items() if value
    }
    return HeldOut(title, pages, either)


def read_off(front: Front) -> dict[str, str]:
    """Return the facts that were stated, as the answers write them."""
    stated = {each.name: getattr(front.facts, each.name) for each in fields(Facts)}
    stated |= {"marking": front.marking, "kind": front.kind.value}
    return {
        name: "; ".join(value) if isinstance(value, tuple) else str(value)
        for name, value in stated.items()
        if value
    }


def judged(cover: HeldOut, front: Front) -> dict[str, str]:
    """Return "found", "wrong" or "missed" for each fact that was stated or should have been."""
    stated = read_off(front)
    marks = {}
    for name in FACT_NAMES:
        if name not in stated and name not in cover.answers:
            continue
        if name not in stated:
            marks[name] = "missed"
        else:
            right = {plain(one, name) for one in cover.answers.get(name, ())}
            marks[name] = "found" if plain(stated[name], name) in right else "wrong"
    return marks


def plain(value: str, name: str) -> str:
    """Return a value for comparing: how a version is punctuated is nobody's concern."""
    if name != "version":
        return value
    return " ".join("".join(one if one.isalnum() else " " for one in value.casefold()).split())
