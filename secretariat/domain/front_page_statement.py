"""One thing said on a front page, that knows on which printed line each of its parts stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secretariat.domain.found import Found


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said.

    starts: where in the text each printed line begins, with its page and its line, from 1
    """

    text: str
    starts: tuple[tuple[int, int, int], ...] = ((0, 0, 0),)

    def at(self, offset: int) -> tuple[int, int]:
        """Return the page and the line of a place in the text."""
        page, line = self.starts[0][1:]
        for start, its_page, its_line in self.starts:
            if start > offset:
                break
            page, line = its_page, its_line
        return page, line

    def row_at(self, offset: int) -> str:
        """Return the words of the printed line on which a place of the text stands."""
        begins = [start for start, _, _ in self.starts]
        first = max((start for start in begins if start <= offset), default=0)
        after = min((start for start in begins if start > offset), default=len(self.text))
        return self.text[first:after].strip(" :")

    def followed_by(self, other: "Statement", joint: str = " ") -> "Statement":
        """Return both as one statement."""
        shift = len(self.text) + len(joint)
        starts = ((start + shift, page, line) for start, page, line in other.starts)
        return Statement(f"{self.text}{joint}{other.text}", (*self.starts, *starts))

    def shortened(self, text: str) -> "Statement":
        """Return the statement with another text, whose parts begin where they began."""
        return Statement(text, self.starts)

    def parts(self, divide: re.Pattern[str]) -> Iterator["Statement"]:
        """Go through the parts between the places where the pattern matches."""
        start = 0
        for match in divide.finditer(self.text):
            yield self._slice(start, match.start())
            start = match.end()
        yield self._slice(start, len(self.text))

    def found(self, fact: str, value: str, start: int, end: int) -> Found:
        """Return a fact that stands between two places of the text."""
        page, line = self.at(start)
        return Found(fact, value, self.text[start:end].strip(), page, line)

    def _slice(self, start: int, end: int) -> "Statement":
        page, line = self.at(start)
        later = ((s - start, p, n) for s, p, n in self.starts if start < s < end)
        return Statement(self.text[start:end], ((0, page, line), *later))
