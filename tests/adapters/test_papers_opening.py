"""Files laid open where they are, without the process around them: layouts, pages, caps."""

import pytest

from secretariat.adapters.papers import opening, worker
from secretariat.adapters.papers.unpack import unpack
from secretariat.domain.papers import ContainerRefused, ReadingStatus
from tests.papers_builders import a_docx, a_pdf, a_picture_pdf, a_zip, an_odt, paragraph

ROWS = ("Domestic Homicide Review", "Overview Report", "The death of Adult A")
A_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
A_HEADER = (
    '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f"{paragraph('Executive Summary of another paper')}</w:hdr>"
)
TASK = {"name": ""}
PAGES = '<Properties xmlns="x"><Pages>40</Pages></Properties>'


def test_a_pdfs_lines_have_page_size_and_place() -> None:
    layout = opening.lay_open(a_pdf(ROWS, ["second"], ["third"], ["fourth"], size=18))
    assert layout.pages == 4
    assert [line.text for line in layout.lines] == [*ROWS, "second", "third"]
    assert {line.page for line in layout.lines} == {1, 2, 3}
    assert layout.lines[0].size == pytest.approx(18, abs=0.5)
    assert layout.lines[0].y < layout.lines[1].y
    assert "fourth" in layout.text


def test_a_half_scanned_pdf_says_how_much_nobody_read() -> None:
    layout = opening.lay_open(a_pdf(["a page with words enough to be read"], [], [], []))
    assert layout.status is ReadingStatus.TEXT
    assert layout.warnings == ("3 of 4 pages have no text: a person must read them",)


def test_a_pdf_of_too_many_pages_is_not_read() -> None:
    layout = opening.lay_open(a_pdf(*[[]] * 2_001))
    assert layout.status is ReadingStatus.TOO_LARGE
    assert "2,001 pages" in layout.warnings[0]


def test_a_word_files_breaks_tell_its_pages_and_its_header_is_an_edge() -> None:
    parts = {"word/header1.xml": A_HEADER, "docProps/app.xml": PAGES}
    layout = opening.lay_open(a_docx(*ROWS, A_BREAK, "on the second page", parts=parts))
    assert layout.pages == 40
    assert [line.page for line in layout.lines if line.text == "on the second page"] == [2]
    assert [line.text for line in layout.lines if line.edge] == [
        "Executive Summary of another paper"
    ]


def test_a_word_header_does_not_say_what_the_paper_is() -> None:
    paper = a_docx(*ROWS, parts={"word/header1.xml": A_HEADER})
    assert worker.read(paper, {"name": "a.docx"})[0]["kind"] == "overview report"


def test_an_open_document_keeps_spaces_tabs_and_breaks() -> None:
    paper = an_odt(
        'Overview<text:s text:c="2"/>Report<text:tab/>of<text:line-break/>the death of Ann'
    )
    assert opening.lay_open(paper).text == "Overview  Report\tof\nthe death of Ann"


def test_a_locked_open_document_is_locked() -> None:
    manifest = "<manifest><encryption-data/></manifest>"
    kind = "application/vnd.oasis.opendocument.text"
    layout = opening.lay_open(a_zip({"mimetype": kind, "META-INF/manifest.xml": manifest}))
    assert layout.status is ReadingStatus.LOCKED


@pytest.mark.parametrize("paper", [a_docx(""), an_odt(""), a_picture_pdf(1), b"  \n"])
def test_a_file_without_words_is_for_a_person(paper: bytes) -> None:
    layout = opening.lay_open(paper)
    assert layout.status is ReadingStatus.NO_TEXT
    assert layout.warnings[-1] == "no text: a person must read it"


def test_a_container_of_too_many_files_is_refused() -> None:
    made = a_zip({f"{number}.txt": b"x" for number in range(201)})
    with pytest.raises(ContainerRefused, match="more papers than"):
        unpack(made)
    assert worker.unpack(made, TASK)[0] == {
        "refused": "the container holds more papers than can be taken at once"
    }


def test_the_tasks_answer_in_plain_values() -> None:
    zipped = a_zip({"a.pdf": b"one"})
    assert worker.unpack(zipped, TASK) == ({"members": [("a.pdf", 3, "")]}, b"one")
    assert worker.html(b"<p>Hello</p>", TASK) == ({}, b"Hello")
    assert worker.notes(b"PK\x03\x04", TASK) == ({"notes": []}, b"")
    assert worker.notes(b"one", TASK)[0]["notes"][0]["text"] == "one"
