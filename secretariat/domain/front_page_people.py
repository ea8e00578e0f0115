"""Who wrote a report and who chaired its panel, where the front page says so in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from secretariat.domain.found import Found, Sureness
from secretariat.domain.front_page_persons import Person, parse_person
from secretariat.domain.front_page_statement import Statement

ROLE_WORDS: Final = (
    r"(?:independent|dhr|dardr|domestic|homicide|abuse|death|related|review|panel|report|reports|overview"
    r"|executive|summary|chair|chairman|chairperson|chairwoman|chaired|author|authors|writer|reviewer|reviewers|lead|joint"
    r"|ac|a'r|yr|awdur|cadeirydd|annibynnol|adroddiad"
    r"|co-?author|co-?chair|and|of|the|this|for|as|by|its|chairs|a|an|who|also|is|was|&|/|-|–|,)"
)
ROLE: Final = re.compile(rf"(?:{ROLE_WORDS}\s*)+", re.I)
BY: Final = re.compile(
    r"\b(?P<verb>(?:re-?)?written|prepared|compiled|authored|produced|drafted|chaired"
    r"|(?<!this )report"
    r"|completed|undertaken|^)(?:\s+(?:and\s+(?:written|prepared|produced)\s+)?)?\s*by\s*:?\s*(?:the\s+)?"
    r"(?P<role>(?:independent\s+)?(?:review\s+|panel\s+)?(?:chair(?:man)?|author|writer)?"
    r"(?:\s*(?:and|&|/)\s*(?:report\s+|overview\s+)*(?:author|writer|chair))?)[\s,:–-]*",
    re.I,
)
IN_BRACKETS: Final = re.compile(r"(?<=\))\s*(?:&|and\b|,|;|/)\s*(?=[A-Z])")
SAID_BY: Final = re.compile(r"\bby\s+(?=[A-Z])")
CHAIRED_TOO: Final = re.compile(
    r"\b(?:chaired\s+(?:and|&)\s+(?:(?:this|the|its|overview)\s+)*(?:report\s+)?(?:was\s+)?"
    r"(?:authored|written|prepared|produced|compiled|drafted)"
    r"|(?:authored|written|prepared|produced|compiled|drafted)\s+(?:and|&)\s+chaired)"
    r"\s*by\s*:?\s*(?:the\s+)?$",
    re.I,
)
SIGNS: Final = (
    ("chair", re.compile(r"chair|cadeirydd", re.I)),
    ("author", re.compile(r"author|writer|awdur", re.I)),
    ("reviewer", re.compile(r"reviewer", re.I)),
)
APPOSED: Final = re.compile(r"[,;()|]|\s[–-]\s")
UNMARKED: Final = re.compile(rf"((?:{ROLE_WORDS}\s+)+)([A-Z].*)$", re.I)
ON_BEHALF: Final = re.compile(
    r"\b(?:written|prepared|compiled|authored)\s+(?:on\s+behalf\s+of|for)\s+\S[^.;:]{2,90}?\s+by\s*:?\s+(?=[A-Z])",
    re.I,
)
JOINT: Final = re.compile(r"\bjoint\b.{0,60}\breview\b.{0,20}\band\b.{0,60}\breview\b", re.I)
LEAD_REVIEWER: Final = re.compile(r"^(?:independent\s+)?lead\s+reviewer\b", re.I)
LONGEST_NAME: Final = 60
LABELLED: Final = re.compile(r"^(?P<label>[^:]{3,80}?)\s*(?:[:,]|\s[–-]\s)\s*(?P<value>\S.*)$")
NEXT_LABEL: Final = re.compile(
    r"(?<!&)(?<!and)(?<!/)(?<!report)(?<!overview)(?<!independent)(?<!review)(?<!panel)(?<!dhr)\s+(?=(?:(?:independent|overview|report|panel|review|dhr)\s+){0,3}(?:chair(?:man|person)?|author)"
    r"(?:\s+of\s+the\s+(?:report|review|panel))?\s*:)",
    re.I,
)
PERSON: Final = (
    r"((?:(?:Dr|Professor|Prof|Mr|Mrs|Ms|Miss)\.?\s+)?[A-Z][a-z]+(?:\s+[A-Z][a-zA-Z'-]+){1,2})"
)
BOTH_ROLES: Final = (
    r"(?:chair\s+and\s+(?:the\s+)?(?:(?:report|overview)\s+)*author"
    r"|author\s+and\s+(?:the\s+)?(?:(?:panel|review)\s+)?chair)"
)
OF_THE_REVIEW: Final = r"(?:\s+of\s+(?:this|the)\s+(?:dhr|DHR|review|report)(?:\s+panel)?)?"
IN_PROSE: Final = (
    *(
        (role, re.compile(rf"[Ii]ndependent\s+{words}{OF_THE_REVIEW}\s*(?:,|is|was)\s+{PERSON}"))
        for role, words in (
            ("author", BOTH_ROLES),
            ("chair", BOTH_ROLES),
            ("author", r"(?:(?:report|overview)\s+)*author"),
            ("chair", r"(?:(?:panel|review)\s+)?chair"),
        )
    ),
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
            r"[Cc]hair(?:\s+and\s+(?:report\s+|overview\s+)?author)?"
            rf"\s+of\s+(?:this|the)\s+(?:dhr|DHR|review)?\s*(?:panel|review)?\s*(?:,|is|was)\s+{PERSON}"
        ),
    ),
)


@dataclass(slots=True)
class People:
    """Whom each role was given to, every way the paper says it."""

    author: list[tuple[Person, Found]] = field(default_factory=list)
    chair: list[tuple[Person, Found]] = field(default_factory=list)
    reviewer: list[tuple[Person, Found]] = field(default_factory=list)
    producer: list[tuple[Person, Found]] = field(default_factory=list)

    def add(self, roles: set[str], person: Person, row: Statement) -> None:
        """Note that the paper gives these roles to the person, on the line of the name."""
        surname = person.shown.split()[1 if len(person.shown.split()) > 1 else 0]
        start = max(0, row.text.casefold().find(surname.casefold()))
        page, line = row.at(start)
        for role in roles:
            found = Found(role, person.shown, row.row_at(start), page, line)
            found = replace(found, title=person.title, letters=person.letters)
            getattr(self, role).append((person, found))


def find_people(statements: Sequence[Statement], body: Statement) -> tuple[Found, Found, list[str]]:
    """Return author, chair and warnings; a role that two persons are given is nobody's."""
    rows = [part for statement in statements for part in statement.parts(NEXT_LABEL)]
    people = People()
    for place, row in enumerate(rows):
        _read_by(rows, place, people)
        _read_on_behalf(row, people)
        _read_labelled(row, people)
        _read_apposed(row, people)
    for roles, person, row in _rows_of_roles(rows):
        people.add(roles, person, row)
    for role, pattern in IN_PROSE:
        if not getattr(people, role):
            _read_prose(role, pattern, body, people)
    warnings: list[str] = []
    author = _settle("author", people.author, warnings)
    if not people.author:
        author = _lead_of_a_joint_review(rows, people) or _author_to_choose(rows, people)
    if author.value is None and not people.author and people.reviewer:
        warnings.append("it names a reviewer and does not say who wrote it")
    return author, _settle("chair", people.chair, warnings), warnings


