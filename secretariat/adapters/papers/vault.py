"""Keeps papers as files named by their SHA-256, so that what was received can always be shown.

A paper is written under a temporary name in the folder where it will stay, synced, and only then
given its name: after a power cut the vault holds the whole paper or nothing.
"""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from typing import BinaryIO, Final

from secretariat.domain.papers import PaperAltered, PaperMissing, VaultFull, VaultUnusable
from secretariat.ports.mail import Sink

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
BEING_WRITTEN: Final = ".being-written-"


class Vault:
    """A folder of papers: ab/cdef…, the first two digits of the hash being a folder."""

    def __init__(self, folder: Path | str) -> None:
        """Nothing is made or checked before the first paper is kept."""
        self.folder = Path(folder)

    def keep(self, content: bytes, /) -> str:
        """Keep `content` and return its SHA-256; what is there unaltered is not written again."""
        sha256 = hashlib.sha256(content).hexdigest()
        place = self._place(sha256)
        try:
            if not self._holds(place, sha256):
                self._write(place, content)
        except OSError as fault:
            raise _in_words(fault) from fault
        return sha256

    def keep_from(self, fill: Callable[[Sink], None], /) -> str:
        """Keep what `fill` writes, never whole in memory; return its SHA-256.

        What `fill` raises is raised, and nothing of it is kept; raise VaultFull or VaultUnusable.
        """
        try:
            self._make(self.folder)
            handle, temporary = tempfile.mkstemp(prefix=BEING_WRITTEN, dir=self.folder)
        except OSError as fault:
            raise _in_words(fault) from fault
        try:
            with os.fdopen(handle, "w+b") as file:
                fill(_Pen(file))
                return self._named(file, temporary)
        except OSError as fault:
            raise _in_words(fault) from fault
        finally:
            with suppress(OSError):
                os.unlink(temporary)

    def open(self, sha256: str, /) -> bytes:
        """Return what was kept, its hash checked; raise PaperMissing or PaperAltered."""
        try:
            content = self._place(sha256).read_bytes()
        except FileNotFoundError:
            raise PaperMissing(sha256) from None
        except OSError as fault:
            raise _in_words(fault) from fault
        if hashlib.sha256(content).hexdigest() != sha256:
            raise PaperAltered(sha256)
        return content

    def has(self, sha256: str, /) -> bool:
        """Say whether a file lies there, without checking it."""
        return _is_sha256(sha256) and self._place(sha256).is_file()

    def names(self) -> Iterator[str]:
        """Go through the SHA-256 of every kept file, in order; papers half-written are left out."""
        for place in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if _is_sha256(name := place.parent.name + place.name):
                yield name

    def forget(self, sha256: str, /) -> None:
        """Delete a file for good, without harm where it is gone; raise VaultUnusable."""
        try:
            self._place(sha256).unlink(missing_ok=True)
            if self._place(sha256).parent.is_dir():
                _sync_folder(self._place(sha256).parent)
        except OSError as fault:
            raise _in_words(fault) from fault

    def audit(self, expected: Iterable[str], /) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return (missing, altered): of `expected`, those gone; of all kept, those changed."""
        kept = tuple(self.names())
        gone = sorted(set(expected) - set(kept))
        altered = tuple(name for name in kept if not self._holds(self._place(name), name))
        return tuple(gone), altered

    def _place(self, sha256: str) -> Path:
        if not _is_sha256(sha256):
            raise PaperMissing(sha256)
        return self.folder / sha256[:2] / sha256[2:]

    def _holds(self, place: Path, sha256: str) -> bool:
        try:
            with place.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def _write(self, place: Path, content: bytes) -> None:
        self._make(self.folder)
        self._make(place.parent)
        handle, temporary = tempfile.mkstemp(prefix=BEING_WRITTEN, dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _sync_folder(place.parent)

    def _named(self, file: BufferedRandom, temporary: str) -> str:
        """Give a file that was written its name, unless the vault holds it already."""
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        place = self._place(sha256)
        if not self._holds(place, sha256):
            self._make(place.parent)
            os.replace(temporary, place)
            _sync_folder(place.parent)
        return sha256

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_folder(folder.parent)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes into the vault; what goes wrong with its disk is not taken for a fault of a line."""

    file: BinaryIO

    def write(self, content: bytes, /) -> int:
        try:
            return self.file.write(content)
        except OSError as fault:
            raise _in_words(fault) from fault


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_sha256(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _in_words(fault: OSError) -> VaultUnusable:
    if fault.errno in NO_ROOM:
        return VaultFull()
    return VaultUnusable(os.strerror(fault.errno or 0))
