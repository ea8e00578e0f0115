"""What in a paper's text looks like a real person's name or details.  Advice, never a clearance.

Nothing found is quoted: the sentences say where to look.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.page_numbers import named
from secretariat.domain.personal_marks import gives_birth, gives_details

LONGEST_PAGE: Final = 100_000
MOST_NAMES: Final = 40
NEAR: Final = 40
"""Characters around a name within which an office or a title makes it an official's."""
WORD: Final = r"[A-Z][a-z’'-]*[a-z](?:[A-Z][a-z]+)?"
FULL_NAME: Final = rf"{WORD}(?:\s+{WORD}){{1,3}}"
REAL: Final = re.compile(
    rf"\b[Rr]eal\s+names?\s*(?:(?:is|was|being|are|were)\b|[,:–—-])?\s*[\"'‘“]?(?P<name>{FULL_NAME}|{WORD})"
)
SAID_NOT: Final = re.compile(r"\b(?:not|n[’']t|no|without|never|instead of)\b[^.;)]{0,30}$", re.I)
KNOWN_AS: Final = re.compile(
    rf"\b(?P<name>{FULL_NAME})\s*[,(]?\s*(?:\(?\s*(?:is|was|hereafter|hereinafter|who\s+is|who\s+will\s+be"
    r"|to\s+be|also)?\s*(?:known|referred\s+to)(?:\s+\w+){0,5}?\s+as|hereafter|hereinafter"
    r"|given\s+the\s+pseudonym|pseudonym)\W{0,4}(?P<other>[A-Z][\w’'-]*(?:\s+[A-Z0-9][\w’'-]*)?)"
)
BORN_AS: Final = re.compile(
    rf"\b(?:n[ée]e|maiden\s+name(?:\s+(?:was|is))?|birth\s+name(?:\s+(?:was|is))?)\W{{1,4}}{WORD}"
)
LABELLED: Final = re.compile(
    r"\b(?:[Ff]ull\s+name|[Nn]ame\s+of\s+(?:the\s+)?(?:victim|deceased|perpetrator|child)"
    rf"|(?:[Vv]ictim|[Dd]eceased|[Pp]erpetrator)[’']s\s+name)(?:\s+(?:is|was))?\s*[:–-]?\s*(?P<name>{FULL_NAME})"
)
OFFICIAL: Final = re.compile(
    r"\b(?:author|chair|chaired|panel|independent|consultant|officer|manager|head of|director"
    r"|detective|inspector|sergeant|constable|superintendent|PC|DS|DI|DCI|DC|nurse|doctor|Dr|Prof"
    r"|professor|solicitor|coroner|judge|justice|lead|commissioner|councillor|cllr|university"
    r"|researcher|lecturer|representative|advocate|chief|executive|secretary|MP|QPM|MBE|OBE|CBE"
    r"|council|partnership|trust|NHS|services"
    r"|written by|prepared by|produced by|et al)\b|\(\d{4}\)",
    re.I,
)
NO_NAMES: Final = """
    a act adult agencies agency all also an analysis and appendix april are at august avenue
    baby background be been born borough both brother but by case chair child children
    chronology city close commissioned community conclusion conclusions contents council county
    court crescent daughter december dhr did died domestic drive east eastern events ex
    ex-partner executive family father february female final for foreword friday friend from
    full glossary gp grandmother had has he her hill his home homicide hospital house husband if
    in independent individual introduction is issues it january july june key known lane lead
    learning lessons male march may miss monday mother mr mrs ms name names neighbour no north
    northern not november october of on or our overview panel park partner partnership pen
    perpetrator person place police portrait published recommendations redacted relative report
    reports review road safeguarding safer saturday section september services she sister social
    son south southern square street subject summary sunday that the then they this thursday to
    tribute trust tuesday university unknown version victim ward was wednesday week were west
    western when where which while who whose wife will with withheld witness would
"""
NO_NAME: Final = frozenset(NO_NAMES.split())
"""Words with a capital letter after a pseudonym that are no surname."""


