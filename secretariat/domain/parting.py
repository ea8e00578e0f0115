"""To which reviews the papers of a mail may belong: those in the mail, those in the register.

A proposal for a person, never a decision.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from secretariat.domain.papers import Facts, PaperKind
from secretariat.domain.post_in import Candidate
from secretariat.domain.registration import (
    ENDED,
    MOST_CANDIDATES,
    names_in,
    of_different_reviews,
    same,
)
from secretariat.domain.review import Review
from secretariat.domain.triage_clues import Clues, SeenPaper

_WORD: Final = re.compile(r"[a-z]{3,}|\d+")
_ANY_PAPERS: Final = frozenset(
    (
        "overview",
        "report",
        "executive",
        "summary",
        "action",
        "plan",
        "final",
        "draft",
        "dhr",
        "pdf",
        "docx",
        "doc",
        "version",
        "review",
        "domestic",
        "homicide",
        "and",
        "the",
        "for",
        "appendix",
    )
)


def parts_of(papers: Sequence[SeenPaper]) -> Mapping[str, int]:
    """Return to which of the mail's reviews each paper (by SHA-256) seems to belong, from 1.

    Empty where the mail is about one review; a paper that none or several fit is left out.
    """
    groups: list[list[SeenPaper]] = []
    for paper in papers:
        if paper.read.kind is not PaperKind.OVERVIEW_REPORT:
            continue
        facts = paper.read.facts
        fits = (group for group in groups if not _contradicts(facts, group))
        if group := next(fits, None):
            group.append(paper)
        else:
            groups.append([paper])
    if len(groups) < 2:
        return {}
    reports = [list(group) for group in groups]
    parts = {each.sha256: at for at, group in enumerate(reports, start=1) for each in group}
    for paper in papers:
        if paper.sha256 in parts:
            continue
        scores = [_fit(paper, group) for group in reports]
        best = max(scores)
        if best > 0 and scores.count(best) == 1:
            parts[paper.sha256] = scores.index(best) + 1
    return parts


def may_belong(clues: Clues, reviews: Sequence[Review], facts: Facts) -> tuple[Candidate, ...]:
    """Return the reviews that a mail may belong to, the likeliest first, at most five.

    reviews: of the partnerships that it may come from; facts: what its papers state
    """
    found: dict[str, Candidate] = {}

    def add(candidate: Candidate) -> None:
        found.setdefault(str(candidate.reference), candidate)

    for each in clues.named:
        add(Candidate(each, "it names this reference"))
    for each in clues.thread:
        add(Candidate(each, "it answers our mail about this review"))
    for each in clues.locked:
        add(Candidate(each, "papers of this review wait for a password"))
    standing = [review for review in reviews if review.status not in ENDED]
    for review in standing:
        if why := _same_case(facts, review.facts):
            add(Candidate(review.reference, why))
    sent = [review for review in standing if review.sender == clues.mail.sender]
    if len(sent) == 1:
        add(Candidate(sent[0].reference, "it is the only open review that this sender submitted"))
    return tuple(found.values())[:MOST_CANDIDATES]


def _same_case(new: Facts, old: Facts) -> str:
    if same(new.local_reference, old.local_reference):
        return "the partnership and its own reference are the same"
    if names_in(new) & names_in(old) and not of_different_reviews(new, old):
        return "the partnership and the name of the case are the same"
    return ""


def _contradicts(facts: Facts, group: Sequence[SeenPaper]) -> bool:
    return any(of_different_reviews(facts, each.read.facts) for each in group)


def _fit(paper: SeenPaper, group: Sequence[SeenPaper]) -> int:
    """Return how well a paper fits the reports of a review; 0 where it does not."""
    facts = paper.read.facts
    if _contradicts(facts, group):
        return 0
    score = 0
    for report in group:
        other = report.read.facts
        score += 4 * same(facts.local_reference, other.local_reference)
        score += 3 * bool(names_in(facts) & names_in(other))
        score += 2 * same(facts.date_of_death, other.date_of_death)
        score += same(facts.csp, other.csp)
        score += 2 * len(_stem(paper.name) & _stem(report.name))
    return score


def _stem(name: str) -> set[str]:
    """Return the words of a file's name that tell cases apart."""
    return set(_WORD.findall(name.casefold())) - _ANY_PAPERS
