"""Where each paragraph of a letter comes from in the Panel's notes, and what of them it leaves out.

A paragraph that staff change keeps its source as long as it is like what it was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from rapidfuzz import fuzz

from secretariat.domain.letter_content import LetterContent, Point
from secretariat.domain.panel import Section, Written

CONCLUSION: Final = "conclusion"
POINTS: Final = "points"
NOT_TAKEN: Final = ""
ALIKE: Final = 55.0
FEWEST_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Source:
    """One paragraph of the notes.

    line: where it begins, 0 in notes taken before lines were kept
    text: as read; part: "conclusion" or "points", "" for what the reader took for nothing
    """

    line: int
    text: str
    part: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of the draft beside its note; changed: it no longer says just what was noted.

    place: "point 2", or "point 2, below it" for what is nested; source: None without a note
    """

    place: str
    text: str
    source: Source | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """The draft beside the notes.

    unused: what the notes say for the letter and the draft does not use, in their order
    typing_errors: noted for the council and never part of a letter
    """

    rows: tuple[Row, ...] = ()
    unused: tuple[Source, ...] = ()
    typing_errors: tuple[str, ...] = ()


def beside(content: LetterContent, section: Section) -> Beside:
    """Return the draft's paragraphs, each with the note that it came from."""
    sources = sources_in(section)
    rows = tuple(_row(place, text, line, sources) for place, text, line in _pieces(content))
    used = {row.source for row in rows}
    spare = [source for source in sources if source not in used]
    spare += [
        Source(one.line, one.text, NOT_TAKEN) for one in section.written if one.part == NOT_TAKEN
    ]
    unused = tuple(sorted(spare, key=lambda source: source.line))
    return Beside(rows, unused, section.typing_errors)


def sources_in(section: Section) -> tuple[Source, ...]:
    """Return what the notes say for the letter, paragraph by paragraph, in their order."""
    lines = _padded(section.conclusion_lines, len(section.conclusion))
    found = [
        Source(line, text, CONCLUSION) for text, line in zip(section.conclusion, lines, strict=True)
    ]
    for point in section.points:
        found += [Source(line, text, POINTS) for text, line in _of_point(point)]
    starts = frozenset(source.line for source in found)
    return tuple(_as_written(source, section.written, starts) for source in found)


def with_sources(before: LetterContent, after: LetterContent) -> LetterContent:
    """Return the changed words with the lines that the words before them came from.

    A paragraph that stays has its line; one that was changed has that of what it is most
    like; one that is like nothing has none (0).
    """
    known = [(text, line) for _, text, line in _pieces(before) if line]
    if not known:
        return after
    points = tuple(
        replace(point, lines=tuple(_line_of(text, known) for text in (point.text, *point.below)))
        for point in after.points
    )
    lines = tuple(_line_of(text, known) for text in after.conclusion)
    return replace(after, conclusion_lines=lines, points=points)


def _pieces(content: LetterContent) -> Iterator[tuple[str, str, int]]:
    """Yield (place, text, line) of each paragraph that may come from the notes."""
    lines = _padded(content.conclusion_lines, len(content.conclusion))
    for at, (text, line) in enumerate(zip(content.conclusion, lines, strict=True), start=1):
        yield f"paragraph {at} of the conclusion", text, line
    for at, point in enumerate(content.points, start=1):
        (text, line), *below = _of_point(point)
        yield f"point {at}", text, line
        for nested, line in below:
            yield f"point {at}, below it", nested, line


def _of_point(point: Point) -> list[tuple[str, int]]:
    texts = (point.text, *point.below)
    return list(zip(texts, _padded(point.lines, len(texts)), strict=True))


def _padded(lines: Sequence[int], length: int) -> tuple[int, ...]:
    return (*lines, *[0] * length)[:length]


def _row(place: str, text: str, line: int, sources: Sequence[Source]) -> Row:
    source = next((one for one in sources if line and one.line == line), None)
    if source is None and not any(one.line for one in sources):
        source = _most_alike(text, sources)
    changed = source is not None and _plain(text) not in _plain(source.text)
    return Row(place, text, source, changed)


def _as_written(source: Source, written: Sequence[Written], starts: frozenset[int]) -> Source:
    """Return the source with all lines of its paragraph, as they stand in the notes."""
    if not source.line:
        return source
    here = [one for one in written if one.line >= source.line and one.part == source.part]
    rest = takewhile(lambda one: one.line not in starts, here[1:])
    lines = [*here[:1], *rest] if here and here[0].line == source.line else []
    return replace(source, text=_spaced(" ".join(one.text for one in lines))) if lines else source


def _line_of(text: str, known: Sequence[tuple[str, int]]) -> int:
    exact = next((line for words, line in known if words == text), 0)
    if exact:
        return exact
    best, line = max((_alike(text, words), line) for words, line in known)
    return line if best >= ALIKE else 0


def _most_alike(text: str, sources: Sequence[Source]) -> Source | None:
    scored = [(_alike(text, source.text), -at) for at, source in enumerate(sources)]
    best, at = max(scored, default=(0.0, 0))
    return sources[-at] if best >= ALIKE else None


def _alike(one: str, other: str) -> float:
    """Return how like two paragraphs are, 0 to 100; a half of one is like the whole."""
    whole = fuzz.ratio(one, other)
    if min(len(one.split()), len(other.split())) < FEWEST_WORDS:
        return whole
    return max(whole, 0.9 * fuzz.token_set_ratio(one, other))


def _plain(text: str) -> str:
    return _spaced(text.replace("*", ""))


def _spaced(text: str) -> str:
    return " ".join(text.split())
