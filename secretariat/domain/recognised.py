"""Pages that OCR has read: which ones need it, their lines, and what may be taken from them.

What OCR reads is never stated plainly: it takes a 1 for an l.  So it fills gaps, and no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Final

from secretariat.domain.found import Found, Sureness
from secretariat.domain.papers import Facts, Line, PaperKind

FRONT_PAGES: Final = 3
FEWEST_LETTERS: Final = 25
LONGEST_LINE: Final = 300
MOST_LINES: Final = 120
BETWEEN_PAGES: Final = "\n\f"
NO_TEXT: Final = "no text: a person must read it"
BY_RECOGNITION: Final = "read by recognition: check each fact"
STATING: Final = (PaperKind.OVERVIEW_REPORT, PaperKind.EXECUTIVE_SUMMARY, PaperKind.ACTION_PLAN)


def pages_of(text: str, pages: int) -> tuple[str, ...]:
    """Return the text of each page; `pages` empty ones where there is no text at all."""
    if not any(map(str.isalnum, text)):
        return ("",) * pages
    return tuple(text.split("\f"))


def silent(texts: Sequence[str]) -> tuple[int, ...]:
    """Return the pages, counted from 1, on which next to no letter is text."""
    return tuple(page for page, text in enumerate(texts, start=1) if letters(text) < FEWEST_LETTERS)


def letters(text: str) -> int:
    """Return how many letters and digits there are."""
    return sum(map(str.isalnum, text))


def with_recognised(texts: Sequence[str], read: Mapping[int, str]) -> str:
    """Return the whole text with the pages that OCR has read in their places."""
    return BETWEEN_PAGES.join(
        read.get(page, text).rstrip("\n\f") if page in read else text.removesuffix("\n")
        for page, text in enumerate(texts, start=1)
    )


def lines_of(texts: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines of the first pages as they lie, cut where no cover has so many or so long.

    texts: of page 1 and those after it
    """
    return tuple(
        Line(row.strip()[:LONGEST_LINE], page=page, y=float(place))
        for page, text in enumerate(texts[:FRONT_PAGES], start=1)
        for place, row in enumerate(text.splitlines()[:MOST_LINES])
        if row.strip()
    )


def as_likely(found: Sequence[Found]) -> tuple[Found, ...]:
    """Return what was found, none of it surer than likely."""
    return tuple(
        replace(each, sure=Sureness.LIKELY) if each.sure is Sureness.STATED else each
        for each in found
    )


def filled(known: Facts, stated: Facts) -> Facts:
    """Return the facts with the gaps filled; what is known stays as it is."""
    gaps = {
        each.name: getattr(stated, each.name)
        for each in fields(Facts)
        if not getattr(known, each.name) and getattr(stated, each.name)
    }
    return replace(known, **gaps)
