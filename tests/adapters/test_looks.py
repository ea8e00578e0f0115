"""What staff should look at in a paper: hidden text, marks, links, details; nothing is quoted."""

import io
import time

import pytest
from PIL import Image
from reportlab.lib.colors import HexColor

from secretariat.adapters.papers import pdf, redaction
from secretariat.adapters.papers.looks import look
from secretariat.adapters.papers.pictures import MOST_PIXELS, picture
from secretariat.domain.flags import Flag, FlagKind
from tests.looks_builders import (
    HIDING,
    SECRET,
    a_canvas,
    a_commented_pdf,
    a_linked_pdf,
    a_picture,
    a_scan,
    an_authored_pdf,
    draw_rows,
    hiding,
    prose,
    raw_pdf,
    rows_drawn,
    with_attachments,
)
from tests.papers_builders import a_docx, a_pdf

UNSEEN = (FlagKind.UNDER_BLACK_BOXES, FlagKind.HIDDEN_TEXT)


def of_kind(flags: tuple[Flag, ...], *kinds: FlagKind) -> list[Flag]:
    return [flag for flag in flags if flag.kind in kinds]


@pytest.mark.parametrize("kind", HIDING)
def test_hidden_text_of_every_kind_is_found_and_not_quoted(kind: str) -> None:
    flags = look(hiding(kind), "report.pdf", ())
    (flag,) = of_kind(flags, *UNSEEN)
    white = kind == "white text"
    assert flag.kind is (FlagKind.HIDDEN_TEXT if white else FlagKind.UNDER_BLACK_BOXES)
    assert flag.pages == (1,)
    assert not any(word in flag.says for word in SECRET.split())


def a_busy_report() -> bytes:
    """Return a report of all that an ordinary one has and that hides nothing."""
    canvas, made = a_canvas()
    draw_rows(canvas, prose(1))
    canvas.setFillColor(HexColor("#1F3864"))
    canvas.rect(72, 280, 300, 20, fill=1, stroke=0)
    canvas.setFillGray(1)
    canvas.drawString(76, 286, "White heading of a dark table")
    canvas.setFillColor(HexColor("#D9D9D9"))
    canvas.rect(72, 260, 300, 20, fill=1, stroke=0)
    canvas.setFillGray(0)
    canvas.drawString(76, 266, "Black words in a grey cell")
    canvas.setFillColor(HexColor("#C8C8C8"))
    canvas.setFont("Helvetica", 7)
    canvas.drawString(72, 30, "Anytown Community Safety Partnership, page 1 in light grey")
    canvas.drawString(-400, 200, "Printer's words off the page")
    canvas.setFont("Symbol", 11)
    canvas.setFillGray(0)
    canvas.drawString(72, 240, "abcdefgh")
    canvas.setFont("ZapfDingbats", 11)
    canvas.drawString(72, 220, "nnnn llll")
    canvas.rect(300, 200, 100, 30, fill=1)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.mark.parametrize(
    "paper",
    [
        pytest.param(a_busy_report(), id="tables, footers, bullets, letters off the page"),
        pytest.param(a_scan([None, prose(2)], unseen=prose(1)), id="recognised words over a scan"),
        pytest.param(a_scan([[], prose(2)]), id="an empty page"),
        pytest.param(a_pdf(prose(1), size=6), id="small print"),
    ],
)
def test_an_ordinary_report_hides_nothing(paper: bytes) -> None:
    assert of_kind(look(paper, "report.pdf", ()), *UNSEEN) == []


def test_a_black_bar_in_a_scan_does_not_hide_recognised_words() -> None:
    canvas, made = a_canvas()
    scan = Image.new("L", (595, 842), 240)
    scan.paste(0, (95, 500, 300, 530))
    held = io.BytesIO()
    scan.save(held, "PNG")
    canvas.drawImage(a_picture(), 0, 0, 595, 842)
    canvas.drawInlineImage(scan, 0, 0, 595, 842)
    text = canvas.beginText(100, 842 - 520)
    text.setTextRenderMode(3)
    text.textLine(SECRET)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    (flag,) = of_kind(look(made.getvalue(), "scan.pdf", ()), *UNSEEN)
    assert flag.kind is FlagKind.UNDER_BLACK_BOXES


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_hidden_text_is_found_on_a_turned_page(turned: int) -> None:
    canvas, made = a_canvas()
    canvas.setPageRotation(turned)
    draw_rows(canvas, prose(1))
    canvas.drawString(100, 300, SECRET)
    canvas.rect(98, 297, 160, 13, fill=1)
    canvas.showPage()
    canvas.save()
    (flag,) = of_kind(look(made.getvalue(), "report.pdf", ()), *UNSEEN)
    assert flag.kind is FlagKind.UNDER_BLACK_BOXES


def test_pages_that_were_not_looked_at_are_said() -> None:
    document = pdf.OPEN_PDF(a_pdf(*[prose(page) for page in range(3)]))
    (flag,) = redaction.flags_of(document, seconds=-1)
    assert flag.says.startswith("pages 1 to 3: not looked at")
    long = pdf.OPEN_PDF(a_pdf(*[[]] * 301))
    (flag,) = redaction.flags_of(long)
    assert flag.says.startswith("page 301: not looked at")


