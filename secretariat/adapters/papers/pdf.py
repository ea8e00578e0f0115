"""Lays a PDF open: its first pages as lines, its whole text, and what bars either.

PDFium reads; pdfminer.six is the second opinion on the first pages where PDFium finds no text, or
text that cannot be right.  Runs in the reading process alone.
"""

from typing import Any, Final

import pypdfium2

from secretariat.adapters.papers import pdf_lines, pdf_second, pdf_shell
from secretariat.adapters.papers.pdf_pages import PageKind, Pages, read_page, read_pages
from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.legible import is_fused, is_garbled, is_silent, letters
from secretariat.domain.page_numbers import named
from secretariat.domain.papers import Layout, Line, ReadingStatus

FRONT_PAGES: Final = 3
MOST_PAGES: Final = 2_000
MOST_TO_READ_AGAIN: Final = 20_000
"""Characters on the front pages beyond which pdfminer.six could take too long to be asked."""
LOCKED: Final = "locked with a password: ask for an unlocked copy"
OPEN_PDF: Final[Any] = pypdfium2.PdfDocument  # untyped in its library
DAMAGED: Final = "the file is damaged: ask for another copy"
FRONT_ONLY: Final = "the file is damaged: only its first pages could be read"
NO_TEXT: Final = "no text: a person must read it"
CUT: Final = "the text is longer than 5 million characters: the rest was left out"
RECOGNISED: Final = "its words were recognised from a scan by a machine and may be wrong"


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
    flags = pdf_shell.flags_of(document, content)
    if why := pdf_shell.only_a_shell(document, content):
        return Layout(pages, (), "", (why,), ReadingStatus.UNSUPPORTED, flags)
    lines = _front(document, content)
    if not whole and not is_silent(_joined(lines)):
        return Layout(pages, lines, "", flags=flags)
    return _whole(document, lines, flags) if whole else _without_front(document, flags)


def _front(document: Any, content: bytes) -> tuple[Line, ...]:
    """Return the lines of the front pages, of each by whoever reads it better; none garbled."""
    first = _by_page(pdf_lines.lines_of(document, FRONT_PAGES))
    texts = list(map(_joined, first))
    silent = is_silent("".join(texts))
    if not silent and sum(map(len, texts)) > MOST_TO_READ_AGAIN:
        return _sound(first)
    if not silent and not any(is_garbled(text) or is_fused(text) for text in texts):
        return _sound(first)
    second = _by_page(pdf_second.lines_of(content, FRONT_PAGES))
    return _sound([max(both, key=_worth) for both in zip(first, second, strict=True)])


def _by_page(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    return [
        tuple(line for line in lines if line.page == number) for number in range(1, FRONT_PAGES + 1)
    ]


def _sound(pages: list[tuple[Line, ...]]) -> tuple[Line, ...]:
    return tuple(line for page in pages if not is_garbled(_joined(page)) for line in page)


def _worth(lines: tuple[Line, ...]) -> float:
    """Return how far a page's lines are to be believed: letters with spaces between the words."""
    text = _joined(lines)
    if is_garbled(text):
        return 0.0
    return letters(text) * (0.5 if is_fused(text) else 1.0)


def _whole(document: Any, lines: tuple[Line, ...], flags: tuple[Flag, ...]) -> Layout:
    pages = len(document)
    found = read_pages(document)
    flags = (*flags, *_scanned(found))
    text = "\n\f".join(found.texts)
    warnings = _warnings(found, pages)
    if is_silent(text):
        if is_silent(_joined(lines)):
            return Layout(pages, (), "", (*warnings, NO_TEXT), ReadingStatus.NO_TEXT, flags)
        return Layout(pages, lines, _joined(lines), (FRONT_ONLY, *warnings), flags=flags)
    return Layout(pages, lines or _plain_lines(found.texts), text, tuple(warnings), flags=flags)


def _without_front(document: Any, flags: tuple[Flag, ...]) -> Layout:
    """Return what is known of a paper whose front pages have no text, without reading it all."""
    pages = len(document)
    found = Pages()
    for number in range(pages):
        text, kind = read_page(document, number)
        found.texts.append(text)
        found.kinds.append(kind)
        if not is_silent(text):
            return Layout(pages, _plain_lines(found.texts), "", flags=(*flags, *_scanned(found)))
    warnings = (*_warnings(found, pages), NO_TEXT)
    return Layout(pages, (), "", warnings, ReadingStatus.NO_TEXT, (*flags, *_scanned(found)))


def _second_opinion(content: bytes) -> Layout:
    lines = _sound(_by_page(pdf_second.lines_of(content, FRONT_PAGES)))
    if is_silent(_joined(lines)):
        return Layout(0, (), "", (DAMAGED,), ReadingStatus.DAMAGED)
    return Layout(0, lines, _joined(lines), (FRONT_ONLY,))


def _scanned(found: Pages) -> tuple[Flag, ...]:
    scans = found.numbers(PageKind.SCANNED)
    if not scans:
        return ()
    says = f"{named(scans)} {'is a scan' if len(scans) == 1 else 'are scans'} without text"
    return (Flag(FlagKind.SCANNED, says, len(scans), scans[:10]),)


def _warnings(found: Pages, pages: int) -> list[str]:
    said = [CUT] if found.cut else []
    for kind, words in (
        (PageKind.SCANNED, ("is scanned", "are scanned")),
        (PageKind.GARBLED, ("has text of no meaning", "have text of no meaning")),
        (PageKind.BROKEN, ("could not be read", "could not be read")),
    ):
        if count := len(found.numbers(kind)):
            said.append(f"{count} of {_pages(pages)} {words[count > 1]}: {_must(count)}")
    empty = len(found.numbers(PageKind.BLANK, PageKind.DRAWN))
    if empty * 2 > pages:
        said.append(f"{empty} of {pages} pages have no text: a person must read them")
    if found.numbers(PageKind.RECOGNISED):
        said.append(RECOGNISED)
    return said


def _pages(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"


def _must(count: int) -> str:
    return f"a person must read {'it' if count == 1 else 'them'}"


def _plain_lines(texts: list[str]) -> tuple[Line, ...]:
    return tuple(
        Line(line.strip(), page=number, y=float(place))
        for number, text in enumerate(texts[:FRONT_PAGES], start=1)
        for place, line in enumerate(text.splitlines())
        if line.strip()
    )


def _joined(lines: tuple[Line, ...]) -> str:
    return "\n".join(line.text for line in lines)
