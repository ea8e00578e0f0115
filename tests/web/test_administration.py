import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from secretariat.domain.ledger import OFFICE, Event
from secretariat.domain.staff import Role
from tests.builders import CASEWORKER, an_act
from tests.web.case import told
from tests.web.clients import post, signed_in
from tests.web.desk import ADMINISTRATOR, Desk

AT = "/administration"
NEW = {"email": "New@HomeOffice.example", "name": "New Colleague", "roles": ["viewer", "approver"]}


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("who", ["caseworker", "approver", "viewer"])
def test_nobody_but_an_administrator_comes_in(who: str, request: pytest.FixtureRequest) -> None:
    client: FlaskClient = request.getfixturevalue(who)
    assert client.get(AT).status_code == 403
    answer = post(client, f"{AT}/sending", {"released": "yes", "why": "x"}, seen="/")
    assert answer.status_code == 403


def test_an_administrator_does_no_casework(administrator: FlaskClient) -> None:
    answer = post(administrator, "/register/QA-2026-0001/owner", {"owner": ""}, seen="/")
    assert answer.status_code == 403


def test_what_would_leave_is_shown_before_sending_is_released(
    administrator: FlaskClient, filled: Desk
) -> None:
    page = administrator.get(AT).text
    assert "Switching on lets these leave" in page
    assert "Feedback letter to jo.bloggs@anyshire.example" in page
    post(administrator, f"{AT}/sending", {"released": "yes", "why": "we go live"}, seen=AT)
    with filled.database.reading() as register:
        assert register.switch().released
    assert "Sending is held" not in administrator.get("/").text
    post(administrator, f"{AT}/sending", {"released": "no", "why": "a fault"}, seen=AT)
    assert "Sending is held" in administrator.get("/").text


@pytest.mark.parametrize("fields", [{"released": "yes"}, {"why": "x"}, {"released": "maybe"}])
def test_the_switch_needs_a_choice_and_a_reason(
    administrator: FlaskClient, filled: Desk, fields: dict[str, str]
) -> None:
    assert post(administrator, f"{AT}/sending", fields, seen=AT).status_code == 422
    with filled.database.reading() as register:
        assert not register.switch().released


def test_a_colleague_is_added_with_a_password_that_is_shown_once(
    administrator: FlaskClient, app: Flask, filled: Desk
) -> None:
    page = post(administrator, f"{AT}/accounts", NEW, seen=AT).text
    given = re.search(r"<code>(.+?)</code>", page)
    assert given
    account = filled.accounts.find("new@homeoffice.example")
    assert account
    assert account.roles == (Role.VIEWER, Role.APPROVER)
    fields = {"email": account.email, "password": given[1]}
    client = app.test_client()
    assert post(client, "/sign-in", fields).status_code == 302
    assert client.get("/").headers["Location"] == "/change-password"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"email": ""}, "Enter the email address"),
        ({"email": "new"}, "Enter an email address, like"),
        ({"email": CASEWORKER}, "There is an account with this email address already"),
        ({"name": ""}, "Enter the name"),
        ({"roles": []}, "Choose at least one role"),
    ],
)
def test_an_account_lacks_nothing(
    administrator: FlaskClient, said: dict[str, str], sentence: str
) -> None:
    answer = post(administrator, f"{AT}/accounts", NEW | said, seen=AT)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_new_password_ends_the_sessions_of_the_old_one(
    administrator: FlaskClient, app: Flask
) -> None:
    theirs = signed_in(app)
    page = post(administrator, f"{AT}/accounts/{CASEWORKER}/password", seen=AT).text
    assert "<code>" in page
    assert theirs.get("/").status_code == 302


def test_a_closed_account_is_out_at_once(administrator: FlaskClient, app: Flask) -> None:
    theirs = signed_in(app)
    post(administrator, f"{AT}/accounts/{CASEWORKER}/close", seen=AT)
    assert theirs.get("/").status_code == 302


def test_nobody_closes_their_own_account(administrator: FlaskClient) -> None:
    answer = post(administrator, f"{AT}/accounts/{ADMINISTRATOR}/close", seen=AT)
    assert answer.status_code == 422
    assert administrator.get(AT).status_code == 200


def test_roles_are_changed_and_count_at_once(administrator: FlaskClient, app: Flask) -> None:
    theirs = signed_in(app)
    at = f"{AT}/accounts/{CASEWORKER}"
    assert post(administrator, at, {"name": "Sam", "roles": []}).status_code == 422
    post(administrator, at, {"name": "Sam Viewer", "roles": ["viewer", "administrator"]})
    assert theirs.get(AT).status_code == 200
    assert "Signed in as Sam Viewer" in theirs.get("/").text
    assert administrator.get(f"{AT}/accounts/nobody@homeoffice.example").status_code == 404


def test_somebody_is_left_to_administer(administrator: FlaskClient, filled: Desk) -> None:
    at = f"{AT}/accounts/{ADMINISTRATOR}"
    answer = post(administrator, at, {"name": "Ada", "roles": ["viewer"]})
    assert answer.status_code == 422
    assert "nobody would be left to administer" in answer.text
    assert filled.accounts.find(ADMINISTRATOR).roles == (Role.ADMINISTRATOR,)


def test_a_closed_account_is_reopened_with_a_new_password(
    administrator: FlaskClient, filled: Desk
) -> None:
    at = f"{AT}/accounts/{CASEWORKER}"
    post(administrator, f"{at}/close", seen=AT)
    assert "Reopen" in administrator.get(AT).text
    assert "<code>one time password 1</code>" in post(administrator, f"{at}/reopen", seen=AT).text
    account = filled.accounts.find(CASEWORKER)
    assert (account.active, account.must_change) == (True, True)
    assert told(filled, OFFICE)[-2:] == [f"{ADMINISTRATOR}: account changed"] * 2


def test_after_a_restore_sent_is_looked_into_before_anything_is_released(
    administrator: FlaskClient, filled: Desk
) -> None:
    with filled.database.register() as register:
        restored = replace(register.switch(), reconcile=True)
        register.save_switch(restored, an_act(what=Event.SWITCHED))
    release = {"released": "yes", "why": "we go on"}
    assert post(administrator, f"{AT}/sending", release, seen=AT).status_code == 422
    page = post(administrator, f"{AT}/reconcile", seen=AT).text
    assert "0 mails were found in the sent folder" in page
    assert "it is not in Sent: say whether it left" in page
    assert post(administrator, f"{AT}/sending", release, seen=AT).status_code == 302
