"""What a paper calls itself as a version: "Final", "Final Draft", "Version 2.1"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from secretariat.domain.found import Found, Sureness
from secretariat.domain.front_page_dates import MONTH
from secretariat.domain.front_page_history import superseded
from secretariat.domain.front_page_statement import Statement

DIGITS: Final = r"(?:no\.?|number)?\s?[.:]?\s?\d{1,2}(?:\.\d{1,3}){0,3}[a-z]?(?![\w/]|\.\d)"
NUMBER: Final = (
    rf"(?:v(?=[\s.]*\d)\s?{DIGITS}"
    rf"|(?:version|draft)\s?(?:v(?=\d))?{DIGITS}(?:(?<=\.\d)|(?<=\.\d\d)"
    rf"|(?!(?:\s+of)?\s+{MONTH},?\s+(?:19|20)\d\d)))"
)
STATUS: Final = (
    r"(?:(?:final|draft|redacted|anonymised|published|publication|amended|revised)(?!\w))"
)
NOUN: Final = rf"(?:(?:overview\s+)?report|copy|(?!{NUMBER})(?:version|draft)|executive\s+summary)"
VERSION: Final = re.compile(
    rf"(?<![\w-])(?:"
    rf"(?P<alone>{NUMBER})(?P<tail>[\s,–(-]{{1,3}}(?:final|draft|redacted)(?!\w)\)?)?"
    rf"|(?P<named>{STATUS}(?:[\s,/-]{{1,3}}{STATUS}){{0,2}})(?P<noun>\s+{NOUN})?(?P<number>[\s,–-]{{1,4}}{NUMBER})?"
    rf"(?P<more>\s*[(–-]\s*(?:{STATUS}|for\s+publication)\)?)?"
    rf"|(?P<publish>for\s+publication)(?=\W*$)"
    rf")",
    re.I,
)
MAY_BE_VERSION: Final = re.compile(
    r"v[\s.]*\d|version|draft|final|anonymised|publi|amended|revised|redacted"
)
"""What stands wherever there is a version, in small letters: quick, for every line is asked."""
LABEL: Final = re.compile(
    r"^(?:version|status|document\s+status|version\s+(?:no|number))\.?\s*:\s*", re.I
)
NO_VERSION: Final = re.compile(
    r"\b(?:date|before|until|after|published\s+(?:by|on|in)|was|were|has|been|not|the\s+final|a\s+draft"
    r"|publication\s+date|approved|submitted|names?|author|chair)\b",
    re.I,
)
TOLD: Final = re.compile(
    r"\b(?:was|were|has|have|had|is|are|will|must|should|(?-i:may)|can"
    r"|submitted|sent|circulated|presented|approved|agreed|accepted)\b",
    re.I,
)
LONGEST: Final = 120


def find_version(statements: Sequence[Statement], edges: Sequence[Statement]) -> Found:
    """Return what the paper calls itself; two names for it that do not agree are in doubt."""
    old = superseded(statements)
    current = [each for place, each in enumerate(statements) if place not in old]
    said = [found for each in (*current, *edges) for found in _versions_in(each)]
    if not said:
        return Found("version", None, sure=Sureness.IN_DOUBT)
    fullest = max(said, key=lambda found: len(_words(found)))
    if all(_words(found) <= _words(fullest) for found in said):
        return fullest
    others = tuple(dict.fromkeys(found.value or "" for found in said))
    return replace(said[0], value=None, sure=Sureness.IN_DOUBT, others=others)


def _versions_in(statement: Statement) -> list[Found]:
    text = statement.text
    if len(text) > LONGEST or not MAY_BE_VERSION.search(text.casefold()) or TOLD.search(text):
        return []
    label = LABEL.match(text)
    start = label.end() if label else 0
    found = []
    for match in VERSION.finditer(text, start if label and not text[start:][:1].isdigit() else 0):
        if NO_VERSION.search(text[: match.start()]) or _is_no_version(match, text):
            continue
        found.append(statement.found("version", _shown(match), match.start(), match.end()))
    return found


def _is_no_version(match: re.Match[str], text: str) -> bool:
    """Say whether the words are of something else: "published 2019", "revised January 2015"."""
    if not match["named"]:
        return False
    one = match["named"].casefold()
    loose = one in {"published", "publication", "amended", "revised", "anonymised"}
    return (loose and not match["noun"] and not match["number"]) or one == "publication"


def _shown(match: re.Match[str]) -> str:
    words = " ".join(match[0].split()).strip(" ,–-")
    words = re.sub(r"\s+(?:overview\s+)?report(?!\w)|\s+executive\s+summary", "", words, flags=re.I)
    words = re.sub(r"\s*:\s*", " ", words)
    if words.count("(") > words.count(")"):
        words += ")"
    return _cased(words)


def _cased(words: str) -> str:
    if not words.isupper() or re.fullmatch(r"V[\d.]+", words):
        return words
    return re.sub(r"\bFor\b", "for", words.title())


def _words(found: Found) -> frozenset[str]:
    """Return the words that tell versions apart: "version 2.1", "v2.1" and "V 2.1" are one."""
    plain = re.sub(r"\bv(?:ersion)?[\s.]*(?=\d)", "", (found.value or "").casefold())
    return frozenset(re.findall(r"[\w.]+", plain)) - {"version", "report", "copy"}
