"""Asking for what staff wrote by hand, and for mail whose days are over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select

from secretariat.adapters.register.asking import Asking
from secretariat.adapters.register.tables_by_hand import ByHandReviewRow, ByHandRow, LookedAtRow
from secretariat.adapters.register.tables_mail import MailRow
from secretariat.domain.by_hand import PURGED, WrittenByHand
from secretariat.domain.post_in import MailState, ReceivedMail
from secretariat.domain.reference import Reference

AT_ONCE: Final = 500


class ByHandRead(Asking):
    """Mail written by hand, with eyes alone."""

    def written_by_hand(self, number: int) -> WrittenByHand:
        """Return the mail; raise NotFound."""
        wanted = select(ByHandRow).where(ByHandRow.number == number)
        return self._one(WrittenByHand, wanted, f"Mail by hand {number}")

    def by_hand_about(self, reference: Reference) -> tuple[WrittenByHand, ...]:
        """Return what staff wrote by hand about a review, the oldest first."""
        wanted = select(ByHandRow).join(ByHandReviewRow, ByHandReviewRow.mail == ByHandRow.number)
        about = wanted.where(ByHandReviewRow.reference == reference)
        return self._all(WrittenByHand, about.order_by(ByHandRow.sent_at, ByHandRow.number))

    def by_hand_called(self, message_id: str) -> tuple[WrittenByHand, ...]:
        """Return what staff wrote by hand with this Message-ID."""
        wanted = select(ByHandRow).where(ByHandRow.message_id == message_id)
        return self._all(WrittenByHand, wanted.order_by(ByHandRow.number))

    def looked_at(self, places: Sequence[str]) -> frozenset[str]:
        """Return those of these places in Sent whose messages were looked at."""
        found: set[str] = set()
        for first in range(0, len(places), AT_ONCE):
            some = LookedAtRow.place.in_(places[first : first + AT_ONCE])
            found.update(self._session.scalars(select(LookedAtRow.place).where(some)))
        return frozenset(found)

    def lapsed_mail(self, *, before: datetime) -> tuple[ReceivedMail, ...]:
        """Return mails taken in before a moment that are settled and whose words are kept yet."""
        wanted = select(MailRow).where(
            MailRow.arrived_at < before,
            MailRow.state != MailState.HELD,
            ~MailRow.unread_answer,
            or_(~MailRow.purged, MailRow.subject != PURGED),
        )
        return self._all(ReceivedMail, wanted.order_by(MailRow.number))

    def lapsed_by_hand(self, *, before: datetime) -> tuple[WrittenByHand, ...]:
        """Return mails written by hand before a moment whose words are kept yet."""
        kept = or_(~ByHandRow.purged, ByHandRow.subject != PURGED)
        wanted = select(ByHandRow).where(ByHandRow.sent_at < before, kept)
        return self._all(WrittenByHand, wanted.order_by(ByHandRow.number))

    def inner_files(self) -> frozenset[str]:
        """Return the SHA-256 of each file out of a container of a mail whose bytes are kept."""
        papers = self._session.scalars(select(MailRow.papers).where(~MailRow.purged))
        return frozenset(one.sha256 for many in papers for one in many)
