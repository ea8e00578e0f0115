"""How a letter puts things: days, greetings, names, and whom it is copied to."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from secretariat.domain.letter_content import Addressee, LetterContent

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

SPOKEN: Final[Mapping[str, str]] = MappingProxyType(
    {"cllr": "Councillor", "prof": "Professor", "rev": "Reverend", "revd": "Reverend"}
)
WITH_FIRST_NAME: Final = frozenset({"sir", "dame"})
NOBODY: Final = "Sir or Madam"


class OfficeKind(StrEnum):
    """Who is told of a review in the police area; each has a sentence of its own."""

    PCC = "pcc"
    PFCC = "pfcc"
    MAYOR = "mayor"
    MOPAC = "mopac"
    CITY = "city"
    OTHER = "other"


OFFICES: Final = (
    (OfficeKind.MOPAC, re.compile(r"\bMOPAC\b|mayor[’']s office for policing", re.IGNORECASE)),
    (OfficeKind.PFCC, re.compile(r"\bPFCC\b|police,? fire and crime comm", re.IGNORECASE)),
    (OfficeKind.PCC, re.compile(r"\bPCC\b|police and crime comm", re.IGNORECASE)),
    (OfficeKind.CITY, re.compile(r"\bcity of london\b|\bcommon council\b", re.IGNORECASE)),
    (OfficeKind.MAYOR, re.compile(r"\bmayor\b", re.IGNORECASE)),
)


def long_date(day: date) -> str:
    """Return "6 December 2017"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def joined(words: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"; "" for nothing."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def salutation(addressee: Addressee) -> str:
    """Return what follows "Dear", without a comma.

    A title is spoken in full ("Councillor Hill"); a knight or dame goes by the
    first name; honours after the name are never spoken.
    """
    if addressee.salutation.strip():
        return addressee.salutation.strip().removeprefix("Dear ").rstrip(",")
    titles = [_spoken(word) for word in addressee.title.split()]
    if titles and titles[-1].lower() in WITH_FIRST_NAME and addressee.first:
        return " ".join((*titles, addressee.first))
    if titles and addressee.last:
        return " ".join((*titles, addressee.last))
    return _plain_name(addressee) or NOBODY


def address_block(addressee: Addressee) -> tuple[str, ...]:
    """Return the lines of the address, the name with title and honours first."""
    name = " ".join(
        filter(None, (addressee.title, addressee.first, addressee.last, addressee.postnominals))
    )
    lines = (name, addressee.role, addressee.organisation, *addressee.address_lines)
    return tuple(line.strip() for line in lines if line.strip())


def case_name(content: LetterContent) -> str:
    """Return how the letter names the case: "Kent (DHR15)", "Anyshire (‘Maria’)" or "Anyshire".

    A pseudonym is shown only where the council gave no reference of its own.
    """
    shown = content.local_reference or joined([f"‘{name}’" for name in content.pseudonyms])
    return f"{content.area} ({shown})" if shown else content.area


def office_kind(title: str) -> OfficeKind:
    """Return what kind of office bears this title, as the directory writes it or in short."""
    return next((kind for kind, shape in OFFICES if shape.search(title)), OfficeKind.OTHER)


def _spoken(title: str) -> str:
    return SPOKEN.get(title.rstrip(".").lower(), title)


def _plain_name(addressee: Addressee) -> str:
    return " ".join(filter(None, (addressee.first, addressee.last)))
