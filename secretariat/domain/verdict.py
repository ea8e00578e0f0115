"""What a look at a link amounts to: is it this report, and is our letter with it?

A clear yes is a proposal only; a person confirms what is published.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from secretariat.domain.changes import Change, Copy, changes_between, copy_of, telling
from secretariat.domain.laid_out import LaidOut, lay_out
from secretariat.domain.landing import Absence, said_instead
from secretariat.domain.letter_content import Point
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
from secretariat.domain.points_near import PointSeen, points_seen
from secretariat.domain.publication import Finding
from secretariat.domain.written import counted

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


INSTEAD: Final[Mapping[Absence, Finding]] = MappingProxyType(
    {
        Absence.ROBOTS: Finding.BARRED,
        Absence.SOFT_404: Finding.SOFT_404,
        Absence.AWAITING: Finding.STILL_TO_COME,
    }
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What should be found at a link.

    papers: the texts of the registered overview report, each version that counts
    seen: of these, the one that the Panel saw, if it asked for changes; "" otherwise
    older: versions that were replaced by these, each with what staff call it
    points: what the Panel asked to be changed
    summaries: the texts of the registered executive summaries, where they are papers apart
    letter: the text of our letter, None when no letter is to be looked for
    marks: what tells that letter, and this review, from others
    """

    papers: tuple[str, ...]
    letter: str | None = None
    marks: LetterMarks = field(default_factory=LetterMarks)
    seen: str = ""
    older: tuple[tuple[str, str], ...] = ()
    points: tuple[Point, ...] = ()
    summaries: tuple[str, ...] = ()


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
    """What one look found; `missing` says what is not there, one line each.

    changes: where the published text differs from the paper that it is most like
    points: the Panel's points, and whether anything changed near them
    """

    finding: Finding
    why: str
    url: str
    likeness: float | None = None
    letter_found: bool | None = None
    missing: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    points: tuple[PointSeen, ...] = ()


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
    best = _closest_of(sought.papers, documents, rests, policy)
    if best is None or best.like.sameness is not Sameness.SAME:
        older = _closest_of([text for text, _ in sought.older], documents, rests, policy)
        if older is not None and older.is_it and (best is None or older.rank > best.rank):
            called = next(name for text, name in sought.older if text == older.paper)
            why = f"{called} stands there, not the last one ({older.like.value:.0%} alike)"
            return Seen(
                Finding.OLDER_VERSION, why, older.document.url, older.like.value, letter.found
            )
    if best is None or best.like.sameness is Sameness.ANOTHER:
        summary = _closest_of(sought.summaries, documents, rests, policy)
        if summary is not None and summary.is_it:
            why, url = "the executive summary stands there without its report", summary.document.url
            return Seen(Finding.SUMMARY_ALONE, why, url, summary.like.value, letter.found)
        value = best.like.value if best else None
        return _without_report(sought, documents, value, letter.found)
    unseen = _unseen(sought.marks, words_of(best.document.text))
    paper, changes = _differences(best, sought, policy)
    finding, why = _verdict(
        best, letter, unseen, changes, untouched=best.paper == sought.seen and not changes
    )
    gone = (f"not there: “{start}…”" for start in gone_from(best.paper, best.rest))
    missing = (*(f"{name} is not named in it" for name in unseen), *gone)
    points = points_seen(sought.points, paper, changes)
    url, value = best.document.url, best.like.value
    return Seen(finding, why, url, value, letter.found, missing, changes, points)


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

    @property
    def is_it(self) -> bool:
        """Say whether it is the paper, with or without differences."""
        return self.like.sameness in (Sameness.SAME, Sameness.DIFFERING)


def _closest_of(
    papers: Sequence[str],
    documents: Sequence[Document],
    rests: Sequence[Words],
    policy: LikenessPolicy,
) -> Closest | None:
    """Return the document and the paper that are most like each other, None without words."""
    found = [
        Closest(document, paper, rest, like)
        for document, rest in zip(documents, rests, strict=True)
        for paper in papers
        if (like := likeness(words_of(paper), rest, policy)) is not None
    ]
    return max(found, key=lambda closest: closest.rank, default=None)


def _differences(
    best: Closest, sought: Sought, policy: LikenessPolicy
) -> tuple[LaidOut, tuple[Change, ...]]:
    """Return our paper laid out, and where what stands there differs from it, letters aside."""
    paper, published = lay_out(best.paper), lay_out(best.document.text)
    if best.like.sameness is Sameness.UNSURE:
        return paper, ()
    letters: tuple[tuple[int, int], ...] = ()
    if sought.letter is not None:
        search = find_letter(words_of(sought.letter), published.words, sought.marks, policy)
        letters = (*search.strange, *((search.at,) if search.found else ()))
    return paper, changes_between(paper, published, letters)


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
    best: Closest,
    letter: LetterSeen,
    unseen: tuple[str, ...],
    changes: Sequence[Change],
    *,
    untouched: bool,
) -> tuple[Finding, str]:
    share = f"{best.like.value:.0%} alike"
    if best.like.sameness is Sameness.UNSURE:
        return Finding.UNSURE, f"a text like the registered report, but only {share}"
    if best.like.sameness is Sameness.DIFFERING and THE_CASE in unseen:
        return Finding.UNSURE, f"a text like the registered report ({share}) without its case"
    if (changed := telling(changes)) and not untouched:
        told = f"{counted(len(changed), 'place')} where a name, a number or a date differs"
        how = copy_of(changes, len(best.rest))
        copied = "" if how is Copy.FILE else f", it seems in {how}"
        return Finding.UNSURE, f"the report stands there{copied} ({share}), with {told}"
    as_kept = "with differences in wording" if changes else "as it was registered"
    report = f"the report stands there {as_kept} ({share})"
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
        return Seen(INSTEAD[said], said, url, value, letter)
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
