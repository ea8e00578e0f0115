"""The reader gives every file a status, and the service outlives every file."""

import io
import os
import signal
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from secretariat.adapters.papers.reader import Limits, Reader
from secretariat.domain.papers import ContainerRefused, NotesLine, PaperKind, ReadingStatus
from tests.papers_builders import (
    A_Cover,
    a_docx,
    a_pdf,
    a_picture_pdf,
    a_zip,
    an_odt,
    paragraph,
)
from tests.papers_covers import COVERS

ROWS = [
    "Anytown Community Safety Partnership",
    "Domestic Homicide Review",
    "Overview Report",
    "The death of 'Wilma' in August 2015",
    "Author: Kim Sample",
    "Report completed: 3 April 2017",
]

STARTS = (
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<html>",
    b"{\\rtf1",
    b"\xff\xfe",
)


def a_raw_pdf(stream: bytes, filters: bytes) -> bytes:
    """Return a PDF of one page whose content is the packed stream."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        b"4 0 obj<</Length "
        + str(len(stream)).encode()
        + b"/Filter"
        + filters
        + b">>stream\n"
        + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    )


def a_pdf_of_many_words(words: int) -> bytes:
    """Return a PDF of one page on which so many words lie over one another."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, pageCompression=1)
    canvas.setFont("Helvetica", 9)
    canvas.addLiteral(
        "BT /F1 9 Tf 72 700 Td " + "(word) Tj 47 -1 Td (word) Tj -47 0.9 Td " * words + "ET"
    )
    canvas.save()
    return made.getvalue()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


@pytest.mark.parametrize(
    "paper",
    [
        pytest.param(a_pdf(ROWS, ["1. Introduction"]), id="a PDF"),
        pytest.param(a_docx(*ROWS), id="a Word file"),
        pytest.param(a_docx(*ROWS, strict=True), id="a Strict Word file"),
        pytest.param(an_odt(*ROWS), id="an OpenDocument text"),
        pytest.param("\n".join(ROWS).encode("utf-16"), id="plain text in UTF-16"),
        pytest.param("\r\n".join(ROWS).encode("cp1252"), id="plain text"),
        pytest.param(f"<html><p>{'<p>'.join(ROWS)}</html>".encode(), id="a saved page"),
    ],
)
def test_every_kind_of_file_gives_the_same_facts(reader: Reader, paper: bytes) -> None:
    read = reader.read(paper, "paper")
    assert read.status is ReadingStatus.TEXT
    assert read.kind is PaperKind.OVERVIEW_REPORT
    assert read.facts.csp == ROWS[0]
    assert read.facts.pseudonyms == ("Wilma",)
    assert read.facts.date_of_death == "2015-08"
    assert read.facts.author == "Kim Sample"
    assert read.facts.version_date == "2017-04-03"
    assert "Domestic Homicide Review" in read.text


@pytest.mark.parametrize("cover", COVERS, ids=lambda cover: cover.title)
def test_a_cover_says_the_same_from_a_pdf(reader: Reader, cover: A_Cover) -> None:
    pages = (cover.pages,) if isinstance(cover.pages, str) else cover.pages
    read = reader.read(a_pdf(*(page.replace("–", "-").split(" / ") for page in pages)), cover.name)
    for name in ("csp", "pseudonyms", "local_reference", "author", "chair", "date_of_death"):
        assert getattr(read.facts, name) in (getattr(cover.facts, name), None, ())


def test_a_cover_in_a_content_control_a_text_box_and_a_table_is_seen(reader: Reader) -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
        + paragraph(ROWS[3])
        + "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback>"
        + paragraph("The death of 'Somebody Else'")
        + "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    control = (
        f"<w:sdt><w:sdtContent>{paragraph(ROWS[1])}{paragraph(ROWS[2])}</w:sdtContent></w:sdt>"
    )
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Report Author", "Kim Sample"))
    read = reader.read(a_docx(control, box, f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), "a.docx")
    assert read.kind is PaperKind.OVERVIEW_REPORT
    assert read.facts.pseudonyms == ("Wilma",)
    assert read.facts.author == "Kim Sample"


def test_deleted_and_hidden_words_are_left_out_and_told(reader: Reader) -> None:
    deleted = (
        '<w:p><w:del w:author="x"><w:r><w:delText>Author: Ann Wrong</w:delText></w:r></w:del></w:p>'
    )
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Author: Jo Wrong</w:t></w:r></w:p>"
    inserted = '<w:p><w:ins w:author="x"><w:r><w:t>Author: Kim Sample</w:t></w:r></w:ins></w:p>'
    comments = {"word/comments.xml": "<c><comment/></c>"}
    read = reader.read(a_docx(*ROWS[:4], deleted, hidden, inserted, parts=comments), "a.docx")
    assert read.facts.author == "Kim Sample"
    assert "Wrong" not in read.text
    assert set(read.warnings) == {
        "it holds tracked changes",
        "it holds hidden text",
        "it holds comments",
    }


