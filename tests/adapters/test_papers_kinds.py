"""Every kind of file that councils send: what is read of it, what is noticed, what bars it."""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from secretariat.adapters.papers import images, opening, pictures
from secretariat.domain.flags import FlagKind
from secretariat.domain.papers import Layout, ReadingStatus
from tests.mail_builders import a_raw
from tests.outlook_builders import a_winmail, an_msg, an_ole
from tests.papers_builders import a_docx, a_pdf, a_zip, an_odt, paragraph

WORDS = "Domestic Homicide Review: Overview Report into the death of Adult A"
WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"


def counts(layout: Layout) -> dict[FlagKind, int]:
    return {flag.kind: flag.count for flag in layout.flags}


def an_rtf(body: str, *, head: str = "\\ansi\\ansicpg1252") -> bytes:
    return f"{{\\rtf1{head}{{\\fonttbl{{\\f0 Arial;}}}}{body}}}".encode("latin-1")


def a_doc(flags: int = 0, mark: int = 0xA5EC, **more: object) -> bytes:
    """Return an old Word file, of which only the head is true."""
    head = struct.pack("<HHHHHH", mark, 0xC1, 0, 0x409, 0, flags) + bytes(5_000)
    return an_ole({"WordDocument": head, "1Table": bytes(10), **more})


def a_picture(kind: str, width: int = 1_240, height: int = 1_754, pages: int = 1) -> bytes:
    made = io.BytesIO()
    first, *others = [Image.new("L", (width, height), 255 - each) for each in range(pages)]
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(made, kind, **more)
    return made.getvalue()


def a_workbook(**parts: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org"
    sheet = (
        f'<worksheet xmlns="{space}"><sheetData>'
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Owner</t></is></c></row>'
        '<row><c t="s"><v>1</v></c><c><v>2026</v></c><c t="s"><v>99</v></c></row>'
        "</sheetData></worksheet>"
    )
    strings = (
        f'<sst xmlns="{space}"><si><t>Action Plan</t></si>'
        "<si><r><t>Train </t></r><r><t>staff</t></r></si></sst>"
    )
    return a_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships><Relationship Type="{rels}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{space}"/>',
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": strings,
            **parts,
        }
    )


def test_rich_text_is_read_with_its_pages_header_and_text_box() -> None:
    body = (
        "{\\header\\pard Anyshire CSP\\par}"
        "{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv 1}}{\\shptxt\\pard\\b\\fs48 Overview Report\\par}}"
        "{\\shprslt Overview Report twice\\par}}"
        f"\\pard {WORDS}\\par\\page\\pard On the second page\\par"
    )
    layout = opening.lay_open(an_rtf(body))
    assert layout.status is ReadingStatus.TEXT
    assert [(line.text, line.page, line.edge) for line in layout.lines] == [
        ("Anyshire CSP", 1, True),
        ("Overview Report", 1, False),
        (WORDS, 1, False),
        ("On the second page", 2, False),
    ]
    assert (layout.lines[1].size, layout.lines[1].bold) == (24.0, True)
    assert layout.pages == 2


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        ("\\ansi\\ansicpg1252", "Gw\\'eal \\endash  Ann\\rquote s", "Gwêl – Ann’s"),
        ("\\ansi\\ansicpg1250", "Z\\'e1v\\'ecr", "Závěr"),
        ("\\ansi", "\\u375?\\uc2\\u8211??Ll\\u373\\'3f\\'3f", "ŷ–Llŵ"),
        ("\\ansi", "\\u-10179?\\u-8704?", "😀"),
        ("\\mac", "caf\\'8e", "café"),
        ("\\ansi", "\\{a\\}\\~b\\_c\\\\", "{a}\u00a0b-c\\"),
        ("\\ansi", "before \\pict{\\bin5 }}}}}after", "before"),
        ("\\ansi", "{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt shown}}", "shown"),
        ("\\ansi", "{\\upr{plain}{\\*\\ud better}}", "plain"),
        ("\\ansi\\ansicpg99999", "\\'e9", "é"),
    ],
)
def test_letters_of_rich_text_come_out_right(head: str, body: str, said: str) -> None:
    layout = opening.lay_open(an_rtf(f"{WORDS}\\par {body}\\par", head=head))
    assert layout.text.splitlines()[1:] == [said]


