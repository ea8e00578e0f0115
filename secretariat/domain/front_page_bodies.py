"""The partnership or councils that commissioned a review, and their own number for it."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from secretariat.domain.found import Found, Sureness
from secretariat.domain.front_page_statement import Statement
from secretariat.domain.front_page_words import SMALL

SUFFIX: Final = (
    r"(?:Community Safety (?:and \w+ |& \w+ )?(?:Partnership(?: Board)?|Board)"
    r"|Community Safety Partnerships|CSPs?|(?:Local )?Strategic Partnership(?: Board)?"
    r"|Safe(?:r|ty)? Partnership(?: Board)?"
    r"|Responsible Authorities Group|Strategic Leadership Group|Public Services? Board"
    r"|Local Police and Crime Board|Crime (?:and|&) Disorder Reduction Partnership"
    r"|Crime Reduction Partnership|Safety Partnership|Safe in the City Partnership"
    r"|Police and Crime Board|Safer? City Partnership|Partnership Against Crime"
    r"|Safer,? (?:(?:and|&) )?(?:(?:Stronger|Sustainable|Healthier) )?Communities"
    r" (?:Partnership|Board)"
    r"|Safe [A-Z][\w'-]+ Partnership"
    r"|Safer (?:(?:[A-Z][\w'-]*,?|and|&|of|the|upon) ){0,8}Partnership(?: Board)?)"
)
CAPITAL: Final = r"[A-Z][\w'.-]*"
NAME: Final = re.compile(
    rf"(?<![\w'])(?P<name>(?:{CAPITAL},?\s+(?:(?:and|&|of|the|in|on|upon|with|le|under|by)\s+){{0,2}}){{0,8}}{SUFFIX})(?!\w)"
)
SAFER_ALONE: Final = re.compile(
    r"^(?:The\s+)?((?:Be )?Safer?(?: [A-Z][\w'-]+){1,3}(?: (?:and|&)(?: [A-Z][\w'-]+){1,2})?)$"
)
BY_ITS_WORDS: Final = re.compile(
    r"^(?:The\s+)?((?=.*\b(?:Be|Keeping|Safer?|Safer\w+|Safety|Crime|Communities(?=\s\w+$))\b)"
    r"(?!.*\b(?:Safeguarding|Domestic|Council)\b)"
    r"[A-Z][\w'&,. -]{3,70}\b(?:Partnership|Board|Group))$",
    re.I,
)
OF_A_PLACE: Final = re.compile(
    r"(?<!\w)(?P<name>(?:Community Safety Partnership|Responsible Authorities Group)"
    r" (?:of|for) [A-Z][\w'-]+(?: (?:and|&|upon|on) [A-Z][\w'-]+| [A-Z][\w'-]+){0,3})"
    r"(?=\s*(?:$|[.,;(]))"
)
PLACE_ALONE: Final = re.compile(r"^(?:The\s)?(?P<name>(?:[A-Z][a-z]+\s){1,3}Partnership)$")
NO_CSP: Final = re.compile(
    r"\b(?:Safeguarding|NHS|Care|Health|Healthcare|Children\w*|Adults?|Housing|Learning|Mental|Trust"
    r"|Education|Probation|Police|Review|Domestic|Abuse|Violence|Business|Integrated|Enterprise"
    r"|Recovery|Strategic|Family|Families|Foundation|Hospitals?|Wellbeing|Medical|Legal|Justice"
    r"|Practice|Development|Community|Consulting|Local|National|Working|In|Multi|Agency|Our|Your"
    r"|Carers?|Youth|Schools?|Charity|Women|Drugs?|Alcohol|Primary|Clinical|Surgery|Homes?"
    r"|(?:^|The )(?:Sussex|Devon|Leicestershire|Midlands|Lancashire|Berkshire|Dorset|Somerset)"
    r"(?= Partnership))\b",
    re.I,
)
MONTHS: Final = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Domestic|Review|Report|Overview|Executive)\b"
)
COMMISSIONER: Final = re.compile(
    r"(?i:commissioned by|on behalf of|(?:prepared|written|conducted|undertaken|carried out"
    r"|produced|completed|review|report) for)(?i:\s+the)?\s+"
    r"(?P<name>(?:Be )?Safer?(?: [A-Z][\w'-]+){1,3}?)"
    r"(?=\s*(?:$|,(?!\s[A-Z])|[.(;]|\s(?i:in|on|by|following|into)\b))"
)
OTHER_WORDS: Final = re.compile(
    r"\b(?:by|for|of the|review|report|behalf|response|statement|minutes|feedback|meeting)\b", re.I
)
ACRONYM: Final = re.compile(r"\s*\([A-Z]{2,8}\)$")
VERBIAGE: Final = re.compile(
    r"^(?:.*\b(?:by|for|to|behalf of|from|Council and"
    r"|(?:Safeguarding[\w\s']{0,30}|Adults?'?|Children'?s?)\s(?:Board|Partnership|Panel) and)"
    r"(?:\s+the)?\s+)?"
    r"(?:the\s+|local\s+|csp\s+)*"
    r"(?:(?:domestic homicide review|overview report|executive summary|report|review|dhr|response"
    r"|statement|minutes|terms of reference|action plan|briefing|letter|decision|chair)\s+)*"
    r"(?:of\s+|by\s+|for\s+)?(?:the\s+)?",
    re.I,
)
NO_NAME: Final = re.compile(
    r"^(?:name of )?(?:the|local|your|our|relevant|each|a|this|statutory)?\s*"
    r"(?:community safety partnership|csp"
    r"|safety partnership|board|(?:community )?safety board|responsible authorities group"
    r"|strategic leadership group|public services? board|(?:local )?police and crime board"
    r"|crime (?:and|&) disorder reduction partnership|crime reduction partnership"
    r"|partnership against crime|(?:local )?strategic partnership"
    r"|safer communities (?:partnership|board)|safer? city partnership)s?$",
    re.I,
)
TWO_BODIES: Final = "it names more than one partnership"
TWO_NUMBERS: Final = "it gives more than one local reference"

COUNCIL: Final = re.compile(
    r"[A-Z][^:;()/]{2,60}\sCouncil|(?:London|Royal|Metropolitan)\sBorough\sof\s[A-Z][^:;()/]{2,40}"
    r"|Cyngor\s[A-Z][^:;()/]{2,50}"
)
NEXT_COUNCIL: Final = re.compile(r"(?<=\bCouncil)\s*(?:,|;|/|\band\b|&)+\s*(?:the\s+)?")
NO_COUNCIL: Final = re.compile(r"\b(?:Director|Manager|Officer|Head|Chair|Author|Office|Leader)\b")
COMMISSIONED_BY: Final = re.compile(
    r"^(?:(?:report\s|review\s)?commissioned\sby|(?:written\s|prepared\s)?on\sbehalf\sof|for"
    r"|csp(?=\s\S.*\b(?:partnership|board|group)$))\s*:?\s+(?:the\s)?",
    re.I,
)
NUMBER: Final = re.compile(
    r"(?<![\w/])(?P<number>(?:(?-i:[A-Z]{1,6})[-/])?[A-Z]{0,3}(?P<word>DHR|OHR|DARDR|DARDH|DHARD|DADRD|FIR|SUSR|MALR)"
    r"(?:\s?(?:No\.?|number))?[\s/:#-]{0,2}(?P<digits>(?:(?-i:[A-Z]{2,4})[/-])?[A-Z]{0,2}\d{1,4}(?:[/-]\d{1,4}){0,3}))(?![\w/])"
    r"|(?<!\w)(?P<case>Case\s+(?:No\.?\s*|number\s+|review\s+)?(?P<case_digits>\d{1,3}))(?!\w|\.\d)"
    r"|\bRef(?:erence)?(?:\s*(?:No|number))?\b\.?\s*[:.]?\s*(?P<labelled>(?=[A-Z/-]*\d)[A-Z0-9]+(?:[/-][A-Z0-9]+)*)\b",
    re.I,
)
OF_A_NUMBER: Final = re.compile(
    r"(?P<prefixed>dhr|ohr|dardr|dardh|dhard|dadrd|fir|susr|malr)|(?:case|ref)"
)
OF_A_LABELLED_CODE: Final = re.compile(
    r"\bref(?:erence)?\.?(?:\s*(?:no\.?|number))?\s*:\s*(?P<code>(?-i:[A-Z]{2,6}[ /-]){1,2})$", re.I
)
ACRONYM_BEFORE: Final = re.compile(r"([A-Z]{2,6})\s")
LONGEST_BODY: Final = 80
DIGIT: Final = re.compile(r"\d")
SMALL_LETTERS: Final = str.maketrans(ascii_uppercase, ascii_lowercase)
LONGEST_BEFORE: Final = len("ABCDEF/ABC")
BEFORE_A_NUMBER: Final = re.compile(r"(?<![\w/])(?:[A-Z]{1,6}[-/])?(?i:[A-Z]{0,3})$")
YEAR_ALONE: Final = re.compile(r"^(?:19|20)\d\d$")
LONGEST_WITH_A_NUMBER: Final = 160


def find_partnership(statements: Sequence[Statement], body: Statement) -> tuple[Found, list[str]]:
    """Return the partnership's name as written, without its article, and warnings.

    A line that is the name alone counts before a name in a sentence; the body is asked last.
    """
    for said in _sayings(statements, body):
        distinct = list({_key(found.value or ""): found for found in reversed(said)}.values())
        if len(distinct) == 1:
            return distinct[0], []
        if distinct:
            others = tuple(found.value or "" for found in reversed(distinct))
            first = distinct[-1]
            return replace(first, value=None, sure=Sureness.IN_DOUBT, others=others), [TWO_BODIES]
    return Found("csp", None, sure=Sureness.IN_DOUBT), []


def _sayings(statements: Sequence[Statement], body: Statement) -> Iterator[list[Found]]:
    """Go through the ways of naming it, the surest first, each only when it is asked for."""
    yield [found for each in statements if (found := _whole_line(each))]
    yield [found for each in statements for found in _names_in(each)]
    yield [replace(found, sure=Sureness.LIKELY) for each in statements for found in _of_place(each)]
    begun = body.shortened(body.text[:6_000])
    yield [replace(found, sure=Sureness.LIKELY) for found in _names_in(begun)]


def _of_place(statement: Statement) -> Iterator[Found]:
    """Read "Mid Anyshire Partnership" alone on a line, and a partnership of a place."""
    text = _in_small_letters(statement.text.strip(" .,:;"))
    match = OF_A_PLACE.search(text)
    if match and not MONTHS.search(match["name"]):
        yield statement.found("csp", match["name"], *match.span("name"))
    alone = PLACE_ALONE.match(text)
    if alone and not NO_CSP.search(text) and not OTHER_WORDS.search(text):
        yield statement.found("csp", alone["name"], *alone.span("name"))


def find_councils(statements: Sequence[Statement], csp: Found) -> tuple[Found, ...]:
    """Return the councils that the cover names as its own: several, or one without a CSP."""
    found: dict[str, Found] = {}
    for each in statements:
        shown = _in_small_letters(each.text) if each.text.isupper() else each.text
        names = NEXT_COUNCIL.split(COMMISSIONED_BY.sub("", shown.strip(" .,:;")))
        for name in names if all(map(_is_council, names)) else ():
            start = max(0, shown.find(name))
            found.setdefault(
                name.casefold(), each.found("councils", name, start, start + len(name))
            )
    if len(found) > 1 or (found and csp.value is None and not csp.others):
        return tuple(found.values())
    return ()


def _is_council(name: str) -> bool:
    """Say whether the words are a council's name and nothing more."""
    if not COUNCIL.fullmatch(name) or NO_COUNCIL.search(name):
        return False
    return all(word[0].isupper() or word.casefold() in SMALL for word in re.findall(r"\w+", name))


