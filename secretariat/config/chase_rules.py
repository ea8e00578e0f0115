"""The keys of config/chase.toml: days of reminders, quiet days, and rules of the office's own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from secretariat.config import rules
from secretariat.config.rules import Rule, Unfit

A_LEAP_YEAR: Final = 2024
OUTCOMES: Final = ("publish after changes", "publish")
AFTER: Final = ("letter", "wait over", "said published", "gone")
_TEMPLATE: Final = re.compile(r"[\w-]{1,60}")
_DAY_OF_YEAR: Final = re.compile(r"(\d\d)-(\d\d)")

Stretch = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ChaseSection:
    """Working days, rising; stretches of every year as (month, day), both days included.

    policies: by name, rules of the office's own with the keys of `POLICY_KEYS`
    """

    publish_after_changes: tuple[int, ...]
    publish: tuple[int, ...]
    wait_over: tuple[int, ...]
    said_published: tuple[int, ...]
    gone: tuple[int, ...]
    apart: int
    answer_unread_days: int
    answered_by_hand_days: int
    quiet_every_year: tuple[Stretch, ...]
    quiet: tuple[tuple[date, date], ...]
    quiet_anniversaries: bool
    policies: Mapping[str, Mapping[str, object]]


def stretch(value: object) -> Stretch:
    """A stretch of every year as "12-24 to 01-01"."""
    first, last = _ends(value, 'must be a stretch of every year like "12-24 to 01-01"')
    return _day_of_year(first), _day_of_year(last)


def span(value: object) -> tuple[date, date]:
    """A single stretch of days as "2026-03-30 to 2026-05-07"."""
    wrong = 'must be days like "2026-03-30 to 2026-05-07"'
    try:
        first, last = map(date.fromisoformat, _ends(value, wrong))
    except ValueError:
        raise Unfit(f"{wrong}, not {value!r}") from None
    if first > last:
        raise Unfit(f"is {value!r}; the first day must not be after the last")
    return first, last


def template(value: object) -> str:
    """The name of a template of a mail, such as chase-1."""
    found = rules.needed_text(value)
    if not _TEMPLATE.fullmatch(found):
        raise Unfit(f"names {found!r}; a template is named like chase-1")
    return found


def wordings(value: object) -> tuple[object, ...]:
    """At least one template."""
    found = rules.several(template)(value)
    if not isinstance(found, tuple) or not found:
        raise Unfit("is empty; name at least one template of templates/mail")
    return found


POLICY_KEYS: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "days": rules.rising_days,
        "wordings": wordings,
        "after": rules.one_of(*AFTER),
        "outcome": rules.one_of(*OUTCOMES),
        "generation": rules.text,
        "csp": rules.text,
    }
)


def policies(value: object) -> Mapping[str, Mapping[str, object]]:
    """Rules of the office's own by name, each with its days."""
    found = rules.tables(POLICY_KEYS)(value)
    if not isinstance(found, dict):
        raise Unfit("must be tables")
    for name, table in found.items():
        if "days" not in table:
            raise Unfit(f"of {name} lacks days")
    return found


CHASE_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "publish_after_changes": rules.rising_days,
        "publish": rules.rising_days,
        "wait_over": rules.rising_days,
        "said_published": rules.rising_days,
        "gone": rules.rising_days,
        "apart": rules.whole(1, 60),
        "answer_unread_days": rules.whole(0, 60),
        "answered_by_hand_days": rules.whole(0, 60),
        "quiet_every_year": rules.several(stretch),
        "quiet": rules.several(span),
        "quiet_anniversaries": rules.flag,
        "policies": policies,
    }
)


def _ends(value: object, wrong: str) -> tuple[str, str]:
    first, between, last = rules.text(value).partition(" to ")
    if not between:
        raise Unfit(f"{wrong}, not {value!r}")
    return first.strip(), last.strip()


def _day_of_year(text: str) -> tuple[int, int]:
    hit = _DAY_OF_YEAR.fullmatch(text)
    try:
        day = date(A_LEAP_YEAR, int(hit[1]), int(hit[2])) if hit else None
    except ValueError:
        day = None
    if day is None:
        raise Unfit(f"names {text!r}; a day of every year is month and day, like 12-24")
    return day.month, day.day
