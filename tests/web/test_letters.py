import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient

from secretariat.adapters.letterpress.press import Press
from secretariat.domain.ledger import Act, Event
from secretariat.domain.letter import Fact, LetterStatus
from secretariat.domain.letter_content import Point
from secretariat.domain.staff import Role
from secretariat.web.letter_form import fields_of, point_text, point_typed
from tests.builders import APPROVER, CASEWORKER, OFFICE_ADDRESS, an_act
from tests.papers_builders import a_pdf
from tests.web.case import DRAFTED, LETTER, confirm_everything, the_letter, told
from tests.web.clients import post, signed_in
from tests.web.desk import ROOT, Desk, an_account


def amended(desk: Desk, **said: str) -> dict[str, str]:
    """Return the fields of the amending form as the page would send them, changed as `said`."""
    return fields_of(the_letter(desk)) | said


def test_the_letters_underway_say_what_is_still_to_be_done(caseworker: FlaskClient) -> None:
    page = caseworker.get("/letters").text
    assert "Letter 1 on QA-2026-0003" in page
    assert "6 facts to confirm" in page


@pytest.mark.parametrize("page", ["/letters", LETTER])
def test_a_template_that_an_editor_broke_is_named_with_its_paragraph(
    caseworker: FlaskClient, filled: Desk, tmp_path: Path, page: str
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    filled.press = Press(templates, tmp_path / "kept", soffice="")
    assert "cannot be used as it stands" not in caseworker.get(page).text
    broken = Document(str(templates / "letters" / "2017" / "letter.docx"))
    broken.add_paragraph("Yours {{ faithfuly }}")
    broken.save(str(templates / "letters" / "2017" / "letter.docx"))
    told = caseworker.get(page).text
    assert "The last good version stays in use" in told
    assert "faithfuly" in told


def test_the_letter_stands_beside_its_preview_from_the_real_word_file(
    caseworker: FlaskClient,
) -> None:
    page = caseworker.get(LETTER).text
    preview = page.split('aria-label="Preview of the letter">')[1]
    assert "The timeline needs dates." in preview
    assert "Dear" in preview


def test_why_letter_twelve_came_back_is_not_told_of_letter_one(
    caseworker: FlaskClient, filled: Desk
) -> None:
    with filled.database.register() as pen:
        for number in (1, 12):
            why = f"letter {number}: the reason for {number} "
            pen.write(str(DRAFTED), Act(APPROVER, Event.RETURNED, why))
    page = caseworker.get(LETTER).text
    assert "the reason for 1 " in page
    assert "the reason for 12" not in page


def test_the_word_file_can_be_had_before_it_is_approved(caseworker: FlaskClient) -> None:
    answer = caseworker.get(f"{LETTER}/word")
    text = "\n".join(one.text for one in Document(io.BytesIO(answer.data)).paragraphs)
    assert "The timeline needs dates." in text
    assert "attachment" in answer.headers["Content-Disposition"]


def test_there_is_no_pdf_of_a_letter_that_is_not_made(caseworker: FlaskClient) -> None:
    assert caseworker.get(f"{LETTER}/pdf").status_code == 404
    assert f"{LETTER}/pdf" not in caseworker.get(LETTER).text


def test_the_form_gives_back_the_very_words_it_was_given(
    caseworker: FlaskClient, filled: Desk
) -> None:
    before = the_letter(filled).content
    assert post(caseworker, f"{LETTER}/amend", amended(filled)).status_code == 302
    assert the_letter(filled).content == before


def test_words_are_amended_paragraph_by_paragraph(caseworker: FlaskClient, filled: Desk) -> None:
    fields = {"conclusion-1": "", "conclusion-2": "The Panel thanks the chair.", "point-2": "New."}
    post(caseworker, f"{LETTER}/amend", amended(filled, **fields))
    content = the_letter(filled).content
    assert content.conclusion == ("The Panel thanks the chair.",)
    assert [point.text for point in content.points] == ["The timeline needs dates.", "New."]
    assert the_letter(filled).editors == (CASEWORKER,)
    assert told(filled, DRAFTED)[-1] == f"{CASEWORKER}: letter amended"


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        ("One.", Point("One.")),
        ("One,\ntwo.", Point("One, two.")),
        ("One.\n- a\n- b", Point("One.", ("a", "b"))),
        ("One.\n- a\nand more\n\n", Point("One.", ("a and more",))),
    ],
)
def test_a_point_is_read_from_its_box(typed: str, point: Point) -> None:
    assert point_typed(typed) == point
    assert point_typed(point_text(point)) == point


