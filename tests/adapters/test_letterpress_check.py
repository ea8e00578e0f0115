"""Every fault of a template at once, and what Word or LibreOffice does to one by itself."""

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from secretariat.adapters.letterpress.check import faults_in
from secretariat.adapters.letterpress.filling import fill
from secretariat.adapters.letterpress.pdf import find_soffice
from secretariat.adapters.letterpress.preview import text_paragraphs
from tests.adapters.test_letterpress_templates import DEAR, SAMPLES, changed
from tests.letter_template import PARAGRAPHS, build

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
POINT = "{{ point.text }}"


def with_lines(*lines: str) -> bytes:
    """Return the template with these lines at its end."""
    return build((*PARAGRAPHS, *(("", line) for line in lines)))


def put(template: bytes, name: str, content: str) -> bytes:
    """Return the file with one part more, or another one in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return out.getvalue()


def part(template: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        return package.read(name).decode()


def rewritten(old: str, new: str, name: str = "word/document.xml") -> bytes:
    """Return the template with these signs of its XML in place of others."""
    source = part(build(), name)
    assert old in source
    return put(build(), name, source.replace(old, new, 1))


def test_all_faults_are_told_at_once_each_with_its_paragraph() -> None:
    lines = (
        "{{ bad one }",
        "{{ nope }}",
        "{%p if points %}",
        "words {{ case|upper }} and { single }",
    )
    told = faults_in(with_lines(*lines), SAMPLES)
    first = len(PARAGRAPHS) + 1
    for number, why in (
        (first, "not finished"),
        (first + 1, "no field 'nope'"),
        (first + 2, "{%p if points %} is never closed"),
        (first + 3, "is no field"),
        (first + 3, "single brackets"),
    ):
        assert any(f"paragraph {number} (“" in each and why in each for each in told), why


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        pytest.param(("{%p if points %}",), "never closed", id="an if left open"),
        pytest.param(("{%p endfor %}",), "closes nothing", id="an end without a beginning"),
        pytest.param(
            ("{%p if points %}", "{%p endfor %}", "{%p endif %}"), "too early", id="ends crossed"
        ),
        pytest.param(("{{ points }}",), "is a list", id="a list as words"),
        pytest.param(
            ("{%p for one in salutation %}", "{%p endfor %}"), "is no list", id="words as a list"
        ),
        pytest.param((POINT,), "no field 'point'", id="a loop's name outside its loop"),
        pytest.param(
            ("{%p for point in points %}", "{{ point.txt }}", "{%p endfor %}"),
            "did you mean 'point.text'",
            id="a part misspelt",
        ),
        pytest.param(
            ("{%p for point in points %}", "{{ point }}", "{%p endfor %}"),
            "has parts",
            id="a whole point as words",
        ),
        pytest.param(("{{ salutation.first }}",), "has no parts", id="a part of words"),
        pytest.param(("{{ ‘salutation’ }}",), "curly quotes", id="quotes that Word made curly"),
        pytest.param(("{{ salutaton }}",), "did you mean 'salutation'", id="a slip of the pen"),
    ],
)
def test_a_field_or_block_out_of_place_is_told_in_plain_words(
    lines: tuple[str, ...], fault: str
) -> None:
    told = faults_in(with_lines(*lines), SAMPLES)
    assert any(fault in each for each in told), told
    assert all("paragraph" in each for each in told), told


def test_a_block_that_begins_in_one_cell_and_ends_in_another_is_told() -> None:
    def cell(*texts: str) -> str:
        inside = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
        return f"<w:tc><w:tcPr/>{inside}</w:tc>"

    row = cell("{%p if points %}", "x") + cell("y", "{%p endif %}")
    grid = '<w:tblGrid><w:gridCol w:w="9"/><w:gridCol w:w="9"/></w:tblGrid>'
    table = f"<w:tbl><w:tblPr/>{grid}<w:tr>{row}</w:tr></w:tbl>"
    told = faults_in(build(extra=table), SAMPLES)
    assert any("another table cell" in each for each in told)


DEAR_RUN = ">Dear {{ salutation }},<"
SPLIT = '</w:t></w:r>{}<w:r><w:t xml:space="preserve">'


@pytest.mark.parametrize(
    "between",
    [
        pytest.param("", id="two runs"),
        pytest.param('<w:proofErr w:type="spellStart"/>', id="a spelling mark"),
        pytest.param(
            '<w:bookmarkStart w:id="7" w:name="_GoBack"/><w:bookmarkEnd w:id="7"/>', id="a bookmark"
        ),
    ],
)
def test_a_field_cut_up_by_word_is_filled_in(between: str) -> None:
    cut = DEAR_RUN.replace("sal", "sal" + SPLIT.format(between), 1)
    template = rewritten(DEAR_RUN, cut)
    assert faults_in(template, SAMPLES) == ()
    letter = text_paragraphs(fill(template, SAMPLES[0], title="t"))
    assert f"Dear {SAMPLES[0]['salutation']}," in letter


def test_a_plain_content_control_is_filled_in_and_one_that_word_fills_is_refused() -> None:
    def control(properties: str) -> bytes:
        inside = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
        words = "<w:p><w:r><w:t>Words for {{ case }}</w:t></w:r></w:p>"
        return build(extra=inside.format(properties, words))

    assert faults_in(control('<w:alias w:val="words"/>'), SAMPLES) == ()
    bound = control('<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>')
    assert any("content control" in each for each in faults_in(bound, SAMPLES))
    hint = control("<w:showingPlcHdr/>")
    assert any("only its hint" in each for each in faults_in(hint, SAMPLES))


TRACKED = {
    "words put in": '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins></w:p>',
    "a field struck out": '<w:p><w:del w:id="1" w:author="A"><w:r><w:delText>{{ x }}</w:delText>'
    "</w:r></w:del></w:p>",
    "a style changed": "<w:p><w:pPr><w:pPrChange w:id='1' w:author='A'><w:pPr/></w:pPrChange>"
    "</w:pPr></w:p>",
    "a line joined": "<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='A'/></w:rPr></w:pPr></w:p>",
}


@pytest.mark.parametrize("change", TRACKED.values(), ids=TRACKED)
def test_tracked_changes_are_refused_with_their_paragraph(change: str) -> None:
    (told,) = faults_in(build(extra=change), SAMPLES)
    assert told.startswith("letter, paragraph 1 (“")
    assert "tracked changes" in told


HARM = {
    "hidden words": ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>", "hidden words"),
    "a date of Word's": (
        '<w:fldSimple w:instr=" DATE \\@ d "><w:r><w:t>1</w:t></w:r></w:fldSimple>',
        "field DATE",
    ),
    "a picture fetched": (
        "<w:r><w:instrText> INCLUDEPICTURE x </w:instrText></w:r>",
        "field INCLUDEPICTURE",
    ),
    "our field in Word's": (
        "<w:r><w:instrText> REF {{ case }} </w:instrText></w:r>",
        "inside a field of Word's",
    ),
    "a text box": (
        "<w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r>",
        "a text box",
    ),
}


@pytest.mark.parametrize(("run", "fault"), HARM.values(), ids=HARM)
def test_words_that_nobody_sees_or_that_change_by_themselves_are_refused(
    run: str, fault: str
) -> None:
    told = faults_in(build(extra=f"<w:p>{run}</w:p>"), SAMPLES)
    assert any(fault in each and "paragraph" in each for each in told), told


def test_words_whose_hiding_is_switched_off_may_stay() -> None:
    run = '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r></w:p>'
    assert faults_in(build(extra=run), SAMPLES) == ()


@pytest.mark.parametrize(
    ("kind", "target", "fault"),
    [
        pytest.param("attachedTemplate", "file:///C:/x.dotm", "template of Word's", id="template"),
        pytest.param("image", "http://example.org/x.png", "links to a file", id="a picture"),
        pytest.param("hyperlink", "file://server/x", "links to a file", id="a share"),
    ],
)
def test_what_word_would_fetch_is_refused(kind: str, target: str, fault: str) -> None:
    def linked(kind: str, target: str) -> bytes:
        link = f'<Relationship Id="rId99" Type="{LINK}/{kind}" Target="{target}" TargetMode='
        return rewritten(
            "</Relationships>",
            f'{link}"External"/></Relationships>',
            "word/_rels/document.xml.rels",
        )

    assert any(fault in each for each in faults_in(linked(kind, target), SAMPLES))
    assert faults_in(linked("hyperlink", "mailto:office@example.org"), SAMPLES) == ()


@pytest.mark.parametrize("name", ["word/embeddings/book.xlsx", "word/activeX/activeX1.bin"])
def test_an_embedded_file_is_refused(name: str) -> None:
    assert any("embedded" in each for each in faults_in(put(build(), name, "x"), SAMPLES))


def test_a_strict_file_is_told_to_be_saved_anew() -> None:
    strict = part(build(), "word/document.xml").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    told = faults_in(put(build(), "word/document.xml", strict), SAMPLES)
    assert any("Strict Open XML" in each for each in told)


needs_libreoffice = pytest.mark.skipif(find_soffice() is None, reason="LibreOffice")


@needs_libreoffice
def test_a_template_saved_again_by_libreoffice_prints_the_same_letter(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(build())
    soffice = str(find_soffice())
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path / "saved"),
            str(tmp_path / "letter.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    saved = (tmp_path / "saved" / "letter.docx").read_bytes()
    assert faults_in(saved, SAMPLES) == ()
    for sample in SAMPLES:
        before = text_paragraphs(fill(build(), sample, title="t"))
        after = fill(saved, sample, title="t")
        assert text_paragraphs(after) == before
        with zipfile.ZipFile(io.BytesIO(after)) as package:
            assert len(set(package.namelist())) == len(package.namelist())


def test_a_file_whose_properties_hang_otherwise_has_them_once() -> None:
    """LibreOffice 24 names the link to them in a way that python-docx does not know."""
    old = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    template = rewritten(old, f"{LINK}/metadata/core-properties", "_rels/.rels")
    assert faults_in(template, SAMPLES) == ()
    made = fill(template, SAMPLES[0], title="A title")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        names = package.namelist()
    assert len(set(names)) == len(names)
    assert "A title" in part(made, "docProps/core.xml")


def test_the_names_of_those_who_edited_the_template_do_not_go_out() -> None:
    people = (
        '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:person w15:author="Ann Editor"/></w15:people>'
    )
    link = '<Relationship Id="rId98" Type="http://schemas.microsoft.com/office/2011/relationships/'
    template = put(
        rewritten(
            "</Relationships>",
            f'{link}people" Target="people.xml"/></Relationships>',
            "word/_rels/document.xml.rels",
        ),
        "word/people.xml",
        people,
    )
    made = fill(template, SAMPLES[0], title="t")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert not [each for each in package.namelist() if b"Ann Editor" in package.read(each)]


def test_a_bomb_is_no_template() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (60 * 2**20))
    (told,) = faults_in(out.getvalue(), SAMPLES)
    assert "too large" in told


def test_the_text_of_a_picture_holds_no_field() -> None:
    picture = '<w:p><w:r><w:pict title="{{ case }}"/></w:r></w:p>'
    assert any("no words are" in each for each in faults_in(build(extra=picture), SAMPLES))


def test_a_field_that_stands_only_in_a_header_counts() -> None:
    """The first page's header is one of the parts that are looked at."""
    footer = part(build(), "word/footer1.xml")
    told = faults_in(
        put(
            build(),
            "word/footer1.xml",
            re.sub(r"</w:p>", "<w:r><w:t>{{ x</w:t></w:r></w:p>", footer),
        ),
        SAMPLES,
    )
    assert told[0].startswith("footer, paragraph 1")
    assert changed(DEAR, DEAR)
