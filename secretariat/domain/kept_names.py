"""Real names that staff hold for a review, kept so that no letter with one of them leaves.

They are kept sealed.  No sentence here repeats one: it stands in logs and in the ledger.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from secretariat.domain.errors import Refused
from secretariat.domain.letter_names import LABEL
from secretariat.domain.real_names import likeness_of, names_in
from secretariat.domain.reference import Reference
from secretariat.domain.written import counted

MOST: Final = 50
LONGEST: Final = 200
NO_SIGNS: Final = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
UNREADABLE: Final = "\ufffd"
SHUT: Final = (
    "the names kept for this review cannot be opened, so nobody knows whether the letter holds one"
)


@dataclass(frozen=True, slots=True)
class KeptNames:
    """The names kept for one review, sealed.

    sealed: the names, one a line, as only the key opens them
    how_many: of them, told where they are not
    by, at: who kept them, and when
    """

    reference: Reference
    sealed: str
    how_many: int
    by: str
    at: datetime
    number: int = 0


def names_typed(text: str, pseudonyms: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names of a text, one a line, as they were typed; blanks and doubles are dropped.

    Raise Refused with one reason a line, and none of the names in it.
    pseudonyms: of the review; a name that is one would bar every letter
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    numbered = [(at, line.strip()) for at, line in enumerate(lines, start=1) if line.strip()]
    reasons = [f"line {at} {why}" for at, name in numbered if (why := _unfit(name, pseudonyms))]
    once: dict[tuple[str, ...], str] = {}
    for _, name in numbered:
        once.setdefault(likeness_of(name), name)
    names = tuple(once.values())
    if len(names) > MOST:
        reasons.append(f"these are {len(names)} names; at most {MOST} can be kept")
    if reasons:
        raise Refused(*reasons)
    return names


def told(how_many: int) -> str:
    """Return how the ledger tells of names: 2 names kept for the check."""
    return f"{counted(how_many, 'name')} kept for the check"


def mark_of(kept: Sequence[KeptNames]) -> str:
    """Return what tells these from any that were kept before or since; "" for none."""
    sealed = "\n".join(one.sealed for one in kept)
    return hashlib.sha256(sealed.encode()).hexdigest()[:16] if kept else ""


def _unfit(name: str, pseudonyms: Sequence[str]) -> str:
    """Return why a name cannot be kept, to follow the number of its line; "" when it can."""
    if len(name) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if UNREADABLE in name or any(unicodedata.category(sign) in NO_SIGNS for sign in name):
        return "holds signs that no name has: type it anew"
    if not any(unicodedata.category(sign).startswith("L") for sign in name):
        return "has no letter in it"
    if LABEL.fullmatch(name) or not likeness_of(name):
        return "is a word or letter that stands for anybody: it would bar every letter"
    if any(names_in(pseudonym, (name,)) for pseudonym in pseudonyms):
        return "is a pseudonym of this review: it would bar every letter"
    return ""
