"""References in a letter ("paragraph 4.2", "recs 2 to 4"), and whether a report has such a place.

They refer to one version of the report, and a version renumbered since breaks them.  A report
without numbers of a kind (Word's own numbering is no text) proves nothing: that is said.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from secretariat.domain.letter_content import LetterContent
from secretariat.domain.papers import PaperKind
from secretariat.domain.post_in import Paper


class RefKind(StrEnum):
    """What a reference points at."""

    PARAGRAPH = "paragraph"
    SECTION = "section"
    PAGE = "page"
    RECOMMENDATION = "recommendation"


class Standing(StrEnum):
    """What looking for it in the report brought."""

    FOUND = "found"
    NOT_FOUND = "not found"
    CANNOT_TELL = "cannot be told"


@dataclass(frozen=True, slots=True)
class Ref:
    """One place that a letter refers to; number: "4.2", "12", as written."""

    kind: RefKind
    number: str

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a report, as its text shows them.

    numbered: numbers at the beginning of lines; pages: how many there are, 0 for unknown
    """

    numbered: frozenset[str] = frozenset()
    recommendations: frozenset[str] = frozenset()
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Cited:
    """One reference of the letter: where it stands, and whether the report has the place."""

    place: str
    ref: Ref
    standing: Standing


_NUMBER: Final = r"(?:r|rec\.? ?)?\d{1,3}(?:\.\d{1,3}){0,4}(?:\([a-z]{1,4}\)|[a-z](?![\w]))?"
_BETWEEN: Final = r"\s*(?:,\s*and\s|,|\band\b|&|\bor\b|\bto\b|-|–|—)\s*"
_RANGE: Final = re.compile(r"(?:\bto\b|[-–—])", re.IGNORECASE)
_WORDS: Final = {
    RefKind.PARAGRAPH: r"\b(?:paragraphs?|paras?\.?)|¶",
    RefKind.SECTION: r"\b(?:sections?|chapters?)|§",
    RefKind.PAGE: r"\b(?:pages?|pp\.?|p\.)",
    RefKind.RECOMMENDATION: r"\b(?:recommendations?|recs?\.?)",
}
_SHAPES: Final = tuple(
    (
        kind,
        re.compile(
            rf"(?:{words})\s*(?:numbers?|nos?\.?)?\s*"
            rf"(?P<list>{_NUMBER}(?:{_BETWEEN}{_NUMBER})*)(?=(?P<after>(?:[ ,]+[\w’'-]+){{0,9}}))",
            re.IGNORECASE,
        ),
    )
    for kind, words in _WORDS.items()
)
_LAW: Final = re.compile(
    r"^ (?:enquir|inquir|investigat|assessment|notice|order|detention|meeting|report)"
    r"|\bAct\b|\bof the (?:Children|Care|Mental|Domestic Violence)\b"
)
_LINE_NUMBER: Final = re.compile(
    r"^[ \t\f]*(?:(?:section|chapter|paragraph|para)\.?[ \t]+)?(\d{1,3}(?:\.\d{1,3}){0,4})"
    r"[.):]?(?=[ \t]+\S|[ \t]*$)(?![ \t]+(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_R_NUMBER: Final = re.compile(r"\bR(?:ec)?\.?[ ]?(\d{1,3}(?:\.\d{1,3})?)\b")
_HEADING: Final = re.compile(
    r"^[ \t\f]*(?:\d[\d.]*[ \t]+)?[\w ]{0,40}\brecommendations\b[\w ]{0,30}:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
FEWEST_DOTTED: Final = 2
LONGEST_RANGE: Final = 40
ROOM_OF_RECOMMENDATIONS: Final = 20_000


def references_in(text: str) -> tuple[Ref, ...]:
    """Return the places that a text refers to, each once; ranges of whole numbers in full."""
    found = [
        (hit.start(), Ref(kind, number))
        for kind, shape in _SHAPES
        for hit in shape.finditer(text)
        if not (kind is RefKind.SECTION and _LAW.search(hit["after"]))
        for number in _numbers(hit["list"])
    ]
    return tuple(dict.fromkeys(ref for _, ref in sorted(found, key=lambda each: each[0])))


def places_in(text: str, pages: int = 0) -> Places:
    """Return the places that the text of a report shows; pages: as its file counts them."""
    numbered = {hit[1] for hit in _LINE_NUMBER.finditer(text)}
    named = {ref.number for ref in references_in(text) if ref.kind is RefKind.RECOMMENDATION}
    named |= {hit[1] for hit in _R_NUMBER.finditer(text)}
    for heading in _HEADING.finditer(text):
        under = text[heading.end() : heading.end() + ROOM_OF_RECOMMENDATIONS]
        named |= {hit[1] for hit in _LINE_NUMBER.finditer(under)}
    return Places(frozenset(numbered), frozenset(named), pages or text.count("\f"))


def report_seen(papers: Iterable[Paper], sha256: str = "") -> Paper | None:
    """Return the version that a letter names by its hash, else the newest report in use."""
    if sha256:
        return next((paper for paper in papers if sha256 in paper.files), None)
    reports = [paper for paper in papers if paper.kind == PaperKind.OVERVIEW_REPORT]
    kept = [paper for paper in reports if not paper.set_aside]
    return max(kept, key=lambda paper: (paper.submission, paper.number), default=None)


def cited_in(content: LetterContent, places: Places | None) -> tuple[Cited, ...]:
    """Return every reference of the conclusion and the points.

    places: of the report; None where its text cannot be read
    """
    return tuple(
        Cited(place, ref, _standing(ref, places))
        for place, text in _texts(content)
        for ref in references_in(text)
    )


def _standing(ref: Ref, places: Places | None) -> Standing:
    if places is None:
        return Standing.CANNOT_TELL
    match ref.kind:
        case RefKind.PAGE:
            known, there = places.pages > 0, ref.number.isdecimal() and _is_page(ref, places)
        case RefKind.RECOMMENDATION:
            known, there = bool(places.recommendations), _bare(ref) in places.recommendations
        case RefKind.SECTION:
            known, there = _counts(places), _has_section(_bare(ref), places)
        case _:
            known = _has_dotted(places) if "." in ref.number else _counts(places)
            there = _bare(ref) in places.numbered
    if there:
        return Standing.FOUND
    return Standing.NOT_FOUND if known else Standing.CANNOT_TELL


def _counts(places: Places) -> bool:
    """Say whether the report numbers its lines: a date or a lone figure is no numbering."""
    return {"1", "2"} <= places.numbered or _has_dotted(places)


def _has_dotted(places: Places) -> bool:
    return sum("." in number for number in places.numbered) >= FEWEST_DOTTED


def _is_page(ref: Ref, places: Places) -> bool:
    return 1 <= int(ref.number) <= places.pages


def _has_section(number: str, places: Places) -> bool:
    below = f"{number}."
    return any(one == number or one.startswith(below) for one in places.numbered)


def _bare(ref: Ref) -> str:
    """Return the number without the letter of a part of it: "4.2" for "4.2(a)"."""
    return re.sub(r"\(?[a-z]+\)?$", "", ref.number)


def _numbers(listed: str) -> Iterator[str]:
    parts = [part.strip() for part in re.split(f"({_BETWEEN})", listed, flags=re.IGNORECASE)]
    before = ""
    for at, part in enumerate(parts):
        if at % 2:
            continue
        number = re.sub(r"^(?:r|rec\.? ?)", "", part, flags=re.IGNORECASE).lower()
        if at and _RANGE.search(parts[at - 1]):
            yield from _between(before, number)
        yield number
        before = number


def _between(first: str, last: str) -> Iterator[str]:
    """Yield the whole numbers, or those of the last level, that lie between two."""
    *stem, one = first.split(".")
    *other, end = last.split(".")
    if (
        stem == other
        and one.isdecimal()
        and end.isdecimal()
        and int(end) - int(one) < LONGEST_RANGE
    ):
        yield from (".".join((*stem, str(each))) for each in range(int(one) + 1, int(end)))


def _texts(content: LetterContent) -> Iterator[tuple[str, str]]:
    for at, text in enumerate(content.conclusion, start=1):
        yield f"paragraph {at} of the conclusion", text
    for at, point in enumerate(content.points, start=1):
        yield f"point {at}", " ".join((point.label, point.lead_in, point.text, *point.below))
