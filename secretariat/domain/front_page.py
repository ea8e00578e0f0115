"""What a paper's front page states: the facts, what kind of paper it is, what to be wary of.

No fact is guessed: what is not stated, or stated in two ways that do not agree, is None, with a
warning where there was something to see.  A wrong date in the register costs more than a blank
that a person fills.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.domain.found import Found
from secretariat.domain.front_page_bodies import find_partnership, find_reference
from secretariat.domain.front_page_cover import Cover, find_cover
from secretariat.domain.front_page_dates import Role, agree, find_dates, months_between, roles
from secretariat.domain.front_page_people import find_people
from secretariat.domain.front_page_subjects import (
    find_subjects,
    gives_name_and_date,
    is_subject,
    may_be_subject,
)
from secretariat.domain.papers import Facts, Line, PaperKind

CLEARLY_LATER: Final = 3
LONG_REPORT: Final = 12
TITLE: Final = (
    r"(?:(?:domestic|dhr|dardr|abuse|related|death|homicide|review|final|redacted|the|draft)\W+)*"
)
SUMMARY: Final = re.compile(r"\bexecutive\s+summary\b", re.I)
BOTH: Final = re.compile(
    r"overview\s+report\s*(?:and|&|including|with|incorporating|\+)\s*(?:the\s+)?executive\s+summary"
    r"|executive\s+summary\s*(?:and|&|\+)\s*(?:the\s+)?overview\s+report",
    re.I,
)
OVERVIEW: Final = re.compile(r"\b(?:overview|main|full)\s+report\b|\bdhr\s+report\b", re.I)
PLAN: Final = re.compile(
    rf"^\W*(?:(?:appendix|annex)\s+\w+\W+)?(?:{TITLE}|.{{0,60}}\W)(?:multi-?agency\s+|smart\s+|single\s+|combined\s+)*"
    r"action\s+plan\b(?!\w*\s+(?:is|was|will))",
    re.I,
)
APPENDIX: Final = re.compile(r"^\W*(?:appendix|appendices|annex(?:e)?)\b", re.I)
REVIEW: Final = re.compile(
    r"\bdomestic\s+(?:homicide|abuse[\s-]+related\s+death)\s+review\b|\bDHR\b|\bDARDR\b"
    r"|\bdomestic\s+homicide\s+overview\b|\bfatal\s+incident\s+review\b",
    re.I,
)
AUTHORED: Final = re.compile(r"\bauthor|\breport\s+(?:(?:produced|written|prepared)\s+)?by\b", re.I)
NO_REPORT: Final = re.compile(
    r"\b(?:individual management review|IMR|chronology|terms of reference|data (?:form|sheet)"
    r"|guidance|protocol|minutes|agenda)\b",
    re.I,
)
FORM_TO_FILL: Final = re.compile(
    r"\b(?:check-?list|questionnaire|template|(?:data|submission|monitoring|referral)\s+(?:\w+\s+)?"
    r"(?:form|sheet)|cover(?:ing)?\s+(?:sheet|note)|guidance|protocol|minutes|agenda|briefing)\b",
    re.I,
)
SIGNED: Final = re.compile(r"\byours\s+(?:sincerely|faithfully|truly)\b", re.I)
OF_THE_NAME: Final = (
    (PaperKind.ACTION_PLAN, re.compile(r"action[\s_.-]*plan", re.I)),
    (
        PaperKind.EXECUTIVE_SUMMARY,
        re.compile(r"exec(?:utive)?[\s_.-]*sum|(?<![a-z])es(?![a-z])", re.I),
    ),
    (PaperKind.OVERVIEW_REPORT, re.compile(r"over[\s_.-]*view|main[\s_.-]*report", re.I)),
    (PaperKind.APPENDIX, re.compile(r"appendi|annex", re.I)),
    (PaperKind.LETTER, re.compile(r"letter", re.I)),
)
DIED_IN_PROSE: Final = re.compile(
    r"\bIn\s+(?P<before>[^.,]{4,30}?),?\s+(?:\S+\s){1,3}(?:was\s+(?:killed|murdered|found\s+dead)|died)\b"
    r"|\b(?:died|was\s+(?:killed|murdered|found\s+dead)|own\s+life)\b[^.]{0,60}?\b(?:in|on)\s+(?P<after>[^.]{4,40})"
    r"|\b(?:deaths?\s+of|date\s+of\s+death)\b(?P<of>[^.]{4,60})"
)


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
    statements = cover.statements
    kind, doubts = find_kind(cover, name=name, pages=pages)
    csp, csp_doubts = find_partnership(statements, cover.body)
    reference, reference_doubts = find_reference(statements, cover.edges)
    author, chair, people_doubts = find_people(statements, cover.body)
    subjects = find_subjects(statements, cover.body)
    died, version, date_doubts = find_both_dates(statements, cover.body, subjects.names)
    if kind in {PaperKind.LETTER, PaperKind.APPENDIX}:
        author = chair = version = None
    facts = Facts(csp, subjects.names, reference, died, author, chair, version)
    warnings = [*cover.warnings, *doubts, *csp_doubts, *reference_doubts, *people_doubts]
    warnings += [*subjects.warnings, *date_doubts, *_signs(cover)]
    return Front(kind, facts, tuple(dict.fromkeys(warnings)), cover.marking)


def find_kind(cover: Cover, *, name: str = "", pages: int = 0) -> tuple[PaperKind, list[str]]:
    """Return what the paper is by its title, else by its file's name, and warnings."""
    titles = [text for text in cover.statements if len(text.split()) <= 30]
    plainly = PaperKind.LETTER if _is_letter(cover) else _of_the_first(titles)
    if plainly is not None:
        return plainly, []
    kind = _of_titles(titles)
    if kind is PaperKind.OTHER:
        kind = next((kind for kind, sign in OF_THE_NAME if sign.search(name)), kind)
    if kind is PaperKind.OTHER and _may_be_report(titles, pages):
        return PaperKind.OVERVIEW_REPORT, ["its title does not say that it is the overview report"]
    return kind, []


