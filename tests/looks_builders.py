"""Invented PDFs that are hard to read or hide something, made when the tests run."""

import hashlib
import io
import zlib
from collections.abc import Sequence

import pypdfium2
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
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
    trailer: bytes = b"",
) -> bytes:
    """Return a PDF of one page written out by hand, with the font F1; `others` start at 6."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R"
            f"/Resources<</Font<</F1 5 0 R>>>> {page}>>"
        ).encode(),
        drawn if drawn.startswith(b"<<") else a_stream(drawn),
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
    made += b"trailer<</Size %d/Root 1 0 R%b>>\n" % (len(objects) + 1, trailer)
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


SECRET = "Josephine Bloggsworth"
HIDING = ("highlight", "white text", "box", "annotation", "picture", "redaction not applied")


def hiding(kind: str) -> bytes:
    """Return a PDF of prose with a name that is hidden in one of the ways of `HIDING`."""
    if kind in {"annotation", "redaction not applied"}:
        return _hidden_by_an_annotation(kind)
    canvas, made = a_canvas()
    draw_rows(canvas, prose(1))
    wide = canvas.stringWidth(SECRET, "Helvetica", 11)
    if kind == "highlight":
        canvas.rect(98, 297, wide + 4, 13, fill=1, stroke=0)
    canvas.setFillGray(1 if kind == "white text" else 0)
    canvas.drawString(100, 300, SECRET)
    canvas.setFillGray(0)
    if kind == "box":
        canvas.rect(98, 297, wide + 4, 13, fill=1, stroke=0)
    if kind == "picture":
        canvas.drawImage(a_picture(128), 98, 297, wide + 4, 13)
    draw_rows(canvas, ["and the page goes on below it"], left=72)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def _hidden_by_an_annotation(kind: str) -> bytes:
    drawn = b"BT /F1 11 Tf 1 0 0 1 100 300 Tm (%b) Tj ET" % SECRET.encode()
    place = "/Rect[98 295 240 313]/F 4"
    mark = f"<</Type/Annot/Subtype/Redact{place}/QuadPoints[98 313 240 313 98 295 240 295]>>"
    black = a_stream(b"0 g 0 0 142 18 re f", "/Type/XObject/Subtype/Form/BBox[0 0 142 18]")
    if kind == "annotation":
        mark = f"<</Type/Annot/Subtype/Square{place}/IC[0 0 0]/C[0 0 0]/AP<</N 7 0 R>>>>"
    return raw_pdf(
        rows_drawn(prose(1)) + drawn, page="/Annots[6 0 R]", others=[mark.encode(), black]
    )


def a_linked_pdf(*addresses: str) -> bytes:
    """Return a PDF of one page with a link to each address and one within the paper."""
    canvas, made = a_canvas()
    draw_rows(canvas, prose(1))
    for place, address in enumerate(addresses):
        canvas.linkURL(address, (72, 100 + 20 * place, 200, 112 + 20 * place))
    canvas.bookmarkPage("top")
    canvas.linkRect("", "top", (72, 60, 200, 72))
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def a_commented_pdf() -> bytes:
    """Return a PDF with two comments and the window that one of them opens."""
    marks = [
        b"<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(why is this here)/Popup 7 0 R>>",
        b"<</Type/Annot/Subtype/Popup/Rect[40 40 90 90]/Parent 6 0 R>>",
        b"<</Type/Annot/Subtype/Highlight/Rect[72 700 200 715]/QuadPoints[72 715 200 715 72 700 "
        b"200 700]>>",
    ]
    return raw_pdf(
        rows_drawn(prose(1)), page="/Annots[6 0 R 7 0 R 8 0 R]", others=[*marks[:2], marks[2]]
    )


def an_authored_pdf(author: str, *, xmp: str = "") -> bytes:
    """Return a PDF that bears an author in its properties, and one in its XMP."""
    canvas, made = a_canvas()
    canvas.setAuthor(author)
    draw_rows(canvas, prose(1))
    canvas.showPage()
    canvas.save()
    pdf = made.getvalue()
    packet = f"<dc:creator><rdf:Seq><rdf:li>{xmp}</rdf:li></rdf:Seq></dc:creator>".encode()
    return pdf + b"\n%" + packet if xmp else pdf


def _aes(key: bytes, start: bytes, plain: bytes) -> bytes:
    """Return the plain bytes, whole blocks of them, under AES in CBC mode."""
    locked = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    return locked.update(plain) + locked.finalize()


def _hash_of_pdf_2(password: bytes, salt: bytes) -> bytes:
    """Return the key of ISO 32000-2, algorithm 2.B, for a user's password."""
    key, turn = hashlib.sha256(password + salt).digest(), 0
    while True:
        locked = _aes(key[:16], key[16:32], (password + key) * 64)
        way = ("sha256", "sha384", "sha512")[sum(locked[:16]) % 3]
        key = hashlib.new(way, locked).digest()
        turn += 1
        if turn >= 64 and locked[-1] <= turn - 32:
            return key[:32]


def a_pdf_under_aes_256(rows: Sequence[str], password: str) -> bytes:
    """Return a PDF of one page locked as ISO 32000-2 says (revision 6), as Word and Acrobat do."""
    said, file_key, nothing = password.encode(), b"k" * 32, b"\0" * 16
    to_check, to_open = b"checksal", b"opensalt"
    user = _hash_of_pdf_2(said, to_check) + to_check + to_open
    user_key = _aes(_hash_of_pdf_2(said, to_open), nothing, file_key)
    rights = (-4).to_bytes(4, "little", signed=True) + b"\xff" * 4 + b"Tadb" + b"rand"
    perms = Cipher(algorithms.AES(file_key), modes.ECB()).encryptor().update(rights)
    drawn = rows_drawn(rows)
    pad = 16 - len(drawn) % 16
    content = b"i" * 16 + _aes(file_key, b"i" * 16, drawn + bytes([pad]) * pad)
    lock = (
        "<</Filter/Standard/V 5/R 6/Length 256/P -4/EncryptMetadata true/StmF/StdCF/StrF/StdCF"
        "/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>"
        f"/U<{user.hex()}>/UE<{user_key.hex()}>/O<{user.hex()}>/OE<{user_key.hex()}>"
        f"/Perms<{perms.hex()}>>>"
    )
    return raw_pdf(
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        others=[lock.encode()],
        trailer=b"/Encrypt 6 0 R/ID[<00><00>]",
    )
