"""Whoever looks a made letter over, as the stages that draft and approve know it."""

from typing import Protocol, Self

from secretariat.domain.letter_content import LetterContent
from secretariat.domain.reference import Reference


class LetterCheck(Protocol):
    """Says what must not stand in a letter; each reason is one sentence without anybody's words."""

    def for_many(self) -> Self:
        """Return the check for several letters in a row: the register is gone through once."""

    def faults(self, reference: Reference, content: LetterContent, docx: bytes) -> tuple[str, ...]:
        """Return what bars even a draft; empty for a clean letter."""

    def hindrances(
        self, reference: Reference, content: LetterContent, docx: bytes
    ) -> tuple[str, ...]:
        """Return what bars the approval: the faults, and what is still to be filled in."""
