"""What a paper is by its own title, else by its file's name; and what kind of review it is of."""

import re
from collections.abc import Sequence
from typing import Final

from secretariat.domain.found import Found, ReviewKind, Sureness
from secretariat.domain.front_page_cover import Cover
from secretariat.domain.front_page_sought import Sought
from secretariat.domain.front_page_statement import Statement
from secretariat.domain.papers import PaperKind

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
    r"|guidance|protocol|minutes|agenda|(?:minute|learning|practice)\s+briefing"
    r"|learning\s+(?:brief|summary|points)|newsletter|leaflet|press\s+release)\b",
    re.I,
)
FORM_TO_FILL: Final = re.compile(
    r"\b(?:check-?list|questionnaire|template|(?:data|submission|monitoring|referral)\s+(?:\w+\s+)?"
    r"(?:form|sheet)|cover(?:ing)?\s+(?:sheet|note)|guidance|protocol|minutes|agenda|briefing)\b",
    re.I,
)
OF_A_MEETING: Final = re.compile(r"(?:draft\s+)?(?:minutes|agenda|notes\s+of)\b", re.I)
FIRST_TITLES: Final = 4
DEAR: Final = re.compile(r"(?:^|\s)Dear\s+[A-Z]")
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
HOMICIDE_REVIEW: Final = Sought(
    re.compile(
        r"\b(?:d[o0]mestic|community)\s+(?:violence\s+)?homicide\s+(?:overview|review|report)|\b[A-Z]{0,3}DHR(?![a-z])"
        r"|\breview\s+of\s+(?:a|the)\s+domestic\s+homicide|\bdomestic\s+homicide\s*$|\bOHR\s?\d|adolygiad\s+(?:o\s+)?(?:dd?ynladdiad|laddiad)\w*\s+domestig",
        re.I,
    ),
    ("homicide", "dhr", "ohr", "domestig"),
)
ADULTS: Final = Sought(
    re.compile(
        r"(?:safeguarding\s+adults?'?s?|adults?\s+safeguarding)\s+(?:board\s+)?review|\bSAR\b", re.I
    ),
    ("safeguarding", "sar"),
)
CHILD: Final = Sought(
    re.compile(
        r"serious\s+case\s+review|child(?:ren)?(?:'s)?\s+(?:safeguarding\s+)?(?:practice|serious\s+case)\s+review"
        r"|\b(?:SCR|L?CSPR)\b|learning\s+and\s+improvement\s+child",
        re.I,
    ),
    ("serious", "child", "scr", "cspr"),
)
MENTAL: Final = Sought(
    re.compile(
        r"mental\s+health\s+(?:homicide|independent)|independent\s+mental\s+health|\bMHHR\b", re.I
    ),
    ("mental", "mhhr"),
)
JOINED: Final = (
    (ReviewKind.DHR_AND_SAR, ADULTS),
    (ReviewKind.DHR_AND_CHILD, CHILD),
    (ReviewKind.DHR_AND_MENTAL_HEALTH, MENTAL),
)
OTHER_REVIEWS: Final = (
    (
        ReviewKind.SUSR,
        Sought(
            re.compile(
                r"single\s+unified\s+safeguarding\s+review|\bSUSR|adolygiad\s+diogelu\s+unedig",
                re.I,
            ),
            ("unified", "susr", "unedig"),
        ),
    ),
    (
        ReviewKind.FIR,
        Sought(re.compile(r"\b(?i:fatal\s+incident\s+review)|\bFIR\b(?!-)"), ("fatal", "fir")),
    ),
    (
        ReviewKind.DARDR,
        Sought(
            re.compile(
                r"\bdomestic\s+abuse[\s-]+related[\s-]+(?:deaths?|homicide)[\s-]+review"
                r"|\b[A-Z]{0,3}(?:DARDR|DARDH|DHARD|DADRD)(?![a-z])",
                re.I,
            ),
            ("related", "dard", "dhard", "dadrd"),
        ),
    ),
)
STATUTE: Final = Sought(
    re.compile(r"section\s+9\b|domestic\s+violence,?\s+crime\s+and\s+victims", re.I),
    ("section", "victims"),
)
LONGEST_TITLE: Final = 200


def find_review_kind(cover: Cover) -> Found:
    """Return which kind of review the cover speaks of, else its edges, else the body."""
    texts = [each for each in (*cover.statements, *cover.edges) if len(each.text) <= LONGEST_TITLE]
    together = "\n".join(each.text for each in texts).casefold()
    for kind, sign in (
        *_joined(texts, together),
        *OTHER_REVIEWS,
        (ReviewKind.DHR, HOMICIDE_REVIEW),
    ):
        for each in texts if sign.may_stand_in(together) else ():
            if match := sign.pattern.search(each.text):
                return each.found("review_kind", kind.value, match.start(), match.end())
    for each, sign in ((cover.body, HOMICIDE_REVIEW), *((one, STATUTE) for one in texts)):
        if match := sign.search(each.text):
            found = each.found("review_kind", ReviewKind.DHR.value, match.start(), match.end())
            return _likely(found)
    return Found("review_kind", None, sure=Sureness.IN_DOUBT)


