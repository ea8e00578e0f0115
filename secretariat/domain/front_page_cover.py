"""Finds the cover in the lines of a paper's first pages and makes whole statements of them.

A statement is what a careful reader takes as one thing said: a wrapped line is joined to the next,
a label to its value; it knows on which printed line each of its parts stands.  Running headers,
page counters and markings are put aside.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.domain.found import Found
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
HANGS: Final = re.compile(
    r"(?:\b(?:of|the|in|on|by|and|for|to|into|who|died|relating|respect|regarding|concerning"
    r"|with|(?-i:a|an)|upon|at|from|under)|[,&:/]|\s[–-])$",
    re.I,
)
GOES_ON: Final = re.compile(
    r"(?-i:[a-z])|(?!in\s+(?:(?:loving\s+)?memory|partnership))(?:in|on|who|of|aged|and)\s|\((?:a\s+)?(?:pseudonym|not\s+\w+\s+real\s+name)",
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
SUFFIX_ALONE: Final = re.compile(
    r"(?:the\s+)?(?:(?:community\s+)?safety\s+(?:partnerships?|board)|CSP|responsible\s+authorities\s+group"
    r"|strategic\s+leadership\s+group|public\s+services?\s+board|(?:local\s+)?police\s+and\s+crime\s+board"
    r"|crime\s+and\s+disorder\s+reduction\s+partnership|safer\s+communities\s+(?:partnership|board)"
    r"|partnership\s+against\s+crime)(?:\s*\([A-Z]{2,6}\))?$",
    re.I,
)
NO_PLACE: Final = re.compile(r"review|report|summary|author|chair|date|\d|:|'|\"", re.I)
LONGEST_PLACE: Final = 70
BARE_LABEL: Final = re.compile(
    r"(?:date\s+of\s+(?:the\s+)?(?:death|homicide|report|completion|birth|publication|version)"
    r"|(?:\w+\s+){0,2}date|date(?:\s+\w+)?"
    r"|(?:(?:report|review)\s+)?(?:completed|finalised|commenced|started|published|agreed)"
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
MAY_BE_FUSED: Final = re.compile(r"[a-z]{2}[A-Z][a-z]")
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
class Statement:
    """One thing said.

    starts: where in the text each printed line begins, with its page and its line, from 1
    """

    text: str
    starts: tuple[tuple[int, int, int], ...] = ((0, 0, 0),)

    def at(self, offset: int) -> tuple[int, int]:
        """Return the page and the line of a place in the text."""
        page, line = self.starts[0][1:]
        for start, its_page, its_line in self.starts:
            if start > offset:
                break
            page, line = its_page, its_line
        return page, line

    def row_at(self, offset: int) -> str:
        """Return the words of the printed line on which a place of the text stands."""
        begins = [start for start, _, _ in self.starts]
        first = max((start for start in begins if start <= offset), default=0)
        after = min((start for start in begins if start > offset), default=len(self.text))
        return self.text[first:after].strip(" :")

    def followed_by(self, other: "Statement", joint: str = " ") -> "Statement":
        """Return both as one statement."""
        shift = len(self.text) + len(joint)
        starts = ((start + shift, page, line) for start, page, line in other.starts)
        return Statement(f"{self.text}{joint}{other.text}", (*self.starts, *starts))

    def shortened(self, text: str) -> "Statement":
        """Return the statement with another text, whose parts begin where they began."""
        return Statement(text, self.starts)

    def parts(self, divide: re.Pattern[str]) -> Iterator["Statement"]:
        """Go through the parts between the places where the pattern matches."""
        start = 0
        for match in divide.finditer(self.text):
            yield self._slice(start, match.start())
            start = match.end()
        yield self._slice(start, len(self.text))

    def found(self, fact: str, value: str, start: int, end: int) -> Found:
        """Return a fact that stands between two places of the text."""
        page, line = self.at(start)
        return Found(fact, value, self.text[start:end].strip(), page, line)

    def _slice(self, start: int, end: int) -> "Statement":
        page, line = self.at(start)
        later = ((s - start, p, n) for s, p, n in self.starts if start < s < end)
        return Statement(self.text[start:end], ((0, page, line), *later))


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
        row = Statement(tidy(line.text[:LONGEST_LINE]), ((0, line.page, number),))
        text = row.text
        if _may_be_marked(text) and (match := MARKING.search(text)):
            marking = marking or _marking(row, match)
            text = MARKING.sub(" ", text)
        if "not" in text.casefold() and DO_NOT_CIRCULATE.search(text):
            warnings.append("it says that it must not be circulated")
            text = DO_NOT_CIRCULATE.sub(" ", text)
        text = _without_machinery(text)
        if any(map(str.isalnum, text)):
            (edges if line.edge or shape in repeated else rows).append(row.shortened(text))
    cover, body = _split(rows)
    return Cover(
        tuple(_statements(cover)),
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
    if any(leader in plain for leader in ("..", "__", "…")):
        plain = LEADERS.sub(" ", plain)
    if MAY_BE_FUSED.search(plain):
        plain = FUSED_WORD.sub(lambda found: FUSED.sub(" ", found[0]), plain)
    if "eathof" in plain:
        plain = plain.replace("eathof", "eath of")
    return " ".join(plain.split())


def _without_machinery(text: str) -> str:
    """Return the text without page counters and what Word prints for a broken field."""
    if len(text) <= SHORTEST_WITHOUT_COUNTER or "page" in text.casefold():
        text = PAGE_COUNTER.sub(" ", text)
    if "rror!" in text:
        text = FIELD_ERROR.sub(" ", text)
    text = " ".join(text.split()).strip(" |")
    return text.replace(" | ", ": ") if text.count(" | ") == 1 else text


def _may_be_marked(text: str) -> bool:
    return any(word in text for word in MARKS)


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
    pages: dict[str, set[int]] = {}
    for line, shape in zip(lines, shapes, strict=True):
        pages.setdefault(shape, set()).add(line.page)
    places: dict[tuple[str, int], set[int]] = {}
    for line, shape in zip(lines, shapes, strict=True):
        if len(pages[shape]) > 1:
            for band in (round(line.y / 12), round(line.y / 12) + 1):
                places.setdefault((shape, band), set()).add(line.page)
    return {shape for (shape, _), there in places.items() if len(there) > 1}


def _split(rows: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    """Return (cover, body): the cover ends with its page, or where the body plainly begins.

    A foreword may stand on a page of its own before the cover.
    """
    if rows and BODY_BEGINS.match(rows[0].text) and (start := _title_page_after(rows)):
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
    return any(map(_is_label, texts)) and not any(map(ENDS_IN_A_NUMBER.search, texts))


def _statements(rows: Iterable[Statement]) -> list[Statement]:
    made: list[Statement] = []
    for row in rows:
        if len(made) > 1 and all(_awaits_a_value(one.text) for one in made[-2:]):
            made.append(row)  # Two labels in a row: whose value follows cannot be told.
        elif made and BARE_LABEL.match(made[-1].text) and not _is_label(row.text):
            label = made[-1].shortened(made[-1].text.rstrip(" :"))
            made[-1] = label.followed_by(row, ": ")
        elif made and _goes_on(made[-1].text, row.text) and len(made[-1].text) < LONGEST_STATEMENT:
            made[-1] = made[-1].followed_by(row)
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
    if NAMES_A_BODY.search(before) and BEGINS_A_SUBJECT.match(row):
        return False
    if HANGS.search(before) or GOES_ON.match(row):
        return True
    if SUFFIX_ALONE.match(row) and len(before) <= LONGEST_PLACE and not NO_PLACE.search(before):
        return True
    return any(end.search(before) and start.match(row) for end, start in ENDINGS)
