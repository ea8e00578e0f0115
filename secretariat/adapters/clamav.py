"""Asks ClamAV's clamd whether a file is known to be harmful, through its socket.

The file goes as a stream of pieces (INSTREAM), so clamd needs no right to read the vault.
A file larger than clamd takes (its StreamMaxLength) was not looked at: it counts as found, with
that for its name, because a file that was not scanned is not opened.
"""

import ipaddress
import re
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from secretariat.domain.papers import ScannerAway

PIECE: Final = 256 * 1024
SECONDS_TO_CONNECT: Final = 5.0
LONGEST_REPLY: Final = 4_096
LONGEST_NAME: Final = 100
TOO_LARGE: Final = "a file too large to be scanned"
LENGTH: Final = struct.Struct("!I")
LOCAL: Final = ("localhost", "localhost.localdomain")
FOUND: Final = re.compile(r"stream: (?P<name>.+) FOUND")
STRANGE: Final = re.compile(r"[^\w.:;()/ -]+")


@dataclass(frozen=True, slots=True)
class ClamAv:
    """The scanner at `address`: the path of a socket, or host:port of this machine.

    seconds: how long one file may take altogether
    """

    address: str
    seconds: float = 120.0

    def scan(self, content: bytes, /) -> str:
        """Return the name of what was found, "" for a clean file; raise ScannerAway."""
        reply = self._ask(b"zINSTREAM\0", content)
        if reply == "stream: OK":
            return ""
        if found := FOUND.fullmatch(reply):
            return STRANGE.sub("_", found["name"])[:LONGEST_NAME]
        if "size limit exceeded" in reply:
            return TOO_LARGE
        raise ScannerAway("its answer is not understood")

    def version(self) -> str:
        """Return what clamd says of itself and its signatures; raise ScannerAway."""
        if self._ask(b"zPING\0") != "PONG":
            raise ScannerAway("its answer is not understood")
        return STRANGE.sub("_", self._ask(b"zVERSION\0"))[:LONGEST_NAME]

    def _ask(self, order: bytes, content: bytes | None = None) -> str:
        until = time.monotonic() + self.seconds
        try:
            with self._connect() as line:
                # clamd answers and hangs up in the middle of a file that is too large for it.
                with suppress(BrokenPipeError, ConnectionResetError):
                    _send(line, order, until)
                    if content is not None:
                        _stream(line, content, until)
                return _reply(line, until)
        except TimeoutError:
            raise ScannerAway("it took too long") from None
        except FileNotFoundError:
            raise ScannerAway("its socket is not there") from None
        except ConnectionRefusedError:
            raise ScannerAway("it refuses the connection") from None
        except PermissionError:
            raise ScannerAway("its socket may not be used") from None
        except OSError as fault:
            raise ScannerAway((fault.strerror or "the line broke").lower()) from None

    def _connect(self) -> socket.socket:
        if "/" in self.address:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(SECONDS_TO_CONNECT)
            try:
                line.connect(self.address)
            except BaseException:
                line.close()
                raise
            return line
        host, port = _place(self.address)
        return socket.create_connection((host, port), timeout=SECONDS_TO_CONNECT)


def _place(address: str) -> tuple[str, int]:
    """Return host and port; raise ScannerAway for another machine, to which no report is sent."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise ScannerAway("its address is neither the path of a socket nor host:port")
    with suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return host, int(port)
    if host not in LOCAL:
        raise ScannerAway("it is not on this machine")
    return host, int(port)


def _stream(line: socket.socket, content: bytes, until: float) -> None:
    whole = memoryview(content)
    for start in range(0, len(whole), PIECE):
        piece = whole[start : start + PIECE]
        _send(line, LENGTH.pack(len(piece)), until)
        _send(line, piece, until)
    _send(line, LENGTH.pack(0), until)


def _send(line: socket.socket, piece: bytes | memoryview, until: float) -> None:
    line.settimeout(_left(until))
    line.sendall(piece)


def _reply(line: socket.socket, until: float) -> str:
    """Return the answer up to its end; raise ScannerAway where there is none."""
    taken = b""
    while b"\0" not in taken and len(taken) < LONGEST_REPLY:
        line.settimeout(_left(until))
        if not (piece := line.recv(LONGEST_REPLY)):
            break
        taken += piece
    if not taken:
        raise ScannerAway("it hung up")
    return taken.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
