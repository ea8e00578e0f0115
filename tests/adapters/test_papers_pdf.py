"""PDFs laid open: order of lines, second opinions, scans, and shells that hold no paper."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption

from secretariat.adapters.papers import pdf, pdf_lines, pdf_second
from secretariat.domain.flags import FlagKind
from secretariat.domain.front_page import read_front
from secretariat.domain.papers import ReadingStatus
from tests.looks_builders import (
    a_canvas,
    a_garbled_pdf,
    a_scan,
    a_stream,
    draw_rows,
    prose,
    raw_pdf,
    rows_drawn,
    with_attachments,
)
from tests.papers_builders import A_Cover, a_pdf, a_picture_pdf
from tests.papers_covers import COVERS

COVER = (
    "Anytown Community Safety Partnership",
    "Domestic Homicide Review",
    "Overview Report",
    "Report into the death of 'Maria' in April 2023",
)
NEVER_ASKED = "pdfminer.six was asked"


def cover_pdf(cover: A_Cover) -> bytes:
    pages = (cover.pages,) if isinstance(cover.pages, str) else cover.pages
    return a_pdf(*[page.split(" / ") for page in pages])


@pytest.mark.parametrize("cover", COVERS, ids=lambda cover: cover.title)
def test_both_libraries_read_the_same_facts_off_a_cover(cover: A_Cover) -> None:
    made = cover_pdf(cover)
    first = read_front(pdf_lines.lines_of(pdf.OPEN_PDF(made), 3), name=cover.name)
    second = read_front(pdf_second.lines_of(made, 3), name=cover.name)
    assert (first.facts, first.kind) == (second.facts, second.kind)
    assert first.facts == read_front(cover.lines(), name=cover.name).facts


def test_an_ordinary_paper_is_not_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError(NEVER_ASKED)

    monkeypatch.setattr(pdf_second, "lines_of", refuse)
    assert pdf.lay_open(a_pdf(COVER, prose(2)), whole=False).lines
    with pytest.raises(AssertionError, match=NEVER_ASKED):
        pdf.lay_open(a_garbled_pdf())


def test_a_line_has_its_printed_size_and_is_bold_where_its_font_is() -> None:
    canvas, made = a_canvas()
    canvas.setFont("Helvetica-Bold", 1)
    canvas.scale(20, 20)
    canvas.drawString(4, 35, "Overview Report into the death of Maria")
    canvas.showPage()
    canvas.save()
    (line,) = pdf.lay_open(made.getvalue()).lines
    assert line.size == pytest.approx(20, abs=0.1)
    assert line.bold
    assert line.y == pytest.approx(A4[1] - 35 * 20 - 14, abs=3)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_turned_for_the_screen_is_read_as_it_is_shown(turned: int) -> None:
    canvas, made = a_canvas()
    canvas.setPageRotation(turned)
    wide, high = A4
    if turned == 90:
        canvas.translate(wide, 0)
    elif turned == 180:
        canvas.translate(wide, high)
    else:
        canvas.translate(0, high)
    canvas.rotate(turned)
    for place, row in enumerate(reversed(COVER)):
        canvas.drawString(72, 300 + 20 * place, row)
    canvas.showPage()
    canvas.save()
    lines = pdf.lay_open(made.getvalue()).lines
    assert [line.text for line in lines] == list(COVER)
    assert all(0 < line.y < high for line in lines)


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    canvas, made = a_canvas()
    left = [f"left {line} the panel met and agreed" for line in range(12)]
    right = [f"right {line} the agencies had learned" for line in range(12)]
    draw_rows(canvas, right, left=320)
    draw_rows(canvas, left)
    canvas.drawString(72, 790, "A heading that goes across both of the columns, as headings do")
    canvas.showPage()
    canvas.save()
    lines = [line.text for line in pdf.lay_open(made.getvalue()).lines]
    assert lines[1:] == [*left, *right]
    assert lines[0].startswith("A heading")


def test_a_table_is_read_row_by_row() -> None:
    canvas, made = a_canvas()
    labels = ["Author", "Independent chair", "Date of report", "Reference", "Version", "Panel"]
    draw_rows(canvas, labels * 2)
    draw_rows(canvas, [f"value {place} of them" for place in range(12)], left=320)
    canvas.showPage()
    canvas.save()
    lines = [line.text for line in pdf.lay_open(made.getvalue()).lines]
    assert lines[:4] == ["Author", "value 0 of them", "Independent chair", "value 1 of them"]


def test_a_raised_ending_stays_with_its_number() -> None:
    canvas, made = a_canvas()
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 700, "Completed on 11")
    end = 72 + canvas.stringWidth("Completed on 11", "Helvetica", 12)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(end, 705, "th")
    after = end + canvas.stringWidth("th", "Helvetica", 7)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(after + 3, 700, "May 2017 by the author of it")
    canvas.showPage()
    canvas.save()
    (line,) = pdf.lay_open(made.getvalue()).lines
    assert line.text == "Completed on 11th May 2017 by the author of it"


def test_ligatures_and_hyphens_at_the_lines_end_become_words() -> None:
    spelled = "/ToUnicode 6 0 R"
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        b"1 begincodespacerange <00> <ff> endcodespacerange "
        b"2 beginbfrange <20> <7a> <0020> <7b> <7b> <fb01> endbfrange endcmap end end"
    )
    stream = b"<</Length %d>>stream\n%b\nendstream" % (len(table), table)
    made = raw_pdf(
        rows_drawn(["The {nal report was written by the commis-", "sioned author of the review"]),
        font=spelled,
        others=[stream],
    )
    layout = pdf.lay_open(made)
    assert layout.lines[0].text.startswith("The final report")
    assert "commissioned author" in layout.text


def test_garbled_pages_count_as_pages_without_text() -> None:
    layout = pdf.lay_open(a_garbled_pdf())
    assert layout.status is ReadingStatus.NO_TEXT
    assert layout.lines == ()
    assert layout.warnings == (
        "1 of 1 page has text of no meaning: a person must read it",
        "no text: a person must read it",
    )


def test_words_without_spaces_are_asked_of_the_other_library() -> None:
    asked: list[int] = []
    rows = ["ReportintothedeathofSusanCommissionedbytheAnytownPartnership", *prose(1)]

    def second(content: bytes, pages: int) -> tuple[()]:
        asked.append(pages)
        return ()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf_second, "lines_of", second)
        layout = pdf.lay_open(a_pdf(rows), whole=False)
    assert asked == [3]
    assert len(layout.lines) == 21


def test_scanned_pages_are_told_by_number() -> None:
    layout = pdf.lay_open(a_scan([prose(1), None, prose(3), None]))
    assert layout.status is ReadingStatus.TEXT
    assert layout.warnings == ("2 of 4 pages are scanned: a person must read them",)
    (flag,) = layout.flags
    assert flag.kind is FlagKind.SCANNED
    assert flag.says == "pages 2 and 4 are scans without text"
    assert (flag.count, flag.pages) == (2, (2, 4))


@pytest.mark.parametrize("whole", [True, False])
def test_a_paper_that_is_all_scan_is_for_a_person(whole: bool) -> None:
    layout = pdf.lay_open(a_scan([None, None]), whole=whole)
    assert layout.status is ReadingStatus.NO_TEXT
    assert layout.warnings[-1] == "no text: a person must read it"
    assert layout.flags[0].pages == (1, 2)


def test_recognised_text_over_a_scan_is_text_that_may_be_wrong() -> None:
    layout = pdf.lay_open(a_scan([None], unseen=COVER))
    assert layout.status is ReadingStatus.TEXT
    assert layout.warnings == (pdf.RECOGNISED,)
    assert [line.text for line in layout.lines] == list(COVER)
    assert layout.flags == ()


def test_a_drawing_is_no_scan() -> None:
    assert pdf.lay_open(a_picture_pdf(1)).flags == ()


def test_a_front_of_pictures_gives_way_to_later_text() -> None:
    made = a_scan([None, None, None, prose(4), prose(5)])
    layout = pdf.lay_open(made, whole=False)
    assert layout.status is ReadingStatus.TEXT
    assert layout.lines == ()
    assert layout.text == ""


def test_the_quick_reading_gives_the_same_lines_as_the_whole() -> None:
    made = a_pdf(COVER, prose(2), prose(3), prose(4))
    quick, whole = pdf.lay_open(made, whole=False), pdf.lay_open(made)
    assert (quick.lines, quick.pages) == (whole.lines, 4)
    assert quick.text == ""
    assert whole.text.count("\f") == 3


def test_a_pdf_that_only_pdfminer_opens_says_that_it_is_damaged() -> None:
    made = a_pdf(COVER, prose(2))
    broken = made.replace(b"/Type /Catalog", b"/Type /Catalxg").replace(b"trailer", b"trailxr")
    layout = pdf.lay_open(broken)
    assert layout.status in {ReadingStatus.TEXT, ReadingStatus.DAMAGED}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "OPEN_PDF", _refuses)
        layout = pdf.lay_open(made)
    assert layout.warnings == ("the file is damaged: only its first pages could be read",)
    assert layout.lines[0].text == COVER[0]


def _refuses(_: bytes) -> None:
    raise pdf.pypdfium2.PdfiumError("Failed to load document (PDFium: Data format error).")


def test_attached_files_and_programs_are_flagged_at_once() -> None:
    quick = pdf.lay_open(with_attachments(a_pdf(COVER), "a.docx", "b.xlsx"), whole=False)
    (flag,) = quick.flags
    assert (flag.kind, flag.count) == (FlagKind.EMBEDDED_OBJECTS, 2)
    assert flag.says == (
        "it holds 2 files inside, which nobody has opened: "
        "look at them before the paper is passed on"
    )
    scripted = raw_pdf(
        rows_drawn(COVER), catalog="/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
    )
    assert [each.kind for each in pdf.lay_open(scripted).flags] == [FlagKind.MACROS]


A_FILE = "<</Type/Filespec/F(notes.txt)/EF<</F 6 0 R>>>>"
PINNED = f"<</Type/Annot/Subtype/FileAttachment/Rect[1 1 9 9]/FS {A_FILE}>>"
BRANCHES = (
    f"<</Limits[(a)(a)]/Names[(a) {A_FILE}]>> <</Limits[(b)(b)]/Names[(b) {A_FILE}]>>"
    f"<</Limits[(c)(c)]/Names[(c) {A_FILE}]>>"
)


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({"catalog": f"/Names<</EmbeddedFiles<</Kids[{BRANCHES}]>>>>"}, 3),
        ({"catalog": f"/AF[{A_FILE}]"}, 1),
        ({"page": f"/AF[{A_FILE}]"}, 1),
        ({"page": f"/Annots[{PINNED}]"}, 1),
        ({"catalog": "/Names<</EmbeddedFiles 7 0 R>>"}, 1),
    ],
    ids=[
        "listed in branches",
        "of the document",
        "of a page",
        "pinned to a page",
        "a list in a ring",
    ],
)
def test_files_inside_are_counted_wherever_they_hang_and_never_opened(
    where: dict[str, str], count: int
) -> None:
    inside = a_stream(b"Anytown's notes", "/Type/EmbeddedFile")
    ring = b"<</Limits[(a)(b)]/Kids[7 0 R 7 0 R]>>"
    paper = raw_pdf(rows_drawn(COVER), others=[inside, ring], **where)
    layout = pdf.lay_open(paper)
    (flag,) = layout.flags
    assert (flag.kind, flag.count) == (FlagKind.EMBEDDED_OBJECTS, count)
    assert flag.says.startswith(f"it holds {count} file{'s' * (count > 1)} inside")
    assert "notes" not in layout.text


def test_a_form_that_only_adobe_shows_is_no_paper() -> None:
    wait = ["Please wait...", "If this message is not replaced, you need Adobe Reader 8"]
    form = raw_pdf(
        rows_drawn(wait),
        catalog="/AcroForm<</XFA 6 0 R/Fields[]>>/NeedsRendering true",
        others=[b"<</Length 11>>stream\n<xdp></xdp>\nendstream"],
    )
    layout = pdf.lay_open(form)
    assert layout.status is ReadingStatus.UNSUPPORTED
    assert "only Adobe Reader shows" in layout.warnings[0]


def test_a_portfolio_is_asked_for_as_papers() -> None:
    cover = ["For the best experience, open this PDF portfolio in Acrobat X or later"]
    layout = pdf.lay_open(with_attachments(a_pdf(cover), "one.pdf", "two.pdf"))
    assert layout.status is ReadingStatus.UNSUPPORTED
    assert "portfolio of 2 files" in layout.warnings[0]


def test_a_password_to_open_locks_and_one_to_copy_does_not() -> None:
    assert pdf.lay_open(a_pdf(COVER, password="secret")).status is ReadingStatus.LOCKED
    canvas, made = a_canvas()
    canvas.setEncrypt(StandardEncryption("", ownerPassword="only to copy", canCopy=0))
    draw_rows(canvas, COVER)
    canvas.showPage()
    canvas.save()
    assert pdf.lay_open(made.getvalue()).lines[0].text == COVER[0]


def test_letters_that_stand_by_chance_in_a_packed_stream_are_no_program() -> None:
    made = a_pdf(prose(1)).replace(b"endstream", b"/JS(x) /S/JavaScript\nendstream", 1)
    assert FlagKind.MACROS not in {flag.kind for flag in pdf.lay_open(made).flags}
