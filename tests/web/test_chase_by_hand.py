"""A person's hand on a chase: why it waits and who said so, sent now, somebody above, stopped."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.review import Cause
from tests.builders import a_contact, an_act
from tests.web.case import AWAITED
from tests.web.clients import post
from tests.web.desk import Desk
from tests.web.test_publication import add_sent_letter, review

AT = f"/publication/{AWAITED}"


def send(client: FlaskClient, step: str, fields: dict[str, str]) -> TestResponse:
    return post(client, f"{AT}/{step}", fields, seen=AT)


def chasers(desk: Desk) -> list[PostingStatus]:
    with desk.database.reading() as eyes:
        found = eyes.postings_of(AWAITED)
    return [one.status for one in found if one.kind is PostingKind.CHASER]


def test_a_pause_says_what_it_waits_for_and_who_said_so(
    caseworker: FlaskClient, filled: Desk
) -> None:
    told = {"why_pause": "the inquest is in June", "cause": "INQUEST", "until": "4/6/2026"}
    page = send(caseworker, "pause", told)
    assert (page.status_code, "Say who said so" in page.text) == (422, True)
    send(caseworker, "pause", told | {"said_by": "the coroner's officer"})
    pause = review(filled).pause
    assert pause is not None
    assert (pause.cause, pause.said_by, pause.until) == (
        Cause.INQUEST,
        "the coroner's officer",
        date(2026, 6, 4),
    )
    assert "as the coroner&#39;s officer said" in caseworker.get(AT).text


def test_the_next_reminder_is_sent_now_with_a_reason(caseworker: FlaskClient, filled: Desk) -> None:
    add_sent_letter(filled)
    filled.chase.resume(AWAITED, "to be sent", by="x@homeoffice.example")
    assert send(caseworker, "send-now", {}).status_code == 422
    with filled.database.reading() as eyes:
        waiting = [one for one in eyes.postings_of(AWAITED) if one.kind is PostingKind.CHASER]
    for one in waiting:
        filled.dispatch.drop(one.number, "to be written anew", by="x@homeoffice.example")
    with filled.database.register() as pen:
        pen.save_contact(
            a_contact(reference=str(AWAITED), email="new.clerk@anyshire.example"), an_act()
        )
    before = len(chasers(filled))
    answer = send(caseworker, "send-now", {"why_send": "they rang"})
    assert answer.status_code == 302, answer.text
    assert len(chasers(filled)) == before + 1


def test_a_mail_to_somebody_above_waits_for_a_person(caseworker: FlaskClient, filled: Desk) -> None:
    told = {"role": "the chief executive", "step_to": "no address", "why_step": "no answer"}
    assert send(caseworker, "step-up", told).status_code == 422
    send(caseworker, "step-up", told | {"step_to": "chief@anyshire.example"})
    assert PostingStatus.FOR_RELEASE in chasers(filled)


def test_a_chase_is_stopped_with_a_reason(caseworker: FlaskClient, filled: Desk) -> None:
    send(caseworker, "stop", {"why_stop": "the family asked us to"})
    pause = review(filled).pause
    assert pause is not None
    assert pause.until is None


@pytest.mark.parametrize("address", ["/letters/post/ahead?days=30", "/letters/post/ahead"])
def test_what_is_sent_within_a_month_is_a_page(viewer: FlaskClient, address: str) -> None:
    assert "will be sent" in viewer.get(address).text


def test_what_is_sent_within_a_month_is_a_calendar_file(viewer: FlaskClient) -> None:
    answer = viewer.get("/letters/post/ahead.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.data.startswith(b"BEGIN:VCALENDAR")
    assert b"@anyshire" not in answer.data
