"""How a front page names those who died: pseudonyms, letters, "Adult A"; never a guess."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from secretariat.domain.found import Found, Sureness
from secretariat.domain.front_page_dates import without_dates
from secretariat.domain.front_page_given import GIVEN_NAMES
from secretariat.domain.front_page_names import (
    COUPLE,
    FORM,
    MORE,
    QUOTED,
    Named,
    bare,
    each_of,
    end_of,
    in_ordinary_letters,
    is_name,
    names_at,
)
from secretariat.domain.front_page_statement import Statement
from secretariat.domain.front_page_titled import is_given, leads, may_name, words_of_bodies
from secretariat.domain.front_page_words import NOBODY, NOT_NAMES

LEAD: Final = re.compile(
    r"\b(?:deaths?|homicides?|murders?|killings?|suicides?)\s+of\s+(?:(?:two|the)\s+(?:adults?|victims?)[,:]?\s+)?"
    r"|\b(?:subjects?(?:\s+of\s+(?:the|this)\s+(?:report|review))?|pseudonyms?(?:\s+used)?"
    r"|(?:names?\s+of\s+(?:the\s+)?)?(?:deceased|victims?|subject)\s*\(pseudonyms?\)"
    r"|names?\s+of\s+(?:the\s+)?(?:deceased|victims?)|victims?|deceased|ffugenw|name\s*\(pseudonym\))(?:\s*[:,]\s*|(?<=\))\s+)"
    r"|\b(?:case\s+of|respect\s+of|relation\s+to|relating\s+to|(?:review|report|dhr|dardr|summary|into"
    r"|regarding|concerning|on)\s*[:–-]?)\s+(?=\(?['\"])"
    r"|^names?\s*:\s*|^(?:subject|victim|deceased)\s+"
    r"(?=(?:Adult|Child|Mrs?|Ms|Miss)\.?\s(?-i:[A-Z])\b|['\"](?!(?-i:[A-Z]{1,2})['\"]))"
    r"|\bin\s+(?:loving\s+)?memory\s+of\s+|^(?=['\"][^'\"]{1,30}['\"]\s+who\b)"
    r"|\b(?:regarding|concerning|respect\s+of|relation\s+to|relating\s+to|into"
    r"|(?:involvement|contact|engagement)\s+with)\s+"
    r"(?=(?:Adult|Subject|Victim|Child|Mrs?|Ms|Miss)\.?\s(?-i:[A-Z])\b)"
    r"|\((?=['\"])"
    r"|\b(?:known|referred\s+to)\s+(?:(?:here|in\s+this\s+(?:report|review))\s+)?as\s*:?\s+"
    r"(?!(?:the|be|safer?)\b)"
    r"|\b(?:regarding|concerning|in\s+respect\s+of|in\s+relation\s+to|re:|relating\s+to)\s+"
    r"(?=\S+(?:\s+(?:and|&)\s+\S+)?\s+(?:who\b|aged\b|\())",
    re.I,
)
KILLED: Final = re.compile(
    r"(?P<name>(?:Adult|Subject|Victim)\s[A-Z]|'[A-Z][\w-]+'|[A-Z][a-z]+)(?:,[^,.]{1,40},)?,?\s+(?:who\s+)?"
    r"(?:was\s+(?:killed|murdered|found\s+dead|fatally)|died\b|took\s+h)"
)
PSEUDONYM: Final = re.compile(
    r"(?P<name>['\"]?[A-Z][\w'-]+['\"]?)\s*\(\s*(?:a\s+|not\s+(?:her|his|their)\s+real\s+name|pseudonym)",
    re.I,
)
FEW_LETTERS: Final = re.compile(r"((?!CSP|SAR|SCR|FIR|DHR|NHS|UK)[A-Z]{1,3}\d?)")
ONE_WORD: Final = re.compile(r"([A-Z][^\W\d_][^\W\d]*(?:['-][^\W\d]+)*)\d{0,2}")


DIED_NEXT: Final = re.compile(
    r"(?:who\s+)?(?:was\s+)?(?:died|murdered|killed|took|date\s+of\s+death|d\.)\b", re.I
)
AFTER_NUMBER: Final = re.compile(
    r"^(?:(?-i:[A-Z]{2,6})\s)?(?:(?:dhr\s+)?case|dhr|ohr|dardr|fir)\W{0,2}(?:no\.?\s*)?[\w/-]{0,12}\d[\w/-]{0,12}\s*(?:[–:,-]\s*"
    r"|\s(?=['\"]|(?:adult|subject|victim|child|mrs?|ms)\.?\s[a-z]\b))",
    re.I,
)
SAID_AFTER: Final = re.compile(r"['\")\]]*\s*(?:[–,:(-]\s*)?(?:who\s|died\b|aged\b|d\.|date\sof|;)")
WORDS: Final = re.compile(r"[^\W\d_][\w'-]*")
JOINTS: Final = frozenset(("and", "mr", "mrs", "ms", "miss", "dr"))
SAYS_OF_A_DEATH: Final = frozenset(("died", "death", "aged", "murdered", "killed"))
MOST_WORDS: Final = 4
DATE_NEXT: Final = re.compile(r"(?:\s*\([^()]{1,40}\))?['\"\s,(/–-]*;")
SAID_TO_DIE: Final = re.compile(
    r"(?P<name>[A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)?),?\s+"
    r"(?:\(?aged\s+\d|who\s+(?:sadly\s+)?(?:died|was\s+(?:killed|murdered|found))"
    r"|(?:who\s+)?took\s+h|(?:sadly\s+)?died\s+(?:in|on|at|of)|was\s+(?:killed|murdered|found\s+dead))"
)
AGED: Final = re.compile(
    r",?\s*\(?aged?\s+\d{1,3}\)?,?|\s*\(\d{1,3}\),?|,\s*\d{1,3},"
    r"|\s*\((?:died|d\.)[^()]*\),?"
)
AND_ANOTHER: Final = re.compile(
    r"^['\"]?[A-Z][\w-]+['\"]?,?\s*\(?aged\s+\d{1,3}\)?,?\s+(?:and|&)\s+['\"]?[A-Z]"
    r"|(?:\band|&|,)\s+['\"]?[A-Z][\w-]+['\"]?,?\s+(?:\(?aged\s+\d|who\b|\(?died\b)"
)
YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")
PSEUDONYM_NEXT: Final = re.compile(
    r"\s*\((?:a\s+|not\s+\w+\s+real\s+name|pseudonym)[^()]*\)?$", re.I
)
CLOSES: Final = " ;,.()/"


@dataclass(frozen=True, slots=True)
class Subjects:
    """Those who died, one fact a name; where it is in doubt one fact with the names to choose."""

    found: tuple[Found, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are stated."""
        return tuple(found.value for found in self.found if found.value)


