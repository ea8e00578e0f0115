"""What an absence note says: the day of return, and whom to write to meanwhile."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from secretariat.domain.front_page_dates import SHORT, WELSH

LONGEST: Final = 10_000
FARTHEST: Final = timedelta(days=270)
ONE_DAY: Final = timedelta(days=1)
_WEEKDAYS: Final = {
    name: number
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "llun mawrth mercher iau gwener sadwrn sul",
    )
    for number, name in enumerate(names.split())
}
_BACK: Final = re.compile(
    r"\b(?P<sure>until|till?|back|return(?:s|ing)?|resum(?:e|es|ing)|tan|hyd|(?:yn\s+)?n?\u00f4l"
    r"|yn\s+ol|d?dychwel\w*)\b|\b(?:to|through)\b|[\u2013-]",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?:[^!?\n.]|\.(?=\d)){0,50}")
_DAY: Final = re.compile(
    r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|af|ain|fed|eg))?(?:\s+(?:of|o))?"
    r"(?:\s+(?P<month>[a-z]{3,10})\b\.?|\s?[/.]\s?(?P<number>\d{1,2}))"
    r"(?:,?\s*[/.]?\s*(?P<year>20\d\d|\d\d(?![\d:.]))\b)?(?P<whole>[^.\n]{0,3}inclusive)?",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(
    rf"\s*(?:(?:on|next|the|ar|in the office|to work)\s+)*(?:dd?ydd\s+)?({'|'.join(_WEEKDAYS)})\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Absence:
    """Until when a correspondent is away.

    returns_on: None where the note does not say a day, or one that cannot be meant
    colleague: the first address that it names beside its own, "" for none
    """

    returns_on: date | None = None
    colleague: str = ""


def absence_in(text: str, *, sent_on: date, known: Collection[str] = ()) -> Absence:
    """Return what an absence note says.

    sent_on: the London day of the note, by which a day without a year is understood
    known: addresses that are no colleague's: the sender's own and ours, lower case
    """
    text = text[:LONGEST].replace("\xa0", " ")
    found = (each.lower().rstrip(".") for each in _ADDRESS.findall(text))
    colleague = next((each for each in found if each not in known), "")
    return Absence(_return_day(text, sent_on), colleague)


def _return_day(text: str, sent_on: date) -> date | None:
    days = list(_days(text, sent_on))
    strong = [day for sure, day in days if sure]
    return next(iter(strong), None) or max((day for _, day in days), default=None)


def _days(text: str, sent_on: date) -> Iterator[tuple[bool, date]]:
    """Go through the days that stand behind a word of returning; True behind a sure one."""
    for hit in _BACK.finditer(text):
        sure = hit["sure"] is not None
        near = 30 if sure else 12
        after = _SENTENCE.match(text, hit.end())
        said = after[0] if after else ""
        day = _DAY.search(said)
        if day and day.start() <= near and (read := _read(day, sent_on)):
            yield sure, read
        elif sure and day is None and (named := _WEEKDAY.match(said)):
            yield sure, _next_weekday(_WEEKDAYS[named[1].lower()], sent_on)


def _read(hit: re.Match[str], sent_on: date) -> date | None:
    month = _month(hit)
    year = int(hit["year"]) + (2000 if len(hit["year"]) == 2 else 0) if hit["year"] else None
    for each in (year,) if year else (sent_on.year, sent_on.year + 1):
        try:
            day = date(each, month, int(hit["day"]))
        except ValueError:
            continue
        if sent_on <= day <= sent_on + FARTHEST:
            return day + ONE_DAY if hit["whole"] else day
    return None


def _month(hit: re.Match[str]) -> int:
    if hit["number"]:
        return int(hit["number"])
    name = hit["month"].lower()
    return WELSH.get(name) or SHORT.get(name[:3], 0) if len(name) >= 3 else 0


def _next_weekday(weekday: int, sent_on: date) -> date:
    return sent_on + timedelta(days=(weekday - sent_on.weekday() - 1) % 7 + 1)
