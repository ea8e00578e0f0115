"""Tells what an old Office file is; another program makes text of a .doc.

Runs in the reading process alone.
"""

import io
from collections.abc import Iterator
from typing import Any, Final

import olefile

from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.papers import Layout, ReadingStatus

WORD: Final = "WordDocument"
WORD_MARKS: Final = (0xA5EC, 0xA5DC, 0xA5DB, 0xA697, 0xA698, 0xA699, 0xA59B, 0xA59C)
FLAGS_AT: Final = 10
ENCRYPTED: Final = 0x0100
LOCKS: Final = ("EncryptedPackage", "EncryptionInfo", "\x06DataSpaces")
SEND: Final = "please send as PDF or Word .docx"
LOCKED: Final = "locked with a password: ask for an unlocked copy"
DAMAGED: Final = "the file is damaged: ask for another copy"
OTHERS: Final = {
    "Workbook": "an old Excel file",
    "Book": "an old Excel file",
    "PowerPoint Document": "an old PowerPoint file",
    "__properties_version1.0": "a saved Outlook message",
    "Quill": "a Publisher file",
}
MACROS: Final = ("Macros", "_VBA_PROJECT_CUR", "VBA")
OBJECTS: Final = "ObjectPool"


def lay_open(content: bytes) -> Layout:
    """Return what an OLE file is; a Word one says that it needs another program for its words."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            return _told(ole)
    except Exception:  # olefile meets damage with errors of many types
        locked = any(name.encode("utf-16-le") in content for name in LOCKS[:2])
        status = ReadingStatus.LOCKED if locked else ReadingStatus.DAMAGED
        return Layout(0, (), "", (LOCKED if locked else DAMAGED,), status)


def _told(ole: Any) -> Layout:
    tops = {path[0] for path in ole.listdir(streams=True, storages=True)}
    if tops & {*LOCKS}:
        return Layout(0, (), "", (LOCKED,), ReadingStatus.LOCKED)
    if WORD in tops:
        return _word(ole)
    what = next((said for name, said in OTHERS.items() if name in tops), "an old Office format")
    return Layout(0, (), "", (f"{what}: {SEND}",), ReadingStatus.UNSUPPORTED, tuple(_flags(ole)))


def _word(ole: Any) -> Layout:
    head = ole.openstream(WORD).read(32)
    if int.from_bytes(head[:2], "little") not in WORD_MARKS:
        return Layout(0, (), "", (DAMAGED,), ReadingStatus.DAMAGED)
    if int.from_bytes(head[FLAGS_AT : FLAGS_AT + 2], "little") & ENCRYPTED:
        return Layout(0, (), "", (LOCKED,), ReadingStatus.LOCKED)
    why = f"an old Word file: {SEND}"
    flags = tuple(_flags(ole))
    return Layout(0, (), "", (why,), ReadingStatus.UNSUPPORTED, flags, needs="catdoc")


def _flags(ole: Any) -> Iterator[Flag]:
    paths = ole.listdir(streams=False, storages=True)
    if any(path[-1] in MACROS for path in paths):
        yield Flag(FlagKind.MACROS, "it holds macros, which run when it is opened")
    objects = sum(len(path) == 2 and path[0] == OBJECTS for path in paths)
    if objects:
        yield Flag(FlagKind.EMBEDDED_OBJECTS, "it holds embedded files", objects)
    if _names_author(ole):
        yield Flag(FlagKind.AUTHOR_IN_PROPERTIES, "its properties name a person as its author")


def _names_author(ole: Any) -> bool:
    try:
        stated = ole.get_metadata()
        return bool((stated.author or b"").strip() or (stated.last_saved_by or b"").strip())
    except Exception:  # olefile meets damage with errors of many types
        return False
