"""Notes in Word, OpenDocument, RTF and text say the same, with what hangs on their lines.

The files in tests/corpus/forms are of python-docx; LibreOffice made the others of them.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secretariat.adapters.papers.reader import Reader
from secretariat.domain.notes import NotesRead, is_wrapped, read_notes
from secretariat.domain.papers import NotesLine, NotesMark
from secretariat.domain.review import Outcome
from tests.papers_builders import a_docx, a_pdf, a_zip, an_odt, paragraph

FORMS = Path(__file__).parents[1] / "corpus" / "forms"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def read(reader: Reader, name: str) -> NotesRead:
    content = (FORMS / name).read_bytes()
    return read_notes(reader.notes_text(content, name), wrapped=is_wrapped(content))


@pytest.mark.parametrize("kind", ["docx", "odt", "rtf", "md"])
def test_retyped_notes_say_the_same_in_every_kind_of_file(reader: Reader, kind: str) -> None:
    notes = read(reader, f"retyped.{kind}")
    first, second = notes.sections
    assert first.conclusion == ("A careful review of Sarah’s death.",)
    assert [(point.text, point.below) for point in first.points] == [
        ("Explain the gap.", ("In the chronology.",)),
        ("Add a glossary.", ("Of the council’s terms.", "Name the agencies.")),
    ]
    assert first.outcome is Outcome.PUBLISH_AFTER_CHANGES
    assert first.typing_errors == ("4.2 teh", "None on page 3")
    assert (second.conclusion, second.outcome) == (("A clear review.",), Outcome.PUBLISH)
    (fault,) = notes.faults
    assert fault.guess == "Name the agencies. = below the point before it"


@pytest.mark.parametrize("kind", ["docx", "odt", "rtf"])
def test_changes_comments_and_hidden_words_are_told_with_their_place(
    reader: Reader, kind: str
) -> None:
    notes = read(reader, f"tracked.{kind}")
    told = [(fault.line, fault.why) for fault in notes.faults]
    assert notes.sound == ()
    assert any(line == 2 and "tracked changes (‘Conclusion: The Panel" in why for line, why in told)
    assert any(line == 3 and "tracked changes" in why for line, why in told)
    assert any(line == 4 and "comments are not read" in why for line, why in told)
    assert any(line == 5 and "hidden words" in why for line, why in told)
    assert notes.sections[0].conclusion == ("The Panel found this good",)


def styled(styles: str) -> dict[str, bytes | str]:
    numbers = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:pPr><w:ind w:left="720"/></w:pPr></w:lvl>'
        '<w:lvl w:ilvl="1"><w:pPr><w:ind w:left="1440"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    sheet = f"<w:styles {W}>{styles}</w:styles>"
    return {"word/styles.xml": sheet, "word/numbering.xml": numbers}


def test_a_list_may_hang_on_a_style_or_on_what_the_style_is_based_on(reader: Reader) -> None:
    styles = (
        '<w:style w:styleId="B"><w:name w:val="Panel point"/><w:pPr><w:numPr>'
        '<w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="C"><w:name w:val="Panel point below"/><w:basedOn w:val="B"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="H"><w:name w:val="Our heading"/><w:pPr><w:outlineLvl w:val="1"/>'
        "</w:pPr></w:style>"
    )
    rows = (
        paragraph("Points", style="H"),
        paragraph("a", style="B"),
        paragraph("b", style="C"),
        paragraph("c"),
    )
    lines = reader.notes_text(a_docx(*rows, parts=styled(styles)), "n.docx")
    assert lines == (
        NotesLine(1, "Points", "Heading 2"),
        NotesLine(2, "a", "Panel point", 0),
        NotesLine(3, "b", "Panel point below", 1, 6),
        NotesLine(4, "c"),
    )


def in_list(text: str, left: str) -> str:
    return (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>'
        f"{left}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def test_points_are_nested_by_the_indent_alone(reader: Reader) -> None:
    deep = '<w:ind w:left="1080" w:hanging="360"/>'
    rows = ("QA-2026-0001", in_list("Explain.", ""), in_list("below", deep), in_list("Add.", ""))
    lines = reader.notes_text(a_docx(*rows, parts=styled("")), "n.docx")
    (section,) = read_notes(lines, wrapped=False).sections
    assert [(point.text, point.below) for point in section.points] == [
        ("Explain.", ("below",)),
        ("Add.", ()),
    ]


def test_what_stands_in_content_controls_and_tables_is_read_with_its_cell(reader: Reader) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('inside')}</w:sdtContent></w:sdt>"
    row = "".join(f"<w:tc>{one}</w:tc>" for one in (paragraph("Outcome"), control))
    inserted = f"<w:tr><w:trPr><w:ins/></w:trPr><w:tc>{paragraph('new')}</w:tc></w:tr>"
    file = a_docx(control, f"<w:tbl><w:tr>{row}</w:tr>{inserted}</w:tbl>", "after")
    assert reader.notes_text(file, "n.docx") == (
        NotesLine(1, "inside"),
        NotesLine(2, "Outcome", cell=(1, 1, 1)),
        NotesLine(3, "inside", cell=(1, 1, 2)),
        NotesLine(4, "new", cell=(1, 2, 1), marks=(NotesMark.TRACKED,), seen="new"),
        NotesLine(5, "after"),
    )


def test_an_opendocument_list_knows_its_depth_and_a_change_over_paragraphs(
    reader: Reader,
) -> None:
    rows = (
        '<text:p text:style-name="P1">A<text:change-start text:change-id="c1"/></text:p>',
        '<text:p >B<text:change-end text:change-id="c1"/>C<text:line-break/>D</text:p>',
        "<text:p >E</text:p>",
    )
    lines = reader.notes_text(an_odt(*rows), "n.odt")
    assert [(line.text, line.continues, line.marks) for line in lines] == [
        ("A", False, (NotesMark.TRACKED,)),
        ("B" + "C", False, (NotesMark.TRACKED,)),
        ("D", True, ()),
        ("E", False, ()),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0\0binary", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old word", b"PK\x03\x04 broken",
        a_zip({"readme.txt": b"no text document"}), a_pdf(("Points",)), b"{\\rtf1 }",
    ],
    ids=["empty", "binary", "old Word", "broken", "zip", "pdf", "empty RTF"],
)  # fmt: skip
def test_a_file_of_another_kind_is_no_notes(reader: Reader, content: bytes) -> None:
    assert not any(line.text for line in reader.notes_text(content, "notes"))


@pytest.mark.parametrize(
    "rows",
    [
        r"{\rtf1 \pard\li720 \'95\tab Explain.\par \pard\li1440 (i)\tab below\par}",
        r"{\rtf1 {\*\listtable}\pard\ls1\ilvl0 {\listtext\pard\plain\f3 \'b7\tab}Explain.\par "
        r"\pard\ls1\ilvl1 {\listtext\tab}below\par}",
    ],
    ids=["typed", "its own lists"],
)
def test_rich_text_lists_are_read_without_what_the_program_puts_before_them(
    reader: Reader, rows: str
) -> None:
    lines = reader.notes_text(rows.encode(), "n.rtf")
    (section,) = read_notes((NotesLine(1, "QA-2026-0001"), *lines), wrapped=False).sections
    assert [(point.text, point.below) for point in section.points] == [("Explain.", ("below",))]


def test_the_date_of_a_revision_in_rich_text_is_no_word(reader: Reader) -> None:
    (line,) = reader.notes_text(rb"{\rtf1 A {\revised\revdttm1234567890 b}\par}", "n.rtf")
    assert (line.text, line.marks) == ("A b", (NotesMark.TRACKED,))
