"""What the value of a key may be: each rule returns the value or says what is wrong with it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from itertools import pairwise
from pathlib import PurePath
from typing import Final
from urllib.parse import urlsplit

Rule = Callable[[object], object]

_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.)+[a-z]{2,24}", re.IGNORECASE)
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_MOST_DAYS: Final = 400


class Unfit(Exception):
    """A value cannot stand for its key; the message completes the sentence "KEY …"."""


def text(value: object) -> str:
    """Any text, also none."""
    if not isinstance(value, str):
        raise Unfit(f"must be text in quotes, not {_plainly(value)}")
    return value.strip()


def needed_text(value: object) -> str:
    """Text that must say something."""
    if not (found := text(value)):
        raise Unfit("is empty; it must be filled")
    return found


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Unfit(f"must be true or false, not {_plainly(value)}")
    return value


def whole(least: int, most: int) -> Rule:
    """Return the rule for a whole number from `least` to `most`, both allowed."""

    def rule(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unfit(f"must be a whole number, not {_plainly(value)}")
        if not least <= value <= most:
            raise Unfit(f"is {value}; it must be from {least} to {most}")
        return value

    return rule


def share(value: object) -> float:
    """A number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unfit(f"must be a number like 0.94, not {_plainly(value)}")
    if not 0 <= value <= 1:
        raise Unfit(f"is {value}; it must be from 0 to 1")
    return float(value)


def one_of(*allowed: str) -> Rule:
    """Return the rule for one of these words."""

    def rule(value: object) -> str:
        found = text(value)
        if found not in allowed:
            words = " or ".join(f'"{each}"' for each in allowed)
            raise Unfit(f"is {found!r}; it must be {words}")
        return found

    return rule


def day(value: object) -> date | None:
    """A day as 2026-11-30, or "" for none."""
    if value == "":
        return None
    if isinstance(value, date) and not hasattr(value, "hour"):
        return value
    try:
        return date.fromisoformat(text(value))
    except (Unfit, ValueError):
        raise Unfit(f"must be a day like 2026-11-30, not {_plainly(value)}") from None


def clock(value: object) -> time:
    """A time of day as "09:00"."""
    if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d", value):
        try:
            return time.fromisoformat(value)
        except ValueError:
            pass
    raise Unfit(f'must be a time like "09:00", not {_plainly(value)}')


def domain(value: object) -> str:
    """A mail domain, lower case."""
    found = needed_text(value)
    if not _DOMAIN.fullmatch(found):
        raise Unfit(f"is {found!r}; it must be a domain like homeoffice.gov.uk")
    return found.casefold()


def address(value: object) -> str:
    """An e-mail address, lower case."""
    found = needed_text(value)
    local, at, place = found.rpartition("@")
    if not at or not re.fullmatch(r"[^\s@<>,;:\"]+", local) or not _DOMAIN.fullmatch(place):
        raise Unfit(f"is {found!r}; it must be one e-mail address")
    return found.casefold()


def address_or_none(value: object) -> str:
    """An e-mail address, or "" for none."""
    return address(value) if text(value) else ""


def tables(keys: Mapping[str, Rule]) -> Rule:
    """Return the rule for tables by name, each of these keys under its own rule."""

    def rule(value: object) -> Mapping[str, Mapping[str, object]]:
        if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
            raise Unfit('must be tables like { "2022" = { unit = "…" } }')
        for name, table in value.items():
            if strangers := sorted(table.keys() - keys.keys()):
                raise Unfit(f"of {name} has {strangers[0]}; it may have {', '.join(keys)}")
        return {
            name: {key: keys[key](said) for key, said in table.items()}
            for name, table in value.items()
        }

    return rule


def several(each: Rule) -> Rule:
    """Return the rule for a list whose members keep another rule."""

    def rule(value: object) -> tuple[object, ...]:
        return tuple(each(member) for member in _members(value))

    return rule


def rising_days(value: object) -> tuple[int, ...]:
    """Working days, each later than the one before."""
    of_days = whole(1, _MOST_DAYS)
    days = [each for each in map(of_days, _members(value)) if isinstance(each, int)]
    if not days:
        raise Unfit("is empty; name at least one number of working days")
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise Unfit(f"is {days}; each number must be larger than the one before")
    return tuple(days)


def folder(value: object) -> str:
    """A path that stays below the folder it starts at."""
    found = needed_text(value)
    if PurePath(found).is_absolute() or ".." in PurePath(found).parts:
        raise Unfit(f"is {found!r}; it must lie under data_dir")
    return found


def web_address(value: object) -> str:
    """An https address without a sign-in in it, or "" for none; http for this machine alone."""
    found = text(value)
    if not found:
        return ""
    try:
        parts = urlsplit(found)
        named, local = parts.hostname, parts.hostname in LOOPBACK
    except ValueError:
        raise Unfit("is no web address") from None
    if parts.username is not None or parts.password is not None:
        raise Unfit("holds a user or password; leave them out of the address")
    if not named or parts.scheme not in (("https", "http") if local else ("https",)):
        raise Unfit("must be an address like https://mail.example/EWS/Exchange.asmx")
    return found.rstrip("/")


def database(value: object) -> str:
    """A database URL without a password, or "" for none."""
    found = text(value)
    if found and (fault := database_fault(found)):
        raise Unfit(fault)
    if found and (urlsplit(found).password is not None or "password=" in found):
        raise Unfit("holds a password; put the whole URL into SECRETARIAT_DATABASE_URL instead")
    return found


def database_fault(url: str) -> str:
    """Return what is wrong with a database URL, without showing it; empty if nothing is."""
    try:
        scheme = urlsplit(url).scheme.partition("+")[0]
    except ValueError:
        return "is not a URL"
    if scheme not in ("sqlite", "postgresql"):
        return "must begin with postgresql:// or sqlite://"
    return ""


def _members(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise Unfit(f"must be a list in square brackets, not {_plainly(value)}")
    return value


def _plainly(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a section"
    return repr(value)
