"""Wording of a template pack that is still to be confirmed, and that staff have confirmed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """Wording of a pack that nobody vouched for when it was written.

    name: the sentence's, or that of what is open about the whole pack
    text: the words to be confirmed, or what is open
    """

    generation: str
    name: str
    text: str

    @property
    def text_hash(self) -> str:
        """Return the SHA-256 of the words, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ConfirmedWording:
    """One mark of a pack that a person has confirmed.

    generation: the pack; mark: the sentence's name, or that of what is open about the whole pack
    text_hash: SHA-256 of the words confirmed; other words must be confirmed again
    """

    generation: str
    mark: str
    text_hash: str
    by: str
    at: datetime
