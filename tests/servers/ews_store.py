"""A mailbox as Exchange keeps it: folders, items whose ids change when they move, and changes."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message

NOTE = "IPM.Note"
NOTICE = "IPM.Post"
INVITATION = "IPM.Schedule.Meeting.Request"
WELL_KNOWN = ("root", "msgfolderroot", "inbox", "drafts", "sentitems", "deleteditems")
_BEGINNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class Refusal(Exception):
    """What Exchange answers instead: its code and its words."""

    def __init__(self, code: str, told: str = "The request failed.") -> None:
        self.code, self.told = code, told
        super().__init__(code)


@dataclass
class Folder:
    id: str
    name: str
    parent: str
    well_known: str = ""


@dataclass
class Item:
    """search_key: stays wherever the item is moved to; unreadable: its MIME is never given."""

    id: str
    folder: str
    raw: bytes
    received: datetime
    search_key: str
    kind: str = NOTE
    categories: list[str] = field(default_factory=list)
    version: int = 1
    unreadable: bool = False

    @property
    def headers(self) -> Message:
        return message_from_bytes(self.raw.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0])


@dataclass
class Subscription:
    folder: str
    seen: int


@dataclass
class EwsStore:
    """One mailbox; every change rings `changed`.

    address: "" for any
    era: a sync state of another era is worthless
    search_keys: whether the server tells them
    """

    address: str
    folders: dict[str, Folder] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    log: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    left: list[bytes] = field(default_factory=list)
    era: int = 1
    search_keys: bool = True
    full: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        for name in WELL_KNOWN:
            parent = {"root": "", "msgfolderroot": "root"}.get(name, "msgfolderroot")
            self.folders[f"F-{name}"] = Folder(f"F-{name}", name, f"F-{parent}", name)

    def known(self, id_: str) -> Folder:
        """Return a folder by its id or its well-known name."""
        found = self.folders.get(id_) or self.folders.get(f"F-{id_}")
        if found is None:
            raise Refusal("ErrorFolderNotFound", "The specified folder could not be found.")
        return found

    def item(self, id_: str) -> Item:
        if id_ not in self.items:
            raise Refusal("ErrorItemNotFound", "The specified object was not found in the store.")
        return self.items[id_]

    def below(self, parent: str) -> list[Folder]:
        return [each for each in self.folders.values() if each.parent == parent]

    def within(self, folder: str) -> list[Item]:
        return [each for each in self.items.values() if each.folder == folder]

    def add_folder(self, name: str, parent: str) -> Folder:
        if any(each.name.casefold() == name.casefold() for each in self.below(parent)):
            raise Refusal("ErrorFolderExists", "A folder with the specified name already exists.")
        made = Folder(f"F-{next(self._numbers)}", name, parent)
        self.folders[made.id] = made
        return made

    def remove_folder(self, id_: str) -> None:
        del self.folders[id_]

    def deliver(self, raw: bytes, folder: str = "inbox", kind: str = NOTE) -> Item:
        with self.changed:
            if self.full:
                raise Refusal("ErrorQuotaExceeded", "The mailbox is over its quota.")
            number = next(self._numbers)
            made = Item(
                f"I-{number}",
                self.known(folder).id,
                raw,
                _BEGINNING + timedelta(seconds=number),
                f"key{number:08}",
                kind,
            )
            self.items[made.id] = made
            self._note(made.folder, "Create", made.id)
            return made

    def move(self, id_: str, folder: str) -> Item:
        """Move an item; it has another id from then on."""
        with self.changed:
            item, target = self.item(id_), self.known(folder).id
            del self.items[id_]
            self._note(item.folder, "Delete", id_)
            item.id, item.folder, item.version = f"I-{next(self._numbers)}", target, 1
            self.items[item.id] = item
            self._note(target, "Create", item.id)
            return item

    def delete(self, id_: str) -> None:
        with self.changed:
            item = self.items.pop(id_)
            self._note(item.folder, "Delete", id_)

    def touch(self, id_: str) -> Item:
        with self.changed:
            item = self.item(id_)
            item.version += 1
            self._note(item.folder, "Update", id_)
            return item

    def changes(
        self, folder: str, state: str, most: int
    ) -> tuple[list[tuple[str, str]], str, bool]:
        """Return (kind, item id) of each change since a state, the next state, and whether all."""
        era, _, seen = state.partition(":") if state else (str(self.era), "", "0")
        if era != str(self.era) or not seen.isdigit():
            raise Refusal("ErrorInvalidSyncStateData", "Synchronization state data is corrupt.")
        log = self.log.get(folder, [])
        part = log[int(seen) : int(seen) + most]
        reached = int(seen) + len(part)
        return part, f"{self.era}:{reached}", reached >= len(log)

    def subscribe(self, folder: str) -> str:
        number = f"S-{next(self._numbers)}"
        self.subscriptions[number] = Subscription(folder, len(self.log.get(folder, [])))
        return number

    def news(self, number: str, seconds: float) -> list[str]:
        """Wait for what is new to a subscription; return the ids of items that came."""
        with self.changed:
            self.changed.wait_for(lambda: self._unseen(number), timeout=seconds)
            found = self._unseen(number)
            if number in self.subscriptions:
                self.subscriptions[number].seen += len(found)
            return [id_ for kind, id_ in found if kind == "Create"]

    def lose_subscriptions(self) -> None:
        with self.changed:
            self.subscriptions.clear()
            self.changed.notify_all()

    def _unseen(self, number: str) -> list[tuple[str, str]]:
        held = self.subscriptions.get(number)
        return self.log.get(held.folder, [])[held.seen :] if held else []

    def _note(self, folder: str, kind: str, id_: str) -> None:
        self.log.setdefault(folder, []).append((kind, id_))
        self.changed.notify_all()
