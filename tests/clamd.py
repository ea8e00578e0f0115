"""A clamd of our own for tests: its own folder and socket, and one invented signature."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

CLAMD: Final = Path("/usr/sbin/clamd")
HARMFUL: Final = b"INVENTED-HARMFUL-MARK-OF-ANYTOWN-1234567890"
NAME: Final = "Anytown.Test.Mark.UNOFFICIAL"
LARGEST: Final = 2 * 2**20


@contextmanager
def running_clamd(*, port: int | None = None) -> Iterator[str]:
    """Run clamd in a folder of its own; return its address, that of its socket or host:port."""
    with TemporaryDirectory(prefix="clamd-") as folder:
        home = Path(folder)
        signatures = home / "signatures"
        signatures.mkdir()
        (signatures / "own.ndb").write_text(f"Anytown.Test.Mark:0:*:{HARMFUL.hex()}\n")
        address = f"127.0.0.1:{port}" if port else str(home / "clamd.ctl")
        where = (
            f"TCPSocket {port}\nTCPAddr 127.0.0.1" if port else f"LocalSocket {home / 'clamd.ctl'}"
        )
        config = home / "clamd.conf"
        config.write_text(
            f"{where}\nDatabaseDirectory {signatures}\nTemporaryDirectory {folder}\n"
            f"Foreground yes\nStreamMaxLength {LARGEST}\nLogFile {home / 'log'}\n"
        )
        process = subprocess.Popen(
            [CLAMD, "--config-file", str(config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _await(process, address, home / "log")
            yield address
        finally:
            process.kill()
            process.wait()


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def answering(folder: Path, reply: bytes | None, *, read: bool = True) -> Iterator[str]:
    """Run a socket that answers every connection with `reply`, or never for None."""
    address = str(folder / "fake.ctl")
    over = threading.Event()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(address)
        door.listen(1)
        door.settimeout(10)

        def answer() -> None:
            line, _ = door.accept()
            with line:
                if reply is None:
                    over.wait(10)
                    return
                if read:
                    line.recv(1 << 20)
                if reply:
                    line.sendall(reply)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield address
        over.set()
        thread.join(5)


def _await(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        told = log.read_text() if log.exists() else "it wrote no log"
        if process.poll() is not None:
            raise AssertionError(f"clamd ended: {told}")
        try:
            if "/" in address:
                with socket.socket(socket.AF_UNIX) as line:
                    line.connect(address)
            else:
                host, _, port = address.partition(":")
                socket.create_connection((host, int(port)), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"clamd did not start: {told}")
