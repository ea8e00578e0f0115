"""A locked paper is opened with what a person types, and the password is seen nowhere again."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient

from secretariat.domain.papers import ReadingStatus
from tests.web.clients import post
from tests.web.desk import Desk
from tests.web.reading_case import AT, READ, add_locked, add_read

PASSWORD = "spring lambs on a very long and quiet hill"
WRONG = "autumn lambs on a very long and quiet hill"


@pytest.fixture
def at(filled: Desk) -> str:
    """Return where a locked plan of QA-2026-0009 is opened."""
    add_read(filled)
    return f"{AT}/papers/{add_locked(filled, PASSWORD[:32]).number}/open"


def test_the_review_waits_for_the_password_and_says_so(caseworker: FlaskClient, at: str) -> None:
    page = caseworker.get(AT).text
    assert "It waits for the password." in page
    assert f'href="{at}"' in page
    assert f'href="{at}"' in caseworker.get("/held/locked").text
    assert "Reviews that wait for a password" in caseworker.get("/").text.split("Nothing at")[0]
    assert "1 paper is still to be read to the end" in caseworker.get("/").text


def test_the_right_password_opens_it_and_leaves_no_trace(
    caseworker: FlaskClient, filled: Desk, at: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = post(caseworker, at, {"password": PASSWORD[:32]})
    assert answer.status_code == 302
    page = caseworker.get(AT).text
    assert "The paper is open" in page
    assert "Opened from plan.pdf" in page
    with filled.database.reading() as register:
        told = repr(register.ledger(str(READ)))
        readings = [paper.reading for paper in register.papers(READ) if not paper.set_aside]
    assert ReadingStatus.LOCKED not in readings
    assert PASSWORD[:32] not in page + told + caplog.text


def test_a_wrong_password_is_counted_and_not_given_back(
    caseworker: FlaskClient, filled: Desk, at: str
) -> None:
    answer = post(caseworker, at, {"password": WRONG})
    assert answer.status_code == 422
    assert "This password does not open it" in answer.text
    assert "1 of at most 20 passwords have been tried" in answer.text
    assert WRONG not in answer.text
    assert 'autocomplete="off"' in answer.text
    with filled.database.reading() as register:
        assert WRONG not in repr(register.ledger(str(READ)))


def test_nothing_typed_is_no_try(caseworker: FlaskClient, at: str) -> None:
    answer = post(caseworker, at, {"password": ""})
    assert answer.status_code == 422
    assert "Type the password" in answer.text
    assert "0 of at most 20" in answer.text


def test_a_password_without_its_form_is_not_given_back(caseworker: FlaskClient, at: str) -> None:
    answer = caseworker.post(at, data={"password": WRONG})
    assert answer.status_code == 400
    assert WRONG not in answer.text


def test_twenty_tries_are_enough(caseworker: FlaskClient, filled: Desk) -> None:
    add_read(filled)
    at = f"{AT}/papers/{add_locked(filled, tries=20).number}/open"
    page = caseworker.get(at).text
    assert "20 passwords were tried on it, and no more may be" in page
    assert 'type="password"' not in page
    assert post(caseworker, at, {"password": "spring lambs"}, seen=AT).status_code == 422


def test_only_a_locked_paper_of_this_review_asks_for_a_password(
    caseworker: FlaskClient, at: str
) -> None:
    assert "It needs no password now" in caseworker.get(f"{AT}/papers/3/open").text
    refused = post(caseworker, f"{AT}/papers/3/open", {"password": "x"}, seen=AT)
    assert refused.status_code == 422
    other = at.replace(str(READ), "QA-2026-0001")
    assert caseworker.get(other).status_code == 404


def test_a_viewer_opens_nothing(viewer: FlaskClient, at: str) -> None:
    assert "Type the password" not in viewer.get(AT).text + viewer.get("/held/locked").text
    assert post(viewer, at, {"password": PASSWORD[:32]}, seen="/").status_code == 403
