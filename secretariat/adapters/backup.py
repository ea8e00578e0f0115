"""Backups: the register's copy and the vault in one file, encrypted with a key that staff keep.

The register is copied first and the vault after it: papers are kept before the register
names them and never forgotten, so the vault holds whatever the copy names, also while the
daemon works.  The file is a tar, cut into pieces that are each sealed with AES-256-GCM; a
piece that is altered, moved or missing is noticed.  Its last member lists the SHA-256 of
every other, and a backup is read through once before it gets its name.
"""

import base64
import binascii
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from secretariat.domain.errors import OutOfOrder, SecretariatError
from secretariat.domain.papers import PaperAltered, PaperMissing
from secretariat.ports.papers import Vault

MAGIC: Final = b"secretariat backup 1\n"
SALT: Final = 32
PIECE: Final = 1 << 20
SEAL: Final = 16
REGISTER: Final = "register"
LIST: Final = "list.json"
PAPERS: Final = "vault/"


class KeyUnfit(SecretariatError):
    """What was given is no backup key."""

    def __init__(self) -> None:
        super().__init__("this is no backup key: one is 44 letters long and ends in =")


class BackupUnreadable(SecretariatError):
    """The backup cannot be opened; nothing was restored from it."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"the backup cannot be read: {why}")


class NotEmpty(SecretariatError):
    """There is something where the backup was to be restored; it was left alone."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} holds something already: restore into an empty place")


class BackupUnwritable(OutOfOrder):
    """The backup cannot be written; nothing half-written was left."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the backup cannot be written: {why}")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds.

    papers: how many files of the vault
    damaged: SHA-256 of files that could not be backed up, because they are gone or altered
    register: SHA-256 of the register's copy
    """

    papers: int
    damaged: tuple[str, ...]
    register: str


def new_key() -> str:
    """Return a new key, 32 random bytes as base64; without it a backup cannot be read."""
    return base64.b64encode(os.urandom(32)).decode()


def back_up(register: Path, vault: Vault, out: Path, *, key: str) -> Contents:
    """Write the register's copy and the whole vault to `out`, then read it through.

    register: a copy that nobody writes to, made before the call
    out: must not exist yet; it appears only when it is whole, for its owner alone
    """
    secret = _secret(key)
    if out.exists():
        raise NotEmpty(str(out))
    part = out.with_name(out.name + ".part")
    try:
        with _private(part) as file, _Sealing(file, secret) as sealed:
            contents = _fill(sealed, register, vault)
        _read_through(part, secret, keep=None)
        os.replace(part, out)
    except OSError as fault:
        raise BackupUnwritable(fault.strerror or "the disk failed") from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return contents


def check_backup(archive: Path, *, key: str) -> Contents:
    """Read the backup through without keeping anything; raise BackupUnreadable."""
    return _read_through(archive, _secret(key), keep=None)


def restore(archive: Path, *, key: str, register: Path, vault: Vault) -> Contents:
    """Put the register's copy at `register` and the papers into the vault, both empty before.

    The backup is read through first, so that a damaged one brings nothing back.
    """
    if register.exists():
        raise NotEmpty(str(register))
    if next(vault.names(), None) is not None:
        raise NotEmpty("the vault")
    check_backup(archive, key=key)
    return _read_through(archive, _secret(key), keep=(register, vault))


def _fill(sealed: "_Sealing", register: Path, vault: Vault) -> Contents:
    hashes: dict[str, str] = {}
    damaged = []
    with tarfile.open(fileobj=sealed, mode="w|", bufsize=PIECE) as tar:  # type: ignore[call-overload]
        with register.open("rb") as copy:
            hashes[REGISTER] = hashlib.file_digest(copy, "sha256").hexdigest()
            copy.seek(0)
            tar.addfile(_member(REGISTER, register.stat().st_size), copy)
        for name in vault.names():
            try:
                content = vault.open(name)
            except (PaperAltered, PaperMissing):
                damaged.append(name)
                continue
            hashes[PAPERS + name] = name
            tar.addfile(_member(PAPERS + name, len(content)), io.BytesIO(content))
        listed = json.dumps({"members": hashes, "damaged": damaged}).encode()
        tar.addfile(_member(LIST, len(listed)), io.BytesIO(listed))
    return Contents(len(hashes) - 1, tuple(damaged), hashes[REGISTER])


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _read_through(archive: Path, secret: bytes, *, keep: tuple[Path, Vault] | None) -> Contents:
    """Go through every member; with `keep`, put each where it belongs."""
    found: dict[str, str] = {}
    told: dict[str, Any] = {}
    try:
        with archive.open("rb") as file:
            opened = _Opening(file, secret)
            for name, content in _members(opened):
                if name == LIST:
                    told = json.loads(content.read())
                else:
                    found[name] = _take(name, content, keep)
            opened.read_on()
    except OSError as fault:
        raise BackupUnreadable(fault.strerror or "the disk failed") from fault
    except (tarfile.TarError, ValueError) as fault:
        raise BackupUnreadable("it is not whole") from fault
    if not told or told["members"] != found or REGISTER not in found:
        raise BackupUnreadable("what it holds is not what it lists")
    return Contents(len(found) - 1, tuple(told["damaged"]), found[REGISTER])


