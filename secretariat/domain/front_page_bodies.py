"""The partnership that commissioned a review and the council's own number for it, as written."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from secretariat.domain.front_page_words import SMALL

SUFFIX: Final = (
    r"(?:Community Safety (?:and \w+ |& \w+ )?(?:Partnership(?: Board)?|Board)|CSP"
    r"|Responsible Authorities Group|Strategic Leadership Group|Public Services? Board"
    r"|Local Police and Crime Board|Crime (?:and|&) Disorder Reduction Partnership"
    r"|Crime Reduction Partnership|Safety Partnership|Safe in the City Partnership"
    r"|Police and Crime Board|Safer? City Partnership|Partnership Against Crime"
    r"|Safer,? (?:(?:and|&) )?(?:(?:Stronger|Sustainable|Healthier) )?Communities"
    r" (?:Partnership|Board)"
    r"|Safe [A-Z][\w'-]+ Partnership"
    r"|Safer (?:[A-Z][\w'-]+ ){0,3}Partnership(?: Board)?)"
)
CAPITAL: Final = r"[A-Z][\w'.-]*"
NAME: Final = re.compile(
    rf"(?<![\w'])(?P<name>(?:{CAPITAL},?\s+(?:(?:and|&|of|the|in|on|upon|with|le|under|by)\s+){{0,2}}){{0,8}}{SUFFIX})(?!\w)"
)
SAFER_ALONE: Final = re.compile(
    r"^(?:The\s+)?(Safer?(?: [A-Z][\w'-]+){1,3}(?: (?:and|&)(?: [A-Z][\w'-]+){1,2})?)$"
)
BY_ITS_WORDS: Final = re.compile(
    r"^(?:The\s+)?((?=.*\b(?:Be|Keeping|Safer?|Safer\w+|Safety|Crime)\b)"
    r"(?!.*\b(?:Safeguarding|Domestic|Council)\b)"
    r"[A-Z][\w'&,. -]{3,70}\b(?:Partnership|Board|Group))$",
    re.I,
)
OTHER_WORDS: Final = (
    r"\b(?:by|for|of the|review|report|behalf|response|statement|minutes|feedback|meeting)\b"
)
ACRONYM: Final = re.compile(r"\s*\([A-Z]{2,8}\)$")
VERBIAGE: Final = re.compile(
    r"^(?:.*\b(?:by|for|to|behalf of|from|Board and|Council and)(?:\s+the)?\s+)?"
    r"(?:the\s+|local\s+)*"
    r"(?:(?:domestic homicide review|overview report|executive summary|report|review|dhr|response"
    r"|statement|minutes|terms of reference|action plan|briefing|letter|decision|chair)\s+)*"
    r"(?:of\s+|by\s+|for\s+)?(?:the\s+)?",
    re.I,
)
NO_NAME: Final = re.compile(
    r"^(?:name of )?(?:the|local|your|our|relevant|each|a|this|statutory)?\s*"
    r"(?:community safety partnership|csp"
    r"|safety partnership|board)s?$",
    re.I,
)
TWO_BODIES: Final = "it names more than one partnership"
TWO_NUMBERS: Final = "it gives more than one local reference"

NUMBER: Final = re.compile(
    r"(?<![\w/])(?P<number>[A-Z]{0,3}(?P<word>DHR|OHR|DARDR|DARDH|DHARD|DADRD|FIR|SUSR|MALR)"
    r"(?:\s?(?:No\.?|number))?[\s/:#-]{0,2}(?P<digits>[A-Z]{0,2}\d{1,4}(?:[/-]\d{1,4}){0,3}))(?![\w/])"
    r"|(?<!\w)(?P<case>Case\s+(?:No\.?\s*|number\s+|review\s+)?(?P<case_digits>\d{1,3}))(?!\w|\.\d)"
    r"|\bRef(?:erence)?(?:\s*(?:No|number))?\b\.?\s*[:.]?\s*(?P<labelled>(?=[A-Z/-]*\d)[A-Z0-9]+(?:[/-][A-Z0-9]+)*)\b",
    re.I,
)
YEAR_ALONE: Final = re.compile(r"^(?:19|20)\d\d$")
LONGEST_WITH_A_NUMBER: Final = 160


def find_partnership(statements: Sequence[str], body: str) -> tuple[str | None, list[str]]:
    """Return the partnership's name as written, without its article, and warnings.

    A line that is the name alone counts before a name in a sentence; the body is asked last.
    """
    alone = [name for text in statements if (name := _whole_line(text))]
    anywhere = [name for text in statements for name in _names_in(text)]
    in_body = list(_names_in(body[:6_000]))
    for said in (alone, anywhere, in_body):
        distinct = list({_key(name): name for name in reversed(said)}.values())
        if len(distinct) == 1:
            return _in_small_letters(distinct[0]), []
        if distinct:
            return None, [TWO_BODIES]
    return None, []


def find_reference(statements: Sequence[str], edges: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the council's own number as first written, and warnings.

    Two spellings of one number are one; a scanned "OHR" is read as "DHR" and said to be.
    """
    found: dict[str, str] = {}
    warnings: list[str] = []
    for text in (*statements, *edges):
        for number, digits in _numbers_in(text):
            if "OHR" in number.upper():
                number = re.sub("OHR", "DHR", number, flags=re.I)
                warnings.append("its reference was read from a scan: check it")
            found.setdefault(digits, number)
    if len(found) > 1:
        return None, [*warnings, TWO_NUMBERS]
    return next(iter(found.values()), None), warnings