def test_what_rich_text_hides_is_counted_and_not_read() -> None:
    body = (
        f"{WORDS}\\par {{\\v a real name}}{{\\deleted struck out}}{{\\revised put in}}"
        "{\\*\\annotation a remark}{\\object\\objemb{\\*\\objdata 0105}{\\result shown}}"
        "{\\info{\\author Pat Author}}"
    )
    layout = opening.lay_open(an_rtf(body))
    assert layout.text.splitlines()[1:] == ["put inshown"]
    assert counts(layout) == {
        FlagKind.HIDDEN_TEXT: 1,
        FlagKind.TRACKED_CHANGES: 2,
        FlagKind.COMMENTS: 1,
        FlagKind.EMBEDDED_OBJECTS: 2,
        FlagKind.AUTHOR_IN_PROPERTIES: 1,
    }
    assert "it holds tracked changes" in layout.warnings
    assert not any("Pat" in flag.says for flag in layout.flags)


def test_rich_text_nested_without_end_is_too_large_and_quickly_so() -> None:
    began = time.monotonic()
    assert opening.lay_open(b"{\\rtf1" + b"{" * 500_000).status is ReadingStatus.TOO_LARGE
    assert time.monotonic() - began < 5


def test_a_word_file_gives_its_flags_with_counts_and_no_names() -> None:
    relations = (
        '<Relationships><Relationship Type="x/attachedTemplate" TargetMode="External" '
        'Target="http://anyshire.example/t.dotm"/><Relationship Type="x/hyperlink" '
        'TargetMode="External" Target="http://anyshire.example"/></Relationships>'
    )
    layout = opening.lay_open(
        a_docx(
            WORDS,
            paragraph("kept", extra="<w:ins><w:r><w:t>in</w:t></w:r></w:ins><w:del/>"),
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>",
            parts={
                "word/comments.xml": "<comments><comment/><comment/></comments>",
                "word/vbaProject.bin": b"x",
                "word/embeddings/oleObject1.bin": b"x",
                "word/_rels/settings.xml.rels": relations,
                "docProps/core.xml": "<p><creator>Pat Author</creator></p>",
            },
        )
    )
    assert layout.text == f"{WORDS}\nkeptin"
    assert counts(layout) == {
        FlagKind.TRACKED_CHANGES: 2,
        FlagKind.HIDDEN_TEXT: 1,
        FlagKind.COMMENTS: 2,
        FlagKind.MACROS: 1,
        FlagKind.EMBEDDED_OBJECTS: 1,
        FlagKind.EXTERNAL_LINKS: 1,
        FlagKind.AUTHOR_IN_PROPERTIES: 1,
    }
    assert layout.warnings == (
        "it holds comments",
        "it holds hidden text",
        "it holds tracked changes",
    )
    assert not any("Pat" in flag.says for flag in layout.flags)


def test_fields_give_their_result_and_text_boxes_are_read_once() -> None:
    field = (
        '<w:p><w:fldSimple w:instr="TITLE"><w:r><w:t>Overview Report</w:t></w:r></w:fldSimple>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t> May 2026</w:t></w:r></w:p>'
    )
    box = "<w:txbxContent><w:p><w:r><w:t>Adult A</w:t></w:r></w:p></w:txbxContent>"
    boxed = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    cover = f"<w:sdt><w:sdtContent>{field}</w:sdtContent></w:sdt>"
    nested = "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
    for strict in (False, True):
        paper = a_docx(cover, boxed, nested.format(paragraph("in a cell of a cell")), strict=strict)
        assert opening.lay_open(paper).text.splitlines() == [
            "Overview Report May 2026",
            "Adult A",
            "in a cell of a cell",
        ]


def test_a_word_file_with_a_part_twice_is_not_read() -> None:
    made = io.BytesIO(a_docx(WORDS))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(made, "a") as container:
        container.writestr("word/document.xml", "<other/>")
    layout = opening.lay_open(made.getvalue())
    assert layout.status is ReadingStatus.DAMAGED
    assert "two parts of one name" in layout.warnings[0]