def find_subjects(statements: Sequence[Statement], body: Statement) -> Subjects:
    """Return those whom the cover names, else the one set of names that the body gives."""
    texts = [in_ordinary_letters(each.text) for each in statements]
    if said := _said_by(map(_after_a_lead, texts), statements):
        return _one_of(said)
    taken = words_of_bodies(iter(texts))
    following = [*texts, ""][1:]
    alone = map(_standing_alone, texts)
    entitled = (
        _in_a_title(text, after, taken) for text, after in zip(texts, following, strict=True)
    )
    likely = [*_said_by(alone, statements), *_said_by(entitled, statements)]
    if likely:
        return _one_of([_likely(one) for one in likely])
    if above := list(_above_a_death(statements)):
        return _one_of(above)
    return _in_body(body)


def _said_by(naming: Iterable[Named], statements: Sequence[Statement]) -> list[Subjects]:
    return [
        Subjects(_founds(each, named.at, Sureness.STATED), named.warnings)
        for named, each in zip(naming, statements, strict=True)
        if named.at or named.warnings
    ]


def _likely(subjects: Subjects) -> Subjects:
    found = tuple(replace(one, sure=Sureness.LIKELY) for one in subjects.found)
    return replace(subjects, found=found)


def is_subject(statement: str) -> bool:
    """Say whether the statement is about who died, by a lead or by being a name alone."""
    statement = in_ordinary_letters(statement)
    if LEAD.search(statement) or _standing_alone(statement).at:
        return True
    return bool(_in_a_title(statement, "", frozenset()).at)


