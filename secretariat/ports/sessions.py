"""Where signed-in sessions are kept: in the register, so that one can be ended at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

IDLE: Final = timedelta(minutes=30)
AT_MOST: Final = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class StoredSession:
    """One browser's session.

    id_hash: SHA-256 (hex) of the id in the cookie; the id itself is never kept
    person: the account's e-mail address; "" before signing in
    content: JSON, at most a few kilobytes
    opened: UTC, when the id was given; seen: UTC, the last use noted (within a minute)
    """

    id_hash: str
    person: str
    content: str
    opened: datetime
    seen: datetime

    def lapsed(self, now: datetime) -> bool:
        """Return whether 30 minutes without use, or eight hours in all, have passed."""
        return now - self.seen >= IDLE or now - self.opened >= AT_MOST


class Sessions(Protocol):
    """The sessions of every browser; all changes are committed when a call returns."""

    def open(self, id_hash: str, now: datetime) -> StoredSession | None:
        """Return the session as it was saved; None if unknown, ended or lapsed at `now`."""

    def save(self, session: StoredSession) -> None:
        """Keep `session`, in place of the one with the same `id_hash` if there is one."""

    def end(self, id_hash: str) -> None:
        """Forget the session; no fault if there is none."""

    def end_all_of(self, person: str) -> None:
        """Sign the account with this e-mail address out everywhere."""

    def end_lapsed(self, now: datetime) -> int:
        """Forget every session that has lapsed at `now`; return how many."""
