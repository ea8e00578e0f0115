"""Who wrote a report and who chaired its panel, where the front page says so in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
ROLE_WORDS: Final = (
    r"(?:independent|dhr|dardr|domestic|homicide|abuse|death|related|review|panel|report|reports|overview"
    r"|executive|summary|chair|chairman|chairperson|chairwoman|chaired|author|authors|writer|lead|joint"
    r"|co-?author|co-?chair|and|of|the|this|for|as|by|its|chairs|a|an|who|also|is|was|&|/|-|–)"
)
ROLE: Final = re.compile(rf"(?:{ROLE_WORDS}\s*)+", re.I)
BY: Final = re.compile(
    r"\b(?P<verb>(?:re-?)?written|prepared|compiled|authored|produced|drafted|chaired"
    r"|(?<!this )report"
    r"|completed|undertaken)(?:\s+(?:and\s+(?:written|prepared|produced)\s+)?)?\s*by\s*:?\s*(?:the\s+)?"
    r"(?P<role>(?:independent\s+)?(?:review\s+|panel\s+)?(?:chair(?:man)?|author|writer)?"
    r"(?:\s*(?:and|&|/)\s*(?:report\s+|overview\s+)*(?:author|writer|chair))?)[\s,:–-]*",
    re.I,
)
LABELLED: Final = re.compile(r"^(?P<label>[^:]{3,60}?)\s*(?::|\s[–-]\s)\s*(?P<value>\S.*)$")
NEXT_LABEL: Final = re.compile(
    r"(?<!&)(?<!and)(?<!/)(?<!report)(?<!overview)(?<!independent)(?<!review)(?<!panel)(?<!dhr)\s+(?=(?:(?:independent|overview|report|panel|review|dhr)\s+){0,3}(?:chair(?:man|person)?|author)"
    r"(?:\s+of\s+the\s+(?:report|review|panel))?\s*:)",
    re.I,
)
PERSON: Final = (
    r"((?:(?:Dr|Professor|Prof|Mr|Mrs|Ms|Miss)\.?\s+)?[A-Z][a-z]+(?:\s+[A-Z][a-zA-Z'-]+){1,2})"
)
IN_PROSE: Final = (
    (
        "author",
        re.compile(
            r"(?:report|review|summary)\s+(?:was|is|has\s+been)\s+(?:written|produced|prepared|authored)"
            rf"\s+by\s+(?:the\s+)?(?:independent\s+)?(?:author,?\s+)?{PERSON}"
        ),
    ),
    (
        "author",
        re.compile(
            r"author\s+of\s+(?:this|the)\s+(?:overview\s+|dhr\s+)?(?:report|review)\s*(?:,|is|was)\s+"
            + PERSON
        ),
    ),
    (
        "chair",
        re.compile(
            rf"[Cc]hair\s+of\s+(?:this|the)\s+(?:dhr|DHR|review)?\s*(?:panel|review)?\s*(?:,|is|was)\s+{PERSON}"
        ),
    ),
)


@dataclass(slots=True)
class People:
    """Whom each role was given to, every way the paper says it."""

    author: list[str] = field(default_factory=list)
    chair: list[str] = field(default_factory=list)

    def add(self, roles: set[str], person: str) -> None:
        """Note that the paper gives these roles to the person."""
        if "author" in roles:
            self.author.append(person)
        if "chair" in roles:
            self.chair.append(person)


def find_people(statements: Sequence[str], body: str) -> tuple[str | None, str | None, list[str]]:
    """Return author, chair and warnings; a role that two persons are given is nobody's."""
    rows = [part for statement in statements for part in NEXT_LABEL.split(statement)]
    people = People()
    for place, row in enumerate(rows):
        _read_by(rows, place, people)
        _read_labelled(row, people)
        _read_apposed(row, people)
    for roles, person in _rows_of_roles(rows):
        people.add(roles, person)
    for role, pattern in IN_PROSE:
        if not getattr(people, role):
            for match in pattern.finditer(body):
                if found := parse_person(match[1]):
                    people.add({role}, found)
    warnings: list[str] = []
    author, chair = (
        _settle("author", people.author, warnings),
        _settle("chair", people.chair, warnings),
    )
    return author, chair, warnings


