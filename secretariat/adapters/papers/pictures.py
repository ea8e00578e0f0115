"""Pictures of a paper's pages, a PDF's drawn by PDFium.  Runs in the reading process alone."""

import io
from typing import Any, Final

import pypdfium2

from secretariat.adapters.papers import images

OPEN_PDF: Final[Any] = pypdfium2.PdfDocument  # untyped in its library
MOST_PIXELS: Final = 2_600
DOTS_FOR_OCR: Final = 200
DOTS_TO_LOOK_AT: Final = 110
POINTS_AN_INCH: Final = 72


def picture(content: bytes, page: int, *, dots: int = DOTS_TO_LOOK_AT) -> bytes:
    """Return one page (from 1) as a PNG, b"" where there is no such page or it cannot be drawn.

    Annotations and what was filled into forms are drawn as well, as a person would see them.
    dots: to an inch, fewer on a page so large that its longer side would have over 2,600
    """
    if images.is_image(content):
        return images.drawn(content, page, most=MOST_PIXELS, gray=dots == DOTS_FOR_OCR)
    try:
        document = OPEN_PDF(content)
        document.init_forms()
        if not 1 <= page <= len(document):
            return b""
        sheet = document[page - 1]
        longest = max(sheet.get_size()) or 1.0
        scale = min(dots / POINTS_AN_INCH, MOST_PIXELS / longest)
        drawn = sheet.render(scale=scale, grayscale=dots == DOTS_FOR_OCR)
    except pypdfium2.PdfiumError:
        return b""
    made = io.BytesIO()
    drawn.to_pil().save(made, "PNG", compress_level=1)
    return made.getvalue()
