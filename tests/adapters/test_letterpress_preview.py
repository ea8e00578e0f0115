"""What the page shows is what the Word file says: words, lists, tables, header and footer."""

import io
import re
import zipfile
from html import unescape

import pytest
from docx import Document

from secretariat.adapters.letterpress.preview import html_of
from tests.adapters.test_letterpress_check import part, put
from tests.letter_builders import a_press, content_of, golden_cases
from tests.letter_template import build

GOLDEN = golden_cases()
PRESS = a_press()
LEVELS = (("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "•"))


def numbered(*points: tuple[int, int, str]) -> bytes:
    """Return a file with points (list, level, words); list 0 is none."""
    paragraphs = "".join(
        f"<w:p>{of(number, level)}<w:r><w:t>{words}</w:t></w:r></w:p>"
        for number, level, words in points
    )
    levels = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (kind, text) in enumerate(LEVELS)
    )
    abstract = f'<w:abstractNum w:abstractNumId="9">{levels}</w:abstractNum>'
    lists = "".join(
        f'<w:num w:numId="{each}"><w:abstractNumId w:val="9"/></w:num>' for each in (8, 9)
    )
    template = build((), extra=paragraphs)
    numbering = part(template, "word/numbering.xml")
    numbering = numbering.replace("<w:num ", f"{abstract}<w:num ", 1)
    return put(
        template,
        "word/numbering.xml",
        numbering.replace("</w:numbering>", f"{lists}</w:numbering>"),
    )


def of(number: int, level: int) -> str:
    if not number:
        return ""
    said = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    return f"<w:pPr><w:numPr>{said}</w:numPr></w:pPr>"


def body_of(docx: bytes) -> str:
    found = re.findall(r"<div>(.*?)</div>", html_of(docx).replace("\n", ""))
    assert len(found) == 3, "header, body, footer"
    return str(found[1]).replace("<p></p>", "")


def test_a_numbered_list_is_one_and_its_inner_points_are_lettered() -> None:
    made = numbered((9, 0, "one"), (9, 1, "in it"), (9, 1, "and it"), (9, 0, "two"))
    inner = '<ol type="a"><li>in it</li><li>and it</li></ol>'
    assert body_of(made) == f"<ol><li>one{inner}</li><li>two</li></ol>"


def test_a_list_goes_on_counting_after_a_paragraph_and_another_begins_at_one() -> None:
    made = numbered((9, 0, "one"), (0, 0, "between"), (9, 0, "two"), (0, 0, "x"), (8, 0, "new"))
    assert body_of(made) == (
        '<ol><li>one</li></ol><p>between</p><ol start="2"><li>two</li></ol>'
        "<p>x</p><ol><li>new</li></ol>"
    )


def test_bullets_under_a_number_are_bullets() -> None:
    made = numbered((9, 0, "one"), (9, 2, "deep"))
    inner = "<ul><li><ul><li>deep</li></ul></li></ul>"
    assert body_of(made) == f"<ol><li>one{inner}</li></ol>"


def test_a_table_is_shown_with_its_rows_and_lists() -> None:
    def cell(text: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    table = f"<w:tbl><w:tr>{cell('a')}{cell('b')}</w:tr><w:tr>{cell('c')}{cell('d')}</w:tr></w:tbl>"
    rows = "<tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td><p>c</p></td><td><p>d</p></td></tr>"
    assert body_of(build((), extra=table)) == f"<table><tbody>{rows}</tbody></table>"


def shown_text(html: str) -> list[str]:
    broken = re.sub(r"</?(?:p|li|ul|ol|h2|h3|td|tr|table|tbody|div)[^>]*>", "\n", html)
    plain = unescape(re.sub(r"<[^>]+>", " ", broken))
    return [" ".join(line.split()) for line in plain.splitlines() if line.strip()]


def said_text(docx: bytes) -> list[str]:
    """Return header, body and footer as another library reads them."""
    word = Document(io.BytesIO(docx))
    section = word.sections[0]
    first = section.different_first_page_header_footer
    heads = [section.first_page_header, section.header] if first else [section.header]
    foots = [section.first_page_footer, section.footer] if first else [section.footer]
    texts = [paragraph.text for holder in (*heads, word, *foots) for paragraph in holder.paragraphs]
    flat = [" ".join(text.split()) for text in texts if text.strip()]
    return [re.sub(r"^Page .*", "Page …", text) for text in flat]


@pytest.mark.parametrize(("generation", "case"), GOLDEN)
def test_the_preview_says_what_the_word_file_says(generation: str, case: str) -> None:
    made = PRESS.print(content_of(case, generation), pdf=False).docx
    shown = [re.sub(r"^Page … ?of …$", "Page …", line) for line in shown_text(html_of(made))]
    assert [line for line in shown if line != "Page …"] == [
        line for line in said_text(made) if not line.startswith("Page")
    ]
    assert "Page …" in shown


@pytest.mark.parametrize(("generation", "case"), GOLDEN)
def test_the_preview_has_a_point_for_every_point_of_the_word_file(
    generation: str, case: str
) -> None:
    made = PRESS.print(content_of(case, generation), pdf=False).docx
    points = [text for text in PRESS.paragraphs(made) if text.lstrip().startswith("- ")]
    assert html_of(made).count("<li>") == len(points)


def test_what_a_value_holds_is_never_markup() -> None:
    made = numbered((9, 0, "&lt;script&gt;x&lt;/script&gt;"))
    assert "<script>" not in html_of(made)
    assert "&lt;script&gt;" in html_of(made)


def test_a_file_without_headers_has_a_preview_all_the_same() -> None:
    bare = put(build(), "word/_rels/document.xml.rels", "<Relationships/>")
    with zipfile.ZipFile(io.BytesIO(bare)) as package:
        assert package.testzip() is None
    assert html_of(bare).startswith("<div>")
