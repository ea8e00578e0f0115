"""Letters on paper: every golden letter's Word file and PDF, looked at by more than one reader."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree
from page import validate_pdf_bytes
from pypdfium2 import PdfDocument

from secretariat.adapters.letterpress.house_style import advice_on
from secretariat.adapters.letterpress.paper import faults_of_pdf, faults_of_word, paper_of
from secretariat.adapters.letterpress.pdf import find_soffice
from secretariat.adapters.letterpress.wordml import W
from secretariat.ports.letterpress import PressFailed
from tests.adapters.test_letterpress_check import TRACKED, part, put
from tests.builders import some_content
from tests.letter_builders import TEMPLATES, a_press, content_of, golden_cases
from tests.letter_pictures import pdfs_in_one_run
from tests.letter_template import build
from tests.word_schema import schema_faults

GOLDEN = golden_cases()
PRESS = a_press()
Letters = Mapping[tuple[str, str], bytes]
needs_libreoffice = pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not here")


@pytest.fixture(scope="module")
def letters() -> Letters:
    return {
        (generation, case): PRESS.print(content_of(case, generation), pdf=False).docx
        for generation, case in GOLDEN
    }


@pytest.fixture(scope="module")
def pdfs(letters: Letters, tmp_path_factory: pytest.TempPathFactory) -> Letters:
    """Return every golden letter as a PDF, made in one run of LibreOffice."""
    named = {"-".join(case): docx for case, docx in letters.items()}
    made = pdfs_in_one_run(named, tmp_path_factory.mktemp("golden"))
    return {case: made["-".join(case)] for case in letters}


@pytest.mark.parametrize("case", GOLDEN, ids="-".join)
def test_a_golden_letter_opens_in_word_without_repair(
    case: tuple[str, str], letters: Letters
) -> None:
    with zipfile.ZipFile(io.BytesIO(letters[case])) as package:
        names = package.namelist()
        assert len(set(names)) == len(names)
        parts = {
            name: etree.fromstring(package.read(name))
            for name in names
            if name.endswith((".xml", ".rels"))
        }
    assert schema_faults(letters[case]) == []
    for root in parts.values():
        assert all(cell[-1].tag == f"{W}p" for cell in root.iter(f"{W}tc"))
    body = parts["word/document.xml"][0]
    assert body[-1].tag == f"{W}sectPr"
    targets = {f"word/{each.get('Target')}" for each in parts["word/_rels/document.xml.rels"]}
    assert targets <= set(names)


@pytest.mark.parametrize(
    "wrong",
    [
        "<w:p><w:r><w:t>late</w:t></w:r><w:pPr/></w:p>",
        '<w:p><w:pPr><w:jc w:val="left"/><w:pStyle w:val="Block"/></w:pPr></w:p>',
        '<w:p><w:pPr><w:jc w:val="leftish"/></w:pPr></w:p>',
        "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>",
    ],
    ids=["properties last", "properties in no order", "no such value", "an empty cell"],
)
def test_the_schemas_know_what_word_would_repair(wrong: str, letters: Letters) -> None:
    sound = letters["2017", "kent-dhr15"]
    text = part(sound, "word/document.xml").replace("<w:body>", f"<w:body>{wrong}", 1)
    assert schema_faults(put(sound, "word/document.xml", text))


@pytest.mark.parametrize("generation", ["2017", "2022", "dardr"])
def test_the_template_itself_keeps_to_the_schemas(generation: str) -> None:
    assert schema_faults((TEMPLATES / "letters" / generation / "letter.docx").read_bytes()) == []


@pytest.mark.parametrize("case", GOLDEN, ids="-".join)
def test_a_golden_letter_uses_styles_that_it_has_and_real_lists(
    case: tuple[str, str], letters: Letters
) -> None:
    document = etree.fromstring(part(letters[case], "word/document.xml").encode())
    styles = etree.fromstring(part(letters[case], "word/styles.xml").encode())
    known = {each.get(f"{W}styleId") for each in styles.iter(f"{W}style")}
    used = {each.get(f"{W}val") for each in document.iter(f"{W}pStyle", f"{W}rStyle")}
    assert used <= known
    signs = ("•", "–", "- ", "* ", "o\t")
    texts = ["".join(p.itertext()) for p in document.iter(f"{W}p")]
    assert not [text for text in texts if text.startswith(signs)]
    listed = [text for text in PRESS.paragraphs(letters[case]) if text.lstrip().startswith("- ")]
    assert all(len(text.strip()) > 2 for text in listed)


@pytest.mark.parametrize("case", GOLDEN, ids="-".join)
def test_a_golden_letter_keeps_the_house_style(case: tuple[str, str], letters: Letters) -> None:
    assert advice_on(letters[case]) == ()


@pytest.mark.parametrize("case", GOLDEN, ids="-".join)
def test_a_golden_letter_has_a_title_and_names_no_author(
    case: tuple[str, str], letters: Letters
) -> None:
    core = part(letters[case], "docProps/core.xml")
    root = etree.fromstring(core.encode())
    told = {each.tag.rpartition("}")[2]: each.text or "" for each in root}
    assert told["title"].startswith("Home Office feedback letter: ")
    assert not told.get("creator")
    assert not told.get("lastModifiedBy")
    content = content_of(case[1], case[0])
    assert not [name for name in content.pseudonyms if name and name in told["title"]]


def test_a_pseudonym_stands_in_no_title_even_where_the_reference_holds_it() -> None:
    for reference in ("", "DHR Marigold"):
        content = some_content(local_reference=reference, pseudonyms=("Marigold",))
        made = a_press().print(content, pdf=False).docx
        assert "Marigold" not in part(made, "docProps/core.xml")


@needs_libreoffice
@pytest.mark.parametrize("case", GOLDEN, ids="-".join)
def test_a_golden_letters_pdf_can_be_read_by_everybody(
    case: tuple[str, str], pdfs: Letters
) -> None:
    report = validate_pdf_bytes(pdfs[case], profile="ua1")
    assert [failure.message for failure in report.failures] == []
    assert list(faults_of_pdf(pdfs[case])) == []
    document = PdfDocument(pdfs[case])
    text = document[0].get_textpage().get_text_range()
    assert f"Page 1 of {len(document)}" in text


@needs_libreoffice
def test_pages_after_the_first_bear_a_header(pdfs: Letters) -> None:
    document = PdfDocument(pdfs["2017", "kent-dhr15"])
    first, second = (page.get_textpage().get_text_range().splitlines() for page in document)
    assert "Home Office" not in first
    assert second[0] == "Home Office"


PLAIN = b"""%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
4 0 obj<</Author(Ann)>>endobj
trailer<</Root 1 0 R/Info 4 0 R>>
%%EOF"""


def test_a_pdf_that_not_everybody_can_read_is_told_all_that_it_lacks() -> None:
    told = " ".join(faults_of_pdf(PLAIN))
    for lack in ("not tagged", "PDF/UA-1", "English", "no title", "author"):
        assert lack in told
    assert list(faults_of_pdf(b"%PDF-1.7 broken")) == ["it cannot be read"]


def test_such_a_pdf_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "plain.pdf").write_bytes(PLAIN)
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nprintf '%s' '" + PLAIN.decode() + '\' > "$HOME/letter.pdf"\n')
    script.chmod(0o755)
    with pytest.raises(PressFailed, match="cannot go out: it is not tagged"):
        paper_of(build(()), str(script))


@pytest.mark.parametrize("change", TRACKED.values(), ids=TRACKED)
def test_no_pdf_is_made_of_a_letter_with_tracked_changes(change: str) -> None:
    changed = build(extra=change)
    assert any("tracked changes" in why for why in faults_of_word(changed))
    with pytest.raises(PressFailed, match="no PDF was made: letter, paragraph 1"):
        paper_of(changed, "/no/soffice")


def test_no_pdf_is_made_of_a_letter_with_comments() -> None:
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:comment w:id="0" w:author="A"/></w:comments>'
    )
    with pytest.raises(PressFailed, match="comments"):
        paper_of(put(build(), "word/comments.xml", comments), "/no/soffice")


@pytest.mark.parametrize(
    ("old", "new", "advice"),
    [
        ('w:ascii="Arial"', 'w:ascii="Calibri"', "the ordinary font is Calibri"),
        ('<w:sz w:val="24"/>', '<w:sz w:val="22"/>', "the ordinary size is 11"),
        ('<w:lang w:val="en-GB"', '<w:lang w:val="en-US"', "the language is en-US"),
    ],
)
def test_a_template_that_leaves_the_house_style_is_told_so(old: str, new: str, advice: str) -> None:
    styles = part(build(), "word/styles.xml")
    assert old in styles
    changed = put(build(), "word/styles.xml", styles.replace(old, new, 1))
    assert any(advice in each for each in advice_on(changed))


@pytest.mark.parametrize(
    ("properties", "text", "advice"),
    [
        ('<w:pPr><w:jc w:val="both"/></w:pPr>', "Words of it", "is not left aligned"),
        ("", "PLEASE NOTE THE FOLLOWING POINTS", "is in block capitals"),
    ],
)
def test_a_paragraph_that_leaves_the_house_style_is_named(
    properties: str, text: str, advice: str
) -> None:
    changed = build(extra=f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>")
    assert f"paragraph 1 (“{text}”) {advice}" in advice_on(changed)


@pytest.mark.parametrize(
    ("mark", "advice"), [("<w:i/>", "italics"), ('<w:rFonts w:ascii="Times"/>', "not in Arial")]
)
def test_words_that_leave_the_house_style_are_named(mark: str, advice: str) -> None:
    run = f"<w:p><w:r><w:rPr>{mark}</w:rPr><w:t>words</w:t></w:r></w:p>"
    assert any("paragraph 1" in each and advice in each for each in advice_on(build(extra=run)))


def test_acronyms_are_no_block_capitals() -> None:
    run = "<w:p><w:r><w:t>The DHR, the CSP and MARAC</w:t></w:r></w:p>"
    assert advice_on(build(extra=run)) == ()
