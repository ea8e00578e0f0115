"""A mailbox as Microsoft Graph shows it: folders, messages, and what changed in each folder.

The plain id of a message changes whenever it moves; its immutable id never does.
"""

from __future__ import annotations

import email
import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import encoders
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses

MESSAGE = "#microsoft.graph.message"
INVITATION = "#microsoft.graph.eventMessageRequest"
WELL_KNOWN = ("msgfolderroot", "inbox", "sentitems", "drafts", "deleteditems")
_TRUE_BYTES = compat32.clone(max_line_length=None, linesep="\r\n", mangle_from_=False)
_BEGINNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class Unlike(Exception):
    """What is asked for cannot be given: a status and Graph's word for the fault."""

    def __init__(self, status: int, code: str) -> None:
        self.status, self.code = status, code
        super().__init__(code)


@dataclass
class Folder:
    id: str
    name: str
    parent: str
    well_known: str = ""


@dataclass
class Attachment:
    name: str
    content_type: str
    content: bytes


@dataclass
class Item:
    """folder: "" once it is gone for good."""

    number: int
    raw: bytes
    folder: str
    received: datetime
    kind: str = MESSAGE
    draft: bool = False
    moves: int = 0
    categories: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    headers: Message = field(default_factory=Message)

    def __post_init__(self) -> None:
        self.headers = BytesHeaderParser().parsebytes(self.raw[: 64 * 1024])

    @property
    def immutable(self) -> str:
        return f"AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A{self.number:08d}-_AAA="

    @property
    def plain(self) -> str:
        return f"AAMkAGI2TAAA{self.number:08d}F{self.moves:04d}="

    def whole(self) -> bytes:
        """Return the message with what was attached afterwards."""
        if not self.attachments:
            return self.raw
        message = email.message_from_bytes(self.raw, policy=_TRUE_BYTES)
        if message.get_content_type() != "multipart/mixed":
            message = _wrapped(message)
        for each in self.attachments:
            part = MIMEBase(*each.content_type.split("/", 1))
            part.set_payload(each.content)
            encoders.encode_base64(part)
            part.add_header("Content-Disposition", "attachment", filename=each.name)
            message.attach(part)
        return message.as_bytes(policy=_TRUE_BYTES)

    def recipients(self) -> list[str]:
        lines = [str(line) for key in ("To", "Cc", "Bcc") for line in self.headers.get_all(key, [])]
        return [address for _, address in getaddresses(lines)]


