from dataclasses import replace

import pytest

from secretariat.domain.letter_content import MeetingMode
from secretariat.domain.letter_wording import (
    PLACES,
    Sentence,
    copy_sentence,
    faults_in,
    used,
    values_of,
)
from secretariat.domain.review import Outcome
from tests.builders import some_content

PACK = {
    name: Sentence(" ".join((f"<{name}>", *(f"{{{place}}}" for place in sorted(places)))))
    for name, places in PLACES.items()
}


@pytest.mark.parametrize(
    ("offices", "said"),
    [
        ((), ""),
        (("PCC",), "<copy-pcc> the PCC"),
        (("Mayor of Otherton",), "<copy-mayor> the Mayor of Otherton"),
        (("The Board",), "<copy-other> the Board"),
        (("PCC for A", "PCC for B"), "<copy-pcc-several> the PCC for A and the PCC for B"),
        (("PCC for A", "Mayor of B"), "<copy-several> the PCC for A and the Mayor of B"),
    ],
)
def test_the_sentence_on_copies_follows_the_kind_of_office(
    offices: tuple[str, ...], said: str
) -> None:
    assert copy_sentence(offices, PACK) == said


def test_the_regret_is_a_switch_and_follows_how_the_panel_met() -> None:
    content = some_content(mode=MeetingMode.VIRTUAL)
    assert values_of(content, PACK)["considered"] == "<considered-virtual> 3 March 2026 <regret>"
    without = values_of(replace(content, regret=False), PACK)
    assert without["considered"] == "<considered-virtual> 3 March 2026"


def test_a_meeting_whose_day_is_not_known_is_not_given_one() -> None:
    content = some_content(meeting_date=None, regret=False)
    assert values_of(content, PACK)["considered"] == "<considered-undated>"


@pytest.mark.parametrize("outcome", Outcome)
def test_only_a_report_that_may_be_published_is_asked_for_its_url(outcome: Outcome) -> None:
    values = values_of(some_content(outcome=outcome), PACK)
    assert values["publishable"] is (outcome is not Outcome.RESUBMIT)


@pytest.mark.parametrize(
    ("name", "sentence", "fault"),
    [
        pytest.param("regret", "Sorry on {day}", "{day} is unknown", id="a field not filled here"),
        pytest.param("resubmit", "Send it again", "{reply_address} is missing", id="no address"),
        pytest.param("regret", "Sorry {", "a bracket is not closed", id="an open bracket"),
        pytest.param("regrets", "Sorry", "may be misspelt", id="a name nobody uses"),
    ],
)
def test_a_sentence_broken_by_an_editor_is_named(name: str, sentence: str, fault: str) -> None:
    (told,) = faults_in({**PACK, name: Sentence(sentence)})
    assert name in told
    assert fault in told


def test_a_sentence_that_is_gone_is_named() -> None:
    less = {name: sentence for name, sentence in PACK.items() if name != "copy-pcc"}
    assert faults_in(less) == ("the sentence 'copy-pcc' is missing",)


def test_a_letter_uses_only_the_sentences_of_its_own_case() -> None:
    usual = some_content(regret=True, outcome=Outcome.PUBLISH, copy_offices=("PCC",))
    assert used(usual) == ("considered-meeting", "regret", "copy-pcc")
    other = replace(usual, regret=False, outcome=Outcome.RESUBMIT, copy_offices=())
    assert used(other) == ("considered-meeting", "resubmit")
