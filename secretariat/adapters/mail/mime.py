"""RFC 5322 bytes to a domain mail, never raising on what councils and gateways send.

Parsed with the standard library's compat32 policy, the only one that a corpus of
2,339 mails could not break; headers are decoded here, since the newer policies raise
on ordinary ones.  The raw bytes are in the vault: whatever is lost here is a fault
that is told, not a loss.
"""

import email
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final, TypeAlias

from secretariat.adapters.mail.bodies import (
    as_it_came,
    body_of,
    encoding_of,
    from_base64,
    uuencoded,
    written_in,
)
from secretariat.adapters.mail.compose import compose
from secretariat.adapters.mail.cutting import LARGE, Cut, cut
from secretariat.adapters.mail.headers import decoded, id_list, plain_name, readable
from secretariat.domain.errors import OutOfOrder
from secretariat.domain.mail import Draft, Mail, Part
from secretariat.domain.quoted import own_words

MOST_PARTS: Final = 500
DEEPEST: Final = 30
LONGEST_HEADER: Final = 64 * 1024
LONGEST_TEXT: Final = 2_000_000
MOST_HEADERS: Final = 1_000
MOST_ADDRESSES: Final = 500
DECORATION_BYTES: Final = 100_000

PARSER_FAULTS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)

_Message: TypeAlias = "Message[str, str]"
_ADDRESS: Final = re.compile(r"[^\s<>\"(),:;@\\]{1,64}@[\w.-]{1,253}")


@dataclass(frozen=True, slots=True)
class MimeReading:
    """Raw bytes to mails and back.

    text_of_html: makes text of the HTML of mails without a plain part; it must never raise
        for what the HTML holds, and is the isolated reader's
    large: from how many bytes on a base64 body is decoded where it lies
    """

    text_of_html: Callable[[str], str]
    large: int = LARGE

    def parse(self, raw: bytes) -> Mail:
        """Return the mail; what cannot be parsed is said in its faults."""
        try:
            without = cut(raw, self.large)
            message: _Message = email.message_from_bytes(without.small, policy=compat32)
            return _Parsing(self.text_of_html, without).mail(message)
        except OutOfOrder:
            raise
        except PARSER_FAULTS:
            return Mail(faults=("the mail is so badly formed that it cannot be taken apart",))

    def compose(self, draft: Draft) -> bytes:
        """Return the bytes of a mail of ours."""
        return compose(draft)