def _of_the_first(titles: Sequence[str]) -> PaperKind | None:
    """Return what the first title alone settles: an appendix, or a form to be filled in."""
    first = titles[0] if titles else ""
    if APPENDIX.match(first) and not PLAN.match(first):
        return PaperKind.APPENDIX
    form = FORM_TO_FILL.search(first) and _of_titles(titles[:1]) is PaperKind.OTHER
    return PaperKind.OTHER if form else None


def _may_be_report(titles: Sequence[str], pages: int) -> bool:
    """Say whether a paper about a review that names no kind is long or authored like a report."""
    top = titles[:8]
    if any(NO_REPORT.search(title) for title in top):
        return False
    if not any(REVIEW.search(title) for title in top):
        return False
    return pages >= LONG_REPORT or any(AUTHORED.search(title) for title in titles)


def find_both_dates(
    statements: Sequence[str], body: str, names: Sequence[str]
) -> tuple[str | None, str | None, list[str]]:
    """Return the date of death, the version's date, and warnings.

    A date is taken for what the words beside it say.  One without words is the version's only
    where nothing else could be meant.
    """
    said, bare, doubts = _dates_said(statements)
    died = _one(said[Role.DEATH], "date of death", doubts)
    version = _latest(said[Role.REVISION], said[Role.VERSION], doubts)
    explicit = bool(said[Role.REVISION] or said[Role.VERSION]), bool(said[Role.DEATH])
    died, version = _with_bare(bare, statements, (died, version), explicit, doubts)
    if died is None and not said[Role.DEATH]:
        died = _died_in_prose(body, names)
    if died and version and months_between(died, version) < 0:
        return None, None, [*doubts, "its date is before the date of death that it gives"]
    return died, version, doubts


def _dates_said(
    statements: Sequence[str],
) -> tuple[dict[Role, list[str]], list[tuple[int, str]], list[str]]:
    """Return the dates by their role ("" for an impossible one), those alone on a line, doubts."""
    said: dict[Role, list[str]] = {role: [] for role in Role}
    bare: list[tuple[int, str]] = []
    doubts: list[str] = []
    for place, statement in enumerate(statements):
        for date, role in roles(statement):
            if date.iso is None:
                doubts.append(f"it gives a date that no calendar has: {date.words}")
                said[role].append("")
            elif role is Role.BARE:
                bare.append((place, date.iso))
            elif role is Role.UNCLEAR and not date.is_year and gives_name_and_date(statement):
                said[Role.DEATH].append(date.iso)
            else:
                said[role].append(date.iso)
    return said, bare, doubts