def test_a_page_is_looked_at_within_its_budget() -> None:
    document = pdf.OPEN_PDF(a_pdf(*[prose(page) * 2 for page in range(10)]))
    start = time.process_time()
    assert list(redaction.flags_of(document)) == []
    assert time.process_time() - start < 10 * 0.1  # three times the budget, for a slow machine


def test_comments_links_and_files_are_counted_with_their_pages() -> None:
    (flag,) = of_kind(look(a_commented_pdf(), "a.pdf", ()), FlagKind.COMMENTS)
    assert (flag.count, flag.pages) == (2, (1,))
    linked = a_linked_pdf("https://example.org/a", "http://example.org/b", "mailto:a@example.org")
    (flag,) = of_kind(look(linked, "a.pdf", ()), FlagKind.EXTERNAL_LINKS)
    assert flag.says == "page 1 holds links to other sites: 2 in all"
    attached = with_attachments(a_pdf(prose(1)), "secret.docx")
    (flag,) = of_kind(look(attached, "a.pdf", ()), FlagKind.EMBEDDED_OBJECTS)
    assert "secret" not in flag.says


@pytest.mark.parametrize(
    ("author", "xmp", "found"),
    [
        ("Josephine Bloggs", "", True),
        ("", "Josephine Bloggs", True),
        ("anonymous", "", False),
        ("Microsoft Office User", "", False),
        ("", "", False),
    ],
)
def test_an_authors_name_in_the_properties_is_noticed(author: str, xmp: str, found: bool) -> None:
    flags = of_kind(
        look(an_authored_pdf(author, xmp=xmp), "a.pdf", ()), FlagKind.AUTHOR_IN_PROPERTIES
    )
    assert bool(flags) is found
    assert not any("Bloggs" in flag.says for flag in flags)


def test_a_marking_in_any_pages_header_is_noticed() -> None:
    paper = a_pdf(prose(1), ["OFFICIAL - SENSITIVE", *prose(2)], ["NOT PROTECTIVELY MARKED"])
    (flag,) = of_kind(look(paper, "a.pdf", ()), FlagKind.MARKING)
    assert flag.pages == (2,)


def test_personal_details_are_told_by_page_and_in_a_word_file_without_one() -> None:
    rows = ["Sarah (real name Josephine Bloggs) was killed.", "DOB: 3 May 1980"]
    flags = look(a_pdf(prose(1), rows), "a.pdf", ("Sarah",))
    assert [flag.pages for flag in of_kind(flags, FlagKind.REAL_NAME)] == [(2,)]
    assert [flag.pages for flag in of_kind(flags, FlagKind.DATE_OF_BIRTH)] == [(2,)]
    flags = look(a_docx(*rows), "a.docx", ("Sarah",))
    (flag,) = of_kind(flags, FlagKind.DATE_OF_BIRTH)
    assert flag.says.startswith("it may hold")
    assert of_kind(flags, FlagKind.NOT_PDF)
    assert not any("anonymised" in flag.says for flag in flags)


def test_a_large_file_a_locked_one_and_damage_are_looked_at_too() -> None:
    large = a_pdf(prose(1)) + b"\n%" + b" " * (20 * 2**20)
    assert of_kind(look(large, "a.pdf", ()), FlagKind.LARGE)
    assert look(a_pdf(prose(1), password="secret"), "a.pdf", ()) == ()
    assert look(b"%PDF-1.7 and no more", "a.pdf", ()) == ()
    assert [flag.kind for flag in look(b"", "", ())] == [FlagKind.NOT_PDF]


def test_scanned_pages_are_flagged_once() -> None:
    flags = look(a_scan([None, prose(2)]), "a.pdf", ())
    assert len(of_kind(flags, FlagKind.SCANNED)) == 1


def test_a_picture_shows_annotations_and_filled_forms() -> None:
    plain = picture(raw_pdf(rows_drawn(prose(1))), 1)
    assert picture(hiding("annotation"), 1) != plain
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Overview)/DA(/F1 12 Tf 0 g)"
        b"/Rect[100 100 300 130]/F 4/AP<</N 7 0 R>>>>"
    )
    shown = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 200 30]/Length 22>>stream\n"
        b"0 g 0 0 200 30 re f   \nendstream"
    )
    filled = raw_pdf(
        rows_drawn(prose(1)),
        catalog="/AcroForm<</Fields[6 0 R]>>",
        page="/Annots[6 0 R]",
        others=[field, shown],
    )
    assert picture(filled, 1) != plain


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ("0 0 595 842", (910, 1287)),
        ("0 0 14400 14400", (MOST_PIXELS, MOST_PIXELS)),
        ("0 0 1000000000 1000000000", None),
        ("0 0 1 1000000", None),
        ("0 0 0 0", None),
    ],
)
def test_a_picture_stays_within_its_pixels(box: str, size: tuple[int, int] | None) -> None:
    made = picture(raw_pdf(rows_drawn(prose(1)), box=box), 1)
    if size is not None:
        assert Image.open(io.BytesIO(made)).size == pytest.approx(size, abs=1)
    elif made:
        assert max(Image.open(io.BytesIO(made)).size) <= MOST_PIXELS + 1


def test_there_is_no_picture_of_a_page_that_is_not_there() -> None:
    paper = a_pdf(prose(1))
    assert [picture(paper, page) for page in (0, 2, -1)] == [b"", b"", b""]
    assert picture(b"no PDF", 1) == b""
