"""A register with something in it, for tests that need more than one value."""

from __future__ import annotations

from collections.abc import Iterable

from secretariat.adapters.register import Database
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
