"""Dates on a front page, as precise as they are written, and what each is the date of."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

MONTHS: Final = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
SHORT: Final = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WELSH_NAMES: Final = (
    "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr"
)
WELSH: Final = {name: number for number, name in enumerate(WELSH_NAMES.split(), start=1)}
MONTH: Final = (
    rf"(?:{'|'.join(WELSH)}|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
YEAR: Final = r"(?:19[89]\d|20[0-4]\d)"
DAY: Final = r"(?:\d{1,2}(?:\s?(?:st|nd|rd|th))?|[lI]\d(?:st|nd|rd|th))"
MISREAD: Final = re.compile(r"[lI](?=\d)")
"""A scan's letter for the figure 1: "l8th June"."""
DATE: Final = re.compile(
    rf"\b(?<!\d\.)(?P<d1>{DAY})(?:\s+of)?[\s-]+(?P<m1>{MONTH})[,\s-]+(?P<y1>{YEAR})\b"
    rf"|\b(?P<m2>{MONTH})\s+(?P<d2>{DAY}),?\s+(?P<y2>{YEAR})\b"
    rf"|\b(?P<m3>{MONTH})[,\s/-]*(?P<y3>{YEAR})\b"
    rf"|\b(?P<y4>{YEAR})-(?P<n4>\d\d)-(?P<d4>\d\d)\b"
    rf"|(?<![\d/.-])(?P<d5>\d{{1,2}})(?:[/.-]|\s/\s)(?P<n5>\d{{1,2}})(?:[/.-]|\s/\s)(?P<y5>{YEAR}|\d\d)(?![\d/.-]*\d)"
    r"|(?:(?<=death\s)|(?<=death:\s)|(?<=date:\s)|(?<=died\sin\s)|(?<=completed:\s)|(?<=dated\s)"
    r"|(?<=dated:\s)|(?<=completed\s)|(?<=died\s)|(?<=died:\s)|(?<=finalised:\s))"
    rf"(?P<n7>\d{{1,2}})[/.-](?P<y7>{YEAR})\b"
    rf"|(?<![\w/.-])(?P<y6>{YEAR})(?![\w]|[/.-]\w)",
    re.I,
)
DIGIT: Final = re.compile(r"\d")
NUMBERED: Final = re.compile(
    r"(?:\d\.|\bv(?:ersion)?[\s.:]*(?:no\.?|number)?\s*(?:\d+\.)*"
    r"|\b(?<!final )draft\s+(?:no\.?\s*)?)$",
    re.I,
)
"""What stands before the last digits of a version's number: "v1.", "Version "."""
ANOTHER_DAY: Final = re.compile(
    rf"(?<![\w./-])(?<!\bv\s)(?<!\bno\s)(?<!\bdhr\s)(?<!\bcase\s)(?<!\badult\s)(?<!\bchild\s)"
    r"(?<!\bversion\s)(?<!\bdraft\s)(?<!\breview\s)(?<!\bsubject\s)(?<!\bvictim\s)(?<!\bnumber\s)"
    rf"(?P<day>{DAY})(?:\s+(?:of\s+)?(?P<month>{MONTH}))?\s*(?:\b(?:and|or|to|into)\b|&|/|–|-)\s*(?:the\s+)?$",
    re.I,
)
ABOUT: Final = re.compile(
    r"\b(?:on\s+or\s+(?:about|around|before|after)|about|around|circa|c\.|approx(?:imately|\.)?"
    r"|week(?:end)?\s+(?:of|beginning|commencing|ending))\s*(?:the\s+)?$",
    re.I,
)
DAY_IN_WORDS: Final = re.compile(r"\d{1,2}\s+[a-z]", re.I)
DASHED: Final = re.compile(
    r"(?:^|[;.]\s*)(?:date of (?:the )?(?:death|homicide|murder)|died|killed|murdered)\s*[–-]\s*$",
    re.I,
)
AGAIN: Final = re.compile(r"\s*[/|(]\s*$")
AND_ALSO: Final = re.compile(r"\s*,?\s*(?:and|or|&)\s*(?:on\s+|in\s+)?(?:the\s+)?$", re.I)
FURTHEST_BACK: Final = 40
HIGHEST_VERSION: Final = 15
SPAN: Final = re.compile(
    rf"\b(?:died|death|killed|murdered|dead|life)\b[^.;:]{{0,30}}?\b(?P<all>(?:some\s?time\s+)?between\s+(?:the\s+)?"
    rf"(?:{DAY}(?:\s+of)?(?:\s+(?P<m1>{MONTH})(?:,?\s+(?P<y1>{YEAR}))?)?|(?P<m3>{MONTH})(?:\s+(?P<y3>{YEAR}))?)"
    rf"\s*(?:and|to|–|-|&)\s*(?:the\s+)?(?:{DAY}\s+(?:of\s+)?)?(?P<m2>{MONTH}),?\s+(?P<y2>{YEAR}))\b",
    re.I,
)
SEASON: Final = (
    r"(?:early|mid|late|spring|summer|autumn|winter|beginning|middle|end)-?"
    r"(?:\s+(?:of|in))?(?:\s+the\s+year)?"
)
IN_A_YEAR: Final = re.compile(rf"(?:\b(?:in|during|died)|:|\b{SEASON})\s*$", re.I)
RANGE: Final = re.compile(r"^\s*(?:–|-|to|until|till|through to|and)\s*(?:the\s+)?$", re.I)
RANGE_AND: Final = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.I)