def find_reference(
    statements: Sequence[Statement], edges: Sequence[Statement]
) -> tuple[Found, list[str]]:
    """Return the council's own number as first written, and warnings.

    Two spellings of one number are one; a scanned "OHR" is read as "DHR" and said to be.
    """
    found: dict[str, Found] = {}
    warnings: list[str] = []
    acronyms = {_initials(each.text) for each in statements if len(each.text) <= LONGEST_BODY}
    for each in (*statements, *edges):
        for one, digits in _numbers_in(each, acronyms):
            number = one.value or ""
            if "OHR" in number.upper():
                number = re.sub("OHR", "DHR", number, flags=re.I)
                one = replace(one, value=number, sure=Sureness.LIKELY)
                warnings.append("its reference was read from a scan: check it")
            found.setdefault(digits, one)
    if len(found) > 1:
        first, others = next(iter(found.values())), tuple(one.value or "" for one in found.values())
        doubted = replace(first, value=None, sure=Sureness.IN_DOUBT, others=others)
        return doubted, [*warnings, TWO_NUMBERS]
    nothing = Found("local_reference", None, sure=Sureness.IN_DOUBT)
    return next(iter(found.values()), nothing), warnings


def _initials(name: str) -> str:
    """Return what a body calls itself for short: "Safer Croydon Partnership" is SCP."""
    words = re.findall(r"[^\W\d_][\w']*", name)
    return "".join(word[0].upper() for word in words if word.casefold() not in SMALL)


