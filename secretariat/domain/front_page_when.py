"""When those who died did so, and of when the paper is: one date for each, or none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from secretariat.domain.found import Found, Sureness
from secretariat.domain.front_page_dates import (
    MISREAD,
    Role,
    Written,
    agree,
    find_dates,
    months_between,
    roles,
)
from secretariat.domain.front_page_history import history_of
from secretariat.domain.front_page_people import is_role
from secretariat.domain.front_page_statement import Statement
from secretariat.domain.front_page_subjects import (
    gives_name_and_date,
    is_subject,
    may_be_subject,
)

CLEARLY_LATER: Final = 3
LONG_AFTER: Final = 18
"""Months: a report is published sooner than that after it was written, later after a death."""
DIED_IN_PROSE: Final = re.compile(
    r"\bIn\s+(?P<before>[^.,]{4,30}?),?\s+(?:\S+\s){1,3}(?:was\s+(?:killed|murdered|found\s+dead)|died)\b"
    r"|\b(?:died|was\s+(?:killed|murdered|found\s+dead)|own\s+life"
    r"|prior\s+to\s+(?:the\s+(?:time|point)\s+of\s+)?(?:her|his|their)\s+deaths?)"
    r"\b[^.]{0,60}?\b(?:in|on)\s+(?P<after>[^.]{4,40})"
    r"|\b(?:(?:deaths?|murders?|homicides?|killings?)\s+of|date\s+of\s+death)\b(?P<of>[^.]{4,60})"
)


SENTENCE: Final = re.compile(r"(?<=[a-z0-9)])\.\s+")
ABOUT: Final = re.compile(r"\bthe (?:victim|deceased)\b")
OF_A_DEATH: Final = re.compile(r"\b(?:deaths?|homicides?|murders?)\s+of\b", re.I)
AMERICAN: Final = "it writes a date with the month first: check it"
INEXACT: Final = "it gives a date that is not one day: check it"
NO_DAY: Final = ""


def find_both_dates(
    statements: Sequence[Statement], body: Statement, names: Sequence[str]
) -> tuple[Found, Found, list[str]]:
    """Return the date of death, the version's date, and warnings.

    A date is taken for what the words beside it say.  One without words is the version's only
    where nothing else could be meant.
    """
    said, bare, doubts = _dates_said(statements)
    died = _one(said[Role.DEATH], "date_of_death", doubts)
    version = _latest(said[Role.REVISION], said[Role.VERSION], doubts)
    explicit = bool(said[Role.REVISION] or said[Role.VERSION]), bool(said[Role.DEATH])
    died, version = _with_bare(bare, statements, (died, version), explicit, doubts)
    if died.value is None and not said[Role.DEATH]:
        died = _long_before(bare, said, statements) or _died_in_prose(body, names) or died
    if died.value and version.value and months_between(died.value, version.value) < 0:
        why = "its date is before the date of death that it gives"
        return _doubted(died), _doubted(version), [*doubts, why]
    return died, version, doubts


def _dates_said(
    statements: Sequence[Statement],
) -> tuple[dict[Role, list[Found]], list[tuple[int, Found]], list[str]]:
    """Return the dates by their role ("" for an impossible one), those alone on a line, doubts."""
    said: dict[Role, list[Found]] = {role: [] for role in Role}
    bare: list[tuple[int, Found]] = []
    doubts: list[str] = []
    history = history_of(statements)
    for place, statement in enumerate(statements):
        for date, of in roles(statement.text):
            role = Role.REVISION if place in history and date.iso else of
            found = _found(statement, date)
            if date.iso is None:
                doubts.append(f"it gives a date that no calendar has: {date.words}")
            elif date.american:
                doubts.append(AMERICAN)
            elif date.inexact and role is not Role.OTHER:
                doubts.append(INEXACT)
            if date.iso and role is Role.BARE:
                bare.append((place, found))
            elif _is_beside_the_name(date, role, statement.text):
                said[Role.DEATH].append(found)
            else:
                said[role].append(found)
    return said, bare, doubts


def _found(statement: Statement, date: Written) -> Found:
    """Return a date as a fact whose name is not known yet."""
    found = statement.found("", date.iso or NO_DAY, date.start, date.end)
    unsure = date.american or date.inexact or MISREAD.match(date.words)
    return replace(found, sure=Sureness.LIKELY) if unsure else found


def _is_beside_the_name(date: Written, role: Role, statement: str) -> bool:
    unclear = role is Role.UNCLEAR and date.iso is not None and not date.is_year
    return unclear and gives_name_and_date(statement)


def _with_bare(
    bare: Sequence[tuple[int, Found]],
    statements: Sequence[Statement],
    known: tuple[Found, Found],
    explicit: tuple[bool, bool],
    doubts: list[str],
) -> tuple[Found, Found]:
    """Settle dates alone on their lines: beside the name a death's, at the end a version's."""
    free = list({(place, found.value): (place, found) for place, found in bare}.values())
    beside, apart = _beside_and_apart(free, statements)
    died, version = known
    if not explicit[0]:
        version = _at_the_end(apart, died if died.value else beside) or version
    died, version = _beside_a_name(beside, (died, version), explicit)
    unsettled = [found for _, found in free if found.value not in {died.value, version.value}]
    if unsettled:
        doubts.append("it gives a date without saying what it is the date of")
    return _or_others(died, unsettled), _or_others(version, unsettled)


def _at_the_end(apart: Found | None, earlier: Found | None) -> Found | None:
    """Return the date under no name as the version's, unless it is before the other date."""
    if apart is None or (earlier is not None and _months(earlier, apart) < 0):
        return None
    return _as("version_date", apart)


