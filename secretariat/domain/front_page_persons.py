"""Persons as a front page names them: titles before the name, the name, letters after it."""

import re
from dataclasses import dataclass
from typing import Final

from secretariat.domain.front_page_words import (
    DEGREES,
    HONOURS,
    KEPT_TITLES,
    NOT_NAMES,
    PARTICLES,
    TITLES,
)

WORD: Final = re.compile(
    r"(?:[A-Z][a-zà-ÿ]+|[A-Z]'|Mc|Mac|O')?[A-Z][a-zà-ÿ]+(?:[-'][A-Z]?[a-zà-ÿ]+)*|[A-Z]\.?"
)
DEGREE: Final = re.compile(
    r"(?:[A-Z][A-Za-z]{0,4}\.?){1,4}(?:/[A-Z]+)?|\(?(?:Hons|Retd?|Dist)\)?\.?"
)
HEAD: Final = re.compile(r"[:;(|/]|\s[–-]\s|,|\s(?i:for|from|of|at|on)\s")
GOES_ON: Final = re.compile(
    r"(?i:\sand\s+(?=(?:the|was|is|has|it|its|this|then)\s))|\.$|\.\s+(?=The\b|This\b)"
)
RETIRED: Final = re.compile(r"\s*\((?:Rtd|Retd|Ret'd|Ret|Retired)\.?\)(?=\s+[A-Z])", re.I)
FOOTNOTE: Final = re.compile(r"(?<=[a-z])\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a page names them.

    shown: as staff write it: Dr and honours (MBE, QPM) stay, Mr, Mrs, Ms and degrees do not
    title, letters: all that stands before and after the name, apart from it
    core: the words of the name in small letters
    """

    shown: str
    title: str = ""
    letters: str = ""
    core: frozenset[str] = frozenset()


def parse_person(text: str) -> Person | None:
    """Return the person at the start of the text, None where none stands there.

    Two persons come as one: "Ann Example and Ben Sample".
    """
    text = RETIRED.sub("", text)
    head = GOES_ON.split(HEAD.split(text, maxsplit=1)[0], maxsplit=1)[0].rstrip(" ")
    for joint in (" and ", " & "):
        if joint in head:
            return _two_persons(*head.split(joint, 1))
    return _one_person(head, text[len(head) :])


def _two_persons(first: str, second: str) -> Person | None:
    one, two = parse_person(first), parse_person(second)
    if not one or not two:
        return None
    return Person(f"{one.shown} and {two.shown}", core=one.core | two.core)


def _one_person(head: str, rest: str) -> Person | None:
    """Return who is named by the words of `head`, with the letters that follow in `rest`."""
    words = [FOOTNOTE.sub("", word) for word in head.split()]
    words, titles = _without_titles(words)
    words, letters = _without_letters(words)
    letters += _letters_after(rest)
    words = _in_small_letters(words)
    if not _is_full_name(words):
        return None
    kept = [title for title in titles if title.casefold() in KEPT_TITLES]
    honours = [word for word in letters if word in HONOURS]
    core = frozenset(word.casefold() for word in words)
    return Person(" ".join([*kept, *words, *honours]), " ".join(titles), " ".join(letters), core)


def _in_small_letters(words: list[str]) -> list[str]:
    """Return a name in capitals as it is written elsewhere, another as it is."""
    if words and all(word.isupper() for word in words if len(word) > 2):
        return [_titled(word) for word in words]
    return words


def _without_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """Take titles off the front; return (the rest, the titles)."""
    titles: list[str] = []
    if (
        len(words) > 2
        and words[0].casefold() == "the"
        and words[1].rstrip(".").casefold() in TITLES
    ):
        words = words[1:]
    while words and (title := words[0].rstrip(".")).casefold() in TITLES:
        words = words[1:]
        titles.append(title)
    return words, titles


def _without_letters(words: list[str]) -> tuple[list[str], list[str]]:
    """Take post-nominal letters off the end; return (the rest, the letters in their order)."""
    letters: list[str] = []
    shouted = all(word.isupper() for word in words)
    while len(words) > 2 and _is_post_nominal(words[-1], shouted=shouted):
        letters = [_letter(words[-1]), *letters]
        words = words[:-1]
    return words, letters


def _letter(word: str) -> str:
    plain = word.strip(".,")
    return plain if plain in HONOURS else word.strip(",")


def _letters_after(rest: str) -> list[str]:
    """Return the letters in the parts after a comma: ", QPM, LLB, BA"."""
    letters: list[str] = []
    for part in rest.split(",")[1:] if rest.startswith(",") else ():
        words = part.split()
        if not words or len(words) > 4:
            break
        if not all(_is_post_nominal(word, shouted=False) for word in words):
            break
        letters += map(_letter, words)
    return letters


def _is_post_nominal(word: str, *, shouted: bool) -> bool:
    if word.strip(".") in HONOURS or word.replace(".", "").casefold() in DEGREES:
        return True
    capitals = sum(letter.isupper() for letter in word)
    return (
        not shouted
        and capitals > 1
        and "-" not in word
        and bool(DEGREE.fullmatch(word))
        and (word.isupper() or "." in word or not WORD.fullmatch(word))
    )


def _is_full_name(words: list[str]) -> bool:
    if not 2 <= len(words) <= 4 or len(words[-1].strip(".")) < 2 or words[0] in PARTICLES:
        return False
    if any(word.casefold() in NOT_NAMES for word in words):
        return False
    return all(WORD.fullmatch(word) or word in PARTICLES for word in words)


def _titled(word: str) -> str:
    titled = word.title() if len(word.strip(".")) > 1 else word
    return re.sub(r"^(Mc)([a-z])", lambda found: found[1] + found[2].upper(), titled)
