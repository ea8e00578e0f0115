"""Covers as files: a PDF and a Word file give what a careful person reads off the page.

Each goes through the isolated reader, as a council's paper does.
"""

from collections.abc import Callable, Iterator

import pytest

from secretariat.adapters.papers.reader import Reader
from secretariat.domain.front_page import facts_from
from secretariat.domain.papers import FACTS, ReadPaper, as_json
from tests.covers_held_out import BATCHES, HeldOut, held_out, plain
from tests.papers_builders import a_docx, a_pdf, paragraph
from tests.papers_covers import COVERS

ROWS = [
    HeldOut(
        cover.title,
        tuple(
            tuple(row.strip() for row in page.split(" / "))
            for page in ((cover.pages,) if isinstance(cover.pages, str) else cover.pages)
        ),
        {},
    )
    for cover in COVERS
]
PAPERS = [cover for batch in BATCHES for cover in held_out(batch)]
Made = Callable[[HeldOut], bytes]
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


def as_pdf(cover: HeldOut) -> bytes:
    return a_pdf(*(tuple(map(_latin, page)) for page in cover.pages), size=7)


def as_word(cover: HeldOut) -> bytes:
    made: list[str] = []
    for page in cover.pages:
        made += [BREAK] * bool(made) + [paragraph(_escaped(row)) for row in page]
    return a_docx(*made)


@pytest.mark.parametrize("made", [as_pdf, as_word], ids=["PDF", "Word"])
@pytest.mark.parametrize("cover", PAPERS, ids=lambda cover: cover.title)
def test_a_file_never_gives_a_fact_that_its_cover_does_not_state(
    reader: Reader, cover: HeldOut, made: Made
) -> None:
    read = reader.read(made(cover), "paper")
    for fact in FACTS:
        value = getattr(read.facts, fact)
        stated = "; ".join(value) if isinstance(value, tuple) else value
        right = {plain(one, fact) for one in cover.answers.get(fact, ())}
        assert not stated or plain(stated, fact) in right, fact


@pytest.mark.parametrize("made", [as_pdf, as_word], ids=["PDF", "Word"])
def test_every_layout_and_trap_reads_the_same_as_a_file(reader: Reader, made: Made) -> None:
    for rows, cover in zip(ROWS, COVERS, strict=True):
        read = reader.read(made(rows), cover.name)
        assert {fact: getattr(read.facts, fact) for fact in FACTS} == {
            fact: getattr(cover.facts, fact) for fact in FACTS
        }, cover.title


@pytest.mark.parametrize("made", [as_pdf, as_word], ids=["PDF", "Word"])
def test_each_fact_found_says_on_which_printed_line_it_stands(reader: Reader, made: Made) -> None:
    for cover in PAPERS:
        read = reader.read(made(cover), "paper")
        for found in read.found:
            if found.page and found.value:
                row = cover.pages[found.page - 1][found.line - 1]
                assert _run_together(found.written)[:4] in _run_together(row), (cover.title, found)


def test_the_facts_of_a_file_follow_from_what_was_found_in_it(reader: Reader) -> None:
    for cover in PAPERS[:20]:
        read = reader.read(as_pdf(cover), "paper")
        assert facts_from(read.found) == read.facts
        assert _kept(read)


def _kept(read: ReadPaper) -> bool:
    said = as_json(read)
    return list(said["facts"]) == list(FACTS) and len(read.found) >= len(FACTS)


def _run_together(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())


def _latin(row: str) -> str:
    """Return a row that Helvetica has letters for."""
    return row.replace("●", "-")


def _escaped(row: str) -> str:
    return row.replace("&", "&amp;").replace("<", "&lt;")
