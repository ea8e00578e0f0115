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
THE_PARTNERSHIP: Final = "the partnership"
THE_CASE: Final = "the case"
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
    letter, rests = _without_letter(sought, documents, policy)
    best: Closest | None = None
    for document, rest in zip(documents, rests, strict=True):
        for paper in sought.papers:
            like = likeness(words_of(paper), rest, policy)
            if like is None:
                continue
            closest = Closest(document, paper, rest, like)
            if best is None or closest.rank > best.rank:
                best = closest
    if best is None or best.like.sameness is Sameness.ANOTHER:
        value = best.like.value if best else None
        return _without_report(sought, documents, value, letter.found)
    unseen = _unseen(sought.marks, words_of(best.document.text))
    finding, why = _verdict(best, letter, unseen, untouched=best.paper == sought.seen)
    gone = (f"not there: “{start}…”" for start in gone_from(best.paper, best.rest))
    missing = (*(f"{name} is not named in it" for name in unseen), *gone)
    return Seen(finding, why, best.document.url, best.like.value, letter.found, missing)


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


@dataclass(frozen=True, slots=True)
class Closest:
    """The document that is most like one of our papers, and its words without our letter."""

    document: Document
    paper: str
    rest: Words
    like: Likeness

    @property
    def rank(self) -> tuple[float, int]:
        """Return what makes it closer than another; of two that fit alike, the longer paper."""
        return self.like.value, len(self.paper)


@dataclass(frozen=True, slots=True)
class LetterSeen:
    """Whether our letter was found, None when it was not looked for, and a word on it."""

    found: bool | None = None
    why: str = ""


def _without_letter(
    sought: Sought, documents: Sequence[Document], policy: LikenessPolicy
) -> tuple[LetterSeen, list[Words]]:
    """Look for our letter in each document; return the words of each without it."""
    rests = [words_of(document.text) for document in documents]
    if sought.letter is None:
        return LetterSeen(), rests
    letter = words_of(sought.letter)
    why = "our letter does not stand there"
    for at, words in enumerate(rests):
        search = find_letter(letter, words, sought.marks, policy)
        if search.found:
            rests[at] = list(search.rest)
            return LetterSeen(True), rests
        if search.score:
            why = search.why
    return LetterSeen(False, why), rests


def _verdict(
    best: Closest, letter: LetterSeen, unseen: tuple[str, ...], *, untouched: bool
) -> tuple[Finding, str]:
    share = f"{best.like.value:.0%} alike"
    if best.like.sameness is Sameness.UNSURE:
        return Finding.UNSURE, f"a text like the registered report, but only {share}"
    if best.like.sameness is Sameness.DIFFERING and THE_CASE in unseen:
        return Finding.UNSURE, f"a text like the registered report ({share}) without its case"
    as_kept = "as it was registered" if best.like.sameness is Sameness.SAME else "with differences"
    report = f"the report stands there {as_kept} ({share})"
    untouched = untouched and best.like.untouched
    if untouched:
        report = "the report stands there word for word as the Panel saw it, without the changes"
    if letter.found is False:
        return Finding.LETTER_MISSING, f"{report}; {letter.why}"
    if untouched:
        return Finding.UNCHANGED, report
    return Finding.PUBLISHED, f"{report}, and our letter with it" if letter.found else report


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
    return bool(marks.area and marks.cases) and not _unseen(marks, words)


def _unseen(marks: LetterMarks, words: Words) -> tuple[str, ...]:
    """Return which of partnership and case are asked for and not named among the words."""
    asked = ((THE_PARTNERSHIP, (marks.area,)), (THE_CASE, marks.cases))
    return tuple(
        name
        for name, ways in asked
        if any(ways) and not any(bears(words, way) for way in ways if way)
    )
