"""How a letter puts things: days, greetings, addresses, and whom it is copied to."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from secretariat.domain.letter_content import Addressee, Greeting, LetterContent

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
CHIEF: Final = "Chief Executive"
A_CHIEF: Final = re.compile(r"(interim |acting )?chief executive\b( officer\b)?", re.IGNORECASE)
DOUBLED: Final = (
    (re.compile(r"(?<![.])[.]{2}(?![.])"), "."),
    (re.compile(r";{2,}"), ";"),
)
YEAR: Final = re.compile(r"\b(19|20)\d\d\b")
DAY: Final = re.compile(r"\b(\d{1,2})(st|nd|rd|th)?\b", re.IGNORECASE)
WEDNESDAY: Final = 2


class OfficeKind(StrEnum):
    """Who is told of a review in the police area; each has a sentence of its own."""

    PCC = "pcc"
    PFCC = "pfcc"
    MAYOR = "mayor"
    MOPAC = "mopac"
    CITY = "city"
    DAC = "dac"
    OTHER = "other"


OFFICES: Final = (
    (OfficeKind.DAC, re.compile(r"\bDAC\b|domestic abuse comm", re.IGNORECASE)),
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


def tidy(text: str) -> str:
    """Return a text without doubled full stops or semicolons; "..." stays."""
    for shape, put in DOUBLED:
        text = shape.sub(put, text)
    return text.strip()


def day_named(content: LetterContent) -> str:
    """Return the day of the Panel: in full, else as a person wrote it, else ""."""
    if content.meeting_date is not None:
        return long_date(content.meeting_date)
    return content.date_as_written.strip()


def doubts_about_day(content: LetterContent) -> tuple[str, ...]:
    """Return what is odd about the Panel's day, one sentence each; nothing is refused for it."""
    written, day = content.date_as_written.strip(), content.meeting_date
    doubts = []
    if written and not YEAR.search(written):
        doubts.append("the Panel's day is written without its year")
    if day and written and not _agree(written, day):
        doubts.append(f"the Panel's day is written as {written!r}, and kept as {long_date(day)}")
    if day and day.weekday() != WEDNESDAY:
        doubts.append(f"the Panel meets on Wednesdays; {long_date(day)} is none")
    return tuple(doubts)


def greeting(content: LetterContent) -> str:
    """Return what follows "Dear", every addressee greeted, each greeting once."""
    others = (each for each in content.others if each != Addressee())
    spoken = (salutation(each) for each in (content.addressee, *others))
    return joined(tuple(dict.fromkeys(spoken)))


def salutation(addressee: Addressee) -> str:
    """Return what follows "Dear" for one addressee, without a comma.

    A title is spoken in full ("Councillor Hill"); a knight or dame goes by the
    first name; honours after the name are never spoken.  The first name alone is
    spoken only where staff chose it; an unnamed Chief Executive goes by the office.
    """
    if addressee.salutation.strip():
        return addressee.salutation.strip().removeprefix("Dear ").rstrip(",")
    first, role = addressee.first.strip(), addressee.role.strip()
    if addressee.greeting is Greeting.BY_FIRST_NAME and first:
        return first
    if addressee.greeting is Greeting.BY_ROLE and role:
        return role
    return _by_title(addressee) or _plain_name(addressee) or _chief(role) or NOBODY


def address_block(addressee: Addressee) -> tuple[str, ...]:
    """Return the lines of the address, the name with title and honours first."""
    name = " ".join(
        filter(None, (addressee.title, addressee.first, addressee.last, addressee.postnominals))
    )
    lines = (name, addressee.role, addressee.organisation, *addressee.address_lines)
    return tuple(line.strip() for line in lines if line.strip())


def office_kind(title: str) -> OfficeKind:
    """Return what kind of office bears this title, as the directory writes it or in short."""
    return next((kind for kind, shape in OFFICES if shape.search(title)), OfficeKind.OTHER)


def _by_title(addressee: Addressee) -> str:
    titles = [_spoken(word) for word in addressee.title.split()]
    if titles and titles[-1].lower() in WITH_FIRST_NAME and addressee.first:
        return " ".join((*titles, addressee.first))
    return " ".join((*titles, addressee.last)) if titles and addressee.last else ""


def _chief(role: str) -> str:
    return CHIEF if A_CHIEF.fullmatch(role) else ""


def _agree(written: str, day: date) -> bool:
    """Say whether a day as written can be this day: month, and day of the month where written."""
    months = [month for month in MONTHS if month[:3].lower() in written.lower()]
    days = [int(found[1]) for found in DAY.finditer(YEAR.sub(" ", written))]
    year = YEAR.search(written)
    return (
        (not months or MONTHS[day.month - 1] in months)
        and (not days or day.day in days)
        and (not year or int(year[0]) == day.year)
    )


def _spoken(title: str) -> str:
    return SPOKEN.get(title.rstrip(".").lower(), title)


def _plain_name(addressee: Addressee) -> str:
    return " ".join(filter(None, (addressee.first, addressee.last)))
