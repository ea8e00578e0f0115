"""Asking for mail that came and mail that leaves."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Final

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from secretariat.adapters.register.asking import Asking
from secretariat.adapters.register.tables_letters import LetterRow
from secretariat.adapters.register.tables_mail import (
    MailCountRow,
    MailReviewRow,
    MailRow,
    PostingReviewRow,
    PostingRow,
    SwitchRow,
)
from secretariat.domain.calendar import LONDON, ONE_DAY
from secretariat.domain.contacts import Switch
from secretariat.domain.letter import LetterStatus
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.post_in import MailCount, MailKind, MailState, ReceivedMail
from secretariat.domain.reference import Reference

_ABOUT: Final = select(PostingRow).where(
    PostingRow.recipient == bindparam("address"), PostingRow.kind == bindparam("kind")
)
BY_NUMBER: Final = select(MailRow).where(MailRow.number == bindparam("number"))
BY_ID: Final = (
    select(MailRow).where(MailRow.message_id == bindparam("message_id")).order_by(MailRow.number)
)
BY_PLACE: Final = select(MailRow).where(MailRow.place == bindparam("place"))
BY_SENDER: Final = (
    select(MailRow)
    .where(MailRow.sender == bindparam("sender"), MailRow.arrived_at >= bindparam("since"))
    .order_by(MailRow.number)
)
POSTED_SINCE: Final = _ABOUT.where(PostingRow.leave_on >= bindparam("day")).order_by(
    PostingRow.leave_on, PostingRow.number
)
SWITCH: Final = select(SwitchRow)


def how_many_left(session: Session, day: date) -> int:
    """Return how many mails of ours left on a London day, with those of which it is unsure."""
    start, end = (
        datetime.combine(each, time(), LONDON).astimezone(UTC) for each in (day, day + ONE_DAY)
    )
    left = and_(PostingRow.sent_at >= start, PostingRow.sent_at < end)
    unsure = PostingRow.status == PostingStatus.SENDING
    wanted = select(func.count()).select_from(PostingRow).where(or_(left, unsure))
    return session.scalar(wanted) or 0


class MailRead(Asking):
    """Mail both ways, with eyes alone."""

    def mail(self, number: int) -> ReceivedMail:
        """Return the mail; raise NotFound."""
        return self._one(ReceivedMail, BY_NUMBER, f"Mail {number}", number=number)

    def mails(
        self, state: MailState, *, kind: MailKind | None = None, limit: int = 200
    ) -> tuple[ReceivedMail, ...]:
        """Return the mails in `state` (of one kind, where it is said), the oldest first."""
        wanted = select(MailRow).where(MailRow.state == state)
        if kind is not None:
            wanted = wanted.where(MailRow.kind == kind)
        return self._all(ReceivedMail, wanted.order_by(MailRow.number).limit(limit))

    def newest_mails(
        self, state: MailState, *, below: int = 0, limit: int = 50
    ) -> tuple[ReceivedMail, ...]:
        """Return the mails in `state` with a number under `below` (0: all), the newest first."""
        wanted = select(MailRow).where(MailRow.state == state)
        if below:
            wanted = wanted.where(MailRow.number < below)
        return self._all(ReceivedMail, wanted.order_by(MailRow.number.desc()).limit(limit))

    def mails_of(self, reference: Reference) -> tuple[ReceivedMail, ...]:
        """Return the mails of a review, the oldest first."""
        wanted = select(MailRow).join(MailReviewRow, MailReviewRow.mail == MailRow.number)
        of_review = wanted.where(MailReviewRow.reference == reference)
        return self._all(ReceivedMail, of_review.order_by(MailRow.number))

    def mails_called(self, message_id: str) -> tuple[ReceivedMail, ...]:
        """Return the mails with this Message-ID, the oldest first."""
        return self._all(ReceivedMail, BY_ID, message_id=message_id)

    def mail_at(self, place: str) -> ReceivedMail | None:
        """Return the mail taken in from this place, or None."""
        return self._maybe(ReceivedMail, BY_PLACE, place=place)

    def mails_from(self, sender: str, since: datetime) -> tuple[ReceivedMail, ...]:
        """Return the mails of an address that were taken in since a moment, the oldest first."""
        return self._all(ReceivedMail, BY_SENDER, sender=sender, since=since)

    def secrets(self, *, before: datetime) -> tuple[ReceivedMail, ...]:
        """Return the mails with a password taken in before a moment whose bytes are kept yet."""
        wanted = select(MailRow).where(MailRow.secret, ~MailRow.purged, MailRow.arrived_at < before)
        return self._all(ReceivedMail, wanted.order_by(MailRow.number))

    def arrivals(self, since: datetime, *, limit: int = 20_000) -> tuple[datetime, ...]:
        """Return when mails came since a moment, the newest first."""
        wanted = select(MailRow.arrived_at).where(MailRow.arrived_at >= since)
        return tuple(self._session.scalars(wanted.order_by(MailRow.arrived_at.desc()).limit(limit)))

    def places(self) -> Iterator[str]:
        """Go through the places of all mails, in no order."""
        yield from self._session.scalars(select(MailRow.place).execution_options(yield_per=5_000))

    def tally_of_mail(self) -> Mapping[MailState, int]:
        """Return how many mails there are of each state."""
        wanted = select(MailRow.state, func.count()).group_by(MailRow.state)
        found = {state: count for state, count in self._session.execute(wanted).all()}
        return {state: found.get(state, 0) for state in MailState}

    def mail_count(self) -> MailCount | None:
        """Return the last count of the mailbox, None before the first."""
        return self._maybe(MailCount, select(MailCountRow))

    def unread_answers(self) -> tuple[ReceivedMail, ...]:
        """Return the answers that no person has dealt with, the oldest first."""
        wanted = select(MailRow).where(MailRow.unread_answer)
        return self._all(ReceivedMail, wanted.order_by(MailRow.number))

    def posting(self, number: int) -> Posting:
        """Return the mail of ours; raise NotFound."""
        wanted = select(PostingRow).where(PostingRow.number == number)
        return self._one(Posting, wanted, f"Mail of ours {number}")

    def postings(self, *statuses: PostingStatus, limit: int = 200) -> tuple[Posting, ...]:
        """Return the mails of ours at these statuses, the oldest first."""
        wanted = select(PostingRow).where(PostingRow.status.in_(statuses))
        return self._all(Posting, wanted.order_by(PostingRow.number).limit(limit))

    def postings_of(self, reference: Reference) -> tuple[Posting, ...]:
        """Return the mails of ours about a review, the oldest first."""
        wanted = select(PostingRow).join(
            PostingReviewRow, PostingReviewRow.posting == PostingRow.number
        )
        about = wanted.where(PostingReviewRow.reference == reference)
        return self._all(Posting, about.order_by(PostingRow.number))

    def posting_called(self, message_ids: Sequence[str]) -> Posting | None:
        """Return the newest mail of ours with one of these Message-IDs, or None."""
        wanted = select(PostingRow).where(PostingRow.message_id.in_(tuple(message_ids)))
        return self._maybe(Posting, wanted.order_by(PostingRow.number.desc()).limit(1))

    def posted_since(self, address: str, kind: PostingKind, day: date) -> tuple[Posting, ...]:
        """Return what of this kind was prepared to leave for `address` on `day` or later."""
        to = address.strip().lower()
        return self._all(Posting, POSTED_SINCE, address=to, kind=kind, day=day)

    def left_on(self, day: date) -> int:
        """Return how many mails of ours left on a London day, with those of which it is unsure."""
        return how_many_left(self._session, day)

    def to_leave_first(self, day: date) -> int:
        """Return how many mails letters need that leave on a London day and have not left."""
        kinds = (PostingKind.LETTER, PostingKind.COPY)
        ready = (
            select(func.count())
            .select_from(PostingRow)
            .where(
                PostingRow.status == PostingStatus.READY,
                PostingRow.kind.in_(kinds),
                PostingRow.leave_on <= day,
            )
        )
        approved = select(LetterRow.copies).where(
            LetterRow.status == LetterStatus.APPROVED, LetterRow.leaves_on == day
        )
        still = sum(1 + len(copies) for copies in self._session.scalars(approved))
        return (self._session.scalar(ready) or 0) + still

    def switch(self) -> Switch:
        """Return whether mail may leave."""
        return self._one(Switch, SWITCH, "The switch")
