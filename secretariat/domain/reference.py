"""Our reference: how the secretariat names a review.

It must not look like a council's own DHR number, so it begins with QA.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from secretariat.domain.errors import NotAReference

SHAPE: Final = re.compile(r"\bQA[-/ ]?(?P<year>20\d\d)[-/ ](?P<number>\d{1,5})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A review's name, given at registration and never changed.

    year: the calendar year of registration (London)
    number: counts from 1 within the year
    """

    year: int
    number: int

    def __str__(self) -> str:
        return f"QA-{self.year}-{self.number:04}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one reference; raise NotAReference for any other text."""
        found = SHAPE.fullmatch(text.strip())
        if found is None:
            raise NotAReference(text)
        return cls(int(found["year"]), int(found["number"]))

    @classmethod
    def find_all(cls, text: str) -> tuple[Self, ...]:
        """Return every reference in `text`, in order, each once."""
        found = (cls(int(hit["year"]), int(hit["number"])) for hit in SHAPE.finditer(text))
        return tuple(dict.fromkeys(found))
