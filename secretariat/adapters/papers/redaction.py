"""Text of a PDF that nobody sees and everybody can copy out: under black boxes and the like.

Each page is drawn as a person sees it; letters whose place on it is one flat tone are not to be
seen.  That holds for a black highlight, a drawn box, an annotation, a picture laid over, and white
letters alike.  Runs in the reading process alone.
"""

import ctypes
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2
import pypdfium2.raw

from secretariat.adapters.papers.pdf_lines import Box, Sheet
from secretariat.adapters.papers.pdf_pages import SCANNED_FROM, UNSEEN, pictured
from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.page_numbers import named

PDFIUM: Final[Any] = pypdfium2.raw  # untyped in its library
MOST_PAGES: Final = 300
MOST_SECONDS: Final = 12.0
MOST_LETTERS_A_PAGE: Final = 20_000
DOTS: Final = 110
POINTS_AN_INCH: Final = 72
MOST_PIXELS: Final = 2_000
FLAT: Final = 12
"""Tones of grey, of 256, between which the eye sees no difference."""
NARROW: Final = 4.0
SLIVER: Final = 0.15
FEWEST_LETTERS: Final = 4
DARK: Final = 90
LIGHT: Final = 165
ALIKE: Final = 60
OFF_THE_PAGE: Final = -1
SHOWS: Final = -2


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page as drawn: its pixels, one byte of grey each, and how many of them make a point."""

    sheet: Sheet
    pixels: bytes
    stride: int
    width: int
    height: int
    scale: float

    def tone(self, box: Box) -> int:
        """Return the one tone that lies at the box; SHOWS where there are several."""
        left, top, right, bottom = (each * self.scale for each in self.sheet.shown(box))
        beside = 1 if right - left < NARROW else 0
        x0, x1 = max(0, int(left) - beside), min(self.width, int(right) + 1 + beside)
        inside = SLIVER * (bottom - top)
        y0, y1 = max(0, int(top + inside)), min(self.height, int(bottom - inside) + 1)
        if x0 >= x1 or y0 >= y1:
            return OFF_THE_PAGE
        low, high = 255, 0
        for y in ((y0 + y1) // 2, *range(y0, y1)):
            row = self.pixels[y * self.stride + x0 : y * self.stride + x1]
            low, high = min(low, *row, 255), max(high, *row, 0)
            if high - low >= FLAT:
                return SHOWS
        return (low + high) // 2


@dataclass(slots=True)
class Unseen:
    """On which pages text is covered, in the colour of the page, or marked to be taken out."""

    covered: list[int] = field(default_factory=list)
    pale: list[int] = field(default_factory=list)
    unapplied: list[int] = field(default_factory=list)


def flags_of(document: Any, *, seconds: float = MOST_SECONDS) -> Iterator[Flag]:
    """Go through what is said of text that cannot be seen, and of pages not looked at."""
    document.init_forms()
    found = Unseen()
    pages, until, looked = len(document), time.monotonic() + seconds, 0
    for number in range(min(pages, MOST_PAGES)):
        if time.monotonic() > until:
            break
        _look_at(document, number, found)
        looked = number + 1
    yield from _said(found)
    if looked < pages:
        rest = f"pages {looked + 1} to {pages}" if looked + 1 < pages else f"page {pages}"
        says = f"{rest}: not looked at for text under black boxes, a person must look at them"
        yield Flag(FlagKind.UNDER_BLACK_BOXES, says, pages - looked)


def _look_at(document: Any, number: int, found: Unseen) -> None:
    try:
        page = document[number]
        if _has_unapplied(page):
            found.unapplied.append(number + 1)
        covered, pale = _unseen_letters(page)
        page.close()
    except pypdfium2.PdfiumError:
        return
    if covered:
        found.covered.append(number + 1)
    if pale:
        found.pale.append(number + 1)


def _said(found: Unseen) -> Iterator[Flag]:
    under, can = FlagKind.UNDER_BLACK_BOXES, "can be copied out: do not pass it on as it is"
    for pages, flag, says in (
        (found.covered, under, f"hold text under something laid over it, which {can}"),
        (
            found.unapplied,
            under,
            f"hold text marked to be taken out, which is still there and {can}",
        ),
        (found.pale, FlagKind.HIDDEN_TEXT, f"hold text in the colour of the page, which {can}"),
    ):
        if pages:
            said = says if len(pages) > 1 else says.replace("hold", "holds", 1)
            yield Flag(flag, f"{named(pages)} {said}", len(pages), tuple(pages[:10]))


def _has_unapplied(page: Any) -> bool:
    for place in range(PDFIUM.FPDFPage_GetAnnotCount(page)):
        mark = PDFIUM.FPDFPage_GetAnnot(page, place)
        kind = PDFIUM.FPDFAnnot_GetSubtype(mark)
        PDFIUM.FPDFPage_CloseAnnot(mark)
        if kind == PDFIUM.FPDF_ANNOT_REDACT:
            return True
    return False


def _unseen_letters(page: Any) -> tuple[bool, bool]:
    """Say whether letters of the page are covered, and whether some have the page's colour."""
    words = page.get_textpage()
    count = min(words.count_chars(), MOST_LETTERS_A_PAGE)
    if count < FEWEST_LETTERS:
        return False, False
    drawn = _draw(page, words)
    covered = pale = False
    over_a_scan: bool | None = None
    for start, tone in _flat_runs(drawn, words, count):
        if over_a_scan is None:
            over_a_scan = pictured(page) >= SCANNED_FROM
        if over_a_scan and tone > DARK:
            continue  # What a machine recognised may lie beside the ink of the scan.
        if tone > LIGHT and _has_tone(words, start, tone):
            pale = True
        else:
            covered = True
    return covered, pale


