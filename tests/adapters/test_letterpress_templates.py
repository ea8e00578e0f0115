import io
import shutil
import zipfile
from pathlib import Path

import pytest
from docx import Document

from secretariat.adapters.letterpress.check import faults_in
from secretariat.adapters.letterpress.packs import Packs, samples_of
from secretariat.domain.covering import covering_words
from secretariat.ports.letterpress import TemplateBroken
from tests.builders import a_letter, some_content
from tests.letter_builders import TEMPLATES, a_press
from tests.letter_template import PARAGRAPHS, build

SAMPLES = samples_of(Packs(TEMPLATES / "letters").pack("2017").wording)
DEAR = "Dear {{ salutation }},"
TRACKED = '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins></w:p>'


def changed(old: str, new: str) -> bytes:
    assert any(text == old for _, text in PARAGRAPHS)
    return build(tuple((style, new if text == old else text) for style, text in PARAGRAPHS))


def test_the_delivered_template_may_be_used() -> None:
    assert a_press().faults() == ()


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        pytest.param("Dear {{ salutation },", "not finished", id="one bracket short"),
        pytest.param("Dear {{ salutation", "not finished", id="never closed"),
        pytest.param("Dear { salutation },", "single brackets", id="single brackets"),
        pytest.param("Dear {{ salutatoin }},", "no field 'salutatoin'", id="misspelt"),
        pytest.param("Dear {{ salu\u200btation }},", "invisible sign", id="a zero-width space"),
        pytest.param("Dear {{ salutation|upper }},", "is no field", id="a filter"),
        pytest.param("Dear {{r salutation }},", "is no field", id="rich text"),
        pytest.param("Dear {{ salutation.__class__ }},", "is no field", id="an inner attribute"),
        pytest.param("Hi {%p if points %} there", "stand alone", id="words beside a {%p"),
        pytest.param("{% if points %}", "cannot be used", id="a block without p"),
        pytest.param("{%– if points %}", "cannot be used", id="Word's own dash"),
        pytest.param("{%p for x in range(9) %}", "cannot be used", id="a call"),
        pytest.param("{# note #}", "cannot be used", id="a comment of Jinja"),
    ],
)
def test_a_template_broken_by_an_editor_names_the_paragraph(new: str, fault: str) -> None:
    told = [each for each in faults_in(changed(DEAR, new), SAMPLES) if fault in each]
    assert told
    assert "letter, paragraph 11 (“" in told[0]


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        pytest.param(changed(DEAR, "Dear reader,"), "'salutation' is missing", id="a field lost"),
        pytest.param(
            changed("{%p if opening %}", "{%p endif %}"), "closes nothing", id="ended twice"
        ),
        pytest.param(build(extra=TRACKED), "tracked changes", id="tracked changes"),
        pytest.param(b"PK not a zip", "no Word file", id="no Word file"),
        pytest.param(b"", "no Word file", id="an empty file"),
    ],
)
def test_other_faults_of_a_template_are_told(template: bytes, fault: str) -> None:
    assert any(fault in each for each in faults_in(template, SAMPLES))


def with_part(name: str, content: str) -> bytes:
    out = io.BytesIO(build())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, content)
    return out.getvalue()


def test_macros_and_comments_never_go_out_with_a_letter() -> None:
    assert any(
        "macros" in each for each in faults_in(with_part("word/vbaProject.bin", ""), SAMPLES)
    )
    word = Document(io.BytesIO(build()))
    word.add_comment(word.paragraphs[0].runs, text="check this", author="A")
    out = io.BytesIO()
    word.save(out)
    assert any("comments" in each for each in faults_in(out.getvalue(), SAMPLES))


def test_a_cell_that_a_block_leaves_empty_is_found_on_trial() -> None:
    def cell(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    inside = "".join(cell(text) for text in ("{%p if points %}", "x", "{%p endif %}"))
    table = (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc>'
        f"{inside}</w:tc></w:tr></w:tbl>"
    )
    assert any("table cell" in each for each in faults_in(build(extra=table), SAMPLES))


def test_a_field_that_word_split_over_runs_is_still_a_field() -> None:
    split = "<b>{{ sal</b>utation }}"
    assert faults_in(changed(DEAR, f"Dear {split},"), SAMPLES) == ()


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


def letter(templates: Path, kept: Path | None) -> list[str]:
    press = a_press(templates, kept)
    return list(press.paragraphs(press.print(some_content(), pdf=False).docx))


@pytest.mark.parametrize("broken", ["letter.docx", "manifest.toml"])
def test_the_last_good_version_stays_in_use_when_an_editor_breaks_it(
    templates: Path, tmp_path: Path, broken: str
) -> None:
    before = letter(templates, tmp_path / "kept")
    (templates / "letters" / "2017" / broken).write_bytes(b"{{ broken")
    assert letter(templates, tmp_path / "kept") == before
    (fault,) = a_press(templates, tmp_path / "kept").faults()
    assert fault.startswith(f"2017: {broken}: ")


def test_an_edit_is_taken_up_at_once_without_a_restart(templates: Path, tmp_path: Path) -> None:
    press = a_press(templates, tmp_path / "kept")
    first = press.print(some_content(), pdf=False)
    edited = templates / "letters" / "2017" / "letter.docx"
    edited.write_bytes(changed(DEAR, "Good day {{ salutation }},"))
    second = press.print(some_content(), pdf=False)
    assert "Good day Councillor Bloggs," in press.paragraphs(second.docx)
    assert first.template != second.template


def test_without_a_good_version_a_letter_is_refused_with_the_paragraph(templates: Path) -> None:
    (templates / "letters" / "2017" / "letter.docx").write_bytes(changed(DEAR, "{{ x }}"))
    with pytest.raises(TemplateBroken, match="paragraph 11"):
        letter(templates, None)


@pytest.mark.parametrize("generation", ["2099", "../2017", ""])
def test_a_generation_that_is_not_there_is_refused(generation: str) -> None:
    with pytest.raises(TemplateBroken):
        a_press().print(some_content(generation=generation), pdf=False)


def test_wording_that_nobody_has_confirmed_is_listed_and_the_seed_letters_is_not() -> None:
    told = [each.partition(":")[0] for each in a_press().unconfirmed()]
    assert "2017 outcome-resubmit" in told
    assert not {"2017 regret", "2017 considered-meeting", "2017 copy-pcc"} & set(told)


def test_a_mail_template_broken_by_an_editor_leaves_the_last_one_in_use(
    templates: Path, tmp_path: Path
) -> None:
    values = covering_words(a_letter())
    press = a_press(templates, tmp_path / "kept")
    before = press.word("covering-letter", values)
    path = templates / "mail" / "covering-letter.txt.j2"
    path.write_text("Subject: x\n\n{% if %}")
    assert press.word("covering-letter", values) == before
    assert press.faults() == (
        "covering-letter.txt.j2, line 3: Expected an expression, got 'end of statement block'",
    )
