"""A register with something in it, for tests that need more than one value."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert

from secretariat.adapters.register import Database
from secretariat.adapters.register.listing import listed
from secretariat.adapters.register.tables import ReviewCspRow, ReviewRow, columns_of
from secretariat.domain.panel import Meeting
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review
from tests.builders import REFERENCE, a_meeting, a_review, an_act


def with_review(database: Database, **said: object) -> Review:
    """Register one review, changed as `said`, and return it."""
    with database.register() as register:
        return register.add_review(a_review(**said), an_act())


def with_meeting(database: Database, **said: object) -> Meeting:
    """Register QA-2026-0001 and a meeting, and return the meeting."""
    with database.register() as register:
        register.add_review(a_review(), an_act())
        return register.add_meeting(a_meeting(agenda=(REFERENCE,), **said), an_act())


def with_reviews(database: Database, numbers: Iterable[int], **said: object) -> None:
    """Register reviews of 2026 under these numbers."""
    with database.register() as register:
        for number in numbers:
            register.add_review(a_review(reference=Reference(2026, number), **said), an_act())


def with_many_reviews(database: Database, count: int, **said: object) -> None:
    """Put `count` reviews into an empty register quickly, without a ledger: for measuring."""
    with database.register() as register:
        for first in range(0, count, 10_000):
            reviews = [
                a_review(reference=Reference(2001 + number // 10_000, number % 10_000 + 1), **said)
                for number in range(first, min(first + 10_000, count))
            ]
            rows = [columns_of(review) | listed(review) for review in reviews]
            register._session.execute(insert(ReviewRow), rows)
            csps = [
                {"csp_id": csp_id, "reference": review.reference}
                for review in reviews
                for csp_id in review.parties.csp_ids
            ]
            register._session.execute(insert(ReviewCspRow), csps)
