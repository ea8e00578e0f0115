"""Publication: the link a council gives, and what a check of it found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from secretariat.domain.calendar import LONDON
from secretariat.domain.reference import Reference
from secretariat.domain.written import in_full


class LinkStatus(StrEnum):
    """Where a link stands."""

    GIVEN = "to be checked"
    CHECKED = "checked"
    SET_ASIDE = "set aside"


class Finding(StrEnum):
    """What a check of a link found."""

    PUBLISHED = "the report with its letter"
    LETTER_MISSING = "the report without its letter"
    UNCHANGED = "published unchanged"
    UNSURE = "a person must look"
    ANOTHER_REPORT = "not this report"
    NOT_FOUND = "not found"
    SITE_DOWN = "the site does not answer"
    BARRED = "barred to robots"
    REFUSED = "an address that is never fetched"


FAILED: Final = frozenset(
    {Finding.ANOTHER_REPORT, Finding.NOT_FOUND, Finding.SITE_DOWN, Finding.REFUSED}
)
RETRY_AFTER: Final = timedelta(hours=20)
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Link:
    """One URL that was given for a review.

    number: the register's own, 0 before it is added
    mail: the number of the mail that gave it; None when staff typed it
    """

    number: int
    reference: Reference
    url: str
    given_at: datetime
    mail: int | None = None
    status: LinkStatus = LinkStatus.GIVEN
    version: int = 0


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