class Role(StrEnum):
    """What a date is the date of."""

    DEATH = "death"
    VERSION = "version"
    REVISION = "revision"
    OTHER = "other"
    BARE = "bare"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Written:
    """One date as it stands in a text: `iso` is None for a day that no calendar has.

    american: the month stands before the day, in figures that can be read no other way
    inexact: a day is written that is not the one day, so that the month alone counts
    """

    start: int
    end: int
    iso: str | None
    words: str
    american: bool = False
    inexact: bool = False

    @property
    def is_year(self) -> bool:
        """Say whether it is a year alone, which is often no date at all."""
        return self.iso is not None and len(self.iso) == 4


ROLES: Final = (
    (
        Role.DEATH,
        re.compile(
            r"\bdied\b|\bdeaths?\b(?!\s+reviews?)|\bdeceased\b|\bkilled\b|\bmurder(?:ed|s)?\b"
            r"|\b(?:homicide|suicide)s?\s+(?:of|in|on)\b"
            r"|\bDOD\b|\bdate of (?:the )?(?:homicide|murder)\b(?! review)"
            r"|\bfatally\b|\bown li(?:fe|ves)\b|\bpassed away\b|\bfound dead\b"
            r"|\bbu\s+farw\b|\b[fm]arwolaeth\b"
            r"|(?<![\w.])(?-i:d)\.\s*$|(?<!domestic )\b(?:homicide|murder)\s*:",
            re.I,
        ),
    ),
    (
        Role.REVISION,
        re.compile(
            r"\b(?:updated?|revised|revision|amended|amendments?|last\s+(?:reviewed|edited|saved))\b"
            r"(?:\s+(?:following|after|in\s+(?:the\s+)?light\s+of|in\s+response\s+to|to\s+reflect)\s"
            r"[^,;.:]{0,60}\b(?:feedback|comments?|letter|panel|meeting|scrutiny|assurance)\b)?",
            re.I,
        ),
    ),
    (
        Role.VERSION,
        re.compile(
            r"\bcomplet(?:ed|ion)\b|\bdated\b|(?:^|\b(?:report|review)\s+)concluded\b"
            r"|(?<!target )(?<!due )(?<!review )(?<!end )(?<!start )"
            r"(?<!incident )\bdate\b"
            r"(?!\s+of\s+(?!(?:this\s+|the\s+)?(?:report"
            r"|completion|version)))|\bversion\b|\bfinal(?:ised)?\b|\bdraft\b|\bissued\b|\bwritten\b"
            r"|\bdyddiad\b|\bauthor\b|\bchair\b"
            r"|\b(?:overview|main) report\s*[,(–-]?\s*$|\bsummary\s*[,(–-]?\s*$"
            r"|\baction plan\s*[,(–-]?\s*$",
            re.I,
        ),
    ),
    (
        Role.OTHER,
        re.compile(
            r"embargo|\buntil\b|\bpresent(?:ed|ation)|copyright|©|\(c\)|\bborn\b|\bbirth|\bdob\b"
            r"|\bperiod|\bbetween\b|\bfrom\b|\bsince\b|\bscope\b|time ?frame|timescale"
            r"|terms of reference|\bacts?\b|guidance|\bsection\b|sentenc|convict|\btrial\b|inquest"
            r"|\barrest|plead|publi(?:sh|cation)|\bapprov|submi|\bagreed|\baccepted|commission"
            r"|meeting|\bpanel\b|quality assurance|home office|next review|\breview date"
            r"|\bmarried\s+(?:in|on)\b"
            r"|\bgeni\b|\b(?:ch?|g)yhoedd|\bmet\b|\breported|incident|referr|retention|\bprinted|\bstart|\bbegan|commenc"
            r"|\bheld\b|\bsigned|\bjudged|\bestablished|\bnotified|\bappointed",
            re.I,
        ),
    ),
)
BREAKS: Final = re.compile(r"[.;|/]\s|\s[–-]\s")
TITLE_STOP: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St)\.\s")
FURTHEST: Final = 70
AFTER: Final = (
    (Role.DEATH, re.compile(r"^\s*[(,–-]*\s*date of death\b", re.I)),
    (Role.VERSION, re.compile(r"^\s*[(,–-]+\s*(?:draft|final|version|v\d)\b", re.I)),
)


def find_dates(text: str) -> tuple[Written, ...]:
    """Return the dates in the text in their order; those that bound a period are left out."""
    if not DIGIT.search(text):
        return ()
    found = [_without_a_doubtful_day(_written(match), text) for match in DATE.finditer(text)]
    bounds = set()
    for place, (one, two) in enumerate(pairwise(found)):
        between = text[one.end : two.start]
        joined = RANGE.match(between)
        if joined and ("and" not in between or RANGE_AND.search(text[: one.start])):
            bounds |= {place, place + 1}
    return tuple(date for place, date in enumerate(found) if place not in bounds)


