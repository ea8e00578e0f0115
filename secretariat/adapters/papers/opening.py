"""Opens a submitted file by what it is, whatever its name says; every fault becomes a status.

Runs in the reading process alone: everything here takes bytes from strangers.
"""

import re
from collections.abc import Callable
from typing import Final

from inscriptis import get_text

from secretariat.adapters.papers import docx, odt, pdf
from secretariat.adapters.papers.zips import open_container, part
from secretariat.domain.papers import (
    ContainerRefused,
    Layout,
    Line,
    NotesLine,
    ReadingStatus,
)

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FRONT_LINES: Final = 120
MOST_CHARACTERS: Final = 5_000_000
LOCKED: Final = "locked with a password: ask for an unlocked copy"
NO_TEXT: Final = "no text: a person must read it"
SEND: Final = "ask for it as PDF or Word .docx"
HTML: Final = re.compile(rb"\s*(<!--.*?-->\s*)*(<!doctype html|<html|<head|<body)", re.I | re.S)
HEADING: Final = re.compile(r"(#{1,6})\s")
BULLET: Final = re.compile(r"(\s*)([-*•]|\d{1,3}[.)])\s")


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
    """Return the paragraphs of notes in Word, Markdown or plain text; raise ContainerRefused.

    In Markdown a heading's style is "Heading 1" and so on, and a list's level is its indent, two
    spaces a step; `text` stays as written.
    """
    if content.startswith(b"PK"):
        return docx.paragraphs(content)
    rows = _decoded(content).splitlines()
    return tuple(_notes_line(number, row) for number, row in enumerate(rows, start=1))


def visible_text(html: str) -> str:
    """Return what a page shows, its blocks on lines of their own."""
    return get_text(html).strip() if html.strip() else ""


def _opener(content: bytes) -> Callable[[bytes], Layout]:
    if b"%PDF-" in content[:1_024]:
        return pdf.lay_open
    if content.startswith(b"PK\x03\x04"):
        return _open_zip
    if content.startswith(OLE):
        return _open_ole
    if HTML.match(content[:4_096]):
        return _open_html
    return _open_text


def _open_zip(content: bytes) -> Layout:
    container = open_container(content)
    names = set(container.namelist())
    if (part(container, "mimetype") or b"").startswith(b"application/vnd.oasis.opendocument.text"):
        return odt.lay_open(content)
    if "[Content_Types].xml" in names and docx.main_part(container) in names:
        main = docx.main_part(container)
        if main.endswith((".xml",)) and not main.startswith(("xl/", "ppt/")):
            return docx.lay_open(content)
    if "[Content_Types].xml" in names or "mimetype" in names:
        return _barred(ReadingStatus.UNSUPPORTED, f"this is no text document: {SEND}")
    return _barred(ReadingStatus.UNSUPPORTED, "this is a zip: its papers are read one by one")


def _open_ole(content: bytes) -> Layout:
    for stream in ("EncryptedPackage", "StrongEncryption"):
        if stream.encode("utf-16-le") in content:
            return _barred(ReadingStatus.LOCKED, LOCKED)
    if b"__\0s\0u\0b\0s\0t\0g\0" in content:
        why = "this is a saved Outlook message: ask for the papers themselves"
        return _barred(ReadingStatus.UNSUPPORTED, why)
    return _barred(ReadingStatus.UNSUPPORTED, f"an old Office format: {SEND}")


def _open_html(content: bytes) -> Layout:
    return _as_text(visible_text(_decoded(content)))


def _open_text(content: bytes) -> Layout:
    if content.lstrip().startswith(b"{\\rtf"):
        return _barred(ReadingStatus.UNSUPPORTED, f"this is an RTF file: {SEND}")
    if _is_picture(content):
        return _barred(ReadingStatus.UNSUPPORTED, f"this is a picture: {SEND}")
    if b"\0" in content[:65_536] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _barred(ReadingStatus.UNSUPPORTED, f"a kind of file that is not read: {SEND}")
    return _as_text(_decoded(content))


def _is_picture(content: bytes) -> bool:
    marks = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
    return content.startswith(marks) or content[8:12] in {b"WEBP", b"heic"}


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
    if heading := HEADING.match(row):
        return NotesLine(number, row.rstrip(), f"Heading {len(heading[1])}")
    if bullet := BULLET.match(row):
        style = "List Bullet" if bullet[2] in "-*•" else "List Number"
        return NotesLine(number, row.rstrip(), style, len(bullet[1].expandtabs(4)) // 2)
    return NotesLine(number, row.rstrip())


def _barred(status: ReadingStatus, why: str) -> Layout:
    return Layout(0, (), "", (why,), status)
