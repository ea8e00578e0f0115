import io
import re
from dataclasses import replace

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient

from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Status
from tests.builders import APPROVER, CASEWORKER, a_letter, a_review, some_facts, some_notes
from tests.web.case import DRAFTED, LISTED, the_letter, told
from tests.web.clients import post, signed_in
from tests.web.desk import Desk

AT = "/meetings/1"
LETTERS = f"{AT}/letters"


@pytest.mark.parametrize(
    ("paper", "name"),
    [("agenda.docx", "Agenda 2026-03-03.docx"), ("notes-form.docx", "Notes form 2026-03-03.docx")],
)
def test_the_meetings_papers_are_downloads_of_its_page(
    viewer: FlaskClient, paper: str, name: str
) -> None:
    assert f'href="{AT}/{paper}"' in viewer.get(AT).text
    answer = viewer.get(f"{AT}/{paper}")
    assert name in answer.headers["Content-Disposition"]
    document = Document(io.BytesIO(answer.data))
    cells = [cell.text for table in document.tables for cell in table._cells]
    said = [paragraph.text for paragraph in document.paragraphs] + cells
    assert any(text.startswith("QA-2026-0002") for text in said)
    assert not any("QA-2026-0003" in text for text in said)


def test_a_meeting_that_is_not_there_has_no_papers(viewer: FlaskClient, filled: Desk) -> None:
    assert viewer.get("/meetings/7/agenda.docx").status_code == 404
    assert viewer.get("/meetings/7/notes-form.docx").status_code == 404


def test_every_review_of_the_meeting_stands_with_what_its_letter_lacks(
    caseworker: FlaskClient,
) -> None:
    assert f'href="{LETTERS}"' in caseworker.get(AT).text
    page = caseworker.get(LETTERS).text
    assert page.index(str(LISTED)) < page.index(str(DRAFTED))
    assert "No notes have been taken on it" in page
    assert "A person must confirm the partnership" in page
    assert "Letter 1" in page


def test_the_progress_is_told_in_words_beside_its_picture(caseworker: FlaskClient) -> None:
    page = caseworker.get(LETTERS).text
    assert "0 of 2 letters sent." in page
    drafted = re.search(r'<progress [^>]*max="2" value="1">([^<]*)</progress>', page)
    assert drafted is not None
    assert drafted[1] == "1 of 2"
    assert page.count("<progress ") == 5


def test_all_is_drafted_at_once_and_what_cannot_be_says_why(
    caseworker: FlaskClient, filled: Desk
) -> None:
    assert "Draft all now" not in caseworker.get(LETTERS).text
    for number, pseudonyms in ((11, ()), (12, ("bad\x07sign",))):
        reference = Reference(2026, number)
        facts = some_facts(local_reference=None, pseudonyms=pseudonyms)
        considered = {"status": Status.CONSIDERED, "meeting": 1, "outcome": Outcome.PUBLISH}
        filled.add("review", a_review(reference=reference, facts=facts, **considered))
        filled.add("notes", some_notes(reference=reference))
    assert "Draft all now" in caseworker.get(LETTERS).text
    post(caseworker, f"{LETTERS}/draft", seen=LETTERS)
    page = caseworker.get(LETTERS).text
    assert "1 letter drafted. 1 letter could not be drafted" in page
    assert "It cannot be drafted: " in page
    assert "Draft all now" in page


def test_a_draft_is_handed_to_an_approver_who_finds_it_in_the_queue(
    app: Flask, caseworker: FlaskClient, filled: Desk
) -> None:
    field = f"approver-{DRAFTED}-1"
    chosen = {field: APPROVER, f"version-{field}": str(the_letter(filled).version)}
    answer = post(caseworker, f"{LETTERS}/hand-out", chosen, seen=LETTERS)
    assert answer.status_code == 302
    page = caseworker.get(LETTERS).text
    assert "It is saved who approves 1 letter." in page
    assert f'<option value="{APPROVER}" selected>' in page
    assert told(filled, DRAFTED)[-1] == f"{CASEWORKER}: letter handed to an approver"
    approver = signed_in(app, APPROVER)
    assert "Handed to me" in approver.get("/letters").text
    queue = approver.get("/letters/handed-to-me").text
    assert f"Letter 1 on {DRAFTED}" in queue
    assert "A person must confirm the partnership" in queue


def test_an_empty_queue_says_so_and_is_for_approvers_alone(
    app: Flask, caseworker: FlaskClient
) -> None:
    assert caseworker.get("/letters/handed-to-me").status_code == 403
    assert "Handed to me" not in caseworker.get("/letters").text
    queue = signed_in(app, APPROVER).get("/letters/handed-to-me").text
    assert "No letter waits for you." in queue


def test_a_letter_that_cannot_be_handed_out_is_told_beside_it_and_stops_no_other(
    caseworker: FlaskClient, filled: Desk
) -> None:
    other = Reference(2026, 11)
    considered = {"status": Status.CONSIDERED, "meeting": 1, "outcome": Outcome.PUBLISH}
    filled.add("review", a_review(reference=other, **considered))
    filled.add("notes", some_notes(reference=other))
    second = filled.add("letter", a_letter(reference=other))
    stale, good = f"approver-{DRAFTED}-1", f"approver-{other}-1"
    chosen = {
        stale: APPROVER,
        f"version-{stale}": "99",
        good: APPROVER,
        f"version-{good}": str(second.version),
    }
    answer = post(caseworker, f"{LETTERS}/hand-out", chosen, seen=LETTERS)
    assert answer.status_code == 422
    assert "was changed by somebody else in the meantime" in answer.text
    assert f'href="#{stale}"' in answer.text
    assert the_letter(filled).handed_to == ""
    with filled.database.reading() as register:
        assert register.letter(other, 1).handed_to == APPROVER


def test_whoever_edited_a_letter_is_not_offered_and_somebody_else_is_asked_for(
    app: Flask, caseworker: FlaskClient, filled: Desk
) -> None:
    version = the_letter(filled).version
    filled.meeting_letters.hand_out(DRAFTED, 1, APPROVER, version=version, by=CASEWORKER)
    letter = the_letter(filled)
    content = replace(letter.content, area="Othertown")
    filled.approval.amend(DRAFTED, 1, content, version=letter.version, by=APPROVER)
    page = caseworker.get(LETTERS).text
    assert "Alex Approver wrote notes on it, edited it or no longer approves" in page
    assert f'<option value="{APPROVER}"' not in page
    assert "choose somebody else" in page


def test_nothing_here_approves_and_a_viewer_changes_nothing(
    viewer: FlaskClient, approver: FlaskClient
) -> None:
    assert "/approve" not in approver.get(LETTERS).text
    page = viewer.get(LETTERS)
    assert page.status_code == 200
    assert "<select" not in page.text
    for step in ("draft", "hand-out"):
        assert post(viewer, f"{LETTERS}/{step}", seen=LETTERS).status_code == 403


def test_the_letters_of_no_meeting_are_not_found(caseworker: FlaskClient) -> None:
    assert caseworker.get("/meetings/7/letters").status_code == 404
    assert post(caseworker, "/meetings/7/letters/draft", seen=LETTERS).status_code == 404