def _numbers_in(text: str) -> Iterator[tuple[str, str]]:
    """Go through (the number as written, its digits without leading noughts)."""
    if len(text) > LONGEST_WITH_A_NUMBER:
        return
    for match in NUMBER.finditer(text):
        number = match["number"] or match["case"] or match["labelled"]
        digits = match["digits"] or match["case_digits"] or match["labelled"]
        if match["labelled"] and not re.search(r"\d", number):
            continue
        if YEAR_ALONE.match(digits):
            continue
        key = "/".join(part.lstrip("0") for part in re.findall(r"\d+", digits))
        yield re.sub(r"^case\b", "Case", " ".join(number.split()), flags=re.I), key


def _whole_line(text: str) -> str | None:
    plain = ACRONYM.sub("", text.strip(" .:;,"))
    if safer := SAFER_ALONE.match(_in_small_letters(plain)):
        return safer[1]
    if NO_NAME.match(plain):
        return None
    worded = BY_ITS_WORDS.match(_in_small_letters(plain))
    if worded and not re.search(OTHER_WORDS, plain, re.I):
        return worded[1]
    names = list(_names_in(plain))
    bare = re.sub(r"^the\s+", "", plain, flags=re.I)
    return names[0] if len(names) == 1 and _key(names[0]) == _key(bare) else None


def _names_in(text: str) -> Iterator[str]:
    for match in NAME.finditer(_in_small_letters(text) if text.isupper() else text):
        name = VERBIAGE.sub("", match["name"]).strip(" ,")
        name = re.sub(r"^(?:.*\.\s+)", "", name)
        if name and not NO_NAME.match(name) and name[0].isupper():
            yield name


def _key(name: str) -> str:
    plain = re.sub(r"\bcsp\b", "community safety partnership", name.casefold()).replace("&", "and")
    return " ".join(re.findall(r"\w+", plain))


def _in_small_letters(name: str) -> str:
    """Return a name in capitals as it would be written in a sentence."""
    if not name.isupper():
        return name
    words = [word.casefold() if word.casefold() in SMALL else word.title() for word in name.split()]
    return re.sub(r"\bCsp\b", "CSP", re.sub(r"'S\b", "'s", " ".join(words)))
