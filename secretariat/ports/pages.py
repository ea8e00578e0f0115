"""The guarded fetcher's door."""

from dataclasses import dataclass
from typing import Protocol

from secretariat.domain.errors import SecretariatError


class NeverFetched(SecretariatError):
    """The address is of a kind that is never fetched (scheme, private or loopback host)."""


class NoAnswer(SecretariatError):
    """The site did not answer, or not within the limits."""


class TooMuch(NoAnswer):
    """The site sent more than is taken, or in a way that is not read."""


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the last URL after redirects, status, media type and bytes."""

    url: str
    status: int
    media_type: str
    body: bytes


class Pages(Protocol):
    """Fetches a council's page, politely and safely."""

    def fetch(self, url: str) -> Page:
        """Return the page, whatever its status; raise NeverFetched or NoAnswer."""
