"""The Sent folder of a Maildir as a source: what left by the service, and what staff put there."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from secretariat.adapters.mail.folders import delivered, entries, unique_part, why_not
from secretariat.ports.mail import Changes, MailboxUnusable, MessageGone, Sink, Waiting

CHUNK: Final = 2**20


@dataclass(frozen=True, slots=True)
class MaildirSent:
    """Looks through one Maildir and moves nothing."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder that is looked through."""
        return str(self.folder)

    def changes(self, since: str) -> Changes:
        """Return what bears the time of the newest seen or a later one, the oldest first."""
        from_second = float(since or 0)
        try:
            found = sorted((delivered(each), unique_part(each.name)) for each in self._entries())
        except OSError as fault:
            raise MailboxUnusable(f"Sent cannot be read: {why_not(fault)}") from fault
        new = [(second, place) for second, place in found if second >= from_second]
        reached = str(new[-1][0]) if new else since
        mails = (Waiting(place, datetime.fromtimestamp(second, UTC)) for second, place in new)
        return Changes(tuple(mails), reached)

    def fetch(self, place: str, into: Sink) -> None:
        """Write the message into a file; raise MessageGone."""
        try:
            for each in self._entries():
                if unique_part(each.name) == place:
                    with open(each.path, "rb") as file:
                        while content := file.read(CHUNK):
                            into.write(content)
                    return
        except FileNotFoundError:
            raise MessageGone from None
        except OSError as fault:
            raise MailboxUnusable(f"Sent cannot be read: {why_not(fault)}") from fault
        raise MessageGone

    def _entries(self) -> list[os.DirEntry[str]]:
        return [each for part in ("new", "cur") for each in entries(self.folder / part)]
