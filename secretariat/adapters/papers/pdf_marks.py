"""What a PDF says beside its words: comments, links, files pinned to pages, whose name it bears.

Runs in the reading process alone.
"""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2
import pypdfium2.raw

from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.page_numbers import named

PDFIUM: Final[Any] = pypdfium2.raw  # untyped in its library
MOST_PAGES: Final = 2_000
MOST_MARKS_A_PAGE: Final = 2_000
ADDRESS_BYTES: Final = 16
COMMENTS: Final = frozenset(
    getattr(PDFIUM, f"FPDF_ANNOT_{kind}")
    for kind in (
        *("TEXT", "FREETEXT", "HIGHLIGHT", "UNDERLINE", "SQUIGGLY", "STRIKEOUT", "CARET", "INK"),
        *("STAMP", "SOUND", "MOVIE"),
    )
)
PINNED: Final = PDFIUM.FPDF_ANNOT_FILEATTACHMENT
LINK: Final = PDFIUM.FPDF_ANNOT_LINK
CREATOR: Final = re.compile(
    rb"<dc:creator>\s*(?:<rdf:Seq>|<rdf:Bag>)?\s*(?:<rdf:li[^>]*>)?\s*([^<]{1,200})", re.S
)
PLACEHOLDERS: Final = """
    admin administrator anonymous author default microsoft office owner unknown unspecified user
    windows word
"""
NOBODY: Final = frozenset(PLACEHOLDERS.split())


@dataclass(slots=True)
class Marks:
    """How many of each lie on which pages."""

    comments: dict[int, int] = field(default_factory=dict)
    pinned: dict[int, int] = field(default_factory=dict)
    links: dict[int, int] = field(default_factory=dict)


def flags_of(document: Any, content: bytes) -> Iterator[Flag]:
    """Go through what is said of comments, links, pinned files and the author in the properties."""
    marks = Marks()
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = document[number]
            _count(page, number + 1, marks)
            page.close()
        except pypdfium2.PdfiumError:
            continue
    for kind, found, says in (
        (FlagKind.COMMENTS, marks.comments, "comments or marks by a reader"),
        (FlagKind.EMBEDDED_OBJECTS, marks.pinned, "other files pinned to the page"),
        (FlagKind.EXTERNAL_LINKS, marks.links, "links to other sites"),
    ):
        if found:
            pages, count = tuple(found), sum(found.values())
            holds = "hold" if len(pages) > 1 else "holds"
            yield Flag(kind, f"{named(pages)} {holds} {says}: {count} in all", count, pages[:10])
    if names_somebody(document, content):
        says = "its properties bear an author's name: look before it is published"
        yield Flag(FlagKind.AUTHOR_IN_PROPERTIES, says)


def names_somebody(document: Any, content: bytes) -> bool:
    """Say whether the properties, old or new (XMP), bear more than a program's placeholder."""
    said = [str(document.get_metadata_dict(skip_empty=True).get("Author", ""))]
    said += [each.decode("utf-8", errors="replace") for each in CREATOR.findall(content)]
    return any(set(re.findall(r"[^\W\d_]+", each.casefold())) - NOBODY for each in said)


def _count(page: Any, number: int, marks: Marks) -> None:
    for place in range(min(PDFIUM.FPDFPage_GetAnnotCount(page), MOST_MARKS_A_PAGE)):
        mark = PDFIUM.FPDFPage_GetAnnot(page, place)
        kind = PDFIUM.FPDFAnnot_GetSubtype(mark)
        if kind in COMMENTS:
            marks.comments[number] = marks.comments.get(number, 0) + 1
        elif kind == PINNED:
            marks.pinned[number] = marks.pinned.get(number, 0) + 1
        elif kind == LINK and _leads_outside(page, mark):
            marks.links[number] = marks.links.get(number, 0) + 1
        PDFIUM.FPDFPage_CloseAnnot(mark)


def _leads_outside(page: Any, mark: Any) -> bool:
    action = PDFIUM.FPDFLink_GetAction(PDFIUM.FPDFAnnot_GetLink(mark))
    if not action or PDFIUM.FPDFAction_GetType(action) != PDFIUM.PDFACTION_URI:
        return False
    length = PDFIUM.FPDFAction_GetURIPath(page.pdf, action, None, 0)
    address = ctypes.create_string_buffer(max(length, ADDRESS_BYTES))
    PDFIUM.FPDFAction_GetURIPath(page.pdf, action, address, length)
    return address.value.lower().startswith((b"http://", b"https://", b"ftp://", b"www."))
