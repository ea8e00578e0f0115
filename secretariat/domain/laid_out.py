"""A paper's words with where they stand, without what repeats at the edges of its pages.

Running heads, page numbers and markings differ between a Word file and the PDF made of it;
they are no part of what the report says.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.domain.likeness import LINE_END, UNSEEN, Words, words_of

PAGE_BREAK: Final = "\f"
EDGE_ROWS: Final = 3
FEWEST_PAGES: Final = 3
LONGEST_FURNITURE: Final = 70
_WRITTEN: Final = re.compile(r"[^\W_]+")
_DIGITS: Final = re.compile(r"\d+")
_PAGE_NUMBER: Final = re.compile(r"^\W*(?:page\s*)?#(?:\s*(?:of|/|\|)\s*#)?\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The words of a paper, one entry each in all three.

    words: as `words_of` gives them; written: as they stand there; pages: from 1
    paged: whether the file knows its pages
    """

    words: Words
    written: tuple[str, ...]
    pages: tuple[int, ...]
    paged: bool

    def said(self, start: int, end: int) -> str:
        """Return the words from `start` to before `end` as they stand there, a blank between."""
        return " ".join(self.written[start:end])


def lay_out(text: str) -> LaidOut:
    """Return the words of a text whose pages end in form feeds."""
    pages = text.split(PAGE_BREAK)
    words: Words = []
    written: list[str] = []
    on: list[int] = []
    known: dict[str, Words] = {}
    for number, page in enumerate(without_furniture(pages), start=1):
        plain = LINE_END.sub("", UNSEEN.sub("", unicodedata.normalize("NFKC", page)))
        for hit in _WRITTEN.finditer(plain):
            if hit[0] not in known:
                known[hit[0]] = words_of(hit[0])
            for word in known[hit[0]]:
                words.append(word)
                written.append(hit[0])
                on.append(number)
    return LaidOut(words, tuple(written), tuple(on), len(pages) > 1)


def without_furniture(pages: Sequence[str]) -> list[str]:
    """Return the pages without the rows that stand at the edge of every other page or more."""
    if len(pages) < FEWEST_PAGES:
        return list(pages)
    rows = [page.splitlines() for page in pages]
    edges = [_edges(page) for page in rows]
    seen = Counter(key for page, at in zip(rows, edges, strict=True) for key in _keys(page, at))
    often = {key for key, times in seen.items() if times >= max(FEWEST_PAGES, len(pages) // 2)}
    return [
        "\n".join(
            row
            for place, row in enumerate(page)
            if place not in at or not (_key(row) in often or _PAGE_NUMBER.match(_key(row)))
        )
        for page, at in zip(rows, edges, strict=True)
    ]


def _edges(rows: Sequence[str]) -> frozenset[int]:
    """Return the places of the first and the last rows of a page that say something."""
    full = [place for place, row in enumerate(rows) if row.strip()]
    return frozenset((*full[:EDGE_ROWS], *full[-EDGE_ROWS:]))


def _keys(rows: Sequence[str], at: frozenset[int]) -> set[str]:
    return {_key(rows[place]) for place in at if len(rows[place]) <= LONGEST_FURNITURE}


def _key(row: str) -> str:
    return _DIGITS.sub("#", " ".join(row.split()).casefold())
