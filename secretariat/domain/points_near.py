"""The Panel's points beside what was changed: changed near the point, or not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from secretariat.domain.changes import Change
from secretariat.domain.laid_out import LaidOut
from secretariat.domain.letter_content import Point
from secretariat.domain.letter_refs import Ref, RefKind, references_in
from secretariat.domain.likeness import words_of

AROUND: Final = 80
"""Words on either side of a change that count as near it."""
SHORTEST_TELLING: Final = 5
MOST_TIMES: Final = 12
FEWEST_SHARED: Final = 2


class Nearness(StrEnum):
    """What was looked for near a point, and found or not; the values are for staff."""

    CHANGED = "changed near it"
    NOT_CHANGED = "no change near it"
    CANNOT_TELL = "its place cannot be told"


@dataclass(frozen=True, slots=True)
class PointSeen:
    """One of the Panel's points, whether anything changed near it, and on which pages."""

    point: str
    near: Nearness
    pages: tuple[int, ...] = ()


def points_seen(
    points: Iterable[Point], paper: LaidOut, changes: Sequence[Change]
) -> tuple[PointSeen, ...]:
    """Say for each point whether the published text differs near the place it speaks of.

    A place is the page, paragraph or section that the point names; else it is where rare words
    of the point stand.
    """
    return tuple(_seen(point, paper, changes) for point in points)


def _seen(point: Point, paper: LaidOut, changes: Sequence[Change]) -> PointSeen:
    said = " ".join((point.label, point.lead_in, point.text, *point.below))
    places = [_place(ref, paper) for ref in references_in(said)]
    named = [place for place in places if place]
    if not named:
        named = _by_words(said, paper)
    if not named:
        return PointSeen(point.text, Nearness.CANNOT_TELL)
    near = [one for one in changes if any(_touches(one, place) for place in named)]
    pages = tuple(dict.fromkeys(one.page for one in near if one.page))
    return PointSeen(point.text, Nearness.CHANGED if near else Nearness.NOT_CHANGED, pages)


def _touches(change: Change, place: tuple[int, int]) -> bool:
    start, end = place
    return change.at <= end and change.at + change.length >= start


def _place(ref: Ref, paper: LaidOut) -> tuple[int, int] | None:
    """Return the first and last word of the place that a reference names, None where it is not."""
    if ref.kind is RefKind.PAGE:
        on = [at for at, page in enumerate(paper.pages) if str(page) == ref.number]
        return (on[0], on[-1]) if on and paper.paged else None
    number = re.findall(r"\d+", ref.number)
    if ref.kind is RefKind.RECOMMENDATION:
        return _recommendation(number, paper)
    if len(number) < FEWEST_SHARED and ref.kind is RefKind.PARAGRAPH:
        return None
    return _numbered(number, paper)


def _recommendation(number: list[str], paper: LaidOut) -> tuple[int, int] | None:
    start = _find(["recommendation", *number], paper.words)
    return (start, start + AROUND) if start is not None else None


def _numbered(number: list[str], paper: LaidOut) -> tuple[int, int] | None:
    """Return from where "4.2" stands, the last time it does, to where "4.3" does."""
    start = _find(number, paper.words)
    if start is None:
        return None
    follows = [*number[:-1], str(int(number[-1]) + 1)]
    end = _find(follows, paper.words, start + 1)
    return start, end if end is not None else start + AROUND * 2


def _find(wanted: Sequence[str], words: Sequence[str], start: int = 0) -> int | None:
    """Return the last place of the wanted words from `start` on: the first may be the contents."""
    span = len(wanted)
    found = [
        at
        for at in range(start, len(words) - span + 1)
        if words[at] == wanted[0] and list(words[at : at + span]) == list(wanted)
    ]
    return (found[0] if start else found[-1]) if found else None


def _by_words(said: str, paper: LaidOut) -> list[tuple[int, int]]:
    """Return the stretches in which at least two rare words of the point stand together."""
    wanted = {word for word in words_of(said) if len(word) >= SHORTEST_TELLING}
    at: dict[str, list[int]] = {}
    for place, word in enumerate(paper.words):
        if word in wanted:
            at.setdefault(word, []).append(place)
    rare = sorted(
        (place, word)
        for word, places in at.items()
        if len(places) <= MOST_TIMES
        for place in places
    )
    return [
        (first - AROUND // 2, second + AROUND // 2)
        for (first, one), (second, other) in pairwise(rare)
        if one != other and second - first <= AROUND
    ]
