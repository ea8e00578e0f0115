"""Connections to mail servers that another thread can cut, and why there is none in words."""

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol
from weakref import WeakSet

from secretariat.ports.mail import MailboxUnusable

CONNECT: Final = 10.0
READ: Final = 30.0
CLOSED: Final = "the mailbox is closed"
_EXPIRED: Final = 10
_OTHER_NAME: Final = (62, 64)


class GivesTokens(Protocol):
    """Gives the token that signs in instead of a password; both raise MailboxUnusable."""

    def token(self) -> str:
        """Return a token that is good for now."""

    def renew(self, refused: str) -> str:
        """Return another one than the one that was refused, the same if there is none."""

    def close(self) -> None:
        """End a request that is under way."""


class _Trusted(ssl.SSLContext):
    """Tells of a socket before it begins to encrypt, so that it can be cut meanwhile."""

    watched: Callable[[ssl.SSLSocket], None]

    def wrap_socket(self, *given: Any, **how: Any) -> ssl.SSLSocket:
        """Encrypt a line."""
        line = super().wrap_socket(*given, **{**how, "do_handshake_on_connect": False})
        try:
            self.watched(line)
        except BaseException:
            line.close()
            raise
        return line


@dataclass
class Wires:
    """The connections of one door.

    ca_file: certificates (PEM) to trust beside the system's
    connect, read: seconds to connect, and between two signs of life after that
    """

    ca_file: Path | None = None
    connect: float = CONNECT
    read: float = READ
    closed: threading.Event = field(default_factory=threading.Event, init=False)
    _sockets: WeakSet[socket.socket] = field(default_factory=WeakSet, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def plain(self, host: str, port: int) -> socket.socket:
        """Connect; raise OSError."""
        fault: OSError = OSError("no address")
        for family, kind, proto, _, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        ):
            line = socket.socket(family, kind, proto)
            try:
                self._keep(line)
                line.settimeout(self.connect)
                line.connect(address)
                line.settimeout(self.read)
                return line
            except OSError as found:
                line.close()
                fault = found
        raise fault

    def trust(self) -> ssl.SSLContext:
        """Return how lines are encrypted; raise MailboxUnusable where `ca_file` is unreadable."""
        context = _Trusted(ssl.PROTOCOL_TLS_CLIENT)
        context.watched = self._encrypt
        context.load_default_certs()
        if self.ca_file is not None:
            try:
                context.load_verify_locations(self.ca_file)
            except (OSError, ssl.SSLError):
                raise MailboxUnusable(
                    f"the certificates in {self.ca_file} cannot be read"
                ) from None
        return context

    def close(self) -> None:
        """Cut every connection at once, whatever another thread waits for on it."""
        self.closed.set()
        with self._lock:
            sockets = list(self._sockets)
        for each in sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _encrypt(self, line: ssl.SSLSocket) -> None:
        self._keep(line)
        line.settimeout(self.connect)
        line.do_handshake()
        line.settimeout(self.read)

    def _keep(self, line: socket.socket) -> None:
        with self._lock:
            if self.closed.is_set():
                raise OSError(CLOSED)
            self._sockets.add(line)


def why_no_line(fault: BaseException, host: str) -> str:
    """Return in a clause why there is no line to `host`, without what was said on it."""
    if isinstance(fault, ssl.SSLCertVerificationError):
        return _why_not_trusted(fault, host)
    if isinstance(fault, socket.gaierror):
        return f"the name {host} is not known on this network"
    if isinstance(fault, ConnectionRefusedError):
        return f"{host} refuses the connection"
    if isinstance(fault, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return f"the line to {host} dropped"
    if isinstance(fault, ssl.SSLError):
        return f"{host} cannot be spoken with over an encrypted line"
    if isinstance(fault, TimeoutError):
        return f"{host} does not answer"
    return f"the line to {host} dropped"


def _why_not_trusted(fault: ssl.SSLCertVerificationError, host: str) -> str:
    if fault.verify_code == _EXPIRED:
        return f"the certificate of {host} has expired"
    if fault.verify_code in _OTHER_NAME:
        return f"the certificate of {host} is for another name"
    return f"the certificate of {host} is not trusted"
