"""A letter or a copy that came back, and the ways on from its own page."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect

from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.letter import Fact, LetterStatus, unconfirmed
from secretariat.domain.letter_content import Addressee
from secretariat.domain.post import Posting, PostingKind, PostingStatus, bounce
from secretariat.domain.review import Status
from tests.browsers import faults_of
from tests.builders import APPROVER, CASEWORKER, COUNCIL_ADDRESS, OFFICE_ADDRESS, an_act
from tests.web.case import DRAFTED, LETTER, confirm_everything, the_letter
from tests.web.clients import post
from tests.web.desk import Desk

AGAIN, REACHED, LET_GO = (f"{LETTER}/undelivered/{way}" for way in ("again", "reached", "let-go"))
FULL = "the mailbox is full (5.2.2)"
NEW_ADDRESS = "new@anyshire.example"
NEW_OFFICE = "new-office@anyshire-pcc.example"


def posting_of(desk: Desk, kind: PostingKind) -> Posting:
    """Return the newest mail of the letter of this kind."""
    with desk.database.reading() as register:
        return [one for one in register.postings_of(DRAFTED) if one.kind is kind][-1]


def at(desk: Desk, kind: PostingKind = PostingKind.COPY) -> str:
    return f"/letters/post/{posting_of(desk, kind).number}"


def comes_back(desk: Desk, *kinds: PostingKind) -> None:
    """Send the letter with its copy, and let these come back."""
    confirm_everything(desk, CASEWORKER)
    desk.approval.approve(DRAFTED, 1, version=the_letter(desk).version, by=APPROVER)
    desk.casework.confirm_office("E23000099", OFFICE_ADDRESS, by=CASEWORKER)
    desk.switch_sending(released=True)
    desk.dispatch.work()
    assert the_letter(desk).status is LetterStatus.SENT
    for kind in kinds:
        with desk.database.register() as pen:
            pen.save_posting(bounce(posting_of(desk, kind), FULL), an_act())
            if kind is PostingKind.LETTER:
                undelivered = replace(the_letter(desk), status=LetterStatus.NOT_DELIVERED)
                pen.save_letter(undelivered, Act(SYSTEM, Event.BOUNCED, f"letter 1: {FULL}"))


def version_of(desk: Desk) -> dict[str, str]:
    return {"version": str(the_letter(desk).version)}


def waits_at_home(client: FlaskClient, what: str = "Letters") -> bool:
    return f"{what} that were not delivered" in client.get("/").text


def test_the_page_says_to_whom_it_went_when_and_why_it_came_back(
    caseworker: FlaskClient, filled: Desk
) -> None:
    before = caseworker.get(LETTER).text
    assert "was not delivered" not in before
    assert "had a copy before" not in before
    comes_back(filled, PostingKind.LETTER)
    page = caseworker.get(LETTER).text
    assert f"It was sent to {COUNCIL_ADDRESS} on 10 March 2026 at midday." in page
    assert "The report that it did not arrive came on 10 March 2026 at midday." in page
    assert "The mailbox is full (5.2.2)." in page
    assert "no second copy goes to the Police and Crime Commissioner for Anyshire" in page
    assert "To the confirmed contact" not in page
    assert waits_at_home(caseworker)
    assert "say how it goes on" in caseworker.get("/letters").text
    mail = at(filled, PostingKind.LETTER)
    assert mail in caseworker.get("/letters/post").text
    assert f'href="{LETTER}"' in caseworker.get(mail).text


@pytest.mark.parametrize(
    ("said", "to"),
    [
        ({"where": "another", "address": NEW_ADDRESS}, NEW_ADDRESS),
        ({"where": "same", "address": ""}, COUNCIL_ADDRESS),
    ],
)
def test_it_is_a_draft_again_and_its_recipients_are_confirmed_before_it_is_approved(
    caseworker: FlaskClient, filled: Desk, said: dict[str, str], to: str
) -> None:
    comes_back(filled, PostingKind.LETTER)
    fields = said | version_of(filled)
    assert post(caseworker, AGAIN, fields, seen=LETTER).headers["Location"] == LETTER
    letter = the_letter(filled)
    assert (letter.status, letter.to) == (LetterStatus.DRAFT, to)
    assert unconfirmed(letter) == (Fact.RECIPIENTS,)
    page = caseworker.get(LETTER).text
    assert "a person must confirm the recipients" in page
    assert f"not delivered: letter 1: {FULL}" in page
    assert "had a copy before this letter came back" in page
    assert not waits_at_home(caseworker)
    assert at(filled, PostingKind.LETTER) not in caseworker.get("/letters/post").text
    again = post(caseworker, AGAIN, fields, seen=LETTER)
    assert (again.status_code, the_letter(filled)) == (409, letter)
    assert "Somebody else changed this first" in again.text


def test_the_contact_confirmed_since_is_offered(caseworker: FlaskClient, filled: Desk) -> None:
    comes_back(filled, PostingKind.LETTER)
    who = Addressee("Cllr", "Lee", "Marsh")
    filled.casework.confirm_contact(str(DRAFTED), NEW_ADDRESS, who, by=CASEWORKER)
    assert f"To the confirmed contact, {NEW_ADDRESS}" in caseworker.get(LETTER).text
    said = {"where": "contact", "contact": NEW_ADDRESS} | version_of(filled)
    other = "third@anyshire.example"
    filled.casework.confirm_contact(str(DRAFTED), other, who, by=CASEWORKER)
    answer = post(caseworker, AGAIN, said, seen=LETTER)
    assert answer.status_code == 422
    assert "Another contact was confirmed in the meantime" in answer.text
    assert the_letter(filled).status is LetterStatus.NOT_DELIVERED
    assert post(caseworker, AGAIN, said | {"contact": other}, seen=LETTER).status_code == 302
    assert the_letter(filled).to == other


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({}, "Choose where the letter is to go"),
        ({"where": "contact", "contact": ""}, "Choose where the letter is to go"),
        ({"where": "elsewhere"}, "Choose where the letter is to go"),
        ({"where": "another"}, "Enter the address to which it is to go"),
        ({"where": "another", "address": "nobody"}, "Enter an email address"),
        ({"where": "contact", "contact": "forged@x.example"}, "Another contact was confirmed"),
    ],
)
def test_where_it_is_to_go_must_be_said(
    caseworker: FlaskClient, filled: Desk, said: dict[str, str], fault: str
) -> None:
    comes_back(filled, PostingKind.LETTER)
    answer = post(caseworker, AGAIN, said | version_of(filled), seen=LETTER)
    assert answer.status_code == 422
    assert fault in answer.text
    assert the_letter(filled).status is LetterStatus.NOT_DELIVERED


def test_that_it_reached_them_another_way_is_noted_with_a_reason(
    caseworker: FlaskClient, filled: Desk
) -> None:
    comes_back(filled, PostingKind.LETTER)
    answer = post(caseworker, REACHED, version_of(filled), seen=LETTER)
    assert answer.status_code == 422
    assert "Say how it reached them and who told you" in answer.text
    fields = {"why_reached": "It came by post."} | version_of(filled)
    assert post(caseworker, REACHED, fields, seen=LETTER).status_code == 302
    assert the_letter(filled).status is LetterStatus.SENT
    assert not waits_at_home(caseworker)
    timeline = caseworker.get(f"/register/{DRAFTED}").text
    assert "Reached them another way" in timeline
    assert "It came by post." in timeline
    assert post(caseworker, REACHED, fields, seen=LETTER).status_code == 409
    assert timeline.count("It came by post.") == caseworker.get(f"/register/{DRAFTED}").text.count(
        "It came by post."
    )


def test_on_a_review_that_is_over_it_can_only_be_let_go_or_have_reached_them(
    caseworker: FlaskClient, filled: Desk
) -> None:
    comes_back(filled, PostingKind.LETTER)
    assert LET_GO not in caseworker.get(LETTER).text
    with filled.database.register() as pen:
        pen.save_review(replace(pen.review(DRAFTED), status=Status.WITHDRAWN), an_act())
    page = caseworker.get(LETTER).text
    assert AGAIN not in page
    assert REACHED in page
    assert f"{DRAFTED} is withdrawn" in page
    answer = post(caseworker, LET_GO, version_of(filled), seen=LETTER)
    assert "Say why it is not wanted any more" in answer.text
    fields = {"why_let_go": "They withdrew."} | version_of(filled)
    assert post(caseworker, LET_GO, fields, seen=LETTER).status_code == 302
    assert the_letter(filled).status is LetterStatus.ABANDONED
    assert not waits_at_home(caseworker)


def test_a_viewer_sees_why_and_takes_no_way(viewer: FlaskClient, filled: Desk) -> None:
    comes_back(filled, PostingKind.LETTER, PostingKind.COPY)
    page = viewer.get(LETTER).text
    assert "The mailbox is full (5.2.2)." in page
    assert "/undelivered/" not in page
    said = {"where": "same", "why_reached": "x", "why_let_go": "x"} | version_of(filled)
    ways = (AGAIN, REACHED, LET_GO, *(f"{at(filled)}/{way}" for way in ("office", "note")))
    for way in ways:
        assert post(viewer, way, said, seen="/change-password").status_code == 403
    assert the_letter(filled).status is LetterStatus.NOT_DELIVERED


def test_a_copy_that_came_back_goes_to_the_address_that_somebody_else_confirmed(
    caseworker: FlaskClient, approver: FlaskClient, filled: Desk
) -> None:
    comes_back(filled, PostingKind.COPY)
    copy = posting_of(filled, PostingKind.COPY)
    here, again = at(filled), f"{at(filled)}/copy-again"
    assert here in caseworker.get("/letters/post").text
    assert waits_at_home(caseworker, "Copies")
    answer = post(caseworker, f"{here}/office", {"office": "nobody"}, seen=here)
    assert "Enter an email address" in answer.text
    seen = {"to": OFFICE_ADDRESS, "version": str(copy.version)}
    post(caseworker, f"{here}/office", {"office": NEW_OFFICE}, seen=here)
    assert post(approver, again, seen, seen=here).status_code == 409
    assert again not in caseworker.get(here).text
    seen["to"] = NEW_OFFICE
    assert post(caseworker, again, seen, seen=here).status_code == 403
    assert post(approver, again, seen, seen=here).status_code == 302
    assert post(approver, again, seen, seen=here).status_code == 409
    sent = posting_of(filled, PostingKind.COPY)
    assert (sent.to, sent.status) == (NEW_OFFICE, PostingStatus.READY)
    assert sent.number != copy.number
    assert not waits_at_home(caseworker, "Copies")
    assert f'{here}"' not in caseworker.get("/letters/post").text
    filled.dispatch.work()
    assert posting_of(filled, PostingKind.COPY).status is PostingStatus.SENT


@pytest.mark.parametrize(
    ("became", "status"),
    [("has it", PostingStatus.SENT), ("not needed", PostingStatus.DROPPED)],
)
def test_a_copy_that_need_not_go_again_is_noted_with_a_reason(
    caseworker: FlaskClient, filled: Desk, became: str, status: PostingStatus
) -> None:
    comes_back(filled, PostingKind.COPY)
    here = at(filled)
    answer = post(caseworker, f"{here}/note", {"became": "lost"}, seen=here)
    assert answer.status_code == 422
    assert "Choose what became of it" in answer.text
    assert "Say how you know" in answer.text
    version = str(posting_of(filled, PostingKind.COPY).version)
    fields = {"became": became, "why_note": "They telephoned.", "version": version}
    assert post(caseworker, f"{here}/note", fields, seen=here).status_code == 302
    assert posting_of(filled, PostingKind.COPY).status is status
    assert post(caseworker, f"{here}/note", fields, seen="/letters/post/1").status_code == 409
    assert here not in caseworker.get("/letters/post").text
    assert not waits_at_home(caseworker, "Copies")
    assert the_letter(filled).status is LetterStatus.SENT


def test_a_copy_of_a_letter_that_came_back_waits_for_its_letter(
    approver: FlaskClient, filled: Desk
) -> None:
    comes_back(filled, PostingKind.LETTER, PostingKind.COPY)
    page = approver.get(at(filled)).text
    assert "the copy goes when the letter goes" in page
    assert "/copy-again" not in page
    assert "no second copy" not in approver.get(LETTER).text


def test_the_pages_of_what_came_back_are_accessible_and_work_without_javascript(
    open_page, filled: Desk
) -> None:
    comes_back(filled, PostingKind.LETTER, PostingKind.COPY)
    assert faults_of(open_page(at(filled), signed_in=APPROVER)) == []
    assert faults_of(open_page(LETTER, signed_in=True)) == []
    page = open_page(LETTER, signed_in=True, java_script_enabled=False)
    page.get_by_role("button", name="Make it a draft again").click()
    expect(page.get_by_role("link", name="Choose where the letter is to go")).to_be_visible()
    page.get_by_label("To another address").check()
    page.get_by_label("The other address").fill(NEW_ADDRESS)
    page.get_by_role("button", name="Make it a draft again").click()
    expect(page.get_by_text(re.compile("is a draft again"))).to_be_visible()
    assert the_letter(filled).to == NEW_ADDRESS
