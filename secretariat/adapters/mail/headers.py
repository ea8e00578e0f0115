"""Header values as they came (8-bit, encoded words, mangled ids) made readable; nothing raises."""

import base64
import binascii
import quopri
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 64 * 1024
LONGEST_NAME: Final = 200
MOST_IDS: Final = 200

_ENCODED: Final = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN: Final = re.compile(r"(\?=)[ \t\r\n]+(=\?)")
_ID: Final = re.compile(r"<([^<>]{1,998})>")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def readable(raw: str) -> str:
    """Return a header's text with its 8-bit bytes taken for UTF-8, else Windows-1252."""
    try:
        raw.encode("ascii")
        return raw
    except UnicodeEncodeError:
        pass
    octets = raw.encode("utf-8", "surrogateescape")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


def decoded(raw: str) -> str:
    """Return a header as a person reads it: decoded, on one line, without controls."""
    text = _BETWEEN.sub(r"\1\2", readable(raw[:LONGEST]))
    return " ".join(_CONTROLS.sub(" ", "".join(_words(text))).split())


def id_list(raw: str) -> tuple[str, ...]:
    """Return the message ids in a header, angle brackets on, each once.

    Ids that another program encoded or folded in their middle are put together again.
    """
    text = "".join(_words(_BETWEEN.sub(r"\1\2", readable(raw[:LONGEST]))))
    found = [re.sub(r"\s+", "", each) for each in _ID.findall(text)]
    bare = text.strip()
    if not found and "@" in bare and not re.search(r"\s", bare):
        found = [bare.strip("<>")]
    return tuple(dict.fromkeys(f"<{each}>" for each in found if each))[:MOST_IDS]


def plain_name(name: str) -> str:
    """Return a file name without folders or characters that hide its ending."""
    last = re.split(r"[\\/]", name)[-1]
    clean = " ".join(_CONTROLS.sub("", unicodedata.normalize("NFC", last)).split())
    return clean[-LONGEST_NAME:].strip(". ") if clean.strip(". ") else ""


def _words(text: str) -> Iterator[str]:
    """Decode encoded words, several of one charset together, as a character may span two."""
    octets, charset, end = b"", "", 0
    for hit in _ENCODED.finditer(text):
        between = text[end : hit.start()]
        if octets and (between or hit[1].lower() != charset):
            yield _in_charset(octets, charset)
            octets = b""
        yield between
        octets += _octets(hit[2], hit[3])
        charset, end = hit[1].lower(), hit.end()
    if octets:
        yield _in_charset(octets, charset)
    yield text[end:]


def _octets(way: str, payload: str) -> bytes:
    plain = payload.encode("utf-8", "surrogateescape")
    if way in "qQ":
        return quopri.decodestring(plain, header=True)
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return plain


def _in_charset(octets: bytes, charset: str) -> str:
    for each in (charset, "utf-8", "cp1252"):
        try:
            return octets.decode(each)
        except (LookupError, ValueError):
            continue
    return octets.decode("cp1252", "replace")
