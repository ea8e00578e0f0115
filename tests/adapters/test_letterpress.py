import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from secretariat.adapters.letterpress.filling import fill
from secretariat.domain.letter_content import Addressee, Point
from secretariat.ports.letterpress import TemplateBroken, ValueRefused
from tests.builders import some_content
from tests.letter_builders import a_press, content_of, golden, golden_cases, styles_in
from tests.letter_template import PACKS, TEMPLATES, build

PRESS = a_press()


def paragraphs(**said: object) -> list[str]:
    made = PRESS.print(some_content(**said), pdf=False)
    return list(PRESS.paragraphs(made.docx))


@pytest.mark.parametrize(("generation", "case"), golden_cases())
def test_the_letter_equals_its_golden_text_paragraph_for_paragraph(
    generation: str, case: str
) -> None:
    made = PRESS.print(content_of(case, generation), pdf=False)
    assert list(PRESS.paragraphs(made.docx)) == golden(case, generation)


def test_the_points_are_real_bullets_of_word() -> None:
    styles = styles_in(PRESS.print(content_of("anyshire"), pdf=False).docx)
    assert styles["Structure:"] == "List Bullet"
    assert styles["the glossary is missing."] == "List Bullet 2"


@pytest.mark.parametrize("generation", TEMPLATES)
def test_nothing_of_a_case_stands_in_the_template(generation: str) -> None:
    with zipfile.ZipFile(PACKS / generation / "letter.docx") as package:
        words = b"".join(package.read(name) for name in package.namelist()).decode()
    names = ("Kent", "Hill", "Buckley", "homeoffice", "Marsham", "Public Protection")
    assert not [name for name in names if name in words]


@pytest.mark.parametrize("generation", TEMPLATES)
def test_the_template_is_the_one_that_its_script_builds(generation: str) -> None:
    built = zipfile.ZipFile(io.BytesIO(build(TEMPLATES[generation])))
    committed = zipfile.ZipFile(PACKS / generation / "letter.docx")
    assert {name: built.read(name) for name in built.namelist()} == {
        name: committed.read(name) for name in committed.namelist()
    }


def test_the_letter_has_a_title_and_no_author() -> None:
    properties = Document(io.BytesIO(PRESS.print(content_of("kent-dhr15"), pdf=False).docx))
    told = properties.core_properties
    assert told.title == "Home Office feedback letter: Kent (DHR15)"
    assert (told.author, told.last_modified_by) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "Tower & Hamlets",
        "<b>bold</b>",
        "</w:t></w:r></w:p><w:p>",
        "{{ 7*7 }}",
        "{% raw %}",
        '‘X’’s "so-called" ]]>',
        "tab\there",
    ],
)
def test_a_value_comes_out_exactly_as_it_was_written(text: str) -> None:
    shown = paragraphs(area=text, local_reference="", pseudonyms=(), conclusion=(text,))
    assert any(f"report for {text} to the" in each for each in shown)
    assert any(each.endswith(f"final report. {text}") for each in shown)


@pytest.mark.parametrize("text", ["\ud800", "x\x00y", "\x07", "\x0c", "\ufffe", "{_{", "%_}"])
def test_a_value_that_would_not_come_out_is_refused(text: str) -> None:
    content = some_content(points=(Point("fine", (f"not {text} fine",)),))
    with pytest.raises(ValueRefused, match="points"):
        PRESS.print(content, pdf=False)


def test_a_refusal_never_tells_the_text() -> None:
    with pytest.raises(ValueRefused) as refused:
        PRESS.print(some_content(area="Maria\x00"), pdf=False)
    assert "Maria" not in str(refused.value)


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\x0b", "\u2028"])
def test_a_line_end_of_any_kind_is_one_line_break(ends: str) -> None:
    made = PRESS.print(some_content(conclusion=(f"one{ends}two",)), pdf=False)
    texts = [each.text for each in Document(io.BytesIO(made.docx)).paragraphs]
    assert any(each.endswith("one\ntwo") for each in texts)


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=40,
).map(str.strip)


@given(WORDS.filter(lambda text: bool(text) and not re.search("_|[.][.]|;;", text)))
def test_any_words_come_out_exactly(text: str) -> None:
    made = PRESS.print(some_content(points=(Point(text),)), pdf=False)
    assert [each.text for each in Document(io.BytesIO(made.docx)).paragraphs].count(text) == 1


def test_a_value_that_is_missing_is_refused_and_an_unknown_field_is_an_error() -> None:
    with pytest.raises(ValueRefused, match="unit"):
        fill(build((("", "{{ unit }}"),)), {"unit": None}, title="")
    with pytest.raises(TemplateBroken, match="unit"):
        fill(build((("", "{{ unit }}"),)), {}, title="")


@pytest.mark.parametrize(
    "field",
    [
        "{{ cycler.__init__.__globals__ }}",
        "{{ unit.__class__.__mro__ }}",
        "{{ unit|upper }}",
        "{% for i in range(999999999) %}x{% endfor %}",
    ],
)
def test_a_template_can_run_nothing(field: str) -> None:
    with pytest.raises(TemplateBroken):
        fill(build((("", field),)), {"unit": "x"}, title="")


def test_the_preview_shows_the_letter_as_safe_html() -> None:
    content = replace(content_of("anyshire"), addressee=Addressee(last="<script>x</script>"))
    html = PRESS.preview(PRESS.print(content, pdf=False).docx)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert (
        "<ul><li>Structure:<ul><li>the terms of reference could stand before the chronology;</li>"
        "<li>the glossary is missing.</li></ul></li><li>Please explain"
    ) in html
    assert html.count("<ul>") == html.count("</ul>") == 2


def test_each_kind_of_mail_has_its_subject_and_words(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "note.txt.j2").write_text("Subject: About {{ area }}\n\nDear {{ area }},\n")
    press = a_press(tmp_path)
    assert press.word("note", {"area": "Tower & <b>\r\nBcc: x"}) == (
        "About Tower & <b> Bcc: x",
        "Dear Tower & <b>\nBcc: x,\n",
    )


def test_only_marked_wording_that_the_letter_uses_is_still_to_be_confirmed() -> None:
    assert PRESS.marks(content_of("kent-dhr15")) == ()
    names = [mark.name for mark in PRESS.marks(content_of("anyshire"))]
    assert names == ["considered-virtual", "outcome-resubmit", "copy-several"]
    (first, *_) = PRESS.marks(content_of("anyshire"))
    assert replace(first, text=f"{first.text} ").text_hash != first.text_hash
