"""What happens to a letter beside its words, on its page."""

from dataclasses import replace
from datetime import timedelta

from flask.testing import FlaskClient

from secretariat.domain.letter import LetterStatus
from tests.browsers import faults_of
from tests.builders import APPROVER, CASEWORKER, an_act
from tests.web.case import DRAFTED, LETTER, confirm_everything, the_letter
from tests.web.clients import post
from tests.web.desk import Desk


def version_of(desk: Desk) -> dict[str, str]:
    return {"version": str(the_letter(desk).version)}


def approve(desk: Desk, minutes: int = 30) -> None:
    desk.approval = replace(desk.approval, undo=timedelta(minutes=minutes))
    confirm_everything(desk, CASEWORKER)
    desk.approval.approve(DRAFTED, 1, version=the_letter(desk).version, by=APPROVER)


def test_an_approved_letter_says_until_when_it_waits_and_is_stopped_with_a_reason(
    caseworker: FlaskClient, filled: Desk
) -> None:
    approve(filled)
    page = caseworker.get(LETTER).text
    assert "not before 10 March 2026 at 12:30pm" in page
    assert "not before 10 March 2026 at 12:30pm" in caseworker.get("/letters").text
    answer = post(caseworker, f"{LETTER}/stop", version_of(filled), seen=LETTER)
    assert answer.status_code == 422
    assert "Say why it is stopped" in answer.text
    said = {"why_stop": "The day is wrong."} | version_of(filled)
    assert post(caseworker, f"{LETTER}/stop", said, seen=LETTER).status_code == 302
    assert the_letter(filled).status is LetterStatus.DRAFT
    page = caseworker.get(LETTER).text
    assert "Sending is stopped" in page
    assert "sending stopped: The day is wrong." in page


def test_without_a_time_to_undo_it_says_that_it_leaves_with_the_next_round(
    caseworker: FlaskClient, filled: Desk
) -> None:
    approve(filled, minutes=0)
    assert "It leaves with the next round." in caseworker.get(LETTER).text


def test_a_draft_cannot_be_stopped_nor_a_viewer_stop(
    caseworker: FlaskClient, viewer: FlaskClient, filled: Desk
) -> None:
    assert f"{LETTER}/stop" not in caseworker.get(LETTER).text
    said = {"why_stop": "Why."} | version_of(filled)
    assert post(caseworker, f"{LETTER}/stop", said, seen=LETTER).status_code == 422
    approve(filled)
    assert f"{LETTER}/stop" not in viewer.get(LETTER).text
    said = {"why_stop": "Why."} | version_of(filled)
    assert post(viewer, f"{LETTER}/stop", said, seen="/change-password").status_code == 403


def test_the_signatorys_agreement_is_asked_for_and_noted(
    caseworker: FlaskClient, filled: Desk
) -> None:
    filled.approval = replace(filled.approval, signatory_agrees=True)
    asked = "somebody must note that the signatory agrees to the letter"
    assert asked in caseworker.get(LETTER).text
    answer = post(caseworker, f"{LETTER}/agree", version_of(filled), seen=LETTER)
    assert answer.status_code == 302
    page = caseworker.get(LETTER).text
    assert asked not in page
    assert f"agrees, noted by {CASEWORKER}" in page
    assert f"{LETTER}/agree" not in page


def test_a_letter_that_came_back_says_why_and_that_page_is_accessible(
    open_page, filled: Desk
) -> None:
    letter = the_letter(filled)
    filled.approval.give_back(DRAFTED, 1, "The name is wrong.", version=letter.version, by=APPROVER)
    approve(filled)
    page = open_page(LETTER, signed_in=True)
    assert "letter returned: The name is wrong." in page.content()
    assert faults_of(page) == []


def sent(desk: Desk) -> None:
    approve(desk, minutes=0)
    desk.switch_sending(released=True)
    desk.dispatch.work()
    assert the_letter(desk).status is LetterStatus.SENT


def test_a_letter_that_has_left_is_corrected_from_its_page(
    caseworker: FlaskClient, filled: Desk
) -> None:
    assert f"{LETTER}/correct" not in caseworker.get(LETTER).text
    sent(filled)
    answer = post(caseworker, f"{LETTER}/correct", version_of(filled), seen=LETTER)
    assert answer.status_code == 422
    assert "Say what is wrong with the letter" in answer.text
    said = {"why_correct": "The name."} | version_of(filled)
    answer = post(caseworker, f"{LETTER}/correct", said, seen=LETTER)
    second = LETTER.replace("letters/1", "letters/2")
    assert answer.headers["Location"] == second
    page = caseworker.get(second).text
    assert "This is to replace" in page
    assert "a correction of letter 1" in caseworker.get(f"/register/{DRAFTED}").text
    again = post(caseworker, f"{LETTER}/correct", said, seen=LETTER)
    assert again.status_code == 422
    assert "underway already" in again.text


def test_the_letter_that_was_replaced_says_by_which(open_page, filled: Desk) -> None:
    sent(filled)
    with filled.database.register() as pen:
        letter = pen.letter(DRAFTED, 1)
        pen.save_letter(replace(letter, replaced_by=2), an_act())
    page = open_page(LETTER, signed_in=True)
    assert "This letter was replaced by" in page.content()
    assert page.get_by_role("button", name="Begin a correction").count() == 0
    assert faults_of(page) == []


def test_an_approver_confirms_an_address_that_is_not_our_mailbox(
    caseworker: FlaskClient, approver: FlaskClient, filled: Desk
) -> None:
    filled.approval = replace(filled.approval, watched="another@secretariat.example")
    assert "which is not our mailbox" in caseworker.get(LETTER).text
    address = the_letter(filled).content.head.reply_address
    assert f"Confirm the address {address}" not in caseworker.get(LETTER).text
    assert f"Confirm the address {address}" in approver.get(LETTER).text
    said = {"address": address}
    assert post(caseworker, f"{LETTER}/confirm-address", said, seen=LETTER).status_code == 403
    assert post(approver, f"{LETTER}/confirm-address", said, seen=LETTER).status_code == 302
    assert "which is not our mailbox" not in approver.get(LETTER).text
