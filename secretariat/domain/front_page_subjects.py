"""How a front page names those who died: pseudonyms, letters, "Adult A"; never a guess."""

import re
from dataclasses import dataclass
from typing import Final

from secretariat.domain.front_page_dates import without_dates
from secretariat.domain.front_page_words import ENDS_A_NAME, GIVEN_NAMES, NOBODY, NOT_NAMES

QUOTED: Final = re.compile(
    r"""["'(\[]*['"](?P<name>[A-Z][\w.-]*(?:'[A-Z]\w+)?(?:\s[A-Z][\w.'-]*){0,2}?)['"]+(?:\s?s\b)?[)\]]*"""
)
FORM: Final = re.compile(
    r"['\"]*(?P<name>(?:Adult|Subject|Victim|Child|Male|Female|Person|Mrs|Mr|Ms|Miss|Mother|Father"
    r"|Daughter|Son|Sister|Brother|Patient|Woman|Man|Baby|Infant|Girl|Boy|Grandmother|Grandfather"
    r"|Aunt|Uncle|Niece|Nephew|Cousin|Husband|Wife|Partner|Parent|Individual|Resident)(?:\.\s?|\s)(?:(?-i:[A-Z]{1,2})\d{0,2}|\d{1,2}))(?!\w|'\w{2})['\"]*",
    re.I,
)
LETTERS: Final = re.compile(r"['\"]*(?P<name>(?:[A-Z]\.){1,3}|[A-Z]{1,3}\d?)(?![\w])['\"]*(?:s\b)?")
GIVEN: Final = re.compile(
    r"['\"]*(?P<name>[A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)?)\d{0,2}(?![\w-])['\"]*(?:s\b)?"
)
ALSO: Final = re.compile(r"\s*(?:\([^)]{1,40}\)\s*)?(?:,?\s*\band\b|,|&|/|\+)\s*(?:of\s+)?", re.I)
LEAD: Final = re.compile(
    r"\b(?:deaths?|homicides?|murders?|killings?|suicides?)\s+of\s+(?:(?:two|the)\s+(?:adults?|victims?)[,:]?\s+)?"
    r"|\b(?:subjects?(?:\s+of\s+(?:the|this)\s+(?:report|review))?|pseudonyms?(?:\s+used)?"
    r"|names?\s+of\s+(?:the\s+)?(?:deceased|victims?)|victims?|deceased|name\s*\(pseudonym\))\s*[:,]\s*"
    r"|\b(?:case\s+of|(?:review|report|dhr|dardr|summary|into|regarding|concerning|on)\s*[:–-]?)\s+(?=['\"])"
    r"|^names?\s*:\s*|^(?=['\"][^'\"]{1,30}['\"]\s+who\b)"
    r"|\b(?:regarding|concerning|respect\s+of|relation\s+to|relating\s+to|into)\s+"
    r"(?=(?:Adult|Subject|Victim|Child|Mrs?|Ms|Miss)\.?\s(?-i:[A-Z])\b)"
    r"|\bdeath\s+of\s+(?-i:an?|the)\s[^'\"]{1,50}\((?=['\"])"
    r"|\b(?:regarding|concerning|in\s+respect\s+of|in\s+relation\s+to|re:|relating\s+to)\s+"
    r"(?=\S+(?:\s+(?:and|&)\s+\S+)?\s+(?:who\b|aged\b|\())",
    re.I,
)
KILLED: Final = re.compile(
    r"(?P<name>(?:Adult|Subject|Victim)\s[A-Z]|'[A-Z][\w-]+'|[A-Z][a-z]+)(?:,[^,.]{1,40},)?\s+"
    r"(?:was\s+(?:killed|murdered|found\s+dead|fatally)|died\b|took\s+h)"
)
PSEUDONYM: Final = re.compile(
    r"(?P<name>['\"]?[A-Z][\w'-]+['\"]?)\s*\(\s*(?:a\s+|not\s+(?:her|his|their)\s+real\s+name|pseudonym)",
    re.I,
)
KIN: Final = re.compile(
    r"(?:his|her|their)\s+(?:\w+\s+)?(?:mother|father|daughter|son|sister|brother|wife|husband|partner"
    r"|baby|child|friend|aunt|uncle|grand\w+)s?,?\s+",
    re.I,
)
ONE_WORD: Final = re.compile(r"(?:(?:Mrs?|Ms|Miss|Dr)\.?\s+)?([A-Z][\w'-]+)", re.I)
UNNAMED: Final = re.compile(r"(?:his|her|their|an?|two|three|four|another|others?)\s+\w", re.I)
MORE: Final = "it speaks of more who died than it names: a person must look"
REAL_NAME: Final = "it may give a real name for the person who died: a person must look"


