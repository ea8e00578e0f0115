"""What a person types into a letter and does not save is kept for that person alone."""

from flask.testing import FlaskClient

from tests.builders import CASEWORKER
from tests.web.case import DRAFTED, LETTER, the_letter
from tests.web.clients import post
from tests.web.desk import Desk

AMEND = f"{LETTER}/amend"
FIELDS = {"version": "0", "area": "Othertown", "point-1": "Half a sen", "last": "Bloggs"}


def kept_for(filled: Desk, person: str) -> tuple[str, ...] | None:
    with filled.database.reading() as register:
        typed = register.typed(str(DRAFTED), 1, person)
    return None if typed is None else typed.fields


def test_what_is_typed_is_kept_in_silence_and_makes_no_version(
    caseworker: FlaskClient, filled: Desk
) -> None:
    before = the_letter(filled)
    answer = post(caseworker, f"{LETTER}/typed", FIELDS, seen=AMEND)
    assert (answer.status_code, answer.text) == (204, "")
    assert kept_for(filled, CASEWORKER) == (
        *("area", "Othertown"),
        *("point-1", "Half a sen"),
        *("last", "Bloggs"),
    )
    assert the_letter(filled) == before


def test_it_is_offered_again_and_taken_up_where_the_person_left(
    caseworker: FlaskClient, filled: Desk
) -> None:
    kept = post(caseworker, f"{LETTER}/typed", FIELDS | {"keep": "yes"}, seen=AMEND)
    assert kept.status_code == 302
    assert "not save it" in caseworker.get(AMEND).text
    form = caseworker.get(f"{AMEND}?typed=yes").text
    assert ">Half a sen</textarea>" in form
    assert 'value="Othertown"' in form
    assert "not save it" not in form


def test_what_is_saved_or_given_up_is_forgotten(caseworker: FlaskClient, filled: Desk) -> None:
    for last in ({"path": AMEND}, {"path": f"{LETTER}/typed/forget"}):
        version = {"version": str(the_letter(filled).version)}
        post(caseworker, f"{LETTER}/typed", FIELDS | version, seen=AMEND)
        answer = post(caseworker, last["path"], FIELDS | version, seen=AMEND)
        assert answer.status_code == 302
        assert kept_for(filled, CASEWORKER) is None


def test_going_on_over_a_colleagues_version_loses_neither_text(
    caseworker: FlaskClient, filled: Desk
) -> None:
    post(caseworker, f"{LETTER}/typed", FIELDS, seen=AMEND)
    post(caseworker, AMEND, {"version": "0", "area": "Their town", "last": "Bloggs"}, seen=AMEND)
    post(caseworker, f"{LETTER}/typed", FIELDS, seen=AMEND)
    form = caseworker.get(f"{AMEND}?typed=yes").text
    assert 'name="version" value="0"' in form
    answer = post(caseworker, AMEND, FIELDS, seen=AMEND)
    assert answer.status_code == 409
    assert "Half a sen" in answer.text


def test_nothing_is_kept_for_a_letter_that_is_not_there(
    caseworker: FlaskClient, filled: Desk
) -> None:
    answer = post(caseworker, f"/register/{DRAFTED}/letters/9/typed", FIELDS, seen=AMEND)
    assert answer.status_code == 404
    assert kept_for(filled, CASEWORKER) is None
