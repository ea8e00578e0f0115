"""The chase's own questions to the register."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from secretariat.domain.post import Posting
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review


class ReadingChases(Protocol):
    """Reviews whose chase must be looked at, with eyes alone."""

    def to_follow(self, day: date, *, limit: int = 1000) -> tuple[Review, ...]:
        """Return the reviews whose publication is awaited but for those that rest beyond `day`."""

    def mails_for(self, address: str, day: date) -> tuple[Posting, ...]:
        """Return the mails of ours to an address that bear a London day to leave on."""


class WritingChases(Protocol):
    """Until when chases rest; it is no act, and every act on a review ends its rest."""

    def rest_chases(self, until: Mapping[Reference, date]) -> None:
        """Note the London day before which each review needs no look."""

    def wake_chases(self) -> None:
        """End the rest of every review."""