def test_an_open_documents_boxes_pages_and_changes_are_told() -> None:
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    drawing = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
    box = (
        f'<draw:frame xmlns:draw="{drawing}"><draw:text-box><text:p>In a box</text:p>'
        "</draw:text-box></draw:frame>"
    )
    rows = (
        f"{WORDS}{box}",
        f'<text:tracked-changes xmlns:text="{text}"><text:changed-region/></text:tracked-changes>',
        'first<text:s text:c="many"/>page<text:soft-page-break/>',
        "second page",
    )
    layout = opening.lay_open(an_odt(*rows))
    assert [(line.text, line.page) for line in layout.lines] == [
        (WORDS, 1),
        ("In a box", 1),
        ("first page", 1),
        ("second page", 2),
    ]
    assert counts(layout) == {FlagKind.TRACKED_CHANGES: 1}


def test_a_workbook_is_read_row_by_row() -> None:
    layout = opening.lay_open(a_workbook())
    assert layout.status is ReadingStatus.TEXT
    assert layout.text.splitlines() == ["Action Plan\tOwner", "Train staff\t2026"]


def test_a_workbook_with_a_document_type_is_not_read() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><sst>&b;</sst>'
    layout = opening.lay_open(a_workbook(**{"xl/sharedStrings.xml": bomb}))
    assert layout.status is ReadingStatus.DAMAGED


def test_slides_are_pages() -> None:
    slide = "<sld xmlns='x'><p><r><t>{}</t></r></p></sld>"
    target = "Type='x/officeDocument' Target='ppt/presentation.xml'"
    rels = f"<Relationships><Relationship {target}/></Relationships>"
    made = a_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": rels,
            "ppt/presentation.xml": "<p/>",
            "ppt/slides/slide10.xml": slide.format("last"),
            "ppt/slides/slide2.xml": slide.format("first"),
        }
    )
    layout = opening.lay_open(made)
    assert [(line.text, line.page) for line in layout.lines] == [("first", 1), ("last", 2)]


def test_an_old_word_file_needs_a_program_and_says_what_to_send_without_it() -> None:
    layout = opening.lay_open(a_doc(Macros={"VBA": {"dir": b"x"}}))
    assert layout.needs == "catdoc"
    assert layout.status is ReadingStatus.UNSUPPORTED
    assert "please send as PDF or Word .docx" in layout.warnings[0]
    assert counts(layout) == {FlagKind.MACROS: 1}
    assert opening.lay_open(a_doc(mark=0xA5DC)).needs == "catdoc"


@pytest.mark.parametrize(
    ("content", "status", "why"),
    [
        (a_doc(flags=0x0100), ReadingStatus.LOCKED, "locked"),
        (
            an_ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
            ReadingStatus.LOCKED,
            "locked",
        ),
        (a_doc(mark=1), ReadingStatus.DAMAGED, "damaged"),
        (an_ole({"Workbook": b"x"}), ReadingStatus.UNSUPPORTED, "Excel"),
        (an_ole({"PowerPoint Document": b"x"}), ReadingStatus.UNSUPPORTED, "PowerPoint"),
        (an_msg({0x37: "x"}), ReadingStatus.UNSUPPORTED, "Outlook message"),
        (an_ole({"Something": b"x"}), ReadingStatus.UNSUPPORTED, "old Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ReadingStatus.DAMAGED, "damaged"),
        (b"7z\xbc\xaf\x27\x1c rest", ReadingStatus.UNSUPPORTED, "archive"),
        (b"Rar!\x1a\x07\x01", ReadingStatus.UNSUPPORTED, "archive"),
        (b"<?xml version='1.0'?><invoice/>", ReadingStatus.UNSUPPORTED, "not read"),
    ],
)
def test_what_bars_a_file_is_said(content: bytes, status: ReadingStatus, why: str) -> None:
    layout = opening.lay_open(content)
    assert layout.status is status
    assert why in layout.warnings[0]


def test_a_word_file_with_locked_parts_is_locked() -> None:
    paper = bytearray(a_docx(WORDS))
    place = paper.index(b"PK\x01\x02")
    while place >= 0:
        paper[place + 8] |= 1
        place = paper.find(b"PK\x01\x02", place + 1)
    assert opening.lay_open(bytes(paper)).status is ReadingStatus.LOCKED


def test_word_2003_xml_is_read() -> None:
    paper = (
        f'<?xml version="1.0"?><w:wordDocument xmlns:w="{WORD_2003}"><w:body>'
        f"{paragraph(WORDS)}</w:body></w:wordDocument>"
    )
    assert opening.lay_open(paper.encode()).text == WORDS


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"])
def test_a_photographed_page_is_a_page_without_text_and_can_be_drawn(kind: str) -> None:
    content = a_picture(kind)
    layout = opening.lay_open(content)
    assert layout.status is ReadingStatus.NO_TEXT
    assert layout.warnings == ("no text: a person must read it",)
    assert layout.pages == 1
    assert counts(layout) == {FlagKind.SCANNED: 1}
    with Image.open(io.BytesIO(pictures.picture(content, 1))) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (1_240, 1_754))
    assert pictures.picture(content, 2) == b""


