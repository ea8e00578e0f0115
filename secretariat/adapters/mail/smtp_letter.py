"""A message as it is handed over to the server that mail leaves through."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.utils import getaddresses
from typing import Final

from secretariat.adapters.mail.smtp_server import Client, SmtpServer
from secretariat.ports.mail import LineDropped, OutboxClosed, SendRefused

PIECE: Final = 2**18
_BREAKS: Final = re.compile(rb"\r\n|\r|\n")
_HIDDEN: Final = re.compile(
    rb"^bcc:[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*", re.IGNORECASE | re.MULTILINE
)
_UNFIT: Final = re.compile(r"[\x00-\x20<>\x7f]")
_SEND: Final = 354
_TOO_LARGE: Final = 552


class Deferred(OutboxClosed):
    """The server does not take this message now; others it might."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is told before a message, and its bytes without the hidden recipients."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    def hand_over(self, client: Client, server: SmtpServer, patience: float) -> None:
        """Let it leave to all recipients or to none.

        patience: seconds that the server may take to accept it at the end
        Raise SendRefused, OutboxClosed or Deferred when nothing left; LineDropped when nobody
        knows.
        """
        try:
            self._introduce(client, server)
            _told(server, client.docmd("DATA")[0], _SEND, "the message")
            self._say(client, server)
        except OSError as fault:
            raise server.closed(fault) from None
        try:
            client.line.settimeout(patience)
            client.line.sendall(b".\r\n")
            code = client.getreply()[0]
            client.line.settimeout(server.wires.read)
        except OSError:
            raise LineDropped(
                "the line dropped before the mail server said whether it took the mail"
            ) from None
        _insist_on(server, code, "the message")

    def _introduce(self, client: Client, server: SmtpServer) -> None:
        """Name the sender and the recipients."""
        options = []
        if client.has_extn("size"):
            largest = client.esmtp_features["size"]
            if largest.isdigit() and 0 < int(largest) < len(self.content):
                raise SendRefused(
                    "the mail server refused the message: it takes none that is larger than"
                    f" {int(largest) // 2**20} MB"
                )
            options.append(f"SIZE={len(self.content)}")
        if not self.content.isascii() and client.has_extn("8bitmime"):
            options.append("BODY=8BITMIME")
        code, _ = client.mail(self.sender, options)
        if code // 100 == 5 and code != _TOO_LARGE:
            # One sender sends everything.
            raise OutboxClosed(f"mail cannot leave: {server.host} refuses the sender (code {code})")
        _told(server, code, 250, "the message")
        for recipient in self.recipients:
            code, _ = client.rcpt(recipient)
            _insist_on(server, code, "a recipient")

    def _say(self, client: Client, server: SmtpServer) -> None:
        """Say the message without its end, without which no server takes it."""
        try:
            for start in range(0, len(self.content), PIECE):
                client.line.sendall(self._piece(start))
        except OSError as fault:
            if code := _last_word(client):
                _insist_on(server, code, "the message")
            raise server.closed(fault) from None

    def _piece(self, start: int) -> bytes:
        """Return some of the content, each line that begins with a stop with one more."""
        piece = self.content[start : start + PIECE]
        before = self.content[max(start - 2, 0) : start] or b"\r\n"
        return (before + piece).replace(b"\r\n.", b"\r\n..")[len(before) :]


def letter_of(raw: bytes) -> Letter:
    """Return a raw message as it is handed over; raise SendRefused where it names nobody."""
    whole = whole_lines(raw)
    head, blank, body = whole.partition(b"\r\n\r\n")
    message = message_from_bytes(head + blank)
    senders = _addresses(message.get_all("From"))
    named = [one for name in ("To", "Cc", "Bcc") for one in _addresses(message.get_all(name))]
    if not senders or not named:
        raise SendRefused("the message names no sender or no recipient")
    for address in (*senders, *named):
        if not address.isascii() or _UNFIT.search(address) or "@" not in address:
            raise SendRefused("the message names an address that the mail server cannot be told")
    shown = _HIDDEN.sub(b"", head + b"\r\n")
    return Letter(senders[0], tuple(dict.fromkeys(named)), shown + blank[2:] + body)


def whole_lines(raw: bytes) -> bytes:
    """Return a message with the line ends that are sent; it ends with one."""
    whole = _BREAKS.sub(b"\r\n", raw)
    return whole if whole.endswith(b"\r\n") else whole + b"\r\n"


def _addresses(values: Sequence[object] | None) -> list[str]:
    texts = [" ".join(str(value).split()) for value in values or ()]
    return [address for _, address in getaddresses(texts) if address]


def _told(server: SmtpServer, code: int, good: int, what: str) -> None:
    """Pass over a good answer; raise OutboxClosed for "later" and SendRefused for "never"."""
    if code == good or (good == 250 and code == 251):
        return
    if code == -1 or code // 100 == 4:
        raise (
            server.busy(code)
            if code > 0
            else OutboxClosed(f"mail cannot leave now: the line to {server.host} dropped")
        )
    raise SendRefused(f"the mail server refused {what} (code {code})")


def _insist_on(server: SmtpServer, code: int, what: str) -> None:
    """Do as `_told` does where "later" is said of one message alone."""
    if code // 100 == 4:
        raise Deferred(f"mail cannot leave now: {server.host} does not take {what} (code {code})")
    _told(server, code, 250, what)


def _last_word(client: Client) -> int:
    """Return the code that the server said before it hung up, 0 for none."""
    try:
        return client.getreply()[0]
    except OSError:
        return 0
