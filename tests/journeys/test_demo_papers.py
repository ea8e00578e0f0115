"""The demonstration's papers are real files that the reader understands, and plainly invented."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest

from secretariat.adapters.papers.reader import Reader
from secretariat.cli.demo import papers
from secretariat.cli.demo.cases import LINNET, ROBIN, WREN
from secretariat.domain.likeness import LikenessPolicy, Sameness, likeness, words_of
from secretariat.domain.papers import PaperKind, ReadingStatus

POLICY = LikenessPolicy()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    opened = Reader()
    yield opened
    opened.close()


def test_the_overview_report_states_its_facts_on_a_real_cover(reader: Reader) -> None:
    sheet = papers.overview(ROBIN)
    read = reader.read(sheet.body, sheet.name)
    assert read.status is ReadingStatus.TEXT
    assert read.kind is PaperKind.OVERVIEW_REPORT
    assert read.pages >= 8
    assert read.facts.csp == ROBIN.partnership
    assert read.facts.pseudonyms == ("Robin",)
    assert read.facts.local_reference == "DHR07"
    assert (read.facts.date_of_death, read.facts.version_date) == ("2023-04", "2025-09")
    assert (read.facts.author, read.facts.chair) == ("Avis Specimen", "Bea Sample")


def test_a_cover_that_leaves_facts_out_leaves_them_for_a_person(reader: Reader) -> None:
    sheet = papers.overview_in_word(WREN)
    facts = reader.read(sheet.body, sheet.name).facts
    assert facts.pseudonyms == ("Wren",)
    assert facts.local_reference is None
    assert facts.chair is None


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (papers.summary, PaperKind.EXECUTIVE_SUMMARY),
        (papers.action_plan, PaperKind.ACTION_PLAN),
        (papers.overview_in_word, PaperKind.OVERVIEW_REPORT),
    ],
)
def test_each_paper_is_of_the_kind_that_its_title_says(
    reader: Reader, make: object, kind: PaperKind
) -> None:
    sheet = make(LINNET)  # type: ignore[operator]
    assert reader.read(sheet.body, sheet.name).kind is kind


def test_every_page_says_that_it_is_invented() -> None:
    document = pypdfium2.PdfDocument(papers.overview(ROBIN).body)
    told = [page.get_textpage().get_text_range() for page in document]
    assert all(papers.STAMP in text for text in told)


def test_a_scan_has_pages_and_no_text(reader: Reader) -> None:
    read = reader.read(papers.scanned(papers.overview(ROBIN)).body, "scan.pdf")
    assert read.status is ReadingStatus.NO_TEXT
    assert read.pages == 8


def test_the_same_case_gives_the_same_bytes_each_time() -> None:
    assert papers.overview(ROBIN) == papers.overview(ROBIN)
    assert papers.summary(ROBIN) == papers.summary(ROBIN)
    assert papers.overview(ROBIN) != papers.overview(replace(ROBIN, version="October 2025"))


def test_no_word_file_bears_the_second_it_was_made_in() -> None:
    with zipfile.ZipFile(io.BytesIO(papers.summary(ROBIN).body)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2025, 1, 1, 0, 0, 0)}


def test_the_published_version_is_the_report_with_changes_and_a_stranger_is_not(
    reader: Reader,
) -> None:
    def text(sheet: papers.Sheet) -> list[str]:
        return words_of(reader.read(sheet.body, sheet.name).text)

    seen = text(papers.overview(ROBIN))
    changed = likeness(seen, text(papers.revised(ROBIN)), POLICY)
    other = likeness(seen, text(papers.overview(WREN)), POLICY)
    same = likeness(seen, text(papers.overview(ROBIN, more=("Dear Councillor,",))), POLICY)
    assert changed
    assert other
    assert same
    assert changed.sameness in (Sameness.SAME, Sameness.DIFFERING)
    assert not changed.untouched
    assert other.sameness is Sameness.ANOTHER
    assert same.untouched
