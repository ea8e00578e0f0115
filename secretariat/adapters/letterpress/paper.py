"""A letter as the PDF that leaves: from a clean Word file alone, and looked over when it is made.

Everyone must be able to read it: tagged, with its language and title; and it names nobody who
typed it.  PDF/UA-1 itself is checked rule by rule in the tests, on every golden letter.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2

from secretariat.adapters.letterpress.check_file import faults_of_changes
from secretariat.adapters.letterpress.pdf import pdf_of
from secretariat.adapters.letterpress.wordml import TEXT_PARTS, parse_part, part_name
from secretariat.ports.letterpress import PressFailed

OPEN_PDF: Final[Any] = pypdfium2.PdfDocument  # untyped in its library
PDFIUM: Final[Any] = pypdfium2.raw
ACCESSIBLE: Final = (b"<pdfuaid:part>1</pdfuaid:part>", b'pdfuaid:part="1"')
COMMENTS: Final = "word/comments.xml"


def paper_of(docx: bytes, soffice: str) -> bytes:
    """Return the PDF of a letter; raise PressFailed with all that is wrong with either file."""
    if faults := tuple(faults_of_word(docx)):
        raise PressFailed(f"no PDF was made: {'; '.join(faults)}")
    made = pdf_of(docx, soffice)
    if faults := tuple(faults_of_pdf(made)):
        raise PressFailed(f"the PDF cannot go out: {'; '.join(faults)}")
    return made


def faults_of_word(docx: bytes) -> Iterator[str]:
    """Return why a Word file must not become a letter: LibreOffice prints what was struck out."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in package.namelist():
            if name == COMMENTS and len(parse_part(package, name)):
                yield "the Word file holds comments"
            elif TEXT_PARTS.fullmatch(name):
                for number, why in faults_of_changes(parse_part(package, name)):
                    yield f"{part_name(name)}, paragraph {number}: {why}"


def faults_of_pdf(content: bytes) -> Iterator[str]:
    """Return what keeps a PDF from everybody's eyes and ears, or tells of its author."""
    try:
        with OPEN_PDF(content) as document:
            told = document.get_metadata_dict()
            tagged = PDFIUM.FPDFCatalog_IsTagged(document)
            language = _language(document)
    except pypdfium2.PdfiumError:
        yield "it cannot be read"
        return
    if not tagged:
        yield "it is not tagged: a screen reader cannot follow it"
    if not any(mark in content for mark in ACCESSIBLE):
        yield "it does not say that it is accessible (PDF/UA-1)"
    if not language.startswith("en"):
        yield "it does not name English as its language"
    if not told.get("Title"):
        yield "it has no title"
    if told.get("Author"):
        yield "it names its author"


def _language(document: Any) -> str:
    size = PDFIUM.FPDFCatalog_GetLanguage(document, None, 0)
    held = (PDFIUM.FPDF_WCHAR * (size // 2 or 1))()
    PDFIUM.FPDFCatalog_GetLanguage(document, held, size)
    return bytes(held).decode("utf-16-le", "replace").rstrip("\0")