def test_an_amendment_over_a_colleagues_is_refused_and_both_are_shown(
    caseworker: FlaskClient, filled: Desk
) -> None:
    mine = amended(filled, **{"conclusion-1": "These are my words."})
    theirs = the_letter(filled)
    filled.approval.amend(
        DRAFTED,
        1,
        type(theirs.content)(
            theirs.content.generation,
            theirs.content.head,
            theirs.content.addressee,
            "Their Town",
            theirs.content.outcome,
            conclusion=("These are their words.",),
        ),
        version=theirs.version,
        by=APPROVER,
    )
    answer = post(caseworker, f"{LETTER}/amend", mine)
    assert answer.status_code == 409
    assert "These are my words." in answer.text
    assert "These are their words." in answer.text
    assert the_letter(filled).content.area == "Their Town"
    again = mine | {"version": str(the_letter(filled).version)}
    assert post(caseworker, f"{LETTER}/amend", again).status_code == 302
    assert the_letter(filled).content.conclusion == ("These are my words.",)


def test_a_letter_needs_a_name_and_an_area(caseworker: FlaskClient, filled: Desk) -> None:
    fields = amended(filled, last="", area="", meeting_date="soon")
    answer = post(caseworker, f"{LETTER}/amend", fields)
    assert answer.status_code == 422
    for sentence in ("last name", "Enter the area", "Enter the day of the meeting"):
        assert sentence in answer.text


def version_of(desk: Desk) -> dict[str, str]:
    return {"version": str(the_letter(desk).version)}


def test_facts_are_confirmed_by_name(caseworker: FlaskClient, filled: Desk) -> None:
    chosen = {"facts": ["partnership", "pseudonyms"]} | version_of(filled)
    assert post(caseworker, f"{LETTER}/confirm", chosen, seen=LETTER).status_code == 302
    confirmed = {one.fact: one.by for one in the_letter(filled).confirmations}
    assert confirmed == {Fact.CSP: CASEWORKER, Fact.PSEUDONYMS: CASEWORKER}


def test_confirming_nothing_is_told(caseworker: FlaskClient, filled: Desk) -> None:
    answer = post(caseworker, f"{LETTER}/confirm", version_of(filled), seen=LETTER)
    assert answer.status_code == 422
    assert "Choose the facts that you confirm" in answer.text


def test_the_offices_address_is_confirmed_by_whoever_saves_it(
    caseworker: FlaskClient, filled: Desk
) -> None:
    fields = {"to": "chair@anyshire.example", "copy-1": "new@anyshire-pcc.example"}
    answer = post(caseworker, f"{LETTER}/recipients", fields | version_of(filled), seen=LETTER)
    assert answer.status_code == 302
    assert [copy.to for copy in the_letter(filled).copies] == ["new@anyshire-pcc.example"]
    with filled.database.reading() as register:
        office = register.office("E23000099")
    assert office
    assert (office.email, office.confirmed_by) == ("new@anyshire-pcc.example", CASEWORKER)


def test_a_copy_that_is_not_wanted_takes_its_sentence_out_of_the_letter(
    caseworker: FlaskClient, filled: Desk
) -> None:
    fields = {"to": "chair@anyshire.example", "copy-1": "", "no-copy-1": "yes"}
    answer = post(caseworker, f"{LETTER}/recipients", fields | version_of(filled), seen=LETTER)
    assert answer.status_code == 302
    assert the_letter(filled).to == "chair@anyshire.example"
    assert the_letter(filled).copies == ()
    assert the_letter(filled).content.copy_offices == ()