@pytest.mark.parametrize(
    ("paper", "status", "told"),
    [
        pytest.param(a_picture_pdf(), "no text", "a person must read it", id="a scan"),
        pytest.param(a_pdf(ROWS, password="x"), "locked", "unlocked copy", id="a locked PDF"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked",
            "unlocked copy",
            id="a locked Word file",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "damaged",
            "another copy",
            id="an old .doc of zeros",
        ),
        pytest.param(b"{\\rtf1 Hello}", "no text", "a person", id="RTF without words"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(40), "damaged", "picture", id="a picture"),
        pytest.param(b"MZ\0\0" + bytes(99), "unsupported", "not read", id="a programme"),
        pytest.param(a_zip({"a.pdf": b"x"}), "unsupported", "zip", id="a zip"),
        pytest.param(
            a_zip({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}),
            "unsupported",
            "no text document",
            id="a workbook",
        ),
        pytest.param(b"%PDF-1.4 broken", "damaged", "another copy", id="a broken PDF"),
        pytest.param(a_docx(*ROWS)[:400], "damaged", "damaged", id="half a Word file"),
        pytest.param(a_docx("<w:p><w:oops></w:p>"), "damaged", "damaged", id="broken XML"),
        pytest.param(b"", "damaged", "is empty", id="an empty file"),
        pytest.param(bytes(101 * 2**20), "too large", "100 MB", id="a huge file"),
    ],
)
def test_what_cannot_be_read_is_a_status_and_a_sentence(
    reader: Reader, paper: bytes, status: str, told: str
) -> None:
    read = reader.read(paper, "paper")
    assert read.status == status
    assert told in " ".join(read.warnings)
    assert read.text == ""


def test_a_document_type_declaration_is_refused(reader: Reader) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document xmlns:w="x"><w:p>&a;</w:p></w:document>'
    read = reader.read(a_docx("", parts={"word/document.xml": bomb}), "a.docx")
    assert read.status is ReadingStatus.DAMAGED
    assert "not safe" in read.warnings[0]


def test_a_word_file_that_would_unpack_to_a_flood_is_refused(reader: Reader) -> None:
    read = reader.read(a_docx("x", parts={"word/media/a.xml": bytes(60 * 2**20)}), "a.docx")
    assert read.status is ReadingStatus.DAMAGED
    assert "more than was sent" in read.warnings[0]


def test_a_pdf_that_eats_memory_is_ended_and_the_next_paper_is_read() -> None:
    packed = zlib.compress(zlib.compress(bytes(900 * 2**20), 9), 9)
    bomb = a_raw_pdf(packed, b"[/FlateDecode/FlateDecode]")
    with Reader(Limits(cpu_seconds=3, wall_seconds=6, memory_bytes=500 * 2**20)) as reader:
        assert reader.read(bomb, "bomb.pdf").status is not ReadingStatus.TEXT
        assert reader.read(a_pdf(ROWS), "a.pdf").status is ReadingStatus.TEXT


def test_a_paper_that_takes_too_long_is_ended() -> None:
    slow = a_pdf_of_many_words(200_000)
    with Reader(Limits(cpu_seconds=1, wall_seconds=1)) as reader:
        started = time.monotonic()
        read = reader.read(slow, "slow.pdf")
        assert time.monotonic() - started < 10
    assert read.status is ReadingStatus.DAMAGED
    assert "within 1 seconds" in read.warnings[0]


def test_the_reading_process_is_started_again_when_it_has_died() -> None:
    with Reader() as reader:
        reader.read(a_pdf(ROWS), "a.pdf")
        assert reader.process_id is not None
        os.kill(reader.process_id, signal.SIGKILL)
        assert reader.read(a_pdf(ROWS), "a.pdf").status is ReadingStatus.TEXT


def test_closing_ends_the_process_and_reading_again_starts_another() -> None:
    reader = Reader()
    reader.read(a_pdf(ROWS), "a.pdf")
    first = reader.process_id
    reader.close()
    assert reader.process_id is None
    assert first is not None
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert reader.read(a_pdf(ROWS), "a.pdf").status is ReadingStatus.TEXT
    reader.close()


