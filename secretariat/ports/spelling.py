"""Whoever knows how words are spelt in British English."""

from typing import Protocol


class Speller(Protocol):
    """A dictionary.  Words that it is asked for go nowhere else, into no log either."""

    def why_off(self) -> str:
        """Return why nothing can be looked up, one sentence; "" when it can."""

    def knows(self, word: str) -> bool:
        """Say whether the word is spelt right; True for every word while it is off."""

    def instead(self, word: str) -> tuple[str, ...]:
        """Return what may have been meant, the likeliest first; slow (0.1 to 0.4 s a word)."""