def look_for_details(texts: Sequence[str], names: Sequence[str], *, paged: bool) -> list[Flag]:
    """Return what the pages' texts may give away.

    names: the pseudonyms; paged: False where the texts are no pages, whose numbers mean nothing
    """
    known = [name.strip() for name in names if name.strip()][:MOST_NAMES]
    beside = _beside(known)
    searches: tuple[tuple[FlagKind, str, Callable[[str], int]], ...] = (
        (FlagKind.REAL_NAME, "a real name", lambda text: _real_names(text, known, beside)),
        (FlagKind.DATE_OF_BIRTH, "a date of birth", lambda text: gives_birth(_plain(text))),
        (
            FlagKind.PERSONAL_DETAILS,
            "an address, a number or other personal details",
            lambda text: gives_details(_plain(text)),
        ),
    )
    found = []
    for kind, what, search in searches:
        counts = {
            number: count
            for number, text in enumerate(texts, start=1)
            if (count := search(text[:LONGEST_PAGE]))
        }
        if counts:
            pages = tuple(counts) if paged else ()
            says = f"{named(pages)} may hold {what}: look before it is passed on"
            found.append(Flag(kind, says, sum(counts.values()), pages[:10]))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())


def _beside(names: Sequence[str]) -> re.Pattern[str] | None:
    """Return what finds a pseudonym with a surname after it, or with a full name in brackets."""
    if not names:
        return None
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"\b(?:{known})[\"'’”]?[ \t]*"
        rf"(?:(?P<after>\b{WORD}\b)|[(\[]\s*(?P<within>{FULL_NAME})\s*[)\]])"
    )


def _real_names(page: str, known: Sequence[str], beside: re.Pattern[str] | None) -> int:
    text = _plain(page)
    count = sum(1 for _ in BORN_AS.finditer(text))
    for found in REAL.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        count += not SAID_NOT.search(before) and _is_name(found["name"], known)
    for found in LABELLED.finditer(text):
        count += _is_name(found["name"], known)
    for found in KNOWN_AS.finditer(text):
        count += _is_about(found["other"], known) and _is_persons(text, found, known)
    if beside is not None:
        count += sum(_is_beside(page, found, known) for found in beside.finditer(page))
    return count


def _is_beside(text: str, found: re.Match[str], known: Sequence[str]) -> bool:
    if found["within"]:
        return _is_name(found["within"], known) and not OFFICIAL.search(found["within"])
    return _is_surname(found["after"], known) and not _is_official(text, found)


def _is_surname(word: str, known: Sequence[str]) -> bool:
    return word.casefold() not in NO_NAME and not _is_about(word, known) and len(word) > 2


def _is_about(name: str, known: Sequence[str]) -> bool:
    """Say whether a name is a pseudonym, or a part of one."""
    words = {word.strip("’'-") for word in name.casefold().replace("’s", "").split()}
    return any(words & set(each.casefold().split()) for each in known)


def _is_name(name: str, known: Sequence[str]) -> bool:
    words = name.casefold().split()
    return not (set(words) & NO_NAME) and not _is_about(name, known)


def _is_persons(text: str, found: re.Match[str], known: Sequence[str]) -> bool:
    return _is_name(found["name"], known) and not _is_official(text, found)


def _is_official(text: str, found: re.Match[str]) -> bool:
    """Say whether the words around a name are those of an office, a title or a publication."""
    around = text[max(0, found.start() - NEAR) : found.start()], text[found.end() :][:NEAR]
    return any(OFFICIAL.search(each) for each in _within_sentence(*around))


def _within_sentence(before: str, after: str) -> Iterator[str]:
    yield re.split(r"[.;](?:\s|$)|\n", before)[-1]
    yield re.split(r"[.;](?:\s|$)|\n", after)[0]
