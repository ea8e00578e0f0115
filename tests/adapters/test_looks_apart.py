"""Looks, locks and scans through the reading process, as the service asks for them."""

from collections.abc import Iterator

import pytest

from secretariat.adapters.papers.reader import Limits, Reader
from secretariat.domain.flags import UNSEEN, FlagKind
from secretariat.domain.papers import ReadingStatus
from tests.looks_builders import a_pdf_under_aes_256, a_scan, hiding, prose
from tests.papers_builders import a_pdf


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def test_a_scan_is_told_when_it_is_read(reader: Reader) -> None:
    read = reader.read(a_scan([None, prose(2)]), "report.pdf")
    assert read.status is ReadingStatus.TEXT
    assert [(flag.kind, flag.pages) for flag in read.flags] == [(FlagKind.SCANNED, (1,))]
    assert "1 of 2 pages is scanned: a person must read it" in read.warnings


def test_text_under_a_box_and_details_are_told_when_it_is_looked_at(reader: Reader) -> None:
    flags = reader.look(hiding("box"), "report.pdf", names=("Sarah",))
    assert FlagKind.UNDER_BLACK_BOXES in {flag.kind for flag in flags}
    flags = reader.look(a_pdf([*prose(1), "Sarah (Josephine Bloggs)"]), "a.pdf", names=("Sarah",))
    assert FlagKind.REAL_NAME in {flag.kind for flag in flags}


def test_a_locked_pdf_is_opened_and_then_read(reader: Reader) -> None:
    locked = a_pdf_under_aes_256(prose(1), "Anytown2026")
    assert reader.read(locked, "report.pdf").status is ReadingStatus.LOCKED
    assert reader.unlock(locked, ["wrong"]) is None
    opened = reader.unlock(locked, ["wrong", "Anytown2026"])
    assert opened is not None
    assert "what the agencies had learned" in reader.read(opened, "report.pdf").text


def test_a_page_with_an_annotation_is_shown(reader: Reader) -> None:
    assert reader.picture(hiding("annotation"), 1).startswith(b"\x89PNG")


def test_a_look_that_never_ends_is_told_as_no_look_at_all() -> None:
    with Reader(Limits(memory_bytes=2**20)) as cramped:
        assert cramped.look(hiding("box"), "report.pdf") == (UNSEEN,)
