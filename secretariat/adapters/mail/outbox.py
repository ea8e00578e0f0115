"""The default outbox: mail that leaves is put into a Maildir for a mail server to take.

The rename into new/ is the moment at which a mail has left.  Whatever fails before it is sure
to have sent nothing; a copy for Sent is written before and named after.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secretariat.adapters.mail.folders import (
    FLAGS,
    entries,
    fresh_name,
    make_maildir,
    sync_folder,
    try_to_write,
    why_not,
    write_whole,
)
from secretariat.ports.mail import LineDropped, MailboxUnusable, OutboxClosed

HEAD_BYTES: Final = 64 * 1024
SEEN: Final = f"{FLAGS}S"
_ID: Final = re.compile(rb"^message-id:\s*(<[^<>]*>)", re.IGNORECASE | re.MULTILINE)


class OutboxUnwritable(OutboxClosed):
    """The outbox cannot be written; nothing left."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the outbox cannot be written, nothing was sent: {why}")


@dataclass
class MaildirOutbox:
    """Mail that leaves goes to `folder`, a copy to `sent_folder`; now: seconds since 1970."""

    folder: Path
    sent_folder: Path
    drafts_folder: Path
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        """Make the folders where they are not there yet."""
        try:
            make_maildir(self.folder)
            make_maildir(self.sent_folder)
            make_maildir(self.drafts_folder)
        except OSError as fault:
            raise MailboxUnusable(f"the outbox cannot be used: {why_not(fault)}") from fault

    def send(self, raw: bytes, message_id: str) -> None:
        """Put the mail into the outbox; one that is there or in Sent already is not sent again.

        Raise OutboxUnwritable when nothing left, LineDropped when it left without a copy in Sent.
        """
        if self._marked(message_id):
            return
        name = fresh_name(self.now(), _mark(message_id))
        copy = self.sent_folder / "tmp" / name
        leaving = self.folder / "tmp" / name
        try:
            _written_anew(raw, copy)
            _written_anew(raw, leaving)
            leaving.rename(self.folder / "new" / name)
        except OSError as fault:
            raise OutboxUnwritable(why_not(fault)) from fault
        try:
            sync_folder(self.folder / "new")
            copy.rename(self.sent_folder / "cur" / f"{name}{SEEN}")
        except OSError as fault:
            raise LineDropped(
                f"the mail is in the outbox, but not in Sent: {why_not(fault)}"
            ) from fault

    def sent(self, message_id: str) -> bool:
        """Say whether Sent, or the outbox itself, holds a message with this Message-ID."""
        wanted = message_id.strip().encode("utf-8", "replace")
        try:
            return self._marked(message_id) or any(_id_of(path) == wanted for path in self._all())
        except OSError as fault:
            raise MailboxUnusable(f"Sent cannot be read: {why_not(fault)}") from fault

    def save_draft(self, raw: bytes) -> None:
        """Put the mail into Drafts; raise MailboxUnusable."""
        name = fresh_name(self.now())
        drafts = self.drafts_folder
        try:
            write_whole(raw, drafts / "tmp" / name)
            (drafts / "tmp" / name).rename(drafts / "cur" / f"{name}{FLAGS}D")
        except OSError as fault:
            raise MailboxUnusable(f"Drafts cannot be written: {why_not(fault)}") from fault

    def check(self) -> str:
        """Return that the outbox and Sent can be written."""
        for folder in (self.folder, self.sent_folder):
            try_to_write(folder, MailboxUnusable)
        return f"mail leaves through {self.folder}"

    def close(self) -> None:
        """Nothing stays open."""

    def _marked(self, message_id: str) -> bool:
        mark = f"R{_mark(message_id)}."
        return any(mark in path.name for path in self._all())

    def _all(self) -> Iterator[Path]:
        for folder in (self.folder, self.sent_folder):
            for part in ("new", "cur"):
                yield from (Path(each.path) for each in entries(folder / part))


def _mark(message_id: str) -> str:
    return hashlib.sha256(message_id.strip().encode("utf-8", "replace")).hexdigest()[:32]


def _written_anew(raw: bytes, place: Path) -> None:
    place.unlink(missing_ok=True)
    write_whole(raw, place)


def _id_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (FileNotFoundError, PermissionError, IsADirectoryError):
        return b""
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    hit = _ID.search(re.sub(rb"\r?\n[ \t]+", b" ", top))
    return hit[1].replace(b" ", b"") if hit else b""
