"""Finds the cover in the lines of a paper's first pages and makes whole statements of them.

A statement is what a careful reader takes as one thing said: a wrapped line is joined to the next,
a label to its value.  Running headers, page counters and markings are put aside.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.domain.papers import Line

MOST_COVER_LINES: Final = 45
LONGEST_STATEMENT: Final = 600
MOST_LINES: Final = 600
LONGEST_LINE: Final = 1_000
LONGEST_BODY: Final = 20_000
QUOTES: Final = str.maketrans(
    {"‘": "'", "’": "'", "`": "'", "´": "'", "‛": "'", "“": '"', "”": '"', "″": '"', "„": '"'}
    | {"‐": "-", "‑": "-", "—": "–", "―": "–", "−": "–", "\u00a0": " ", "\u200b": ""}
)
PAGE_COUNTER: Final = re.compile(
    r"(?:\||–|-)?\s*\bpage\s*\|?\s*\d+(?:\s*(?:of|/)\s*\d+)?\b|^\s*(?:\d{1,3}|[ivx]{1,5})\s*$", re.I
)
MARKING: Final = re.compile(
    r"\b(OFFICIAL\s*[-–:(]*\s*SENSITIVE|RESTRICTED|NOT PROTECTIVELY MARKED|PROTECT|SECRET"
    r"|(?:STRICTLY\s+|HIGHLY\s+)?CONFIDENTIAL|OFFICIAL)\b"
)
DO_NOT_CIRCULATE: Final = re.compile(
    r"\b(?:do not|not to be|not for)\s+(?:be\s+)?(?:circulat\w+|distribut\w+|shar\w+|publi\w+"
    r"|reproduc\w+|cop(?:y|ied))\b[^.]*",
    re.I,
)
BODY_BEGINS: Final = re.compile(
    r"^(?:section\s+)?(?:\d+(?:\.\d+)*[.)]?\s*|[A-Z][.)]\s+)?(?:(?:table of )?contents(?: page)?"
    r"|(?:table of )?contents\b.*\d|introduction|preface|foreword|glossary|acknowledge?ments?"
    r"|(?:(?:the|dhr|review) )*panel (?:members(?:hip)?)?|members(?:hip)? of the (?:review )?panel"
    r"|list of (?:panel )?members|background|the review process|index|tributes?"
    r"|(?:the )?circumstances(?: that led)?(?: of| leading)?\b.*|purpose.*|condolences?"
    r"|(?:a )?(?:family )?tribute.*|statement (?:from|by).*|dear\b.*)\s*[:.]?$"
    r"|^\d+(?:\.\d+)+\.?\s+\S.{30,}|^\d{1,2}\.\s+\S.{60,}",
    re.I,
)
HANGS: Final = re.compile(
    r"(?:\b(?:of|the|in|on|by|and|for|to|into|who|died|relating|respect|regarding|concerning"
    r"|with|(?-i:a|an)|upon|at|from|under)|[,&:/]|\s[–-])$",
    re.I,
)
GOES_ON: Final = re.compile(
    r"(?-i:[a-z])|(?:in|on|who|of|aged|and)\s|\((?:a\s+)?(?:pseudonym|not\s+\w+\s+real\s+name)",
    re.I,
)
SUFFIX_ALONE: Final = re.compile(r"(?:community\s+)?safety\s+partnership$|CSP$", re.I)
NO_PLACE: Final = re.compile(r"review|report|summary|author|chair|date|\d|:|'|\"", re.I)
LONGEST_PLACE: Final = 70
BARE_LABEL: Final = re.compile(
    r"(?:date\s+of\s+(?:the\s+)?(?:death|homicide|report|completion|birth|publication|version)"
    r"|(?:report|version|publication)\s+date|date(?:\s+completed)?"
    r"|(?:(?:dhr|case|local|our|csp)\s+)*ref(?:erence)?(?:\s+(?:no\.?|number))?"
    r"|(?:dhr|case|review)\s+(?:no\.?|number)|pseudonyms?|victims?|deceased|subjects?"
    r"|name\s+of\s+(?:the\s+)?(?:victim|deceased)|commissioned\s+by)\s*:?$",
    re.I,
)
LABEL: Final = re.compile(r"^[A-Za-z][A-Za-z /&']{2,40}:")
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
FUSED: Final = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")
FUSED_WORD: Final = re.compile(
    r"\b(?:(?:of|by|the|into|death|deathof|in|for|and|on|report|review)(?=[A-Z][a-z])"
    r"|(?=[A-Za-z]{15,}\b)[A-Za-z]+?[a-z]{2}(?=[A-Z][a-z]))[A-Za-z]*"
)


@dataclass(frozen=True, slots=True)
class Cover:
    """The first pages, sorted out.

    statements: what the cover says, in its order
    edges: running headers and footers
    body: what follows the cover, as one text
    """

    statements: tuple[str, ...]
    edges: tuple[str, ...]
    body: str
    marking: str | None
    warnings: tuple[str, ...]


def find_cover(lines: Sequence[Line]) -> Cover:
    """Sort the lines into cover, edges and body; quotation marks come out straight."""
    lines = lines[:MOST_LINES]
    repeated = _repeated(lines)
    edges: list[tuple[int, str]] = []
    rows: list[tuple[int, str]] = []
    marking: str | None = None
    warnings: list[str] = []
    for line in lines:
        text = tidy(line.text[:LONGEST_LINE])
        if MARKING.search(text):
            marking = marking or _one_spelling(MARKING.search(text))
            text = MARKING.sub(" ", text)
        if DO_NOT_CIRCULATE.search(text):
            warnings.append("it says that it must not be circulated")
            text = DO_NOT_CIRCULATE.sub(" ", text)
        text = " ".join(PAGE_COUNTER.sub(" ", text).split()).strip(" |")
        if any(map(str.isalnum, text)):
            is_edge = line.edge or _shape(line.text) in repeated
            (edges if is_edge else rows).append((line.page, text))
    cover, body = _split(rows)
    return Cover(
        tuple(_statements(cover)),
        tuple(dict.fromkeys(text for _, text in edges)),
        " ".join(body)[:LONGEST_BODY],
        marking,
        tuple(dict.fromkeys(warnings)),
    )


def tidy(text: str) -> str:
    """Return the text with plain quotation marks and single spaces, and fused words parted."""
    plain = unicodedata.normalize("NFKC", text).translate(QUOTES).replace("''", '"')
    plain = re.sub(r"[._…]{4,}", " ", plain)
    plain = FUSED_WORD.sub(lambda found: FUSED.sub(" ", found[0]), plain)
    plain = re.sub(r"\bdeathof\b", "death of", plain, flags=re.I)
    return " ".join(plain.split())


def _one_spelling(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    return "OFFICIAL-SENSITIVE" if "SENSITIVE" in found[1] else " ".join(found[1].split())


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text[:LONGEST_LINE].split())).casefold()


def _repeated(lines: Sequence[Line]) -> set[str]:
    """Return the shapes of lines that stand at about the same height on two pages or more."""
    places: dict[tuple[str, int], set[int]] = {}
    for line in lines:
        for band in (round(line.y / 12), round(line.y / 12) + 1):
            places.setdefault((_shape(line.text), band), set()).add(line.page)
    return {shape for (shape, _), pages in places.items() if len(pages) > 1}


def _split(rows: Sequence[tuple[int, str]]) -> tuple[list[str], list[str]]:
    """Return (cover, body): the cover ends with its page, or where the body plainly begins."""
    cover: list[str] = []
    for place, (page, text) in enumerate(rows):
        turned = bool(cover) and page > rows[0][0] and len(cover) >= 3
        if BODY_BEGINS.match(text) or turned or len(cover) >= MOST_COVER_LINES:
            return cover, [body for _, body in rows[place:]]
        cover.append(text)
    return cover, []


def _statements(rows: Iterable[str]) -> list[str]:
    made: list[str] = []
    for row in rows:
        if len(made) > 1 and all(map(_awaits_a_value, made[-2:])):
            made.append(row)  # Two labels in a row: whose value follows cannot be told.
        elif made and BARE_LABEL.match(made[-1]) and not _is_label(row):
            made[-1] = f"{made[-1].rstrip(' :')}: {row}"
        elif made and _goes_on(made[-1], row) and len(made[-1]) < LONGEST_STATEMENT:
            made[-1] = f"{made[-1]} {row}"
        else:
            made.append(row)
    return made


def _awaits_a_value(statement: str) -> bool:
    return statement.endswith(":") or bool(BARE_LABEL.match(statement))


def _is_label(row: str) -> bool:
    return bool(LABEL.match(row) or BARE_LABEL.match(row))


def _goes_on(before: str, row: str) -> bool:
    if _is_label(row):
        return False
    if HANGS.search(before) or GOES_ON.match(row):
        return True
    if SUFFIX_ALONE.match(row) and len(before) <= LONGEST_PLACE and not NO_PLACE.search(before):
        return True
    return any(end.search(before) and start.match(row) for end, start in ENDINGS)
