"""Dates as staff type them into a list, as precise as they are typed; a doubtful one is refused.

The day stands before the month, as it does in Britain.
"""

import calendar
import re
from datetime import date, timedelta
from typing import Final

from secretariat.domain.errors import SecretariatError
from secretariat.domain.front_page_dates import SHORT
from secretariat.domain.written import in_full

MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
NOTHING: Final = frozenset(
    ("", "-", "–", "—", "n/a", "na", "nil", "none", "tbc", "tba", "unknown", "not known", "?")
)
FIRST_YEAR: Final = 1980
SERIAL_BEGAN: Final = date(1899, 12, 30)
SERIALS: Final = range(29_000, 60_000)
WEEKDAY: Final = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+"
)
MIDNIGHT: Final = re.compile(r"[T\s]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:\s?[ap]m|Z)?$", re.I)
SHAPES: Final = tuple(
    re.compile(shape, re.I)
    for shape in (
        r"(?P<y>\d{4})[-/.](?P<n>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})\s?[-/. ]\s?(?P<n>\d{1,2})\s?[-/. ]\s?(?P<y>\d{4}|\d\d)",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-\s.]*(?:of\s+)?(?P<m>{MONTH})[-,\s]*(?P<y>\d{{4}}|\d\d)",
        rf"(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})",
        rf"(?P<m>{MONTH})[-,\s/.]*(?P<y>\d{{4}})",
        rf"(?P<m>{MONTH})[-'’](?P<y>\d\d)",
        r"(?P<y>\d{4})-(?P<n>\d{1,2})",
        r"(?P<n>\d{1,2})[-/.](?P<y>\d{4})",
        r"(?P<y>\d{4})",
    )
)


class DateUnclear(SecretariatError):
    """What stands in a cell is no date, or might be two."""


def says_nothing(text: str) -> bool:
    """Say whether a cell is empty, or filled with a word that stands for nothing."""
    return text.strip().casefold() in NOTHING


def read_date(text: str, *, today: date) -> str:
    """Return "2021-02-03", "2021-02" or "2021", as precise as typed, "" for a cell without one.

    Raise DateUnclear, saying what to write instead.
    """
    plain = MIDNIGHT.sub("", " ".join(text.split()))
    if says_nothing(plain):
        return ""
    if plain.removesuffix(".0").isdecimal() and not _is_year(plain):
        raise DateUnclear(_no_plain_number(plain.removesuffix(".0")))
    plain = WEEKDAY.sub("", plain.casefold())
    for shape in SHAPES:
        if found := shape.fullmatch(plain):
            return _checked(found, text.strip(), today)
    raise DateUnclear(f"“{_short(text)}” is no date: write it like 3 February 2021")


def first_day(iso: str) -> date:
    """Return the first day that a date may mean, which is the day itself where one is stated."""
    parts = [int(part) for part in iso.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def whole_day(iso: str) -> date | None:
    """Return the day, None where a month or a year alone is stated."""
    return date.fromisoformat(iso) if len(iso) == len("2021-02-03") else None


def is_after(one: str, other: str) -> bool:
    """Say whether a date is surely after another; what may be the same day is not."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


def _is_year(plain: str) -> bool:
    return len(plain) == 4 and FIRST_YEAR <= int(plain) < 2100


def _checked(found: re.Match[str], typed: str, today: date) -> str:
    parts = found.groupdict()
    year = _year(parts["y"], today)
    month = int(parts["n"]) if parts.get("n") else SHORT[parts["m"][:3]] if parts.get("m") else 0
    day = int(parts["d"]) if parts.get("d") else 0
    if not FIRST_YEAR <= year <= today.year + 2:
        raise DateUnclear(f"“{_short(typed)}” lies in the year {year}, which cannot be right")
    if month > 12 >= day > 0:
        raise DateUnclear(
            f"“{_short(typed)}” has its month before its day: write the day first, or in words"
        )
    if month > 12 or (day and not 1 <= day <= calendar.monthrange(year, month or 1)[1]):
        raise DateUnclear(f"“{_short(typed)}” is a day that no calendar has")
    if ("n" in parts and month == 0) or parts.get("d") == "00" or parts.get("d") == "0":
        raise DateUnclear(f"“{_short(typed)}” is a day that no calendar has")
    return "-".join(
        [f"{year}", *([f"{month:02}"] if month else []), *([f"{day:02}"] if day else [])]
    )


def _year(typed: str, today: date) -> int:
    """Return a year in full; of two digits it is the latest that is not more than a year ahead."""
    year = int(typed)
    if len(typed) > 2:
        return year
    return 2000 + year if 2000 + year <= today.year + 1 else 1900 + year


def _no_plain_number(number: str) -> str:
    if len(number) <= 5 and int(number) in SERIALS:
        day = in_full(SERIAL_BEGAN + timedelta(days=int(number)))
        return (
            f"“{number}” may be Excel's own number for {day}: "
            "have the column shown as dates, and save the list again"
        )
    return f"“{_short(number)}” is no date: write it like 3 February 2021"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"