def _numbers_in(statement: Statement, acronyms: Set[str]) -> Iterator[tuple[Found, str]]:
    """Go through (the number as written, its digits without leading noughts)."""
    text = statement.text
    if len(text) > LONGEST_WITH_A_NUMBER or not DIGIT.search(text):
        return
    for match in numbers_in(text):
        number = match["number"] or match["case"] or match["labelled"]
        digits = match["digits"] or match["case_digits"] or match["labelled"]
        if match["labelled"] and not re.search(r"\d", number):
            continue
        if YEAR_ALONE.match(digits.lstrip(f"{ascii_uppercase}/-")):
            continue
        key = "/".join(part.lstrip("0") for part in re.findall(r"\d+", digits))
        if before := OF_A_LABELLED_CODE.search(text, 0, match.start()):
            number = text[before.start("code") : match.end()]
        elif (mine := ACRONYM_BEFORE.fullmatch(text, 0, match.start())) and mine[1] in acronyms:
            number = text[: match.end()]
        plain = re.sub(r"^case\b", "Case", " ".join(number.split()), flags=re.I)
        yield statement.found("local_reference", plain, match.start(), match.end()), key


def numbers_in(text: str) -> Iterator[re.Match[str]]:
    """Go through the numbers, looking only at the words with which one may begin."""
    end = 0
    low = text.lower()
    if len(low) != len(text):
        low = text.translate(SMALL_LETTERS)
    for word in OF_A_NUMBER.finditer(low):
        if word.start() < end:
            continue
        first = max(end, word.start() - LONGEST_BEFORE) if word["prefixed"] else word.start()
        before = BEFORE_A_NUMBER.search(text, first, word.start())
        if match := NUMBER.match(text, before.start() if before else word.start()):
            yield match
            end = match.end()


