"""A line to a server that can be cut after so many bytes, freeze, or be unplugged."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HERE = "127.0.0.1"
PIECE = 65536


@dataclass
class Line:
    """A way to `target` on this machine that stands at `port`.

    Whatever is passed on is counted from the last `reset`; a rule that is met holds until then.
    """

    target: int
    port: int = 0
    made: int = 0
    _down: int = 0
    _cut_at: int | None = None
    _cuts: int = 0
    _frozen: threading.Event = field(default_factory=threading.Event)
    _unplugged: threading.Event = field(default_factory=threading.Event)
    _upward: Callable[[bytes], bool] | None = None
    _pairs: list[tuple[socket.socket, socket.socket]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def cut_after(self, count: int, *, times: int = 1) -> None:
        """Cut the line once the server has said so many more bytes, and again after as many."""
        with self._lock:
            self._down, self._cut_at, self._cuts = 0, count, times

    def cut_when(self, met: Callable[[bytes], bool]) -> None:
        """Cut the line instead of passing on the first piece to the server of which it is true."""
        self._upward = met

    def freeze(self) -> None:
        """Pass nothing on any more, and leave the line standing."""
        self._frozen.set()

    def cut(self) -> None:
        """Cut every line that stands."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            _hang_up(*pair)

    def unplug(self) -> None:
        """Cut every line and let none in until `reset`."""
        self._unplugged.set()
        self.cut()

    def reset(self) -> None:
        """Let all pass again."""
        with self._lock:
            self._down, self._cut_at = 0, None
            self._upward = None
        self._frozen.clear()
        self._unplugged.clear()

    def passes(self, content: bytes, *, up: bool) -> bool:
        """Say whether a piece may pass on."""
        if up:
            if self._upward is not None and self._upward(content):
                self._upward = None
                return False
            return True
        with self._lock:
            self._down += len(content)
            if self._cut_at is None or self._down < self._cut_at:
                return True
            self._cuts -= 1
            self._down = 0
            if not self._cuts:
                self._cut_at = None
            return False

    def join(self, near: socket.socket) -> None:
        """Pass on between a caller and the server until one hangs up."""
        self.made += 1
        try:
            far = socket.create_connection((HERE, self.target), 10)
        except OSError:
            near.close()
            return
        with self._lock:
            self._pairs.append((near, far))
        with selectors.DefaultSelector() as waiting:
            waiting.register(near, selectors.EVENT_READ, far)
            waiting.register(far, selectors.EVENT_READ, near)
            with suppress(OSError, ValueError):
                while self._pass_on(waiting, near):
                    pass
        _hang_up(near, far)

    def _pass_on(self, waiting: selectors.BaseSelector, near: socket.socket) -> bool:
        for key, _ in waiting.select(0.2):
            if self._frozen.is_set():
                self._unplugged.wait(0.05)
                return True
            source = key.fileobj
            assert isinstance(source, socket.socket)
            content = source.recv(PIECE)
            if not content or not self.passes(content, up=source is near):
                return False
            key.data.sendall(content)
        return True


@contextmanager
def a_line(target: int) -> Iterator[Line]:
    """Lay a line to a server on this machine."""
    line = Line(target)
    over = threading.Event()
    with socket.create_server((HERE, 0)) as door:
        line.port = door.getsockname()[1]
        door.settimeout(0.2)

        def answer() -> None:
            while not over.is_set():
                try:
                    near, _ = door.accept()
                except OSError:
                    continue
                if line._unplugged.is_set():
                    near.close()
                    continue
                near.settimeout(None)
                threading.Thread(target=line.join, args=(near,), daemon=True).start()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield line
        finally:
            over.set()
            line.cut()
            thread.join(5)


def _hang_up(*sockets: socket.socket) -> None:
    for each in sockets:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