def _with_bare(
    bare: Sequence[tuple[int, str]],
    statements: Sequence[str],
    known: tuple[str | None, str | None],
    explicit: tuple[bool, bool],
    doubts: list[str],
) -> tuple[str | None, str | None]:
    """Settle dates alone on their lines: beside the name a death's, at the end a version's."""
    died, version = known
    has_version, has_death = explicit
    free = list(dict.fromkeys(bare))
    beside, apart = _beside_and_apart(free, statements)
    if apart is not None and not has_version:
        earlier = died or beside
        if earlier is None or months_between(earlier, apart) >= 0:
            version = apart
    if beside is not None:
        if not has_death and _is_later(version, beside):
            died = beside
        elif not has_version and version is None and _is_later(beside, died):
            version = beside
    if any(iso not in {died, version} for _, iso in free):
        doubts.append("it gives a date without saying what it is the date of")
    return died, version


def _beside_and_apart(
    free: Sequence[tuple[int, str]], statements: Sequence[str]
) -> tuple[str | None, str | None]:
    """Return the one date under a name, and the one under no name; None where there are more."""
    beside = [iso for place, iso in free if place and is_subject(statements[place - 1])]
    apart = [iso for place, iso in free if not (place and may_be_subject(statements[place - 1]))]
    return _only(beside), _only(apart)


def _only(dates: Sequence[str]) -> str | None:
    return dates[0] if len(dates) == 1 else None


def _is_later(late: str | None, early: str | None) -> bool:
    return bool(late and early) and months_between(early or "", late or "") >= CLEARLY_LATER


def _one(dates: Sequence[str], what: str, doubts: list[str]) -> str | None:
    if not dates or "" in dates:
        return None
    if (agreed := agree(dates)) is None:
        doubts.append(f"it gives more than one {what}")
    return agreed


def _latest(revised: Sequence[str], dated: Sequence[str], doubts: list[str]) -> str | None:
    """Return the last revision, else the one date of the version."""
    if "" in revised or "" in dated:
        return None
    if revised:
        last = max(revised)
        return (
            last
            if all(date[:7] <= last for date in dated)
            else _one((*dated, last), "version date", doubts)
        )
    return _one(dated, "version date", doubts)


def _died_in_prose(body: str, names: Sequence[str]) -> str | None:
    """Return the date of death that the body gives for those who died, where it gives one."""
    found = []
    for sentence in re.split(r"(?<=[a-z0-9)])\.\s+", body):
        about = any(name in sentence for name in names) or re.search(
            r"\bthe (?:victim|deceased)\b", sentence
        )
        match = DIED_IN_PROSE.search(sentence)
        if about and match:
            dates = find_dates(match["before"] or match["after"] or match["of"])
            found += [date.iso for date in dates[:1] if date.iso and not date.is_year]
    return agree(found)


def _of_titles(titles: Sequence[str]) -> PaperKind:
    if any(BOTH.search(title) for title in titles):
        return PaperKind.OVERVIEW_REPORT
    summaries = [place for place, title in enumerate(titles) if SUMMARY.search(title)]
    overviews = [
        p for p, title in enumerate(titles) if OVERVIEW.search(title) and p not in summaries
    ]
    if summaries and not (overviews and overviews[0] < summaries[0] - 1):
        return PaperKind.EXECUTIVE_SUMMARY
    if overviews:
        return PaperKind.OVERVIEW_REPORT
    if any(PLAN.match(title) for title in titles[:8]):
        return PaperKind.ACTION_PLAN
    return PaperKind.OTHER


def _is_letter(cover: Cover) -> bool:
    everything = [*cover.statements, cover.body]
    begins = any(re.search(r"(?:^|\s)Dear\s+[A-Z]", text[:200]) for text in everything)
    return begins and any(SIGNED.search(text) for text in everything)


def _signs(cover: Cover) -> list[str]:
    seen = " ".join((*cover.statements, *cover.edges))
    found = [f"it is marked {cover.marking}"] if cover.marking else []
    if re.search(r"\bdraft\b", seen, re.I):
        found.append("it calls itself a draft")
    if re.search(r"\bembargo", seen, re.I):
        found.append("it is under an embargo")
    return found
