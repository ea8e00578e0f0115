"""What Outlook keeps of a mail, in a saved message or in winmail.dat, made into a plain mail."""

import binascii
import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from typing import Final

from secretariat.adapters.papers import packed_rtf, rtf
from secretariat.domain.papers import Member

SUBJECT: Final = 0x0037
SUBMITTED: Final = 0x0039
REPRESENTING_NAME: Final = 0x0042
REPRESENTING_ADDRESS: Final = 0x0065
HEADERS: Final = 0x007D
SENDER_NAME: Final = 0x0C1A
SENDER_ADDRESS: Final = 0x0C1F
COPIED: Final = 0x0E03
SHOWN_TO: Final = 0x0E04
DELIVERED: Final = 0x0E06
BODY: Final = 0x1000
PACKED_RTF: Final = 0x1009
HTML: Final = 0x1013
MESSAGE_ID: Final = 0x1035
REFERENCES: Final = 0x1039
IN_REPLY_TO: Final = 0x1042
SHOWN_NAME: Final = 0x3001
FILE: Final = 0x3701
SHORT_NAME: Final = 0x3704
METHOD: Final = 0x3705
LONG_NAME: Final = 0x3707
FILE_TYPE: Final = 0x370E
CODE_PAGE: Final = 0x3FDE
MESSAGE_CODE_PAGE: Final = 0x3FFD
SENDER_SMTP: Final = 0x5D01
REPRESENTING_SMTP: Final = 0x5D02
WANTED: Final = frozenset(
    {
        SUBJECT, SUBMITTED, REPRESENTING_NAME, REPRESENTING_ADDRESS, HEADERS, SENDER_NAME,
        SENDER_ADDRESS, COPIED, SHOWN_TO, DELIVERED, BODY, PACKED_RTF, HTML, MESSAGE_ID,
        REFERENCES, IN_REPLY_TO, SHOWN_NAME, FILE, SHORT_NAME, METHOD, LONG_NAME, FILE_TYPE,
        CODE_PAGE, MESSAGE_CODE_PAGE, SENDER_SMTP, REPRESENTING_SMTP,
    }
)  # fmt: skip

MOST_FILES: Final = 200
MOST_BYTES: Final = 150 * 2**20
LONGEST_VALUE: Final = 2_000
LONGEST_BODY: Final = 5_000_000
LINE_BYTES: Final = 57
BOUNDARY: Final = "=_saved-by-outlook_="
ADDRESS: Final = re.compile(r"[!-;=?A-~]{1,200}@[\w.-]{1,200}")
CARRIED: Final = ("from", "to", "cc", "date", "message-id", "in-reply-to", "references", "reply-to")
TYPE: Final = re.compile(r"[\w.+-]{1,80}/[\w.+-]{1,80}")
FIRST_DAY: Final = datetime(1601, 1, 1, tzinfo=UTC)

Values = Mapping[int, str | bytes | int]
"""What one message or attachment holds, by the number that Outlook gives each thing."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One message as Outlook keeps it, its files beside it."""

    values: Values
    files: Sequence[Member]


def as_mail(saved: Saved) -> bytes:
    """Return the message as a mail; the files are all in base64, so nothing in them ends a part."""
    head = "".join(f"{name}: {value}\r\n" for name, value in _headers(saved.values))
    pieces = [
        head.encode("ascii", "replace"),
        b"MIME-Version: 1.0\r\n",
        f'Content-Type: multipart/mixed; boundary="{BOUNDARY}"\r\n\r\n'.encode(),
    ]
    for kind, body in _bodies(saved.values):
        pieces += [f"--{BOUNDARY}\r\nContent-Type: text/{kind}; charset=utf-8\r\n".encode()]
        pieces += [b"Content-Transfer-Encoding: base64\r\n\r\n"]
        pieces += [_in_lines(body[:LONGEST_BODY].encode("utf-8", "replace"))]
    for file in saved.files:
        pieces += [f"--{BOUNDARY}\r\n".encode(), _file_head(file), _in_lines(file.content)]
    pieces.append(f"--{BOUNDARY}--\r\n".encode())
    return b"".join(pieces)


def name_of(values: Values) -> str:
    """Return what an attached file is called, "attachment" where nothing says it."""
    names = (_text(values, each) for each in (LONG_NAME, SHORT_NAME, SHOWN_NAME))
    return next((each for each in names if each), "attachment")


def type_of(values: Values) -> str:
    """Return the media type as claimed, "" where it is none."""
    claimed = _text(values, FILE_TYPE).lower()
    return claimed if TYPE.fullmatch(claimed) else ""


