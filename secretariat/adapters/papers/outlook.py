"""Opens messages saved from Outlook (.msg); runs in the reading process alone.

Each property of the message is a small file of an OLE container, named by its number and its type;
what is of a fixed size stands in one table.  Damage to one of them leaves the others readable.
"""

import io
import re
import struct
from collections.abc import Iterator
from typing import Any, Final

import olefile

from secretariat.adapters.papers import mapi
from secretariat.domain.papers import ContainerRefused, Member

PROPERTY: Final = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})", re.I)
TABLE: Final = "__properties_version1.0"
ATTACHED: Final = "__attach_version1.0_#"
EMBEDDED: Final = "__substg1.0_3701000D"
ROW: Final = struct.Struct("<HHL8s")
HEAD_OF_MESSAGE: Final = 32
HEAD_OF_EMBEDDED: Final = 24
HEAD_OF_FILE: Final = 8
UNICODE: Final = 0x1F
EIGHT_BIT: Final = 0x1E
BINARY: Final = 0x102
FIXED: Final = (0x03, 0x40)
DEEPEST: Final = 4
MAIL: Final = "message/rfc822"
DAMAGED: Final = "the saved message is damaged"


def mail_of_message(content: bytes) -> bytes:
    """Return a saved message as a mail with its files; raise ContainerRefused."""
    try:
        ole = olefile.OleFileIO(io.BytesIO(content))
        paths = [tuple(path) for path in ole.listdir()]
    except Exception as fault:  # olefile meets damage with errors of many types
        raise ContainerRefused(DAMAGED) from fault
    if sum(_size(ole, path) for path in paths) > mapi.MOST_BYTES:
        raise ContainerRefused("the saved message holds more than is safe to open")
    message = _Message(ole, paths)
    if not message.values((), HEAD_OF_MESSAGE) and not message.folders(()):
        raise ContainerRefused(DAMAGED)
    return message.mail((), HEAD_OF_MESSAGE, 0)


class _Message:
    """One container being read; `where` is the path of a message within it."""

    def __init__(self, ole: Any, paths: list[tuple[str, ...]]) -> None:
        self._ole = ole
        self._paths = paths
        self._taken = 0

    def mail(self, where: tuple[str, ...], head: int, depth: int) -> bytes:
        """Return a message as the bytes of a mail; depth: of messages that it lies in."""
        files = [file for file in self._files(where, depth) if file.content]
        return mapi.as_mail(mapi.Saved(self.values(where, head), files))

    def folders(self, where: tuple[str, ...]) -> list[str]:
        """Return the names of the folders that hold this message's files."""
        level = len(where)
        inside = (path for path in self._paths if len(path) > level + 1 and path[:level] == where)
        found = dict.fromkeys(path[level] for path in inside if path[level].startswith(ATTACHED))
        return list(found)

    def values(self, where: tuple[str, ...], head: int) -> dict[int, str | bytes | int]:
        """Return what is stated of a message or of one of its files, whatever can be read."""
        found: dict[int, str | bytes | int] = {}
        table = self._read((*where, TABLE))[head:]
        for kind, number, _, value in ROW.iter_unpack(table[: len(table) // 16 * 16]):
            if kind in FIXED:
                size = 4 if kind == FIXED[0] else 8
                found[number] = int.from_bytes(value[:size], "little")
        page = mapi.codec_of(found.get(mapi.MESSAGE_CODE_PAGE))
        for path in self._paths:
            hit = PROPERTY.fullmatch(path[-1]) if path[:-1] == where else None
            if hit and (number := int(hit[1], 16)) in mapi.WANTED:
                kind = int(hit[2], 16)
                if kind == BINARY:
                    found[number] = self._read(path)
                elif kind in (UNICODE, EIGHT_BIT):
                    codec = "utf-16-le" if kind == UNICODE else page
                    found[number] = self._read(path).decode(codec, "replace")
        return found

    def _files(self, where: tuple[str, ...], depth: int) -> Iterator[Member]:
        for folder in self.folders(where)[: mapi.MOST_FILES]:
            inside = (*where, folder)
            values = self.values(inside, HEAD_OF_FILE)
            embedded = (*inside, EMBEDDED)
            name = mapi.name_of(values)
            if any(path[: len(embedded)] == embedded for path in self._paths) and depth < DEEPEST:
                yield Member(f"{name}.eml", self.mail(embedded, HEAD_OF_EMBEDDED, depth + 1), MAIL)
            else:
                held = values.get(mapi.FILE)
                content = held if isinstance(held, bytes) else b""
                yield Member(name, content, mapi.type_of(values))

    def _read(self, path: tuple[str, ...]) -> bytes:
        try:
            with self._ole.openstream(list(path)) as stream:
                content = bytes(stream.read())
        except Exception:  # olefile meets damage with errors of many types
            return b""
        self._taken += len(content)
        if self._taken > 2 * mapi.MOST_BYTES:
            raise ContainerRefused("the saved message holds more than is safe to open")
        return content


def _size(ole: Any, path: tuple[str, ...]) -> int:
    try:
        return int(ole.get_size(list(path)))
    except Exception:  # olefile meets damage with errors of many types
        return 0
