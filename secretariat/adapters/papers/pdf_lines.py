"""The lines of a PDF's first pages with their places, by PDFium.  Reading process alone."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any, Final

import pypdfium2
import pypdfium2.raw

from secretariat.domain.legible import tidy
from secretariat.domain.papers import Line
from secretariat.domain.reading_order import Placed, in_reading_order

PDFIUM: Final[Any] = pypdfium2.raw  # untyped in its library
WIDE: Final = 1.5
"""A gap of so many times the letters' size parts a line in two, as between columns."""
MOST_LINES_A_PAGE: Final = 1_000
MOST_CHARACTERS_A_PAGE: Final = 50_000
FONT_NAME_BYTES: Final = 128

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of text as PDFium holds it, and how its points lie on the page as shown."""

    text: Any
    turned: int
    bounds: Box

    @property
    def width(self) -> float:
        """The width of the page as it is shown, in points."""
        left, bottom, right, top = self.bounds
        return right - left if self.turned % 180 == 0 else top - bottom

    def shown(self, box: Box) -> Box:
        """Return (left, top, right, bottom) from the top left corner of the page as shown.

        box: (left, bottom, right, top) in the page's own space
        """
        x0, y0, x1, y1 = box
        left, bottom, right, top = self.bounds
        if self.turned == 90:
            return y0 - bottom, x0 - left, y1 - bottom, x1 - left
        if self.turned == 180:
            return right - x1, y0 - bottom, right - x0, y1 - bottom
        if self.turned == 270:
            return top - y1, right - x1, top - y0, right - x0
        return x0 - left, top - y1, x1 - left, top - y0


def lines_of(document: Any, pages: int) -> tuple[Line, ...]:
    """Return the lines of the first `pages` pages; a page that cannot be read has none."""
    found: list[Line] = []
    for number in range(min(pages, len(document))):
        try:
            found += _lines_of_page(document[number], number + 1)
        except pypdfium2.PdfiumError:
            continue
    return tuple(found)


def _lines_of_page(page: Any, number: int) -> Iterator[Line]:
    sheet = Sheet(page.get_textpage(), page.get_rotation(), page.get_bbox())
    for one in in_reading_order(_pieces(sheet), sheet.width):
        if text := " ".join(tidy(one.text).split()):
            yield Line(text, number, round(one.size, 1), round(one.top, 1), bold=one.bold)


def _pieces(sheet: Sheet) -> Iterator[Placed]:
    """Go through PDFium's lines, parted where a wide gap lies in them."""
    start = 0
    text = sheet.text.get_text_range(0, min(sheet.text.count_chars(), MOST_CHARACTERS_A_PAGE))
    straight = len(text) == sheet.text.count_chars()
    for row in text.split("\n", MOST_LINES_A_PAGE)[:MOST_LINES_A_PAGE]:
        if plain := row.strip():
            first = start + len(row) - len(row.lstrip())
            place = (
                first if straight else PDFIUM.FPDFText_GetCharIndexFromTextIndex(sheet.text, first)
            )
            yield from _parted(sheet, max(0, place), plain)
        start += len(row) + 1


def _parted(sheet: Sheet, first: int, text: str) -> Iterator[Placed]:
    size, bold = _looks(sheet.text, first)
    boxes = [sheet.shown(box) for box in _boxes(sheet.text, first, len(text))]
    if not boxes:
        yield Placed(text, 0.0, 0.0, 0.0, 0.0, size, bold)
        return
    size = size or max(bottom - top for _, top, _, bottom in boxes)
    if len(boxes) == 1:
        left, top, right, bottom = boxes[0]
        yield Placed(text, left, right, top, bottom, size, bold)
        return
    edges = sorted((left, right) for left, _, right, _ in boxes)
    wide = any(after[0] - before[1] > WIDE * size for before, after in pairwise(edges))
    pieces = _by_gap(sheet, first, text, WIDE * size) if wide else [(text, boxes)]
    for words, places in pieces:
        lefts, tops, rights, bottoms = zip(*places, strict=True)
        yield Placed(words, min(lefts), max(rights), min(tops), max(bottoms), size, bold)


def _by_gap(sheet: Sheet, first: int, text: str, wide: float) -> list[tuple[str, list[Box]]]:
    """Part a line letter by letter wherever the next letter stands further off than `wide`."""
    made: list[tuple[str, list[Box]]] = []
    last: float | None = None
    for place, letter in enumerate(text):
        if letter.isspace() or (box := _box(sheet.text, first + place)) is None:
            if made:
                made[-1] = made[-1][0] + letter, made[-1][1]
            continue
        shown = sheet.shown(box)
        if last is None or abs(shown[0] - last) > wide:
            made.append(("", []))
        made[-1] = made[-1][0] + letter, [*made[-1][1], shown]
        last = shown[2]
    return [(words.strip(), boxes) for words, boxes in made]


def _boxes(text: Any, first: int, count: int) -> Iterator[Box]:
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    for place in range(PDFIUM.FPDFText_CountRects(text, first, count)):
        if PDFIUM.FPDFText_GetRect(text, place, left, top, right, bottom):
            yield left.value, bottom.value, right.value, top.value


def _box(text: Any, place: int) -> Box | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not PDFIUM.FPDFText_GetCharBox(text, place, left, right, bottom, top):
        return None
    return left.value, bottom.value, right.value, top.value


def _looks(text: Any, place: int) -> tuple[float, bool]:
    """Return the size of a letter in points as it is printed, and whether it is bold."""
    size = float(PDFIUM.FPDFText_GetFontSize(text, place))
    matrix = PDFIUM.FS_MATRIX()
    if PDFIUM.FPDFText_GetMatrix(text, place, matrix):
        size *= hypot(matrix.c, matrix.d)
    name = ctypes.create_string_buffer(FONT_NAME_BYTES)
    PDFIUM.FPDFText_GetFontInfo(text, place, name, FONT_NAME_BYTES, ctypes.c_int())
    return size, b"bold" in name.value.lower()