def test_a_recipient_that_is_no_address_is_refused(caseworker: FlaskClient, filled: Desk) -> None:
    fields = {"to": "the chair", "copy-1": OFFICE_ADDRESS} | version_of(filled)
    answer = post(caseworker, f"{LETTER}/recipients", fields, seen=LETTER)
    assert answer.status_code == 422
    assert "Enter an email address" in answer.text


def test_a_caseworker_may_not_approve(caseworker: FlaskClient, filled: Desk) -> None:
    confirm_everything(filled, CASEWORKER)
    assert f"{LETTER}/approve" not in caseworker.get(LETTER).text
    answer = post(caseworker, f"{LETTER}/approve", version_of(filled), seen=LETTER)
    assert answer.status_code == 403


def test_what_hinders_an_approval_is_listed(approver: FlaskClient) -> None:
    page = approver.get(LETTER).text
    assert "a person must confirm the pseudonyms" in page
    assert f"{LETTER}/approve" not in page


def test_an_approver_approves_the_version_that_was_read(
    approver: FlaskClient, filled: Desk
) -> None:
    confirm_everything(filled, CASEWORKER)
    read = version_of(filled)
    assert post(approver, f"{LETTER}/approve", read, seen=LETTER).status_code == 302
    letter = the_letter(filled)
    assert (letter.status, letter.approved_by) == (LetterStatus.APPROVED, APPROVER)
    assert approver.get(f"{LETTER}/word").data == filled.vault.open(letter.docx)


def test_an_approval_of_a_version_that_is_no_more_is_refused(
    approver: FlaskClient, filled: Desk
) -> None:
    read = version_of(filled)
    confirm_everything(filled, CASEWORKER)
    answer = post(approver, f"{LETTER}/approve", read, seen=LETTER)
    assert answer.status_code == 409
    assert the_letter(filled).status is LetterStatus.DRAFT


def test_whoever_edited_it_is_told_that_somebody_else_must_approve(
    app: Flask, filled: Desk
) -> None:
    filled.accounts.save(an_account(CASEWORKER, Role.CASEWORKER, Role.APPROVER))
    client = signed_in(app)
    post(client, f"{LETTER}/amend", amended(filled))
    confirm_everything(filled, CASEWORKER)
    assert "somebody else must approve it" in client.get(LETTER).text
    answer = post(client, f"{LETTER}/approve", version_of(filled), seen=LETTER)
    assert answer.status_code == 422
    assert "somebody else must approve it" in answer.text


def test_a_letter_is_returned_with_a_reason_only(approver: FlaskClient, filled: Desk) -> None:
    answer = post(approver, f"{LETTER}/return", version_of(filled), seen=LETTER)
    assert answer.status_code == 422
    fields = {"why": "The second point is not the Panel's."} | version_of(filled)
    assert post(approver, f"{LETTER}/return", fields, seen=LETTER).status_code == 302
    assert the_letter(filled).returned == 1
    assert "returned" in approver.get("/letters").text


def test_a_letter_is_made_with_its_day_to_be_read(caseworker: FlaskClient, filled: Desk) -> None:
    post(caseworker, f"{LETTER}/make", version_of(filled), seen=LETTER)
    assert the_letter(filled).docx
    assert "10 March 2026" in caseworker.get(LETTER).text


def test_the_pages_of_a_made_letter_are_shown_as_pictures(
    caseworker: FlaskClient, filled: Desk
) -> None:
    pages = f"{LETTER}/pages"
    assert caseworker.get(pages).status_code == 404
    assert caseworker.get(f"{pages}/1.png").status_code == 404
    with filled.database.register() as register:
        made = replace(the_letter(filled), pdf=filled.vault.keep(a_pdf("Dear Councillor Hill,")))
        register.save_letter(made, an_act())
    assert "pages as pictures" in caseworker.get(LETTER).text
    shown = caseworker.get(pages).text
    assert 'alt="Page 1 of 1 of the letter as it is printed"' in shown
    answer = caseworker.get(f"{pages}/1.png")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")
    assert caseworker.get(f"{pages}/2.png").status_code == 404