def _lead_of_a_joint_review(rows: Sequence[Statement], people: People) -> Found | None:
    """Return the one lead reviewer of a joint review, who writes its report in practice."""
    joint = any(JOINT.search(row.text) for row in rows)
    names = {person.shown for person, _ in people.reviewer}
    if not joint or len(names) != 1 or people.producer or people.chair:
        return None
    person, found = people.reviewer[0]
    if " and " in person.shown or not any(map(LEAD_REVIEWER.search, (row.text for row in rows))):
        return None
    return replace(found, fact="author", sure=Sureness.LIKELY)


def _author_to_choose(rows: Sequence[Statement], people: People) -> Found:
    """Return no author, but those who may be: a reviewer, who produced it, a name alone."""
    may_be = [*people.reviewer, *people.producer]
    if not may_be and not people.chair:
        names = ((parse_person(row.text), row) for row in rows if len(row.text) <= LONGEST_NAME)
        for person, row in names:
            if person and not any(map(str.isdigit, row.text)):
                people.add({"producer"}, person, row)
        may_be = people.producer
    if not may_be:
        return Found("author", None, sure=Sureness.IN_DOUBT)
    found, others = may_be[0][1], tuple(dict.fromkeys(person.shown for person, _ in may_be))
    found = replace(found, fact="author", value=None, others=others, title="", letters="")
    return replace(found, sure=Sureness.IN_DOUBT)