def _joined(texts: Sequence[Statement], together: str) -> list[tuple[ReviewKind, Sought]]:
    """Return the joint kinds whose other half a title of the cover names beside the first."""
    halves = [(kind, sign) for kind, sign in JOINED if sign.may_stand_in(together)]
    if not halves or not any(HOMICIDE_REVIEW.search(each.text) for each in texts):
        return []
    return [
        (kind, sign) for kind, sign in halves if any(_names_half(each.text, sign) for each in texts)
    ]


def _names_half(text: str, sign: Sought) -> bool:
    """Say whether a title names the other review, and not only its board or a later one."""
    return bool(sign.search(text)) and len(text.split()) <= 25


def _likely(found: Found) -> Found:
    return Found(found.fact, found.value, found.written, found.page, found.line, Sureness.LIKELY)


def find_kind(
    cover: Cover, *, name: str = "", pages: int = 0
) -> tuple[PaperKind, Found, list[str]]:
    """Return what the paper is by its title, else by its file's name; where; and warnings."""
    titles = [each for each in cover.statements if len(each.text.split()) <= 30]
    plainly = PaperKind.LETTER if _is_letter(cover) else _of_the_first(titles)
    if plainly is not None:
        return plainly, _stated(plainly, titles[:1]), []
    kind, said = _of_titles(titles)
    if kind is not PaperKind.OTHER:
        return kind, _stated(kind, said), []
    kind = next((kind for kind, sign in OF_THE_NAME if sign.search(name)), kind)
    found = Found("kind", kind.value, sure=Sureness.LIKELY)
    if kind is PaperKind.OTHER and _may_be_report([each.text for each in titles], pages):
        kind = PaperKind.OVERVIEW_REPORT
        found = Found("kind", kind.value, sure=Sureness.LIKELY)
        return kind, found, ["its title does not say that it is the overview report"]
    if kind is PaperKind.OTHER:
        found = Found("kind", None, sure=Sureness.IN_DOUBT)
    return kind, found, []


def is_of_a_meeting(cover: Cover) -> bool:
    """Say whether it is minutes or an agenda: who chairs a meeting is not who chaired a review."""
    return any(OF_A_MEETING.match(each.text) for each in cover.statements[:FIRST_TITLES])


def _stated(kind: PaperKind, said: Sequence[Statement]) -> Found:
    if not said:
        return Found("kind", kind.value, sure=Sureness.LIKELY)
    return said[0].found("kind", kind.value, 0, len(said[0].text))


def _of_the_first(titles: Sequence[Statement]) -> PaperKind | None:
    """Return what the first title alone settles: an appendix, or a form to be filled in."""
    first = titles[0].text if titles else ""
    if APPENDIX.match(first) and not PLAN.match(first):
        return PaperKind.APPENDIX
    form = FORM_TO_FILL.search(first) and _of_titles(titles[:1])[0] is PaperKind.OTHER
    return PaperKind.OTHER if form else None


def _may_be_report(titles: Sequence[str], pages: int) -> bool:
    """Say whether a paper about a review that names no kind is long or authored like a report."""
    top = titles[:8]
    if any(NO_REPORT.search(title) for title in top):
        return False
    if not any(REVIEW.search(title) for title in top):
        return False
    return pages >= LONG_REPORT or any(AUTHORED.search(title) for title in titles)


def _of_titles(titles: Sequence[Statement]) -> tuple[PaperKind, Sequence[Statement]]:
    """Return what the titles say that the paper is, and those that say it."""
    if both := [each for each in titles if BOTH.search(each.text)]:
        return PaperKind.OVERVIEW_REPORT, both
    summaries = [place for place, each in enumerate(titles) if SUMMARY.search(each.text)]
    overviews = [
        p for p, each in enumerate(titles) if OVERVIEW.search(each.text) and p not in summaries
    ]
    if summaries and not (overviews and overviews[0] < summaries[0] - 1):
        return PaperKind.EXECUTIVE_SUMMARY, [titles[summaries[0]]]
    if overviews:
        return PaperKind.OVERVIEW_REPORT, [titles[overviews[0]]]
    if plans := [each for each in titles[:8] if PLAN.match(each.text)]:
        return PaperKind.ACTION_PLAN, plans
    return PaperKind.OTHER, ()


def _is_letter(cover: Cover) -> bool:
    everything = [*(each.text for each in cover.statements), cover.body.text]
    begins = any(DEAR.search(text[:200]) for text in everything)
    return begins and any(SIGNED.search(text) for text in everything)
