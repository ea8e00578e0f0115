"""Lays a PDF open: pdfminer.six for the lines of the first pages, PDFium for the whole text.

Each is the other's second opinion where one finds nothing.  Runs in the reading process alone.
"""

import io
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTPage, LTTextContainer, LTTextLine

from secretariat.domain.papers import Layout, Line, ReadingStatus

FRONT_PAGES: Final = 3
MOST_PAGES: Final = 2_000
MOST_CHARACTERS: Final = 5_000_000
FEWEST_LETTERS: Final = 25
END_OF_LINE_HYPHEN: Final = ("\x02\r\n", "\x02\n", "\x02", "\ufffe", "\xad")
LIGATURES: Final = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
LOCKED: Final = "locked with a password: ask for an unlocked copy"
OPEN_PDF: Final[Any] = pypdfium2.PdfDocument  # untyped in its library
DAMAGED: Final = "the file is damaged: ask for another copy"
NO_TEXT: Final = "no text: a person must read it"


def lay_open(content: bytes, *, whole: bool = True) -> Layout:
    """Return the PDF's layout, of whatever status; raises for nothing but lack of memory.

    whole: False reads the front pages alone, unless they have no text
    """
    try:
        document = OPEN_PDF(content)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            return Layout(0, (), "", (LOCKED,), ReadingStatus.LOCKED)
        return _second_opinion(content)
    pages = len(document)
    if pages > MOST_PAGES:
        why = f"it has {pages:,} pages, more than {MOST_PAGES:,}: a person must look at it"
        return Layout(pages, (), "", (why,), ReadingStatus.TOO_LARGE)
    lines = _lines(content)
    if not whole and _letters(_joined(lines)) >= FEWEST_LETTERS:
        return Layout(pages, lines, "")
    texts, warnings = _texts(document)
    lines = lines or _plain_lines(texts)
    text = "\n\f".join(texts) if _letters("".join(texts)) >= FEWEST_LETTERS else _joined(lines)
    if _letters(text) < FEWEST_LETTERS:
        return Layout(pages, (), "", (NO_TEXT,), ReadingStatus.NO_TEXT)
    silent = sum(_letters(page) < FEWEST_LETTERS for page in texts)
    if silent * 2 > pages:
        warnings.append(f"{silent} of {pages} pages have no text: a person must read them")
    return Layout(pages, lines, text, tuple(warnings))


def _second_opinion(content: bytes) -> Layout:
    lines = _lines(content)
    if _letters(_joined(lines)) < FEWEST_LETTERS:
        return Layout(0, (), "", (DAMAGED,), ReadingStatus.DAMAGED)
    why = "the file is damaged: only its first pages could be read"
    return Layout(0, lines, _joined(lines), (why,))


def _texts(document: pypdfium2.PdfDocument) -> tuple[list[str], list[str]]:
    texts: list[str] = []
    room, broken = MOST_CHARACTERS, 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = _tidy(page.get_textpage().get_text_range())[:room]
            page.close()
        except pypdfium2.PdfiumError:
            text, broken = "", broken + 1
        texts.append(text)
        room -= len(text)
        if room <= 0:
            return texts, ["the text is longer than 5 million characters: the rest was left out"]
    return texts, [f"{broken} pages could not be read"] if broken else []


def _lines(content: bytes) -> tuple[Line, ...]:
    found: list[Line] = []
    try:
        pages = extract_pages(
            io.BytesIO(content), maxpages=FRONT_PAGES, laparams=LAParams(boxes_flow=None)
        )
        for number, page in enumerate(pages, start=1):
            lines = sorted(_lines_of(page, number), key=lambda placed: placed[0])
            found.extend(line for _, line in lines)
    except Exception:  # pdfminer meets damage with errors of many types
        return tuple(found)
    return tuple(found)


def _lines_of(page: LTPage, number: int) -> Iterator[tuple[tuple[int, float], Line]]:
    for box in page:
        if not isinstance(box, LTTextContainer):
            continue
        for line in box:
            text = _tidy(line.get_text()).strip() if isinstance(line, LTTextLine) else ""
            if text:
                letters = [one for one in line if isinstance(one, LTChar)]
                size = max((one.size for one in letters), default=0.0)
                bold = bool(letters) and "bold" in letters[0].fontname.lower()
                y = page.height - line.y1
                yield (
                    (round(y / 3), line.x0),
                    Line(text, page=number, size=round(size, 1), y=round(y, 1), bold=bold),
                )


def _plain_lines(texts: list[str]) -> tuple[Line, ...]:
    return tuple(
        Line(line.strip(), page=number, y=float(place))
        for number, text in enumerate(texts[:FRONT_PAGES], start=1)
        for place, line in enumerate(text.splitlines())
        if line.strip()
    )


def _tidy(text: str) -> str:
    for mark in END_OF_LINE_HYPHEN:
        text = text.replace(mark, "")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").translate(LIGATURES)


def _joined(lines: tuple[Line, ...]) -> str:
    return "\n".join(line.text for line in lines)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
