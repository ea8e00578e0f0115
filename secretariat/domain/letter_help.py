"""Help with the wording of a letter: advice that a person takes or leaves.

Nothing here changes a word by itself.  Spelling is asked of a dictionary through a port;
names of the case, names inside a sentence and acronyms are never asked for.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from secretariat.domain.letter_content import Addressee, LetterContent, Point

WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
SKIPPED: Final = re.compile(r"\S*[@/\\]\S*|\bwww\.\S+|\S*\d\S*")
OWNING: Final = re.compile(r"[’']s?$")
IZE: Final = re.compile(r"^(\w{2,}?)iz(e|es|ed|er|ers|ing|ation|ations|ational)$")
NO_IZE: Final = frozenset(
    {"prize", "prizes", "prized", "size", "sizes", "sized", "seize", "seized"}
)
ENDING: Final = re.compile(r"[\s.;:,]+$")
CLOSED: Final = ("?", "!")
ETC: Final = re.compile(r"\b(?:etc|e\.g|i\.e)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HouseWords:
    """The secretariat's own word list.

    known: right in letters though no dictionary has them; instead: what is written for what
    """

    known: frozenset[str] = frozenset()
    instead: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hint:
    """One piece of advice: where, which words, and what could stand instead (may be nothing)."""

    place: str
    words: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stock:
    """A stock paragraph; name: of its file; topics: words that call for it.

    point: it is meant as a point; otherwise as a paragraph of the conclusion
    """

    name: str
    title: str
    topics: tuple[str, ...]
    text: str
    point: bool = True


@dataclass(frozen=True, slots=True)
class Help:
    """All advice on one letter; off: why spelling is not checked, "" when it is."""

    off: str = ""
    spelling: tuple[Hint, ...] = ()
    style: tuple[Hint, ...] = ()
    endings: tuple[Hint, ...] = ()
    stock: tuple[Stock, ...] = ()


def strange_words(
    content: LetterContent, house: HouseWords, knows: Callable[[str], bool]
) -> tuple[Hint, ...]:
    """Return the words that neither the dictionary nor the house knows, each once."""
    names = _names_in(content)
    known = {word.casefold() for word in house.known}
    found: dict[str, Hint] = {}
    for place, text in _texts(content):
        for word in _words(text):
            bare = OWNING.sub("", word)
            if bare.casefold() in known or bare in names or bare in found:
                continue
            if hint := _judged(place, bare, knows):
                found[bare] = hint
    return tuple(found.values())


def house_style(content: LetterContent, house: HouseWords) -> tuple[Hint, ...]:
    """Return where the letter says what the house says otherwise."""
    return tuple(
        Hint(place, hit[0], (instead,))
        for place, text in _texts(content)
        for words, instead in house.instead.items()
        for hit in [re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)]
        if hit
    )


def uneven(content: LetterContent) -> tuple[Hint, ...]:
    """Return the points that end otherwise than with ";", the last with a full stop."""
    return tuple(
        Hint(place, _ending(now), (_ending(then),))
        for (place, now), (_, then) in zip(
            _endings(content.points), _endings(evened(content.points)), strict=True
        )
        if now != then
    )


def evened(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return the points with even endings: ";" after each, ":" over what is below, "." at the end.

    A question or an exclamation keeps its own mark; nothing but the ending is touched.
    """
    last = len(points) - 1
    return tuple(_evened(point, end="." if at == last else ";") for at, point in enumerate(points))


def fitting(stock: Iterable[Stock], texts: Iterable[str]) -> tuple[Stock, ...]:
    """Return the stock paragraphs, those first whose topics stand in the texts."""
    said = " ".join(texts).casefold()
    every = tuple(stock)
    called = [one for one in every if any(topic.casefold() in said for topic in one.topics)]
    return (*called, *(one for one in every if one not in called))


def stock_from(name: str, text: str) -> Stock | None:
    """Return the stock paragraph of a file, None where it holds none.

    It begins with "# Title"; lines "Topics: a, b" and "As: point" or "As: conclusion" may
    follow; lines that begin with ">" are remarks; the rest is the paragraph.
    """
    title, point = "", True
    topics: tuple[str, ...] = ()
    words: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        label, _, said = line.partition(":")
        match label.lower():
            case _ if line.startswith("# "):
                title = line.removeprefix("# ").strip()
            case _ if line.startswith(">") or not line:
                continue
            case "topics":
                topics = tuple(word.strip() for word in said.split(",") if word.strip())
            case "as":
                point = said.strip().lower() != "conclusion"
            case _:
                words.append(line)
    return Stock(name, title or name, topics, " ".join(words), point) if words else None


def _texts(content: LetterContent) -> Iterator[tuple[str, str]]:
    for at, text in enumerate(content.conclusion, start=1):
        yield f"paragraph {at} of the conclusion", text
    for at, point in enumerate(content.points, start=1):
        for text in filter(None, (point.label, point.lead_in, point.text, *point.below)):
            yield f"point {at}", text


def _words(text: str) -> Iterator[str]:
    """Yield the words that a dictionary is asked for: no acronym, no name inside a sentence."""
    plain = SKIPPED.sub(" ", text)
    for hit in WORD.finditer(plain):
        word, before = hit[0], plain[: hit.start()].rstrip(" ‘“'\"(")
        begins = not before or before[-1] in ".?!:;•"
        if len(word) < 3 or any(letter.isupper() for letter in word[1:]):
            continue
        if word[0].isupper() and not begins:
            continue
        yield word


def _judged(place: str, word: str, knows: Callable[[str], bool]) -> Hint | None:
    """Return advice on one word; "-ize" gives way to "-ise", which government writes."""
    if not knows(word):
        return Hint(place, word)
    hit = IZE.match(word)
    if hit and word.casefold() not in NO_IZE and knows(other := f"{hit[1]}is{hit[2]}"):
        return Hint(place, word, (other,))
    return None


def _names_in(content: LetterContent) -> frozenset[str]:
    people = (content.addressee, *content.others)
    said = [words for one in people for words in _of_addressee(one)]
    said += [content.area, content.case_words, content.local_reference, content.head.signatory]
    said += [*content.pseudonyms, *content.partnerships, *content.copy_offices]
    return frozenset(word for words in said for word in WORD.findall(words))


def _of_addressee(one: Addressee) -> tuple[str, ...]:
    return (one.first, one.last, one.postnominals, one.organisation, *one.address_lines)


def _evened(point: Point, *, end: str) -> Point:
    if not point.below:
        return replace(point, text=_ended(point.text, end))
    *most, last = point.below
    below = (*(_ended(text, ";") for text in most), _ended(last, end))
    return replace(point, text=_led_over(point.text), below=below)


def _led_over(text: str) -> str:
    """Return the text over nested points: a colon stays or takes a comma's or semicolon's place.

    A full sentence may lead over to them with its full stop.
    """
    return text if text.rstrip().endswith((".", ":", *CLOSED)) else _ended(text, ":")


def _ended(text: str, end: str) -> str:
    bare = ENDING.sub("", text)
    if not bare or bare.endswith(CLOSED):
        return text
    if ETC.search(bare):
        return f"{bare}." if end == "." else f"{bare}.{end}"
    return f"{bare}{end}"


def _ending(text: str) -> str:
    """Return the last three words, so that a person sees which ending is meant."""
    words = text.split()
    return " ".join((("…",) if len(words) > 3 else ()) + tuple(words[-3:]))


def _endings(points: tuple[Point, ...]) -> Iterator[tuple[str, str]]:
    for at, point in enumerate(points, start=1):
        yield f"point {at}", point.text
        for text in point.below:
            yield f"point {at}, below it", text
