"""What a submission states, whose it is, and whether a registered review is the same one.

Nothing is guessed: what no paper states stays None, clues that disagree are for a person.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Final

from secretariat.domain.mail import Mail
from secretariat.domain.matching import Certainty, Clue, ClueSource, Match, MatchOutcome
from secretariat.domain.papers import Facts, PaperKind, ReadPaper
from secretariat.domain.post_in import Paper
from secretariat.domain.reference import Reference
from secretariat.domain.review import Parties, Review, Status
from secretariat.domain.triage_clues import SeenPaper
from secretariat.domain.triage_senders import Trust, domain_of, is_council

ENDED: Final = (Status.MERGED, Status.UNDONE, Status.WITHDRAWN)
SIGNATURE_LINES: Final = 12
MOST_CANDIDATES: Final = 5
_STATING: Final = (PaperKind.OVERVIEW_REPORT, PaperKind.EXECUTIVE_SUMMARY, PaperKind.ACTION_PLAN)
_SIGNED: Final = re.compile(
    r"\b(?:partnership|council|borough|partneriaeth|cyngor|bwrdeistref)\b", re.IGNORECASE
)
_LIST_MARK: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Standing:
    """A registered review with its papers in use."""

    review: Review
    papers: tuple[Paper, ...]


def facts_of(papers: Sequence[SeenPaper]) -> Facts:
    """Return what the papers state: the overview report's word first, gaps from the others.

    A date may be more precise in another paper.  What one paper leaves in doubt another settles
    only by naming one of the values that the first gives.
    """
    reads = [paper.read for kind in _STATING for paper in papers if paper.read.kind is kind]
    reads = reads or [paper.read for paper in papers]
    return Facts(**{each.name: _merged(each.name, reads) for each in fields(Facts)})


def _merged(fact: str, reads: Sequence[ReadPaper]) -> Any:
    doubted: set[str] = set()
    stated = []
    for read in reads:
        if value := getattr(read.facts, fact):
            several = set(value if isinstance(value, tuple) else (value,))
            stated += [value] if not doubted or several <= doubted else []
        elif not stated:
            doubted |= {other for one in read.found if one.fact == fact for other in one.others}
    if not stated:
        return getattr(Facts(), fact)
    if fact == "date_of_death":
        return max((one for one in stated if one.startswith(stated[0])), key=len)
    return stated[0]


def disagreements(papers: Sequence[SeenPaper]) -> tuple[str, ...]:
    """Return the names of the facts of which papers of one mail say different things."""
    return tuple(
        name
        for name in ("local_reference", "date_of_death", "csp")
        if len({_plain(getattr(paper.read.facts, name)) for paper in papers} - {""}) > 1
    )


def several_reviews(papers: Sequence[SeenPaper]) -> bool:
    """Say whether one mail brings overview reports of more than one review."""
    reports = [paper for paper in papers if paper.read.kind is PaperKind.OVERVIEW_REPORT]
    for number, one in enumerate(reports):
        if any(of_different_reviews(one.read.facts, two.read.facts) for two in reports[:number]):
            return True
    return False


def partnership_clues(mail: Mail, papers: Sequence[SeenPaper]) -> tuple[Clue, ...]:
    """Return every name of a partnership on covers, in subject and signature, and the domain."""
    covers = dict.fromkeys(paper.read.facts.csp for paper in papers if paper.read.facts.csp)
    clues = [Clue(ClueSource.COVER, name) for name in covers if name]
    if mail.subject:
        clues.append(Clue(ClueSource.SUBJECT, _without_hosts(mail.subject)))
    clues += [Clue(ClueSource.SIGNATURE, line) for line in _signature(mail)]
    if domain := domain_of(mail.sender):
        clues.append(Clue(ClueSource.DOMAIN, domain))
    return tuple(clues)


def parties_from(match: Match) -> Parties:
    """Return whose review it is, as far as the clues say so."""
    why = match.why
    if match.candidates:
        why += "; it may be " + " or ".join(each.csp for each in match.candidates)
    return Parties(
        csp_ids=match.csp_ids,
        csp=match.csp,
        council_ids=match.council_ids,
        pfa_codes=match.pfa_codes,
        why=why,
        sure=match.outcome is MatchOutcome.MATCH and match.certainty is not Certainty.WEAK,
    )


def is_of_partnership(match: Match, review: Review, sender: str, trust: Trust) -> bool:
    """Say whether papers on a review's thread come from its own partnership.

    Where no clue names one, only the address that submitted the review, or its council, does.
    """
    ids = set(review.parties.csp_ids)
    if ids and match.outcome is MatchOutcome.MATCH:
        councils = set(match.council_ids) & set(review.parties.council_ids)
        return bool(ids & set(match.csp_ids) or councils)
    if ids and match.candidates and not ids & {each.csp_id for each in match.candidates}:
        return False
    same_council = is_council(sender, trust) and domain_of(sender) == domain_of(review.sender)
    return bool(sender) and (sender == review.sender or same_council)


def likely_same(
    papers: Sequence[SeenPaper], standing: Sequence[Standing], *, today: date, days: int
) -> tuple[Reference, ...]:
    """Return the partnership's reviews of which these papers may be another part or version.

    days: how long after a registration its missing papers are still expected
    """
    facts = facts_of(papers)
    since = today - timedelta(days=days)
    found = (
        each.review.reference
        for each in standing
        if each.review.status not in ENDED
        and (_same_case(facts, each.review.facts) or is_part_two(papers, each, since=since))
    )
    return tuple(found)[:MOST_CANDIDATES]


def _same_case(new: Facts, old: Facts) -> bool:
    if of_different_reviews(new, old):
        return False
    same_reference = bool(new.local_reference) and same(new.local_reference, old.local_reference)
    names = names_in(new) & names_in(old)
    return same_reference or (bool(names) and same(new.date_of_death, old.date_of_death))


def is_part_two(papers: Sequence[SeenPaper], standing: Standing, *, since: date) -> bool:
    """Say whether papers of other kinds, without an overview report, follow a new registration.

    since: the London day before which a registration is not new
    """
    review = standing.review
    kinds = {paper.read.kind.value for paper in papers} - {PaperKind.OTHER, PaperKind.LETTER}
    there = {paper.kind for paper in standing.papers}
    if review.received_on < since or PaperKind.OVERVIEW_REPORT in kinds:
        return False
    return not kinds & there and not of_different_reviews(facts_of(papers), review.facts)


def of_different_reviews(one: Facts, two: Facts) -> bool:
    """Whether two covers contradict each other on what tells reviews apart."""
    if _differ(one.local_reference, two.local_reference):
        return True
    if one.date_of_death and two.date_of_death:
        shorter, longer = sorted((one.date_of_death, two.date_of_death), key=len)
        if not longer.startswith(shorter):
            return True
    named = bool(one.pseudonyms and two.pseudonyms)
    same_reference = bool(one.local_reference) and same(one.local_reference, two.local_reference)
    return named and not same_reference and not names_in(one) & names_in(two)


def _differ(one: str | None, two: str | None) -> bool:
    return bool(one and two) and not same(one, two)


def same(one: str | None, two: str | None) -> bool:
    """Say whether two facts are stated and the same, whatever their marks and spaces."""
    return bool(_plain(one)) and _plain(one) == _plain(two)


def _plain(text: str | None) -> str:
    return _LIST_MARK.sub("", text or "").casefold()


def names_in(facts: Facts) -> set[str]:
    """Return the pseudonyms in a form in which they can be compared."""
    return {_plain(each) for each in facts.pseudonyms} - {""}


def _signature(mail: Mail) -> Iterator[str]:
    lines = [line.strip() for line in mail.own_text.splitlines() if line.strip()]
    for line in lines[-SIGNATURE_LINES:]:
        if len(line) <= 120 and _SIGNED.search(line) and not line.endswith((".", "?", "!")):
            yield _without_hosts(line)


def _without_hosts(text: str) -> str:
    """Return the text without addresses: one in a subject would be taken for the sender's."""
    return " ".join(word for word in text.split() if "@" not in word and "//" not in word)


def new_papers(papers: Sequence[SeenPaper], there: Collection[str]) -> tuple[SeenPaper, ...]:
    """Return the papers whose SHA-256 is not in `there`, each once."""
    found = {paper.sha256: paper for paper in papers if paper.sha256 not in there}
    return tuple(found.values())