def may_be_subject(statement: str) -> bool:
    """Say whether the statement is about who died, or a few words that may be names."""
    statement = in_ordinary_letters(statement)
    words = WORDS.findall(without_dates(statement))
    named = [word for word in words if word.casefold() not in JOINTS]
    few = 0 < len(named) <= MOST_WORDS and all(word[0].isupper() for word in named)
    return is_subject(statement) or (
        few and not any(word.casefold() in NOT_NAMES | SAYS_OF_A_DEATH for word in named)
    )


def gives_name_and_date(statement: str) -> bool:
    """Say whether a date stands right beside the name: "'Ann' March 2019", "Ann (March 2019)"."""
    statement = in_ordinary_letters(statement)
    text = without_dates(statement)
    alone = _standing_alone(statement).at
    ends = [end_of(text, lead.end()) for lead in list(LEAD.finditer(text))[:1]]
    ends += [end for _, _, end in (alone or _in_a_title(statement, "", frozenset()).at)[-1:]]
    return any(DATE_NEXT.match(text, end) for end in ends)


def _founds(
    statement: Statement, at: Sequence[tuple[str, int, int]], sure: Sureness
) -> tuple[Found, ...]:
    once = {name: (start, end) for name, start, end in reversed(at)}
    return tuple(
        replace(statement.found("pseudonyms", name, *once[name]), sure=sure)
        for name in dict.fromkeys(name for name, _, _ in at)
    )


def _one_of(said: Sequence[Subjects]) -> Subjects:
    """Take the fullest naming; another that agrees adds nothing, one that does not spoils both."""
    fullest = max(said, key=lambda one: len(one.found))
    warnings = tuple(dict.fromkeys(sum((one.warnings for one in said), ())))
    if all(set(one.names) <= set(fullest.names) for one in said):
        return replace(fullest, warnings=warnings)
    others = tuple(dict.fromkeys(name for one in said for name in one.names))
    doubted = replace(fullest.found[0], value=None, sure=Sureness.IN_DOUBT, others=others)
    return Subjects((doubted,), ("it names those who died in more than one way",))


def _in_body(body: Statement) -> Subjects:
    said = [names_at(body.text, match.end()).at for match in LEAD.finditer(body.text)]
    sets: dict[tuple[str, ...], tuple[tuple[str, int, int], ...]] = {}
    for at in filter(None, said):
        sets.setdefault(Named(at).names, at)
    if not sets:
        for match in KILLED.finditer(body.text):
            if is_name(match["name"]):
                name = bare(match["name"])
                sets.setdefault((name,), ((name, *match.span("name")),))
    if len(sets) != 1:
        return Subjects()
    return Subjects(_founds(body, next(iter(sets.values())), Sureness.LIKELY))


def _above_a_death(statements: Sequence[Statement]) -> Iterator[Subjects]:
    """Go through words alone on a line of which the next line says that the person died."""
    for one, after in pairwise(statements):
        text = in_ordinary_letters(one.text)
        word = FEW_LETTERS.fullmatch(text) or ONE_WORD.fullmatch(text.strip(CLOSES))
        if not word or not DIED_NEXT.match(after.text) or word[1].casefold() in NOT_NAMES:
            continue
        if is_name(word[1]) and (word.re is FEW_LETTERS or not word[1].isupper()):
            at = ((word[1], text.find(word[1]), len(text)),)
            yield Subjects(_founds(one, at, Sureness.LIKELY))


