"""One connection to an IMAP server that several threads take turns on, made anew when it drops."""

import imaplib
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from imap_tools.errors import MailboxFolderSelectError
from imap_tools.imap_utf7 import utf7_decode
from imap_tools.utils import encode_folder

from secretariat.adapters.mail.imap_server import (
    DROPPED,
    NOT_DONE,
    Box,
    ImapServer,
    LineLost,
    code_of,
    hang_up,
    why_refused,
)
from secretariat.adapters.mail.wires import why_no_line
from secretariat.ports.mail import MailboxUnusable

INBOX: Final = "INBOX"
SLASH: Final = "/"
_MISSING: Final = frozenset(("", "NONEXISTENT", "TRYCREATE", "CANNOT"))
_PERSONAL: Final = re.compile(rb'^\(\("((?:[^"\\]|\\.)*)" (?:"((?:[^"\\]|\\.)*)"|NIL)')
_LISTED: Final = re.compile(rb'^\([^)]*\) (?:"((?:[^"\\]|\\.)*)"|NIL)')
Told = TypeVar("Told")


class FolderMissing(MailboxUnusable):
    """A folder is not there, or is called otherwise now."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the folder {name} is not there in the mailbox")


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder as it was opened.

    validity: another number means that all its messages have been numbered anew
    next_uid: the number that the next message was to have then, 0 where that was not told
    permanent: the flags that may be set for good
    """

    name: str
    read_only: bool
    validity: int
    next_uid: int
    permanent: frozenset[str]


@dataclass
class ImapLine:
    """A connection that is opened when it is needed, and once more when an old one has dropped."""

    server: ImapServer
    _box: Box | None = field(default=None, init=False, repr=False)
    _opened: Opened | None = field(default=None, init=False, repr=False)
    _root: tuple[str, str] | None = field(default=None, init=False, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False, repr=False)

    def run(self, talk: Callable[[Box], Told], *, once: bool = False) -> Told:
        """Return what the talk returns; a talk is begun again where an old connection drops.

        once: a talk that has begun is never begun again; raise LineLost then.
        Raise MailboxUnusable with the reason for what the server refuses and the talk leaves.
        """
        with self._lock:
            fresh = self._box is None
            box = self._ready(once=once)
            try:
                return talk(box)
            except DROPPED as fault:
                self._drop(fault)
                if fresh or once:
                    raise self._lost(fault) from None
            except NOT_DONE as fault:
                raise MailboxUnusable(why_refused(fault)) from None
            return self.run(talk, once=True)

    def within(
        self, folder: str, talk: Callable[[Box, Opened], Told], *, read_only: bool = False
    ) -> Told:
        """Talk in a folder, whose news have been told; raise FolderMissing."""
        return self.run(lambda box: talk(box, self._enter(box, folder, read_only)))

    def place(self, name: str) -> str:
        """Return a configured folder's name as this server writes it; "/" stands between folders.

        "Registered" becomes "INBOX.Registered" where all folders lie below the inbox.
        """
        prefix, delimiter = self.root()
        whole = name.replace(SLASH, delimiter) if delimiter else name
        if whole.upper() == INBOX or whole.startswith(prefix):
            return whole
        return prefix + whole

    def beside(self, inbox: str, name: str) -> str:
        """Return where a folder of ours lies for an inbox: at the root, or by a shared inbox."""
        _, delimiter = self.root()
        above, found, _ = self.place(inbox).rpartition(delimiter) if delimiter else ("", "", "")
        return f"{above}{found}{name.replace(SLASH, delimiter)}" if found else self.place(name)

    def root(self) -> tuple[str, str]:
        """Return what personal folders begin with, and what stands between two of them."""
        if self._root is None:
            self._root = self.run(_root)
        return self._root

    def _ready(self, *, once: bool) -> Box:
        if self._box is not None and once:
            # What is done once may not begin on a line that is dead already.
            try:
                self._box.client.noop()
            except (*DROPPED, *NOT_DONE) as fault:
                self._drop(fault)
        if self._box is None:
            self._box = self.server.connect()
            self._opened = None
        return self._box

    def _enter(self, box: Box, folder: str, read_only: bool) -> Opened:
        """Open the folder, or where it is open have its news told."""
        if (known := self._opened) and (known.name, known.read_only) == (folder, read_only):
            # Without this a search does not find what has come meanwhile.
            box.client.noop()
            return known
        self._opened = None
        self._opened = opened(box, folder, read_only=read_only)
        return self._opened

    def _drop(self, _: BaseException) -> None:
        box, self._box, self._opened = self._box, None, None
        if box is not None:
            hang_up(box.client)

    def _lost(self, fault: BaseException) -> MailboxUnusable:
        if self.server.wires.closed.is_set():
            return self.server.unusable(fault)
        why = why_no_line(fault, self.server.host)
        return LineLost(f"the mailbox cannot be used: {why}")


def opened(box: Box, folder: str, *, read_only: bool) -> Opened:
    """Open a folder; raise FolderMissing."""
    try:
        box.folder.set(folder, readonly=read_only)
    except imaplib.IMAP4.readonly:
        raise MailboxUnusable(f"the folder {folder} may only be read") from None
    except MailboxFolderSelectError as fault:
        if code_of(fault) in _MISSING:
            raise FolderMissing(folder) from None
        raise MailboxUnusable(
            f"the folder {folder} cannot be opened: {why_refused(fault)}"
        ) from None
    numbers = [_number(box.client.response(name)[1]) for name in ("UIDVALIDITY", "UIDNEXT")]
    flags = box.client.response("PERMANENTFLAGS")[1]
    told = b" ".join(each for each in flags if isinstance(each, bytes)) if flags else b""
    permanent = frozenset(told.decode("ascii", "replace").strip(" ()").split())
    return Opened(folder, read_only, numbers[0], numbers[1], permanent)


def quoted(folder: str) -> str:
    """Return a folder's name as it stands in a command."""
    name: bytes = encode_folder(folder)
    return name.decode("ascii")


def _number(told: list[bytes | None] | None) -> int:
    last = told[-1] if told else None
    return int(last) if last and last.isdigit() else 0


def _root(box: Box) -> tuple[str, str]:
    if box.can("NAMESPACE"):
        _, told = box.client.namespace()
        if told and (found := _PERSONAL.match(told[-1] or b"")):
            return _text(found[1]), _text(found[2])
    _, listed = box.client.list('""', '""')
    first = listed[-1] if listed else None
    found = _LISTED.match(first) if isinstance(first, bytes) else None
    return "", _text(found[1]) if found else ""


def _text(told: bytes | None) -> str:
    return utf7_decode(re.sub(rb"\\(.)", rb"\1", told or b""))