def test_a_scan_of_several_pages_in_one_picture_has_them_all() -> None:
    content = a_picture("TIFF", 700, 900, pages=3)
    assert opening.lay_open(content).pages == 3
    assert pictures.picture(content, 3, dots=pictures.DOTS_FOR_OCR).startswith(b"\x89PNG")


def test_a_crest_is_no_page() -> None:
    layout = opening.lay_open(a_picture("PNG", 300, 200))
    assert layout.status is ReadingStatus.UNSUPPORTED
    assert "too small" in layout.warnings[0]


def test_a_picture_that_claims_to_be_enormous_is_never_opened() -> None:
    small = a_picture("PNG")
    for width, height in ((60_000, 60_000), (10_000, 9_000)):
        huge = small.replace(struct.pack(">LL", 1_240, 1_754), struct.pack(">LL", width, height))
        assert opening.lay_open(crc_put_right(huge)).status is ReadingStatus.TOO_LARGE
        assert pictures.picture(crc_put_right(huge), 1) == b""


def crc_put_right(png: bytes) -> bytes:
    return png[:29] + struct.pack(">L", zlib.crc32(png[12:29])) + png[33:]


def test_a_damaged_picture_is_damaged_and_a_telephones_own_kind_is_not_read() -> None:
    assert opening.lay_open(b"\x89PNG\r\n\x1a\nrest").status is ReadingStatus.DAMAGED
    for brand in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        apple = b"\0\0\0\x18ftyp" + brand + bytes(40)
        assert images.is_image(apple)
        layout = opening.lay_open(apple)
        assert layout.status is ReadingStatus.UNSUPPORTED
        assert layout.warnings == (
            "a photograph of a kind that is not read (HEIC): ask for it as PDF or Word .docx",
        )
        assert pictures.picture(apple, 1) == b""


def test_a_page_nested_deeper_than_the_library_reads_keeps_its_words() -> None:
    deep = "<div>" * 1_000 + "<p>" + "The words of the council survive. " * 20 + "</div>" * 1_000
    assert "The words of the council survive." in opening.visible_text(f"<html><body>{deep}")
    styled = "<style>" + "a{color:red}" * 500 + "</style><p>Words</p>"
    assert opening.visible_text(styled) == "Words"


def test_a_page_of_comments_without_end_costs_no_time() -> None:
    began = time.monotonic()
    opening.lay_open(b"<!---->" * 500 + b"no page")
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("wrapped", "told"),
    [
        pytest.param(lambda pdf: a_zip({"a.pdf": pdf}), "this is a zip", id="a zip, not packed"),
        pytest.param(
            lambda pdf: a_winmail({}, ("a.pdf", pdf)), "a mail program", id="a winmail.dat"
        ),
        pytest.param(lambda pdf: a_raw({"a.pdf": pdf}), "this is a mail", id="a mail"),
    ],
)
def test_what_holds_a_paper_is_not_taken_for_the_paper(
    wrapped: Callable[[bytes], bytes], told: str
) -> None:
    layout = opening.lay_open(wrapped(a_pdf(("Domestic Homicide Review", "Overview Report"))))
    assert (layout.status, layout.lines) == (ReadingStatus.UNSUPPORTED, ())
    assert told in layout.warnings[0]