def test_threads_share_a_reader_and_get_their_own_answers(reader: Reader) -> None:
    papers = [a_pdf([*ROWS[:3], f"The death of Adult {letter}"]) for letter in "ABCDEFGH"]
    with ThreadPoolExecutor(8) as threads:
        read = list(threads.map(lambda paper: reader.read(paper, "a.pdf"), papers))
    assert [one.facts.pseudonyms for one in read] == [(f"Adult {one}",) for one in "ABCDEFGH"]


def test_the_reading_process_knows_nothing_of_the_services_environment(reader: Reader) -> None:
    reader.read(a_pdf(ROWS), "a.pdf")
    with open(f"/proc/{reader.process_id}/environ", "rb") as environment:
        assert b"PATH" not in environment.read()


def test_a_zip_gives_its_papers_under_plain_names(reader: Reader) -> None:
    made = a_zip(
        {"papers/../../a.pdf": b"one", "__MACOSX/a.pdf": b"x", "b\\c.docx": b"two", "d/": b""}
    )
    members = reader.unpack(made)
    assert [(member.name, member.content) for member in members] == [
        ("a.pdf", b"one"),
        ("c.docx", b"two"),
    ]


@pytest.mark.parametrize("container", [b"PK\x03\x04 broken", a_zip({"a": bytes(80 * 2**20)})])
def test_a_zip_that_is_broken_or_a_bomb_is_refused(reader: Reader, container: bytes) -> None:
    with pytest.raises(ContainerRefused):
        reader.unpack(container)


def test_the_text_of_a_page_is_what_it_shows(reader: Reader) -> None:
    text = reader.text_of_html(
        "<p>We have <b>published</b></p><script>x()</script><p>https://a.example"
    )
    assert text.split() == ["We", "have", "published", "https://a.example"]
    assert reader.text_of_html("") == ""


def test_notes_in_markdown_keep_their_line_numbers(reader: Reader) -> None:
    notes = reader.notes_text("# QA-2026-0001\n\n- first\n  - nested\nText £".encode(), "notes.md")
    assert notes == (
        NotesLine(1, "# QA-2026-0001", "Heading 1"),
        NotesLine(2, ""),
        NotesLine(3, "- first"),
        NotesLine(4, "  - nested"),
        NotesLine(5, "Text £"),
    )


def test_notes_in_word_keep_styles_and_levels(reader: Reader) -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="B2"><w:name w:val="List Bullet 2"/></w:style></w:styles>'
    )
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr>'
        "<w:r><w:t>nested</w:t></w:r></w:p>"
    )
    rows = (
        paragraph("QA-2026-0001", style="H1"),
        paragraph("a point", style="B2"),
        numbered,
        "text",
    )
    assert reader.notes_text(a_docx(*rows, parts={"word/styles.xml": styles}), "n.docx") == (
        NotesLine(1, "QA-2026-0001", "heading 1"),
        NotesLine(2, "a point", "List Bullet 2", 1),
        NotesLine(3, "nested", "", 1),
        NotesLine(4, "text"),
    )


def test_notes_that_cannot_be_read_are_no_lines(reader: Reader) -> None:
    assert reader.notes_text(b"PK\x03\x04 broken", "notes.docx") == ()


def test_the_names_of_files_cannot_break_the_reading(reader: Reader) -> None:
    read = reader.read(a_pdf(ROWS), "\udcff\0" + "n" * 90_000 + "£" * 300)
    assert read.status is ReadingStatus.TEXT


@settings(max_examples=60, deadline=None)
@given(start=st.sampled_from((*STARTS, b"")), rest=st.binary(max_size=400))
def test_no_bytes_make_the_reading_raise(reader: Reader, start: bytes, rest: bytes) -> None:
    read = reader.read(start + rest, "paper")
    assert read.status in ReadingStatus
    assert bool(read.text) <= (read.status is ReadingStatus.TEXT)


@settings(max_examples=40, deadline=None)
@given(place=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_paper_with_one_byte_changed_is_still_some_status(
    reader: Reader, place: int, byte: int
) -> None:
    for whole in (a_pdf(ROWS), a_docx(*ROWS)):
        changed = bytearray(whole)
        changed[place % len(changed)] = byte
        assert reader.read(bytes(changed), "paper").status in ReadingStatus


@pytest.mark.parametrize(
    "flood", [b"A" * 4_000_000, b"Aa " * 1_000_000, b"Author: and by " * 200_000]
)
def test_a_flood_of_words_is_read_within_its_limits(reader: Reader, flood: bytes) -> None:
    assert reader.read(flood, "flood.txt").status is ReadingStatus.TEXT
