"""Which files hold others, told by their first bytes and their tables of contents.

Intake must know it before the reading process opens any file; nothing here unpacks anything, and
no look costs more than one search through the bytes.
"""

import binascii
import re
import struct
from typing import Final

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TNEF: Final = b"\x78\x9f\x3e\x22"
ZIP: Final = b"PK\x03\x04"
EMPTY_ZIP: Final = b"PK\x05\x06"

_END_OF_ZIP: Final = struct.Struct("<4s4H2LH")
_NAME_IN_DIRECTORY: Final = 46
_NAME_IN_FILE: Final = 30
_LONGEST_COMMENT: Final = 65_535
_CONTENT_TYPES: Final = b"[Content_Types].xml"
_MIME_TYPE: Final = b"mimetype"

_MESSAGE_CLASS: Final = bytes.fromhex("0b0d020000000000c000000000000046")
_OF_A_MESSAGE: Final = "__".encode("utf-16-le")
_MESSAGE_PROPERTIES: Final = "__properties_version1.0".encode("utf-16-le")
_OFFICE_STREAMS: Final = tuple(
    name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "PowerPoint Document")
)
_ENTRY_BYTES: Final = 128

_SIGNED: Final = bytes.fromhex("06092a864886f70d010702")
_ENVELOPED: Final = bytes.fromhex("06092a864886f70d010703")
_AUTHENTICATED_ENVELOPE: Final = bytes.fromhex("060b2a864886f70d0109100117")
_DETACHED: Final = (
    bytes.fromhex("300b06092a864886f70d010701"),
    bytes.fromhex("308006092a864886f70d0107010000"),
)
_PEM: Final = re.compile(rb"\s*-----BEGIN (?:PKCS7|PKCS #7 SIGNED DATA|CMS)-----")
_DER_AS_TEXT: Final = re.compile(rb"\s*MI[A-Za-z0-9+/\r\n]{60}")

_LONGEST_HEAD: Final = 64 * 1024
_HEADER: Final = re.compile(rb"[!-9;-~]{1,80}[ \t]*:")
_TELLING: Final = re.compile(
    rb"^(?:received|return-path|message-id|mime-version|dkim-signature)[ \t]*:", re.I | re.M
)
_BESIDE: Final = re.compile(rb"^(?:from|to|subject|date|content-type)[ \t]*:", re.I | re.M)
_BLANK_LINE: Final = re.compile(rb"\r?\n\r?\n")
_AS_TEXT: Final = re.compile(rb"[A-Za-z0-9+/=\s]{64,}")


def is_container(content: bytes, media_type: str = "", name: str = "") -> bool:
    """Say whether a file is to be taken apart: its own bytes say so, never its name.

    media_type: as the mail claims; only "message/rfc822" weighs, for a mail too bare to be told
    name: does not weigh
    """
    return (
        media_type.lower() == "message/rfc822"
        or is_zip_of_files(content)
        or is_outlook_message(content)
        or is_winmail(content)
        or is_sealed(content)
        or is_mail(content)
    )


def is_zip_of_files(content: bytes) -> bool:
    """Say whether this is a zip that is no Office document itself."""
    if content.startswith(EMPTY_ZIP):
        return True
    if not content.startswith(ZIP):
        return False
    length = int.from_bytes(content[26:28], "little")
    first = content[_NAME_IN_FILE : _NAME_IN_FILE + length]
    return first not in (_CONTENT_TYPES, _MIME_TYPE) and not _is_listed(content, _CONTENT_TYPES)


def is_outlook_message(content: bytes) -> bool:
    """Say whether this is a message saved from Outlook (.msg), by the first names in its table."""
    if not content.startswith(OLE) or len(content) < 512:
        return False
    sector = 1 << min(int.from_bytes(content[30:32], "little"), 12)
    start = (int.from_bytes(content[48:52], "little") + 1) * sector
    entries = [
        content[place : place + _ENTRY_BYTES]
        for place in range(start, start + sector, _ENTRY_BYTES)
        if content[place : place + 2].strip(b"\0")
    ]
    if entries and entries[0][80:96] == _MESSAGE_CLASS:
        return True
    if any(entry.startswith(_OF_A_MESSAGE) for entry in entries[1:]):
        return True
    if entries:
        return False
    return _MESSAGE_PROPERTIES in content and not any(name in content for name in _OFFICE_STREAMS)


def is_winmail(content: bytes) -> bool:
    """Say whether this is the winmail.dat of Outlook (TNEF)."""
    return content.startswith(TNEF)


def is_sealed(content: bytes) -> bool:
    """Say whether this is a mail signed as one piece, or encrypted (S/MIME).

    A signature that lies beside its mail holds nothing and is no container.
    """
    head = content[:4_096]
    if _PEM.match(head) or _DER_AS_TEXT.match(head):
        head = _decoded_head(re.sub(rb"-----[^-\n]*-----", b"", head))
    if not head.startswith(b"\x30"):
        return False
    kinds = (_SIGNED, _ENVELOPED, _AUTHENTICATED_ENVELOPE)
    if not any(kind in head[:32] for kind in kinds):
        return False
    return not any(mark in head for mark in _DETACHED)


def is_mail(content: bytes) -> bool:
    """Say whether this is a whole mail, as it came or as base64 text."""
    if looks_like_mail(content):
        return True
    head = content[:8_192]
    return bool(_AS_TEXT.match(head)) and looks_like_mail(_decoded_head(head))


def looks_like_mail(content: bytes) -> bool:
    """Say whether it begins with headers of a mail, among them one that no letter begins with."""
    head = content[:_LONGEST_HEAD].lstrip(b"\xef\xbb\xbf\r\n")
    if head.startswith(b"From "):
        head = head.partition(b"\n")[2]
    if not _HEADER.match(head):
        return False
    head = _BLANK_LINE.split(head, 1)[0]
    return bool(_TELLING.search(head) and _BESIDE.search(head))


def _decoded_head(text: bytes) -> bytes:
    """Return the first bytes of base64 text, b"" where it is none."""
    letters = b"".join(text.split())
    try:
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
    except binascii.Error:
        return b""


def _is_listed(content: bytes, name: bytes) -> bool:
    """Say whether a zip's own table of contents lists this name at its top."""
    end = content.rfind(EMPTY_ZIP, max(0, len(content) - _LONGEST_COMMENT - _END_OF_ZIP.size))
    if end < 0 or end + _END_OF_ZIP.size > len(content):
        return False
    size = _END_OF_ZIP.unpack_from(content, end)[5]
    start = max(0, end - size) if size <= end else max(0, end - 2**20)
    found = content.find(name, start, end)
    while found >= 0:
        entry = found - _NAME_IN_DIRECTORY
        stated = int.from_bytes(content[entry + 28 : entry + 30], "little")
        if entry >= 0 and content[entry : entry + 4] == b"PK\x01\x02" and stated == len(name):
            return True
        found = content.find(name, found + 1, end)
    return False
