"""The mailbox on an Exchange Server, by Exchange Web Services.

What was dealt with is moved into folders below the inbox, or bears a category and stays.
"""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from exchangelib import Message
from exchangelib.errors import (
    ErrorFolderExists,
    ErrorFolderNotFound,
    ErrorItemNotFound,
    EWSError,
)
from exchangelib.folders import Messages

from secretariat.adapters.mail.exchange_bell import ExchangeBell
from secretariat.adapters.mail.exchange_line import ExchangeLine
from secretariat.adapters.mail.exchange_outbox import ExchangeOutbox
from secretariat.adapters.mail.exchange_source import (
    ExchangeSource,
    Index,
    Lying,
    in_words,
    listed,
)
from secretariat.ports.mail import Changes, Doors, Sink, Waiting

FOLDERS: Final = ("Registered", "Held", "Noted", "Refused")


def doors_on(line: ExchangeLine, names: Mapping[str, str], *, by_category: bool = False) -> Doors:
    """Return the doors of the mailbox at the end of a line.

    names: what each of our folders, or its category, is called there
    """
    sent = ExchangeSource(line, "sent", lambda account: account.sent)
    return Doors(ExchangeMailbox(line, names, by_category), ExchangeOutbox(line), sent)


@dataclass
class ExchangeMailbox:
    """The inbox, and four folders below it or four categories in it."""

    line: ExchangeLine
    names: Mapping[str, str]
    by_category: bool = False
    _inbox: ExchangeSource = field(init=False, repr=False)
    _bell: ExchangeBell = field(init=False, repr=False)
    _folders: dict[str, Any] = field(default_factory=dict, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        """Ask for nothing yet."""
        ours = frozenset(self._called(name).casefold() for name in FOLDERS)
        self._inbox = ExchangeSource(
            self.line,
            "inbox",
            _inbox,
            Index(),
            ours if self.by_category else frozenset(),
            self._look_through,
        )
        self._bell = ExchangeBell(self.line, _inbox)

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
        return self._move(place, folder)

    def filed(self) -> Iterator[str]:
        """Return the places of the messages that lie in `FOLDERS`, or bear their categories."""
        if self.by_category:
            found = (each for each in self._inbox.listed() if self._inbox.is_passed_over(each))
        else:
            found = (each for name in FOLDERS for each in self._lying_in(name))
        yield from (each.place for each in found)

    def unfiled(self) -> Iterator[Waiting]:
        """Return the mails in the inbox that are not filed, in no order."""
        for each in self._inbox.listed():
            if not self._inbox.is_passed_over(each):
                yield each.waiting

    def aside(self) -> Iterator[str]:
        """Return nothing: what cannot be read stays where it lies."""
        return iter(())

    def put_back(self, place: str) -> None:
        """Let a filed message wait again; no fault if it is gone."""
        if self.by_category:
            self._mark(place, "")
        else:
            self._move(place, "")

    def wait(self, seconds: float) -> bool:
        """Return True as soon as Exchange tells of something new, False after `seconds`."""
        return self._bell.wait(seconds)

    def check(self) -> str:
        """Return how many messages lie in the inbox; the folders are made where missing."""
        count = self.line.ask(_counted)
        if not self.by_category:
            with self._lock:
                self._folders.clear()
            for name in FOLDERS:
                self._folder(name)
        return f"{count} messages lie in the inbox of the mailbox on Exchange"

    def close(self) -> None:
        """End every wait at once."""
        self.line.close()
        self._bell.close()

    def _called(self, name: str) -> str:
        return self.names.get(name, name)

    def _look_through(self) -> Iterator[Lying]:
        yield from self._inbox.listed()
        if not self.by_category:
            for name in FOLDERS:
                yield from self._lying_in(name)

    def _lying_in(self, name: str) -> list[Lying]:
        folder = self._folder(name)
        found = listed(self.line, lambda _: folder)
        self._inbox.index.note(found)
        return found

    def _move(self, place: str, name: str) -> bool:
        """Move a message to one of our folders, "" for the inbox; False if it is gone."""
        for lying in self._inbox.where(place):
            target = self._folder(name) if name else self.line.ask(_inbox)
            try:
                moved = self.line.ask(partial(_moved, lying=lying, target=target))
            except ErrorFolderNotFound:
                # The folder was deleted since it was looked up.
                with self._lock:
                    self._folders.clear()
                return self._move(place, name)
            except EWSError as fault:
                raise in_words(fault) from None
            if moved is not None:
                self._inbox.index.note([moved])
                return True
            self._inbox.index.forget(place)
        return False

    def _mark(self, place: str, category: str) -> bool:
        """Give a message one of our categories, or none; a person's own are left to it."""
        for lying in self._inbox.where(place):
            mark = partial(_marked, lying=lying, ours=self._inbox.passed_over, category=category)
            try:
                marked = self.line.ask(mark)
            except EWSError as fault:
                raise in_words(fault) from None
            if marked is not None:
                self._inbox.index.note([marked])
                return True
            self._inbox.index.forget(place)
        return False

    def _folder(self, name: str) -> Any:
        """Return one of our folders below the inbox, made where it is missing."""
        with self._lock:
            if name not in self._folders:
                self._folders[name] = self.line.ask(partial(_made, called=self._called(name)))
            return self._folders[name]


def _inbox(account: Any) -> Any:
    return account.inbox


def _counted(account: Any) -> int:
    try:
        folder = account.inbox
        folder.refresh()
        return int(folder.total_count or 0)
    except EWSError as fault:
        raise in_words(fault) from None


def _made(account: Any, *, called: str) -> Any:
    try:
        try:
            return account.inbox // called
        except ErrorFolderNotFound:
            pass
        try:
            return Messages(parent=account.inbox, name=called).save()
        except ErrorFolderExists:
            return account.inbox // called  # Somebody else was quicker.
    except EWSError as fault:
        raise in_words(fault) from None


def _moved(account: Any, *, lying: Lying, target: Any) -> Lying | None:
    """Move a message; return where it lies then, None if it is not where it was seen."""
    (answer,) = account.bulk_move([(lying.id, lying.version)], to_folder=target)
    if isinstance(answer, ErrorItemNotFound) or answer is None:
        return None
    if isinstance(answer, ErrorFolderNotFound):
        raise answer
    if isinstance(answer, EWSError):
        raise in_words(answer)
    id_, version = answer
    return Lying(lying.place, id_, version, lying.delivered_at, lying.categories)


def _marked(account: Any, *, lying: Lying, ours: frozenset[str], category: str) -> Lying | None:
    found = next(iter(account.fetch([(lying.id, lying.version)], only_fields=["categories"])), None)
    if isinstance(found, ErrorItemNotFound) or found is None:
        return None
    if isinstance(found, EWSError):
        raise in_words(found)
    before = tuple(found.categories or ())
    marked = tuple(each for each in before if each.casefold() not in ours)
    marked += (category,) if category else ()
    if marked == before:
        return Lying(lying.place, found.id, found.changekey, lying.delivered_at, before)
    item = Message(account=account, folder=account.inbox, id=found.id, changekey=found.changekey)
    item.categories = list(marked) or None
    try:
        item.save(update_fields=["categories"])
    except ErrorItemNotFound:
        return None
    except EWSError as fault:
        raise in_words(fault) from None
    return Lying(lying.place, item.id, item.changekey, lying.delivered_at, marked)
