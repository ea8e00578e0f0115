"""Titles and labels after which those who died are named without a mark: "Review: Imogen"."""

import re
from collections.abc import Iterator
from typing import Final

from secretariat.domain.front_page_given import GIVEN_NAMES
from secretariat.domain.front_page_words import (
    ENDS_A_NAME,
    NO_PERSON,
    NOBODY,
    NOT_NAMES,
    PLACES,
)

LABEL: Final = re.compile(r"^(?:the\s+)?(?:victims?|deceased|pseudonyms?|ffugenw)\s+[–-]\s+", re.I)
TITLES: Final = (
    re.compile(r"\b(?:review|report|summary)(?:\s*\([A-Z]{2,6}\))?(?:\s*:|\s+[–-])\s+", re.I),
    re.compile(
        r"(?:^|\breview\s|\breport\s|\bsummary\s)(?:regarding|concerning|re\s*:|relating\s+to"
        r"|in\s+(?:respect\s+of|relation\s+to))\s+",
        re.I,
    ),
    re.compile(r"(?:^|[:–-]\s+|\breview\s)(?:in\s+)?(?:the\s+)?case\s+of\s+", re.I),
    re.compile(r"^(?P<place>[A-Z][\w'-]+)(?:\s*:|\s+[–-])\s+(?=['\"])"),
)
DIED: Final = re.compile(
    r"\(?\s*(?:who\s+)?(?:sadly\s+)?(?:was\s+)?(?:died|murdered|killed|took\s+h"
    r"|date\s+of\s+(?:the\s+)?death|dyddiad\s+marwolaeth)(?!\w)",
    re.I,
)
NAMES_BODIES: Final = re.compile(r"\b(?:partnerships?|council|csp|board|group|safer?)\b", re.I)
NEVER: Final = PLACES | NOT_NAMES | NOBODY | ENDS_A_NAME | NO_PERSON


def leads(text: str, after: str) -> Iterator[tuple[int, bool]]:
    """Go through where names may begin, and whether any word there is a name.

    after: the next statement, that may say that the person died
    """
    if match := LABEL.match(text):
        yield match.end(), True
    for pattern in TITLES:
        for match in pattern.finditer(text):
            if "place" not in match.groupdict() or match["place"].casefold() in PLACES:
                said = DIED.match(after)
                labelled = said is not None and after[said.end() :].lstrip().startswith((":", "–"))
                yield match.end(), said is not None and not (labelled and pattern is TITLES[0])


def is_given(word: str) -> bool:
    """Say whether a word is known as a given name."""
    return word.casefold() in GIVEN_NAMES


def may_name(word: str, taken: frozenset[str]) -> bool:
    """Say whether a word may be a name: no place, no word of a title, none of a body's name."""
    return word.casefold() not in NEVER | taken


def words_of_bodies(texts: Iterator[str]) -> frozenset[str]:
    """Return the words of the statements that name a partnership or a council."""
    bodies = (text for text in texts if NAMES_BODIES.search(text))
    return frozenset(word.casefold() for text in bodies for word in re.findall(r"[\w'-]+", text))
