"""Opens a submitted file by what it is, whatever its name says; every fault becomes a status.

Runs in the reading process alone: everything here takes bytes from strangers.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Final

from inscriptis import get_text

from secretariat.adapters.papers import (
    docx,
    docx_notes,
    images,
    odt,
    odt_notes,
    pdf,
    rtf,
    rtf_notes,
    sheets,
    word_doc,
)
from secretariat.adapters.papers.office_xml import parsed
from secretariat.adapters.papers.zips import ENCRYPTED, open_container, part
from secretariat.domain import containers
from secretariat.domain.papers import (
    ContainerRefused,
    Layout,
    Line,
    NotesLine,
    ReadingStatus,
)

FRONT_LINES: Final = 120
MOST_CHARACTERS: Final = 5_000_000
LOCKED: Final = "locked with a password: ask for an unlocked copy"
NO_TEXT: Final = "no text: a person must read it"
SEND: Final = "ask for it as PDF or Word .docx"
ARCHIVE: Final = (
    "an archive of a kind that is not opened: ask for the papers one by one or in a zip"
)
ARCHIVES: Final = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b\x08", b"BZh")
HTML: Final = re.compile(
    rb"(?:\s++|<!--(?>.*?-->))*+(?:<!doctype html|<html|<head|<body)", re.I | re.S
)
XML: Final = (b"<?xml", b"\xef\xbb\xbf<?xml")
WORD_XML: Final = b"wordDocument"
TAG: Final = re.compile(r"<[^<>]*>")
UNSEEN: Final = ("script", "style", "head")
HEADING: Final = re.compile(r"(#{1,6})\s")
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
NO_NOTES: Final = "notes are read from Word (.docx), OpenDocument, RTF or plain text only"


def lay_open(content: bytes, *, whole: bool = True) -> Layout:
    """Return the layout of a file of any kind; raise only for a fault nobody foresaw.

    whole: False spares what only the whole text needs, where a kind of file lets us
    """
    if not content:
        return _barred(ReadingStatus.DAMAGED, "the file is empty: ask for it again")
    try:
        opener = _opener(content)
        return pdf.lay_open(content, whole=whole) if opener is pdf.lay_open else opener(content)
    except ContainerRefused as fault:
        return _barred(ReadingStatus.DAMAGED, fault.why)


def notes(content: bytes) -> tuple[NotesLine, ...]:
    """Return the lines of notes in Word, OpenDocument, RTF, Markdown or plain text.

    Raise ContainerRefused, with the reason, for a file of any other kind.  In Markdown a
    heading's style is "Heading 1" and so on; `text` stays as written.
    """
    opener = _opener(content)
    if opener is _open_zip:
        is_odf = part(open_container(content), "mimetype") or b""
        is_text = is_odf.startswith(b"application/vnd.oasis.opendocument.text")
        return odt_notes.paragraphs(content) if is_text else docx_notes.paragraphs(content)
    if opener is rtf.lay_open:
        return rtf_notes.paragraphs(content)
    binary = b"\0" in content[:65_536] and content[:2] not in UTF_16
    if binary or opener not in (_open_text, _open_html, _is_mail):
        raise ContainerRefused(NO_NOTES)
    text = _decoded(content)
    rows = (visible_text(text) if opener is _open_html else text).splitlines()
    return tuple(_notes_line(number, row) for number, row in enumerate(rows, start=1))


def visible_text(html: str) -> str:
    """Return what a page shows, its blocks on lines of their own.

    The library loses what is nested very deep; where it finds much less than there is, the tags
    alone are taken out.
    """
    if not html.strip():
        return ""
    try:
        text = get_text(html).strip()
    except (RecursionError, ValueError):
        text = ""
    plain = unescape(TAG.sub(" ", _without_unseen(html)))
    return plain.strip() if _letters(plain) > 2 * _letters(text) + 100 else text


def _without_unseen(html: str) -> str:
    """Return a page without scripts and styles, in one pass."""
    for tag in UNSEEN:
        pieces, end, low = [], 0, html.lower()
        if len(low) != len(html):
            return html
        while (start := low.find(f"<{tag}", end)) >= 0:
            pieces.append(html[end:start])
            close = low.find(f"</{tag}", start)
            end = close if close >= 0 else len(html)
            if close < 0:
                break
            end += len(tag) + 2
        html = "".join((*pieces, html[end:]))
    return html


def _opener(content: bytes) -> Callable[[bytes], Layout]:
    """Return what opens a file, by its first bytes; a PDF alone may begin a little later."""
    if content.startswith((containers.ZIP, containers.EMPTY_ZIP)):
        return _open_zip
    if content.startswith(containers.OLE):
        return word_doc.lay_open
    if content[:64].lstrip().startswith(rtf.START):
        return rtf.lay_open
    if containers.is_winmail(content) or containers.is_sealed(content):
        return _is_wrapping
    if containers.is_mail(content):
        return _is_mail
    if b"%PDF-" in content[:1_024]:
        return pdf.lay_open
    if images.is_image(content):
        return images.lay_open
    if content.startswith(XML) and not HTML.search(content[:4_096]):
        return _open_xml
    return _open_html if HTML.match(content[:4_096]) else _open_text


def _is_wrapping(content: bytes) -> Layout:
    why = "a mail program wrapped papers in this: they are read one by one"
    return _barred(ReadingStatus.UNSUPPORTED, why)


def _is_mail(content: bytes) -> Layout:
    return _barred(ReadingStatus.UNSUPPORTED, "this is a mail: its papers are read one by one")


def _open_zip(content: bytes) -> Layout:
    container = open_container(content)
    if any(member.flag_bits & ENCRYPTED for member in container.infolist()):
        return _barred(ReadingStatus.LOCKED, LOCKED)
    names = set(container.namelist())
    if (part(container, "mimetype") or b"").startswith(b"application/vnd.oasis.opendocument."):
        return odt.lay_open(content)
    main = docx.main_part(container) if "[Content_Types].xml" in names else ""
    if main in names and main.endswith(".xml"):
        if main.startswith("xl/"):
            return sheets.lay_open_workbook(content)
        return sheets.lay_open_slides(content) if main[:4] == "ppt/" else docx.lay_open(content)
    if "[Content_Types].xml" in names or "mimetype" in names:
        return _barred(ReadingStatus.UNSUPPORTED, f"this is no text document: {SEND}")
    return _barred(ReadingStatus.UNSUPPORTED, "this is a zip: its papers are read one by one")


def _open_xml(content: bytes) -> Layout:
    """Open the XML that Word 2003 saved; other XML is no paper."""
    if WORD_XML not in content[:8_192]:
        return _barred(ReadingStatus.UNSUPPORTED, f"a kind of file that is not read: {SEND}")
    lines = docx.lines_of(parsed(content))
    return _as_text("\n".join(line.text for line in lines))


def _open_html(content: bytes) -> Layout:
    return _as_text(visible_text(_decoded(content)))


def _open_text(content: bytes) -> Layout:
    if content.startswith(ARCHIVES):
        return _barred(ReadingStatus.UNSUPPORTED, ARCHIVE)
    if b"\0" in content[:65_536] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _barred(ReadingStatus.UNSUPPORTED, f"a kind of file that is not read: {SEND}")
    return _as_text(_decoded(content))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _as_text(text: str) -> Layout:
    if not any(map(str.isalnum, text)):
        return _barred(ReadingStatus.NO_TEXT, NO_TEXT)
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    lines = tuple(Line(row, y=float(place)) for place, row in enumerate(rows[:FRONT_LINES]))
    return Layout(0, lines, text[:MOST_CHARACTERS])


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _notes_line(number: int, row: str) -> NotesLine:
    heading = HEADING.match(row)
    return NotesLine(number, row.rstrip(), f"Heading {len(heading[1])}" if heading else "")


def _barred(status: ReadingStatus, why: str) -> Layout:
    return Layout(0, (), "", (why,), status)
