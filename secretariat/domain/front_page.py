"""What a paper's front page states: the facts, what kind of paper it is, what to be wary of.

No fact is guessed: what is not stated, or stated in two ways that do not agree, is None, with a
warning where there was something to see.  A wrong date in the register costs more than a blank
that a person fills.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from secretariat.domain.found import Found, Sureness
from secretariat.domain.front_page_bodies import find_councils, find_partnership, find_reference
from secretariat.domain.front_page_cover import Cover, find_cover, line_numbers
from secretariat.domain.front_page_kind import find_kind, find_review_kind, is_of_a_meeting
from secretariat.domain.front_page_people import find_people
from secretariat.domain.front_page_subjects import find_subjects
from secretariat.domain.front_page_version import find_version
from secretariat.domain.front_page_when import find_both_dates
from secretariat.domain.papers import Facts, Line, PaperKind

OF_THE_REPORT: Final = ("author", "chair", "version_date", "version")
SEVERAL: Final = ("pseudonyms", "councils")


@dataclass(frozen=True, slots=True)
class Front:
    """What was found on the first pages; `warnings` are sentences for staff."""

    kind: PaperKind
    facts: Facts
    warnings: tuple[str, ...]
    marking: str | None = None
    found: tuple[Found, ...] = ()


def read_front(lines: Sequence[Line], *, name: str = "", pages: int = 0) -> Front:
    """Read the facts off the lines of the first pages.

    The file's name only helps with the kind, where the paper itself does not say; `pages` is 0
    where not known.
    """
    cover = find_cover(lines)
    kind, of_kind, warnings = find_kind(cover, name=name, pages=pages)
    found, doubts = _found_on(cover)
    if kind in {PaperKind.LETTER, PaperKind.APPENDIX} or is_of_a_meeting(cover):
        found = [_not_stated(one.fact) if one.fact in OF_THE_REPORT else one for one in found]
    if kind is PaperKind.ACTION_PLAN:
        found = [_unlabelled_in_doubt(one) if one.fact == "version_date" else one for one in found]
    marking = cover.marking or _not_stated("marking")
    counted = Found("pages", str(pages)) if pages else _not_stated("pages")
    found = [*_as_written(found, lines), of_kind, marking, counted]
    warnings = [*cover.warnings, *warnings, *doubts, *_signs(cover)]
    told = tuple(dict.fromkeys(warnings))
    return Front(kind, facts_from(found), told, marking.value, tuple(found))


def facts_from(found: Sequence[Found]) -> Facts:
    """Return the facts that were found, as a case holds them."""
    single = {one.fact: one.value for one in found if one.fact not in SEVERAL}
    several = {
        fact: tuple(one.value for one in found if one.fact == fact and one.value)
        for fact in SEVERAL
    }
    return Facts(
        csp=single.get("csp"),
        pseudonyms=several["pseudonyms"],
        local_reference=single.get("local_reference"),
        date_of_death=single.get("date_of_death"),
        author=single.get("author"),
        chair=single.get("chair"),
        version_date=single.get("version_date"),
        councils=several["councils"],
        review_kind=single.get("review_kind"),
        version=single.get("version"),
    )


def _found_on(cover: Cover) -> tuple[list[Found], list[str]]:
    """Return every fact of the cover, those not stated too, and warnings."""
    statements = cover.statements
    csp, csp_doubts = find_partnership(statements, cover.body)
    reference, reference_doubts = find_reference(statements, cover.edges)
    author, chair, people_doubts = find_people(statements, cover.body)
    subjects = find_subjects(statements, cover.body)
    died, version_date, date_doubts = find_both_dates(statements, cover.body, subjects.names)
    councils = find_councils(statements, csp) or (_not_stated("councils"),)
    named = subjects.found or (_not_stated("pseudonyms"),)
    version = find_version(statements, cover.edges)
    found = [csp, *councils, *named, reference, died, author, chair, version_date, version]
    doubts = [*csp_doubts, *reference_doubts, *people_doubts, *subjects.warnings, *date_doubts]
    return [*found, find_review_kind(cover)], doubts


def _not_stated(fact: str) -> Found:
    return Found(fact, None, sure=Sureness.IN_DOUBT)


def _unlabelled_in_doubt(found: Found) -> Found:
    """Leave a date without a label in doubt: a plan is full of days by which things are due."""
    if found.value is None or found.sure is Sureness.STATED:
        return found
    return replace(found, value=None, sure=Sureness.IN_DOUBT, others=(found.value,))


def _as_written(found: Sequence[Found], lines: Sequence[Line]) -> list[Found]:
    """Return the facts with names in the form that the page gives them: ‘Ann’, (Neil)."""
    if not any(one.fact == "pseudonyms" and one.value for one in found):
        return list(found)
    printed: dict[tuple[int, int], str] = {}
    for line, number in zip(lines, line_numbers(lines), strict=True):
        place = line.page, number
        printed[place] = f"{printed.get(place, '')} {line.text[:1000]}".strip()
    return [
        replace(one, written=_marked(one, printed.get((one.page, one.line), "")))
        if one.fact == "pseudonyms" and one.value
        else one
        for one in found
    ]


def _marked(found: Found, row: str) -> str:
    """Return a name with the marks that stand around it on its line."""
    name = r"\s+".join(map(re.escape, (found.value or "").split()))
    match = re.search(rf"[‘’“”'\"`(\[]*(?<!\w){name}(?!\w)[’‘”“'\"`)\]]*", row, re.I)
    return match[0] if match else found.written


def _signs(cover: Cover) -> list[str]:
    seen = " ".join(each.text for each in (*cover.statements, *cover.edges)).casefold()
    found = [f"it is marked {cover.marking.value}"] if cover.marking else []
    if "draft" in seen and re.search(r"\bdraft\b", seen):
        found.append("it calls itself a draft")
    if "embargo" in seen and re.search(r"\bembargo", seen):
        found.append("it is under an embargo")
    return found