def a_style(name: str, more: str = "", *, parent: str = "", family: str = "paragraph") -> str:
    """Return a style; more: the attributes of its paragraph properties."""
    return (
        f'<style:style style:name="{name}" style:family="{family}" '
        f'style:parent-style-name="{parent}"><style:paragraph-properties {more}/></style:style>'
    )


BREAK = 'fo:break-before="page"'
ON_TOP = '<text:p text:style-name="Top">'


def pages_in(*rows: str, **styles: str) -> list[tuple[str, int]]:
    layout = opening.lay_open(an_odt(*rows, **styles))
    return [(line.text, line.page) for line in layout.lines]


@pytest.mark.parametrize(
    "styles",
    [
        {"styles": a_style("Top", BREAK)},
        {"own": a_style("Top", BREAK)},
        {"styles": a_style("Top", parent="Chapter"), "own": a_style("Chapter", BREAK)},
        {
            "styles": '<style:style style:name="Top" style:family="paragraph" '
            'style:master-page-name="Landscape"/>'
        },
    ],
    ids=["its own", "a named one", "of its parent", "another kind of page"],
)
def test_a_paragraph_whose_style_breaks_the_page_begins_one(styles: dict[str, str]) -> None:
    rows = (WORDS, f"{ON_TOP}Contents</text:p>", "Introduction")
    assert pages_in(*rows, **styles) == [(WORDS, 1), ("Contents", 2), ("Introduction", 2)]
    assert opening.lay_open(an_odt(*rows, **styles)).pages == 2


def test_the_first_paragraph_begins_no_second_page_and_a_picture_is_a_page() -> None:
    first = f"{ON_TOP}{WORDS}</text:p>"
    styles = a_style("Top", BREAK)
    assert pages_in(first, "more", styles=styles) == [(WORDS, 1), ("more", 1)]
    picture = "<text:p ><draw:frame><draw:image/></draw:frame></text:p>"
    assert pages_in(picture, first, styles=styles) == [(WORDS, 2)]


def test_a_break_that_the_program_marked_too_counts_once() -> None:
    marked = f"{ON_TOP}<text:soft-page-break/>Contents</text:p>"
    assert pages_in(WORDS, marked, "more", styles=a_style("Top", BREAK)) == [
        (WORDS, 1),
        ("Contents", 2),
        ("more", 2),
    ]


def test_after_a_paragraph_that_ends_its_page_another_begins() -> None:
    styles = a_style("Top", 'fo:break-after="page"')
    assert pages_in(f"{ON_TOP}{WORDS}</text:p>", "next", styles=styles) == [(WORDS, 1), ("next", 2)]


def test_a_style_that_takes_the_break_back_and_one_in_a_table_or_box_break_nothing() -> None:
    own = a_style("Chapter", BREAK)
    plain = a_style("Top", 'fo:break-before="auto"', parent="Chapter")
    rows = (WORDS, f"{ON_TOP}one</text:p>")
    assert [page for _, page in pages_in(*rows, styles=plain, own=own)] == [1, 1]
    inside = f"{ON_TOP}one</text:p>"
    row = f"<table:table-row><table:table-cell>{inside}</table:table-cell></table:table-row>"
    cell = f"<table:table>{row}</table:table>"
    box = f"<draw:frame><draw:text-box>{inside}</draw:text-box></draw:frame>"
    rows = (WORDS, cell, f"two{box}")
    assert {page for _, page in pages_in(*rows, styles=a_style("Top", BREAK))} == {1}


def test_styles_that_are_their_own_parents_break_no_reader() -> None:
    turning = a_style("Top", parent="Other") + a_style("Other", parent="Top")
    assert pages_in(WORDS, f"{ON_TOP}one</text:p>", styles=turning) == [(WORDS, 1), ("one", 1)]
