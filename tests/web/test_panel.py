from dataclasses import replace
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from secretariat.adapters.clamav import ClamAv
from secretariat.domain.panel import MeetingMode
from secretariat.domain.review import Status
from tests.clamd import HARMFUL, NAME, running_clamd
from tests.web.case import LISTED, RECEIVED
from tests.web.clients import post, token
from tests.web.desk import Desk

AT = "/meetings/1"
NOTES = f"## {LISTED}\nConclusion: A careful review.\nOutcome: publish\n\n"


def agenda(desk: Desk) -> tuple[str, ...]:
    with desk.database.reading() as register:
        return tuple(map(str, register.meeting(1).agenda))


def test_a_meeting_is_added_with_its_day_as_staff_write_it(
    caseworker: FlaskClient, filled: Desk
) -> None:
    fields = {"held_on": "1/4/2026", "chair": "C. Chair", "mode": "by correspondence"}
    answer = post(caseworker, "/meetings", fields)
    assert answer.headers["Location"] == "/meetings/2"
    with filled.database.reading() as register:
        meeting = register.meeting(2)
    assert (meeting.held_on.isoformat(), meeting.mode) == ("2026-04-01", MeetingMode.CORRESPONDENCE)
    assert "1 April 2026" in caseworker.get("/meetings").text


@pytest.mark.parametrize("day", ["", "31/2/2026", "soon", "2026-13-01"])
def test_a_meeting_needs_a_day_that_there_is(caseworker: FlaskClient, day: str) -> None:
    answer = post(caseworker, "/meetings", {"held_on": day})
    assert answer.status_code == 422
    assert "Enter the day as 4/6/2026" in answer.text


def test_received_reviews_are_put_on_the_agenda_and_taken_off(
    caseworker: FlaskClient, filled: Desk
) -> None:
    post(caseworker, f"{AT}/agenda", {"reviews": str(RECEIVED)}, seen=AT)
    assert agenda(filled) == (str(LISTED), str(RECEIVED))
    post(caseworker, f"{AT}/agenda/{RECEIVED}/off", seen=AT)
    assert agenda(filled) == (str(LISTED),)


def test_an_empty_choice_is_told(caseworker: FlaskClient) -> None:
    answer = post(caseworker, f"{AT}/agenda", seen=AT)
    assert answer.status_code == 422
    assert "Choose at least one review" in answer.text


def test_a_changed_meeting_keeps_its_agenda(caseworker: FlaskClient, filled: Desk) -> None:
    with filled.database.reading() as register:
        version = str(register.meeting(1).version)
    fields = {"held_on": "4/3/2026", "chair": "D. Chair", "mode": "at a meeting"}
    post(caseworker, f"{AT}/change", fields | {"version": version}, seen=AT)
    assert agenda(filled) == (str(LISTED),)
    assert "Meeting of 4 March 2026" in caseworker.get(AT).text
    stale = post(caseworker, f"{AT}/change", fields | {"version": version}, seen=AT)
    assert stale.status_code == 409


def upload(client: FlaskClient, notes: str, name: str = "notes.txt"):
    fields = {"csrf_token": token(client, AT), "notes": (BytesIO(notes.encode()), name)}
    return client.post(f"{AT}/notes", data=fields)


def test_notes_that_cannot_be_read_are_told_line_by_line(caseworker: FlaskClient) -> None:
    answer = upload(caseworker, "QA-2026-0002\n\nNothing here says what the Panel decided.\n")
    assert answer.status_code == 422
    assert "What could not be read in the notes" in answer.text
    assert "Line 1" in answer.text


def test_no_file_is_no_notes(caseworker: FlaskClient) -> None:
    answer = post(caseworker, f"{AT}/notes", seen=AT)
    assert answer.status_code == 422
    assert "Choose the file with the notes" in answer.text


def test_a_file_above_the_limit_is_refused_before_it_is_read(
    caseworker: FlaskClient, filled: Desk
) -> None:
    assert upload(caseworker, "x" * (filled.largest_upload + 1)).status_code == 413


def test_a_viewer_cannot_change_the_agenda(viewer: FlaskClient, filled: Desk) -> None:
    answer = post(viewer, f"{AT}/agenda", {"reviews": str(RECEIVED)}, seen="/")
    assert answer.status_code == 403
    assert agenda(filled) == (str(LISTED),)


def test_the_review_on_the_agenda_is_with_the_panel(caseworker: FlaskClient, filled: Desk) -> None:
    post(caseworker, f"{AT}/agenda", {"reviews": str(RECEIVED)}, seen=AT)
    with filled.database.reading() as register:
        assert register.review(RECEIVED).status is Status.WITH_PANEL


def test_notes_with_a_virus_are_refused_with_the_reason(
    caseworker: FlaskClient, filled: Desk
) -> None:
    with running_clamd() as address:
        filled.panel = replace(filled.panel, scanner=ClamAv(address))
        answer = upload(caseworker, f"{NOTES}{HARMFUL.decode()}\n")
        assert answer.status_code == 422
        assert f"The virus scanner found {NAME} in the notes: they were not" in answer.text
        with filled.database.reading() as register:
            assert register.notes_of(LISTED) == ()
        assert upload(caseworker, NOTES).status_code == 302
    with filled.database.reading() as register:
        assert len(register.notes_of(LISTED)) == 1


def test_while_the_scanner_is_away_the_page_says_so_and_nothing_is_taken(
    caseworker: FlaskClient, filled: Desk
) -> None:
    filled.panel = replace(filled.panel, scanner=ClamAv("/nowhere/clamd.ctl"))
    answer = upload(caseworker, NOTES)
    assert answer.status_code == 503
    assert "cannot be checked for viruses now, so nothing of it was kept: try again" in answer.text
    with filled.database.reading() as register:
        assert register.notes_of(LISTED) == ()
        assert register.review(LISTED).status is Status.WITH_PANEL
