"""A folder of an IMAP mailbox that is looked through by the numbers of its messages."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from secretariat.adapters.mail.imap_index import Index
from secretariat.adapters.mail.imap_line import ImapLine, Opened
from secretariat.adapters.mail.imap_server import Box
from secretariat.adapters.mail.imap_shelves import Shelves
from secretariat.ports.mail import Changes, Sink, Waiting

AT_ONCE: Final = 500
SENT: Final = "Sent"


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far a folder was looked through."""

    folder: str
    validity: int
    uid: int

    def text(self) -> str:
        """Return it as it is kept."""
        return json.dumps({"folder": self.folder, "validity": self.validity, "uid": self.uid})


@dataclass
class ImapSource:
    """Tells what has come into one folder, the oldest number first.

    folder: as it is configured
    shelves: the folders that are looked in for a message, this one first
    passed_over: the numbers of what is not to be told, asked of the server
    """

    line: ImapLine
    folder: str
    shelves: Shelves
    passed_over: Callable[[Box], frozenset[int]] = lambda _: frozenset()

    @property
    def name(self) -> str:
        """The account, the server and the folder."""
        server = self.line.server
        return f"imap://{server.host}:{server.port}/{server.user}/{self.folder}"

    def changes(self, since: str) -> Changes:
        """Return what bears a later number than the last one told.

        All is told anew where the folder was numbered anew, or holds fewer than was told.
        """
        return self.shelves.look(
            self.line.place(self.folder),
            lambda box, opened, index: self._changes(since, opened, index, self.passed_over(box)),
        )

    def fetch(self, place: str, into: Sink) -> None:
        """Write the raw message into a file; raise MessageGone or MessageUnreadable."""
        self.shelves.fetch(place, into)

    def waiting(self) -> tuple[Waiting, ...]:
        """Return all that lies in the folder and is not passed over."""
        return self.shelves.look(
            self.line.place(self.folder),
            lambda box, _, index: _told(index, 0, self.passed_over(box))[0],
        )

    def highest(self) -> int:
        """Return the highest number that was seen in the folder."""
        return self.shelves.index(self.line.place(self.folder)).highest

    def _changes(
        self, since: str, opened: Opened, index: Index, passed_over: frozenset[int]
    ) -> Changes:
        reached = _read(since)
        sound = (
            reached is not None
            and reached.folder == opened.name
            and reached.validity == opened.validity
            and reached.uid <= index.highest
        )
        start = reached.uid if reached and sound else 0
        arrived, last = _told(index, start, passed_over, AT_ONCE)
        there_are_more = last is not None and any(
            uid > last for uid in index.lying.keys() - passed_over
        )
        new = _Reached(
            opened.name, opened.validity, last if there_are_more and last else index.highest
        )
        return Changes(arrived, new.text(), there_are_more, bool(since) and not sound)


def _told(
    index: Index, start: int, passed_over: frozenset[int], most: int | None = None
) -> tuple[tuple[Waiting, ...], int | None]:
    uids = sorted(uid for uid in index.lying if uid > start and uid not in passed_over)[:most]
    lying = (index.lying[uid] for uid in uids)
    arrived = tuple(Waiting(each.place, each.delivered_at) for each in lying)
    return arrived, uids[-1] if uids else None


def _read(since: str) -> _Reached | None:
    try:
        told = json.loads(since)
        reached = _Reached(str(told["folder"]), int(told["validity"]), int(told["uid"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return reached


def sent_source(line: ImapLine, folder: str = SENT) -> ImapSource:
    """Return what lies in Sent as a source, of which nothing is moved."""
    shelves = Shelves(line, lambda: (line.place(folder),), read_only=True)
    return ImapSource(line, folder, shelves)
