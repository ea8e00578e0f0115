"""The mailbox in Microsoft 365, by Microsoft Graph.

A message's place is its immutable id, which is the same in every folder.  What was dealt with is
moved into folders below the inbox, or bears a category and stays.
"""

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from secretariat.adapters.mail.graph_line import GraphLine, Request
from secretariat.adapters.mail.graph_outbox import GraphOutbox
from secretariat.adapters.mail.graph_source import (
    GraphSource,
    go_through,
    id_in,
    may_be_ours,
    path_of,
    unless_good,
)
from secretariat.ports.mail import Changes, Doors, Sink, Waiting

FOLDERS: Final = ("Registered", "Held", "Noted", "Refused")
FOLDERS_KNOWN_FOR: Final = 600.0
_INBOX: Final = "/mailFolders/inbox"


def doors_on(line: GraphLine, names: Mapping[str, str], *, by_category: bool = False) -> Doors:
    """Return the doors of the mailbox at the end of a line.

    names: what each of our folders, or its category, is called there
    """
    mailbox = GraphMailbox(line, names, by_category=by_category)
    return Doors(mailbox, GraphOutbox(line), GraphSource(line, "sentitems"))


@dataclass
class GraphMailbox:
    """The inbox, and four folders below it or four categories in it."""

    line: GraphLine
    names: Mapping[str, str]
    by_category: bool = False
    _inbox: GraphSource = field(init=False, repr=False)
    _folders: dict[str, str] = field(default_factory=dict, init=False, repr=False)
    _known_until: float = field(default=0.0, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        """Ask for nothing yet."""
        ours = frozenset(self._called(name).casefold() for name in FOLDERS)
        self._inbox = GraphSource(self.line, "inbox", ours if self.by_category else frozenset())

    @property
    def name(self) -> str:
        """The mailbox and its inbox."""
        return self._inbox.name

    def changes(self, since: str) -> Changes:
        """Return what has come into the inbox since; everything anew where that place is lost."""
        return self._inbox.changes(since)

    def fetch(self, place: str, into: Sink) -> None:
        """Write the raw message into a file; raise MessageGone or MessageUnreadable."""
        self._inbox.fetch(place, into)

    def file(self, place: str, folder: str) -> bool:
        """Move the message to one of `FOLDERS`, or mark it so; return False if it is gone."""
        if self.by_category:
            return self._mark(place, self._called(folder))
        return self._move(place, folder) or self._move(place, folder, look_again=True)

    def filed(self) -> Iterator[str]:
        """Return the places of the messages that lie in `FOLDERS`, or bear their categories."""
        if self.by_category:
            yield from (
                each["id"] for each in self._inbox.listed() if self._inbox.is_passed_over(each)
            )
            return
        for name in FOLDERS:
            path = f"/mailFolders/{self._folder(name)}/messages?$select=id&$top=500"
            yield from (each["id"] for each in go_through(self.line, path))

    def unfiled(self) -> Iterator[Waiting]:
        """Return the mails in the inbox that are not filed, in no order."""
        for each in self._inbox.listed():
            if not self._inbox.is_passed_over(each):
                yield self._inbox.waiting(each)

    def aside(self) -> Iterator[str]:
        """Return nothing: what cannot be read stays where it lies."""
        return iter(())

    def put_back(self, place: str) -> None:
        """Let a filed message wait again; no fault if it is gone."""
        if self.by_category:
            self._mark(place, "")
        else:
            self._move(place, "inbox")

    def wait(self, seconds: float) -> bool:
        """Wait; Graph calls nobody that is not on the open web, so nothing is heard of."""
        self.line.wait(seconds)
        return False

    def check(self) -> str:
        """Return how many messages lie in the inbox; the folders are made where missing."""
        answer = unless_good(self.line.ask(Request("GET", f"{_INBOX}?$select=totalItemCount")))
        if not self.by_category:
            with self._lock:
                self._known_until = 0.0
            for name in FOLDERS:
                self._folder(name)
        count = answer.told.get("totalItemCount", 0)
        return f"{count} messages lie in the inbox of the mailbox in Microsoft 365"

    def close(self) -> None:
        """End every wait and every connection of the mailbox and its outbox at once."""
        self.line.close()

    def _called(self, name: str) -> str:
        return self.names.get(name, name)

    def _message(self, place: str) -> Mapping[str, Any] | None:
        """Return where a message lies and its categories, None if it is gone."""
        if not may_be_ours(place):
            return None
        path = f"{path_of(place)}?$select=id,parentFolderId,categories"
        answer = self.line.ask(Request("GET", path))
        return None if answer.gone else unless_good(answer).told

    def _move(self, place: str, name: str, *, look_again: bool = False) -> bool:
        message = self._message(place)
        if message is None:
            return False
        if look_again:
            # The folder itself may have been deleted since it was looked up.
            with self._lock:
                self._known_until = 0.0
        target = self._folder(name)
        if message.get("parentFolderId") == target:
            return True
        told = {"destinationId": target}
        answer = self.line.ask(Request("POST", f"{path_of(place)}/move", told))
        if answer.gone or answer.code == "ErrorFolderNotFound":
            return False
        unless_good(answer)
        return True

    def _mark(self, place: str, category: str) -> bool:
        """Give a message one of our categories, or none; a person's own are left to it."""
        message = self._message(place)
        if message is None:
            return False
        before = list(message.get("categories") or ())
        ours = {self._called(name).casefold() for name in FOLDERS}
        marked = [each for each in before if each.casefold() not in ours]
        marked += [category] if category else []
        if marked == before:
            return True
        answer = self.line.ask(Request("PATCH", path_of(place), {"categories": marked}))
        return not answer.gone and unless_good(answer).good

    def _folder(self, name: str) -> str:
        """Return the id of one of our folders below the inbox, made where it is missing."""
        with self._lock:
            if time.monotonic() > self._known_until:
                self._folders = self._found()
                self._known_until = time.monotonic() + FOLDERS_KNOWN_FOR
            called = self._called(name).casefold()
            if called not in self._folders:
                self._make(self._called(name))
            return self._folders[called]

    def _found(self) -> dict[str, str]:
        inbox = id_in(self.line.ask(Request("GET", f"{_INBOX}?$select=id")))
        path = f"{_INBOX}/childFolders?$select=id,displayName&$top=100"
        below = {
            str(each["displayName"]).casefold(): str(each["id"])
            for each in go_through(self.line, path)
        }
        return {**below, "inbox": inbox}

    def _make(self, called: str) -> None:
        answer = self.line.ask(Request("POST", f"{_INBOX}/childFolders", {"displayName": called}))
        if answer.status == 409:
            # Somebody else was quicker.
            self._folders = self._found()
        else:
            self._folders[called.casefold()] = id_in(answer)
