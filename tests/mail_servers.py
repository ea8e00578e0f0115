"""The mail servers of the contract: each kind of mailbox with its world around it.

`SERVERS` names them all; a test that takes `mail_server` runs against each.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Protocol

from secretariat.adapters.mail.folders import fresh_name
from secretariat.adapters.mail.maildir import Maildir
from secretariat.adapters.mail.outbox import MaildirOutbox
from secretariat.adapters.mail.sent import MaildirSent
from secretariat.ports.mail import Doors
from tests.servers.ews_named import is_named, named_categories, named_folders
from tests.servers.ews_world import exchange_categories, exchange_folders
from tests.servers.graph_world import graph_categories, graph_folders
from tests.servers.imap_world import imap_folders, imap_keywords


class MailServer(Protocol):
    """One mailbox and its world: what councils and people do to it from outside.

    Folders are "Inbox", "Registered", "Held", "Noted", "Refused", "Archive" (a person's own),
    "Sent" and "Drafts".  Messages are told apart by their Subject, which a test makes unique.
    """

    rings: bool
    """Whether `wait` is woken by what arrives; otherwise it only waits."""

    outside: str
    """An address to which mail may leave."""

    keeps_place: bool
    """Whether there is a place to be reached; a Maildir's is the folder itself."""

    def doors(self) -> Doors:
        """Return the doors as a process that has just started opens them."""

    def settings(self) -> tuple[str, dict[str, str]]:
        """Return the sections of the configuration that name it, and the secrets as environment."""

    def deliver(self, raw: bytes) -> None:
        """Let a mail arrive in the inbox."""

    def deliver_no_mail(self) -> bool:
        """Let something arrive that is no mail; False where such a mailbox holds none."""

    def lying_in(self, folder: str) -> list[bytes]:
        """Return the messages that lie in a folder, in no order."""

    def move_by_hand(self, subject: str, folder: str) -> None:
        """Move a message as a person does in a mail program, from whatever folder."""

    def delete_by_hand(self, subject: str) -> None:
        """Delete a message for good as a person does."""

    def send_by_hand(self, raw: bytes) -> None:
        """Let a member of staff send a mail from a mail program: it lies in Sent."""

    def lose_place(self, reached: str) -> str:
        """Return a place that is worthless now; `reached` where it cannot be lost."""

    def left(self) -> list[bytes]:
        """Return the mails that have left for the world, each once for every time it left."""


def subject_of(raw: bytes) -> str:
    """Return the Subject of a plain test message."""
    return str(message_from_bytes(raw)["Subject"])


class MaildirServer:
    """A Maildir: its folders are its world."""

    rings = True
    outside = "clerk@anyshire.gov.uk"
    keeps_place = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._second = time.time()
        self.doors()

    def doors(self) -> Doors:
        mail = self.folder
        return Doors(
            Maildir(mail / "in", mail / "drop", mail / "failed"),
            MaildirOutbox(mail / "outbox", mail / "sent", mail / "drafts"),
            MaildirSent(mail / "sent"),
        )

    def settings(self) -> tuple[str, dict[str, str]]:
        return '[mailbox]\nkind = "maildir"\n', {}

    def deliver(self, raw: bytes) -> None:
        self._put(self.folder / "in", "new", raw)

    def deliver_no_mail(self) -> bool:
        return False

    def lying_in(self, folder: str) -> list[bytes]:
        return [path.read_bytes() for path in self._paths(self._folder(folder))]

    def move_by_hand(self, subject: str, folder: str) -> None:
        (self._folder(folder) / "cur").mkdir(parents=True, exist_ok=True)
        path = self._find(subject)
        path.rename(self._folder(folder) / "cur" / path.name)

    def delete_by_hand(self, subject: str) -> None:
        self._find(subject).unlink()

    def send_by_hand(self, raw: bytes) -> None:
        self._put(self.folder / "sent", "cur", raw)

    def lose_place(self, reached: str) -> str:
        return reached

    def left(self) -> list[bytes]:
        return [path.read_bytes() for path in self._paths(self.folder / "outbox")]

    def _folder(self, name: str) -> Path:
        plain = {"Inbox": "in", "Sent": "sent", "Drafts": "drafts"}
        return self.folder / plain.get(name, f"in/.{name}")

    def _paths(self, folder: Path) -> list[Path]:
        return [path for part in ("new", "cur") for path in sorted((folder / part).glob("*"))]

    def _find(self, subject: str) -> Path:
        inbox = self.folder / "in"
        for folder in (inbox, *inbox.glob(".*")):
            for path in self._paths(folder):
                if subject_of(path.read_bytes()) == subject:
                    return path
        raise LookupError(subject)

    def _put(self, folder: Path, part: str, raw: bytes) -> None:
        name = fresh_name(self._tick())
        (folder / "tmp" / name).write_bytes(raw)
        (folder / "tmp" / name).rename(folder / part / name)

    def _tick(self) -> float:
        """Return a second later than the one before: file names tell seconds only."""
        self._second += 1
        return self._second


@contextmanager
def maildir(folder: Path) -> Iterator[MailServer]:
    """Run a Maildir."""
    yield MaildirServer(folder)


SERVERS: dict[str, Callable[[Path], AbstractContextManager[MailServer]]] = {
    "maildir": maildir,
    "graph": graph_folders,
    "graph-categories": graph_categories,
    "exchange": exchange_folders,
    "exchange-categories": exchange_categories,
    "imap": imap_folders,
    "imap-categories": imap_keywords,
}
if is_named():
    SERVERS |= {"exchange-named": named_folders, "exchange-named-categories": named_categories}
