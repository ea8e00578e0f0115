"""The whole text of a PDF page by page, and what pages without text are.  Reading process alone."""

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, Final

import pypdfium2
import pypdfium2.raw

from secretariat.domain.legible import is_garbled, is_silent, tidy

PDFIUM: Final[Any] = pypdfium2.raw  # untyped in its library
MOST_CHARACTERS: Final = 5_000_000
MOST_OBJECTS: Final = 2_000
DEEPEST: Final = 3
SCANNED_FROM: Final = 0.5
"""The share of a page that pictures cover when it is a scan."""
IMAGE: Final = PDFIUM.FPDF_PAGEOBJ_IMAGE
UNSEEN: Final = PDFIUM.FPDF_TEXTRENDERMODE_INVISIBLE


class PageKind(StrEnum):
    """What a page is as far as its text goes."""

    TEXT = "text"
    RECOGNISED = "a scan with recognised text"
    SCANNED = "a scan"
    GARBLED = "text that cannot be made out"
    DRAWN = "drawn without text"
    BLANK = "blank"
    BROKEN = "broken"


@dataclass(slots=True)
class Pages:
    """What the pages hold; `texts` and `kinds` go together, page by page, as far as was read."""

    texts: list[str] = field(default_factory=list)
    kinds: list[PageKind] = field(default_factory=list)
    cut: bool = False

    def numbers(self, *kinds: PageKind) -> tuple[int, ...]:
        """Return the pages of these kinds, counted from 1."""
        return tuple(place for place, kind in enumerate(self.kinds, start=1) if kind in kinds)


def read_pages(document: Any) -> Pages:
    """Return every page's text, "" where it has none that can be read, and what the page is."""
    found = Pages()
    room = MOST_CHARACTERS
    for number in range(len(document)):
        text, kind = read_page(document, number)
        found.texts.append(text[:room])
        found.kinds.append(kind)
        room -= len(text)
        if room < 0:
            found.cut = True
            return found
    return found


def read_page(document: Any, number: int) -> tuple[str, PageKind]:
    """Return the text of one page, counted from 0, and what the page is."""
    try:
        page = document[number]
        words = page.get_textpage()
        text = tidy(words.get_text_range()) if words.count_chars() else ""
        kind = _kind(page, words, text)
        words.close()
        page.close()
    except pypdfium2.PdfiumError:
        return "", PageKind.BROKEN
    return ("" if kind is PageKind.GARBLED else text), kind


def _kind(page: Any, words: Any, text: str) -> PageKind:
    if is_garbled(text):
        return PageKind.SCANNED if pictured(page) >= SCANNED_FROM else PageKind.GARBLED
    if not is_silent(text):
        return PageKind.RECOGNISED if _lies_over_a_scan(page, words) else PageKind.TEXT
    if pictured(page) >= SCANNED_FROM:
        return PageKind.SCANNED
    return PageKind.DRAWN if PDFIUM.FPDFPage_CountObjects(page) else PageKind.BLANK


def pictured(page: Any) -> float:
    """Return the share of a page that its pictures cover, strips of a scan added up, at most 1."""
    left, bottom, right, top = page.get_bbox()
    whole = float((right - left) * (top - bottom))
    if whole <= 0:
        return 0.0
    covered = 0.0
    objects = page.get_objects(filter=(IMAGE,), max_depth=DEEPEST)
    for one in islice(objects, MOST_OBJECTS):
        x0, y0, x1, y1 = one.get_bounds()
        wide = max(0.0, min(x1, right) - max(x0, left))
        covered += wide * max(0.0, min(y1, top) - max(y0, bottom))
    return min(1.0, covered / whole)


def _lies_over_a_scan(page: Any, words: Any) -> bool:
    """Say whether the text was recognised by a machine: it is not drawn, or a picture covers all.

    Only the objects that a scanner's program puts first or last are looked at, which is quick.
    """
    first = PDFIUM.FPDFText_GetTextObject(words, 0)
    if first and PDFIUM.FPDFTextObj_GetTextRenderMode(first) == UNSEEN:
        return pictured(page) >= SCANNED_FROM
    count = PDFIUM.FPDFPage_CountObjects(page)
    ends = (
        PDFIUM.FPDFPage_GetObject(page, each) for each in {0, 1, count - 1} if 0 <= each < count
    )
    if not any(PDFIUM.FPDFPageObj_GetType(each) == IMAGE for each in ends):
        return False
    return pictured(page) >= SCANNED_FROM
