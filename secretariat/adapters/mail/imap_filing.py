"""What becomes of mail in an IMAP mailbox that was dealt with: moved to a folder, or marked."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Protocol

from imap_tools.errors import MailboxFolderCreateError, MailboxFolderSubscribeError

from secretariat.adapters.mail.imap_index import uids_where
from secretariat.adapters.mail.imap_line import FolderMissing, ImapLine, Opened, quoted
from secretariat.adapters.mail.imap_server import Box, code_of, why_refused
from secretariat.adapters.mail.imap_shelves import Shelves
from secretariat.ports.mail import MailboxUnusable

ATTEMPTS: Final = 2
DELETED: Final = r"\Deleted"
ANY_MARK: Final = r"\*"
NO_MARKS: Final = (
    "the mail server keeps no categories of ours in this mailbox: set filing to folders instead"
)
FOLDERS: Final = ("Registered", "Held", "Noted", "Refused")
_COPIED: Final = re.compile(rb"^(\d+) \S+ (\d+)$")
_UNFIT: Final = re.compile(r'[\x00-\x20(){%*"\\\]\x7f-\U0010ffff]')


class Filing(Protocol):
    """How mail is filed."""

    def file(self, place: str, folder: str) -> bool:
        """File a message; False if it is gone."""

    def put_back(self, place: str) -> None:
        """Let a message wait again as if it had just come."""

    def filed(self) -> Iterator[str]:
        """Return the places of what was filed."""

    def passed_over(self, box: Box) -> frozenset[int]:
        """Return the numbers in the inbox of what was filed."""


@dataclass
class Moving:
    """Files mail into folders beside the inbox, which are made when they are missing.

    inbox: as it is configured
    names: what each of `FOLDERS` is called
    """

    line: ImapLine
    shelves: Shelves
    inbox: str
    names: Mapping[str, str]
    _there: set[str] = field(default_factory=set, init=False, repr=False)

    def file(self, place: str, folder: str) -> bool:
        """Move a message to a folder; it may lie there already."""
        return self._move(place, self.called(folder))

    def put_back(self, place: str) -> None:
        """Move a message back into the inbox."""
        self._move(place, self.line.place(self.inbox))

    def filed(self) -> Iterator[str]:
        """Return the places of what lies in the folders that are there."""
        for folder in map(self.called, FOLDERS):
            try:
                yield from self.shelves.look(
                    folder,
                    lambda _box, _opened, index: tuple(each.place for each in index.lying.values()),
                )
            except FolderMissing:
                continue

    def passed_over(self, box: Box) -> frozenset[int]:
        """Return none: what was filed does not lie in the inbox."""
        return frozenset()

    def called(self, folder: str) -> str:
        """Return a folder's name as the server writes it."""
        return self.line.beside(self.inbox, self.names.get(folder, folder))

    def _move(self, place: str, target: str) -> bool:
        for _ in range(ATTEMPTS):
            if target not in self._there:
                self.line.run(lambda box: make_folder(box, target))
                self._there.add(target)
            if not self.line.run(lambda box: box.can("MOVE")):
                self.shelves.look(target, lambda *_: None)
            try:
                return bool(self.shelves.at(place, _Move(self.shelves, target)))
            except _TargetGone:
                self._there.discard(target)
        raise FolderMissing(target)


class _TargetGone(Exception):
    """A person took the folder away into which a message was to be moved."""


@dataclass(frozen=True, slots=True)
class _Move:
    """Moves a message that lies under a number in an open folder."""

    shelves: Shelves
    target: str

    def __call__(self, box: Box, opened: Opened, uid: int) -> bool | None:
        """Return True once it lies in the target, None where it does not lie here any more."""
        if not is_there(box, uid):
            return None
        if opened.name == self.target:
            return True
        index, target = self.shelves.index(opened.name), self.shelves.index(self.target)
        lying = index.lying[uid]
        if box.can("MOVE"):
            copied = self._ask(box, "MOVE", uid)
            if box.can("UIDPLUS") and not copied:
                return None
        else:
            # An earlier attempt may have broken off between the copy and the removal.
            before = target.number(lying.place) is not None
            copied = b"" if before else self._ask(box, "COPY", uid)
            remove(box, uid)
        index.forget(uid)
        if hit := _COPIED.match(copied):
            target.receive(int(hit[1]), int(hit[2]), lying)
        return True

    def _ask(self, box: Box, command: str, uid: int) -> bytes:
        """Move or copy; return what the server tells of the new number."""
        box.client.response("COPYUID")
        status, answer = box.client.uid(command, str(uid), quoted(self.target))
        if status != "OK":
            fault = ValueError(str(answer))
            if code_of(fault) in ("TRYCREATE", "NONEXISTENT"):
                raise _TargetGone
            raise MailboxUnusable(f"a message cannot be moved: {why_refused(fault)}")
        told = box.client.response("COPYUID")[1]
        return (told[-1] if told else None) or b""


