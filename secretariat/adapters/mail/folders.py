"""Maildir folders on disk: names, deliveries that are whole or not there, faults in a sentence.

A message's identity is the unique part of its file name, before ":2," and its flags: a person
who opens the same folder in a mail program changes the flags, never the unique part.
"""

import errno
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from secretariat.domain.errors import OutOfOrder

FLAGS: Final = ":2,"
SUBFOLDERS: Final = ("tmp", "new", "cur")
PRIVATE_FOLDER: Final = 0o700
PRIVATE_FILE: Final = 0o600
EARLIEST: Final = 946_684_800  # 2000-01-01: an earlier number in a file name is no time


def make_maildir(folder: Path) -> None:
    """Make the folder with tmp, new and cur, for its owner alone; no fault if they are there."""
    for each in (folder.parent, folder, *(folder / name for name in SUBFOLDERS)):
        each.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)


def unique_part(name: str) -> str:
    """Return the part of a file name that never changes."""
    return name.partition(FLAGS)[0]


def fresh_name(seconds: float, mark: str = "") -> str:
    """Return a name that no delivery had before; `seconds` since 1970 come first.

    mark: letters and digits to find the file by, without opening it
    """
    host = socket.gethostname().replace("/", "-").replace(":", "-") or "localhost"
    token = mark or secrets.token_hex(8)
    return f"{int(seconds)}.M{int(seconds % 1 * 1_000_000):06}P{os.getpid()}R{token}.{host}"


def entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Go through the messages of new/ or cur/; a folder that is not there is empty."""
    try:
        with os.scandir(folder) as found:
            yield from (each for each in found if not each.name.startswith("."))
    except FileNotFoundError:
        return


def write_whole(content: bytes, place: Path) -> None:
    """Write a new file and sync it; after an OSError nothing of it is left."""
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            place.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def why_not(fault: OSError) -> str:
    """Return the reason of a disk's fault, to end a sentence with."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return "there is no room left on its disk"
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "it may not be read or written"
    return (fault.strerror or "the disk does not answer").lower()


def try_to_write(folder: Path, fault: type[OutOfOrder]) -> None:
    """Raise `fault` with the reason where a Maildir folder cannot be written."""
    try:
        with tempfile.TemporaryFile(dir=folder / "tmp") as trial:
            trial.write(b"can this be written?")
    except OSError as wrong:
        raise fault(f"{folder} cannot be written: {why_not(wrong)}") from wrong


def delivered(entry: os.DirEntry[str]) -> float:
    """Return when a message was delivered, by its name or else by its file."""
    written = entry.name.partition(".")[0]
    if written.isascii() and written.isdigit() and EARLIEST < int(written) < 2 * 10**9:
        return float(written)
    return entry.stat(follow_symlinks=False).st_mtime
