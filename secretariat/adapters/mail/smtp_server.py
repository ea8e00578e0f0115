"""Signing in to the server that mail leaves through, and its refusals in words.

One way of signing in is tried and no second one, and what was refused stands for
`REFUSAL_STANDS`: servers lock accounts.
"""

import base64
import smtplib
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from secretariat.adapters.mail.imap_server import REFUSAL_STANDS, REFUSED, TOKEN_REFUSED
from secretariat.adapters.mail.refusal import Refusal
from secretariat.adapters.mail.wires import CLOSED, GivesTokens, Wires, why_no_line
from secretariat.ports.mail import MailboxUnusable, OutboxClosed

_WE: Final = "[127.0.0.1]"
_GO_ON: Final = 334
_LET_IN: Final = 235


class SenderRefused(OutboxClosed):
    """The account may not sign in to send, and will not until somebody puts it right."""


class Client(smtplib.SMTP):
    """An SMTP connection on a wire that can be cut."""

    def __init__(self, server: "SmtpServer") -> None:
        self.server = server
        super().__init__(server.host, server.port, local_hostname=_WE)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = self.server.wires.plain(host, port)
        if self.server.encryption != "tls":
            return line
        try:
            return self.server.wires.trust().wrap_socket(line, server_hostname=host)
        except BaseException:
            line.close()
            raise

    @property
    def line(self) -> socket.socket:
        """The line itself; raise OSError where it has been hung up."""
        if self.sock is None:
            raise OSError(CLOSED)
        return self.sock

    def leave(self) -> None:
        """Hang up in a friendly manner."""
        with suppress(OSError):
            self.quit()
        self.close()


@dataclass
class SmtpServer:
    """A server that takes mail for the world, and who signs in to it.

    encryption: "tls", "starttls" or "none"
    user: "" where nobody need sign in
    tokens: give what signs in instead of the password (XOAUTH2), None for the password
    now: seconds of a clock that is never set back
    """

    host: str
    port: int
    encryption: str
    user: str = ""
    password: str = field(default="", repr=False)
    tokens: GivesTokens | None = field(default=None, repr=False)
    wires: Wires = field(default_factory=Wires, repr=False)
    now: Callable[[], float] = field(default=time.monotonic, repr=False)
    _refusal: Refusal = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Ask for nothing yet."""
        self._refusal = Refusal(REFUSAL_STANDS, lambda: self.now())

    def connect(self) -> Client:
        """Open a connection and sign in; raise OutboxClosed."""
        if self.wires.closed.is_set():
            raise OutboxClosed(CLOSED)
        if why := self._refusal.why:
            raise SenderRefused(why)
        client = self._client()
        try:
            client.ehlo_or_helo_if_needed()
            if self.encryption == "starttls":
                self._encrypt(client)
            if self.user:
                self._sign_in(client)
            return client
        except OSError as fault:
            client.close()
            raise self.closed(fault) from None
        except MailboxUnusable as fault:
            client.close()
            raise OutboxClosed(str(fault)) from None
        except BaseException:
            client.close()
            raise

    def close(self) -> None:
        """Cut every connection at once."""
        self.wires.close()
        if self.tokens is not None:
            self.tokens.close()

    def closed(self, fault: BaseException) -> OutboxClosed:
        """Return in words that nothing can leave, for a line dropped or was never there."""
        if self.wires.closed.is_set():
            return OutboxClosed(CLOSED)
        return OutboxClosed(f"mail cannot leave now: {why_no_line(fault, self.host)}")

    def _client(self) -> Client:
        try:
            return Client(self)
        except smtplib.SMTPResponseException as fault:
            raise self.busy(fault.smtp_code) from None
        except OSError as fault:
            raise self.closed(fault) from None
        except MailboxUnusable as fault:
            raise OutboxClosed(str(fault)) from None

    def busy(self, code: int) -> OutboxClosed:
        """Return that the server is there and takes nothing now."""
        return OutboxClosed(f"mail cannot leave now: {self.host} takes none (code {code})")

    def _encrypt(self, client: Client) -> None:
        try:
            client.starttls(context=self.wires.trust())
        except smtplib.SMTPNotSupportedError:
            raise OutboxClosed(f"{self.host} offers no encryption by STARTTLS") from None
        except smtplib.SMTPResponseException as fault:
            raise self.busy(fault.smtp_code) from None
        client.ehlo_or_helo_if_needed()

    def _sign_in(self, client: Client) -> None:
        if self.tokens is None:
            return self._settle(self._by_password(client), REFUSED)
        used = self.tokens.token()
        code = _by_token(client, self.user, used)
        if code // 100 == 5 and (other := self.tokens.renew(used)) != used:
            # It may have run out on the way; another one is worth one more attempt.
            code = _by_token(client, self.user, other)
        self._settle(code, TOKEN_REFUSED)

    def _by_password(self, client: Client) -> int:
        offered = client.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered:
            told = _secret("\0".join(("", self.user, self.password)))
            return client.docmd("AUTH", f"PLAIN {told}")[0]
        if "LOGIN" not in offered:
            raise OutboxClosed(f"{self.host} lets nobody sign in with a password on this line")
        code, _ = client.docmd("AUTH", "LOGIN")
        for told in (self.user, self.password):
            if code == _GO_ON:
                code, _ = client.docmd(_secret(told))
        return code

    def _settle(self, code: int, refused: str) -> None:
        if code == _LET_IN:
            return
        if code // 100 != 5:
            raise self.busy(code)
        why = f"mail cannot leave: {refused} (code {code})"
        self._refusal.note(why)
        raise SenderRefused(why)


def _by_token(client: Client, user: str, token: str) -> int:
    told = _secret(f"user={user}\1auth=Bearer {token}\1\1")
    code, _ = client.docmd("AUTH", f"XOAUTH2 {told}")
    if code == _GO_ON:
        # A refusal is a question first, which is to be answered with nothing.
        code, _ = client.docmd("")
    return code


def _secret(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