@dataclass
class GraphBox:
    """room: bytes that the mailbox holds; at most how many go into one page of changes."""

    address: str
    room: int = 10 * 2**30
    folders: dict[str, Folder] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    epoch: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)
    _log: list[tuple[str, Item]] = field(default_factory=list)
    _held: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        for each in WELL_KNOWN:
            self.add_folder(each.capitalize(), "" if each == "msgfolderroot" else "msgfolderroot")
            list(self.folders.values())[-1].well_known = each

    # What the owners of the mailbox and other mail servers do with it.

    def deliver(
        self,
        raw: bytes,
        folder: str = "inbox",
        *,
        received: datetime | None = None,
        kind: str = MESSAGE,
    ) -> str:
        """Put a message into a folder and return its immutable id."""
        with self.lock:
            return self.add(raw, folder, received=received, kind=kind).immutable

    def move(self, name: str, folder: str) -> Item:
        with self.lock:
            item, target = self.item(name), self.folder(folder).id
            if item.folder != target:
                self._log.append((item.folder, item))
                item.folder = target
                item.moves += 1
            self._log.append((target, item))
            return item

    def delete(self, name: str) -> None:
        """Delete a message for good."""
        with self.lock:
            item = self.item(name)
            self._log.append((item.folder, item))
            self._held -= len(item.raw)
            item.folder = ""

    def rename(self, folder: str, name: str) -> None:
        with self.lock:
            self.folder(folder).name = name

    def remove_folder(self, folder: str) -> None:
        """Delete a folder with all that lies in it."""
        with self.lock:
            gone = self.folder(folder).id
            for item in self.items:
                if item.folder == gone:
                    self.delete(item.immutable)
            del self.folders[gone]

    def forget(self) -> None:
        """Lose every place that was reached, as Graph does after some time."""
        with self.lock:
            self.epoch += 1

    # What requests do.

    def add(
        self,
        raw: bytes,
        folder: str,
        *,
        received: datetime | None = None,
        kind: str = MESSAGE,
        draft: bool = False,
    ) -> Item:
        with self.lock:
            self._held += len(raw)
            if self._held > self.room:
                self._held -= len(raw)
                raise Unlike(507, "ErrorQuotaExceeded")
            number = next(self._numbers)
            at = received or _BEGINNING + timedelta(seconds=number)
            item = Item(number, raw, self.folder(folder).id, at, kind, draft)
            self.items.append(item)
            self._log.append((item.folder, item))
            return item

    def item(self, name: str) -> Item:
        """Return the message with this id, of either kind; an id of before a move is none."""
        with self.lock:
            if not name.startswith(("AAkA", "AAMk")):
                raise Unlike(400, "ErrorInvalidIdMalformed")
            for each in self.items:
                if name in (each.immutable, each.plain) and each.folder:
                    return each
            raise Unlike(404, "ErrorItemNotFound")

    def send(self, item: Item, *, keep: bool = True) -> None:
        with self.lock:
            if not item.recipients() or not all("@" in one for one in item.recipients()):
                raise Unlike(400, "ErrorInvalidRecipients")
            raw = item.whole()
            self.sent.append(raw)
            if keep:
                self._held += len(raw) - len(item.raw)
                item.raw, item.attachments, item.draft = raw, [], False
                self.move(item.immutable, "sentitems")

    def categorise(self, item: Item, categories: list[str]) -> None:
        with self.lock:
            item.categories = categories
            self._log.append((item.folder, item))

    def folder(self, name: str) -> Folder:
        with self.lock:
            for each in self.folders.values():
                if name in (each.id, each.well_known):
                    return each
            raise Unlike(404, "ErrorItemNotFound")

    def add_folder(self, name: str, parent: str) -> Folder:
        with self.lock:
            above = self.folder(parent).id if parent else ""
            if any(each.name.lower() == name.lower() for each in self.below(above)):
                raise Unlike(409, "ErrorFolderExists")
            made = Folder(f"AQMkADAwATM3ZmYA{len(self.folders):04d}-{self.epoch}=", name, above)
            while made.id in self.folders:
                made.id = f"AQMk{made.id}"
            self.folders[made.id] = made
            return made

    def below(self, parent: str) -> list[Folder]:
        with self.lock:
            return [each for each in self.folders.values() if each.parent == parent]

    def within(self, folder: str) -> list[Item]:
        """Return the messages of a folder, the newest first as Graph does."""
        with self.lock:
            place = self.folder(folder).id
            there = [each for each in self.items if each.folder == place]
            return sorted(there, key=lambda each: each.received, reverse=True)

    def changed(self, folder: str, token: str) -> tuple[list[Item], int]:
        """Return the messages of a folder that changed after a token, and how far that is."""
        with self.lock:
            place, upto = self.folder(folder).id, len(self._log)
            if not token:
                return self.within(folder), upto
            epoch, _, since = token.partition(".")
            if epoch != str(self.epoch) or not since.isdigit():
                raise Unlike(410, "SyncStateNotFound")
            part = [item for where, item in self._log[int(since) : upto] if where == place]
            return list({item.number: item for item in part}.values()), upto


def _wrapped(message: Message) -> Message:
    """Make a message into the first part of one that has attachments."""
    outer = MIMEMultipart("mixed", policy=_TRUE_BYTES)
    del outer["MIME-Version"]
    inner = Message(policy=_TRUE_BYTES)
    for name, text in message.items():
        (inner if name.lower().startswith("content-") else outer)[name] = text
    inner.set_payload(message.get_payload())
    outer.attach(inner)
    return outer
