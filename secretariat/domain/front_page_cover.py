"""Finds the cover in the lines of a paper's first pages and makes whole statements of them.

Running headers, page counters and markings are put aside.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.domain.found import Found
from secretariat.domain.front_page_joining import is_label, joined
from secretariat.domain.front_page_statement import Statement
from secretariat.domain.papers import Line

MOST_COVER_LINES: Final = 45
MOST_LINES: Final = 600
LONGEST_LINE: Final = 1_000
LONGEST_BODY: Final = 20_000
QUOTES: Final = str.maketrans(
    {"‘": "'", "’": "'", "`": "'", "´": "'", "‛": "'", "“": '"', "”": '"', "″": '"', "„": '"'}
    | {"‐": "-", "‑": "-", "—": "–", "―": "–", "−": "–", "\u00a0": " ", "\u200b": ""}
)
PAGE_COUNTER: Final = re.compile(
    r"(?:\||–|-)?\s*\bpage\s*\|?\s*\d+(?:\s*(?:of|/)\s*\d+)?\b|^\s*(?:\d{1,3}|(?-i:[ivx]{1,5}|[IVX]{2,5}))\s*$",
    re.I,
)
MARKING: Final = re.compile(
    r"\b(OFFICIAL\s*[-–:(]*\s*SENSITIVE|RESTRICTED|NOT PROTECTIVELY MARKED|PROTECT|SECRET"
    r"|(?:STRICTLY\s+|HIGHLY\s+)?CONFIDENTIAL|OFFICIAL)\b"
)
MARKS: Final = ("OFFICIAL", "RESTRICTED", "CONFIDENTIAL", "PROTECT", "SECRET")
DO_NOT_CIRCULATE: Final = re.compile(
    r"\b(?:do not|not to be|not for)\s+(?:be\s+)?(?:circulat\w+|distribut\w+|shar\w+|publi\w+"
    r"|reproduc\w+|cop(?:y|ied))\b[^.]*",
    re.I,
)
FIELD_ERROR: Final = re.compile(
    r"\bError!\s*(?:Bookmark|Reference|No|Unknown|Not|Hyperlink|Style)\b[^.]{0,60}\.?", re.I
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
MAY_BE_FUSED: Final = re.compile(r"[A-Z](?<=[a-z]{2}[A-Z])[a-z]")
FUSED: Final = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")
FUSED_WORD: Final = re.compile(
    r"\b(?:(?:of|by|the|into|death|deathof|in|for|and|on|report|review)(?=[A-Z][a-z])"
    r"|(?=[A-Za-z]{15,}\b)[A-Za-z]+?[a-z]{2}(?=[A-Z][a-z]))[A-Za-z]*"
)


LEADERS: Final = re.compile(r"[._…]{4,}")
DIGITS: Final = re.compile(r"\d+")
SHORTEST_WITHOUT_COUNTER: Final = 12
SHORTEST_COVER: Final = 3
LONGEST_TITLE: Final = 6
LONGEST_TITLE_ROW: Final = 110
MOST_TITLE_ROWS: Final = 15
ENDS_IN_A_NUMBER: Final = re.compile(r"[A-Za-z.]\s+\d{1,3}$")
TITLE_ROW: Final = re.compile(
    r"(?:(?:a|the|final|joint)\s+)*(?:domestic\s+(?:homicide|abuse\W+related\s+death)\s+review"
    r"|(?:dhr\s+)?overview\s+report|executive\s+summary)\b.{0,40}$",
    re.I,
)
LONGEST_HEADER: Final = 160
SAME_HEIGHT: Final = 0.9
"""Points: cells of one row of a table lie closer than this; lines that only count differ by 1."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first pages, sorted out.

    statements: what the cover says, in its order
    edges: running headers and footers
    body: what follows the cover, as one text
    marking: a protective marking with its place, None where there is none
    """

    statements: tuple[Statement, ...]
    edges: tuple[Statement, ...]
    body: Statement
    marking: Found | None
    warnings: tuple[str, ...]


def find_cover(lines: Sequence[Line]) -> Cover:
    """Sort the lines into cover, edges and body; quotation marks come out straight."""
    lines = lines[:MOST_LINES]
    shapes = [_shape(line.text) for line in lines]
    repeated = _repeated(lines, shapes)
    edges: list[Statement] = []
    rows: list[Statement] = []
    marking: Found | None = None
    warnings: list[str] = []
    for line, number, shape in zip(lines, line_numbers(lines), shapes, strict=True):
        text = tidy(line.text[:LONGEST_LINE])
        place = ((0, line.page, number),)
        if _may_be_marked(text) and (match := MARKING.search(text)):
            marking = marking or _marking(Statement(text, place), match)
            text = MARKING.sub(" ", text)
        low = text.casefold()
        if "not" in low and DO_NOT_CIRCULATE.search(text):
            warnings.append("it says that it must not be circulated")
            text = DO_NOT_CIRCULATE.sub(" ", text)
        text = _without_machinery(text, low)
        if any(map(str.isalnum, text)):
            side = edges if line.edge or shape in repeated else rows
            side.append(Statement(text, place))
    cover, body = _split(rows)
    return Cover(
        tuple(joined(cover)),
        tuple({row.text: row for row in reversed(edges)}.values())[::-1],
        _one_text(body),
        marking,
        tuple(dict.fromkeys(warnings)),
    )


def line_numbers(lines: Sequence[Line]) -> list[int]:
    """Return for each line which printed line of its page it is, counted from 1.

    Parts that lie at one height, as the cells of a table's row do, are one printed line.
    """
    numbers: list[int] = []
    last: dict[int, tuple[int, float]] = {}
    for line in lines:
        number, y = last.get(line.page, (0, float("-inf")))
        if abs(line.y - y) > SAME_HEIGHT or line.y == 0:
            number += 1
        last[line.page] = (number, line.y)
        numbers.append(number)
    return numbers


def tidy(text: str) -> str:
    """Return the text with plain quotation marks and single spaces, and fused words parted."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(QUOTES)
    if "'" in plain or "`" in plain:
        plain = plain.replace("`", "'").replace("''", '"')
    if ".." in plain or "__" in plain or "…" in plain:
        plain = LEADERS.sub(" ", plain)
    if MAY_BE_FUSED.search(plain):
        plain = FUSED_WORD.sub(lambda found: FUSED.sub(" ", found[0]), plain)
    if "eathof" in plain:
        plain = plain.replace("eathof", "eath of")
    return " ".join(plain.split())


