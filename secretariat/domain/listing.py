"""The register as a list: what is asked, and the flat rows that answer."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from secretariat.domain.reference import Reference
from secretariat.domain.review import Status

PAGE_LENGTH: Final = 25


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """What staff ask of the register.

    words: of reference, partnership, pseudonym, local reference; each given word must begin one
    statuses: any of these; empty means every one
    page: counts from 1
    sort: "reference" or "since"; descending when it begins with "-"
    """

    words: str = ""
    statuses: tuple[Status, ...] = ()
    owner: str = ""
    facts_missing: bool = False
    page: int = 1
    sort: str = "-reference"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register page."""

    reference: Reference
    csp: str
    pseudonyms: tuple[str, ...]
    local_reference: str | None
    status: Status
    since: date
    received_on: date
    owner: str


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of the register; total counts every row that matches."""

    rows: tuple[RegisterRow, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least 1."""
        return max(1, -(-self.total // PAGE_LENGTH))


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the home page.

    links_to_look_at: reviews that await publication and have a link that a person must look at
    locked: reviews that wait for the password of one of their papers
    due_behind: papers that are still to be read to their end or recognised
    copies_not_delivered: copies that came back and of which nobody has said how they go on
    """

    by_status: tuple[tuple[Status, int], ...]
    held: int
    facts_missing: int
    letters_draft: int
    letters_sending: int
    letters_not_delivered: int
    postings_for_release: int
    postings_stuck: int
    postings_refused: int
    answers: int
    matters_open: int
    links_to_look_at: int
    chase_spent: int
    locked: int = 0
    due_behind: int = 0
    copies_not_delivered: int = 0
