"""A mailbox on an Exchange Server with its world around it, for the contract of all mailboxes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from secretariat.adapters.mail.exchange import FOLDERS, doors_on
from secretariat.adapters.mail.exchange_line import ExchangeLine, SignIn
from secretariat.ports.mail import Doors
from tests.servers.ews import ADDRESS, PASSWORD, USER, EwsServer, running_ews
from tests.servers.ews_store import INVITATION, Item

NAMES: Final = {name: name for name in FOLDERS}
_WELL_KNOWN: Final = {"Inbox": "inbox", "Sent": "sentitems", "Drafts": "drafts"}


def a_line(ews: EwsServer, **said: Any) -> ExchangeLine:
    """Return a line to the mailbox, with a password unless said otherwise."""
    said.setdefault("sign_in", SignIn("basic", USER, PASSWORD))
    return ExchangeLine(ews.endpoint, said.pop("address", ADDRESS), **said)


class EwsWorld:
    """What people and councils do to the mailbox; by_category: filed mail stays in the inbox."""

    outside = "clerk@anyshire.gov.uk"
    rings = True
    keeps_place = True

    def __init__(self, ews: EwsServer, *, by_category: bool = False) -> None:
        self.ews = ews
        self.by_category = by_category
        self._opened: list[Doors] = []

    def doors(self) -> Doors:
        opened = doors_on(a_line(self.ews), NAMES, by_category=self.by_category)
        self._opened.append(opened)
        return opened

    def settings(self) -> tuple[str, dict[str, str]]:
        filing = "categories" if self.by_category else "folders"
        user = USER.replace("\\", "\\\\")
        sections = (
            f'[mailbox]\nkind = "exchange"\nfiling = "{filing}"\n'
            f'[exchange]\nendpoint = "{self.ews.endpoint}"\nuser = "{user}"\nsign_in = "basic"\n'
        )
        self.ews.store.address = ""
        return sections, {"SECRETARIAT_MAIL_PASSWORD": PASSWORD}

    def deliver(self, raw: bytes) -> None:
        self.ews.store.deliver(raw)

    def deliver_no_mail(self) -> bool:
        raw = b"From: jo@anyshire.test\r\nSubject: An invitation\r\n\r\nPlease come.\r\n"
        self.ews.store.deliver(raw, kind=INVITATION)
        return True

    def lying_in(self, folder: str) -> list[bytes]:
        with self.ews.store.changed:
            return [item.raw for item in self._items(folder)]

    def move_by_hand(self, subject: str, folder: str) -> None:
        store = self.ews.store
        with store.changed:
            item = self._find(subject)
            if self.by_category and folder in (*FOLDERS, "Inbox"):
                item.categories = [] if folder == "Inbox" else [folder]
                store.touch(item.id)
                folder = "Inbox"
            if item.folder != (target := self._folder(folder)):
                store.move(item.id, target)

    def delete_by_hand(self, subject: str) -> None:
        self.ews.store.delete(self._find(subject).id)

    def send_by_hand(self, raw: bytes) -> None:
        self.ews.store.deliver(raw, "sentitems")

    def lose_place(self, reached: str) -> str:
        self.ews.store.era += 1
        return reached

    def left(self) -> list[bytes]:
        return list(self.ews.store.left)

    def close(self) -> None:
        for each in self._opened:
            each.mailbox.close()

    def _items(self, folder: str) -> list[Item]:
        store = self.ews.store
        if self.by_category and folder in (*FOLDERS, "Inbox"):
            wanted = [] if folder == "Inbox" else [folder]
            return [item for item in store.within("F-inbox") if item.categories == wanted]
        return store.within(self._folder(folder))

    def _folder(self, name: str) -> str:
        store = self.ews.store
        if name in _WELL_KNOWN:
            return f"F-{_WELL_KNOWN[name]}"
        parent = "F-inbox" if name in FOLDERS else "F-msgfolderroot"
        for each in store.below(parent):
            if each.name == name:
                return each.id
        return store.add_folder(name, parent).id

    def _find(self, subject: str) -> Item:
        for item in self.ews.store.items.values():
            if item.headers["Subject"] == subject:
                return item
        raise LookupError(subject)


@contextmanager
def exchange_folders(folder: Path) -> Iterator[EwsWorld]:
    """Run a mailbox whose mail is filed into folders."""
    with _world(by_category=False) as world:
        yield world


@contextmanager
def exchange_categories(folder: Path) -> Iterator[EwsWorld]:
    """Run a mailbox whose mail bears categories."""
    with _world(by_category=True) as world:
        yield world


@contextmanager
def _world(*, by_category: bool) -> Iterator[EwsWorld]:
    with running_ews() as ews:
        world = EwsWorld(ews, by_category=by_category)
        try:
            yield world
        finally:
            world.close()
