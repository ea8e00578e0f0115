"""Invented PDFs that are hard to read or hide something, made when the tests run."""

import io
import zlib
from collections.abc import Sequence

import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

UNSEEN = 3
"""The text render mode that draws nothing, as OCR programs use it."""
PROSE = "the panel met on the day after and agreed what the agencies had learned"
TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
    b"1 begincodespacerange <00> <ff> endcodespacerange "
    b"1 beginbfrange <20> <7e> <e020> endbfrange endcmap end end"
)


def a_canvas() -> tuple[Canvas, io.BytesIO]:
    """Return a canvas of A4 pages and where its PDF comes out when it is saved."""
    made = io.BytesIO()
    return Canvas(made, pagesize=A4, invariant=1), made


def prose(number: int) -> list[str]:
    """Return lines of an ordinary page, which all pages tell apart by their number."""
    return [f"{number}.{line} {PROSE}" for line in range(20)]


def draw_rows(canvas: Canvas, rows: Sequence[str], *, left: float = 72, size: float = 11) -> None:
    """Draw the rows one below the other from the top of the page."""
    canvas.setFont("Helvetica", size)
    for place, row in enumerate(rows):
        canvas.drawString(left, 760 - 1.4 * size * place, row)


def a_picture(tone: int = 235, size: tuple[int, int] = (200, 280)) -> ImageReader:
    """Return a picture of one tone of grey."""
    return ImageReader(Image.new("L", size, tone))


def a_scan(pages: Sequence[Sequence[str] | None], *, unseen: Sequence[str] = ()) -> bytes:
    """Return a PDF whose pages are prose, or for None a picture over all of the page.

    unseen: what a machine recognised on the pictures, drawn so that nobody sees it
    """
    canvas, made = a_canvas()
    for rows in pages:
        if rows is None:
            canvas.drawImage(a_picture(), 0, 0, *A4)
            text = canvas.beginText(72, 700)
            text.setTextRenderMode(UNSEEN)
            for row in unseen:
                text.textLine(row)
            canvas.drawText(text)
        else:
            draw_rows(canvas, rows)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def raw_pdf(
    drawn: bytes = b"",
    *,
    catalog: str = "",
    page: str = "",
    font: str = "",
    box: str = "0 0 595 842",
    others: Sequence[bytes] = (),
) -> bytes:
    """Return a PDF of one page written out by hand, with the font F1; `others` start at 6."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R"
            f"/Resources<</Font<</F1 5 0 R>>>> {page}>>"
        ).encode(),
        a_stream(drawn),
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica {font}>>".encode(),
        *others,
    ]
    made = b"%PDF-1.7\n"
    starts = []
    for number, each in enumerate(objects, start=1):
        starts.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % start for start in starts)
    made += b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return made + b"startxref\n%d\n%%%%EOF" % table


def a_stream(content: bytes, extra: str = "") -> bytes:
    """Return a packed stream object."""
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode %b>>stream\n%b\nendstream" % (
        len(packed),
        extra.encode(),
        packed,
    )


def rows_drawn(rows: Sequence[str], *, size: int = 12) -> bytes:
    """Return what draws the rows on a page written out by hand."""
    lines = [f"1 0 0 1 72 {780 - 18 * at} Tm ({row}) Tj" for at, row in enumerate(rows)]
    return f"BT /F1 {size} Tf {' '.join(lines)} ET".encode()


def a_garbled_pdf() -> bytes:
    """Return a PDF that shows words and whose code table says that they are no characters."""
    return raw_pdf(rows_drawn(prose(1)), font="/ToUnicode 6 0 R", others=[a_stream(TO_UNICODE)])


def with_attachments(pdf: bytes, *names: str) -> bytes:
    """Return the PDF with files attached inside it."""
    document = pypdfium2.PdfDocument(pdf)
    for name in names:
        document.new_attachment(name).set_data(b"what the file holds")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
