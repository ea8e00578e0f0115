"""Pages that were photographed or scanned as pictures: how many, and each drawn for a look or OCR.

Runs in the reading process alone.
"""

import io
import warnings
from typing import Final

from PIL import Image

from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.papers import Layout, ReadingStatus

FORMATS: Final = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
MARKS: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
APPLE: Final = (b"heic", b"heix", b"mif1", b"msf1", b"heif", b"avif")
SHORT_SIDE: Final = 600
LONG_SIDE: Final = 800
MOST_PIXELS: Final = 80_000_000
MOST_PAGES: Final = 300
NO_TEXT: Final = "no text: a person must read it"
SMALL: Final = "this is a picture too small for a page: ask for the paper as PDF or Word .docx"
UNREAD: Final = "a photograph of a kind that is not read (HEIC): ask for it as PDF or Word .docx"
HUGE: Final = "this is a picture of more points than is safe to open: ask for a smaller one"
DAMAGED: Final = "the picture is damaged: ask for another copy"


def is_image(content: bytes) -> bool:
    """Say whether these are the bytes of a picture."""
    if content.startswith(MARKS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return True
    bitmap = content[:2] == b"BM" and content[6:10] == bytes(4)
    return bitmap or is_apple(content)


def is_apple(content: bytes) -> bool:
    """Say whether this is a photograph as telephones make them, which Pillow does not open."""
    return content[4:8] == b"ftyp" and content[8:12] in APPLE


def lay_open(content: bytes) -> Layout:
    """Return a picture of at least a page's size as pages without text, of whatever status."""
    if is_apple(content):
        return Layout(0, (), "", (UNREAD,), ReadingStatus.UNSUPPORTED)
    try:
        picture = _opened(content)
        width, height = picture.size
        if width * height > MOST_PIXELS:
            return Layout(0, (), "", (HUGE,), ReadingStatus.TOO_LARGE)
        if min(width, height) < SHORT_SIDE or max(width, height) < LONG_SIDE:
            return Layout(0, (), "", (SMALL,), ReadingStatus.UNSUPPORTED)
        pages = _pages(picture)
    except Image.DecompressionBombError:
        return Layout(0, (), "", (HUGE,), ReadingStatus.TOO_LARGE)
    except Exception:  # Pillow meets damage with errors of many types
        return Layout(0, (), "", (DAMAGED,), ReadingStatus.DAMAGED)
    flag = Flag(FlagKind.SCANNED, "its pages are pictures", pages)
    return Layout(pages, (), "", (NO_TEXT,), ReadingStatus.NO_TEXT, (flag,))


def drawn(content: bytes, page: int, *, most: int, gray: bool) -> bytes:
    """Return one page (from 1) as a PNG, its longer side at most `most`; b"" where it cannot be."""
    try:
        picture = _opened(content)
        if not 1 <= page <= _pages(picture):
            return b""
        picture.seek(page - 1)
        if picture.size[0] * picture.size[1] > MOST_PIXELS:
            return b""
        picture.draft("L" if gray else "RGB", (most, most))
        plain = picture.convert("L" if gray else "RGB")
        plain.thumbnail((most, most))
        made = io.BytesIO()
        plain.save(made, "PNG", compress_level=1)
    except Exception:  # Pillow meets damage with errors of many types
        return b""
    return made.getvalue()


def _opened(content: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(io.BytesIO(content), formats=FORMATS)


def _pages(picture: Image.Image) -> int:
    """Count the pages of a TIFF; other pictures that move are one page."""
    if picture.format != "TIFF":
        return 1
    count = 1
    try:
        while count < MOST_PAGES:
            picture.seek(count)
            count += 1
    except EOFError:
        pass
    picture.seek(0)
    return count
