"""A mailbox in Microsoft 365 with its world around it, for the contract of all mailboxes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from secretariat.adapters.mail.graph import FOLDERS, doors_on
from secretariat.adapters.mail.graph_line import GraphLine
from secretariat.adapters.mail.tokens import GRAPH_SCOPE, Application, Tokens
from secretariat.ports.mail import Doors
from tests.servers.graph import GraphServer, running_graph
from tests.servers.graph_box import INVITATION, Folder, Item, Unlike
from tests.servers.token_desk import CLIENT, SECRET

NAMES: Final = {name: name for name in FOLDERS}
_WELL_KNOWN: Final = {"Inbox": "inbox", "Sent": "sentitems", "Drafts": "drafts"}


def a_line(graph: GraphServer, *, patience: float = 60.0, page: int = 200) -> GraphLine:
    """Return a line to the mailbox, signed in at the server's own desk."""
    application = Application(CLIENT, SECRET, GRAPH_SCOPE, token_url=graph.token_url)
    tokens = Tokens(application)
    return GraphLine(graph.endpoint, graph.box.address, tokens, patience=patience, page=page)


class GraphWorld:
    """What people and councils do to the mailbox; by_category: filed mail stays in the inbox."""

    outside = "clerk@anyshire.gov.uk"
    rings = False
    keeps_place = True

    def __init__(self, graph: GraphServer, *, by_category: bool = False) -> None:
        self.graph = graph
        self.by_category = by_category
        self._opened: list[Doors] = []

    def doors(self) -> Doors:
        opened = doors_on(a_line(self.graph), NAMES, by_category=self.by_category)
        self._opened.append(opened)
        return opened

    def settings(self) -> tuple[str, dict[str, str]]:
        self.graph.any_name = True
        filing = "categories" if self.by_category else "folders"
        sections = (
            f'[mailbox]\nkind = "graph"\nfiling = "{filing}"\n'
            f'[graph]\nendpoint = "{self.graph.endpoint}"\n'
            f'[oauth]\nclient = "{CLIENT}"\ntoken_url = "{self.graph.token_url}"\n'
        )
        return sections, {"SECRETARIAT_MAIL_CLIENT_SECRET": SECRET}

    def deliver(self, raw: bytes) -> None:
        self.graph.box.deliver(raw)

    def deliver_no_mail(self) -> bool:
        raw = b"From: jo@anyshire.test\r\nSubject: An invitation\r\n\r\nPlease come.\r\n"
        self.graph.box.deliver(raw, kind=INVITATION)
        return True

    def lying_in(self, folder: str) -> list[bytes]:
        with self.graph.box.lock:
            return [item.whole() for item in self._items(folder)]

    def move_by_hand(self, subject: str, folder: str) -> None:
        box = self.graph.box
        with box.lock:
            item = self._find(subject)
            if self.by_category and folder in (*FOLDERS, "Inbox"):
                box.categorise(item, [] if folder == "Inbox" else [folder])
                folder = "Inbox"
            box.move(item.immutable, self._folder(folder).id)

    def delete_by_hand(self, subject: str) -> None:
        self.graph.box.delete(self._find(subject).immutable)

    def send_by_hand(self, raw: bytes) -> None:
        self.graph.box.deliver(raw, "sentitems")

    def lose_place(self, reached: str) -> str:
        self.graph.box.forget()
        return reached

    def left(self) -> list[bytes]:
        return list(self.graph.box.sent)

    def close(self) -> None:
        for each in self._opened:
            each.mailbox.close()

    def _items(self, folder: str) -> list[Item]:
        if self.by_category and folder in (*FOLDERS, "Inbox"):
            wanted = [] if folder == "Inbox" else [folder]
            return [item for item in self.graph.box.within("inbox") if item.categories == wanted]
        try:
            return self.graph.box.within(self._folder(folder, make=False).id)
        except Unlike:
            return []

    def _folder(self, name: str, *, make: bool = True) -> Folder:
        box = self.graph.box
        if name in _WELL_KNOWN:
            return box.folder(_WELL_KNOWN[name])
        parent = "inbox" if name in FOLDERS else "msgfolderroot"
        for each in box.below(box.folder(parent).id):
            if each.name == name:
                return each
        if not make:
            raise Unlike(404, "ErrorItemNotFound")
        return box.add_folder(name, parent)

    def _find(self, subject: str) -> Item:
        for item in self.graph.box.items:
            if item.folder and item.headers["Subject"] == subject:
                return item
        raise LookupError(subject)


@contextmanager
def graph_folders(folder: Path) -> Iterator[GraphWorld]:
    """Run a mailbox whose mail is filed into folders."""
    with _world(by_category=False) as world:
        yield world


@contextmanager
def graph_categories(folder: Path) -> Iterator[GraphWorld]:
    """Run a mailbox whose mail bears categories."""
    with _world(by_category=True) as world:
        yield world


@contextmanager
def _world(*, by_category: bool) -> Iterator[GraphWorld]:
    with running_graph() as graph:
        world = GraphWorld(graph, by_category=by_category)
        try:
            yield world
            assert graph.bare == [], "every request is to ask for ids that stay"
            assert graph.crowded == 0, "no more than four requests at once"
        finally:
            world.close()
