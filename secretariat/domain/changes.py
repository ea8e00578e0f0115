"""What differs between the registered paper and the published text, place by place.

A likeness of 98 in 100 may hide two hundred pseudonyms turned back into names; so every word
that differs is looked at, and a name, number or date among them is for a person.
"""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Final

from rapidfuzz.distance import Indel

from secretariat.domain.laid_out import LaidOut
from secretariat.domain.likeness import RUN, anchors

LARGEST_GAP: Final = 4 * 10**7
MOST_CHANGES: Final = 400
MOST_SHOWN_WORDS: Final = 40
YEARS: Final = range(1900, 2100)
MISREAD_LIKENESS: Final = 0.6
MOSTLY: Final = 0.6
FEWEST_FOR_A_COPY: Final = 20
LONGEST_FRAME: Final = 150
"""Words of a letter's head and signature together."""
MONTHS: Final = frozenset(calendar.month_name[number].casefold() for number in range(1, 13))


class ChangeKind(StrEnum):
    """What differs; the first three are for a person to look at."""

    NAME = "a name"
    NUMBER = "a number"
    DATE = "a date"
    WORDING = "wording"


TELLING: Final = frozenset({ChangeKind.NAME, ChangeKind.NUMBER, ChangeKind.DATE})


class Copy(StrEnum):
    """How the published text was made, as far as its differences tell."""

    FILE = "the file itself"
    SCAN = "a scanned copy"
    RETYPED = "a re-typed copy"


@dataclass(frozen=True, slots=True)
class Change:
    """One place that differs.

    page, published_page: from 1, of the paper and of the published text; 0 where it knows none
    before, after: the words of each, "" for none; long ones are cut and end in "…"
    at: the paper's word where it begins; length: how many of its words
    """

    kind: ChangeKind
    page: int
    published_page: int
    before: str
    after: str
    at: int = 0
    length: int = 0


def changes_between(
    paper: LaidOut, published: LaidOut, without: Sequence[tuple[int, int]] = ()
) -> tuple[Change, ...]:
    """Return where the texts differ, in order, at most 400 places.

    without: stretches of the published words that are no part of the report (letters); what is
    bound in before or after the report is no change, what is gone from its ends is
    """
    theirs, there = _without(published, without)
    lower = _lower(paper, published)
    return tuple(
        _change(paper, published, there, ends, lower)
        for ends in islice(_gaps(paper.words, theirs), MOST_CHANGES)
        if not _frames(ends, there, without)
    )


