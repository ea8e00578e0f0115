"""How names of partnerships and councils are cut into words that can be compared.

The lists hold general language of the field only.  A name of one place never belongs
here: names are the directory's.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def listed(text: str) -> frozenset[str]:
    """Return the words of a list that is written as running text."""
    return frozenset(text.split())


# Words that say a body is meant, and of what kind, in English and Welsh.
BODY: Final = listed("""
    safe safer stronger community communities safety partnership partnerships csp council
    councils borough district county city unitary metropolitan royal authority authorities
    board group responsible strategic corporation cyngor bwrdeistref sirol dinas partneriaeth
    diogelwch diogel ddiogel diogelach ddiogelach cymunedol cymuned cymunedau bwrdd cc cyc ua
    psb bgc sscb sab lsp
    """)
# Words that name no place and tell nothing about which place is meant.
FILLER: Final = listed("""
    of for in on behalf against together be keeping keep local public services service police
    crime reduction disorder drugs drug wellbeing well being leadership executive joint delivery
    former formerly legacy previously team office unit domestic abuse violence homicide review
    reviews dhr dhrs overview report summary safeguarding adults adult children sustainable
    cohesive resilient cleaner healthier neighbourhood neighbourhoods forum one our your
    committee commissioned by chair from town hall civic centre house street road great
    britain england wales london uk gov pan area areas region regional dasv
    yn yng ym ymchwiliad lleol gwasanaethau cyhoeddus a ac
    """)
COMPASS: Final = listed("north south east west mid central inner outer upper lower greater")
# A place followed by one of these and a strange word is another place ("Bradford on Avon").
LINKS: Final = listed("on upon under in le by next ar")
# Left out altogether, so that "A & B" and "A and B" are the same words.
_DROPPED: Final = listed("and the of")

# Counties as the Post Office's list of postal counties shortened them, and other short forms.
_ABBREVIATED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "beds": ("bedfordshire",),
        "berks": ("berkshire",),
        "bucks": ("buckinghamshire",),
        "cambs": ("cambridgeshire",),
        "carms": ("carmarthenshire",),
        "ches": ("cheshire",),
        "derbys": ("derbyshire",),
        "glos": ("gloucestershire",),
        "gloucs": ("gloucestershire",),
        "hants": ("hampshire",),
        "herts": ("hertfordshire",),
        "lancs": ("lancashire",),
        "leics": ("leicestershire",),
        "lincs": ("lincolnshire",),
        "northants": ("northamptonshire",),
        "northd": ("northumberland",),
        "notts": ("nottinghamshire",),
        "oxon": ("oxfordshire",),
        "pembs": ("pembrokeshire",),
        "salop": ("shropshire",),
        "staffs": ("staffordshire",),
        "warks": ("warwickshire",),
        "wilts": ("wiltshire",),
        "worcs": ("worcestershire",),
        "yorks": ("yorkshire",),
        "dc": ("district",),
        "bc": ("borough",),
        "lb": ("borough",),
        "lbc": ("borough",),
        "rb": ("royal", "borough"),
        "cbc": ("county", "borough"),
        "mbc": ("metropolitan", "borough"),
        "mdc": ("metropolitan", "district"),
        "gt": ("great",),
        "saint": ("st",),
        "upon": ("on",),
        "n": ("north",),
        "e": ("east",),
        "s": ("south",),
        "w": ("west",),
        "ne": ("north", "east"),
        "nw": ("north", "west"),
        "se": ("south", "east"),
        "sw": ("south", "west"),
        "western": ("west",),
        "northern": ("north",),
        "southern": ("south",),
        "eastern": ("east",),
    }
)
_APOSTROPHES: Final = re.compile(r"['’‘`´]")
_WORD: Final = re.compile(r"[a-z0-9]+")


def words(text: str) -> tuple[str, ...]:
    """Return a name's words in plain lower-case letters, short forms of counties spelt out."""
    plain = text.lower() if text.isascii() else _plain(text)
    found = _WORD.findall(_APOSTROPHES.sub("", plain))
    return tuple(
        word for each in found if each not in _DROPPED for word in _ABBREVIATED.get(each, (each,))
    )


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def initials_of(name: str) -> frozenset[str]:
    """Return a name's initials with and without its "and"; none for a name of one word."""
    spoken = _WORD.findall(name.replace("&", " and ").casefold())
    spoken = [word for word in spoken if word not in {"the", "of"}]
    while spoken and spoken[0] in BODY:
        spoken.pop(0)
    while spoken and spoken[-1] in BODY:
        spoken.pop()
    bare = [word for word in spoken if word != "and"]
    if len(bare) < 2 or names_no_place(tuple(bare)):
        return frozenset()
    return frozenset("".join(word[0] for word in each) for each in (spoken, bare))


def names_no_place(tokens: tuple[str, ...]) -> bool:
    """Whether every word is general language, so that any place could be meant."""
    return all(word in BODY or word in FILLER or word in COMPASS for word in tokens)


def without_body_words(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with those at either end taken off that only say what kind of body it is."""
    start, end = 0, len(tokens)
    while start < end and tokens[start] in BODY:
        start += 1
    while end > start and tokens[end - 1] in BODY:
        end -= 1
    return tokens[start:end]
