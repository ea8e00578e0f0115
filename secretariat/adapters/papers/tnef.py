"""Opens winmail.dat (TNEF), in which Outlook wraps a mail's words and files.

Runs in the reading process alone.  What breaks off is read as far as it goes.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from secretariat.adapters.papers import mapi
from secretariat.domain.containers import TNEF
from secretariat.domain.papers import ContainerRefused, Member

ATTRIBUTE: Final = struct.Struct("<BHHL")
LONG: Final = struct.Struct("<L")
SHORTS: Final = struct.Struct("<HH")
HEAD: Final = 6
CHECKSUM: Final = 2

SUBJECT: Final = 0x8004
BODY: Final = 0x800C
MESSAGE_ID: Final = 0x8009
FILE: Final = 0x800F
TITLE: Final = 0x8010
NEXT_FILE: Final = 0x9002
PROPERTIES: Final = 0x9003
FILE_PROPERTIES: Final = 0x9005
CODE_PAGE: Final = 0x9007

NAMED_FROM: Final = 0x8000
SEVERAL: Final = 0x1000
BINARY: Final = 0x102
OBJECT: Final = 0x0D
EIGHT_BIT: Final = 0x1E
UNICODE: Final = 0x1F
OF_ANY_LENGTH: Final = (OBJECT, EIGHT_BIT, UNICODE, BINARY)
WIDTHS: Final = {0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
OBJECT_HEAD: Final = 16
DEEPEST: Final = 4
MOST_VALUES: Final = 20_000
MAIL: Final = "message/rfc822"

Values = dict[int, str | bytes | int]


@dataclass
class _Wrapped:
    """What has been taken out so far; the first of `files` is the next to be named."""

    codec: str = "cp1252"
    message: Values = field(default_factory=dict)
    files: list[Values] = field(default_factory=list)


def members_of_winmail(content: bytes, name: str) -> tuple[Member, ...]:
    """Return the mail that winmail.dat wraps, or its files alone where it has no words.

    Raises ContainerRefused where nothing can be taken out.
    """
    wrapped = _unwrapped(content)
    files = list(_members(wrapped, 0))
    said = any(wrapped.message.get(each) for each in (mapi.BODY, mapi.HTML, mapi.PACKED_RTF))
    if not said and not files:
        raise ContainerRefused("it wraps neither words nor files that can be read (winmail.dat)")
    if not said:
        return tuple(files)
    mail = mapi.as_mail(mapi.Saved(wrapped.message, files))
    return (Member(f"{name or 'winmail.dat'}.eml", mail, MAIL),)


def _members(wrapped: _Wrapped, depth: int) -> Iterator[Member]:
    for values in wrapped.files[: mapi.MOST_FILES]:
        held = values.get(mapi.FILE)
        content = held if isinstance(held, bytes) else b""
        name = mapi.name_of(values)
        if content[OBJECT_HEAD:].startswith(TNEF) and depth < DEEPEST:
            inner = _unwrapped(content[OBJECT_HEAD:])
            files = list(_members(inner, depth + 1))
            yield Member(f"{name}.eml", mapi.as_mail(mapi.Saved(inner.message, files)), MAIL)
        elif content:
            yield Member(name, content, mapi.type_of(values))


def _unwrapped(content: bytes) -> _Wrapped:
    wrapped = _Wrapped()
    place = HEAD
    while place + ATTRIBUTE.size <= len(content):
        _, number, _, length = ATTRIBUTE.unpack_from(content, place)
        start = place + ATTRIBUTE.size
        if number in TAKEN:
            _take(wrapped, number, content[start : start + length])
        place = start + length + CHECKSUM
    return wrapped


TAKEN: Final = (
    SUBJECT, BODY, MESSAGE_ID, FILE, TITLE, NEXT_FILE, PROPERTIES, FILE_PROPERTIES, CODE_PAGE,
)  # fmt: skip


def _take(wrapped: _Wrapped, number: int, held: bytes) -> None:
    if number == CODE_PAGE and len(held) >= LONG.size:
        wrapped.codec = mapi.codec_of(LONG.unpack_from(held)[0])
    elif number == NEXT_FILE:
        wrapped.files.append({})
    elif number in (SUBJECT, BODY):
        kind = mapi.SUBJECT if number == SUBJECT else mapi.BODY
        wrapped.message.setdefault(kind, held.decode(wrapped.codec, "replace"))
    elif number == PROPERTIES:
        wrapped.message |= _values(held, wrapped.codec)
    elif number in (FILE, TITLE, FILE_PROPERTIES):
        if not wrapped.files:
            wrapped.files.append({})
        _take_of_file(wrapped, number, held)


def _take_of_file(wrapped: _Wrapped, number: int, held: bytes) -> None:
    file = wrapped.files[-1]
    if number == FILE:
        file[mapi.FILE] = held
    elif number == TITLE:
        file[mapi.SHORT_NAME] = held.decode(wrapped.codec, "replace")
    else:
        file |= _values(held, wrapped.codec)


def _values(held: bytes, codec: str) -> Values:
    """Return the properties in a table of them, up to where it breaks off."""
    found: Values = {}
    try:
        for number, kind, value in _Table(held).rows():
            if number not in mapi.WANTED:
                continue
            if kind == EIGHT_BIT:
                found[number] = value.decode(codec, "replace")
            elif kind == UNICODE:
                found[number] = value.decode("utf-16-le", "replace")
            elif kind in (BINARY, OBJECT):
                found[number] = value
            else:
                found[number] = int.from_bytes(value, "little")
    except struct.error:
        pass
    return found


class _Table:
    """Rows of properties, each as long as its type says; numbers are little-endian."""

    def __init__(self, held: bytes) -> None:
        self._held = held
        self._place = 0

    def rows(self) -> Iterator[tuple[int, int, bytes]]:
        """Go through (number, type, first value); raise struct.error where they break off."""
        for _ in range(min(self._long(), MOST_VALUES)):
            kind, number = SHORTS.unpack_from(self._held, self._place)
            self._place += SHORTS.size
            if number >= NAMED_FROM:
                self._pass_name()
            yield number, kind & ~SEVERAL, self._value(kind)

    def _value(self, kind: int) -> bytes:
        plain = kind & ~SEVERAL
        several = bool(kind & SEVERAL) or plain in OF_ANY_LENGTH
        count = min(self._long(), MOST_VALUES) if several else 1
        first = b""
        for each in range(count):
            length = self._long() if plain in OF_ANY_LENGTH else WIDTHS.get(plain, 4)
            if each == 0:
                first = self._held[self._place : self._place + length]
            self._place += length + -length % 4
            if self._place > len(self._held) + 4:
                return first
        return first

    def _pass_name(self) -> None:
        self._place += 16
        if self._long() == 0:
            self._long()
        else:
            length = self._long()
            self._place += length + -length % 4

    def _long(self) -> int:
        value = int(LONG.unpack_from(self._held, self._place)[0])
        self._place += LONG.size
        return value