def parse_person(text: str) -> str | None:
    """Return the person at the start of the text, None where none stands there.

    Mr, Mrs, Ms and degrees are left out, Dr and honours (MBE, QPM) kept: "Dr Ann Example QPM".
    Two persons come as "Ann Example and Ben Sample".
    """
    head = re.split(r"[;(|/]|\s[–-]\s|,|\s(?:for|from|of|at|on)\s", text, maxsplit=1)[0]
    for joint in (" and ", " & "):
        if joint in head:
            both = [parse_person(part) for part in head.split(joint, 1)]
            return " and ".join(filter(None, both)) if all(both) else None
    words = [re.sub(r"(?<=[a-z])\d{1,2}$", "", word) for word in head.replace(":", " ").split()]
    words, kept = _without_titles(words)
    words, honours = _without_letters(words)
    rest = text[len(head) :].lstrip(", ").split(",")[0].split()
    honours += [word for word in rest if word in HONOURS and len(rest) <= 3]
    if words and all(word.isupper() for word in words if len(word) > 2):
        words = [_titled(word) for word in words]
    return " ".join([*kept, *words, *honours]) if _is_full_name(words) else None


def _without_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """Take titles off the front; return (the rest, the titles that are kept)."""
    kept: list[str] = []
    while words and (title := words[0].rstrip(".")).casefold() in TITLES:
        words = words[1:]
        kept += [title] if title.casefold() in KEPT_TITLES else []
    return words, kept


def _without_letters(words: list[str]) -> tuple[list[str], list[str]]:
    """Take post-nominal letters off the end; return (the rest, the honours among them)."""
    honours: list[str] = []
    shouted = all(word.isupper() for word in words)
    while len(words) > 2 and _is_post_nominal(words[-1], shouted=shouted):
        last = words[-1].strip(".")
        honours = [last, *honours] if last in HONOURS else honours
        words = words[:-1]
    return words, honours


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


def _roles_in(text: str) -> set[str]:
    """Return the roles of a text that is nothing but words for roles, else none."""
    plain = text.strip(" .,:()[]")
    if not plain or not ROLE.fullmatch(plain):
        return set()
    roles = {"chair"} if re.search(r"chair", plain, re.I) else set()
    return roles | ({"author"} if re.search(r"author|writer", plain, re.I) else set())


def _read_by(rows: Sequence[str], place: int, people: People) -> None:
    """Read "written by" and "produced by": who produced a report may have only chaired it."""
    for match in BY.finditer(rows[place]):
        value = rows[place][match.end() :]
        person = parse_person(value)
        if not person:
            continue
        if match["verb"].casefold() in {"completed", "undertaken"} and not match["role"].strip():
            continue
        said = _roles_in(match["role"]) | _apposed_roles(value)
        if not said and place + 1 < len(rows):
            said = _roles_in(rows[place + 1])
        verb = match["verb"].casefold()
        if verb == "chaired":
            said = said | {"chair"}
        elif verb != "produced" or not said:
            said = said | {"author"}
        people.add(said, person)


def _read_labelled(row: str, people: People) -> None:
    match = LABELLED.match(row)
    if match and (roles := _roles_in(match["label"])) and (person := parse_person(match["value"])):
        people.add(roles | _apposed_roles(match["value"]), person)


def _read_apposed(row: str, people: People) -> None:
    person = parse_person(row)
    if person and (roles := _apposed_roles(row)):
        people.add(roles, person)
    unmarked = re.match(rf"((?:{ROLE_WORDS}\s+)+)([A-Z].*)$", row, re.I)
    if unmarked and (roles := _roles_in(unmarked[1])) and (person := parse_person(unmarked[2])):
        people.add(roles, person)


def _apposed_roles(text: str) -> set[str]:
    """Return the roles in the parts after the first: "Ann Example, Director, Chair"."""
    parts = re.split(r"[,;()|]|\s[–-]\s", text)[1:]
    return set().union(*(_roles_in(part) for part in parts))


def _rows_of_roles(rows: Sequence[str]) -> Iterator[tuple[set[str], str]]:
    """Pair names and roles on lines of their own, whichever comes first in their block."""
    marks = [
        "role" if _roles_in(row) else "name" if parse_person(_value(row)) else "" for row in rows
    ]
    start = 0
    while start < len(marks):
        if not marks[start]:
            start += 1
            continue
        end = start + 1
        while end < len(marks) and marks[end] and marks[end] != marks[end - 1]:
            end += 1
        for place in range(start, end - 1, 2):
            role, name = (place, place + 1) if marks[place] == "role" else (place + 1, place)
            if person := parse_person(_value(rows[name])):
                yield _roles_in(rows[role]), person
        start = end


def _value(row: str) -> str:
    """Return a line without "written by" before its name."""
    by = BY.match(row)
    return row[by.end() :] if by else row


def _settle(role: str, said: list[str], warnings: list[str]) -> str | None:
    """Return the one person of a role, in the fullest spelling of the same name."""
    if not said:
        return None
    fullest = max(said, key=len)
    if all(set(_core(person)) <= set(_core(fullest)) for person in said):
        return fullest
    warnings.append(f"it names more than one {role}")
    return None


def _core(person: str) -> list[str]:
    return [
        word.casefold()
        for word in person.split()
        if word not in HONOURS and word.casefold() not in TITLES
    ]
