"""Patterns that are sought on every line of a front page, and the words without which none is."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sought:
    """A pattern with the words of which one stands wherever it matches, in small letters.

    A line is asked for the words first: that costs a tenth of asking it for the pattern.
    """

    pattern: re.Pattern[str]
    words: tuple[str, ...]

    def may_stand_in(self, low: str) -> bool:
        """Say whether a text in small letters has one of the words."""
        return any(map(low.__contains__, self.words))

    def search(self, text: str) -> re.Match[str] | None:
        """Return where the pattern stands in the text."""
        return self.pattern.search(text) if self.may_stand_in(text.casefold()) else None
