"""The notes form and back: downloaded, filled in, mailed or uploaded, drafted, handed out."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from secretariat.adapters.letterpress.pdf import find_soffice
from secretariat.domain.ledger import Tally
from secretariat.domain.letter import Letter
from secretariat.domain.post_in import Attachment, MailKind, MailState
from secretariat.domain.review import Outcome
from tests.builders import APPROVER, CASEWORKER, a_mail
from tests.form_builders import fill_in, saved_by_libreoffice
from tests.web.case import LISTED
from tests.web.clients import post, signed_in, token
from tests.web.desk import Desk

AT = "/meetings/1"
SAID = {
    f"{LISTED} Conclusion": [("", "The Panel felt that Maria’s voice was heard & kept.")],
    f"{LISTED} Points for the letter": [
        ("ListBullet", "Chapter 4 says little on the school."),
        ("ListBullet2", "The year of each event is lacking."),
    ],
    f"{LISTED} Outcome": [("", "publish after changes")],
    f"{LISTED} Resubmission wanted": [("", "no")],
}


def the_form(client: FlaskClient) -> bytes:
    return client.get(f"{AT}/notes-form.docx").data


def upload(client: FlaskClient, content: bytes, name: str) -> TestResponse:
    fields = {"csrf_token": token(client, AT), "notes": (BytesIO(content), name)}
    return client.post(f"{AT}/notes", data=fields)


def the_draft(desk: Desk) -> Letter:
    with desk.database.reading() as register:
        (letter,) = register.letters_of(LISTED)
    return letter


def assert_it_says_what_was_filled_in(letter: Letter) -> None:
    content = letter.content
    assert content.outcome is Outcome.PUBLISH_AFTER_CHANGES
    assert content.conclusion == (SAID[f"{LISTED} Conclusion"][0][1],)
    points = [(point.text, point.below) for point in content.points]
    assert points == [
        ("Chapter 4 says little on the school.", ("The year of each event is lacking.",))
    ]


def test_a_form_that_is_uploaded_becomes_a_draft_that_says_the_same(
    caseworker: FlaskClient, filled: Desk
) -> None:
    answer = upload(caseworker, fill_in(the_form(caseworker), SAID), "Notes form.docx")
    assert answer.status_code == 302, answer.text
    post(caseworker, f"{AT}/letters/draft", seen=AT)
    assert "1 letter drafted." in caseworker.get(f"{AT}/letters").text
    assert_it_says_what_was_filled_in(the_draft(filled))


def test_a_form_that_nobody_filled_in_takes_nothing_and_says_so(
    caseworker: FlaskClient, filled: Desk
) -> None:
    answer = upload(caseworker, the_form(caseworker), "Notes form.docx")
    assert answer.status_code == 422
    assert "What is not clear" in answer.text
    with filled.database.reading() as register:
        assert register.notes_of(LISTED) == ()


@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not here")
def test_a_form_filled_in_with_libreoffice_and_mailed_reaches_its_approver(
    app: Flask, caseworker: FlaskClient, filled: Desk
) -> None:
    form = saved_by_libreoffice(fill_in(the_form(caseworker), SAID), "docx")
    sha256 = filled.vault.keep(form)
    sent = Attachment("Notes form.docx", sha256, len(form))
    noted = {"kind": MailKind.PANEL_NOTES, "state": MailState.NOTED, "references": ()}
    filled.add("mail", a_mail(sender=CASEWORKER, attachments=(sent,), place="notes", **noted))
    assert filled.panel.work() == Tally(done=1)
    assert filled.drafting.draft_meeting(1) == Tally(done=1)
    letter = the_draft(filled)
    assert_it_says_what_was_filled_in(letter)
    assert letter.note_authors == (CASEWORKER,)
    field = f"approver-{LISTED}-1"
    chosen = {field: APPROVER, f"version-{field}": str(letter.version)}
    post(caseworker, f"{AT}/letters/hand-out", chosen, seen=AT)
    queue = signed_in(app, APPROVER).get("/letters/handed-to-me").text
    assert f"Letter 1 on {LISTED}" in queue
