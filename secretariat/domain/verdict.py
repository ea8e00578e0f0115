"""What a look at a link amounts to: is it this report, and is our letter with it?

A clear yes is a proposal only; a person confirms what is published.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from secretariat.domain.landing import Absence, said_instead
from secretariat.domain.likeness import (
    LetterMarks,
    Likeness,
    LikenessPolicy,
    Sameness,
    Words,
    bears,
    find_letter,
    gone_from,
    likeness,
    words_of,
)
from secretariat.domain.publication import Finding

MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAY: Final = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(MONTHS)})\s+((?:19|20)\d\d)\b", re.IGNORECASE
)
_AREA: Final = re.compile(
    r"\breport\s+(?:\([^)]*\)\s+)*for\s+(?:the\s+)?([^().]{3,120}?)\s*(?:\([^)]*\)\s*)?(?:,|to\s+the)"
)
OUTCOMES: Final[Mapping[int, tuple[Finding, str]]] = MappingProxyType(
    {
        401: (Finding.BARRED, "the site asks for a password"),
        403: (Finding.BARRED, "the site refuses to show the page to a robot"),
        405: (Finding.BARRED, "the site refuses to show the page to a robot"),
        406: (Finding.BARRED, "the site refuses to show the page to a robot"),
        408: (Finding.SITE_DOWN, "the site took too long"),
        429: (Finding.BARRED, "the site has been asked too often"),
        451: (Finding.BARRED, "the site refuses to show the page for legal reasons"),
        404: (Finding.NOT_FOUND, "nothing is there (404)"),
        410: (Finding.NOT_FOUND, "it was there and has been taken down (410)"),
    }
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What should be found at a link.

    papers: the texts of the registered overview report, each version that counts
    seen: of these, the one that the Panel saw, if it asked for changes; "" otherwise
    letter: the text of our letter, None when no letter is to be looked for
    marks: what tells that letter, and this review, from others
    """

    papers: tuple[str, ...]
    letter: str | None = None
    marks: LetterMarks = field(default_factory=LetterMarks)
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that lies at a link or one click further: its URL and its text.

    readable: False for a paper whose words cannot be had (a scan, a locked file)
    """

    url: str
    text: str
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look found; `missing` says what is not there, one line each."""

    finding: Finding
    why: str
    url: str
    likeness: float | None = None
    letter_found: bool | None = None
    missing: tuple[str, ...] = ()


def seen_from_status(status: int, url: str) -> Seen | None:
    """Return what the HTTP status alone tells, or None when the page must be looked at."""
    if 200 <= status < 300 and status != 204:
        return None
    if status >= 500:
        return Seen(Finding.SITE_DOWN, f"the site is out of order ({status})", url)
    finding, why = OUTCOMES.get(status, (Finding.UNSURE, f"the site answered with {status}"))
    return Seen(finding, why, url)


def judge(sought: Sought, documents: Sequence[Document], policy: LikenessPolicy) -> Seen:
    """Say what stands at a link: the page first, then the papers that it leads to."""
    letter = None if sought.letter is None else words_of(sought.letter)
    found = None if letter is None else False
    whys: list[str] = []
    best: tuple[Document, str, Words, Likeness] | None = None
    for document in documents:
        rest = words_of(document.text)
        if letter is not None and not found:
            search = find_letter(letter, rest, sought.marks, policy)
            found, rest = search.found, list(search.rest)
            whys += [search.why] if search.score and not search.found else []
        for paper in sought.papers:
            like = likeness(words_of(paper), rest, policy)
            if like is not None and (best is None or like.value > best[3].value):
                best = document, paper, rest, like
    if best is None or best[3].sameness is Sameness.ANOTHER:
        return _without_report(sought, documents, best[3].value if best else None, found)
    document, paper, rest, like = best
    shown = _shown(sought.marks, words_of(document.text))
    gone = tuple(f"not there: \u201c{start}\u2026\u201d" for start in gone_from(paper, rest))
    missing = (*(f"{name} not seen on it" for name in shown), *whys, *gone)
    untouched = like.untouched and paper == sought.seen
    finding, why = _verdict(like, found, untouched)
    return Seen(finding, why, document.url, like.value, found, missing)


def marks_in(letter: str, *, csp: str | None, cases: Sequence[str]) -> LetterMarks:
    """Return the marks of a letter of ours: its area and meeting date, and what the cover names."""
    area = _AREA.search(" ".join(letter.split()))
    after = letter.casefold().find("meeting")
    day = _DAY.search(letter, max(after, 0))
    met = None
    if day is not None:
        month = MONTHS.index(day[2].casefold()) + 1
        met = _real_day(int(day[3]), month, int(day[1]))
    return LetterMarks(area[1] if area else csp or "", tuple(cases), met)


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _verdict(like: Likeness, letter: bool | None, untouched: bool) -> tuple[Finding, str]:
    share = f"{like.value:.0%} alike"
    if like.sameness is Sameness.UNSURE:
        return Finding.UNSURE, f"a text like the registered report, but only {share}"
    kind = "as it was registered" if like.sameness is Sameness.SAME else "with differences"
    report = f"the report stands there {kind} ({share})"
    if untouched:
        report = "the report stands there word for word as the Panel saw it, without the changes"
    if letter is False:
        return Finding.LETTER_MISSING, f"{report}; our letter does not"
    if untouched:
        return Finding.UNCHANGED, report
    return Finding.PUBLISHED, f"{report}, and our letter with it" if letter else report


def _without_report(
    sought: Sought, documents: Sequence[Document], value: float | None, letter: bool | None
) -> Seen:
    """Say what is known where no text there is the report."""
    url = documents[0].url if documents else ""
    if not any(sought.papers):
        return Seen(
            Finding.UNSURE, "the registered report has no text to compare", url, None, letter
        )
    said = said_instead(documents[0].text) if documents else None
    if said is not None:
        finding = Finding.BARRED if said is Absence.ROBOTS else Finding.NOT_FOUND
        return Seen(finding, said, url, value, letter)
    if not all(document.readable for document in documents):
        return Seen(Finding.UNSURE, "a paper there has no text to compare", url, value, letter)
    if not any(document.text.strip() for document in documents):
        return Seen(Finding.UNSURE, "nothing could be read there", url, value, letter)
    if letter or _names_review(sought.marks, words_of(documents[0].text)):
        told = "our letter stands there" if letter else "the page names this review"
        return Seen(Finding.UNSURE, f"{told}, but its report was not found", url, value, letter)
    return Seen(Finding.ANOTHER_REPORT, "what stands there is not this report", url, value, letter)


def _names_review(marks: LetterMarks, words: Words) -> bool:
    return (
        bool(marks.cases)
        and len(_shown(marks, words)) < 2
        and any(bears(words, case) for case in marks.cases)
    )


def _shown(marks: LetterMarks, words: Words) -> tuple[str, ...]:
    """Return which of partnership and case are asked for and do not stand among the words."""
    return tuple(
        name
        for name, ways in (("the partnership", (marks.area,)), ("the case", marks.cases))
        if any(ways) and not any(bears(words, way) for way in ways if way)
    )
