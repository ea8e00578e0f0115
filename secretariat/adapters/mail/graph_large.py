"""A message too large for one request: what is sent first, and what is attached to it after.

Graph takes a message as raw MIME up to 4 MB.  A larger one is divided: its largest attachments
are taken out, the rest keeps its headers byte by byte.
"""

import email
from dataclasses import dataclass, field
from email.message import Message
from email.policy import compat32
from typing import Final

from secretariat.ports.mail import SendRefused

_AS_IT_IS: Final = compat32.clone(max_line_length=None, linesep="\r\n", mangle_from_=False)


@dataclass(frozen=True, slots=True)
class TakenOut:
    """An attachment that was taken out of its message."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Divided:
    """rest: the raw message without what was taken out."""

    rest: bytes = field(repr=False)
    attachments: tuple[TakenOut, ...]


def divide(raw: bytes, room: int) -> Divided:
    """Take out attachments, the largest first, until the rest has at most `room` bytes.

    Raise SendRefused where that is not enough.
    """
    message = email.message_from_bytes(raw, policy=_AS_IT_IS)
    taken: list[TakenOut] = []
    left = len(raw)
    for part in sorted(_attached(message), key=_size, reverse=True):
        message.get_payload().remove(part)  # type: ignore[union-attr]
        taken.append(_taken(part))
        left -= _size(part)
        if left <= room and len(rest := message.as_bytes(policy=_AS_IT_IS)) <= room:
            return Divided(rest, tuple(taken))
    raise SendRefused("the message is too large, even without its attachments")


def _attached(message: Message) -> list[Message]:
    if message.get_content_type() != "multipart/mixed" or not message.is_multipart():
        return []
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    return [part for part in parts if part.get_content_disposition() == "attachment"]


def _size(part: Message) -> int:
    """Return how many bytes a part takes up in its message, without its headers."""
    coded = part.get_payload()
    return len(coded) if isinstance(coded, str) else len(part.as_bytes(policy=_AS_IT_IS))


def _taken(part: Message) -> TakenOut:
    name, content = part.get_filename() or "Attachment", part.get_payload(decode=True)
    if isinstance(content, bytes):
        return TakenOut(name, part.get_content_type(), content)
    # A mail attached whole: coded as a file is, it may not be called a mail.
    inner = part.get_payload(0)
    raw = inner.as_bytes(policy=_AS_IT_IS) if isinstance(inner, Message) else b""
    return TakenOut(name, "application/octet-stream", raw)
