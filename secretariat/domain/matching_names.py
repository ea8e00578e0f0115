"""The rules that find the place in a name as people write it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from secretariat.domain.matching_found import Certainty
from secretariat.domain.matching_index import (
    Finding,
    Index,
    Place,
    Tier,
    Words,
    distinct,
    is_acronym,
    is_known_word,
)
from secretariat.domain.matching_short import ShortForms
from secretariat.domain.matching_words import BODY, COMPASS, FILLER, LINKS, names_no_place, words

_BRACKETS: Final = re.compile(r"\(([^()]*)\)?")
_SEGMENT: Final = re.compile(r"[,;:\n\r|]| [-–—] ")
# "City & Anytown" names the City of London as well; "City and County of Anytown" does not.
_CITY_AND: Final = re.compile(r"\W*(?:the\s+)?(?:safer\s+)?city\s*(?:and|&)\s*(?!county\b)", re.I)
# "North & West Anyshire" is North Anyshire and West Anyshire.
_TWO_PARTS: Final = re.compile(
    r"\b(north|south|east|west|mid)\s*(?:and|&)\s*(north|south|east|west|mid)\s+([\w'-]+)", re.I
)
_LONGEST_TEXT: Final = 400
_LEAST_FOR_A_SLIP: Final = 6
_LONGEST_WITH_A_SLIP: Final = 60
_KINDS_OF_PLACE: Final = frozenset({"city", "royal", "metropolitan"})
_MOST_HOLDERS: Final = 12
_MOST_WORDS_FOR_SLIPS: Final = 8


@dataclass(frozen=True, slots=True)
class _Hit:
    """Words from `start` to `end` that name places, or else a police area."""

    start: int
    end: int
    places: tuple[Place, ...]
    area: str = ""
    qualified: bool = False
    partial: bool = False


class NameRules:
    """Looks names up in an index; holds the lists that slips of the pen are compared with."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._short = ShortForms(index)
        self._longest: dict[str, int] = {}
        self._begun: dict[str, list[Words]] = defaultdict(list)
        for key in (*index.named, *index.areas):
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))
        for key in index.named:
            self._begun[key[0]].append(key)
        keys = [key for key, at in index.named.items() if min(at.values()) < Tier.PART]
        self._spelt = {" ".join(key): key for key in keys}
        self._long: dict[int, list[str]] = defaultdict(list)
        for text in self._spelt:
            if len(text) >= _LEAST_FOR_A_SLIP:
                for length in range(len(text) - 2, len(text) + 3):
                    self._long[length].append(text)
        self._general = [key for key in index.named if names_no_place(key)]
        self._phrases = {f" {' '.join(key)} ": key for key in (*index.named, *index.whole)}

    def find(self, text: str) -> Finding:
        """Return what a text names; never raises, whatever the text."""
        text = text[:_LONGEST_TEXT]
        bare = _BRACKETS.sub(" ", text)
        unsure: list[Finding] = []
        parts = _TWO_PARTS.sub(r"\1 \3 and \2 \3", bare)
        for attempt in dict.fromkeys((bare, _head(bare), text, *_BRACKETS.findall(text), parts)):
            found = self._attempt(attempt)
            if found.clear and _CITY_AND.match(attempt):
                why = f"{found.why}, and a city beside it that is not named"
                found = replace(found, why=why, doubt=True)
            if found.clear:
                return found
            if found.doubt or found.places:
                unsure.append(found)
        tokens = words(bare)
        if unsure:
            return unsure[0]
        if tokens and names_no_place(tokens):
            return Finding(self._holders(tokens), "it names no place", doubt=True, open=True)
        return Finding((), "no name of the directory is in it")

    def _attempt(self, text: str) -> Finding:
        tokens = words(text)
        written = self._index.places(tokens) or distinct(self._index.whole.get(tokens, ()))
        if len(written) == 1 and not self._index.area(tokens):
            certainty = Certainty.CERTAIN
            if self._index.only_in_part(tokens):
                certainty = Certainty.LIKELY
            return Finding(written, f"it is a name of {written[0].name}", certainty)
        hits = self._hits(tokens)
        here = [hit for hit in hits if not _is_elsewhere(tokens, hit, hits)]
        if here:
            return self._weigh_hits(tokens, here)
        if hits:
            slip = self._slip(tokens)
            elsewhere = "it begins like a name of the directory but goes on otherwise"
            return slip if slip.places else Finding((), elsewhere)
        short = self._short.find(text)
        if short.places:
            return short
        for rule in (self._acronym, self._slip, self._beginning):
            found = rule(tokens)
            if found.places:
                return found
        return Finding((), "no name of the directory is in it")

    def _hits(self, tokens: Words) -> list[_Hit]:
        hits: list[_Hit] = []
        at = 0
        while at < len(tokens):
            hit = self._hit(tokens, at)
            if hit is None:
                at += 1
            else:
                hits.append(hit)
                at = hit.end
        return hits

    def _hit(self, tokens: Words, start: int) -> _Hit | None:
        longest = self._longest.get(tokens[start], 0)
        for end in range(min(len(tokens), start + longest), start, -1):
            key = tokens[start:end]
            if area := self._index.area(key):
                return _Hit(start, end, (), area)
            if self._index.places(key):
                before = tokens[start - 1] if start else ""
                return self._hit_on(tokens, _Hit(start, end, (), qualified=before in COMPASS))
        return None

    def _hit_on(self, tokens: Words, hit: _Hit) -> _Hit:
        """Return the hit with its places, mending "Kent County" for "…shire" and the reverse."""
        key = tokens[hit.start : hit.end]
        places = self._index.places(key)
        shire = self._index.places((*key[:-1], key[-1] + "shire"))
        if tokens[hit.end : hit.end + 1] == ("county",) and shire:
            return replace(hit, places=shire)
        if hit.qualified:
            short = (tokens[hit.start - 1], *key[:-1], key[-1].removesuffix("shire"))
            if found := self._index.places(short):
                return replace(hit, places=found, qualified=False)
        partial = self._index.only_in_part(key)
        return replace(hit, places=_by_kind(places, tokens), partial=partial)

    def _weigh_hits(self, tokens: Words, hits: Sequence[_Hit]) -> Finding:
        every = distinct(place for hit in hits for place in hit.places)
        if not every:
            areas = tuple(dict.fromkeys(hit.area for hit in hits))
            return Finding((), "it names a police area, not a partnership", doubt=True, areas=areas)
        beside = _beside(tokens, hits)
        hits = [hit for hit in hits if hit.places]
        name = every[0].name
        if any(hit.qualified for hit in hits):
            return Finding(every, f"it names a part of {name} that is not known", doubt=True)
        vague = [hit for hit in hits if len(hit.places) > 1]
        if vague and len(every) > 1:
            shared = " ".join(tokens[vague[0].start : vague[0].end])
            return Finding(every, f"several places are called {shared!r}")
        if len(every) > 1:
            return _of_several(hits, every)
        return self._of_one(tokens, beside, hits)

    def _of_one(self, tokens: Words, beside: Words, hits: Sequence[_Hit]) -> Finding:
        place = _joined(hits)
        strange = [word for word in beside if not is_known_word(word)]
        if not strange:
            sure = not all(hit.partial for hit in hits)
            certainty = Certainty.CERTAIN if sure else Certainty.LIKELY
            return Finding((place,), f"it names {place.name}", certainty)
        slip = self._slip(tokens)
        if slip.clear:
            return slip
        if BODY.isdisjoint(tokens):
            why = f"it names {place.name} beside words that are not known"
            return Finding((place,), why, Certainty.WEAK, doubt=True)
        return Finding((place,), f"it names {place.name}, with other words", Certainty.LIKELY)

    def _acronym(self, tokens: Words) -> Finding:
        strange = [word for word in tokens if not is_known_word(word)]
        if len(strange) != 1:
            return Finding((), "")
        places = distinct(self._index.acronyms.get(strange[0], ()))
        why = f"{strange[0].upper()} are the initials of {' or '.join(_names(places[:4]))}"
        if len(places) == 1 and is_acronym(strange[0]):
            return Finding(places, why, Certainty.LIKELY)
        return Finding(places, why, Certainty.WEAK, doubt=True)

    def _slip(self, tokens: Words) -> Finding:
        strange = tuple(word for word in tokens if word not in BODY)
        texts = [" ".join(strange)]
        if len(strange) < len(tokens) <= _MOST_WORDS_FOR_SLIPS:
            texts.extend(word for word in strange if not is_known_word(word))
        for text in dict.fromkeys(texts):
            if not _LEAST_FOR_A_SLIP <= len(text) <= _LONGEST_WITH_A_SLIP:
                continue
            alike = self._long.get(len(text), ())
            near = process.extract(text, alike, scorer=OSA.distance, score_cutoff=2, limit=8)
            if near and near[0][1] == 1:
                keys = [self._spelt[spelt] for spelt, off, _ in near if _is_near(text, spelt, off)]
                places = distinct(place for key in keys for place in self._index.places(key))
                why = f"{text!r} is one letter from {near[0][0]!r}"
                return Finding(places, why, Certainty.LIKELY)
        return Finding((), "")

    def _beginning(self, tokens: Words) -> Finding:
        """Take the words for the beginning of a name, if a body is named and only one fits."""
        core = tuple(word for word in tokens if word not in BODY and word not in FILLER)
        general = names_no_place(core)
        if not core or len(core) == len(tokens) or (general and not FILLER.isdisjoint(tokens)):
            return Finding((), "")
        fits = (key for key in self._begun.get(core[0], ()) if key[: len(core)] == core)
        places = distinct(place for key in fits for place in self._index.places(key))
        if general and len(places) > 1:
            return Finding((), "")
        why = f"{' '.join(core)!r} begins the name of {' or '.join(_names(places[:4]))}"
        return Finding(places, why, Certainty.WEAK)

    def _holders(self, tokens: Words) -> tuple[Place, ...]:
        """Return the places whose names hold these words side by side; none where most do."""
        phrase = f" {' '.join(tokens)} "
        kinds = _KINDS_OF_PLACE.intersection(tokens)
        keys = [key for spelt, key in self._phrases.items() if phrase in spelt]
        keys += [key for key in self._general if kinds.intersection(key)]
        found = distinct(
            place
            for key in keys
            for place in (*self._index.places(key), *self._index.whole.get(key, ()))
        )
        return found if len(found) <= _MOST_HOLDERS else ()


