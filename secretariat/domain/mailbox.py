"""What is kept of a mailbox beside its mails: what is to be filed, what cannot be read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MOST_TRIES: Final = 5
PATIENCE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ToFile:
    """A message that was entered and lies unfiled in the mailbox yet.

    folder: "Registered", "Held", "Noted" or "Refused"
    """

    place: str
    folder: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A message that the mailbox could not give: how often it was asked for, and since when."""

    place: str
    tries: int
    since: datetime


def is_given_up(unreadable: Unreadable, now: datetime) -> bool:
    """Say whether a person must look: asked for often enough, and for long enough."""
    return unreadable.tries >= MOST_TRIES and now - unreadable.since >= PATIENCE
