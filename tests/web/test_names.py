"""The page of names kept for the check: who may see them, what it says, and that no other does."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import expect

from secretariat.domain.kept_names import SHUT
from secretariat.domain.letter import Letter, LetterStatus, amend
from secretariat.domain.letter_content import Point
from secretariat.domain.review import Status
from tests.browsers import faults_of
from tests.builders import APPROVER, CASEWORKER, an_act, some_content
from tests.web.case import DRAFTED, LETTER, LISTED, confirm_everything, the_letter, told
from tests.web.clients import post, signed_in
from tests.web.desk import NAMES_KEY, Desk
from tests.web.test_pages import PAGES

AT = f"/register/{DRAFTED}/names"
REVIEW = f"/register/{DRAFTED}"
TYPED = "Jane Invented\nSam Madeup"
OTHER_KEY = "B" * 43 + "="
HOLDS = "the 1st point holds a real name that staff hold for the case"


def keep(desk: Desk, typed: str = TYPED, seen: str = "") -> None:
    desk.names.keep(DRAFTED, typed, seen=seen, by=CASEWORKER)


def hidden(page: str) -> str:
    """Return the mark of the list that stands in the page's form."""
    return page.partition('name="seen" value="')[2].partition('"')[0]


def holding_a_name(desk: Desk) -> Letter:
    """Write a kept name into the draft."""
    letter = the_letter(desk)
    points = (Point("INVENTED, Jane was not asked."),)
    with desk.open_register() as register:
        saved = amend(letter, some_content(points=points), by=CASEWORKER)
        return register.save_letter(saved, an_act())


@pytest.mark.parametrize("path", [AT, f"{AT}/show", f"{AT}/purge"])
@pytest.mark.parametrize("who", ["viewer", "administrator"])
def test_whoever_may_not_work_sees_no_name_and_changes_none(
    request: pytest.FixtureRequest, filled: Desk, path: str, who: str
) -> None:
    client: FlaskClient = request.getfixturevalue(who)
    keep(filled)
    before = told(filled, DRAFTED)
    assert client.get(AT).status_code == 403
    fields = {"names": "Pat Madeup", "why": "a reason"}
    answer = post(client, path, fields, seen="/change-password")
    assert answer.status_code == 403
    assert "Jane" not in answer.text
    assert told(filled, DRAFTED) == before


def test_nobody_comes_to_the_page_without_signing_in(filled: Desk, app: Flask) -> None:
    keep(filled)
    answer = app.test_client().get(AT)
    assert (answer.status_code, "Jane" in answer.text) == (302, False)


def test_names_are_kept_then_shown_on_request_and_each_is_told_of(
    caseworker: FlaskClient, filled: Desk
) -> None:
    assert "No names are kept" in caseworker.get(AT).text
    answer = post(caseworker, AT, {"names": f"{TYPED}\n\nJANE INVENTED", "seen": ""})
    assert (answer.status_code, answer.headers["Location"]) == (302, AT)
    page = caseworker.get(AT)
    assert "2 names are kept for the check." in page.text
    assert f"<strong>2 names kept</strong>, by {CASEWORKER}, 10 March 2026 at midday" in page.text
    assert "Jane" not in page.text
    shown = post(caseworker, f"{AT}/show", seen=AT)
    assert "Jane Invented\nSam Madeup</textarea>" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert told(filled, DRAFTED)[-2:] == [
        f"{CASEWORKER}: names kept for the check",
        f"{CASEWORKER}: names kept were read",
    ]


def test_the_page_of_the_review_says_how_many_and_by_whom_and_nothing_else(
    caseworker: FlaskClient, viewer: FlaskClient, filled: Desk
) -> None:
    keep(filled)
    for client, sees_link in ((caseworker, True), (viewer, False)):
        page = client.get(REVIEW).text
        assert f"2, by {CASEWORKER}, 10 March 2026 at midday" in page
        assert (f'href="{AT}"' in page) is sees_link
        assert "Jane" not in page
    assert f'href="/register/{LISTED}/names"' in caseworker.get(f"/register/{LISTED}").text


def test_what_cannot_be_kept_stands_in_the_summary_with_what_was_typed(
    caseworker: FlaskClient, filled: Desk
) -> None:
    answer = post(caseworker, AT, {"names": "Jane Invented\nAdult A", "seen": ""})
    assert answer.status_code == 422
    assert '<a href="#names">Line 2 is a word or letter that stands for anybody' in answer.text
    assert "Jane Invented\nAdult A</textarea>" in answer.text
    assert "Error: Names kept" in answer.text
    assert filled.names.counts() == (0, 0)


