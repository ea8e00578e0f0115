import io

import pytest
from docx import Document
from flask.testing import FlaskClient

from tests.web.desk import Desk

AT = "/meetings/1"


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
