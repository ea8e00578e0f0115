"""What staff should look at in a paper before it is passed on; advice, never a clearance."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class FlagKind(StrEnum):
    """What was noticed.  The values are what staff see and the register keeps."""

    TRACKED_CHANGES = "tracked changes"
    COMMENTS = "comments"
    HIDDEN_TEXT = "hidden text"
    MACROS = "macros"
    EMBEDDED_OBJECTS = "embedded objects"
    EXTERNAL_LINKS = "external links"
    AUTHOR_IN_PROPERTIES = "an author's name in the properties"
    MARKING = "a protective marking"
    UNDER_BLACK_BOXES = "text under black boxes"
    REAL_NAME = "what looks like a real name"
    DATE_OF_BIRTH = "what looks like a date of birth"
    PERSONAL_DETAILS = "what looks like personal details"
    LARGE = "over 20 MB"
    NOT_PDF = "not a PDF"
    SCANNED = "scanned pages"
    NOT_LOOKED_AT = "not looked at"


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing noticed in one paper.

    says: one sentence for staff; it quotes no name and no text of the paper
    count: how many of them, at least 1
    pages: where, counted from 1, the first ten; empty where the file has no pages
    """

    kind: FlagKind
    says: str
    count: int = 1
    pages: tuple[int, ...] = ()


UNSEEN: Final = Flag(
    FlagKind.NOT_LOOKED_AT,
    "it could not be looked at within its limits: a person must look before it is passed on",
)
