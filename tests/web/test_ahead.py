"""What will be sent, on its page; and what the home page tells of silence and of the limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from secretariat.domain.post import PostingKind, PostingStatus
from tests.builders import NOW, TODAY, a_mail, a_posting
from tests.web.clients import signed_in
from tests.web.desk import Desk

AHEAD = "/letters/post/ahead"


def add(desk: Desk, count: int = 1, **said: object) -> None:
    for number in range(count):
        plain = {"kind": PostingKind.ACKNOWLEDGEMENT, "references": (), "letter": None}
        to = {"to": f"clerk{number}@anyshire.gov.uk", "message_id": f"<ahead-{number}@x.example>"}
        desk.add("posting", a_posting(**{**plain, **to, **said}))


def test_each_day_says_what_leaves_and_what_waits(viewer: FlaskClient, filled: Desk) -> None:
    add(filled)
    add(filled, status=PostingStatus.FOR_RELEASE, why="it came again", message_id="<w@x.example>")
    page = viewer.get(AHEAD).text
    assert "Today, Tuesday 10 March 2026, " in page
    assert "Tomorrow, Wednesday 11 March 2026, " in page
    assert "clerk0@anyshire.gov.uk" in page
    assert "it came again" in page
    assert "At most 20 mails leave in a day" in page


def test_it_says_that_sending_is_held(viewer: FlaskClient, filled: Desk) -> None:
    filled.switch_sending(released=False)
    assert "Sending is held: nothing leaves" in viewer.get(AHEAD).text
    filled.switch_sending(released=True)
    assert "Sending is held" not in viewer.get(AHEAD).text


def test_the_limit_of_a_day_is_told_here_and_on_the_home_page(
    viewer: FlaskClient, filled: Desk
) -> None:
    told = "As many mails have left today as may leave in a day"
    assert told not in viewer.get("/").text
    add(filled, 20, status=PostingStatus.SENT, sent_at=NOW, leave_on=TODAY)
    assert told in viewer.get("/").text
    assert "20 mails have left today, which is the limit of a day" in viewer.get(AHEAD).text


def test_the_list_of_mail_leads_to_it(viewer: FlaskClient) -> None:
    assert f'href="{AHEAD}"' in viewer.get("/letters/post").text


@pytest.mark.parametrize("days", [0, 20])
def test_a_silence_longer_than_usual_is_an_alarm_on_the_home_page(
    filled: Desk, app: Flask, days: int
) -> None:
    for number in range(25):
        mail = a_mail(place=f"came-{number}", arrived_at=NOW - timedelta(hours=number))
        filled.add("mail", replace(mail, references=()))
    filled.pass_by(days=days)
    page = signed_in(app).get("/").text
    assert ("No mail has come for" in page) is bool(days)


def test_the_page_needs_a_sign_in(filled: Desk, app: Flask) -> None:
    assert filled.today() == TODAY
    assert app.test_client().get(AHEAD).status_code == 302
    assert signed_in(app).get(AHEAD).status_code == 200
