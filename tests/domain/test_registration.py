"""What a submission states, whose it is, and whether it is a review that we have."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from secretariat.domain.matching import Candidate, Certainty, ClueSource, Match, MatchOutcome
from secretariat.domain.papers import Facts, PaperKind
from secretariat.domain.registration import (
    Standing,
    disagreements,
    facts_of,
    is_of_partnership,
    likely_same,
    parties_from,
    partnership_clues,
    several_reviews,
)
from secretariat.domain.review import Status
from tests.builders import CSP_ID, REFERENCE, a_paper, a_parties, a_review
from tests.mail_builders import COUNCIL, TRUST, a_parsed, a_seen

OVERVIEW, SUMMARY, PLAN = (
    PaperKind.OVERVIEW_REPORT,
    PaperKind.EXECUTIVE_SUMMARY,
    PaperKind.ACTION_PLAN,
)
MATCH = Match(
    MatchOutcome.MATCH, "its name", Certainty.CERTAIN, (CSP_ID,), "Anytown CSP", ("anyshire",)
)
OTHER = replace(MATCH, csp_ids=("otherton",), council_ids=("othershire",))
NONE = Match(MatchOutcome.NONE, "no clue", Certainty.WEAK)


def stated(kind: PaperKind = OVERVIEW, **facts: Any) -> Any:
    return a_seen(kind, facts=Facts(**facts), name=f"{kind}.pdf")


def test_the_overview_report_speaks_first_and_the_others_fill_its_gaps() -> None:
    papers = [
        stated(SUMMARY, author="A. Summariser", chair="C. Chair"),
        stated(author="A. Writer"),
    ]
    facts = facts_of(papers)
    assert (facts.author, facts.chair, facts.local_reference) == ("A. Writer", "C. Chair", None)


def test_what_no_paper_states_is_not_stated() -> None:
    assert facts_of([stated()]) == Facts()


def test_papers_that_disagree_are_told() -> None:
    papers = [stated(local_reference="DHR15"), stated(SUMMARY, local_reference="DHR 16")]
    assert disagreements(papers) == ("local_reference",)
    assert disagreements([papers[0], stated(SUMMARY, local_reference="dhr 15")]) == ()


def test_two_reports_of_different_reviews_are_seen() -> None:
    one, two = stated(pseudonyms=("Maria",)), stated(pseudonyms=("Jane",))
    assert several_reviews([one, two])
    assert not several_reviews([one, stated(pseudonyms=("Maria",))])
    assert not several_reviews([one, stated(SUMMARY, pseudonyms=("Jane",))])


def test_clues_come_from_cover_subject_signature_and_domain() -> None:
    mail = a_parsed(subject="DHR for Anytown", body="Hello.\n\nJo\nAnyshire County Council")
    clues = partnership_clues(mail, [stated(csp="Anytown CSP")])
    assert [(clue.source, clue.text) for clue in clues] == [
        (ClueSource.COVER, "Anytown CSP"),
        (ClueSource.SUBJECT, "DHR for Anytown"),
        (ClueSource.SIGNATURE, "Anyshire County Council"),
        (ClueSource.DOMAIN, "anyshire.gov.uk"),
    ]


def test_a_weak_match_is_shown_and_not_sure() -> None:
    assert parties_from(MATCH).sure
    assert not parties_from(replace(MATCH, certainty=Certainty.WEAK)).sure


def test_partnerships_that_may_be_meant_are_named_for_a_person() -> None:
    either = (Candidate("a", "A CSP", ""), Candidate("b", "B CSP", ""))
    parties = parties_from(replace(NONE, candidates=either))
    assert parties.csp_ids == ()
    assert parties.why == "no clue; it may be A CSP or B CSP"


@pytest.mark.parametrize(
    ("match", "sender", "theirs"),
    [
        (MATCH, "anybody@elsewhere.example", True),
        (OTHER, COUNCIL, False),
        (NONE, COUNCIL, True),
        (NONE, "colleague@anyshire.gov.uk", True),
        (NONE, "x@elsewhere.example", False),
        (replace(NONE, candidates=(Candidate("otherton", "", ""),)), COUNCIL, False),
        (replace(NONE, candidates=(Candidate(CSP_ID, "", ""),)), COUNCIL, True),
    ],
)
def test_papers_join_only_from_the_reviews_own_partnership(
    match: Match, sender: str, theirs: bool
) -> None:
    review = a_review(sender=COUNCIL)
    assert is_of_partnership(match, review, sender, TRUST) is theirs


def test_a_sender_counts_for_a_review_whose_partnership_nobody_knows() -> None:
    review = a_review(sender=COUNCIL, parties=a_parties(csp_ids=(), council_ids=()))
    assert is_of_partnership(NONE, review, COUNCIL, TRUST)
    assert not is_of_partnership(MATCH, review, "x@elsewhere.example", TRUST)


def found(papers: list[Any], kinds: tuple[PaperKind, ...] = (OVERVIEW,), **said: Any) -> bool:
    facts = said.pop("facts", Facts(pseudonyms=("Maria",), local_reference="DHR15"))
    review = a_review(facts=facts, received_on=date(2026, 3, 2), **said)
    standing = Standing(review, tuple(a_paper(kind=kind.value) for kind in kinds))
    return REFERENCE in likely_same(papers, [standing], today=date(2026, 3, 10), days=28)


def test_the_same_reference_is_the_same_review_also_as_another_version() -> None:
    assert found([stated(local_reference="DHR 15")])
    assert not found([stated(local_reference="DHR16")])


def test_the_same_pseudonym_alone_is_not_the_same_review() -> None:
    assert not found([stated(pseudonyms=("Maria",), date_of_death="2019-04")])
    facts = Facts(pseudonyms=("Maria",), date_of_death="2019-04")
    assert found([stated(pseudonyms=("Maria",), date_of_death="2019-04")], facts=facts)


def test_missing_papers_soon_after_are_likely_its_second_part() -> None:
    assert found([stated(PLAN)])
    assert found([stated(SUMMARY), stated(PLAN)])


@pytest.mark.parametrize(
    "said",
    [
        {"papers": [stated(PLAN)], "kinds": (OVERVIEW, PLAN)},
        {"papers": [stated(PLAN, local_reference="DHR16")]},
        {"papers": [stated(PLAN)], "status": Status.UNDONE},
        {"papers": [stated()]},
    ],
    ids=["it has that kind", "another reference", "undone", "a report of its own"],
)
def test_other_papers_are_a_submission_of_their_own(said: dict[str, Any]) -> None:
    assert not found(**said)


def test_papers_long_after_are_not_a_second_part() -> None:
    review = a_review(facts=Facts(), received_on=date(2025, 3, 2))
    standing = [Standing(review, ())]
    assert likely_same([stated(PLAN)], standing, today=date(2026, 3, 10), days=28) == ()