def _beside_a_name(
    beside: Found | None, known: tuple[Found, Found], explicit: tuple[bool, bool]
) -> tuple[Found, Found]:
    """Take the date under a name for the death's or the version's, by which it can be."""
    died, version = known
    has_version, has_death = explicit
    if beside is None:
        return known
    if not has_death and _is_later(version, beside):
        return _as("date_of_death", beside), version
    if not has_version and version.value is None and _is_later(beside, died):
        return died, _as("version_date", beside)
    return known


def _long_before(
    bare: Sequence[tuple[int, Found]],
    said: dict[Role, list[Found]],
    statements: Sequence[Statement],
) -> Found | None:
    """Return the one date under "the death of" a name, where all other dates are long after."""
    if len(bare) != 1 or said[Role.REVISION] or said[Role.VERSION] or not said[Role.OTHER]:
        return None
    place, found = bare[0]
    if not place or not OF_A_DEATH.search(statements[place - 1].text):
        return None
    if not is_subject(statements[place - 1].text):
        return None
    later = all(one.value and _months(found, one) >= LONG_AFTER for one in said[Role.OTHER])
    return _as("date_of_death", found) if later else None


def _as(fact: str, found: Found) -> Found:
    return replace(found, fact=fact, sure=Sureness.LIKELY)


def _or_others(found: Found, unsettled: Sequence[Found]) -> Found:
    """Return a fact that is not stated with the dates that it may be."""
    if found.value or found.others or not unsettled:
        return found
    dates = tuple(dict.fromkeys(one.value for one in unsettled if one.value))
    return replace(unsettled[0], fact=found.fact, value=None, sure=Sureness.IN_DOUBT, others=dates)


def _doubted(found: Found) -> Found:
    return replace(found, value=None, sure=Sureness.IN_DOUBT, others=(found.value or "",))


def _beside_and_apart(
    free: Sequence[tuple[int, Found]], statements: Sequence[Statement]
) -> tuple[Found | None, Found | None]:
    """Return the one date under a name, and the one under no name; None where there are more."""
    beside = [one for place, one in free if place and is_subject(statements[place - 1].text)]
    apart = [one for place, one in free if not _may_be_beside(statements, place)]
    return _only(beside), _only(apart)


def _may_be_beside(statements: Sequence[Statement], place: int) -> bool:
    """Say whether the line above may name who died, and not whoever has the role above that."""
    if place == 0 or not may_be_subject(statements[place - 1].text):
        return False
    named = place > 1 and is_role(statements[place - 2].text)
    return not named or is_subject(statements[place - 1].text)


def _only(dates: Sequence[Found]) -> Found | None:
    return dates[0] if len(dates) == 1 else None


def _months(early: Found, late: Found) -> int:
    return months_between(early.value or "", late.value or "")


def _is_later(late: Found, early: Found) -> bool:
    return bool(late.value and early.value) and _months(early, late) >= CLEARLY_LATER


def _one(dates: Sequence[Found], fact: str, doubts: list[str]) -> Found:
    """Return the date that all of them say, None in doubt where they differ or one cannot be."""
    if not dates:
        return Found(fact, None, sure=Sureness.IN_DOUBT)
    values = [found.value or NO_DAY for found in dates]
    others = tuple(dict.fromkeys(filter(None, values)))
    in_doubt = replace(dates[0], fact=fact, value=None, sure=Sureness.IN_DOUBT, others=others)
    if NO_DAY in values:
        return in_doubt
    if (agreed := agree(values)) is None:
        doubts.append(f"it gives more than one {fact.replace('_', ' ')}")
        return in_doubt
    return replace(next(found for found in dates if found.value == agreed), fact=fact)


def _latest(revised: Sequence[Found], dated: Sequence[Found], doubts: list[str]) -> Found:
    """Return the last revision, else the one date of the version."""
    everything = [*dated, *revised]
    if not revised or any(found.value == NO_DAY for found in everything):
        return _one(everything, "version_date", doubts)
    last = max(revised, key=lambda found: found.value or "")
    if all((found.value or "")[:7] <= (last.value or "") for found in dated):
        return replace(last, fact="version_date")
    return _one([*dated, last], "version_date", doubts)


def _died_in_prose(body: Statement, names: Sequence[str]) -> Found | None:
    """Return the date of death that the body gives for those who died, where it gives one."""
    found: list[Found] = []
    for start, sentence in _sentences(body.text):
        match = DIED_IN_PROSE.search(sentence)
        if not match or not (any(name in sentence for name in names) or ABOUT.search(sentence)):
            continue
        group = next(name for name in ("before", "after", "of") if match[name])
        for date in find_dates(match[group])[:1]:
            if date.iso and not date.is_year:
                at = start + match.start(group)
                found.append(body.found("", date.iso, at + date.start, at + date.end))
    agreed = agree([one.value or "" for one in found])
    said = next((one for one in found if one.value == agreed), None)
    return _as("date_of_death", said) if said else None


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for stop in SENTENCE.finditer(text):
        yield start, text[start : stop.start()]
        start = stop.end()
    yield start, text[start:]
