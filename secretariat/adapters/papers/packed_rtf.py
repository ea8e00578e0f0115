"""Unpacks the rich text of Outlook messages (MS-OXRTFCP); runs in the reading process alone."""

import struct
from typing import Final

PACKED_HEAD: Final = struct.Struct("<LLLL")
PACKED: Final = 0x75465A4C
PLAIN: Final = 0x414C454D
RING: Final = 4_096
WRITTEN_BEFORE: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def unpacked(content: bytes, most: int) -> bytes:
    """Return RTF that Outlook packed (MS-OXRTFCP), as far as it goes and at most `most` bytes."""
    if len(content) < PACKED_HEAD.size:
        return b""
    _, size, kind, _ = PACKED_HEAD.unpack_from(content)
    if kind == PLAIN:
        return content[PACKED_HEAD.size :][:most]
    if kind != PACKED:
        return b""
    return _from_ring(content, min(size, most))


def _from_ring(content: bytes, size: int) -> bytes:
    """Follow runs of eight: a byte as it is, or a stretch of the last 4,096 bytes again."""
    ring = bytearray(WRITTEN_BEFORE.ljust(RING, b"\0"))
    end, place, made = len(WRITTEN_BEFORE), PACKED_HEAD.size, bytearray()
    while place < len(content) and len(made) < size:
        runs, place = content[place], place + 1
        for bit in range(8):
            if place + 1 >= len(content):
                return bytes(made[:size])
            if not runs >> bit & 1:
                stretch, place = content[place : place + 1], place + 1
                made += stretch
                ring[end] = stretch[0]
                end = (end + 1) % RING
                continue
            told = int.from_bytes(content[place : place + 2], "big")
            start, place = told >> 4, place + 2
            if start == end:
                return bytes(made[:size])
            for step in range((told & 15) + 2):
                ring[end] = ring[(start + step) % RING]
                made.append(ring[end])
                end = (end + 1) % RING
    return bytes(made[:size])