def codec_of(page: object) -> str:
    """Return what Python calls a Windows code page, "cp1252" for one that it does not know."""
    known = {65001: "utf-8", 1200: "utf-16-le", 28591: "latin-1", 20127: "ascii", 28605: "latin-9"}
    if not isinstance(page, int):
        return "cp1252"
    codec = known.get(page, f"cp{page}")
    try:
        codecs.lookup(codec)
    except LookupError:
        return "cp1252"
    return codec


def _headers(values: Values) -> Iterator[tuple[str, str]]:
    """Go through the headers: as they came where Outlook kept them, else from its own values."""
    came = _as_they_came(_text(values, HEADERS, longest=64 * 1024))
    made = {
        "from": _sender(values),
        "to": _encoded(_text(values, SHOWN_TO)),
        "cc": _encoded(_text(values, COPIED)),
        "date": _moment(values),
        "message-id": _one_id(_text(values, MESSAGE_ID)),
        "in-reply-to": _one_id(_text(values, IN_REPLY_TO)),
        "references": _one_id(_text(values, REFERENCES)),
    }
    for name in CARRIED:
        if value := came.get(name) or made.get(name):
            yield name.title(), value
    yield "Subject", _encoded(_text(values, SUBJECT)) or came.get("subject", "")


def _as_they_came(text: str) -> dict[str, str]:
    unfolded = re.sub(r"\r?\n[ \t]+", " ", text)
    found: dict[str, str] = {}
    for row in unfolded.splitlines():
        name, colon, value = row.partition(":")
        if colon and name.strip().lower() not in found:
            found[name.strip().lower()] = _encoded(value.strip()[:LONGEST_VALUE])
    return found


def _sender(values: Values) -> str:
    name = _text(values, SENDER_NAME) or _text(values, REPRESENTING_NAME)
    places = (SENDER_SMTP, REPRESENTING_SMTP, SENDER_ADDRESS, REPRESENTING_ADDRESS)
    said = (_text(values, each) for each in places)
    address = next((each for each in said if ADDRESS.fullmatch(each)), "")
    if not address:
        return _encoded(name)
    shown = f'"{name}"' if name.isascii() and '"' not in name else _encoded(name)
    return f"{shown} <{address}>" if name else address


def _moment(values: Values) -> str:
    ticks = values.get(SUBMITTED) or values.get(DELIVERED)
    if not isinstance(ticks, int):
        return ""
    try:
        return format_datetime(FIRST_DAY + timedelta(microseconds=ticks // 10))
    except (OverflowError, ValueError):
        return ""


def _bodies(values: Values) -> Iterator[tuple[str, str]]:
    """Go through the bodies that there are: plain text or HTML, else the words of the RTF."""
    text = _text(values, BODY, longest=LONGEST_BODY)
    html = _text(values, HTML, longest=LONGEST_BODY)
    if text.strip():
        yield "plain", text
    if html.strip():
        yield "html", html
    packed = values.get(PACKED_RTF)
    if not text.strip() and not html.strip() and isinstance(packed, bytes):
        yield "plain", rtf.text_of(packed_rtf.unpacked(packed, LONGEST_BODY))


def _text(values: Values, number: int, *, longest: int = LONGEST_VALUE) -> str:
    value = values.get(number, "")
    if isinstance(value, bytes):
        value = value.decode(codec_of(values.get(CODE_PAGE)), "replace")
    return str(value).replace("\0", "").strip()[:longest] if isinstance(value, str) else ""


def _one_id(text: str) -> str:
    return " ".join(re.findall(r"<[!-;=?-~]{1,990}>", text))[:LONGEST_VALUE]


def _encoded(text: str) -> str:
    """Return a header's value as ASCII on one line."""
    flat = " ".join(text.split())
    if flat.isascii() and flat.isprintable():
        return flat
    words = Header(flat.encode("utf-8", "replace").decode(), "utf-8", maxlinelen=10_000)
    return words.encode().replace("\n", "")


def _file_head(file: Member) -> bytes:
    kind = file.media_type or "application/octet-stream"
    name = "".join(
        chr(each) if chr(each).isalnum() and each < 128 else f"%{each:02X}"
        for each in file.name[-LONGEST_VALUE:].encode("utf-8", "replace")
    )
    return (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment; filename*=utf-8''{name}\r\n\r\n"
    ).encode()


def _in_lines(content: bytes) -> bytes:
    view = memoryview(content)
    lines = (
        binascii.b2a_base64(view[place : place + LINE_BYTES])
        for place in range(0, len(view), LINE_BYTES)
    )
    return b"".join(lines) + b"\r\n"
