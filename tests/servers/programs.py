"""Runs a server's program on loopback for tests, by an ordinary user even where tests are root."""

from __future__ import annotations

import grp
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

READY_WITHIN = 30.0


def runner() -> pwd.struct_passwd:
    """Return the user that servers run as: the own one, or `nobody` for root."""
    return pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())


def group_name() -> str:
    """Return what the group of the servers' user is called."""
    return grp.getgrgid(runner().pw_gid).gr_name


def a_free_port() -> int:
    """Return a port that nobody listens at, and that the system gives to no outgoing connection."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def a_home(prefix: str) -> Iterator[Path]:
    """Make a folder that belongs to the servers' user, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        home.chmod(0o755)
        belongs(home)
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def belongs(path: Path) -> None:
    """Give a file or folder to the servers' user."""
    if os.getuid() == 0:
        os.chown(path, runner().pw_uid, runner().pw_gid)


def start(command: list[str], home: Path, *ports: int) -> subprocess.Popen[bytes]:
    """Start a program as the servers' user in a group of its own; wait until its ports answer."""
    user = runner()
    as_root = os.getuid() == 0
    with (home / "console").open("ab") as console:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            cwd=home,
            env={"PATH": os.environ["PATH"], "HOME": str(home)},
            start_new_session=True,
            user=user.pw_uid if as_root else None,
            group=user.pw_gid if as_root else None,
            extra_groups=[] if as_root else None,
        )
    try:
        for port in ports:
            _await(process, port, home / "console")
    except BaseException:
        stop(process)
        raise
    return process


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a program and its children at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _await(process: subprocess.Popen[bytes], port: int, console: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"{process.args!r} ended: {console.read_text()}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"nothing answers at {port}: {console.read_text()}")
