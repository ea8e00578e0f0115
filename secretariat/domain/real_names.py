"""Real names in the text of a letter, however they are written there.

Case, accents, spaces, the shape of an apostrophe or a hyphen, signs that are not seen and an
owner's 's do not hide a name, and neither does the surname before a comma.  All its words must
stand side by side: of a full name, one word alone is not looked for.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.domain.letter_names import WORDS_TOO

APOSTROPHES: Final = dict.fromkeys(map(ord, "’‘‛ʼʹ′´`＇"), "'")
HYPHENS: Final = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
MIDDLE_DOT: Final = {ord("·"): ""}
WITH_STROKES: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "þ": "th", "æ": "ae", "œ": "oe"}
)
WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
OWNING: Final = re.compile(r"'s$")
BETWEEN: Final = re.compile(r"[\s,'-]*")
AFTER_INITIAL: Final = re.compile(r"\.?[\s,'-]*")
LONGEST_INITIAL: Final = 2
_UNSEEN: Final = ("M", "Cf")


@dataclass(frozen=True, slots=True)
class _Said:
    """One word of a text.

    key: without case, accents, apostrophes and an owner's 's
    capital: it does not begin with a small letter
    beside: nothing but spaces, commas, hyphens or apostrophes stand between it and the word before
    """

    key: str
    capital: bool
    beside: bool


def names_in(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return those of the names that stand in the text, in the order of the names.

    A name of one word, or of words that are all ordinary ones ("Will", "Grace May"), counts
    where it has capitals; any other in whatever case.
    """
    said = _words(text)
    return tuple(name for name in names if _stands(_keys(name), said))


def likeness_of(name: str) -> tuple[str, ...]:
    """Return what two ways of writing one name share; () for a text without words."""
    return min(_orders(_keys(name)), default=())


def _stands(name: tuple[str, ...], said: Sequence[_Said]) -> bool:
    orders = set(_orders(name))
    capitals = len(name) == 1 or all(key in WORDS_TOO for key in name)
    return any(
        tuple(word.key for word in each) in orders
        and all(word.beside for word in each[1:])
        and (not capitals or all(word.capital for word in each))
        for at, first in enumerate(said)
        if first.key in name
        for each in (said[at : at + len(name)],)
    )


def _orders(keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the words in every order in which a surname may stand before the rest."""
    return [keys[at:] + keys[:at] for at in range(len(keys))]


def _keys(name: str) -> tuple[str, ...]:
    return tuple(word.key for word in _words(name))


def _words(text: str) -> tuple[_Said, ...]:
    plain = _plain(text)
    found: list[_Said] = []
    end = 0
    for each in WORD.finditer(plain):
        before = found[-1].key if found else ""
        gap = AFTER_INITIAL if 0 < len(before) <= LONGEST_INITIAL else BETWEEN
        beside = gap.fullmatch(plain[end : each.start()]) is not None
        key = OWNING.sub("", _folded(each[0])).replace("'", "")
        found.append(_Said(key, not each[0][0].islower(), beside))
        end = each.end()
    return tuple(found)


def _folded(word: str) -> str:
    """Return the word without case and strokes: capitals first, or ı would not be the i of I."""
    return word.upper().casefold().translate(WITH_STROKES)


def _plain(text: str) -> str:
    """Return the text with one shape of each sign, without accents and what nobody sees."""
    taken_apart = unicodedata.normalize("NFKD", text.translate(APOSTROPHES | HYPHENS))
    seen = (sign for sign in taken_apart if not unicodedata.category(sign).startswith(_UNSEEN))
    return "".join(seen).translate(APOSTROPHES | HYPHENS | MIDDLE_DOT)