def _members(opened: "_Opening") -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(fileobj=opened, mode="r|", bufsize=PIECE) as tar:  # type: ignore[call-overload]
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                raise BackupUnreadable("it holds something that is no file")
            yield member.name, content


def _take(name: str, content: IO[bytes], keep: tuple[Path, Vault] | None) -> str:
    """Return the SHA-256 of one member, after putting it where it belongs."""
    if name == REGISTER and keep is not None:
        with _private(keep[0]) as copy:
            return _copied(content, copy)
    if name.startswith(PAPERS) and keep is not None:
        return keep[1].keep(content.read())
    return _copied(content, None)


def _copied(content: IO[bytes], to: IO[bytes] | None) -> str:
    digest = hashlib.sha256()
    while piece := content.read(PIECE):
        digest.update(piece)
        if to is not None:
            to.write(piece)
    return digest.hexdigest()


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file for its owner alone, and see it on the disk at the end."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


class _Sealing:
    """Takes bytes, cuts them into pieces and seals each; the last says that it is the last."""

    def __init__(self, file: IO[bytes], secret: bytes) -> None:
        salt = os.urandom(SALT)
        self._file, self._seal = file, _Seal(secret, salt)
        self._waiting = bytearray()
        file.write(MAGIC + salt)

    def write(self, content: bytes) -> int:
        """Take bytes, as a file does; whole pieces go out sealed, the rest waits for the end."""
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._file.write(self._seal.close(bytes(self._waiting[:PIECE]), last=False))
            del self._waiting[:PIECE]
        return len(content)

    def __enter__(self) -> "_Sealing":
        return self

    def __exit__(self, kind: type[BaseException] | None, *fault: object) -> None:
        if kind is None:
            self._file.write(self._seal.close(bytes(self._waiting), last=True))


class _Opening:
    """Gives back what `_Sealing` took; raises BackupUnreadable at the first false piece."""

    def __init__(self, file: IO[bytes], secret: bytes) -> None:
        if file.read(len(MAGIC)) != MAGIC:
            raise BackupUnreadable("it is no backup of secretariat")
        self._file, self._seal = file, _Seal(secret, file.read(SALT))
        self._next = file.read(PIECE + SEAL)
        self._opened = b""
        self._over = False

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer only at the end; raise BackupUnreadable."""
        while len(self._opened) < size and not self._over:
            piece, self._next = self._next, self._file.read(PIECE + SEAL)
            self._over = not self._next
            self._opened += self._seal.open(piece, last=self._over)
        given, self._opened = self._opened[:size], self._opened[size:]
        return given

    def read_on(self) -> None:
        """Open what is left, so that a piece that was cut off at the end is missed too."""
        while self.read(PIECE):
            pass


class _Seal:
    """Seals or opens pieces in their order, under a key of this one file."""

    def __init__(self, secret: bytes, salt: bytes) -> None:
        derived = HKDF(SHA256(), length=32, salt=salt, info=MAGIC).derive(secret)
        self._cipher = AESGCM(derived)
        self._count = 0

    def close(self, piece: bytes, *, last: bool) -> bytes:
        """Return a piece sealed; its place in the file and whether it is the last are sealed in."""
        return self._cipher.encrypt(self._nonce(last), piece, None)

    def open(self, piece: bytes, *, last: bool) -> bytes:
        """Return what was sealed; raise BackupUnreadable for another key, place or content."""
        try:
            return self._cipher.decrypt(self._nonce(last), piece, None)
        except (InvalidTag, ValueError) as fault:
            first = self._count == 1
            why = "this is not its key, or it was altered" if first else "it was altered or cut"
            raise BackupUnreadable(why) from fault

    def _nonce(self, last: bool) -> bytes:
        self._count += 1
        return bytes([last]) + self._count.to_bytes(11)


def _secret(key: str) -> bytes:
    try:
        secret = base64.b64decode(key.strip(), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != 32:
        raise KeyUnfit
    return secret