@dataclass(frozen=True, slots=True)
class Subjects:
    """The pseudonyms found, and whether what stands there may be a real name."""

    names: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def find_subjects(statements: tuple[str, ...], body: str) -> Subjects:
    """Return those whom the cover names, else the one set of names that the body gives."""
    for find in (_after_a_lead, _standing_alone):
        said = [found for text in statements if (found := find(text)).names or found.warnings]
        if said:
            return _one_of(said)
    said = [_names_at(body, match.end()) for match in LEAD.finditer(body)]
    names = {found.names for found in said if found.names}
    if not names:
        names = {
            (_bare(match["name"]),) for match in KILLED.finditer(body) if _is_name(match["name"])
        }
    return Subjects(next(iter(names))) if len(names) == 1 else Subjects()


def is_subject(statement: str) -> bool:
    """Say whether the statement is about who died, by a lead or by being a name alone."""
    return bool(LEAD.search(statement)) or bool(_standing_alone(statement).names)


def may_be_subject(statement: str) -> bool:
    """Say whether the statement is about who died, or one word or surname that may be a name."""
    word = ONE_WORD.fullmatch(without_dates(statement).strip(" ;,.'\""))
    return is_subject(statement) or (word is not None and word[1].casefold() not in NOT_NAMES)


def gives_name_and_date(statement: str) -> bool:
    """Say whether a date stands right beside the name: "'Ann' March 2019", "Ann (March 2019)"."""
    text = without_dates(statement)
    lead = LEAD.search(text)
    if lead is None and not _standing_alone(statement).names:
        return False
    start = lead.end() if lead else 0
    return bool(re.match(r"['\"\s,(/]*;", text[_end_of(text, start) :]))


def _one_of(said: list[Subjects]) -> Subjects:
    """Take the fullest naming; another that agrees adds nothing, one that does not spoils both."""
    fullest = max(said, key=lambda found: len(found.names))
    if all(set(found.names) <= set(fullest.names) for found in said):
        return Subjects(fullest.names, tuple(dict.fromkeys(sum((s.warnings for s in said), ()))))
    return Subjects((), ("it names those who died in more than one way",))


def _after_a_lead(statement: str) -> Subjects:
    text = without_dates(statement)
    for match in LEAD.finditer(text):
        found = _names_at(text, match.end())
        if found.names or found.warnings:
            return found
    return Subjects()


def _standing_alone(statement: str) -> Subjects:
    """Read a line that is nothing but a name, marked as one by quotes, a bracket or its form."""
    text = without_dates(statement).strip(" ;,()/")
    if marked := PSEUDONYM.search(text):
        return Subjects((_bare(marked["name"]),)) if _is_name(marked["name"]) else Subjects()
    for pattern in (QUOTED, FORM):
        found = _names_at(text, 0)
        if pattern.match(text) and found.names and not text[_end_of(text) :].strip(" ;,.()/"):
            return found
    names = [part.strip() for part in ALSO.split(text)]
    if all(name.casefold() in GIVEN_NAMES for name in names):
        return Subjects(tuple(name.title() if name.isupper() else name for name in names))
    return Subjects()


def _names_at(text: str, start: int) -> Subjects:
    """Read names one after another from `start`: "'Ann'", "Adult A and Child B", "J and K"."""
    names: list[str] = []
    while match := _name_at(text, start):
        name = _bare(match["name"])
        if not _is_name(name):
            break
        if match.re is GIVEN and _has_a_surname(text[match.end() :]):
            return Subjects((), (REAL_NAME,))
        names.append(_cased(name, text))
        joint = ALSO.match(text, match.end())
        if not joint:
            break
        kin = KIN.match(text, joint.end())
        start = kin.end() if kin and _name_at(text, kin.end()) else joint.end()
        if "," not in joint[0] and UNNAMED.match(text, start):
            return Subjects((), (MORE,))
    return Subjects(tuple(dict.fromkeys(names)))


def _end_of(text: str, start: int = 0) -> int:
    end = start
    while match := _name_at(text, start):
        end = match.end()
        joint = ALSO.match(text, end)
        if not joint:
            break
        start = joint.end()
    return end


def _name_at(text: str, start: int) -> re.Match[str] | None:
    shouted = text.isupper()
    for pattern in (QUOTED, FORM, LETTERS, GIVEN):
        if shouted and pattern is LETTERS and re.match(r"['\"]*[A-Z]{3}", text[start:]):
            continue
        if shouted and pattern is GIVEN:
            return re.compile(r"['\"]*(?P<name>[A-Z][A-Z-]+)(?![\w])['\"]*").match(text, start)
        if match := pattern.match(text, start):
            return match
    return None


def _has_a_surname(rest: str) -> bool:
    following = re.match(r"\s+([A-Z][a-z'-]+[A-Za-z-]*)", rest)
    return bool(following) and following[1].casefold() not in ENDS_A_NAME  # type: ignore[index]


def _is_name(name: str) -> bool:
    return _bare(name).casefold() not in NOBODY | (ENDS_A_NAME - {"april", "may", "june", "august"})


def _bare(name: str) -> str:
    return re.sub(r"'s$", "", name.strip("'\"() ")).strip("'\" ")


def _cased(name: str, text: str) -> str:
    """Return a name in ordinary letters where the whole line is in capitals."""
    if not text.isupper():
        return name
    words = [
        word.title() if len(word) > 2 and set(word) & set("AEIOUY") else word
        for word in name.split()
    ]
    return " ".join(words)
