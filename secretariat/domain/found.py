"""A fact as it was read: what is stated, where it stands, how sure it is, what else was seen."""

from dataclasses import dataclass
from enum import StrEnum


class Sureness(StrEnum):
    """How sure a fact is.  The values are what staff see."""

    STATED = "stated"
    LIKELY = "likely"
    IN_DOUBT = "in doubt"


class ReviewKind(StrEnum):
    """What kind of review a paper says that it belongs to."""

    DHR = "domestic homicide review"
    DARDR = "domestic abuse related death review"
    FIR = "fatal incident review"
    SUSR = "single unified safeguarding review"
    DHR_AND_SAR = "joint domestic homicide review and safeguarding adults review"
    DHR_AND_CHILD = "joint domestic homicide review and child safeguarding practice review"
    DHR_AND_MENTAL_HEALTH = "joint domestic homicide review and mental health homicide review"


@dataclass(frozen=True, slots=True)
class Found:
    """One fact of a paper's front pages.

    fact: the name of a field of `Facts`, "marking", "kind" or "pages"
    value: as `Facts` holds it, one of several pseudonyms alone; None where it is in doubt
    written: the words on the page that state it
    page, line: where, both counted from 1; 0 where it was worked out, such as from a file's name
    sure: STATED beside a label or in a form that means nothing else, LIKELY from its place alone
    title, letters: of a person, apart from the name ("Dr"; "MBE QPM"); "" for other facts
    others: other values that the paper gives for the same fact, which a person may choose instead
    """

    fact: str
    value: str | None
    written: str = ""
    page: int = 0
    line: int = 0
    sure: Sureness = Sureness.STATED
    title: str = ""
    letters: str = ""
    others: tuple[str, ...] = ()
