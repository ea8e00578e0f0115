"""A line to a web server that another thread can cut, and what went wrong on it in words."""

import logging
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

import httpx

from secretariat.ports.mail import MailboxUnusable

CONNECT: Final = 10.0
READ: Final = 30.0
PLAIN: Final = {"User-Agent": "secretariat", "Accept": "application/json"}
_OPENED: Final = (".connect_tcp.complete", ".start_tls.complete")


@dataclass
class WebLine:
    """An HTTP client that trusts the system's certificates and those in `ca_file` (PEM).

    connect, read: seconds to connect, and between two signs of life after that
    """

    ca_file: Path | None = None
    connect: float = CONNECT
    read: float = READ
    client: httpx.Client = field(init=False)
    closed: threading.Event = field(default_factory=threading.Event, init=False)
    _sockets: WeakSet[socket.socket] = field(default_factory=WeakSet, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        """Open no connection yet; raise MailboxUnusable where the certificates cannot be read."""
        for name in ("httpx", "httpcore", "msal"):
            # They would log whole addresses, headers and answers.
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.client = httpx.Client(
            verify=trusted(self.ca_file),
            timeout=httpx.Timeout(self.read, connect=self.connect),
            headers=PLAIN,
            event_hooks={"request": [self._watch]},
        )

    def close(self) -> None:
        """Cut every connection at once, whatever another thread waits for on it."""
        self.closed.set()
        with self._lock:
            sockets = list(self._sockets)
        for each in sockets:
            _cut(each)
        self.client.close()

    def _watch(self, request: httpx.Request) -> None:
        request.extensions["trace"] = self._remember

    def _remember(self, event: str, told: Mapping[str, Any]) -> None:
        if event.endswith(_OPENED):
            opened = told["return_value"].get_extra_info("socket")
            with self._lock:
                self._sockets.add(opened)
            if self.closed.is_set():
                _cut(opened)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


@cache
def trusted(ca_file: Path | None) -> ssl.SSLContext:
    """Return what is trusted: the system's certificates and those in `ca_file`."""
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError):
            raise MailboxUnusable(f"the certificates in {ca_file} cannot be read") from None
    return context


def why_no_answer(fault: Exception, host: str) -> str:
    """Return in a clause why `host` gave no answer, without what was asked."""
    causes = list(_causes(fault))
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in causes):
        return f"the certificate of {host} is not trusted"
    if any(isinstance(each, socket.gaierror) for each in causes):
        return f"the name {host} is not known on this network"
    if any(isinstance(each, ConnectionRefusedError) for each in causes):
        return f"{host} refuses the connection"
    if any(isinstance(each, ssl.SSLError) for each in causes):
        return f"{host} cannot be spoken with over an encrypted line"
    if isinstance(fault, httpx.TimeoutException):
        return f"{host} does not answer"
    return f"the line to {host} dropped"


def _causes(fault: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while fault is not None and fault not in found:
        found.append(fault)
        fault = fault.__cause__ or fault.__context__
    return found
