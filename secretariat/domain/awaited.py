"""The reviews whose publication is awaited, as the publication page lists them."""

from dataclasses import dataclass
from enum import StrEnum

from secretariat.domain.listing import PAGE_LENGTH
from secretariat.domain.review import Review


class Awaited(StrEnum):
    """Which of them are shown.  The values stand in the page's address."""

    EVERY = "all"
    TO_LOOK_AT = "look"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class AwaitedPage:
    """One page of them, the longest awaited first; total counts every one that is shown so."""

    reviews: tuple[Review, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least 1."""
        return max(1, -(-self.total // PAGE_LENGTH))
