"""The agenda and the notes form as files: what they say, and that Word takes them."""

import io
from dataclasses import replace

import pytest
from docx import Document
from lxml import etree
from page import validate_pdf_bytes
from pypdfium2 import PdfDocument

from secretariat.adapters.letterpress.forms import WIDTHS, WordForms
from secretariat.adapters.letterpress.pdf import find_soffice, pdf_of
from secretariat.adapters.letterpress.wordwriting import TEXT_WIDTH
from secretariat.domain.meeting_papers import Agenda
from tests.form_builders import W, an_agenda, body_of
from tests.word_schema import schema_faults

FORMS = WordForms()


def cells(docx: bytes) -> list[list[str]]:
    (table,) = Document(io.BytesIO(docx)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_agenda_lists_every_review_in_order_with_what_the_panel_must_know() -> None:
    head, *rows = cells(FORMS.agenda(an_agenda(12)))
    assert head == ["No.", "Reference", "Partnership", "Pseudonyms", "Pages", "Received on"]
    assert [row[1] for row in rows] == [f"QA-2026-{number:04}" for number in range(1, 13)]
    partnership = "Anytown & District 1 Community Safety Partnership (DHR1)"
    assert rows[0] == ["1", "QA-2026-0001", partnership, "Maria", "41", "1 January 2026"]
    assert rows[1][3] == "none"


def test_what_the_agenda_cannot_know_it_says_it_does_not_know() -> None:
    item = replace(an_agenda().items[0], partnership="", local_reference="", pages=0)
    (_, row) = cells(FORMS.agenda(replace(an_agenda(), items=(item,))))
    assert (row[2], row[4]) == ("not known", "not known")


def test_an_agenda_without_a_review_has_no_table() -> None:
    document = Document(io.BytesIO(FORMS.agenda(Agenda(an_agenda().meeting, ()))))
    assert not document.tables
    assert document.paragraphs[-1].text == "Nothing is on the agenda yet."


@pytest.mark.parametrize("name", ["agenda", "notes_form"])
def test_both_are_a4_in_british_english_and_arial_with_page_numbers(name: str) -> None:
    document = Document(io.BytesIO(getattr(FORMS, name)(an_agenda())))
    (section,) = document.sections
    assert (section.page_width.twips, section.page_height.twips) == (11906, 16838)
    footer = section.footer.paragraphs[0]
    assert [field.get(f"{W}instr").strip() for field in footer._p.iter(f"{W}fldSimple")] == [
        "PAGE",
        "NUMPAGES",
    ]
    assert "Page 1 of 1" in "".join(each.text for each in footer._p.iter(f"{W}t"))
    normal = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    looks = {each.tag.removeprefix(W): dict(each.attrib) for each in normal}
    assert looks["rFonts"][f"{W}ascii"] == "Arial"
    assert looks["sz"][f"{W}val"] == "24"
    assert looks["lang"][f"{W}val"] == "en-GB"
    assert document.core_properties.title.endswith("3 March 2026")
    assert document.core_properties.author == ""
    assert document.paragraphs[0].style.name == "Title"


@pytest.mark.parametrize("count", [0, 1, 12])
@pytest.mark.parametrize("name", ["agenda", "notes_form"])
def test_both_keep_to_the_schemas_of_word(name: str, count: int) -> None:
    assert schema_faults(getattr(FORMS, name)(an_agenda(count))) == []


def test_the_agendas_columns_fill_the_page_and_its_head_stands_on_every_page() -> None:
    assert sum(WIDTHS) == TEXT_WIDTH
    (table,) = body_of(FORMS.agenda(an_agenda())).iter(f"{W}tbl")
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
    assert heads == [True, False, False]


def test_the_form_has_a_section_with_its_reference_for_each_review() -> None:
    document = Document(io.BytesIO(FORMS.notes_form(an_agenda(3))))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert [each.split()[0] for each in headings] == [
        "QA-2026-0001",
        "QA-2026-0002",
        "QA-2026-0003",
    ]


def controls(docx: bytes) -> dict[str, etree._Element]:
    return {
        each.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): each for each in body_of(docx).iter(f"{W}sdt")
    }


def test_every_answer_has_a_control_with_a_title_and_grey_words_that_ask() -> None:
    form = FORMS.notes_form(an_agenda(1))
    made = controls(form)
    assert [tag for tag in made if not tag.endswith("line")] == [
        "QA-2026-0001 Conclusion",
        "QA-2026-0001 Points for the letter",
        "QA-2026-0001 Outcome",
        "QA-2026-0001 Resubmission wanted",
        "QA-2026-0001 Typing errors noted",
    ]
    for control in body_of(form).iter(f"{W}sdt"):
        asks = control.find(f"{W}sdtPr")
        assert asks.find(f"{W}alias").get(f"{W}val")
        if control.find(f"{W}sdtContent/{W}r") is not None:
            assert asks.find(f"{W}showingPlcHdr") is not None
            style = control.find(f"{W}sdtContent/{W}r/{W}rPr/{W}rStyle")
            assert style.get(f"{W}val") == "PlaceholderText"


def test_no_two_controls_of_a_form_share_a_number() -> None:
    found = [
        each.get(f"{W}val") for each in body_of(FORMS.notes_form(an_agenda(12))).iter(f"{W}id")
    ]
    assert len(found) == len(set(found)) == 12 * 9


def test_the_outcome_is_chosen_from_a_list() -> None:
    made = controls(FORMS.notes_form(an_agenda(1)))
    chosen = made["QA-2026-0001 Outcome"].iter(f"{W}listItem")
    assert [each.get(f"{W}value") for each in chosen] == [
        "publish",
        "publish after changes",
        "resubmit",
    ]


def test_the_points_are_a_real_list_of_two_levels() -> None:
    points = controls(FORMS.notes_form(an_agenda(1)))["QA-2026-0001 Points for the letter"]
    styles = [each.get(f"{W}val") for each in points.iter(f"{W}pStyle")]
    assert styles == ["ListBullet", "ListBullet2"]


@pytest.mark.parametrize("name", ["agenda", "notes_form"])
def test_signs_that_word_cannot_hold_do_not_spoil_the_file(name: str) -> None:
    item = replace(
        an_agenda().items[0], partnership='A\x00ny\u202etown <&> "North"\nCSP', local_reference=""
    )
    docx = getattr(FORMS, name)(replace(an_agenda(), items=(item,)))
    text = "".join(each.text for each in body_of(docx).iter(f"{W}t"))
    assert 'Anytown <&> "North" CSP' in text


@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["agenda", "notes_form"])
def test_as_a_pdf_each_is_accessible_and_counts_its_pages(name: str) -> None:
    pdf = pdf_of(getattr(FORMS, name)(an_agenda(12)), str(find_soffice()))
    report = validate_pdf_bytes(pdf, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    document = PdfDocument(pdf)
    assert document.get_metadata_dict()["Title"].endswith("3 March 2026")
    pages = len(document)
    assert f"Page 1 of {pages}" in document[0].get_textpage().get_text_range()
