"""What a PDF carries beside its pages: other files, programs, forms that only Adobe's show.

Runs in the reading process alone.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2.raw

from secretariat.adapters.papers.pdf_pages import read_page
from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.legible import is_silent

PDFIUM: Final[Any] = pypdfium2.raw  # untyped in its library
PROGRAM: Final = re.compile(rb"/(?:S\s*/JavaScript|JS\s*[(<\d]|S\s*/Launch)\b")
FILE: Final = re.compile(rb"/Type\s*/EmbeddedFile\b")
"""A file inside says so itself, wherever it hangs: in the list, on a page, beside a form."""
BEFORE: Final = "before the paper is passed on"
PLEASE_WAIT: Final = re.compile(r"please wait|adobe (?:acrobat|reader)|latest version of", re.I)
PORTFOLIO: Final = re.compile(r"pdf portfolio|portfolio in (?:adobe )?acrobat", re.I)
MOST_PAGES_OF_A_SHELL: Final = 2
ASK: Final = "ask for an ordinary PDF"


def flags_of(document: Any, content: bytes) -> tuple[Flag, ...]:
    """Return what is seen of files and programs in it without looking at its pages."""
    found: list[Flag] = []
    listed = PDFIUM.FPDFDoc_GetAttachmentCount(document)
    programs = max(0, PDFIUM.FPDFDoc_GetJavaScriptActionCount(document))
    kept, runs = 0, programs > 0
    for piece in _outside_streams(content):
        kept += len(FILE.findall(piece))
        runs = runs or PROGRAM.search(piece) is not None
    if files := max(0, listed, kept):
        what, them = ("1 file", "it") if files == 1 else (f"{files} files", "them")
        says = f"it holds {what} inside, which nobody has opened: look at {them} {BEFORE}"
        found.append(Flag(FlagKind.EMBEDDED_OBJECTS, says, files))
    if runs:
        says = "it holds a program that runs when it is opened: do not pass it on as it is"
        found.append(Flag(FlagKind.MACROS, says, max(1, programs)))
    return tuple(found)


def _outside_streams(content: bytes) -> Iterator[bytes]:
    """Go through what is not packed: in a stream any three letters stand by chance."""
    start = 0
    while (begins := content.find(b"stream", start)) >= 0:
        yield content[start:begins]
        ends = content.find(b"endstream", begins + 6)
        if ends < 0:
            return
        start = ends + 9
    yield content[start:]


def only_a_shell(document: Any, content: bytes) -> str:
    """Return why its pages are not the paper, a sentence; "" for an ordinary PDF."""
    pages = len(document)
    if pages > MOST_PAGES_OF_A_SHELL:
        return ""
    text = "\n".join(read_page(document, number)[0] for number in range(pages))
    if PDFIUM.FPDF_GetFormType(document) == PDFIUM.FORMTYPE_XFA_FULL and (
        is_silent(text) or PLEASE_WAIT.search(text)
    ):
        return f"it is a form that only Adobe Reader shows: {ASK}, or open it there"
    files = PDFIUM.FPDFDoc_GetAttachmentCount(document)
    if files > 0 and (b"/Collection" in content or PORTFOLIO.search(text)):
        what = "one file" if files == 1 else f"{files} files"
        return f"it is a portfolio of {what}: ask for the papers themselves, or open it in Adobe"
    return ""
