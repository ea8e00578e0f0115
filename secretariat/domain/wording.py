"""Wording of a template pack that staff have confirmed."""

from dataclasses import dataclass
from datetime import datetime


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
