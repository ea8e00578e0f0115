"""Below a letter: its draft beside the Panel's notes, and help with its words."""

import re

import pytest
from flask.testing import FlaskClient

from secretariat.domain.letter import LetterStatus
from secretariat.web.letter_form import fields_of
from tests.builders import CASEWORKER, a_paper
from tests.web.case import DRAFTED, LETTER, the_letter
from tests.web.clients import post
from tests.web.desk import Desk

REPORT = b"1 Introduction\n1.1 How it began.\n4.2 What followed.\n"


def amend(client: FlaskClient, desk: Desk, **said: str) -> None:
    assert post(client, f"{LETTER}/amend", fields_of(the_letter(desk)) | said).status_code == 302


def below(client: FlaskClient) -> str:
    """Return what stands below the letter, without tags."""
    page = client.get(LETTER).text.split('id="beside"')[1]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def register_the_report(desk: Desk, text: bytes = REPORT) -> None:
    paper = a_paper(reference=DRAFTED, name="Overview v2.pdf", text=desk.vault.keep(text))
    desk.add("paper", paper)


def test_each_point_stands_beside_its_note_and_typing_errors_apart(
    caseworker: FlaskClient,
) -> None:
    told = below(caseworker)
    assert "Point 1 The timeline needs dates. The timeline needs dates." in told
    assert "They are never part of the letter. Page 4:" in told
    assert "In the notes and not in the draft" not in told


def test_what_the_draft_leaves_out_or_says_otherwise_is_told(
    caseworker: FlaskClient, filled: Desk
) -> None:
    amend(caseworker, filled, **{"point-1": "The timeline needs the dates."})
    told = below(caseworker)
    assert "In the notes and not in the draft Add the year of each event." in told
    assert "The draft says it otherwise." in told


def test_a_reference_that_the_report_does_not_have_is_a_warning_beside_its_point(
    caseworker: FlaskClient, filled: Desk
) -> None:
    register_the_report(filled)
    amend(caseworker, filled, **{"point-1": "Paragraphs 4.2 and 9.9 differ. See recommendation 3."})
    told = below(caseworker)
    assert "Paragraph 9.9 not found It was looked for in Overview v2.pdf." in told
    assert "Paragraph 4.2 not found" not in told
    assert "look for them yourself: recommendation 3." in told


def test_a_report_whose_text_cannot_be_read_is_said(caseworker: FlaskClient, filled: Desk) -> None:
    amend(caseworker, filled, **{"point-1": "Paragraph 4.2 differs."})
    assert "They cannot be looked up: no overview report is registered." in below(caseworker)
    filled.add("paper", a_paper(reference=DRAFTED, name="Scan.pdf", text=""))
    assert "They cannot be looked up: the text of Scan.pdf cannot be read." in below(caseworker)


def test_spelling_and_house_words_are_advice_and_change_nothing(
    caseworker: FlaskClient, filled: Desk
) -> None:
    amend(caseworker, filled, **{"point-1": "The IMR of Anytown recieved nothing prior to it."})
    told = below(caseworker)
    assert "Point 1: “recieved”; perhaps “received”" in told
    assert "Point 1: “prior to”; perhaps “before”" in told
    assert the_letter(filled).content.points[0].text.endswith("recieved nothing prior to it.")


def test_without_the_dictionary_a_sentence_says_so(caseworker: FlaskClient, filled: Desk) -> None:
    filled.take_the_dictionary_away()
    assert "Spelling is not checked: the British dictionary is not on this machine" in below(
        caseworker
    )


def test_endings_are_made_even_when_a_person_says_so(caseworker: FlaskClient, filled: Desk) -> None:
    amend(caseworker, filled, **{"point-2": "Say more"})
    assert "Point 2: “Say more”; perhaps “Say more.”" in below(caseworker)
    version = str(the_letter(filled).version)
    assert (
        post(caseworker, f"{LETTER}/endings", {"version": version}, seen=LETTER).status_code == 302
    )
    letter = the_letter(filled)
    assert letter.content.points[1].text == "Say more."
    assert letter.editors == (CASEWORKER,)
    assert "Make the endings even" not in below(caseworker)


def test_a_stock_paragraph_is_put_in_when_a_person_takes_it(
    caseworker: FlaskClient, filled: Desk
) -> None:
    version = str(the_letter(filled).version)
    fields = {"version": version, "stock": "condolences"}
    assert post(caseworker, f"{LETTER}/stock", fields, seen=LETTER).status_code == 302
    *_, last = the_letter(filled).content.points
    assert last.text.startswith("The Panel felt it would be nice to include condolences")
    assert "Point 2 The Panel felt it would be nice" in below(caseworker)
    assert "Not from the notes" in below(caseworker)


@pytest.mark.parametrize("door", ["stock", "endings"])
def test_whoever_was_slower_changes_nothing(
    caseworker: FlaskClient, filled: Desk, door: str
) -> None:
    amend(caseworker, filled, **{"point-2": "Say more"})
    fields = {"version": "0", "stock": "condolences"}
    assert post(caseworker, f"{LETTER}/{door}", fields, seen=LETTER).status_code == 409
    assert len(the_letter(filled).content.points) == 2


def test_a_stock_paragraph_that_is_not_there_is_not_found(
    caseworker: FlaskClient, filled: Desk
) -> None:
    fields = {"version": "0", "stock": "../2017/manifest"}
    assert post(caseworker, f"{LETTER}/stock", fields, seen=LETTER).status_code == 404


def test_viewers_are_offered_no_buttons(viewer: FlaskClient, filled: Desk) -> None:
    page = viewer.get(LETTER).text
    assert "The draft beside the notes" in page
    assert "Put this at the end" not in page
    assert the_letter(filled).status is LetterStatus.DRAFT
