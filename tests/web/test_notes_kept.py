"""What a person types as a meeting's notes and does not have taken is kept for that person."""

from flask.testing import FlaskClient
from playwright.sync_api import expect

from secretariat.domain.letter import MEETING
from tests.browsers import faults_of
from tests.builders import APPROVER, CASEWORKER
from tests.web.case import LISTED
from tests.web.clients import post
from tests.web.desk import Desk

TYPED = "/meetings/1/notes/type"
HALF = f"## {LISTED}\n\nConclusion\n\n  Half a sen"
WHOLE = f"{LISTED}\nConclusion: Careful.\nOutcome: publish\n"
OFFER = "you typed notes of this meeting that have not been taken"


def kept_for(filled: Desk, person: str = CASEWORKER) -> dict[str, str] | None:
    with filled.database.reading() as register:
        typed = register.typed(MEETING, 1, person)
    return typed and dict(zip(typed.fields[::2], typed.fields[1::2], strict=True))


def keep(client: FlaskClient, text: str, **said: str):
    fields = {"text": text.replace("\n", "\r\n"), **said}
    return post(client, f"{TYPED}/typed", fields, seen=TYPED)


def test_notes_are_kept_in_silence_with_their_blanks_and_nothing_is_taken(
    caseworker: FlaskClient, filled: Desk
) -> None:
    answer = keep(caseworker, HALF, confirmed="verdict = outcome")
    assert (answer.status_code, answer.text) == (204, "")
    assert kept_for(filled) == {"text": HALF, "confirmed": "verdict = outcome"}
    assert kept_for(filled, APPROVER) is None
    with filled.database.reading() as register:
        assert register.notes_of(LISTED) == ()


def test_notes_are_offered_again_to_their_writer_alone(
    caseworker: FlaskClient, filled: Desk, administrator: FlaskClient
) -> None:
    assert OFFER not in caseworker.get(TYPED).text
    keep(caseworker, HALF, confirmed="verdict = outcome")
    assert OFFER in caseworker.get(TYPED).text
    assert "Half a sen" not in caseworker.get(TYPED).text
    page = caseworker.get(f"{TYPED}?typed=yes").text
    assert f"{HALF}</textarea>" in page
    assert 'name="confirmed" value="verdict = outcome"' in page
    assert OFFER not in page
    assert "Half a sen" not in administrator.get(f"{TYPED}?typed=yes").text


def test_notes_that_are_taken_or_given_up_are_forgotten(
    caseworker: FlaskClient, filled: Desk
) -> None:
    for path, fields in ((TYPED, {"text": WHOLE}), (f"{TYPED}/typed/forget", {})):
        keep(caseworker, HALF)
        assert post(caseworker, path, fields, seen=TYPED).status_code == 302
        assert kept_for(filled) is None


def test_notes_that_are_not_clear_stay_kept(caseworker: FlaskClient, filled: Desk) -> None:
    keep(caseworker, HALF)
    answer = post(caseworker, TYPED, {"text": f"{LISTED}\nOutcome: perhaps\n"}, seen=TYPED)
    assert answer.status_code == 422
    assert kept_for(filled) == {"text": HALF, "confirmed": ""}


def test_nothing_is_kept_for_a_meeting_that_is_not_there_nor_from_a_viewer(
    caseworker: FlaskClient, viewer: FlaskClient, filled: Desk
) -> None:
    path = "/meetings/9/notes/type/typed"
    assert post(caseworker, path, {"text": HALF}, seen=TYPED).status_code == 404
    answer = post(viewer, f"{TYPED}/typed", {"text": HALF}, seen="/change-password")
    assert answer.status_code == 403
    assert kept_for(filled, "vic@homeoffice.example") is None


def test_without_javascript_a_button_keeps_notes(open_page, filled: Desk) -> None:
    page = open_page(TYPED, signed_in=True, java_script_enabled=False)
    page.get_by_label("Notes", exact=True).fill(HALF)
    page.get_by_role("button", name="Keep without taking").click()
    expect(page.get_by_text("It is not taken as notes yet.")).to_be_visible()
    expect(page.get_by_label("Notes", exact=True)).to_have_value(HALF)
    page.goto(TYPED)
    page.get_by_role("link", name="Go on with what you typed").click()
    expect(page.get_by_label("Notes", exact=True)).to_have_value(HALF)


def test_with_javascript_notes_are_kept_by_themselves_and_leaving_warns(
    open_page, filled: Desk
) -> None:
    page = open_page(TYPED, signed_in=True)
    page.get_by_label("Notes", exact=True).fill(HALF)
    expect(page.get_by_role("status")).to_contain_text("Kept for you at", timeout=8000)
    assert kept_for(filled) == {"text": HALF, "confirmed": ""}
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.goto(TYPED)
    assert warned == ["beforeunload"]
    expect(page.get_by_text(OFFER)).to_be_visible()
    assert faults_of(page) == []


def test_what_is_given_up_right_after_typing_is_not_kept_again(open_page, filled: Desk) -> None:
    page = open_page(TYPED, signed_in=True)
    page.get_by_label("Notes", exact=True).fill(HALF)
    page.get_by_role("button", name="Keep without taking").click()
    page.goto(TYPED)
    page.get_by_label("Notes", exact=True).fill("Something else")
    page.get_by_role("button", name="Forget what I typed").click()
    expect(page.get_by_text("What you had typed is forgotten.")).to_be_visible()
    assert kept_for(filled) is None