def _draw(page: Any, words: Any) -> _Drawn:
    scale = min(DOTS / POINTS_AN_INCH, MOST_PIXELS / (max(page.get_size()) or 1.0))
    bitmap = page.render(scale=scale, grayscale=True)
    return _Drawn(
        Sheet(words, page.get_rotation(), page.get_bbox()),
        bytes(bitmap.buffer),
        bitmap.stride,
        bitmap.width,
        bitmap.height,
        scale,
    )


def _flat_runs(drawn: _Drawn, words: Any, count: int) -> Iterator[tuple[int, int]]:
    """Go through runs of letters that do not show: the place of the first, and the tone there."""
    start, length, at = 0, 0, OFF_THE_PAGE
    for place, tone in _tones(drawn, words, count):
        if length and (tone == SHOWS or abs(tone - at) >= FLAT):
            if length >= FEWEST_LETTERS:
                yield start, at
            length = 0
        if tone != SHOWS:
            if not length:
                start, at = place, tone
            length += 1
    if length >= FEWEST_LETTERS:
        yield start, at


def _tones(drawn: _Drawn, words: Any, count: int) -> Iterator[tuple[int, int]]:
    """Go through the letters and digits that lie on the page, each with the tone at its place."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    box_of: Callable[..., int] = PDFIUM.FPDFText_GetCharBox
    for place, letter in enumerate(_letters(words, count)):
        if not letter.isalnum() or not box_of(words, place, left, right, bottom, top):
            continue
        if right.value <= left.value or top.value <= bottom.value:
            continue
        tone = drawn.tone((left.value, bottom.value, right.value, top.value))
        if tone != OFF_THE_PAGE:
            yield place, tone


def _letters(words: Any, count: int) -> Sequence[str]:
    text: str = words.get_text_range(0, count)
    if len(text) == count:
        return text
    return [chr(PDFIUM.FPDFText_GetUnicode(words, place)) for place in range(count)]


def _has_tone(words: Any, place: int, tone: int) -> bool:
    """Say whether a letter is hidden by itself: not drawn, or drawn in the tone around it."""
    held = PDFIUM.FPDFText_GetTextObject(words, place)
    if held and PDFIUM.FPDFTextObj_GetTextRenderMode(held) == UNSEEN:
        return True
    red, green, blue, depth = (ctypes.c_uint() for _ in range(4))
    if not PDFIUM.FPDFText_GetFillColor(words, place, red, green, blue, depth):
        return False
    grey = (299 * red.value + 587 * green.value + 114 * blue.value) // 1_000
    return depth.value == 0 or abs(grey - tone) < ALIKE