@dataclass
class _Parsing:
    """One mail being taken apart."""

    text_of_html: Callable[[str], str]
    cut: Cut
    faults: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def mail(self, message: _Message) -> Mail:
        """Return the mail; what could not be parsed is among its faults."""
        headers = self._headers(message)
        self._take(message)
        html = "\n".join(self.html)[:LONGEST_TEXT]
        text = "\n".join(self.plain)[:LONGEST_TEXT]
        if not text.strip() and html.strip():
            text = self.text_of_html(html)
        senders = self._addresses(message, "from")
        if len(senders) > 1:
            self.faults.append("it names more than one sender")
        name, sender = senders[0] if senders else ("", "")
        return Mail(
            message_id=next(iter(id_list(_raw_header(message, "message-id"))), ""),
            in_reply_to=id_list(_raw_header(message, "in-reply-to")),
            references=id_list(_raw_header(message, "references")),
            sent_at=self._sent_at(message),
            sender=sender,
            sender_name=name,
            reply_to=tuple(address for _, address in self._addresses(message, "reply-to")),
            recipients=self._recipients(message),
            subject=decoded(_raw_header(message, "subject")),
            text=text,
            own_text=own_words(text),
            html=html,
            headers=headers,
            content_type=_content_type(message),
            report_type=_parameter(message, "report-type"),
            parts=tuple(self.parts),
            faults=tuple(dict.fromkeys(self.faults)),
        )

    def _headers(self, message: _Message) -> tuple[tuple[str, str], ...]:
        pairs = list(message.raw_items())
        if len(pairs) > MOST_HEADERS:
            self.faults.append(f"it has more than {MOST_HEADERS} headers")
        taken = [(name, str(value)) for name, value in pairs[:MOST_HEADERS]]
        if any(len(value) > LONGEST_HEADER for _, value in taken):
            self.faults.append("a header is longer than 64 KB and was cut")
        return tuple((readable(name).lower(), decoded(value)) for name, value in taken)

    def _addresses(self, message: _Message, name: str) -> list[tuple[str, str]]:
        """Return (display name, bare lower-case address) of every header of this name."""
        values = [readable(value) for value in _raw_headers(message, name)]
        try:
            pairs = getaddresses([value[:LONGEST_HEADER] for value in values])
        except PARSER_FAULTS:
            pairs = []
        found = [(decoded(shown), where.strip().lower()) for shown, where in pairs if "@" in where]
        if not found and any(value.strip() for value in values):
            bare = _ADDRESS.findall(" ".join(decoded(value) for value in values))
            found = [("", address.lower()) for address in bare]
            if name == "from" and not found:
                self.faults.append("its sender's address cannot be read")
        return found[:MOST_ADDRESSES]

    def _recipients(self, message: _Message) -> tuple[str, ...]:
        pairs = self._addresses(message, "to") + self._addresses(message, "cc")
        return tuple(dict.fromkeys(address for _, address in pairs))

    def _sent_at(self, message: _Message) -> datetime | None:
        written = readable(_raw_header(message, "date")).strip()
        try:
            moment = parsedate_to_datetime(written[:200])
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return aware.astimezone(UTC)
        except PARSER_FAULTS:
            if written:
                self.faults.append("its date cannot be read")
            return None

    def _take(self, message: _Message) -> None:
        for count, (depth, leaf) in enumerate(_leaves(message)):
            if count >= MOST_PARTS or depth > DEEPEST:
                self.faults.append("it has more parts than are taken apart; the rest was left")
                return
            try:
                self._take_leaf(leaf)
                if leaf is message:
                    self._take_as_words(leaf)
            except PARSER_FAULTS:
                self.faults.append("one of its parts cannot be taken apart")
                self._keep_as_it_is(leaf)

    def _take_leaf(self, leaf: _Message) -> None:
        media_type = _content_type(leaf)
        name = plain_name(_file_name(leaf))
        attached = bool(name) or _disposition(leaf) == "attachment"
        if media_type == "message/rfc822":
            self._take_forwarded(leaf, name)
        elif media_type in _SHOWN and not attached:
            self._take_text(leaf, media_type)
        elif media_type.startswith("multipart/"):
            self.faults.append("its parts cannot be told apart")
            self._take_text(leaf, "text/plain")
        elif (body := self._body(leaf)) and not _is_decoration(leaf, body):
            self.parts.append(Part(name or _unnamed(media_type), media_type, body))

    def _take_as_words(self, leaf: _Message) -> None:
        """Take a mail that is nothing but a named text for its words, too."""
        if self.parts and _content_type(leaf) == "text/plain" and _disposition(leaf) == "inline":
            self.plain.append(self._text(leaf))

    def _take_text(self, leaf: _Message, media_type: str) -> None:
        text = self._text(leaf)
        if media_type == "text/html":
            self.html.append(text)
            return
        text, files = uuencoded(text)
        self.plain.append(text)
        self.parts += [
            Part(plain_name(decoded(name)) or "attachment", "application/octet-stream", content)
            for name, content in files
        ]

    def _take_forwarded(self, leaf: _Message, name: str) -> None:
        inner = leaf.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else leaf
        carried = first if isinstance(first, Message) else leaf
        if encoding_of(leaf) == "base64" and not list(carried.raw_items()):
            body = from_base64(self.cut.whole(written_in(carried)))
        else:
            body = as_it_came(carried, self.cut)
        self.parts.append(Part(name or "forwarded mail.eml", "message/rfc822", body))

    def _keep_as_it_is(self, leaf: _Message) -> None:
        """Keep a part that nothing can be made of, so that a person can look at it."""
        written = written_in(leaf)
        if written.strip():
            octets = self.cut.whole(written).encode("utf-8", "surrogateescape")
            self.parts.append(Part("damaged part", "application/octet-stream", octets))

    def _body(self, leaf: _Message) -> bytes:
        body, damaged = body_of(leaf, self.cut)
        if damaged:
            self.faults.append("an attachment is damaged")
        return body

    def _text(self, leaf: _Message) -> str:
        body = self._body(leaf)
        charset = _parameter(leaf, "charset")
        for each in (charset, "utf-8", "cp1252"):
            try:
                return body.decode(each).replace("\0", "")
            except (LookupError, ValueError):
                continue
        return body.decode("cp1252", "replace").replace("\0", "")


_SHOWN: Final = ("text/plain", "text/html")


def _leaves(message: _Message, depth: int = 0) -> Iterator[tuple[int, _Message]]:
    """Go through the parts that hold something, outer first; forwarded mails are not entered."""
    kind = _content_type(message)
    inner = message.get_payload()
    entered = message.is_multipart() and not kind.startswith("message/")
    if not entered or depth > DEEPEST or not isinstance(inner, list):
        yield depth, message
        return
    for part in inner:
        if isinstance(part, Message):
            yield from _leaves(part, depth + 1)


def _raw_headers(message: _Message, name: str) -> list[str]:
    return [str(value) for called, value in message.raw_items() if called.lower() == name]


def _raw_header(message: _Message, name: str) -> str:
    return next(iter(_raw_headers(message, name)), "")


def _content_type(message: _Message) -> str:
    try:
        return message.get_content_type()
    except PARSER_FAULTS:
        return "application/octet-stream"


def _parameter(message: _Message, name: str) -> str:
    try:
        value = message.get_param(name, "")
        if isinstance(value, tuple):
            value = value[2]
        return readable(str(value or "")).strip().strip("\"'").lower()
    except PARSER_FAULTS:
        return ""


def _disposition(message: _Message) -> str:
    try:
        return (message.get_content_disposition() or "").lower()
    except PARSER_FAULTS:
        return ""


def _file_name(message: _Message) -> str:
    try:
        return decoded(message.get_filename() or "")
    except PARSER_FAULTS:
        return "attachment"


def _is_decoration(leaf: _Message, body: bytes) -> bool:
    """Say whether this is a small picture of the mail's own layout, such as a council's crest."""
    shown_in_text = bool(_raw_header(leaf, "content-id")) and _disposition(leaf) != "attachment"
    return shown_in_text and _is_picture(leaf) and len(body) < DECORATION_BYTES


def _is_picture(leaf: _Message) -> bool:
    return _content_type(leaf).startswith("image/")


def _unnamed(media_type: str) -> str:
    return f"unnamed {media_type.rpartition('/')[2]}"
