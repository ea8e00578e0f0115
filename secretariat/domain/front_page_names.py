"""The names of those who died in a line: in quotes, as a letter, as a form ("Adult A"), bare."""

import re
from dataclasses import dataclass
from typing import Final

from secretariat.domain.front_page_given import GIVEN_NAMES
from secretariat.domain.front_page_words import ENDS_A_NAME, NOBODY, SMALL_WORDS, TITLES

QUOTED: Final = re.compile(
    r"""["'(\[]*['"](?P<name>[A-Z][\w.-]*(?:'[A-Z]\w+)?(?:\s[A-Z][\w.'-]*){0,2}?)['"]+(?:\s?s\b)?[)\]]*"""
)
FORM: Final = re.compile(
    r"['\"]*(?P<name>(?:Adult|Subject|Victim|Child|Male|Female|Person|Mrs|Mr|Ms|Miss|Mother|Father"
    r"|Daughter|Son|Sister|Brother|Patient|Woman|Man|Baby|Infant|Girl|Boy|Grandmother|Grandfather"
    r"|Aunt|Uncle|Niece|Nephew|Cousin|Husband|Wife|Partner|Parent|Individual|Resident)(?:\.\s?|\s)['\"]?(?:(?-i:[A-Z]{1,2})\d{0,2}|\d{1,2}))(?!\w|'\w{2})['\"]*",
    re.I,
)
COUPLE: Final = re.compile(
    r"(?P<one>Mrs?|Ms)\.?\s+(?:and|&)\s+(?P<two>Mrs?|Ms)\.?\s(?P<letter>[A-Z]{1,2})(?![\w'])"
)
LETTERS: Final = re.compile(r"['\"]*(?P<name>(?:[A-Z]\.){1,3}|[A-Z]{1,3}\d?)(?![\w])['\"]*(?:s\b)?")
GIVEN: Final = re.compile(
    r"['\"]*(?P<name>[A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)?)\d{0,2}(?![\w-])['\"]*(?:s\b)?"
)
SHORT_WORD: Final = 3
IN_CAPITALS: Final = re.compile(r"[^\W\d_]\w*(?:'\w+)*")
ALSO: Final = re.compile(r"\s*(?:\([^)]{1,40}\)\s*)?(?:,?\s*\band\b|,|&|/|\+)\s*(?:of\s+)?", re.I)
KIN: Final = re.compile(
    r"(?:his|her|their)\s+(?:\w+\s+)?(?:mother|father|daughter|son|sister|brother|wife|husband|partner"
    r"|baby|child|friend|aunt|uncle|grand\w+)s?,?\s+",
    re.I,
)
TITLE_OF_A_LETTER: Final = re.compile(
    r"^([A-Z][a-z]+|[A-Z]+)(?:\.\s*['\"]?|\s['\"])(?=[A-Z\d])", re.I
)
UNNAMED: Final = re.compile(r"(?:his|her|their|an?|two|three|four|another|others?)\s+\w", re.I)
MORE: Final = "it speaks of more who died than it names: a person must look"
REAL_NAME: Final = "it may give a real name for the person who died: a person must look"


@dataclass(frozen=True, slots=True)
class Named:
    """Names in one text with their places, and whether what stands there may be a real name."""

    at: tuple[tuple[str, int, int], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names alone, each once."""
        return tuple(dict.fromkeys(name for name, _, _ in self.at))


def each_of(names: str) -> list[str]:
    """Return names that are joined, each alone: "Hannah and her daughter Lily" are two."""
    return [KIN.sub("", part.strip()) for part in ALSO.split(names)]


def names_at(text: str, start: int) -> Named:
    """Read names one after another from `start`: "'Ann'", "Adult A and Child B", "J and K"."""
    if couple := COUPLE.match(text, start):
        both = (f"{couple[title]} {couple['letter']}" for title in ("one", "two"))
        return Named(tuple((name, *couple.span()) for name in both))
    names: list[tuple[str, int, int]] = []
    while match := _name_at(text, start):
        name = bare(match["name"])
        if not is_name(name):
            break
        if match.re is GIVEN and _has_a_surname(text[match.end() :]):
            return Named((), (REAL_NAME,))
        names.append((name, *match.span()))
        joint = ALSO.match(text, match.end())
        if not joint:
            break
        kin = KIN.match(text, joint.end())
        start = kin.end() if kin and _name_at(text, kin.end()) else joint.end()
        if "," not in joint[0] and UNNAMED.match(text, start):
            return Named((), (MORE,))
    return Named(tuple(names))


def end_of(text: str, start: int = 0) -> int:
    """Return where the names that begin at a place of the text end."""
    end = start
    if couple := COUPLE.match(text, start):
        return couple.end()
    while match := _name_at(text, start):
        end = match.end()
        joint = ALSO.match(text, end)
        if not joint:
            break
        start = joint.end()
    return end


def _name_at(text: str, start: int) -> re.Match[str] | None:
    matches = (pattern.match(text, start) for pattern in (QUOTED, FORM, LETTERS, GIVEN))
    return next(filter(None, matches), None)


def _has_a_surname(rest: str) -> bool:
    following = re.match(r"\s+([A-Z][a-z'-]+[A-Za-z-]*)", rest)
    return bool(following) and following[1].casefold() not in ENDS_A_NAME  # type: ignore[index]


def is_name(name: str) -> bool:
    """Say whether a word may name somebody, as "woman" and "died" do not."""
    return bare(name).casefold() not in NOBODY | (ENDS_A_NAME - {"april", "may", "june", "august"})


def bare(name: str) -> str:
    """Return a name without quotation marks: "Victim 'E'" and "Ms. X" are "Victim E", "Ms X"."""
    plain = re.sub(r"'s$", "", name.strip("'\"() ")).strip("'\" ")
    return TITLE_OF_A_LETTER.sub(r"\1 ", plain)


def in_ordinary_letters(text: str) -> str:
    """Return a line in capitals as it would be written in a sentence, as long as it was."""
    if not text.isupper():
        return text
    return IN_CAPITALS.sub(lambda word: _in_a_sentence(word[0]), text)


def _in_a_sentence(word: str) -> str:
    if word.casefold() in SMALL_WORDS:
        return word.lower()
    return word.title().replace("'S", "'s") if _is_a_word(word) else word


def _is_a_word(word: str) -> bool:
    """Say whether capitals are a word or a title and no initials; of three letters a known one."""
    low = word.strip(".").casefold()
    if len(word) > SHORT_WORD:
        return bool(set(word) & set("AEIOUY"))
    return low in TITLES | NOBODY or (len(word) == SHORT_WORD and low in GIVEN_NAMES)
