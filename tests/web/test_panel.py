from dataclasses import replace
from html import escape
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
    assert "What is not clear" in answer.text
    assert "Line 1, “QA-2026-0002”: the notes on QA-2026-0002 say no outcome" in answer.text


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


TYPED = f"{AT}/notes/type"


def typing(client: FlaskClient, text: str, *confirmed: str):
    fields = {"csrf_token": token(client, TYPED), "text": text, "confirmed": list(confirmed)}
    return client.post(TYPED, data=fields)


def test_the_page_for_notes_offers_the_headings_of_each_review_without_notes(
    caseworker: FlaskClient,
) -> None:
    page = caseworker.get(TYPED).text
    assert f"## {LISTED}" in page
    for heading in ("Conclusion", "Points for the letter", "Outcome:", "Typing errors noted"):
        assert f"\n{heading}\n" in page
    assert f"## {RECEIVED}" not in page
    assert f"## {RECEIVED}" in caseworker.get(f"{TYPED}?review={RECEIVED}").text


def test_typed_notes_are_taken_and_come_back_to_be_changed(
    caseworker: FlaskClient, filled: Desk
) -> None:
    text = (
        f"## {LISTED}\r\nConclusion: Careful.\r\nPoints\r\n- One\r\n  - below\r\nOutcome: publish"
    )
    answer = typing(caseworker, text)
    assert answer.headers["Location"] == AT
    with filled.database.reading() as register:
        (notes,) = register.notes_of(LISTED)
    assert notes.authors == ("sam@homeoffice.example",)
    assert notes.section.points[0].below == ("below",)
    again = caseworker.get(f"{TYPED}?review={LISTED}").text
    assert "Careful.\n\nPoints for the letter\n\n- One\n  - below\n\nOutcome: publish" in again


def test_nothing_typed_is_lost_when_something_is_not_clear(
    caseworker: FlaskClient, filled: Desk
) -> None:
    points = "Panel feedback\n  - Explain &amp; <b>add</b>"
    text = f"## {LISTED}\n\n{points}\n\nOutcome: publish\n\nSarah’s\n"
    answer = typing(caseworker, text)
    assert answer.status_code == 422
    assert escape(text) in answer.text.replace("&#39;", "'")
    assert "Line 3, “Panel feedback”: ‘Panel feedback’ is read as the heading of the points" in (
        answer.text
    )
    assert 'value="panel feedback = points"' in answer.text
    assert "this stands below the outcome: write it under ‘Conclusion’ or ‘Points’" in answer.text
    kept = text.replace("Sarah’s", "")
    assert typing(caseworker, kept, "panel feedback = points").status_code == 302
    with filled.database.reading() as register:
        assert len(register.notes_of(LISTED)) == 1


def test_what_was_confirmed_stays_confirmed_while_the_rest_is_put_right(
    caseworker: FlaskClient,
) -> None:
    text = f"{LISTED}\nPanel feedback\n- Explain\nOutcome: perhaps\n"
    answer = typing(caseworker, text, "panel feedback = points")
    assert answer.status_code == 422
    assert '<input type="hidden" name="confirmed" value="panel feedback = points">' in answer.text
    assert "is read as the heading" not in answer.text


def test_a_review_off_the_agenda_is_put_there_from_the_page(
    caseworker: FlaskClient, filled: Desk
) -> None:
    text = f"{RECEIVED}\nOutcome: publish\n"
    guess = f"{RECEIVED} = put on the agenda"
    assert f'value="{guess}"' in typing(caseworker, text).text
    assert typing(caseworker, text, guess).status_code == 302
    assert agenda(filled) == (str(LISTED), str(RECEIVED))


def test_an_uploaded_file_that_is_not_clear_comes_back_as_text(caseworker: FlaskClient) -> None:
    answer = upload(caseworker, f"{LISTED}\nVerdict: publish\n", "notes.md")
    assert answer.status_code == 422
    assert f"{LISTED}\nVerdict: publish" in answer.text
    assert 'value="verdict = outcome"' in answer.text


def test_empty_notes_and_a_virus_are_told_on_the_page(
    caseworker: FlaskClient, filled: Desk
) -> None:
    assert "Type the notes" in typing(caseworker, " \n").text
    with running_clamd() as address:
        filled.panel = replace(filled.panel, scanner=ClamAv(address))
        answer = typing(caseworker, f"{NOTES}{HARMFUL.decode()}")
        assert f"The virus scanner found {NAME} in the notes" in answer.text
    filled.panel = replace(filled.panel, scanner=ClamAv("/nowhere/clamd.ctl"))
    away = typing(caseworker, NOTES)
    assert (away.status_code, NOTES in away.text) == (503, True)


def test_a_viewer_may_not_type_notes(viewer: FlaskClient) -> None:
    assert viewer.get(TYPED).status_code == 403
