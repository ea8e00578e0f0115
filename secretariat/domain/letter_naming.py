"""How a letter names those who died, the case and the partnerships that it is about.

Names are kept bare; marks are put round them once, here.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from secretariat.domain.letter_content import LetterContent, Naming
from secretariat.domain.letter_words import joined

NOT_KNOWN: Final = "…"
MARKS: Final = " \t'\"‘’‚“”„«»()"
ENDED: Final = re.compile(r"^(.*[sS])[’']$")
SHORT: Final = re.compile(r"\bCSP\b")
LONG: Final = re.compile(r"\bCommunity Safety Partnership\b(?!s)(?: \(CSP\))?", re.IGNORECASE)
EXPANDED: Final = "Community Safety Partnership (CSP)"
KIND: Final = re.compile(r"[\s,]+(community safety partnerships?|CSP)( \(CSP\))?$", re.IGNORECASE)
OWN_ARTICLE: Final = re.compile(r"the\b", re.IGNORECASE)
SAFE: Final = re.compile(r"safer?\b", re.IGNORECASE)
BODY: Final = re.compile(r"\b(partnership|board|group|CSP|executive)\b", re.IGNORECASE)

SHAPES: Final[Mapping[Naming, Callable[[str], str]]] = MappingProxyType(
    {
        Naming.IN_BRACKETS: "‘{}’".format,
        Naming.BARE: "{}".format,
        Naming.OUTSIDE: "{}".format,
        Naming.IN_RELATION: "‘{}’".format,
        Naming.NOT_NAMED: "{}".format,
    }
)


def bare(name: str) -> str:
    """Return a name without the marks or brackets that somebody put round it.

    An apostrophe that ends a bare name ("the Jones’") is dropped too: a possessive is made anew.
    """
    return " ".join(name.strip(MARKS).split())


def names_of(content: LetterContent) -> tuple[str, ...]:
    """Return the bare names of those who died, each once, in order."""
    return tuple(dict.fromkeys(filter(None, map(bare, content.pseudonyms))))


def possessive(name: str) -> str:
    """Return "Louise’s", "James’s"; one that is possessive already stays as it is.

    An s is always added, after a final s too, as most style guides for British English have it.
    """
    name = name.strip()
    if not name or name.endswith(("’s", "'s")):
        return name
    if ended := ENDED.match(name):
        name = ended[1]
    return f"{name}’s"


def deaths(content: LetterContent) -> str:
    """Return "deaths" for several names, else "death"."""
    return "deaths" if len(names_of(content)) > 1 else "death"


def whose(content: LetterContent) -> str:
    """Return whose death it is: "Laura and Ella’s", "" where nobody is named."""
    if content.naming is Naming.NOT_NAMED:
        return ""
    return possessive(joined(names_of(content)))


def named(content: LetterContent) -> str:
    """Return how the case is told from others of its area: "(DHR15)", "‘(Louise)’" or "".

    The council's own reference goes before a name in brackets; a death that the letter is
    "in relation to" is named beside it.
    """
    names, reference = names_of(content), content.local_reference.strip().strip("()")
    shown = joined([SHAPES[content.naming](name) for name in names])
    if content.naming is Naming.IN_RELATION and names:
        relation = f"in relation to the {deaths(content)} of {shown}"
        return f"({reference}) {relation}" if reference else relation
    if reference:
        return f"({reference})"
    if not names or content.naming is Naming.NOT_NAMED:
        return ""
    return f"‘({shown})’" if content.naming is Naming.OUTSIDE else f"({shown})"


def area_named(content: LetterContent) -> str:
    """Return the area as the first sentence names it; without one, the partnerships without kind.

    "…" stands for an area that is not known yet: only a draft shows it.
    """
    if content.area.strip():
        return content.area.strip()
    return _listed([_without_kind(content, name) for name in _partnerships(content)]) or NOT_KNOWN


def case_name(content: LetterContent) -> str:
    """Return the whole case: "Kent (DHR15)", "Anyshire (‘Maria’)", "Anyshire", or staff's words."""
    if content.case_words.strip():
        return content.case_words.strip()
    return " ".join(filter(None, (area_named(content), named(content))))


def bodies(content: LetterContent) -> str:
    """Return the partnerships in full, the lead first: "the Devon Community Safety Partnership …".

    "(CSP)" stands behind the first that is called so, and the others are then called CSP.  Three
    or more, of which one holds a comma or an "and", are parted by semicolons.  Without any, the
    area.
    """
    found: list[str] = []
    expanded = False
    for name in _partnerships(content):
        spelt = LONG.sub("CSP", name)
        if SHORT.search(spelt) and not expanded:
            spelt, expanded = SHORT.sub(EXPANDED, spelt, count=1), True
        found.append(_article(content, spelt))
    return _listed(found) or area_named(content)


def _partnerships(content: LetterContent) -> tuple[str, ...]:
    stripped = (" ".join(name.split()) for name in content.partnerships)
    return tuple(dict.fromkeys(filter(None, stripped)))


def _listed(names: list[str]) -> str:
    if len(names) > 2 and any(re.search(r",| and ", each) for each in names):
        return f"{'; '.join(names[:-1])}; and {names[-1]}"
    return joined(names)


def _without_kind(content: LetterContent, name: str) -> str:
    """Return the area of a CSP, which takes no article; a body of another kind as it is."""
    area = KIND.sub("", name)
    return _article(content, name) if area == name else OWN_ARTICLE.sub("", area).strip()


def _article(content: LetterContent, name: str) -> str:
    """Return the name with the letter's article, unless it has one of its own or takes none."""
    takes_none = OWN_ARTICLE.match(name) or (SAFE.match(name) and not BODY.search(name))
    return name if not content.article or takes_none else f"{content.article} {name}"