def _after_a_lead(statement: str) -> Named:
    text = without_dates(statement)
    for match in LEAD.finditer(text):
        named = names_at(text, match.end())
        if named.at or named.warnings:
            return named
    return Named()


def _standing_alone(statement: str) -> Named:
    """Read a line that is nothing but a name, marked as one by quotes, a bracket or its form."""
    text, shift = _without_its_number(without_dates(statement))
    if marked := PSEUDONYM.search(text):
        name = bare(marked["name"])
        at = ((name, shift + marked.start("name"), shift + marked.end("name")),)
        return Named(at) if is_name(name) else Named()
    if AND_ANOTHER.search(text) and (several := _several(text)) is not None:
        return _shifted(several, shift)
    if (said := SAID_TO_DIE.match(text)) and said["name"].casefold() not in NOT_NAMES | NOBODY:
        return Named(((said["name"], shift, shift + said.end("name")),))
    return _shifted(_marked_alone(text) or _known_alone(text), shift)


def _without_its_number(whole: str) -> tuple[str, int]:
    """Return a line without "DHR 7 –" before its name, and how far into the line it begins."""
    number = AFTER_NUMBER.match(whole)
    text = whole[number.end() if number else 0 :].strip(CLOSES.replace(".", ""))
    return text, max(0, whole.find(text))


def _several(text: str) -> Named | None:
    """Read "Ellen, aged 66, and Frank, aged 70"; in doubt where one of them is no known name."""
    plain = AGED.sub(lambda age: " " * len(age[0]), text)
    several = _known_alone(plain)
    if several.at:
        return several
    first = ONE_WORD.match(text)
    return Named((), (MORE,)) if first and first[1].casefold() not in NOT_NAMES | NOBODY else None


def _marked_alone(text: str) -> Named | None:
    """Read names in quotes or of a form ("Adult A") after which nothing else is said."""
    for pattern in (QUOTED, FORM, COUPLE):
        named = names_at(text, 0)
        if pattern.match(text) and named.at and _ends_with_it(text[end_of(text) :]):
            return named
    return None


def _known_alone(text: str) -> Named:
    """Read names without a mark that are all known as given names."""
    before = SAID_AFTER.split(text, maxsplit=1)[0].rstrip(CLOSES + "–-:")
    names = each_of(before)
    if not all(name.casefold() in GIVEN_NAMES or FORM.fullmatch(name) for name in names):
        return Named()
    shown = [(name, text.find(name)) for name in names]
    return Named(tuple((name, at, at + len(name)) for name, at in shown))


def _in_a_title(statement: str, after: str, taken: frozenset[str]) -> Named:
    """Read names that close a title or a label with a dash, all of them names and nothing more."""
    text = without_dates(statement)
    for start, surely in leads(text, after):
        rest = SAID_AFTER.split(text[start:], maxsplit=1)[0].rstrip(CLOSES.replace(")", "") + "–-:")
        names = each_of(PSEUDONYM_NEXT.sub("", rest))
        plain = [bare(name) for name in names]
        marked = [bool(FORM.fullmatch(name) or QUOTED.fullmatch(name)) for name in names]
        if not all(_may_be_one(name, taken) for name in plain):
            continue
        if surely or any(marked) or any(map(is_given, plain)):
            shown = [(name, text.find(name, start)) for name in plain]
            return Named(tuple((name, at, at + len(name)) for name, at in shown))
    return Named()


def _may_be_one(name: str, taken: frozenset[str]) -> bool:
    if FORM.fullmatch(name):
        return True
    return bool(ONE_WORD.fullmatch(name)) and may_name(name, taken)


def _ends_with_it(rest: str) -> bool:
    """Say whether nothing follows the name, or only when and at what age they died."""
    return not YEAR.sub("", rest).strip(CLOSES + "–-:") or bool(SAID_AFTER.match(rest))


def _shifted(named: Named, shift: int) -> Named:
    at = tuple((name, start + shift, end + shift) for name, start, end in named.at)
    return Named(at, named.warnings)