def _read_prose(role: str, pattern: re.Pattern[str], body: Statement, people: People) -> None:
    for match in pattern.finditer(body.text):
        if person := parse_person(match[1]):
            page, line = body.at(match.start(1))
            sentence = Statement(match[0], ((0, page, line),))
            people.add({role}, person, sentence)
            said = getattr(people, role)
            said[-1] = (person, replace(said[-1][1], sure=Sureness.LIKELY))


def is_role(text: str) -> bool:
    """Say whether a text is nothing but words for a role: "Independent Chair and Author"."""
    return bool(_roles_in(text))


def _roles_in(text: str) -> set[str]:
    """Return the roles of a text that is nothing but words for roles, else none."""
    plain = text.strip(" .,:()[]")
    if not plain or not ROLE.fullmatch(plain):
        return set()
    roles = {role for role, sign in SIGNS if sign.search(plain)}
    return roles if len(roles) == 1 else roles - {"reviewer"}


def _read_by(rows: Sequence[Statement], place: int, people: People) -> None:
    """Read "written by" and "produced by": who produced a report may have only chaired it."""
    row = rows[place].text
    for match in BY.finditer(row):
        value = row[match.end() :]
        person = parse_person(value)
        if not person:
            continue
        verb = match["verb"].casefold()
        if verb in {"completed", "undertaken"} and not match["role"].strip():
            continue
        said = _roles_in(match["role"]) | _apposed_roles(value)
        if not said and place + 1 < len(rows):
            said = _roles_in(rows[place + 1].text)
        if CHAIRED_TOO.search(row, 0, match.start("role")):
            said = said | {"chair", "author"}
        elif verb == "chaired":
            said = said | {"chair"}
        elif verb != "produced" or not said:
            said = said | {"author"}
        else:
            said = said | {"producer"}
        people.add(said - {"reviewer"}, person, rows[place])


def _read_on_behalf(row: Statement, people: People) -> None:
    match = ON_BEHALF.search(row.text)
    if match and (person := parse_person(row.text[match.end() :])):
        people.add({"author"} | _apposed_roles(row.text[match.end() :]) - {"reviewer"}, person, row)


def _read_labelled(row: Statement, people: People) -> None:
    match = LABELLED.match(row.text)
    if match and (roles := _roles_in(match["label"])) and (person := parse_person(match["value"])):
        people.add(roles | _apposed_roles(match["value"]), person, row)


def _read_apposed(row: Statement, people: People) -> None:
    for part in IN_BRACKETS.split(row.text):
        person = parse_person(part)
        if person and (roles := _apposed_roles(part)):
            people.add(roles, person, row)
    for by in SAID_BY.finditer(row.text):
        rest = row.text[by.end() :]
        if (roles := _apposed_roles(rest)) and (person := parse_person(rest)):
            people.add(roles, person, row)
    unmarked = UNMARKED.match(row.text)
    if unmarked and (roles := _roles_in(unmarked[1])) and (person := parse_person(unmarked[2])):
        people.add(roles, person, row)


def _apposed_roles(text: str) -> set[str]:
    """Return the roles in the parts after the first: "Ann Example, Director, Chair"."""
    parts = APPOSED.split(text)[1:]
    return set().union(*(_roles_in(part) for part in parts))


def _rows_of_roles(rows: Sequence[Statement]) -> Iterator[tuple[set[str], Person, Statement]]:
    """Pair names and roles on lines of their own, whichever comes first in their block."""
    texts = [row.text for row in rows]
    marks = [
        "role" if _roles_in(row) else "name" if parse_person(_value(row)) else "" for row in texts
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
            if person := parse_person(_value(texts[name])):
                yield _roles_in(texts[role]), person, rows[name]
        start = end


def _value(row: str) -> str:
    """Return a line without "written by" before its name."""
    by = BY.match(row)
    return row[by.end() :] if by else row


def _settle(role: str, said: list[tuple[Person, Found]], warnings: list[str]) -> Found:
    """Return the one person of a role, in the fullest spelling of the same name."""
    if not said:
        return Found(role, None, sure=Sureness.IN_DOUBT)
    fullest, found = max(said, key=lambda one: len(one[0].shown))
    if all(person.core <= fullest.core for person, _ in said):
        return found
    warnings.append(f"it names more than one {role}")
    others = tuple(dict.fromkeys(person.shown for person, _ in said))
    found = replace(said[0][1], value=None, title="", letters="", others=others)
    return replace(found, sure=Sureness.IN_DOUBT)
