"""Short forms that people make of a name: "C'ville", "Safer XY", "X&YZ", "XYSCOP".

Each is a way of shortening and holds for every name of the directory.  Initials may as well
be a person's, so they count only right beside a word that says a body is meant.
"""

import re
from typing import Final

from secretariat.domain.matching_found import Certainty
from secretariat.domain.matching_index import Finding, Index, Place, Tier, distinct, is_known_word
from secretariat.domain.matching_words import BODY, listed, words

_CONTRACTED: Final = re.compile(r"\b([a-z]{1,3})['’]([a-z]{3,20})\b", re.IGNORECASE)
_GLUED: Final = re.compile(r"\b(Safer?|Stronger)(?=[A-Z])")
_AMPERSAND: Final = re.compile(r"\b([A-Z]{1,4})&([A-Z]{1,4})\b")
_INITIALS: Final = re.compile(r"\b(?:[Ss]afer?\s+([A-Z]{2,5})|([A-Z]{2,5})\s+([A-Za-z]+))\b")
# What may follow a place's initials in a short form: safer, stronger, community … board.
_BODY_INITIALS: Final = re.compile(r"(?:sa?|st|c(?:om?m?)?|d)+(?:p|b|pb)")
# A Welsh word's first letters after another word, and what they are on their own.
_MUTATED: Final = (
    ("ngh", "c"), ("mh", "p"), ("nh", "t"), ("ng", "g"), ("m", "b"), ("n", "d"), ("ch", "c"),
    ("ph", "p"), ("th", "t"), ("dd", "d"), ("g", "c"), ("b", "p"), ("d", "t"), ("f", "b"),
    ("f", "m"), ("", "g"),
)  # fmt: skip
_WELSH: Final = listed("""
    yn yng ym cyngor bwrdd partneriaeth diogelwch diogel diogelach ddiogel ddiogelach cymunedol
    """)
_LEAST_PLACE_INITIALS: Final = 3
# Beside these, initials may be those of the person who died.
_OF_PERSONS: Final = listed("""
    dhr dhrs dardr review reviews homicide death deaths report case ref adult child mr mrs ms miss
    """)


class ShortForms:
    """Looks short forms up in an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._single = {
            key[0]: key
            for key, at in index.named.items()
            if len(key) == 1 and min(at.values()) < Tier.PART
        }

    def find(self, text: str) -> Finding:
        """Return the place that a short form in the text means; no places where there is none."""
        spread = _AMPERSAND.sub(r"\1\2", _GLUED.sub(r"\1 ", text))
        strange = [word for word in words(spread) if not is_known_word(word)]
        if len(strange) != 1:
            return Finding((), "")
        for places, how in (
            (self._contracted(spread), "a contraction of"),
            (self._initials(spread, strange[0]), "the initials of"),
            (self._composed(strange[0]), "made of the initials of"),
            (self._mutated(words(spread), strange[0]), "in Welsh, after another word,"),
        ):
            if places:
                return _told(places, f"{strange[0]!r} is {how}")
        return Finding((), "")

    def _contracted(self, text: str) -> tuple[Place, ...]:
        found = _CONTRACTED.search(text)
        if found is None:
            return ()
        start, end = found[1].casefold(), found[2].casefold()
        keys = (
            key
            for word, key in self._single.items()
            if len(word) > len(start) + len(end) and word.startswith(start) and word.endswith(end)
        )
        return distinct(place for key in keys for place in self._index.places(key))

    def _initials(self, text: str, strange: str) -> tuple[Place, ...]:
        if text.isupper() or not _OF_PERSONS.isdisjoint(words(text)):
            return ()
        for found in _INITIALS.finditer(text):
            letters = (found[1] or found[2]).casefold()
            beside = (found[3] or "safer").casefold()
            if letters == strange and beside in BODY | {"domestic"}:
                return self._owners(letters)
        return ()

    def _composed(self, word: str) -> tuple[Place, ...]:
        for cut in range(len(word) - 2, _LEAST_PLACE_INITIALS - 1, -1):
            owners = self._owners(word[:cut])
            if owners and _BODY_INITIALS.fullmatch(word[cut:]):
                return owners
        return ()

    def _mutated(self, tokens: tuple[str, ...], word: str) -> tuple[Place, ...]:
        if _WELSH.isdisjoint(tokens):
            return ()
        plain = (f"{own}{word.removeprefix(put)}" for put, own in _MUTATED if word.startswith(put))
        keys = (self._single[each] for each in plain if each in self._single)
        return distinct(place for key in keys for place in self._index.places(key))

    def _owners(self, letters: str) -> tuple[Place, ...]:
        return distinct(self._index.initials.get(letters, ()))


def _told(places: tuple[Place, ...], how: str) -> Finding:
    names = " or ".join(place.name for place in places[:4])
    certainty = Certainty.LIKELY if len(places) == 1 else Certainty.WEAK
    return Finding(places, f"{how} {names}", certainty)
