"""Facts of a submission: the overview report's word first, and no doubt settled by a guess."""

from dataclasses import replace
from typing import Any

from secretariat.domain.found import Found, Sureness
from secretariat.domain.papers import Facts, PaperKind
from secretariat.domain.registration import facts_of
from secretariat.domain.triage_clues import SeenPaper
from tests.mail_builders import a_seen

SUMMARY = PaperKind.EXECUTIVE_SUMMARY


def stated(kind: PaperKind = PaperKind.OVERVIEW_REPORT, **facts: Any) -> SeenPaper:
    return a_seen(kind, facts=Facts(**facts), name=f"{kind}.pdf")


def in_doubt(fact: str, *others: str) -> SeenPaper:
    paper = stated()
    found = Found(fact, None, page=1, line=4, sure=Sureness.IN_DOUBT, others=others)
    return replace(paper, read=replace(paper.read, found=(found,)))


def test_every_fact_is_taken_over_not_only_the_seven() -> None:
    facts = facts_of(
        [
            stated(SUMMARY, review_kind="fatal incident review", version="Draft"),
            stated(version="Final", councils=("Any Council", "Other Council")),
        ]
    )
    assert facts.version == "Final"
    assert facts.review_kind == "fatal incident review"
    assert facts.councils == ("Any Council", "Other Council")


def test_the_day_of_death_may_stand_in_the_summary_alone() -> None:
    papers = [stated(date_of_death="2019-03"), stated(SUMMARY, date_of_death="2019-03-12")]
    assert facts_of(papers).date_of_death == "2019-03-12"


def test_where_two_papers_contradict_each_other_the_report_has_its_word() -> None:
    papers = [stated(date_of_death="2019-03"), stated(SUMMARY, date_of_death="2019-04-12")]
    assert facts_of(papers).date_of_death == "2019-03"


def test_a_doubt_is_settled_by_a_paper_that_names_one_of_its_candidates() -> None:
    doubt = in_doubt("author", "Ann Example", "Jo Sample")
    assert facts_of([doubt, stated(SUMMARY, author="Jo Sample")]).author == "Jo Sample"


def test_a_doubt_is_not_settled_by_a_third_name() -> None:
    doubt = in_doubt("author", "Ann Example", "Jo Sample")
    assert facts_of([doubt, stated(SUMMARY, author="Kim Invented")]).author is None
    several = in_doubt("pseudonyms", "Ann", "Beth")
    assert facts_of([several, stated(SUMMARY, pseudonyms=("Clare",))]).pseudonyms == ()
