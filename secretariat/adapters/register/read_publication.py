"""Asking for the publication page: one page of reviews, and all that belongs to them at once.

No question here is asked once a review: a page of 25 costs as many statements as a page of one.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from secretariat.adapters.register.asking import Asking
from secretariat.adapters.register.tables import ReviewRow
from secretariat.adapters.register.tables_letters import CheckRow, LinkRow
from secretariat.adapters.register.tables_mail import PostingReviewRow, PostingRow
from secretariat.domain.awaited import Awaited, AwaitedPage
from secretariat.domain.listing import PAGE_LENGTH
from secretariat.domain.post import Posting, PostingKind
from secretariat.domain.publication import FAILED, Check, Finding, Link, LinkStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review, Status

FOR_A_PERSON: Final = tuple(finding for finding in Finding if finding not in FAILED)


class PublicationRead(Asking):
    """Reviews whose publication is awaited, with eyes alone."""

    def awaited(self, which: Awaited = Awaited.EVERY, *, page: int = 1) -> AwaitedPage:
        """Return one page of the reviews whose publication is awaited, the longest first."""
        conditions: list[ColumnElement[bool] | InstrumentedAttribute[bool]] = []
        conditions.append(ReviewRow.status == Status.PUBLICATION_AWAITED)
        if which is Awaited.TO_LOOK_AT:
            conditions.append(has_link_to_look_at())
        elif which is Awaited.SPENT:
            conditions.append(ReviewRow.chase_spent)
        total = self._session.scalar(select(func.count()).select_from(ReviewRow).where(*conditions))
        wanted = select(ReviewRow).where(*conditions)
        ordered = wanted.order_by(ReviewRow.since, ReviewRow.ordinal)
        shown = ordered.limit(PAGE_LENGTH).offset((max(1, page) - 1) * PAGE_LENGTH)
        return AwaitedPage(self._all(Review, shown), total or 0, max(1, page))

    def postings_about(self, references: Sequence[Reference]) -> tuple[Posting, ...]:
        """Return the mails of ours about any of these reviews, the oldest first."""
        about = select(PostingReviewRow.posting).where(PostingReviewRow.reference.in_(references))
        wanted = select(PostingRow).where(PostingRow.number.in_(about))
        return self._all(Posting, wanted.order_by(PostingRow.number))

    def links_about(self, references: Sequence[Reference]) -> tuple[Link, ...]:
        """Return the links given for any of these reviews, the newest first."""
        wanted = select(LinkRow).where(LinkRow.reference.in_(references))
        return self._all(Link, wanted.order_by(LinkRow.number.desc()))

    def checks_about(self, references: Sequence[Reference]) -> tuple[Check, ...]:
        """Return what checks of these reviews' links found, the newest first."""
        wanted = select(CheckRow).where(CheckRow.reference.in_(references))
        return self._all(Check, wanted.order_by(CheckRow.number.desc()))


class ChasesRead(Asking):
    """Reviews whose chase must be looked at, with eyes alone."""

    def to_follow(self, day: date, *, limit: int = 1000) -> tuple[Review, ...]:
        """Return the reviews whose publication is awaited but for those that rest beyond `day`."""
        awaited = ReviewRow.status == Status.PUBLICATION_AWAITED
        found: list[Review] = []
        for rests in (ReviewRow.chase_on.is_(None), ReviewRow.chase_on <= day):
            wanted = select(ReviewRow).where(awaited, rests)
            ordered = wanted.order_by(ReviewRow.chase_on, ReviewRow.ordinal)
            found += self._all(Review, ordered.limit(limit))
        return tuple(sorted(found, key=lambda one: (one.since, one.reference))[:limit])

    def mails_for(self, address: str, day: date) -> tuple[Posting, ...]:
        """Return the mails of ours to an address that bear a London day to leave on."""
        wanted = select(PostingRow).where(
            PostingRow.recipient == address.strip().lower(),
            PostingRow.kind.in_(tuple(PostingKind)),
            PostingRow.leave_on == day,
        )
        return self._all(Posting, wanted.order_by(PostingRow.number))


def has_link_to_look_at() -> ColumnElement[bool]:
    """Say of a review that a check of a link of it found what a person must look at."""
    return (
        select(LinkRow.number)
        .where(
            LinkRow.reference == ReviewRow.reference,
            LinkRow.status == LinkStatus.CHECKED,
            LinkRow.finding.in_(FOR_A_PERSON),
        )
        .exists()
    )
