"""The default mailbox: a Maildir, a drop folder for saved mails, and a Maildir as outbox.

No mail server is needed.  A message is claimed by its rename into cur/ and, when it has been
dealt with, moved into the Maildir++ folder .Registered, .Held, .Noted or .Refused beside it.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Final

from secretariat.adapters.mail.folders import (
    FLAGS,
    PRIVATE_FOLDER,
    delivered,
    entries,
    fresh_name,
    make_maildir,
    try_to_write,
    unique_part,
    why_not,
    write_whole,
)
from secretariat.ports.mail import (
    Changes,
    MailboxUnusable,
    MessageGone,
    MessageUnreadable,
    Sink,
    Waiting,
)

FOLDERS: Final = ("Registered", "Held", "Noted", "Refused")
REASON: Final = ".reason.txt"
SETTLED_AFTER: Final = 2.0
LOOK_EVERY: Final = 0.5
LARGEST: Final = 256 * 2**20
CHUNK: Final = 2**20


@dataclass
class Maildir:
    """The mailbox in `folder`; saved mails put into `drop` are taken in as well.

    failed: where what cannot be read is put, each with a .reason.txt
    names: what our folders are called on disk, where otherwise than by `FOLDERS`
    now: seconds since 1970
    """

    folder: Path
    drop: Path | None = None
    failed: Path | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    now: Callable[[], float] = time.time
    _places: dict[str, Path] = field(default_factory=dict)
    _rung: set[str] = field(default_factory=set)
    _closed: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        """Make the folders where they are not there yet."""
        try:
            for folder in (self.folder, *(self._subfolder(name) for name in FOLDERS)):
                make_maildir(folder)
            if self.drop is not None:
                self.drop.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        except OSError as fault:
            raise _unusable(fault) from fault

    @property
    def name(self) -> str:
        """The folder that is watched."""
        return str(self.folder)

    def changes(self, since: str) -> Changes:
        """Return the messages not filed yet, the oldest first; those in new/ are claimed.

        The folder itself is the place that was reached: what was dealt with lies elsewhere.
        """
        self._insist()
        try:
            self._take_drops()
            self._claim_all()
            found = {unique_part(each.name): each for each in entries(self.folder / "cur")}
            self._places = {place: Path(each.path) for place, each in found.items()}
            arrived = [(delivered(each), place) for place, each in found.items()]
        except OSError as fault:
            raise _unusable(fault) from fault
        return Changes(
            tuple(
                Waiting(place, datetime.fromtimestamp(seconds, UTC))
                for seconds, place in sorted(arrived)
            ),
            reached=since,
        )

    def fetch(self, place: str, into: Sink) -> None:
        """Write the message into a file; one that cannot be read is put aside.

        Raise MessageGone or MessageUnreadable.
        """
        path = self._find(place)
        if path is None:
            self._insist()
            raise MessageGone
        try:
            if not path.is_file() or path.is_symlink():
                why = "it is no ordinary file"
            elif path.stat().st_size > LARGEST:
                why = f"it is larger than {LARGEST // 2**20} MB"
            else:
                return _copied(path, into)
        except FileNotFoundError:
            raise MessageGone from None
        except PermissionError:
            why = "it may not be read"
        except OSError as fault:
            raise _unusable(fault) from fault
        self._put_aside(path, why)
        raise MessageUnreadable(why)

    def file(self, place: str, folder: str) -> bool:
        """Move the message to one of `FOLDERS`; return False if it is gone."""
        path = self._find(place)
        if path is None:
            return False
        name = path.name if FLAGS in path.name else f"{path.name}{FLAGS}"
        target = self._subfolder(folder) / "cur" / name
        try:
            if path != target:
                path.rename(target)
        except FileNotFoundError:
            return False
        except OSError as fault:
            raise _unusable(fault) from fault
        self._places.pop(place, None)
        return True

    def filed(self) -> Iterator[str]:
        """Return the places of the messages in `FOLDERS`, in no order."""
        try:
            for name in FOLDERS:
                yield from (
                    unique_part(each.name) for each in entries(self._subfolder(name) / "cur")
                )
        except OSError as fault:
            raise _unusable(fault) from fault

    def unfiled(self) -> Iterator[Waiting]:
        """Return the messages in new/ and cur/, in no order, and claim none."""
        try:
            for each in (one for part in ("new", "cur") for one in entries(self.folder / part)):
                try:
                    moment = datetime.fromtimestamp(delivered(each), UTC)
                except FileNotFoundError:
                    continue  # Somebody took it away meanwhile.
                yield Waiting(unique_part(each.name), moment)
        except OSError as fault:
            raise _unusable(fault) from fault

    def aside(self) -> Iterator[str]:
        """Return the names of what was put aside, without those of the reasons beside them."""
        try:
            for each in entries(self._aside()):
                if not each.name.endswith(REASON):
                    yield each.name
        except OSError as fault:
            raise _unusable(fault) from fault

    def put_back(self, place: str) -> None:
        """Let a filed message wait again; no fault if it is gone."""
        try:
            if path := self._find(place):
                path.rename(self.folder / "cur" / path.name)
        except FileNotFoundError:
            return
        except OSError as fault:
            raise _unusable(fault) from fault
        self._places.pop(place, None)

    def wait(self, seconds: float) -> bool:
        """Return True as soon as a message or a settled saved mail is there that was not before."""
        until = time.monotonic() + seconds
        while not self._closed.is_set():
            news = self._news() - self._rung
            if news:
                self._rung |= news
                return True
            left = until - time.monotonic()
            if left <= 0:
                return False
            self._closed.wait(min(LOOK_EVERY, left))
        return False

    def check(self) -> str:
        """Return that the folder can be written, and how many messages wait in it."""
        try_to_write(self.folder, MailboxUnusable)
        waiting = sum(1 for _ in self.unfiled())
        return f"{waiting} mails wait in {self.folder}"

    def close(self) -> None:
        """End every wait at once."""
        self._closed.set()

    def _insist(self) -> None:
        """Raise MailboxUnusable where the folder itself is gone: its mails are not gone by that."""
        if not (self.folder / "cur").is_dir():
            raise MailboxUnusable(f"the mailbox cannot be used: {self.folder} is not there")

    def _news(self) -> set[str]:
        try:
            there = {each.name for each in entries(self.folder / "new")}
            there |= {path.name for path in self._settled()}
        except OSError as fault:
            raise _unusable(fault) from fault
        self._rung &= there
        return there

    def _claim_all(self) -> None:
        for each in list(entries(self.folder / "new")):
            name = each.name if FLAGS in each.name else f"{each.name}{FLAGS}"
            try:
                os.rename(each.path, self.folder / "cur" / name)
            except FileNotFoundError:
                # A mail program or another process was quicker, unless cur/ itself is gone.
                if os.path.lexists(each.path):
                    raise

    def _take_drops(self) -> None:
        for path in self._settled():
            if why := _unfit(path):
                self._put_aside(path, why)
                continue
            name = fresh_name(self.now())
            try:
                path.rename(self.folder / "new" / name)
            except OSError:
                self._copy_in(path, name)

    def _copy_in(self, path: Path, name: str) -> None:
        """Take in a saved mail that lies on another disk."""
        try:
            content = path.read_bytes()
        except PermissionError:
            self._put_aside(path, "it may not be read")
            return
        write_whole(content, self.folder / "tmp" / name)
        (self.folder / "tmp" / name).rename(self.folder / "new" / name)
        path.unlink()

    def _settled(self) -> list[Path]:
        """Return the files in the drop folder that nobody is still writing, the oldest first."""
        if self.drop is None:
            return []
        found = []
        for each in entries(self.drop):
            try:
                stat = each.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            if self.now() - max(stat.st_mtime, stat.st_ctime) >= SETTLED_AFTER:
                found.append((stat.st_mtime, each.path))
        return [Path(path) for _, path in sorted(found)]

    def _put_aside(self, path: Path, why: str) -> None:
        aside = self._aside()
        name = path.name.partition(FLAGS)[0]
        if (aside / name).exists():
            name = f"{fresh_name(self.now())}.{name}"[:200]
        try:
            aside.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            path.rename(aside / name)
            (aside / f"{name}{REASON}").write_text(f"It was not taken in: {why}.\n", "utf-8")
        except OSError as fault:
            raise _unusable(fault) from fault

    def _find(self, place: str) -> Path | None:
        known = self._places.get(place)
        if known is not None and os.path.lexists(known):
            return known
        folders = (self.folder, *(self._subfolder(name) for name in FOLDERS))
        for folder in (one / part for one in folders for part in ("cur", "new")):
            for each in entries(folder):
                if unique_part(each.name) == place:
                    return Path(each.path)
        return None

    def _aside(self) -> Path:
        return self.failed or self.folder.parent / "failed"

    def _subfolder(self, name: str) -> Path:
        return self.folder / f".{self.names.get(name, name)}"


def _copied(path: Path, into: Sink) -> None:
    with path.open("rb") as file:
        while content := file.read(CHUNK):
            into.write(content)


def _unusable(fault: OSError) -> MailboxUnusable:
    return MailboxUnusable(f"the mailbox cannot be used: {why_not(fault)}")


def _unfit(path: Path) -> str:
    """Return why a dropped file cannot be a mail, "" if it may be one."""
    if path.is_symlink() or not path.is_file():
        return "it is no ordinary file"
    if path.suffix.lower() != ".eml":
        return "only saved mails that end in .eml can be taken in"
    if path.stat().st_size == 0:
        return "it is empty"
    return "" if os.access(path, os.R_OK) else "it may not be read"
