"""Names in the text of a letter: as whole words, and with care for those that are words too.

Pseudonyms are not unique, many are ordinary words ("May", "Hope") or labels that every
review uses ("Adult A"), and praise may name an academic who happens to share one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
OWNING: Final = re.compile(r"[’'](?:s|S)$|[’']$")
LABEL: Final = re.compile(
    r"(?:adult|child|subject|victim|perpetrator|person|male|female|baby|mother|father|mrs?|ms|miss"
    r"|dr|case|dhr|name)[ .]*(?:[a-z]{1,2}|\d{1,3})?|[a-z]?|\d+",
    re.IGNORECASE,
)
WORDS_TOO: Final = frozenset(
    re.findall(
        r"\w+",
        "amber angel april art august autumn bill chance chase crystal daisy dawn dean destiny "
        "drew earl eve faith frank gale gene grace grant guy harmony heather holly hope iris ivy "
        "jade jasmine jay joy june lance lily mark may melody mercy miles misty nick norm olive "
        "pat patience pearl penny pip poppy ray rich rob robin rose rosemary ruby rusty sandy "
        "serenity skip sky star sue summer trinity victor violet will willow winter woody",
    )
)
LONGEST_NAME: Final = 4
_NAME_BEFORE: Final = re.compile(
    r"[\w,;] (?:[A-Z][\w’'-]+|[A-Z]\.?) $|\b(?:Dr|Mrs?|Ms|Miss|Prof)\.? $"
)
_QUOTED: Final = re.compile(r"[‘“(\"']+$")


def stands_in(name: str, text: str) -> bool:
    """Say whether a name stands in the text as whole words, with its capitals or in capitals."""
    whole = name.strip()
    return bool(whole) and any(_shape(each).search(text) for each in (whole, whole.upper()))


def alone_in(text: str, names: Mapping[str, object]) -> tuple[str, ...]:
    """Return those of the names that stand in the text by themselves, in its order.

    One that is part of a longer name is somebody else's; one that is an ordinary word or of two
    letters counts in quotation marks or brackets only; a label that all reviews use is nobody's.
    """
    if not names:
        return ()
    known = {_folded(name): name for name in names if not LABEL.fullmatch(name.strip())}
    return tuple(dict.fromkeys(known[key] for key in _found(text, known)))


def perhaps_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names whose first word stands in the text at all: few of many, found quickly."""
    said = words_in(text)
    return tuple(name for name in names if first_word(name) in said)


def words_in(text: str) -> frozenset[str]:
    """Return the words of a text without capitals, each once."""
    return frozenset(OWNING.sub("", word).casefold() for word in WORD.findall(text))


def first_word(name: str) -> str:
    """Return the first word of a name without capitals, "" for none."""
    return name.split(maxsplit=1)[0].casefold() if name.strip() else ""


def _found(text: str, known: Mapping[str, str]) -> Iterator[str]:
    words = [(OWNING.sub("", each[0]), each.start(), each.end()) for each in WORD.finditer(text)]
    for at in range(len(words)):
        if not words[at][0][:1].isupper():
            continue
        for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            key = " ".join(word for word, *_ in words[at : at + length]).casefold()
            if key not in known:
                continue
            before, after = text[: words[at][1]], text[words[at + length - 1][2] :]
            if _is_meant(key, before, after):
                yield key
            break


def _is_meant(key: str, before: str, after: str) -> bool:
    if _QUOTED.search(before):
        return True
    if key in WORDS_TOO or len(key) <= 2:
        return False
    return not re.match(r" [A-Z][a-z’'-]", after) and not _ends_in_a_name(before)


def _ends_in_a_name(before: str) -> bool:
    """Say whether a capitalised word inside the sentence, or a title, stands right before."""
    return bool(_NAME_BEFORE.search(before))


def _folded(name: str) -> str:
    return " ".join(WORD.findall(name)).casefold()


@lru_cache(maxsize=512)
def _shape(name: str) -> re.Pattern[str]:
    words = r"[\s\u00a0]+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<![\w-]){words}(?![\w-])")
