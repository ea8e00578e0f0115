"""Makes whole statements of printed lines.

A statement is what a careful reader takes as one thing said: a wrapped line is joined to the next,
a label to its value.
"""

import re
from collections.abc import Iterable
from typing import Final

from secretariat.domain.front_page_statement import Statement

LONGEST_STATEMENT: Final = 600
HANGS: Final = re.compile(
    r"(?:\b(?:of|the|in|on|by|and|for|to|into|who|died|relating|respect|regarding|concerning"
    r"|with|(?-i:a|an)|upon|at|from|under)|\b(?-i:Dr|Mrs?|Ms|Professor|Prof|Sir|Dame|North|South|East"
    r"|West|NORTH|SOUTH|EAST|WEST)|[,&:/]|\s[–-])$",
    re.I,
)
GOES_ON: Final = re.compile(
    r"(?!v\s?\d)(?-i:[a-z])|(?!in\s+(?:(?:loving\s+)?memory|partnership))(?:in|on|who|of|aged|and)\s|\((?:a\s+)?(?:pseudonym|not\s+\w+\s+real\s+name)",
    re.I,
)
NAMES_A_BODY: Final = re.compile(
    r"\b(?:partnerships?|csp|board|group|together)$"
    r"|^(?:commissioned by:?\s+)?(?:the\s)?(?:be\s)?safer?\s[\w'-]+$",
    re.I,
)
BEGINS_A_SUBJECT: Final = re.compile(
    r"(?:in(?:to)?|on|regarding|concerning|relating|following)\b.{0,30}\b(?:respect|relation|death|murder"
    r"|homicide|killing|suicide|to)\b|(?:regarding|concerning)\b",
    re.I,
)
BY_SOMEBODY: Final = re.compile(r"(?:by|gan)\s+[A-Z]")
SUFFIX_ALONE: Final = re.compile(
    r"(?:the\s+)?(?:(?:community\s+)?safety\s+(?:partnerships?|board)|CSP|responsible\s+authorities\s+group"
    r"|strategic\s+leadership\s+group|public\s+services?\s+board|(?:local\s+)?police\s+and\s+crime\s+board"
    r"|crime\s+and\s+disorder\s+reduction\s+partnership|safer\s+communities\s+(?:partnership|board)"
    r"|partnership\s+against\s+crime)(?:\s*\([A-Z]{2,6}\))?$",
    re.I,
)
COMMISSIONED: Final = re.compile(r"^commissioned\s+by\s*:?\s+", re.I)
NO_PLACE: Final = re.compile(r"review|report|summary|author|chair|date|\d|:|'|\"", re.I)
LONGEST_PLACE: Final = 70
BARE_LABEL: Final = re.compile(
    r"(?:(?:date|month|year)\s+of\s+(?:[a-z]+\s+){0,3}[a-z]+"
    r"|(?:\w+\s+){0,2}date|date(?:\s+\w+)?"
    r"|(?:(?:report|review)\s+)?(?:completed|finalised|commenced|started|published|agreed|concluded)"
    r"|(?:last\s+)?(?:revised|updated)"
    r"|(?:(?:dhr|case|local|our|csp)\s+)*ref(?:erence)?(?:\s+(?:no\.?|number))?"
    r"|(?:dhr|case|review)\s+(?:no\.?|number)|pseudonyms?|victims?|deceased|subjects?(?:\s+of\s+(?:the|this)\s+(?:review|report))?|version"
    r"|name\s+of\s+(?:the\s+)?(?:victim|deceased)|commissioned\s+by)\s*:?$",
    re.I,
)
LABEL: Final = re.compile(r"^[A-Za-z][A-Za-z /&']{2,40}:")
ENDS_IN_A_ROLE: Final = re.compile(
    r"\b(?:chair(?:man|person)?|author)\b(?:\s+(?:and|&)|\s*/|\s+of)(?:\s+(?:the|report|overview|independent|review|panel))*$"
    r"|^independent$",
    re.I,
)
ROW_GOES_ON: Final = re.compile(r"(?:of|and|for|in|on)\s")
ROLE_BEGINS: Final = re.compile(
    r"(?:\w+\s+){0,2}(?:author|chair(?:man|person)?|report|panel)\b.*:", re.I
)
DASHED_LABEL: Final = re.compile(
    r"(?:(?:date|month|year)\s+of\s+(?:[a-z]+\s+){0,3}[a-z]+|(?:deaths?|homicide|subject|name|pseudonym"
    r"|(?:victim|deceased|subject|name)\s*\(pseudonym\)|reference|ref))(?=\s+[–-]\s+\S)",
    re.I,
)
ENDINGS: Final = (
    (re.compile(r"(?:domestic|community)\s+homicide$", re.I), re.compile(r"^review\b", re.I)),
    (re.compile(r"^domestic$", re.I), re.compile(r"^homicide\b", re.I)),
    (re.compile(r"^(?:final\s+)?overview$", re.I), re.compile(r"^report\b", re.I)),
    (re.compile(r"^executive$", re.I), re.compile(r"^summary\b", re.I)),
    (re.compile(r"^overview\s+report$", re.I), re.compile(r"^executive\s+summary\b", re.I)),
    (
        re.compile(r"\bcommunity(?:\s+safety)?$", re.I),
        re.compile(r"^(?:safety\s+)?partnership\b", re.I),
    ),
)


def joined(rows: Iterable[Statement]) -> list[Statement]:
    """Return the rows as statements: wrapped lines joined, labels with their values."""
    made: list[Statement] = []
    for row in map(_with_a_colon, rows):
        if len(made) > 1 and all(_awaits_a_value(one.text) for one in made[-2:]):
            made.append(row)  # Two labels in a row: whose value follows cannot be told.
        elif made and BARE_LABEL.match(made[-1].text) and not is_label(row.text):
            label = made[-1].shortened(made[-1].text.rstrip(" :"))
            made[-1] = label.followed_by(row, ": ")
        elif made and _goes_on(made[-1].text, row.text) and len(made[-1].text) < LONGEST_STATEMENT:
            made[-1] = made[-1].followed_by(row)
        else:
            made.append(row)
    return made


def _with_a_colon(row: Statement) -> Statement:
    """Return a row "Date of death – May 2019" with a colon after its label, as long as it was."""
    label = DASHED_LABEL.match(row.text)
    if not label:
        return row
    return row.shortened(f"{label[0]}:  {row.text[label.end() + 3 :]}")


def _awaits_a_value(statement: str) -> bool:
    return statement.endswith(":") or bool(BARE_LABEL.match(statement))


def is_label(row: str) -> bool:
    """Say whether a row is a label, with its value or without."""
    return bool(LABEL.match(row) or BARE_LABEL.match(row))


def _goes_on(before: str, row: str) -> bool:
    if ENDS_IN_A_ROLE.search(before) and ROLE_BEGINS.match(row):
        return True
    if is_label(row) and not ROW_GOES_ON.match(row):
        return False
    if NAMES_A_BODY.search(before) and (BEGINS_A_SUBJECT.match(row) or BY_SOMEBODY.match(row)):
        return False
    if HANGS.search(before) or GOES_ON.match(row):
        return True
    place = COMMISSIONED.sub("", before)
    if SUFFIX_ALONE.match(row) and len(place) <= LONGEST_PLACE and not NO_PLACE.search(place):
        return True
    return any(end.search(before) and start.match(row) for end, start in ENDINGS)
