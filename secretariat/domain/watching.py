"""Published reports are looked at again: still there, gone for good, or withdrawn in their time.

One failure proves nothing: sites move and break.  Only after three looks over days is a report
taken for gone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from secretariat.domain.publication import Check, Finding, Link, LinkStatus

STANDS: Final = frozenset(
    {Finding.PUBLISHED, Finding.LETTER_MISSING, Finding.UNCHANGED, Finding.UNSURE}
)
GONE: Final = frozenset(
    {Finding.NOT_FOUND, Finding.SOFT_404, Finding.STILL_TO_COME, Finding.ANOTHER_REPORT}
)
SPREAD: Final = 7
DAYS_IN_A_MONTH: Final = 30


class Fate(StrEnum):
    """What a look at a published report means."""

    STANDS = "it stands there"
    UNKNOWN = "it cannot be told"
    MISSED = "it was not there, and is looked for again"
    GONE = "it is gone"
    WITHDRAWN = "it is gone after its time"


@dataclass(frozen=True, slots=True)
class WatchPolicy:
    """How published reports are watched.

    again_days: days between two looks, spread by up to three days so that not all fall on one
    looks: looks without the report after which it is gone; between_days: days between these
    keep_up_months: after so many months a report may be taken down; 0 for never
    """

    again_days: int = 30
    looks: int = 3
    between_days: int = 2
    keep_up_months: int = 0


def watched_from(link: Link, *, now: datetime, on: date, policy: WatchPolicy) -> Link:
    """Return a link as it is watched from now on; live_on stays where it is known."""
    return replace(link, live_on=link.live_on or on, look_at=_next_look(link, now, policy))


def after_look(
    link: Link, checks: Sequence[Check], *, now: datetime, today: date, policy: WatchPolicy
) -> tuple[Link, Fate]:
    """Return the link with its next look, and what its newest checks mean.

    checks: of this link, the newest first, this look's among them
    """
    finding = checks[0].finding
    if finding in STANDS:
        return watched_from(link, now=now, on=today, policy=policy), Fate.STANDS
    if finding not in GONE:
        return replace(link, look_at=_next_look(link, now, policy)), Fate.UNKNOWN
    if _missed(checks) < policy.looks:
        soon = now + timedelta(days=policy.between_days)
        return replace(link, look_at=soon), Fate.MISSED
    over = _time_is_over(link, today, policy)
    return replace(link, look_at=None), Fate.WITHDRAWN if over else Fate.GONE


def stands_elsewhere(link: Link, links: Collection[Link]) -> bool:
    """Say whether another link of the review is still watched."""
    return any(
        one.number != link.number
        and one.look_at is not None
        and one.live_on is not None
        and one.status is LinkStatus.CHECKED
        for one in links
    )


def _missed(checks: Sequence[Check]) -> int:
    """Return how many looks in a row, the newest first, did not find the report."""
    gone = 0
    for check in checks:
        if check.finding not in GONE:
            break
        gone += 1
    return gone


def _next_look(link: Link, now: datetime, policy: WatchPolicy) -> datetime:
    aside = link.number % SPREAD - SPREAD // 2
    return now + timedelta(days=max(policy.again_days + aside, 1))


def _time_is_over(link: Link, today: date, policy: WatchPolicy) -> bool:
    if not policy.keep_up_months or link.live_on is None:
        return False
    return (today - link.live_on).days >= policy.keep_up_months * DAYS_IN_A_MONTH
