"""The folders in which our messages may lie, and reading one wherever it lies."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from secretariat.adapters.mail.imap_index import Index, records
from secretariat.adapters.mail.imap_line import FolderMissing, ImapLine, Opened
from secretariat.adapters.mail.imap_server import NOW_AND_THEN, Box, LineLost, why_refused
from secretariat.ports.mail import MailboxUnusable, MessageGone, MessageUnreadable, Sink

CHUNK: Final = 2**20
TRIES: Final = 3
CANNOT_GIVE: Final = "the mail server cannot give it"
ENDS_THE_LINE: Final = "the mail server ends the line each time it is to give it"
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d+)")
_TEMPORARY: Final = NOW_AND_THEN - {"SERVERBUG"}
Told = TypeVar("Told")


class _NotGiven(Exception):
    """The server says that it cannot give a message."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a message, and whether it is the last one."""

    content: bytes
    last: bool


@dataclass
class Shelves:
    """Folders of one mailbox: the first must be there, the others may be missing.

    names: as the server writes them
    """

    line: ImapLine
    names: Callable[[], tuple[str, ...]]
    read_only: bool = False
    _indexes: dict[str, Index] = field(default_factory=dict, init=False, repr=False)

    def index(self, name: str) -> Index:
        """Return what is known of a folder; to be used within a talk only."""
        return self._indexes.setdefault(name, Index())

    def look(self, name: str, talk: Callable[[Box, Opened, Index], Told]) -> Told:
        """Talk in a folder whose index has just been refreshed; raise FolderMissing."""

        def refreshed(box: Box, opened: Opened) -> Told:
            index = self.index(name)
            index.refresh(box, opened)
            return talk(box, opened, index)

        return self.line.within(name, refreshed, read_only=self.read_only)

    def at(self, place: str, talk: Callable[[Box, Opened, int], Told | None]) -> Told | None:
        """Talk in the folder where the message lies, with its number there.

        A talk that returns None says that it does not lie there any more: it is looked for in
        all folders then.  None: it lies in none.
        """
        names = self.names()
        for name in names:
            if self.index(name).number(place) is not None:
                told = self._in(name, place, talk, known=True)
                if told is not None:
                    return told
        for position, name in enumerate(names):
            try:
                told = self._in(name, place, talk, known=False)
            except FolderMissing:
                if position == 0:
                    raise
                continue
            if told is not None:
                return told
        return None

    def _in(
        self,
        name: str,
        place: str,
        talk: Callable[[Box, Opened, int], Told | None],
        *,
        known: bool,
    ) -> Told | None:
        def within(box: Box, opened: Opened) -> Told | None:
            index = self.index(name)
            if not known or opened.validity != index.validity:
                index.refresh(box, opened)
            uid = index.number(place)
            if uid is None:
                return None
            try:
                return talk(box, opened, uid)
            except _NotGiven:
                index.refresh(box, opened)
                if index.number(place) == uid:
                    raise
                return None

        try:
            return self.line.within(name, within, read_only=self.read_only)
        except FolderMissing:
            if known:
                return None
            raise

    def fetch(self, place: str, into: Sink) -> None:
        """Write the raw message into a file, a long one piece by piece.

        A line that drops is made anew, and the message read on from where it broke off.
        Raise MessageGone or MessageUnreadable.
        """
        offset = failures = 0
        while True:
            try:
                piece = self.at(place, _reading_from(offset))
            except _NotGiven:
                raise MessageUnreadable(CANNOT_GIVE) from None
            except LineLost:
                failures += 1
                if failures < TRIES:
                    continue
                self.line.run(lambda box: box.client.noop())
                raise MessageUnreadable(ENDS_THE_LINE) from None
            if piece is None:
                raise MessageGone
            into.write(piece.content)
            if piece.last:
                return
            offset, failures = offset + len(piece.content), 0


def _reading_from(offset: int) -> Callable[[Box, Opened, int], _Piece | None]:
    return lambda box, _, uid: _piece(box, uid, offset)


def _piece(box: Box, uid: int, offset: int) -> _Piece | None:
    """Read from `offset` on; None where the message is not there."""
    whole = False
    if offset == 0:
        size = _asked(box, uid, "(UID RFC822.SIZE)")
        if size is None:
            return None
        told = _SIZE.search(size[0])
        whole = told is not None and int(told[1]) <= CHUNK
    part = "" if whole else f"<{offset}.{CHUNK}>"
    found = _asked(box, uid, f"(UID BODY.PEEK[]{part})")
    if found is None:
        return None
    return _Piece(found[1], whole or len(found[1]) < CHUNK)


def _asked(box: Box, uid: int, parts: str) -> tuple[bytes, bytes] | None:
    status, answer = box.client.uid("FETCH", str(uid), parts)
    if status != "OK":
        refusal = ValueError(str(answer))
        if any(f"[{code}" in str(answer) for code in _TEMPORARY):
            raise MailboxUnusable(why_refused(refusal))
        raise _NotGiven
    mine = re.compile(rb"\bUID %d\b" % uid)
    for told, literal in records(answer):
        if mine.search(told):
            return told, literal
    return None