@dataclass
class Marking:
    """Files mail by a keyword of the message, which mail programs show as a category.

    inbox: as it is configured
    names: what each of `FOLDERS` is called; what a keyword may not hold becomes a "_"
    """

    line: ImapLine
    shelves: Shelves
    inbox: str
    names: Mapping[str, str]

    def file(self, place: str, folder: str) -> bool:
        """Mark a message, and take off another mark of ours."""
        mark = self.called(folder)
        others = " ".join(each for each in self._marks() if each != mark)

        def marked(box: Box, opened: Opened, uid: int) -> bool | None:
            if not is_there(box, uid):
                return None
            if opened.permanent and not {mark, ANY_MARK} & opened.permanent:
                raise MailboxUnusable(NO_MARKS)
            flag(box, uid, "+", mark)
            flag(box, uid, "-", others)
            return True

        return bool(self.shelves.at(place, marked))

    def put_back(self, place: str) -> None:
        """Take the marks off, and let the message have a new number, by which it is told again."""

        def again(box: Box, opened: Opened, uid: int) -> bool | None:
            if not is_there(box, uid):
                return None
            flag(box, uid, "-", " ".join(self._marks()))
            status, answer = box.client.uid("COPY", str(uid), quoted(opened.name))
            if status != "OK":
                why = why_refused(ValueError(str(answer)))
                raise MailboxUnusable(f"a message cannot be put back: {why}")
            remove(box, uid)
            return True

        self.shelves.at(place, again)

    def filed(self) -> Iterator[str]:
        """Return the places of what bears a mark."""
        yield from self.shelves.look(
            self.line.place(self.inbox),
            lambda box, _, index: tuple(
                index.lying[uid].place for uid in self.passed_over(box) & index.lying.keys()
            ),
        )

    def passed_over(self, box: Box) -> frozenset[int]:
        """Return the numbers of what bears a mark."""
        *most, last = (f"KEYWORD {mark}" for mark in self._marks())
        return uids_where(box, "".join(f"OR {each} " for each in most) + last)

    def called(self, folder: str) -> str:
        """Return a folder's name as a keyword."""
        return _UNFIT.sub("_", self.names.get(folder, folder))

    def _marks(self) -> tuple[str, ...]:
        return tuple(map(self.called, FOLDERS))


def make_folder(box: Box, name: str) -> None:
    """Make a folder where it is missing, and let mail programs show it."""
    if box.folder.exists(name):
        return
    try:
        box.folder.create(name)
    except MailboxFolderCreateError as fault:
        if code_of(fault) == "ALREADYEXISTS":
            return
        why = why_refused(fault)
        raise MailboxUnusable(f"the folder {name} is missing and cannot be made: {why}") from None
    with suppress(MailboxFolderSubscribeError):
        box.folder.subscribe(name, True)


def is_there(box: Box, uid: int) -> bool:
    """Say whether a message lies in the open folder and is not marked as deleted."""
    return uid in uids_where(box, f"UID {uid}")


def flag(box: Box, uid: int, sign: str, flags: str) -> None:
    """Set flags of a message ("+") or take them off ("-")."""
    status, answer = box.client.uid("STORE", str(uid), f"{sign}FLAGS.SILENT", f"({flags})")
    if status != "OK":
        why = why_refused(ValueError(str(answer)))
        raise MailboxUnusable(f"a message cannot be marked: {why}")


def remove(box: Box, uid: int) -> None:
    """Remove a message, and none that a person has marked as deleted."""
    flag(box, uid, "+", DELETED)
    if box.can("UIDPLUS"):
        box.client.uid("EXPUNGE", str(uid))
    elif box.uids("DELETED", charset=None) == [str(uid)]:
        box.client.expunge()
