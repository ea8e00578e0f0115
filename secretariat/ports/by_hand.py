"""The register's door to what staff wrote by hand, and to mail whose days are over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from secretariat.domain.by_hand import WrittenByHand
from secretariat.domain.ledger import Act
from secretariat.domain.post_in import ReceivedMail
from secretariat.domain.reference import Reference


class ReadingByHand(Protocol):
    """Mail that staff wrote by hand, and what may be purged, as a face may see them."""

    def written_by_hand(self, number: int) -> WrittenByHand:
        """Return the mail; raise NotFound."""

    def by_hand_about(self, reference: Reference) -> tuple[WrittenByHand, ...]:
        """Return what staff wrote by hand about a review, the oldest first."""

    def by_hand_called(self, message_id: str) -> tuple[WrittenByHand, ...]:
        """Return what staff wrote by hand with this Message-ID."""

    def looked_at(self, places: Sequence[str]) -> frozenset[str]:
        """Return those of these places in Sent whose messages were looked at."""

    def lapsed_mail(self, *, before: datetime) -> tuple[ReceivedMail, ...]:
        """Return mails taken in before a moment that are settled and whose words are kept yet."""

    def lapsed_by_hand(self, *, before: datetime) -> tuple[WrittenByHand, ...]:
        """Return mails written by hand before a moment whose words are kept yet."""

    def inner_files(self) -> frozenset[str]:
        """Return the SHA-256 of each file out of a container of a mail whose bytes are kept."""


class WritingByHand(Protocol):
    """Mail that staff wrote by hand, with the pen."""

    def add_by_hand(self, mail: WrittenByHand, act: Act) -> WrittenByHand:
        """Keep a mail.  One place is taken once: a second add of it raises StaleVersion."""

    def save_by_hand(self, mail: WrittenByHand, act: Act) -> WrittenByHand:
        """Save a mail; raise StaleVersion when somebody was quicker."""

    def note_looked_at(self, place: str) -> None:
        """Keep that a message in Sent was looked at, and nothing of it; it is no act."""
