"""How like two texts are, and whether a letter of ours stands in a text.

Measured on simulated variants of one 102-page report: runs of five words cannot tell a
poor scan from an old draft, likeness letter by letter can; a score alone takes another
council's letter for ours, so what tells letters apart must stand where it was found.
Letter-by-letter likeness is quadratic; so the texts are aligned on what occurs once in
both, and only what lies between is compared.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

RUN: Final = 5
SHORT_RUN: Final = 3
MISS: Final = 0.25
MOST_WORDS: Final = 200_000
MOST_WORDS_LOOSELY: Final = 60_000
LARGEST_GAP: Final = 6 * 10**9
BLOCK: Final = 120
OPENING: Final = 12
LETTER_TRIES: Final = 5
TAKEN_OUT: Final = "_"
LETTER_ROOM: Final = 20
LONG_WORD: Final = 6
LONG_WORD_LIKENESS: Final = 0.85
_WORD: Final = re.compile(r"[a-z0-9]+")
ORDINAL: Final = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
LINE_END: Final = re.compile(r"(?<=\w)[\u2010\u2011-][ \t]*\r?\n\s*(?=\w)")
UNSEEN: Final = re.compile(r"\x02(?:[ \t]*\r?\n[ \t]*)?|\xad(?:[ \t]*\r?\n[ \t]*)?|['’`]")
_MISREAD: Final = str.maketrans("olisb", "01158")


COMMON_TO_AREAS: Final = frozenset(
    re.findall(
        r"\w+",
        "a and borough city community council county csp district for of on partnership royal "
        "safer safety the",
    )
)
Words = list[str]
Ways = tuple[tuple[str, ...], ...]


class Sameness(StrEnum):
    """What a likeness means."""

    SAME = "the same text"
    DIFFERING = "the same text with differences"
    UNSURE = "a person must say"
    ANOTHER = "another text"


@dataclass(frozen=True, slots=True)
class LikenessPolicy:
    """Where the borders lie, 0 to 1; the letter's score is 0 to 100.

    shared: of the paper's runs of five words, this share makes it the same text
    alike: likeness letter by letter from which it is the same text with differences
    unlike: below it, it is another text; between the two a person says
    unchanged: the share of runs from which the text is untouched
    letter: the score from which a letter may be ours
    """

    shared: float = 0.97
    alike: float = 0.94
    unlike: float = 0.60
    unchanged: float = 0.999
    letter: float = 90.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a published text is like a registered paper.

    value: 0 to 1, letter by letter where runs of words did not settle it
    shared: 0 to 1, the share of the paper's runs of five words that it holds
    untouched: the stretch that holds the paper is the paper, word for word
    """

    sameness: Sameness
    value: float
    shared: float
    untouched: bool = False


@dataclass(frozen=True, slots=True)
class LetterMarks:
    """What tells one letter of ours from the next; what is empty is not asked for.

    cases: the local reference and the pseudonyms; one of them must be there
    """

    area: str = ""
    cases: tuple[str, ...] = ()
    meeting_date: date | None = None


@dataclass(frozen=True, slots=True)
class LetterSearch:
    """Whether the letter was found.

    score: of the best place, 0 to 100; 0 where nothing comes near
    rest: the words of the text without the letter
    at: the words from which to before which it stands in the text, (0, 0) where it was not found
    strange: where letters like it stand that are not ours
    """

    found: bool
    score: float
    why: str
    rest: tuple[str, ...]
    at: tuple[int, int] = (0, 0)
    strange: tuple[tuple[int, int], ...] = ()