def _without_machinery(text: str, low: str) -> str:
    """Return the text without page counters and what Word prints for a broken field."""
    if len(text) <= SHORTEST_WITHOUT_COUNTER or "page" in low:
        text = PAGE_COUNTER.sub(" ", text)
    if "rror!" in text:
        text = FIELD_ERROR.sub(" ", text)
    if "  " in text or " " in text[:1] + text[-1:]:
        text = " ".join(text.split())
    if "|" not in text:
        return text
    text = text.strip(" |")
    return text.replace(" | ", ": ") if text.count(" | ") == 1 else text


def _may_be_marked(text: str) -> bool:
    return not text.islower() and any(map(text.__contains__, MARKS))


def _marking(row: Statement, match: re.Match[str]) -> Found:
    plain = "OFFICIAL-SENSITIVE" if "SENSITIVE" in match[1] else " ".join(match[1].split())
    return row.found("marking", plain, match.start(), match.end())


def _one_text(rows: Sequence[Statement]) -> Statement:
    pieces, starts, length = [], [], 0
    for row in rows:
        if length > LONGEST_BODY:
            break
        pieces.append(row.text)
        starts.append((length, *row.starts[0][1:]))
        length += len(row.text) + 1
    return Statement(" ".join(pieces)[:LONGEST_BODY], tuple(starts) or ((0, 0, 0),))


def _shape(text: str) -> str:
    """Return a line without its numbers; a line too long for a header as it is."""
    if len(text) > LONGEST_HEADER:
        return text[:LONGEST_LINE]
    return DIGITS.sub("#", " ".join(text.split())).casefold()


def _repeated(lines: Sequence[Line], shapes: Sequence[str]) -> set[str]:
    """Return the shapes of lines that stand at about the same height on two pages or more."""
    alike: dict[str, list[Line]] = {}
    for line, shape in zip(lines, shapes, strict=True):
        alike.setdefault(shape, []).append(line)
    return {shape for shape, there in alike.items() if len(there) > 1 and _on_two_pages(there)}


def _on_two_pages(lines: Sequence[Line]) -> bool:
    """Say whether two of the lines stand at about the same height on different pages."""
    pages: dict[int, int] = {}
    for line in lines:
        band = round(line.y / 12)
        for each in (band, band + 1):
            if pages.setdefault(each, line.page) != line.page:
                return True
    return False


def _split(rows: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    """Return (cover, body): the cover ends with its page, or where the body plainly begins.

    A foreword may stand on a page of its own before the cover.
    """
    if any(BODY_BEGINS.match(row.text) for row in rows[:2]) and (start := _title_page_after(rows)):
        cover, body = _split(rows[start:])
        return cover, [*rows[:start], *body]
    return _split_at_the_turn(rows)


def _title_page_after(rows: Sequence[Statement]) -> int:
    """Return where a later page begins that opens with the title of a report, 0 where none does."""
    first = rows[0].at(0)[0]
    for place, row in enumerate(rows):
        page = row.at(0)[0]
        if page > first:
            first = page
            top = [one.text for one in rows[place : place + 4] if one.at(0)[0] == page]
            if any(map(TITLE_ROW.match, top)) and not any(map(BODY_BEGINS.match, top)):
                return place
    return 0


def _split_at_the_turn(rows: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    cover: list[Statement] = []
    last = rows[0].at(0)[0] if rows else 0
    for place, row in enumerate(rows):
        page = row.at(0)[0]
        turned = page > last and len(cover) >= SHORTEST_COVER
        if turned and not (len(cover) <= LONGEST_TITLE and _is_title_page(rows[place:])):
            return cover, list(rows[place:])
        last = page
        if BODY_BEGINS.match(row.text) or len(cover) >= MOST_COVER_LINES:
            return cover, list(rows[place:])
        cover.append(row)
    return cover, []


def _is_title_page(rows: Sequence[Statement]) -> bool:
    """Say whether a page goes on with a cover that had a few lines only: short lines, labels."""
    page = rows[0].at(0)[0]
    texts = [row.text for row in rows if row.at(0)[0] == page]
    if len(texts) > MOST_TITLE_ROWS or max(map(len, texts)) > LONGEST_TITLE_ROW:
        return False
    return any(map(is_label, texts)) and not any(map(ENDS_IN_A_NUMBER.search, texts))
