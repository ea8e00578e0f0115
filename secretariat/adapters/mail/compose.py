"""A mail of ours to bytes.

Python 3.11 encodes long message ids as if they were words, and Outlook's ids are long:
councils' mail programs then drop the header and the thread with it.  Hence headers of
our own for ids, folded between ids only.
"""

import mimetypes
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from hashlib import sha256
from typing import Final

from secretariat.adapters.mail.rich import html_of
from secretariat.domain.mail import Draft, Part

_ID_HEADERS: Final = ("message-id", "in-reply-to", "references")
_MOST_REFERENCES: Final = 50


class _IdList(UnstructuredHeader):
    """Message ids, one a line, never encoded."""

    max_count = 1
    name: str

    def fold(self, *, policy: Policy) -> str:
        """Return the header with a line break between ids and nowhere else."""
        ids = (policy.linesep + " ").join(str(self).split())
        return f"{self.name}: {ids}{policy.linesep}"


class _Address(UnstructuredHeader):
    """One bare address, in ASCII and on one line; other letters would be encoded into nonsense."""

    max_count = 1
    name: str

    def fold(self, *, policy: Policy) -> str:
        """Return the header as it is; what no server could take is shown as a question mark."""
        plain = "".join(sign if "!" <= sign <= "~" else "?" for sign in "".join(str(self).split()))
        return f"{self.name}: {plain}{policy.linesep}"


def _policy() -> Policy:
    registry = HeaderRegistry()
    registry.map_to_type("to", _Address)  # type: ignore[arg-type]  # the registry adds the base
    for name in _ID_HEADERS:
        registry.map_to_type(name, _IdList)  # type: ignore[arg-type]  # the registry adds the base
    return SMTP.clone(header_factory=registry)


_OUTGOING: Final = _policy()


def compose(draft: Draft) -> bytes:
    """Return the mail with CRLF line ends; the same draft gives the same words and headers."""
    message = EmailMessage(policy=_OUTGOING)
    message["From"] = _one_line(draft.sender)
    message["To"] = _reachable(_one_line(draft.to))
    message["Subject"] = _one_line(draft.subject)
    message["Date"] = format_datetime(draft.date)
    message["Message-ID"] = _one_line(draft.message_id)
    if draft.in_reply_to:
        message["In-Reply-To"] = _one_line(draft.in_reply_to)
    if thread := _thread(draft):
        message["References"] = " ".join(thread)
    if draft.automatic:
        message["Auto-Submitted"] = draft.automatic
        message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    body = _clean(draft.body) + "\n"
    message.set_content(body, charset="utf-8", cte="quoted-printable")
    rich = html_of(body, _one_line(draft.subject))
    message.add_alternative(rich, subtype="html", charset="utf-8", cte="quoted-printable")
    for part in draft.parts:
        _attach(message, part)
    _part_steadily(message)
    return message.as_bytes()


def _part_steadily(message: EmailMessage) -> None:
    """Part its pieces by its own id, so that the same draft gives the same bytes."""
    pieces = [part for part in message.walk() if part.is_multipart()]
    for depth, part in enumerate(pieces):
        token = sha256(f"{depth}|{message['Message-ID']}|{message['Date']}".encode()).hexdigest()
        part.set_boundary(f"=_{token[:40]}")


def _thread(draft: Draft) -> list[str]:
    """Return the ids of the thread, the oldest first; of a very long one the ends."""
    ids = [_one_line(each) for each in draft.references if each != draft.in_reply_to]
    if draft.in_reply_to:
        ids.append(_one_line(draft.in_reply_to))
    return ids if len(ids) <= _MOST_REFERENCES else ids[:1] + ids[1 - _MOST_REFERENCES :]


def _attach(message: EmailMessage, part: Part) -> None:
    claimed = part.media_type or mimetypes.guess_type(part.name)[0] or ""
    main, _, sub = claimed.partition("/")
    if not sub or main in ("multipart", "message"):
        main, sub = "application", "octet-stream"
    message.add_attachment(part.body, maintype=main, subtype=sub, filename=_one_line(part.name))


def _one_line(value: str) -> str:
    """Return the value without line breaks, which would begin another header."""
    return " ".join(_clean(value).split())


def _reachable(address: str) -> str:
    """Return an address as every mail server takes it: a domain beyond ASCII in its ASCII form."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode()}" if not domain.isascii() else address
    except UnicodeError:
        return address


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "").rstrip()