def test_whoever_was_slower_saves_nothing_and_keeps_what_was_typed(
    caseworker: FlaskClient, filled: Desk
) -> None:
    keep(filled)
    seen = hidden(caseworker.get(AT).text)
    keep(filled, "Sam Madeup", seen)
    answer = post(caseworker, AT, {"names": "Pat Madeup", "seen": seen})
    assert answer.status_code == 409
    assert "Somebody else changed this list" in answer.text
    assert "Pat Madeup</textarea>" in answer.text
    purged = post(caseworker, f"{AT}/purge", {"why": "a reason", "seen": seen}, seen=AT)
    assert purged.status_code == 409
    assert filled.names.show(DRAFTED, by=CASEWORKER).names == ("Sam Madeup",)


def test_names_are_purged_with_a_reason(caseworker: FlaskClient, filled: Desk) -> None:
    keep(filled)
    seen = {"seen": hidden(caseworker.get(AT).text)}
    refused = post(caseworker, f"{AT}/purge", seen | {"why": ""}, seen=AT)
    assert refused.status_code == 422
    assert '<a href="#why">Say why' in refused.text
    answer = post(caseworker, f"{AT}/purge", seen | {"why": "it is published"}, seen=AT)
    assert answer.status_code == 302
    page = caseworker.get(AT).text
    assert "The names are purged" in page
    assert "No names are kept" in page
    assert "it is published" in caseworker.get(REVIEW).text


def test_without_a_key_the_page_names_the_setting(caseworker: FlaskClient, filled: Desk) -> None:
    filled.with_names_key()
    page = caseworker.get(AT).text
    assert "Names cannot be kept here now" in page
    assert "SECRETARIAT_NAMES_KEY_FILE" in page
    assert "<textarea" not in page
    answer = post(caseworker, AT, {"names": TYPED, "seen": ""})
    assert answer.status_code == 422
    assert "the configuration names no key" in answer.text


def test_with_another_key_the_page_says_so_and_new_names_take_their_place(
    caseworker: FlaskClient, filled: Desk
) -> None:
    keep(filled)
    filled.with_names_key(OTHER_KEY)
    page = caseworker.get(AT).text
    assert "The names that are kept cannot be opened" in page
    asked = post(caseworker, f"{AT}/show", seen=AT)
    assert asked.status_code == 422
    assert "SECRETARIAT_NAMES_KEY does not name" in asked.text
    typed = {"names": "Pat Madeup", "seen": hidden(page)}
    assert post(caseworker, AT, typed).status_code == 302
    assert filled.names.show(DRAFTED, by=CASEWORKER).names == ("Pat Madeup",)


def test_names_of_what_was_merged_are_told_of_and_lead_to_their_own_page(
    caseworker: FlaskClient, filled: Desk
) -> None:
    keep(filled)
    with filled.open_register() as pen:
        merged = replace(pen.review(DRAFTED), status=Status.MERGED, merged_into=LISTED)
        pen.save_review(merged, an_act())
    page = caseworker.get(f"/register/{LISTED}/names").text
    assert f'2 names of <a class="govuk-link app-reference" href="{AT}">{DRAFTED}</a>' in page
    assert caseworker.get(AT).status_code == 200


def test_a_draft_with_a_kept_name_says_where_and_is_not_approved(
    approver: FlaskClient, filled: Desk
) -> None:
    keep(filled)
    filled.with_names_key(NAMES_KEY)
    holding_a_name(filled)
    confirm_everything(filled, CASEWORKER)
    page = approver.get(LETTER).text
    assert HOLDS in page.replace("The 1st", "the 1st")
    assert f"{LETTER}/approve" not in page
    version = {"version": str(the_letter(filled).version)}
    answer = post(approver, f"{LETTER}/approve", version, seen=LETTER)
    assert answer.status_code == 422
    assert HOLDS in answer.text.replace("The 1st", "the 1st")
    assert the_letter(filled).status is LetterStatus.DRAFT


@pytest.mark.parametrize("keys", [(), (OTHER_KEY,)])
def test_a_letter_is_not_approved_while_its_names_cannot_be_opened(
    approver: FlaskClient, filled: Desk, keys: tuple[str, ...]
) -> None:
    keep(filled)
    confirm_everything(filled, CASEWORKER)
    filled.with_names_key(*keys)
    assert SHUT in approver.get(LETTER).text
    version = {"version": str(the_letter(filled).version)}
    answer = post(approver, f"{LETTER}/approve", version, seen=LETTER)
    assert answer.status_code == 422
    filled.with_names_key(OTHER_KEY, NAMES_KEY)
    assert post(approver, f"{LETTER}/approve", version, seen=LETTER).status_code == 302