def _names(places: Sequence[Place]) -> list[str]:
    return [place.name for place in places]


def _head(text: str) -> str:
    """Return the beginning of a text, up to where a body is named; an address may follow."""
    end = 0
    for segment in _SEGMENT.split(text):
        end += len(segment) + 1
        if not BODY.isdisjoint(words(segment)):
            return text[: end - 1]
    return text


def _by_kind(places: tuple[Place, ...], tokens: Words) -> tuple[Place, ...]:
    """Leave those places whose councils are of the kind that the text says."""
    said = {"royal", "city", "borough", "district", "metropolitan"}.intersection(tokens)
    fitting = tuple(place for place in places if said and said <= place.bodies)
    return fitting if len(fitting) == 1 else places


def _is_elsewhere(tokens: Words, hit: _Hit, hits: Sequence[_Hit]) -> bool:
    """Whether the words are the beginning of another place's name, as in Bradford on Avon."""
    after = tokens[hit.end : hit.end + 2]
    if len(after) < 2 or after[0] not in LINKS or is_known_word(after[1]):
        return False
    return all(other.start != hit.end + 1 for other in hits)


def _joined(hits: Sequence[_Hit]) -> Place:
    """Return the one partnership that all hits name, with every council that they name."""
    councils = dict.fromkeys(each for hit in hits for each in hit.places[0].council_ids)
    return replace(hits[0].places[0], council_ids=tuple(councils))


def _is_near(text: str, spelt: str, off: int) -> bool:
    """Whether a slip could as well have been of this name; two letters more or less are not."""
    return off < 2 or abs(len(text) - len(spelt)) < 2


def _beside(tokens: Words, hits: Sequence[_Hit]) -> Words:
    inside = {at for hit in hits for at in range(hit.start, hit.end)}
    return tuple(word for at, word in enumerate(tokens) if at not in inside)


def _of_several(hits: Sequence[_Hit], every: tuple[Place, ...]) -> Finding:
    narrow = tuple(place for place in every if not any(place.holds(each) for each in every))
    if len(narrow) == 1:
        return Finding(narrow, f"it names {narrow[0].name} and the wider area around it")
    named = " and ".join(_names(narrow))
    together = all(one.end == two.start for one, two in pairwise(hits))
    if together:
        return Finding(narrow, f"it names {named} together", joint=True)
    return Finding(narrow, f"it names {named}")
