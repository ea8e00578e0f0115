"""Small sound files of every kind, which the fuzzing damages; all are invented."""

import io
import zipfile

from PIL import Image

from secretariat.adapters.mail.mime import MimeReading
from tests.mail_builders import a_raw
from tests.outlook_builders import a_message, a_winmail, an_msg, an_ole, enveloped, signed
from tests.papers_builders import a_docx, a_zip, an_odt, paragraph

CUTTING = MimeReading(lambda html: html, large=300)
WORDS = "Domestic Homicide Review: Overview Report into the death of Adult A"
SAID = {0x37: "Our review", 0x0C1A: "Jo Bloggs", 0x5D01: "jo@anyshire.gov.uk", 0x1000: WORDS}
FILE = {0x3707: "Report.pdf", 0x370E: "application/pdf", 0x3701: b"%PDF-1.4 " * 20}
RTF = (
    b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset238 Arial;}}{\\header Anyshire\\par}"
    b"{\\*\\annotation x}{\\v hidden}{\\shp{\\*\\shpinst{\\shptxt boxed\\par}}}\\f0 Domestic "
    b"Homicide Review\\par\\u8211? \\'e1\\page{\\pict{\\bin3 }}}}second\\par{\\info{\\author Pat}}}"
)


def stored(members: dict[str, str | bytes]) -> bytes:
    """Return a zip whose members are not compressed, so that damage reaches what is in them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as container:
        for name, content in members.items():
            container.writestr(name, content)
    return made.getvalue()


def loosened(packed: bytes) -> bytes:
    """Return a zip again without compression."""
    with zipfile.ZipFile(io.BytesIO(packed)) as container:
        return stored({name: container.read(name) for name in container.namelist()})


def mails() -> list[bytes]:
    """Return mails with files, one of them forwarded."""
    inner = a_raw({"Report.pdf": b"%PDF-1.4" * 200, "a.zip": a_zip({"x": "y"})}, html="<p>Hello")
    outer = b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: message/rfc822"
    begun = b"begin 644 x.pdf\r\n#0V%T\r\n`\r\nend\r\n"
    return [
        inner,
        outer + b"\r\n\r\n" + inner + b"\r\n--B--\r\n",
        b"From: a@b.example\r\nSubject: =?utf-8?b?R3fDqmw=?=\r\n\r\nHello\r\n" + begun,
    ]


def zips() -> list[bytes]:
    """Return zips, packed and stored, with a zip and a mail inside."""
    held = {"a.txt": "words", "b/c.docx": a_docx(WORDS), "d.zip": a_zip({"x": "y"})}
    return [a_zip(held), stored(held), a_zip({"m.eml": mails()[0]}), mails()[0]]


def word_files() -> list[bytes]:
    """Return Word files, packed and stored."""
    parts = {
        "word/header1.xml": f"<hdr>{paragraph('x').replace('w:', '')}</hdr>",
        "word/comments.xml": "<comments><comment/></comments>",
        "docProps/core.xml": "<p><creator>Pat</creator></p>",
        "docProps/app.xml": "<p><Pages>4</Pages></p>",
        "word/_rels/document.xml.rels": "<r><x TargetMode='External' Type='image'/></r>",
    }
    change = "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:ins><w:r><w:rPr><w:sz w:val='48'/>"
    change += "<w:vanish/></w:rPr><w:t>x</w:t></w:r></w:ins></w:p>"
    made = a_docx(WORDS, change, parts=parts)
    return [made, loosened(made), loosened(a_docx(WORDS, strict=True))]


def open_documents() -> list[bytes]:
    """Return OpenDocument texts, packed and stored."""
    made = an_odt(WORDS, 'x<text:s text:c="3"/>y<text:tab/><text:soft-page-break/>', "z")
    return [made, loosened(made)]


def sheets() -> list[bytes]:
    """Return a workbook and a presentation, stored."""
    kind = "<R><r Type='/officeDocument' Target='{}'/></R>"
    types = {"[Content_Types].xml": "<Types/>"}
    book = "<s><row><c t='s'><v>0</v></c><c t='inlineStr'><is><t>x</t></is></c></row></s>"
    return [
        stored(
            {
                **types,
                "_rels/.rels": kind.format("xl/workbook.xml"),
                "xl/workbook.xml": "<w/>",
                "xl/worksheets/sheet1.xml": book,
                "xl/sharedStrings.xml": "<sst><si><t>Action Plan</t></si></sst>",
            }
        ),
        stored(
            {
                **types,
                "_rels/.rels": kind.format("ppt/p.xml"),
                "ppt/p.xml": "<p/>",
                "ppt/slides/slide1.xml": "<s><p><r><t>Words</t></r></p></s>",
            }
        ),
    ]


def rich_texts() -> list[bytes]:
    """Return rich texts."""
    return [RTF, RTF.replace(b"\\ansicpg1252", b"\\mac"), b"{\\rtf1 " + b"word " * 50 + b"}"]


def old_files() -> list[bytes]:
    """Return OLE files: a Word file, a locked one, a workbook."""
    head = b"\xec\xa5" + bytes(5_000)
    return [
        an_ole({"WordDocument": head, "ObjectPool": {"_1": {"x": b"y"}}}),
        an_ole({"EncryptedPackage": b"x" * 50}),
        an_ole({"Workbook": b"x"}),
    ]


def images() -> list[bytes]:
    """Return pictures of a page's size, nearly empty."""
    found = []
    for kind in ("PNG", "JPEG", "TIFF", "GIF", "WEBP"):
        made = io.BytesIO()
        Image.new("1" if kind == "TIFF" else "L", (600, 800)).save(made, kind)
        found.append(made.getvalue())
    return found


def messages() -> list[bytes]:
    """Return saved Outlook messages, one in another."""
    inner = a_message(SAID, FILE, head=24)
    packed = (
        b"\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\0\x0a\0rcpg125B2\x0a\xf3 hel\x09\0 bw\x05"
    )
    return [
        an_msg(SAID, FILE),
        an_msg(SAID, {0x3001: "x", "message": inner}),
        an_msg({0x37: "x", 0x1009: packed + b"\xb0ld}\x0a\x80\x0f\xa0"}),
    ]


def winmails() -> list[bytes]:
    """Return winmail.dat files with and without words."""
    return [a_winmail(SAID, ("a.pdf", b"%PDF-1.4")), a_winmail({}, ("a.pdf", b"x"), body=WORDS)]


def sealed() -> list[bytes]:
    """Return signed and encrypted mails."""
    mail = a_raw(body="Hello")
    return [signed(mail), signed(mail, detached=True), signed(mail, as_text=True), enveloped(mail)]
