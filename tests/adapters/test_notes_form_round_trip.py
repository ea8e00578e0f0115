"""The notes form made, filled in, saved again by LibreOffice, and read back: nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from secretariat.adapters.letterpress.forms import WordForms
from secretariat.adapters.letterpress.pdf import find_soffice
from secretariat.adapters.papers.reader import Reader
from secretariat.domain.notes import NotesRead, read_notes
from secretariat.domain.panel import Section
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome
from tests.form_builders import an_agenda, fill_in, saved_by_libreoffice

needs_libreoffice = pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not here")
ABOUT = "QA-2026-0002"
SAID = {
    f"{ABOUT} Conclusion": [
        ("", "The Panel felt that this was a “careful” report; it heard Maria’s family."),
        ("", "It thanks the chair – and the agencies & their staff – warmly."),
    ],
    f"{ABOUT} Points for the letter": [
        ("ListBullet", "Chapter 4 says little on how the school & the family were asked."),
        ("ListBullet2", "The chronology lacks the year of each event."),
        ("ListBullet2", "“Paragraph 4.2” names nobody."),
        ("ListBullet", "The action plan needs dates."),
        ("ListBullet", "[sic] stands in the report: the word should be spelt."),
        ("ListBullet2", "On page 9 as well."),
    ],
    f"{ABOUT} Outcome": [("", "publish after changes")],
    f"{ABOUT} Resubmission wanted": [("", "no")],
    f"{ABOUT} Typing errors noted": [
        ("ListBullet", "Page 4: ‘teh’ for ‘the’"),
        ("ListBullet", "Page 7, last line: a full stop too many"),
    ],
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


@pytest.fixture(scope="module")
def filled() -> bytes:
    return fill_in(WordForms().notes_form(an_agenda(3)), SAID)


def read(reader: Reader, content: bytes, name: str) -> NotesRead:
    return read_notes(reader.notes_text(content, name), wrapped=False)


def on(found: NotesRead, number: int) -> Section:
    (section,) = (each for each in found.sections if each.reference == Reference(2026, number))
    return section


def assert_nothing_is_lost(found: NotesRead) -> None:
    assert found.faults == ()
    section = on(found, 2)
    assert section.conclusion == tuple(text for _, text in SAID[f"{ABOUT} Conclusion"])
    told = []
    for point in section.points:
        told += [("ListBullet", point.text), *(("ListBullet2", each) for each in point.below)]
    assert told == SAID[f"{ABOUT} Points for the letter"]
    assert section.outcome is Outcome.PUBLISH_AFTER_CHANGES
    assert section.resubmission_wanted is False
    assert section.typing_errors == tuple(text for _, text in SAID[f"{ABOUT} Typing errors noted"])


def assert_the_rest_says_nothing(found: NotesRead) -> None:
    for number in (1, 3):
        section = on(found, number)
        assert (section.conclusion, section.points, section.typing_errors) == ((), (), ())
        assert (section.outcome, section.resubmission_wanted) == (None, None)


def test_a_form_that_nobody_filled_in_says_nothing(reader: Reader) -> None:
    found = read(reader, WordForms().notes_form(an_agenda(3)), "form.docx")
    assert found.faults == ()
    assert [each.reference for each in found.sections] == [
        Reference(2026, number) for number in (1, 2, 3)
    ]
    assert_the_rest_says_nothing(found)


def test_a_filled_form_is_read_whole(reader: Reader, filled: bytes) -> None:
    found = read(reader, filled, "form.docx")
    assert_nothing_is_lost(found)
    assert_the_rest_says_nothing(found)


@needs_libreoffice
@pytest.mark.parametrize("kind", ["docx", "odt", "rtf"])
def test_a_filled_form_that_libreoffice_saved_again_is_read_whole(
    reader: Reader, filled: bytes, kind: str
) -> None:
    found = read(reader, saved_by_libreoffice(filled, kind), f"form.{kind}")
    assert_nothing_is_lost(found)
    assert_the_rest_says_nothing(found)


@needs_libreoffice
@pytest.mark.parametrize("kind", ["docx", "odt", "rtf"])
def test_a_form_that_libreoffice_saved_before_it_was_filled_in_says_nothing(
    reader: Reader, kind: str
) -> None:
    again = saved_by_libreoffice(WordForms().notes_form(an_agenda(3)), kind)
    found = read(reader, again, f"form.{kind}")
    assert found.faults == ()
    assert_the_rest_says_nothing(found)