def _whole_line(statement: Statement) -> Found | None:
    plain = ACRONYM.sub("", COMMISSIONED_BY.sub("", statement.text.strip(" .:;,")))
    shown = _in_small_letters(plain)
    name: str | None = None
    if safer := SAFER_ALONE.match(shown):
        name = safer[1]
    elif NO_NAME.match(plain):
        return None
    elif (
        (worded := BY_ITS_WORDS.match(shown))
        and worded[1][0].isupper()
        and not OTHER_WORDS.search(plain)
    ):
        name = worded[1]
    else:
        names = [found.value or "" for found in _names_in(Statement(plain))]
        bare = re.sub(r"^the\s+", "", plain, flags=re.I)
        name = names[0] if len(names) == 1 and _key(names[0]) == _key(bare) else None
    return statement.found("csp", name, 0, len(statement.text)) if name else None


def _names_in(statement: Statement) -> Iterator[Found]:
    text = statement.text
    shown = _in_small_letters(text)
    for match in NAME.finditer(shown):
        name = VERBIAGE.sub("", match["name"]).strip(" ,")
        name = re.sub(r"^(?:.*\.\s+)", "", name)
        if name and not NO_NAME.match(name) and name[0].isupper():
            start = match.end() - len(name)
            yield statement.found("csp", name, start, match.end())
    for match in COMMISSIONER.finditer(shown):
        yield statement.found("csp", match["name"], *match.span("name"))


def _key(name: str) -> str:
    plain = re.sub(r"\bcsp\b", "community safety partnership", name.casefold()).replace("&", "and")
    return " ".join(re.findall(r"\w+", plain))


def _in_small_letters(name: str) -> str:
    """Return a name in capitals as it would be written in a sentence."""
    if not name.isupper():
        return name
    words = [word.casefold() if word.casefold() in SMALL else word.title() for word in name.split()]
    return re.sub(r"\bCsp\b", "CSP", re.sub(r"'S\b", "'s", " ".join(words)))
