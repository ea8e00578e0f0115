"""The lines of a PDF's first pages by pdfminer.six, asked where PDFium's answer is in doubt.

It costs some twenty times as much as PDFium.  Runs in the reading process alone.
"""

import io
from collections.abc import Iterator

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTPage, LTTextContainer, LTTextLine

from secretariat.domain.legible import tidy
from secretariat.domain.papers import Line
from secretariat.domain.reading_order import Placed, in_reading_order


def lines_of(content: bytes, pages: int) -> tuple[Line, ...]:
    """Return the lines of the first `pages` pages, as many as could be read before a fault."""
    found: list[Line] = []
    try:
        laid_out = extract_pages(
            io.BytesIO(content), maxpages=pages, laparams=LAParams(boxes_flow=None)
        )
        for number, page in enumerate(laid_out, start=1):
            found += _lines_of_page(page, number)
    except Exception:  # pdfminer meets damage with errors of many types
        return tuple(found)
    return tuple(found)


def _lines_of_page(page: LTPage, number: int) -> Iterator[Line]:
    for one in in_reading_order(_pieces(page), page.width):
        if text := " ".join(tidy(one.text).split()):
            yield Line(text, number, round(one.size, 1), round(one.top, 1), bold=one.bold)


def _pieces(page: LTPage) -> Iterator[Placed]:
    for box in page:
        for line in box if isinstance(box, LTTextContainer) else ():
            if isinstance(line, LTTextLine) and (text := line.get_text().strip()):
                letters = [one for one in line if isinstance(one, LTChar)]
                yield Placed(
                    text,
                    line.x0,
                    line.x1,
                    page.height - line.y1,
                    page.height - line.y0,
                    max((one.size for one in letters), default=0.0),
                    bool(letters) and "bold" in letters[0].fontname.lower(),
                )
