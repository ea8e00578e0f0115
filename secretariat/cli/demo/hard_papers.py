"""Papers and mails of the kinds that break other systems, made as councils' programs make them.

All are invented: each paper says so on every page, or in its first line.
"""

import base64
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP
from functools import cache
from io import BytesIO
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from secretariat.cli.demo.papers import DOCX_TYPE, PDF_TYPE, STAMP, Case, Sheet, cover, summary
from secretariat.cli.demo.words import SECTIONS, section

Wrap = Callable[[bytes], bytes]

LEFT: Final = 72
TNEF: Final = 0x223E9F78
ATTACHMENT: Final = 2
BEGINS: Final = 0x00069002
TITLE: Final = 0x00018010
CONTENT: Final = 0x0006800F
INSERTED: Final = (
    '<w:ins w:id="901" w:author="An Invented Reviewer" w:date="2026-01-01T09:00:00Z">'
    "<w:r><w:t>This sentence was added with changes tracked.</w:t></w:r></w:ins></w:p>"
)


def locked(case: Case, password: str) -> Sheet:
    """Return an overview report that opens with the password alone."""
    lock = StandardEncryption(password, ownerPassword=f"{password}/owner", strength=128)
    rows = [cover(case, "Overview Report"), *_pages(case)]
    return Sheet(f"{case.pseudonym} Overview Report.pdf", PDF_TYPE, _drawn(rows, encrypt=lock))


def blacked_out(case: Case) -> Sheet:
    """Return an overview report with a name under a black box, where it can still be read."""
    rows = [cover(case, "Overview Report"), *_pages(case)]
    return Sheet(f"{case.pseudonym} Overview Report.pdf", PDF_TYPE, _drawn(rows, covered=2))


def contradictory(case: Case, *, died: str, version: str) -> Sheet:
    """Return an overview report whose cover gives a date that no calendar has."""
    lines = [line.replace(case.died, died) for line in cover(case, "Overview Report")]
    lines = [line.replace(case.version, version) for line in lines]
    name = f"{case.pseudonym} Overview Report.pdf"
    return Sheet(name, PDF_TYPE, _drawn([lines, *_pages(case)]))


def with_changes_tracked(case: Case) -> Sheet:
    """Return an executive summary in Word in which an insertion was never accepted."""
    made, plain = BytesIO(), summary(case)
    with zipfile.ZipFile(BytesIO(plain.body)) as before, zipfile.ZipFile(made, "w") as after:
        for part in before.infolist():
            body = before.read(part)
            if part.filename == "word/document.xml":
                head, end, tail = body.decode().rpartition("</w:p>")
                body = f"{head}{INSERTED}{tail}".encode() if end else body
            after.writestr(part, body, compress_type=zipfile.ZIP_DEFLATED)
    return Sheet(plain.name, DOCX_TYPE, made.getvalue())


def in_rich_text(case: Case) -> Sheet:
    """Return an overview report in RTF."""
    lines = (STAMP, *cover(case, "Overview Report"), *_prose(case))
    body = "".join(f"{_rich(line)}\\par\n" for line in lines)
    rtf = f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\\f0\\fs24\n{body}}}"
    return Sheet(f"{case.pseudonym} Overview Report.rtf", "application/rtf", rtf.encode("ascii"))


def wrapped_by_outlook(*sheets: Sheet) -> Sheet:
    """Return the winmail.dat into which Outlook puts the files of a mail in its own format."""
    made = struct.pack("<IH", TNEF, 1)
    for sheet in sheets:
        made += _told(BEGINS, bytes(14))
        made += _told(TITLE, sheet.name.encode("cp1252", "replace") + b"\0")
        made += _told(CONTENT, sheet.body)
    return Sheet("winmail.dat", "application/ms-tnef", made)


def forwarded(mail: bytes) -> bytes:
    """Return a mail as it is passed on by a program that encodes the whole of it in base64."""
    held = message_from_bytes(mail, policy=SMTP)
    encoded = base64.encodebytes(mail).replace(b"\n", b"\r\n")
    head = (
        f"From: {held['From']}\r\nTo: {held['To']}\r\nDate: {held['Date']}\r\n"
        f"Authentication-Results: {held['Authentication-Results']}\r\n"
        "Subject: FW: Domestic Homicide Review for quality assurance\r\n"
        f"Message-ID: {str(held['Message-ID']).replace('<', '<passed-on.')}\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="=_passed"\r\n\r\n'
        "--=_passed\r\nContent-Type: text/plain\r\n\r\nPlease see below.\r\n"
        "--=_passed\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + encoded + b"\r\n--=_passed--\r\n"


def signed_as_one_piece(mail: bytes) -> bytes:
    """Return a mail whose words and papers lie inside one signed block (S/MIME, opaque)."""
    held = message_from_bytes(mail, policy=SMTP)
    inner: list[str] = []
    outer: list[str] = []
    for name, value in held.raw_items():
        kept = inner if name.lower().startswith(("content-", "mime-")) else outer
        kept.append(f"{name}: {value}")
    body = mail.partition(b"\r\n\r\n")[2]
    entity = "\r\n".join(inner).encode() + b"\r\n\r\n" + body
    block = base64.encodebytes(_signed(entity)).replace(b"\n", b"\r\n")
    marks = [
        "MIME-Version: 1.0",
        'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
        "Content-Transfer-Encoding: base64",
        'Content-Disposition: attachment; filename="smime.p7m"',
    ]
    return "\r\n".join((*outer, *marks)).encode() + b"\r\n\r\n" + block


def _signed(entity: bytes) -> bytes:
    key, certificate = _identity()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(entity)
    signer = builder.add_signer(certificate, key, hashes.SHA256())
    return signer.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])


@cache
def _identity() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An Invented Officer")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
    return key, made.not_valid_after(datetime(2027, 1, 1, tzinfo=UTC)).sign(key, hashes.SHA256())


def _told(attribute: int, body: bytes) -> bytes:
    head = struct.pack("<BII", ATTACHMENT, attribute, len(body))
    return head + body + struct.pack("<H", sum(body) & 0xFFFF)


def _rich(text: str) -> str:
    kept = text.replace("\\", r"\\").replace("{", r"\{").replace("}", r"\}")
    return "".join(one if one.isascii() else f"\\u{ord(one)}?" for one in kept)


def _prose(case: Case) -> tuple[str, ...]:
    return tuple(text for title in SECTIONS for text in (title, *section(case.pseudonym, title)))


def _pages(case: Case) -> list[tuple[str, ...]]:
    """Return the pages after the cover, each as lines that fit its width."""
    lines = [line for text in _prose(case) for line in _folded(text)]
    return [tuple(lines[place : place + 40]) for place in range(0, len(lines), 40)]


def _folded(text: str, width: int = 84) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _drawn(pages: Sequence[Sequence[str]], *, covered: int = 0, encrypt: Any = None) -> bytes:
    """Return a PDF; covered: the page (from 1) on which a black box lies over a line."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1, encrypt=encrypt)
    for number, rows in enumerate(pages, start=1):
        size = 16 if number == 1 else 10
        canvas.setFont("Helvetica", size)
        for place, row in enumerate(rows):
            canvas.drawString(LEFT, 760 - place * size * 1.7, row)
        if number == covered:
            canvas.drawString(LEFT, 90, "Her sister, Imogen Invented-Name, told the panel this.")
            canvas.setFillColor(black)
            canvas.rect(LEFT - 2, 86, 300, 14, stroke=0, fill=1)
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawCentredString(A4[0] / 2, 30, STAMP)
        canvas.showPage()
    canvas.save()
    return made.getvalue()
