"""The connections to an Exchange Server: what they trust, and that another thread can cut them.

exchangelib makes its connections by a class that is one for the whole process; each belongs to the
wires of whoever asks in this thread.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

WIDE: Final = 2**16


@dataclass
class ExchangeWires:
    """The connections of one line.

    ca_file: certificates (PEM) to trust, None for the system's
    """

    ca_file: Path | None = None
    closed: threading.Event = field(default_factory=threading.Event)
    _sockets: WeakSet[socket.socket] = field(default_factory=WeakSet, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Let connections that this thread makes meanwhile belong here."""
        before = getattr(_used, "wires", None)
        _used.wires = self
        try:
            yield
        finally:
            _used.wires = before

    def keep(self, opened: socket.socket | None) -> None:
        """Remember a connection; raise OSError where all have been cut."""
        if opened is None:
            return
        with self._lock:
            self._sockets.add(opened)
        if self.closed.is_set():
            _cut(opened)
            raise OSError("the mailbox is closed")

    def cut(self) -> None:
        """Cut every connection at once, whatever another thread waits for on it."""
        self.closed.set()
        with self._lock:
            sockets = list(self._sockets)
        for each in sockets:
            _cut(each)


_used = threading.local()


class Adapter(HTTPAdapter):
    """Knows no proxy, reads widely what is not streamed, and belongs to the wires in use."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.wires: ExchangeWires = getattr(_used, "wires", None) or ExchangeWires()
        super().__init__(*given, **named)

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        """Let the pools make connections that can be cut."""
        super().init_poolmanager(*given, **named)
        keep = self.wires.keep

        class Plain(HTTPConnection):
            """A connection that is kept."""

            def connect(self) -> None:
                super().connect()
                keep(self.sock)

        class Secure(HTTPSConnection):
            """A connection that is kept, before it encrypts too."""

            def _new_conn(self) -> socket.socket:
                opened = super()._new_conn()
                keep(opened)
                return opened

            def connect(self) -> None:
                super().connect()
                keep(self.sock)

        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": Plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": Secure}),
        }

    def send(self, request: Any, stream: bool = False, *given: Any, **named: Any) -> Any:
        """Send and return the answer."""
        named["proxies"] = {}
        if self.wires.ca_file:
            named["verify"] = str(self.wires.ca_file)
        answer = super().send(request, stream, *given, **named)
        if not stream:
            answer.__class__ = _Wide
        return answer


class _Wide(requests.Response):
    """An answer that is read in large pieces: exchangelib asks for it byte by byte."""

    def iter_content(self, chunk_size: int | None = WIDE, decode_unicode: Any = False) -> Any:
        """Return the pieces."""
        return super().iter_content(WIDE if chunk_size == 1 else chunk_size, decode_unicode)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