def words_of(text: str) -> Words:
    """Return the words without case, accents, apostrophes, ordinal endings or broken lines."""
    plain = LINE_END.sub("", UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _WORD.findall(ORDINAL.sub("", plain.casefold()))


def likeness(paper: Words, published: Words, policy: LikenessPolicy) -> Likeness | None:
    """Say how the published words are like the registered paper's; None where one has none."""
    ours, theirs = paper[:MOST_WORDS], published[: 2 * MOST_WORDS]
    if len(ours) < RUN or not theirs:
        return None
    known = set(_runs(ours))
    shared = len(known.intersection(_runs(theirs))) / len(known)
    if shared >= policy.shared:
        untouched = shared >= policy.unchanged and _holds(theirs, ours)
        return Likeness(Sameness.SAME, shared, shared, untouched)
    value = _alike(ours, _stretch(ours, theirs))
    if value >= policy.alike:
        return Likeness(Sameness.DIFFERING, value, shared)
    if value >= policy.unlike:
        return Likeness(Sameness.UNSURE, value, shared)
    return Likeness(Sameness.ANOTHER, value, shared)


def gone_from(paper: str, published: Words, *, most: int = 5) -> tuple[str, ...]:
    """Return how the first `most` stretches of the paper begin that are not in the other text."""
    there = set(_runs(published, SHORT_RUN))
    written = paper.split()
    gone: list[str] = []
    for start in range(0, len(written), BLOCK):
        block = written[start : start + BLOCK]
        runs = set(_runs(words_of(" ".join(block)), SHORT_RUN))
        if len(runs & there) < len(runs) / 2:
            gone.append(" ".join(block[:OPENING]))
        if len(gone) == most:
            break
    return tuple(gone)


def find_letter(
    letter: Words, text: Words, marks: LetterMarks, policy: LikenessPolicy
) -> LetterSearch:
    """Look for our letter in a text; it must be like it and bear its own marks."""
    body = _body(letter)
    wanted, left = " ".join(body), list(text)
    asked = _asked(marks, body)
    best, why = 0.0, "nothing like the letter stands there"
    strangers: list[tuple[int, int]] = []
    for _ in range(LETTER_TRIES if wanted else 0):
        place = " ".join(left)
        score, first, last = _closest(wanted, place, policy.letter)
        best = max(best, score)
        if score < policy.letter:
            break
        start, end = place.count(" ", 0, first), place.count(" ", 0, last) + 1
        window = place[max(0, first - LETTER_ROOM) : last + LETTER_ROOM].split()
        strange = [name for name, ways in asked if not _bears_one(window, ways)]
        if not strange and (asked or _holds(window, body)):
            rest = tuple(word for word in (*left[:start], *left[end:]) if word != TAKEN_OUT)
            told = "the letter stands there"
            return LetterSearch(True, score, told, rest, (start, end), tuple(strangers))
        told = " and ".join(strange) or "wording"
        why = f"a letter stands there, but with another {told}"
        strangers.append((start, end))
        left[start:end] = [TAKEN_OUT] * (end - start)
    return LetterSearch(False, best, why, tuple(text), strange=tuple(strangers))


def bears(words: Words, mark: str) -> bool:
    """Say whether a mark (name, number or date) stands among `words`.

    Numbers and short words must agree, save that a scan reads o for 0 and l for 1;
    in a long word a letter may be misread.
    """
    parts = words_of(mark)
    span = len(parts)
    return bool(parts) and any(
        all(map(_same_word, parts, words[at : at + span])) for at in range(len(words) - span + 1)
    )


def _runs(words: Words, length: int = RUN) -> list[int]:
    return [hash(tuple(words[at : at + length])) for at in range(len(words) - length + 1)]


def _holds(theirs: Words, ours: Words) -> bool:
    return f" {' '.join(ours)} " in f" {' '.join(theirs)} "


def _stretch(ours: Words, theirs: Words) -> Words:
    """Return the stretch of `theirs` in which runs of ours lie densest.

    What a council binds in with a report (annexes, the menu of its page) is left out.
    """
    known = set(_runs(ours, SHORT_RUN))
    best, ends, total, start = 0.0, (0, len(theirs)), 0.0, 0
    for at, run in enumerate(_runs(theirs, SHORT_RUN)):
        total += 1.0 if run in known else -MISS
        if total <= 0:
            total, start = 0.0, at + 1
        elif total > best:
            best, ends = total, (start, at + SHORT_RUN)
    return theirs[ends[0] : ends[1]][: 2 * MOST_WORDS]


def _alike(ours: Words, theirs: Words) -> float:
    """Return the likeness letter by letter, 0 to 1, at most a little too low."""
    in_common = at_ours = at_theirs = 0
    for run_ours, run_theirs in (*anchors(ours, theirs), (len(ours), len(theirs))):
        overlap = max(at_ours - run_ours, at_theirs - run_theirs, 0)
        length = RUN - overlap if run_ours < len(ours) else 0
        if overlap >= RUN:
            continue
        here, there = run_ours + overlap, run_theirs + overlap
        in_common += _alike_in_order(ours[at_ours:here], theirs[at_theirs:there])
        in_common += _letters(ours[here : here + length])
        at_ours, at_theirs = here + length, there + length
    return 2 * in_common / (_letters(ours) + _letters(theirs))


def anchors(ours: Words, theirs: Words) -> list[tuple[int, int]]:
    """Return where runs that occur once in both stand, as many as follow in the same order."""
    there = _once(theirs)
    pairs = [(at, there[run]) for run, at in _once(ours).items() if run in there]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        rank = bisect_left(tails, place)
        before.append(ends[rank - 1] if rank else -1)
        tails[rank : rank + 1] = [place]
        ends[rank : rank + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _once(words: Words) -> dict[int, int]:
    """Return the runs that occur once, with their place, in order."""
    first: dict[int, int] = {}
    again: set[int] = set()
    for at, run in enumerate(_runs(words)):
        if first.setdefault(run, at) != at:
            again.add(run)
    return {run: at for run, at in first.items() if run not in again}


def _alike_in_order(ours: Words, theirs: Words) -> int:
    """Return how many letters two stretches have in common, in order."""
    if not ours or not theirs:
        return 0
    if _letters(ours) * _letters(theirs) <= LARGEST_GAP:
        return int(LCSseq.similarity(" ".join((*ours, "")), " ".join((*theirs, ""))))
    some = ours[:MOST_WORDS_LOOSELY]
    share = LCSseq.similarity(some, theirs[:MOST_WORDS_LOOSELY]) / len(some)
    return min(int(share * _letters(ours)), _letters(theirs))


def _letters(words: Words) -> int:
    return sum(map(len, words)) + len(words)


def _body(letter: Words) -> Words:
    """Return the letter without its head and signature, which councils black out."""
    start = letter.index("dear") if "dear" in letter else 0
    ends = [at for at, word in enumerate(letter) if word in ("sincerely", "faithfully")]
    return letter[start : ends[-1] + 1 if ends and ends[-1] > start else None]


def _asked(marks: LetterMarks, letter: Words) -> list[tuple[str, Ways]]:
    """Return the marks that the letter itself bears, each with the ways to write it."""
    met = marks.meeting_date
    day: Ways = ((f"{met.day} {met:%B %Y}",),) if met else ()
    area = tuple(word for word in words_of(marks.area) if word not in COMMON_TO_AREAS)
    cases = tuple((case,) for case in marks.cases if case)
    every = (("partnership", (area,) if area else ()), ("case", cases), ("meeting date", day))
    borne = ((name, tuple(w for w in ways if _bears_one(letter, (w,)))) for name, ways in every)
    return [(name, ways) for name, ways in borne if ways]


def _bears_one(words: Words, ways: Ways) -> bool:
    return any(all(bears(words, part) for part in way) for way in ways)


def _closest(wanted: str, place: str, least: float) -> tuple[float, int, int]:
    """Return the score of the place that is most like `wanted` (0 below `least`), and its ends."""
    if len(place) <= len(wanted):
        return fuzz.ratio(wanted, place, score_cutoff=least), 0, len(place)
    found = fuzz.partial_ratio_alignment(wanted, place, score_cutoff=least)
    return (found.score, found.dest_start, found.dest_end) if found else (0.0, 0, 0)


def _same_word(mark: str, word: str) -> bool:
    if mark == word:
        return True
    if any(letter.isdigit() for letter in mark):
        return mark.translate(_MISREAD) == word.translate(_MISREAD)
    return len(mark) >= LONG_WORD and (
        Indel.normalized_similarity(mark, word) >= LONG_WORD_LIKENESS
    )
