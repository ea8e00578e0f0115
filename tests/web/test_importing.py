"""The pages of a list of cases: who may take one in, what they show, and what they never keep."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect
from werkzeug.test import TestResponse

from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from tests.browsers import faults_of
from tests.builders import CSP
from tests.web.clients import token
from tests.web.desk import Desk

AT = "/register/import"
LIST = (
    "CSP;Local ref;Pseudonyms;Date of death;Date submitted;Panel date;Outcome;Letter sent;"
    "Victim name;Colour\r\n"
    "Anytown CSP;A1;Maria One;2018;4.1.2021;3.2.2021;publish;1.3.2021;Jane Invented;blue\r\n"
    "Anytown CSP or Othertown CSP;A2;Sam Two;2019;5.1.2021;;;;;\r\n"
    "Nowhere;A3;Lou Three;2019;44230;;;;Pat Madeup;\r\n"
    "Othertown;A4;Kim Four;Feb 2020;6.1.2021;;;;;\r\n"
)


def send(client: FlaskClient, to: str = AT, content: str = LIST, **said: Any) -> TestResponse:
    fields = {
        "csrf_token": token(client, "/change-password"),
        "list": (BytesIO(content.encode("cp1252")), "cases.csv"),
        **said,
    }
    return client.post(to, data=fields, content_type="multipart/form-data")


def seen(page: str) -> dict[str, str]:
    """Return what the preview's form says of it."""
    return dict(re.findall(r'name="(sha256|mark|chase_from)" value="([^"]*)"', page))


def registered(desk: Desk) -> set[Reference]:
    with desk.open_reading() as register:
        return {Reference.parse(one) for one in register.streams() if one.startswith("QA-")}


@pytest.mark.parametrize("path", [AT, f"{AT}/confirm"])
def test_whoever_may_only_look_takes_nothing_in(
    viewer: FlaskClient, filled: Desk, path: str
) -> None:
    before = registered(filled)
    assert viewer.get(AT).status_code == 403
    assert send(viewer, path).status_code == 403
    assert "Take in cases from a list" not in viewer.get("/register").text
    assert registered(filled) == before


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("who", ["caseworker", "administrator", "approver"])
def test_caseworkers_and_administrators_find_the_page(
    request: pytest.FixtureRequest, who: str
) -> None:
    client: FlaskClient = request.getfixturevalue(who)
    assert AT in client.get("/register").text
    assert "community safety partnership" in client.get(AT).text


def test_a_preview_shows_totals_rows_and_doubts_and_writes_nothing(
    caseworker: FlaskClient, filled: Desk
) -> None:
    before = registered(filled)
    answer = send(caseworker)
    assert answer.status_code == 200
    text = answer.text
    counts = re.findall(r'app-count__number">(\d+)</span> <?[^>]*>?([a-z ]+)', text)
    assert [(number, what.strip()) for number, what in counts if what.strip()][:3] == [
        ("2", "will be registered"),
        ("0", "already registered"),
        ("2", "a person must look"),
    ]
    assert "4 rows in the list." in text
    assert "Nothing has been written yet." in text
    assert "Othertown Community Safety Partnership" in text
    assert "44230” may be Excel" in text
    assert "not chased until a person says so" in text
    assert "Left out, as their headings are not known: Colour." in text
    assert registered(filled) == before


def test_a_column_of_real_names_is_told_of_and_its_cells_are_not_shown(
    caseworker: FlaskClient,
) -> None:
    text = send(caseworker).text
    assert "Real names may stand in 1 column: Victim name. It is never stored." in text
    assert "Invented" not in text
    assert "Madeup" not in text


def test_what_was_previewed_is_registered_by_the_confirmation(
    caseworker: FlaskClient, filled: Desk
) -> None:
    before = registered(filled)
    fields = seen(send(caseworker, chase_from="1/6/2026").text)
    assert fields["chase_from"] == "1/6/2026"
    answer = send(caseworker, f"{AT}/confirm", **fields)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/register")
    new = sorted(registered(filled) - before)
    assert len(new) == 2
    assert "2 reviews registered from the list." in caseworker.get("/register").text
    page = caseworker.get(f"/register/{new[0]}").text
    assert "sent on 1 March 2021, before this register held the review" in page
    assert "Taken in from a list" in page
    with filled.open_reading() as register:
        review = register.review(new[0])
    assert review.status is Status.PUBLICATION_AWAITED
    assert review.parties.csp == CSP
    assert review.pause is not None
    assert str(review.pause.until) == "2026-06-01"
    again = send(caseworker)
    assert re.search(r'app-count__number">2</span> <a[^>]*>already registered', again.text)
    assert "There is nothing to register." in again.text


def test_another_file_than_the_previewed_one_is_refused(
    caseworker: FlaskClient, filled: Desk
) -> None:
    before = registered(filled)
    fields = seen(send(caseworker).text)
    other = LIST.replace("Maria", "Marie")
    answer = send(caseworker, f"{AT}/confirm", content=other, **fields)
    assert answer.status_code == 422
    assert "This is not the file that was previewed" in answer.text
    assert registered(filled) == before


@pytest.mark.parametrize("said", [{"sha256": ""}, {"mark": ""}, {"chase_from": "1/7/2026"}])
def test_what_nobody_saw_is_not_registered(
    caseworker: FlaskClient, filled: Desk, said: dict[str, str]
) -> None:
    before = registered(filled)
    fields = seen(send(caseworker).text)
    answer = send(caseworker, f"{AT}/confirm", **{**fields, **said})
    assert answer.status_code == 422
    assert registered(filled) == before


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"list": (BytesIO(b""), "")}, "Choose the file with the list"),
        ({"list": (BytesIO(b"Name,Age\nJane,3\n"), "a.csv")}, "No row of headings was found"),
        ({"list": (BytesIO(b"PK\x03\x04 broken"), "a.ods")}, "damaged"),
        ({"chase_from": "yesterday"}, "Enter a day that is still to come"),
        ({"chase_from": "1/3/2026"}, "Enter a day that is still to come"),
    ],
)
@pytest.mark.parametrize("path", [AT, f"{AT}/confirm"])
def test_what_cannot_be_used_is_told_at_its_field(
    caseworker: FlaskClient, path: str, said: dict[str, Any], told: str
) -> None:
    fields = {
        key: (BytesIO(value[0].getvalue()), value[1]) if key == "list" else value
        for key, value in said.items()
    }
    answer = send(caseworker, path, **fields)
    told = "not the file that was previewed" if path != AT and "No row" in told else told
    told = "not the file that was previewed" if path != AT and told == "damaged" else told
    assert answer.status_code == 422
    assert told in answer.text
    assert "Jane" not in answer.text


@pytest.mark.usefixtures("filled")
def test_a_list_is_taken_in_by_hand_on_accessible_pages(open_page) -> None:
    page = open_page(AT, signed_in=True)
    assert faults_of(page) == []
    file = {"name": "cases.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")}
    page.get_by_label("The list").set_input_files(file)
    page.get_by_role("button", name="Show what would be taken in").click()
    expect(page.get_by_role("heading", name="What the list would bring")).to_be_visible()
    assert faults_of(page) == []
    page.get_by_label("The same list, once more").set_input_files(file)
    page.get_by_role("button", name="Register 2 reviews").click()
    expect(page.get_by_text("2 reviews registered from the list.")).to_be_visible()
