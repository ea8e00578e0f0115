"""The bytes of a mail's leaf, whatever its header says of their encoding."""

import base64
import binascii
import email.errors
import re
from collections.abc import Iterator
from email.message import Message
from email.policy import compat32
from typing import Final, TypeAlias

from secretariat.adapters.mail.cutting import Cut

MOST_UUENCODED: Final = 100

_AS_IT_CAME: Final = compat32.clone(mangle_from_=False, max_line_length=None)
_Message: TypeAlias = "Message[str, str]"
_FAULTS: Final = (
    email.errors.InvalidBase64CharactersDefect,
    email.errors.InvalidBase64LengthDefect,
    email.errors.InvalidBase64PaddingDefect,
)
_MAGIC: Final = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_MAGIC_IN_BASE64: Final = ("JVBERi0", "UEsDB", "0M8R4KGxGuE", "e1xydG")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")
_BEGIN: Final = re.compile(r"^begin [0-7]{3,4} (\S[^\r\n]{0,300})\r?\n", re.M)
_END: Final = re.compile(r"^end[ \t]*\r?$", re.M)


def body_of(leaf: _Message, cut: Cut) -> tuple[bytes, bool]:
    """Return the leaf's bytes, and whether they are damaged; large ones straight from the mail."""
    if leaf.is_multipart():  # message/delivery-status is parsed into blocks
        blocks = leaf.get_payload()
        texts = [as_it_came(block, cut) for block in blocks if isinstance(block, Message)]
        return b"\n".join(texts), False
    written = written_in(leaf)
    encoding = encoding_of(leaf)
    if encoding == "base64" and (whole := cut.decoded(written)) is not None:
        return whole, False
    if cut.places:
        written = cut.whole(written)
        leaf.set_payload(written)
    if (found := _as_it_is(written, encoding)) is not None:
        return found, False
    if encoding and encoding != _stated(leaf):
        leaf.replace_header("Content-Transfer-Encoding", encoding)
    payload = leaf.get_payload(decode=True)
    damaged = any(isinstance(each, _FAULTS) for each in leaf.defects)
    return payload if isinstance(payload, bytes) else b"", damaged


def written_in(leaf: _Message) -> str:
    """Return what stands in a leaf, its 8-bit bytes as surrogates; "" for one that has parts."""
    written = vars(leaf)["_payload"]  # get_payload() would put marks in place of 8-bit bytes
    return written if isinstance(written, str) else ""


def as_it_came(message: _Message, cut: Cut) -> bytes:
    """Return a mail inside a mail as bytes; where no policy writes it, letter by letter."""
    try:
        _name_boundaries(message)
        written = cut.whole_bytes(message.as_bytes(policy=_AS_IT_CAME))
        if written is not None:
            return written
        for part in message.walk():
            if text := written_in(part):
                part.set_payload(cut.whole(text))
        return message.as_bytes(policy=_AS_IT_CAME)
    except (LookupError, ValueError, TypeError, AttributeError):
        return _letter_by_letter(message, cut)


def _name_boundaries(message: _Message) -> None:
    """Give parts without a boundary a fixed one: the library invents another each time."""
    for number, part in enumerate(message.walk()):
        many = part.get_content_maintype() == "multipart" and "content-type" in part
        if many and isinstance(part.get_payload(), list) and not part.get_boundary():
            part.set_boundary(f"=_forwarded_{number}_=")


def _letter_by_letter(message: _Message, cut: Cut) -> bytes:
    head = "".join(f"{name}: {value}\n" for name, value in message.raw_items())
    inner = message.get_payload()
    if not isinstance(inner, list):
        return f"{head}\n{cut.whole(written_in(message))}".encode("utf-8", "surrogateescape")
    fence = f"\n--{message.get_boundary() or ''}\n".encode("utf-8", "surrogateescape")
    pieces = [fence + as_it_came(part, cut) for part in inner if isinstance(part, Message)]
    return head.encode("utf-8", "surrogateescape") + b"".join(pieces)


def encoding_of(leaf: _Message) -> str:
    """Return the Content-Transfer-Encoding, lower case, without comments; "" for none."""
    return _stated(leaf).partition("(")[0].strip()


def _stated(leaf: _Message) -> str:
    name = "content-transfer-encoding"
    values = (str(value) for called, value in leaf.raw_items() if called.lower() == name)
    return next(values, "").lower()


def from_base64(text: str) -> bytes:
    """Return what can be decoded of base64 text, however damaged."""
    letters = re.sub(r"[^A-Za-z0-9+/]", "", text)
    whole = len(letters) // 4 * 4
    rest = letters[whole:] if len(letters) % 4 > 1 else ""
    return base64.b64decode(letters[:whole] + (rest + "==")[:4] if rest else letters[:whole])


def uuencoded(text: str) -> tuple[str, tuple[tuple[str, bytes], ...]]:
    """Return the text without the files that stand in it uuencoded, and these (name, bytes)."""
    kept, files, end = [], [], 0
    for name, start, first, last, after in _stretches(text):
        try:
            content = b"".join(_of_uu_line(row) for row in text[first:last].splitlines())
        except (LookupError, ValueError):
            continue
        files.append((name, content))
        kept.append(text[end:start])
        end = after
    return "".join((*kept, text[end:])), tuple(files)


def _stretches(text: str) -> Iterator[tuple[str, int, int, int, int]]:
    place = 0
    for _ in range(MOST_UUENCODED):
        begin = _BEGIN.search(text, place)
        end = _END.search(text, begin.end()) if begin else None
        if begin is None or end is None:
            return
        yield begin[1].strip(), begin.start(), begin.end(), end.start(), end.end()
        place = end.end()


def _of_uu_line(row: str) -> bytes:
    octets = row.encode("ascii")
    try:
        return binascii.a2b_uu(octets)
    except binascii.Error:
        size = ((octets[0] - 32 & 63) * 4 + 5) // 3  # some programs pad a line beyond its length
        return binascii.a2b_uu(octets[:size])


def _as_it_is(written: str, encoding: str) -> bytes | None:
    """Return the bytes of a file that is encoded in another way than its header says, else None."""
    head = written[:32].lstrip()
    if encoding == "base64" and head.encode("utf-8", "surrogateescape").startswith(_MAGIC):
        return written.encode("utf-8", "surrogateescape")
    plain = encoding in ("", "7bit", "8bit", "binary")
    if plain and head.startswith(_MAGIC_IN_BASE64) and _BASE64.fullmatch(written):
        return from_base64(written)
    return None
