"""One watcher a mailbox: a file lock beside SQLite, an advisory lock on PostgreSQL.

The lock lives as long as what holds it: the open file, or a connection of its
own.  Whoever loses it must stop at once, because another may be watching.
"""

import fcntl
import hashlib
import os
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Protocol, Self

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from secretariat.adapters.register.engine import file_of, make_file, place_of
from secretariat.adapters.register.faults import in_words
from secretariat.domain.errors import OutOfOrder


class WatchedAlready(OutOfOrder):
    """Another process watches this mailbox."""

    def __init__(self) -> None:
        super().__init__("another secretariat is watching this mailbox: only one may")


class Watch(Protocol):
    """The lock on one mailbox; a context manager that lets go at its end."""

    def held(self) -> bool:
        """Say whether it is still ours alone."""

    def let_go(self) -> None:
        """Give it up; no fault if it is gone."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *fault: object) -> None: ...


def watch(url: str, mailbox: str) -> Watch:
    """Take the lock on `mailbox` (any text that names it); raise WatchedAlready."""
    key = hashlib.sha256(mailbox.encode()).digest()
    path = file_of(url)
    if path is not None:
        return FileWatch(path.with_name(f"{path.name}.watch-{key.hex()[:12]}"))
    return AdvisoryWatch(url, int.from_bytes(key[:8], signed=True))


class _LetsGo(ABC):
    """Lets go at the end of a `with`."""

    @abstractmethod
    def let_go(self) -> None:
        """Give the lock up."""

    def __enter__(self) -> Self:
        """Return the lock itself."""
        return self

    def __exit__(self, *fault: object) -> None:
        """Let go."""
        self.let_go()


class FileWatch(_LetsGo):
    """A lock on a file beside the register; the kernel ends it with the process."""

    def __init__(self, path: Path) -> None:
        """Take it; raise WatchedAlready."""
        make_file(path)
        self._path = path
        self._file = os.open(path, os.O_RDWR)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            self.let_go()
            raise WatchedAlready from fault

    def held(self) -> bool:
        """Say whether the locked file is still the one that others would lock."""
        try:
            ours, there = os.fstat(self._file), os.stat(self._path)
        except OSError:
            return False
        return (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino)

    def let_go(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class AdvisoryWatch(_LetsGo):
    """A lock that PostgreSQL holds as long as one connection lives."""

    def __init__(self, url: str, key: int) -> None:
        """Take it; raise WatchedAlready."""
        self._engine = create_engine(
            place_of(url), poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        with in_words():
            self._connection: Connection = self._engine.connect()
            asked = text("SELECT pg_try_advisory_lock(:key)")
            taken = bool(self._connection.scalar(asked, {"key": key}))
        if not taken:
            self.let_go()
            raise WatchedAlready

    def held(self) -> bool:
        """Say whether the connection that holds it still answers."""
        if self._connection.closed or self._connection.invalidated:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    def let_go(self) -> None:
        """Close the connection."""
        self._connection.close()
        self._engine.dispose()