def without_dates(text: str) -> str:
    """Return the text, as long as it was, with a semicolon for every date but a year alone."""
    if not DIGIT.search(text):
        return text
    return DATE.sub(lambda match: match[0] if match["y6"] else ";".ljust(len(match[0])), text)


def roles(statement: str) -> Iterator[tuple[Written, Role]]:
    """Go through the dates of one statement, each with what the words around it make it."""
    if span := SPAN.search(statement):
        if date := _spanned(span):
            yield date, Role.DEATH
        statement = statement.replace(span["all"], ";".ljust(len(span["all"])), 1)
    start, last = 0, None
    for date in find_dates(statement):
        before, after = statement[start : date.start], statement[date.end :]
        again = last and last[0].iso == date.iso and AGAIN.fullmatch(before)
        same = again or AND_ALSO.fullmatch(before)
        last = date, last[1] if last and same else _role(before, after, date)
        yield last
        start = date.end


def _spanned(span: re.Match[str]) -> Written | None:
    """Return the month, else the year, that both ends lie in; None where they share neither."""
    month, year = _month(span["m2"]), int(span["y2"])
    first_month = _month(span["m1"] or span["m3"]) or month
    first_year = int(span["y1"] or span["y3"] or year)
    if first_year != year or (first_month or 0) > (month or 0):
        return None
    iso = _iso(year, month if month == first_month else None, None)
    return Written(span.start("all"), span.end("all"), iso, span["all"], inexact=True)


def _without_a_doubtful_day(date: Written, text: str) -> Written:
    """Return the date without a day that is a version's number, one of two, or about right."""
    if date.iso is None or len(date.iso) < len("2019-04-07"):
        return date
    before = text[max(0, date.start - FURTHEST_BACK) : date.start]
    numbered = NUMBERED.search(before) if DAY_IN_WORDS.match(date.words) else None
    if numbered and (before.endswith(".") or int(date.iso[8:]) <= HIGHEST_VERSION):
        return replace(date, iso=date.iso[:7])
    if other := ANOTHER_DAY.search(before):
        same = not other["month"] or _month(other["month"]) == int(date.iso[5:7])
        if int(re.sub(r"\D", "", MISREAD.sub("1", other["day"]))) > 31:
            return date
        return replace(date, iso=date.iso[: 7 if same else 4], inexact=True)
    if ABOUT.search(before):
        return replace(date, iso=date.iso[:7], inexact=True)
    return date


def months_between(earlier: str, later: str) -> int:
    """Return whole months from one stated date to another; a year alone counts as its January."""
    return _months(later) - _months(earlier)


def agree(dates: Sequence[str]) -> str | None:
    """Return the most precise of dates that say the same, None where two contradict each other."""
    most = max(dates, key=len, default=None)
    if most is None or not all(most.startswith(date) for date in dates):
        return None
    return most


def _role(before: str, after: str, date: Written) -> Role:
    for role, pattern in AFTER:
        if pattern.search(after):
            return role
    if not any(map(str.isalnum, before + after)):
        return Role.UNCLEAR if date.is_year else Role.BARE
    last = [
        (match.end(), role, match.group())
        for role, pattern in ROLES
        for match in list(pattern.finditer(before))[-1:]
    ]
    if not last:
        return Role.UNCLEAR
    end, role, _ = max(last)
    between = TITLE_STOP.sub(" ", before[end:])
    if len(between) > FURTHEST or (
        role is Role.DEATH and BREAKS.search(between) and not DASHED.search(before)
    ):
        return Role.UNCLEAR
    if date.is_year and not IN_A_YEAR.search(before):
        return Role.UNCLEAR
    return role


def _written(match: re.Match[str]) -> Written:
    parts = {key[0]: value for key, value in match.groupdict().items() if value}
    day = int(re.sub(r"\D", "", MISREAD.sub("1", parts["d"]))) if "d" in parts else None
    month = int(parts["n"]) if "n" in parts else _month(parts.get("m"))
    year = int(parts["y"]) if len(parts["y"]) == 4 else _century(int(parts["y"]))
    american = bool(match["n5"] and day and month and month > 12 >= day)
    if american:
        day, month = month, day
    iso = _iso(year, month, day)
    return Written(match.start(), match.end(), iso, match[0], american=american)


def _century(year: int) -> int:
    return 2000 + year if year < 50 else 1900 + year


def _month(word: str | None) -> int | None:
    if not word:
        return None
    plain = word.rstrip(".").casefold()
    return WELSH.get(plain) or SHORT[plain[:3]]


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    if month is None:
        return f"{year}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year}-{month:02}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02}-{day:02}"


def _months(iso: str) -> int:
    year, month = int(iso[:4]), int(iso[5:7] or 1)
    return year * 12 + month
