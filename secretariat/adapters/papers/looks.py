"""What staff should look at in a paper, beside its words.  Runs in the reading process alone."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pypdfium2

from secretariat.adapters.papers import opening, pdf_marks, redaction
from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.front_page_cover import MARKING
from secretariat.domain.page_numbers import named
from secretariat.domain.papers import Layout
from secretariat.domain.personal import look_for_details

OPEN_PDF: Final[Any] = pypdfium2.PdfDocument  # untyped in its library
LARGE: Final = 20 * 2**20
EDGE_LINES: Final = 3
LONGEST_MARKING_LINE: Final = 80
PAGE_BREAK: Final = "\f"


def look(content: bytes, name: str, names: Sequence[str]) -> tuple[Flag, ...]:
    """Return everything noticed in a paper; `names` are the pseudonyms that it may use.

    A file that cannot be read still has the flags of its size and kind.  One kind may be flagged
    more than once, each time with a sentence of its own.
    """
    found = list(_of_any_kind(content))
    layout = opening.lay_open(content)
    found += layout.flags
    is_pdf = _is_pdf(content)
    if is_pdf:
        found += _of_pdf(content)
    found += _of_text(layout, names, is_pdf=is_pdf)
    return tuple(dict.fromkeys(found))


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1_024]


def _of_any_kind(content: bytes) -> Iterator[Flag]:
    if len(content) > LARGE:
        yield Flag(FlagKind.LARGE, "it is larger than 20 MB, which is too large to publish")
    if not _is_pdf(content):
        yield Flag(FlagKind.NOT_PDF, "it is not a PDF: reports are published as PDF")


def _of_pdf(content: bytes) -> Iterator[Flag]:
    try:
        document = OPEN_PDF(content)
    except pypdfium2.PdfiumError:
        return
    yield from pdf_marks.flags_of(document, content)
    yield from redaction.flags_of(document)


def _of_text(layout: Layout, names: Sequence[str], *, is_pdf: bool) -> Iterator[Flag]:
    texts = layout.text.split(PAGE_BREAK)
    paged = is_pdf or len(texts) > 1
    if marking := _marking(texts, paged=paged):
        yield marking
    yield from look_for_details(texts, names, paged=paged)


def _marking(texts: Sequence[str], *, paged: bool) -> Flag | None:
    """Return what is said of a protective marking in the first and the last lines of pages."""
    marked = [
        number for number, text in enumerate(texts, start=1) if any(map(_marks, _edges(text)))
    ]
    if not marked:
        return None
    pages = tuple(marked) if paged else ()
    bears = "bear" if len(pages) > 1 else "bears"
    says = f"{named(pages)} {bears} a protective marking: it goes before the paper is published"
    return Flag(FlagKind.MARKING, says, len(marked), pages[:10])


def _edges(text: str) -> list[str]:
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    return rows if len(rows) <= 2 * EDGE_LINES else [*rows[:EDGE_LINES], *rows[-EDGE_LINES:]]


def _marks(row: str) -> bool:
    found = MARKING.search(row) if len(row) <= LONGEST_MARKING_LINE else None
    return found is not None and not found[1].startswith("NOT")
