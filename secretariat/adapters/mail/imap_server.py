"""Signing in to an IMAP server, and its refusals in words.

A name or password that was refused is not tried again for `REFUSAL_STANDS`: servers lock accounts.
"""

import imaplib
import re
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from imap_tools import BaseMailBox, MailboxLoginError
from imap_tools.errors import ImapToolsError

from secretariat.adapters.mail.refusal import Refusal
from secretariat.adapters.mail.wires import CLOSED, GivesTokens, Wires, why_no_line
from secretariat.ports.mail import MailboxUnusable

REFUSAL_STANDS: Final = 300.0
REFUSED: Final = "the mail server refused the name or password"
TOKEN_REFUSED: Final = "the mail server refused the application's token"  # noqa: S105
NOW_AND_THEN: Final = frozenset(("UNAVAILABLE", "SERVERBUG", "LIMIT", "INUSE"))
DROPPED: Final = (imaplib.IMAP4.abort, OSError)
NOT_DONE: Final = (imaplib.IMAP4.error, ImapToolsError)
_CODE: Final = re.compile(r"\[([A-Z]+)")
_BY_CODE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "OVERQUOTA": "the mailbox is full",
        "NOPERM": "the account may not do this in the mailbox",
        "LIMIT": "the mail server has set a limit that is reached",
        "TOOBIG": "the message is too large for the mail server",
        "INUSE": "the mailbox is in use by somebody else",
        "UNAVAILABLE": "a part of the mail server is out of order",
        "SERVERBUG": "the mail server has an internal fault",
        "EXPIRED": "the password has expired",
        "CONTACTADMIN": "the mail server says that its administrator must be asked",
        "PRIVACYREQUIRED": "the mail server wants an encrypted line",
    }
)


class NameRefused(MailboxUnusable):
    """The account may not sign in, and will not until somebody puts it right."""


class LineLost(MailboxUnusable):
    """The server let us in, and the line dropped while something was asked."""


class _Client(imaplib.IMAP4):
    """An IMAP connection on a wire that can be cut."""

    def __init__(self, server: "ImapServer") -> None:
        self.server = server
        super().__init__(server.host, server.port)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        line = self.server.wires.plain(self.host, self.port)
        if self.server.encryption != "tls":
            return line
        try:
            return self.server.wires.trust().wrap_socket(line, server_hostname=self.host)
        except BaseException:
            line.close()
            raise


class Box(BaseMailBox):
    """One connection that was signed in."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._given = client
        super().__init__()

    def can(self, what: str) -> bool:
        """Say whether the server has told that it can do something, such as MOVE."""
        return what in self.client.capabilities

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._given


@dataclass
class ImapServer:
    """A server, and who signs in to it.

    encryption: "tls", "starttls" or "none"
    tokens: give what signs in instead of the password (XOAUTH2), None for the password
    now: seconds of a clock that is never set back
    """

    host: str
    port: int
    encryption: str
    user: str
    password: str = field(default="", repr=False)
    tokens: GivesTokens | None = field(default=None, repr=False)
    wires: Wires = field(default_factory=Wires, repr=False)
    now: Callable[[], float] = field(default=time.monotonic, repr=False)
    _refusal: Refusal = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Ask for nothing yet."""
        self._refusal = Refusal(REFUSAL_STANDS, lambda: self.now())

    def connect(self) -> Box:
        """Open a connection and sign in; raise MailboxUnusable."""
        self._insist()
        client = self._client()
        try:
            self._sign_in(client)
            box = Box(client)
            box.client.capabilities = _capabilities(client)
            return box
        except MailboxUnusable:
            hang_up(client)
            raise
        except DROPPED as fault:
            hang_up(client)
            raise self.unusable(fault) from None
        except NOT_DONE:
            hang_up(client)
            raise MailboxUnusable("the mail server cannot be understood") from None

    def close(self) -> None:
        """Cut every connection at once."""
        self.wires.close()
        if self.tokens is not None:
            self.tokens.close()

    def unusable(self, fault: BaseException) -> MailboxUnusable:
        """Return in words that a line dropped or was never there."""
        if self.wires.closed.is_set():
            return MailboxUnusable(CLOSED)
        return MailboxUnusable(f"the mailbox cannot be used: {why_no_line(fault, self.host)}")

    def _insist(self) -> None:
        if self.wires.closed.is_set():
            raise MailboxUnusable(CLOSED)
        if why := self._refusal.why:
            raise NameRefused(why)

    def _client(self) -> imaplib.IMAP4:
        try:
            client = _Client(self)
        except DROPPED as fault:
            raise self.unusable(fault) from None
        except imaplib.IMAP4.error:
            raise MailboxUnusable(f"{self.host} lets nobody in now") from None
        if self.encryption == "starttls":
            try:
                client.starttls(self.wires.trust())
            except OSError as fault:
                hang_up(client)
                raise self.unusable(fault) from None
            except imaplib.IMAP4.error:
                hang_up(client)
                raise MailboxUnusable(f"{self.host} offers no encryption by STARTTLS") from None
            except BaseException:
                hang_up(client)
                raise
        return client

    def _sign_in(self, client: imaplib.IMAP4) -> None:
        if self.tokens is None:
            return self._try(client, lambda: self._by_password(client))
        used = self.tokens.token()
        try:
            self._try(client, lambda: _by_token(client, self.user, used), TOKEN_REFUSED)
        except NameRefused:
            # It may have run out on the way; another one is worth one more attempt.
            if (other := self.tokens.renew(used)) == used:
                raise
            self._try(client, lambda: _by_token(client, self.user, other), TOKEN_REFUSED)
        self._refusal.forget()

    def _by_password(self, client: imaplib.IMAP4) -> None:
        box = Box(client)
        if (self.user + self.password).isascii():
            box.login(self.user, self.password, initial_folder=None)
        else:
            box.login_utf8(self.user, self.password, initial_folder=None)

    def _try(
        self, client: imaplib.IMAP4, sign_in: Callable[[], None], refused: str = REFUSED
    ) -> None:
        try:
            sign_in()
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, MailboxLoginError) as fault:
            code = code_of(fault)
            if code in NOW_AND_THEN:
                raise MailboxUnusable(f"{self.host} lets nobody in now: {_BY_CODE[code]}") from None
            why = f"{refused}: {_BY_CODE[code]}" if code in _BY_CODE else refused
            self._refusal.note(why)
            raise NameRefused(why) from None


def code_of(fault: BaseException) -> str:
    """Return the code of a server's refusal (RFC 5530), "" where it told none."""
    found = _CODE.search(str(fault))
    return found[1] if found else ""


def why_refused(fault: BaseException) -> str:
    """Return a server's refusal in words."""
    return _BY_CODE.get(code_of(fault), "the mail server refused what was asked of it")


def hang_up(client: imaplib.IMAP4) -> None:
    """Close a connection without a word more."""
    try:
        client.shutdown()
    except OSError:
        return


def _by_token(client: imaplib.IMAP4, user: str, token: str) -> None:
    answers = [f"user={user}\1auth=Bearer {token}\1\1".encode()]
    # A refusal is a question first, which is to be answered with nothing.
    client.authenticate("XOAUTH2", lambda _: answers.pop() if answers else b"")


def _capabilities(client: imaplib.IMAP4) -> tuple[str, ...]:
    """Ask what the server can do: it says more to those who have signed in."""
    _, told = client.capability()
    return tuple(told[-1].decode("ascii", "replace").upper().split()) if told[-1] else ()
