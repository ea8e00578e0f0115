"""Two people amend one letter at once: whoever saves second sees what differs, and chooses."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect

from tests.browsers import faults_of
from tests.builders import APPROVER
from tests.web.case import DRAFTED, LETTER, confirm_everything, the_letter
from tests.web.clients import post
from tests.web.desk import Desk
from tests.web.test_letters import amended

AMEND = f"{LETTER}/amend"


def two_at_once(desk: Desk) -> dict[str, str]:
    """Let a colleague save other words; return what the person who began before has typed."""
    mine = amended(desk, **{"conclusion-1": "The Panel felt that Mine was clear."})
    theirs = replace(
        the_letter(desk).content, conclusion=("The Panel felt that Theirs was clear.",)
    )
    version = the_letter(desk).version
    desk.approval.amend(DRAFTED, 1, theirs, version=version, by=APPROVER)
    return mine


def test_when_a_colleague_was_quicker_what_differs_is_marked_word_by_word(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mine = two_at_once(filled)
    page = post(caseworker, AMEND, mine, seen=AMEND).text
    differs, since = page.split("What was changed since you began</h2>")
    assert re.search(r"<del><strong>.*Removed: </span>Theirs<", differs)
    assert re.search(r"<ins><strong>.*Added: </span>Mine<", differs)
    assert "<li>What the Panel felt: removed “Theirs”</li>" in differs
    paper = since.split("</form>")[0]
    assert "Theirs" in paper
    assert "Mine" not in paper


def test_what_was_typed_is_saved_over_a_colleagues_version_knowingly(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mine = two_at_once(filled)
    assert "Save as a new version" in caseworker.get(AMEND).text
    page = post(caseworker, AMEND, mine, seen=AMEND).text
    assert "Save as a new version" not in page
    assert page.count("Save mine over the version that somebody else saved") == 2
    seen = re.findall(r'name="version" value="(\d+)"', page)
    assert seen == [str(the_letter(filled).version)]
    assert post(caseworker, AMEND, mine | {"version": seen[0]}, seen=AMEND).status_code == 302
    assert the_letter(filled).content.conclusion == ("The Panel felt that Mine was clear.",)


def test_a_third_version_meanwhile_is_not_saved_over_unseen(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mine = two_at_once(filled)
    post(caseworker, AMEND, mine, seen=AMEND)
    seen = {"version": str(the_letter(filled).version)}
    third = replace(the_letter(filled).content, area="Third Town")
    filled.approval.amend(DRAFTED, 1, third, version=int(seen["version"]), by=APPROVER)
    answer = post(caseworker, AMEND, mine | seen, seen=AMEND)
    assert answer.status_code == 409
    since = answer.text.split("What was changed since you began</h2>")[1].split("</form>")[0]
    assert "Third Town" in since
    assert "Theirs" not in since


def test_theirs_is_taken_and_what_was_typed_is_thrown_away(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mine = two_at_once(filled)
    post(caseworker, f"{LETTER}/typed", mine, seen=AMEND)
    page = post(caseworker, AMEND, mine, seen=AMEND).text
    assert "Take theirs and throw away what I typed" in page
    assert post(caseworker, f"{LETTER}/typed/forget", seen=AMEND).status_code == 302
    assert "The Panel felt that Theirs was clear.</textarea>" in caseworker.get(AMEND).text
    assert "not save it" not in caseworker.get(AMEND).text


@pytest.mark.parametrize("version", ["-1", "", "999"])
def test_a_version_that_was_never_there_shows_what_differs_and_says_what_it_cannot(
    caseworker: FlaskClient, filled: Desk, version: str
) -> None:
    mine = two_at_once(filled) | {"version": version}
    answer = post(caseworker, AMEND, mine, seen=AMEND)
    assert answer.status_code == 409
    assert "The version that you began with was not kept" in answer.text
    assert "Added: </span>Mine<" in answer.text


def test_a_fact_confirmed_meanwhile_is_no_change_of_words(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mine = amended(filled)
    confirm_everything(filled, APPROVER)
    page = post(caseworker, AMEND, mine, seen=AMEND).text
    assert "You typed the same words as are saved now." in page
    assert "something else about the letter was saved" in page


def test_what_was_typed_is_compared_as_words_and_never_as_markup(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mine = two_at_once(filled) | {"conclusion-1": "The <b>Panel</b> & others."}
    page = post(caseworker, AMEND, mine, seen=AMEND).text
    assert "<b>Panel" not in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize("javascript", [True, False])
def test_the_page_of_two_texts_is_accessible_and_serves_without_javascript(
    open_page, filled: Desk, javascript: bool
) -> None:
    page = open_page(AMEND, signed_in=True, java_script_enabled=javascript)
    page.get_by_label("Paragraph 1").fill("The Panel felt that Mine was clear.")
    two_at_once(filled)
    page.get_by_role("button", name="Save as a new version").click()
    page.get_by_role("heading", name="What differs between theirs and yours").wait_for()
    if javascript:
        assert faults_of(page) == []
    page.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_label("Paragraph 1")).to_have_value("The Panel felt that Theirs was clear.")