def telling(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that touch a name, a number or a date."""
    return tuple(change for change in changes if change.kind in TELLING)


def copy_of(changes: Sequence[Change], words: int) -> Copy:
    """Say how a text of so many words was made that differs from its paper in so many places.

    Misreadings are words like the ones they stand for, spread over the pages; whoever types a
    text anew slips in whole words, too.
    """
    swapped = [one for one in changes if one.before and one.after and " " not in one.after]
    if len(swapped) < FEWEST_FOR_A_COPY or len(swapped) < len(changes) * MOSTLY:
        return Copy.FILE
    if len({one.page for one in swapped}) == 1 and words < MOST_CHANGES:
        return Copy.FILE
    alike = sum(_misread(one) for one in swapped)
    return Copy.SCAN if alike >= MOSTLY * len(swapped) else Copy.RETYPED


def _misread(change: Change) -> bool:
    """Say whether a change looks like letters taken for others, as 1 for l or rn for m."""
    strange = any(letter.isdigit() for letter in change.after) != any(
        letter.isdigit() for letter in change.before
    )
    return strange or _broken(change)


def _broken(change: Change) -> bool:
    like = Indel.normalized_similarity(change.before.casefold(), change.after.casefold())
    return like >= MISREAD_LIKENESS and change.before[-1:] == change.after[-1:]


def _without(published: LaidOut, without: Sequence[tuple[int, int]]) -> tuple[list[str], list[int]]:
    """Return the words that count and the place of each among all the published words."""
    out = {place for start, end in without for place in range(start, end)}
    there = [place for place in range(len(published.words)) if place not in out]
    return [published.words[place] for place in there], there


def _frames(
    ends: tuple[int, int, int, int], there: Sequence[int], without: Sequence[tuple[int, int]]
) -> bool:
    """Say whether words were added just before or after a letter: its head and signature."""
    start, end, begin, finish = ends
    if start != end or finish - begin > LONGEST_FRAME:
        return False
    before = there[begin - 1] if begin else -1
    after = there[finish] if finish < len(there) else there[-1] + LONGEST_FRAME
    return any(before < first and last <= after for first, last in without)


def _gaps(ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Return (start, end) of ours and of theirs for each stretch that differs."""
    at_ours = at_theirs = 0
    met = False
    for run_ours, run_theirs in (*anchors(ours, theirs), (len(ours), len(theirs))):
        last = run_ours == len(ours)
        if run_ours > at_ours or run_theirs > at_theirs:
            here = (at_ours, max(run_ours, at_ours), at_theirs, max(run_theirs, at_theirs))
            yield from _inner(ours, theirs, here, first=not met, last=last)
        met = True
        at_ours = max(at_ours, run_ours + RUN)
        at_theirs = max(at_theirs, run_theirs + RUN)


def _inner(
    ours: list[str],
    theirs: list[str],
    ends: tuple[int, int, int, int],
    *,
    first: bool,
    last: bool,
) -> Iterator[tuple[int, int, int, int]]:
    """Return the differing parts of one gap; at its open end what was bound in is left out."""
    start, end, begin, finish = ends
    if (end - start) * (finish - begin) > LARGEST_GAP:
        yield ends
        return
    codes = Indel.opcodes(ours[start:end], theirs[begin:finish])
    parts = list(_joined((c.tag, c.src_start, c.src_end, c.dest_start, c.dest_end) for c in codes))
    for place, (here, till, there, until) in enumerate(parts):
        open_end = (first and place == 0 and here == 0) or (
            last and place == len(parts) - 1 and till == end - start
        )
        if here == till and open_end:
            continue
        yield start + here, start + till, begin + there, begin + until


def _joined(
    codes: Iterable[tuple[str, int, int, int, int]],
) -> Iterator[tuple[int, int, int, int]]:
    """Return each run of deletions and insertions that nothing equal parts."""
    open_part: tuple[int, int, int, int] | None = None
    for tag, here, till, there, until in codes:
        if tag == "equal":
            if open_part:
                yield open_part
            open_part = None
        elif open_part is None:
            open_part = (here, till, there, until)
        else:
            open_part = (open_part[0], till, open_part[2], until)
    if open_part:
        yield open_part


def _change(
    paper: LaidOut,
    published: LaidOut,
    there: Sequence[int],
    ends: tuple[int, int, int, int],
    lower: frozenset[str],
) -> Change:
    here, till, begin, finish = ends
    before = paper.written[here:till]
    after = tuple(published.written[there[place]] for place in range(begin, finish))
    kind = min(
        (_kind_of(word, lower) for word in (*before, *after)),
        key=list(ChangeKind).index,
        default=ChangeKind.WORDING,
    )
    place = there[min(begin, len(there) - 1)] if there else 0
    found = Change(kind, 0, 0, _cut(before), _cut(after), here, till - here)
    return replace(found, page=_page(paper, here), published_page=_page(published, place))


def _page(text: LaidOut, place: int) -> int:
    if not text.paged or not text.pages:
        return 0
    return text.pages[min(place, len(text.pages) - 1)]


def _kind_of(word: str, lower: frozenset[str]) -> ChangeKind:
    plain = word.casefold()
    if plain in MONTHS or (plain.isdecimal() and int(plain) in YEARS):
        return ChangeKind.DATE
    if any(letter.isdigit() for letter in word):
        return ChangeKind.NUMBER
    if word[:1].isupper() and plain not in lower:
        return ChangeKind.NAME
    return ChangeKind.WORDING


def _lower(paper: LaidOut, published: LaidOut) -> frozenset[str]:
    """Return the words that either text writes small: with a capital they are no names."""
    return frozenset(word for text in (paper, published) for word in text.written if word.islower())


def _cut(words: Sequence[str]) -> str:
    said = " ".join(words[:MOST_SHOWN_WORDS])
    return f"{said} …" if len(words) > MOST_SHOWN_WORDS else said
