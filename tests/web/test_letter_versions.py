"""The versions of a letter on its page, and what changed between two of them."""

import re
from dataclasses import replace

from flask.testing import FlaskClient

from tests.browsers import faults_of
from tests.builders import APPROVER, CASEWORKER
from tests.web.case import DRAFTED, LETTER, the_letter
from tests.web.desk import Desk


def amend(desk: Desk, *conclusion: str, by: str = CASEWORKER) -> None:
    letter = the_letter(desk)
    content = replace(letter.content, conclusion=conclusion)
    desk.approval.amend(DRAFTED, 1, content, version=letter.version, by=by)


def test_every_version_is_listed_with_who_when_and_why(
    caseworker: FlaskClient, filled: Desk
) -> None:
    amend(filled, "The Panel felt this was a very good report.")
    filled.pass_by(minutes=5)
    amend(filled, "The Panel felt this was good.", by=APPROVER)
    page = caseworker.get(f"{LETTER}/versions").text
    assert "Version 3" in page
    assert "Version 4" not in page
    assert CASEWORKER in page
    assert APPROVER in page
    assert "10 March 2026 at 12:05pm" in page
    assert "the words were changed" in page


def test_what_changed_is_said_aloud_and_marked_without_colour(
    caseworker: FlaskClient, filled: Desk
) -> None:
    amend(filled, "The Panel felt this was a well-researched report.")
    page = caseworker.get(f"{LETTER}/versions").text
    assert re.search(r"<del><strong>.*Removed: </span>well-written<", page)
    assert re.search(r"<ins><strong>.*Added: </span>well-researched<", page)
    assert "<li>What the Panel felt: removed “well-written”</li>" in page
    assert "<li>What the Panel felt: added “well-researched”</li>" in page


def test_any_two_versions_are_compared(caseworker: FlaskClient, filled: Desk) -> None:
    amend(filled, "Second.")
    amend(filled, "Third.")
    page = caseworker.get(f"{LETTER}/versions?before=1&after=3").text
    assert "From version 1 to version 3" in page
    assert "Third." in page
    assert "Second." not in page
    assert "The words are the same." in caseworker.get(f"{LETTER}/versions?before=2&after=2").text
    assert caseworker.get(f"{LETTER}/versions?before=77&after=99").status_code == 200


def test_a_letter_that_is_not_there_has_no_versions(caseworker: FlaskClient) -> None:
    assert caseworker.get(LETTER.replace("/1", "/9") + "/versions").status_code == 404


def test_what_somebody_typed_is_shown_as_words_and_never_as_markup(
    caseworker: FlaskClient, filled: Desk
) -> None:
    amend(filled, "The <b>Panel</b> & others.")
    page = caseworker.get(f"{LETTER}/versions").text
    assert "<b>Panel" not in page
    assert "&lt;b&gt;" in page


def test_the_page_of_differences_is_accessible_and_fits_a_phone(open_page, filled: Desk) -> None:
    amend(filled, "The Panel felt this was a well-researched report.")
    page = open_page(f"{LETTER}/versions", signed_in=True)
    assert faults_of(page) == []
    assert page.locator("ins").first.evaluate("e => getComputedStyle(e).textDecorationLine") == (
        "underline"
    )


def test_without_libreoffice_the_letter_page_says_that_word_goes_out(
    caseworker: FlaskClient,
) -> None:
    assert "no PDF will be made, and the Word file goes out" in caseworker.get(LETTER).text
