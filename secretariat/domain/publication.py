"""Publication: the link a council gives, and what a check of it found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from secretariat.domain.calendar import LONDON
from secretariat.domain.changes import Change
from secretariat.domain.points_near import PointSeen
from secretariat.domain.reference import Reference
from secretariat.domain.written import in_full


class LinkStatus(StrEnum):
    """Where a link stands."""

    GIVEN = "to be checked"
    CHECKED = "checked"
    SET_ASIDE = "set aside"
    SUGGESTED = "suggested"
    HELD = "held for a click"


class LinkSource(StrEnum):
    """Who gave a link; only a council's counts as its answer."""

    COUNCIL = "the council"
    STAFF = "staff"
    CHASER = "an automated URL chaser"
    SEARCH = "found by the service"


class LinkRole(StrEnum):
    """What should stand at a link."""

    UNKNOWN = "not known yet"
    LANDING = "landing page"
    OVERVIEW = "overview report"
    SUMMARY = "executive summary"
    ACTION_PLAN = "action plan"
    LETTER = "feedback letter"
    LIBRARY = "Home Office library"


class Finding(StrEnum):
    """What a check of a link found."""

    PUBLISHED = "the report with its letter"
    LETTER_MISSING = "the report without its letter"
    UNCHANGED = "published unchanged"
    UNSURE = "a person must look"
    OLDER_VERSION = "an older version of the report"
    SUMMARY_ALONE = "the executive summary alone"
    ANOTHER_REPORT = "not this report"
    STILL_TO_COME = "the page says it is still to come"
    SOFT_404 = "the page says that it is not there"
    NOT_FOUND = "not found"
    SITE_DOWN = "the site does not answer"
    BARRED = "barred to robots"
    REFUSED = "an address that is never fetched"


FAILED: Final = frozenset(
    {
        Finding.ANOTHER_REPORT,
        Finding.STILL_TO_COME,
        Finding.SOFT_404,
        Finding.NOT_FOUND,
        Finding.SITE_DOWN,
        Finding.REFUSED,
    }
)
RETRY_AFTER: Final = timedelta(hours=20)
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Link:
    """One URL that was given for a review.

    number: the register's own, 0 before it is added
    mail: the number of the mail that gave it; None when staff typed it
    source: who gave it; role: what should stand there
    look_at: when it is looked at again although it is checked, UTC; None for never
    live_on: the London day on which a check first saw its report there
    """

    number: int
    reference: Reference
    url: str
    given_at: datetime
    mail: int | None = None
    status: LinkStatus = LinkStatus.GIVEN
    source: LinkSource = LinkSource.COUNCIL
    role: LinkRole = LinkRole.UNKNOWN
    look_at: datetime | None = None
    live_on: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a look saw beyond its finding, for staff to judge by.

    paper: the number of our paper that stands there, 0 for none
    warnings: what staff should know at once, one sentence each
    pictures: SHA-256 in the vault of pictures of pages
    changes: where the published text differs from that paper, the first fifty
    points: the Panel's points, and whether anything changed near them
    """

    paper: int = 0
    warnings: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    points: tuple[PointSeen, ...] = ()


NO_EVIDENCE: Final = Evidence()


@dataclass(frozen=True, slots=True)
class Check:
    """What one look at a link found; kept for good.

    likeness: 0 to 1, of the published text to the registered paper; None when there was no text
    letter_found: None when no letter was to be looked for
    url: where the redirects ended
    page: SHA-256 in the vault of what was fetched, "" when nothing came
    """

    link: int
    reference: Reference
    at: datetime
    finding: Finding
    why: str
    likeness: float | None
    letter_found: bool | None
    url: str
    page: str = ""
    missing: tuple[str, ...] = ()
    evidence: Evidence = NO_EVIDENCE


def proposal(links: Sequence[Link], checks: Sequence[Check]) -> Check | None:
    """Return the check on which the service proposes to close a review, or None.

    It is a clear yes, and the newest check of a link that stands.  checks: the newest first.
    """
    standing = {link.number for link in links if link.status is LinkStatus.CHECKED}
    newest: dict[int, Check] = {}
    for check in checks:
        newest.setdefault(check.link, check)
    sure = (check for number, check in newest.items() if number in standing)
    return next((check for check in sure if check.finding is Finding.PUBLISHED), None)


def seen_in_words(check: Check) -> str:
    """Say when a check saw what, and at which host, in a sentence without names."""
    day = in_full(check.at.astimezone(LONDON).date())
    host = urlsplit(check.url).hostname or "the link"
    return f"on {day} the check saw {check.finding} at {host}"
