import tomllib
from datetime import date

import pytest

from secretariat.domain.letter_content import MeetingMode
from secretariat.domain.letter_facts import FactsRefused, facts_from, letter_from
from secretariat.domain.review import Outcome
from tests.builders import a_section

HEAD = {
    "unit": "Unit",
    "address": "1 Example Street",
    "website": "www.secretariat.example",
    "signatory": "Pat Example",
    "signatory_title": "Chair",
    "reply_address": "reviews@secretariat.example",
}
LEAST = {"area": "Anyshire", "head": HEAD, "generation": "2017"}


def test_the_least_that_must_be_said_makes_facts() -> None:
    facts = facts_from(LEAST)
    assert (facts.area, facts.generation, facts.mode) == ("Anyshire", "2017", MeetingMode.MEETING)
    assert facts.regret


def test_the_outcome_is_the_notes_and_only_without_one_the_facts() -> None:
    facts = facts_from({**LEAST, "outcome": "publish"})
    assert letter_from(a_section(outcome=Outcome.RESUBMIT), facts).outcome is Outcome.RESUBMIT
    assert letter_from(a_section(outcome=None), facts).outcome is Outcome.PUBLISH


def test_a_letter_without_any_outcome_is_refused() -> None:
    with pytest.raises(FactsRefused, match="outcome"):
        letter_from(a_section(outcome=None), facts_from(LEAST))


def test_a_day_may_stand_with_or_without_quotation_marks() -> None:
    told = tomllib.loads("meeting_date = 2026-03-03\nletter_date = '2026-03-10'")
    facts = facts_from({**LEAST, **told})
    assert (facts.meeting_date, facts.letter_date) == (date(2026, 3, 3), date(2026, 3, 10))


def test_every_fault_is_told_at_once() -> None:
    wrong = {
        "head": {**HEAD, "unit": " ", "fax": "1"},
        "addressee": "Jo",
        "meeting_date": "3 March",
        "regret": "yes",
        "copies": "PCC",
        "mode": "by telephone",
    }
    with pytest.raises(FactsRefused) as refused:
        facts_from(wrong)
    told = {reason.partition(":")[0] for reason in refused.value.reasons}
    assert told == {
        "head.unit",
        "head.fax",
        "addressee",
        "meeting_date",
        "regret",
        "copies",
        "mode",
        "area",
    }
