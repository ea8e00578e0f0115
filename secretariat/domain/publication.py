"""Publication: the link a council gives, and what a check of it found."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from secretariat.domain.reference import Reference


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
