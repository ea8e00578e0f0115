"""Invented papers made when the tests run: covers of every family, PDF, Word, OpenDocument."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from secretariat.domain.papers import Facts, Line, PaperKind

OVERVIEW = PaperKind.OVERVIEW_REPORT
SUMMARY = PaperKind.EXECUTIVE_SUMMARY
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


@dataclass(frozen=True, slots=True)
class A_Cover:  # noqa: N801 reads as "a cover" in the table below
    """An invented cover: its pages, "/" between lines, and what a careful person reads off it."""

    title: str
    pages: str | tuple[str, ...]
    facts: Facts
    kind: PaperKind = OVERVIEW
    name: str = "paper.pdf"
    warned: str = ""

    def lines(self) -> tuple[Line, ...]:
        """Return the cover as a reader would hand it over; pages are told apart."""
        pages = (self.pages,) if isinstance(self.pages, str) else self.pages
        return tuple(
            Line(row.strip(), page=number, y=60.0 + 24 * place)
            for number, page in enumerate(pages, start=1)
            for place, row in enumerate(page.split(" / "))
        )


def said(**facts: Any) -> Facts:
    """Return the facts stated; what is left out is not stated."""
    return Facts(**facts)


def lines_of(*rows: str) -> tuple[Line, ...]:
    """Return the rows as lines of one page."""
    return tuple(Line(row, y=60.0 + 24 * place) for place, row in enumerate(rows))


def a_pdf(*pages: Sequence[str], size: int = 12, password: str | None = None) -> bytes:
    """Return a PDF with a page for each sequence of lines."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, encrypt=password, invariant=1)
    for rows in pages:
        canvas.setFont("Helvetica", size)
        for place, row in enumerate(rows):
            canvas.drawString(72, 780 - 1.6 * size * place, row)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def a_picture_pdf(pages: int = 2) -> bytes:
    """Return a PDF with drawings and no text, as a scanner makes."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1)
    for _ in range(pages):
        canvas.rect(50, 50, 400, 700, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def a_zip(members: dict[str, bytes | str]) -> bytes:
    """Return a zip of the members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in members.items():
            container.writestr(name, content)
    return made.getvalue()


def paragraph(text: str, *, style: str = "", extra: str = "") -> str:
    """Return a Word paragraph; `extra` is XML put after its words."""
    looks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{looks}<w:r><w:t xml:space="preserve">{text}</w:t></w:r>{extra}</w:p>'


def a_docx(
    *paragraphs: str, strict: bool = False, parts: dict[str, bytes | str] | None = None
) -> bytes:
    """Return a Word file whose body is the paragraphs' XML; plain text is wrapped for you."""
    body = "".join(one if one.startswith("<") else paragraph(one) for one in paragraphs)
    space = STRICT if strict else W
    kind = "http://purl.oclc.org/ooxml" if strict else "http://schemas.openxmlformats.org"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    document = (
        f'<w:document xmlns:w="{space}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<w:body>{body}</w:body></w:document>"
    )
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": rels,
        "word/document.xml": document,
    }
    return a_zip(members | (parts or {}))


ODF: Final = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)


def an_odt(*rows: str, styles: str = "", own: str = "") -> bytes:
    """Return an OpenDocument text; a row that is no whole element is a paragraph.

    styles: the automatic styles of its content; own: the named styles of its styles.xml
    """
    body = "".join(
        row
        if row.startswith(("<text:p ", "<text:h ", "<table:table"))
        else f"<text:p>{row}</text:p>"
        for row in rows
    )
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    named = (
        f"<office:document-styles {ODF}><office:styles>{own}</office:styles>"
        "</office:document-styles>"
    )
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return a_zip(members | ({"styles.xml": named} if own else {}))


def a_photograph(wide: int, high: int) -> bytes:
    """Return a grainy JPEG of so many dots, as a telephone takes a page."""
    made = io.BytesIO()
    Image.effect_noise((wide, high), 60).save(made, "JPEG", quality=80)
    return made.getvalue()