def test_a_letter_of_a_review_without_names_is_approved_without_a_key(
    approver: FlaskClient, filled: Desk
) -> None:
    confirm_everything(filled, CASEWORKER)
    filled.with_names_key()
    version = {"version": str(the_letter(filled).version)}
    assert post(approver, f"{LETTER}/approve", version, seen=LETTER).status_code == 302


def test_no_other_page_no_log_and_no_ledger_holds_a_kept_name(
    caseworker: FlaskClient, approver: FlaskClient, filled: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        post(caseworker, AT, {"names": TYPED, "seen": ""})
        post(caseworker, f"{AT}/show", seen=AT)
        post(caseworker, AT, {"names": f"{TYPED}\nAdult A", "seen": ""})
        seen = hidden(caseworker.get(AT).text)
        purge = {"why": "Sam Madeup is public", "seen": seen}
        assert post(caseworker, f"{AT}/purge", purge, seen=AT).status_code == 422
        paths = (*PAGES, AT, REVIEW)
        shown = {path: approver.get(path).text for path in paths}
        found = [approver.get(f"/register?words={word}").text for word in ("Jane", "Invented")]
    assert [path for path, page in shown.items() if "Jane" in page or "Madeup" in page] == []
    assert not any("QA-2026-" in page for page in found)
    assert "Jane" not in caplog.text
    assert "Madeup" not in caplog.text
    with filled.open_reading() as register:
        every = repr([register.ledger(stream) for stream in register.streams()])
        assert "2 names kept for the check" in every
        assert "Jane" not in every
        assert "Madeup" not in every


def test_a_lapsed_form_gives_no_name_back(filled: Desk, app: Flask) -> None:
    long = "\n".join(f"Jane Invented{'x' * number}" for number in range(10))
    for client, status in ((app.test_client(), 401), (signed_in(app), 400)):
        answer = client.post(AT, data={"names": long, "csrf_token": "none"})
        assert (answer.status_code, "Jane" in answer.text) == (status, False)
    assert filled.names.counts() == (0, 0)


def test_names_are_kept_changed_and_purged_without_javascript(open_page, filled: Desk) -> None:
    page = open_page(REVIEW, signed_in=True, java_script_enabled=False)
    page.get_by_role("link", name="See the names kept for the check").click()
    page.get_by_label("Real names, one a line").fill(TYPED)
    page.get_by_role("button", name="Keep these names").click()
    page.get_by_role("button", name="Show and change the names").click()
    expect(page.get_by_label("Real names, one a line")).to_have_value(TYPED)
    page.get_by_label("Real names, one a line").fill("Sam Madeup")
    page.get_by_role("button", name="Keep these names").click()
    expect(page.get_by_text("1 name kept")).to_be_visible()
    page.get_by_label("Why are they no longer to be kept?").fill("it is published")
    page.get_by_role("button", name="Purge the names").click()
    expect(page.get_by_text("No names are kept for this review")).to_be_visible()
    assert filled.names.counts() == (0, 0)


@pytest.mark.parametrize("keys", [(NAMES_KEY,), (), (OTHER_KEY,)])
def test_the_page_is_accessible_whatever_it_must_say(
    open_page, filled: Desk, keys: tuple[str, ...]
) -> None:
    keep(filled)
    filled.with_names_key(*keys)
    page = open_page(AT, signed_in=APPROVER)
    assert faults_of(page) == []
    page.get_by_role("button", name="Purge the names").click()
    page.get_by_role("link", name="Say why").click()
    expect(page.get_by_label("Why are they no longer")).to_be_focused()
    assert faults_of(page) == []


def test_the_list_and_its_faults_are_accessible(open_page, filled: Desk) -> None:
    keep(filled)
    page = open_page(AT, signed_in=True)
    page.get_by_role("button", name="Show and change the names").click()
    expect(page.get_by_label("Real names, one a line")).to_have_value(TYPED)
    assert faults_of(page) == []
    page.get_by_label("Real names, one a line").fill("1")
    page.get_by_role("button", name="Keep these names").click()
    page.get_by_role("link", name="Line 1 has no letter in it").click()
    expect(page.get_by_label("Real names, one a line")).to_be_focused()
    assert faults_of(page) == []
