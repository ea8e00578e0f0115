"""Every golden letter as Word has it: its styles, list levels and numbers, and what never stands.

`python -m tests.adapters.test_letter_golden` writes the shapes anew.
"""

import io
import re
import tomllib
import zipfile
from itertools import groupby
from typing import Final

import pytest
from docx import Document
from docx.text.paragraph import Paragraph
from page import validate_pdf_bytes

from secretariat.adapters.letterpress.wordml import W, parse_part
from secretariat.domain.letter_content import LetterContent
from tests.adapters.test_letterpress_pdf import needs_libreoffice
from tests.letter_builders import CORPUS, a_press, content_of, golden, golden_cases

PRESS: Final = a_press()
SHAPES: Final = CORPUS / "letters" / "shapes.toml"
RESIDUE: Final = re.compile(r"None|\{|\}|⟦|\bgsi\b|Acting Chair|’’|‘‘|“‘|s’s’|’s’s|\(\)|…")
DOUBLED: Final = re.compile(r"(?<![.])[.]{2}(?![.])|;;|,,|;[.]|\S {2,}\S|:[.:]")
PERMITTED: Final = {"2017": ("kent-dhr15",)}


def made(generation: str, case: str) -> bytes:
    return PRESS.print(content_of(case, generation), pdf=False).docx


def list_of(paragraph: Paragraph) -> str:
    """Return "number.level" of the list that the paragraph's style stands in, "" for none."""
    found = paragraph.style.element.find(f"{W}pPr/{W}numPr")
    if found is None:
        return ""
    number, level = (found.find(f"{W}{name}").get(f"{W}val") for name in ("numId", "ilvl"))
    return f" {number}.{level}"


def shape_of(docx: bytes) -> list[str]:
    """Return the styles of the paragraphs in order, a run of the same as one with its count."""
    paragraphs = Document(io.BytesIO(docx)).paragraphs
    styles = [f"{each.style.name}{list_of(each)}" for each in paragraphs]
    runs = [(style, len(list(run))) for style, run in groupby(styles)]
    return [style if count == 1 else f"{style} x{count}" for style, count in runs]


def test_at_least_twelve_made_up_cases_are_pinned_in_each_generation() -> None:
    counts = [generation for generation, case in golden_cases() if case != "kent-dhr15"]
    assert {name: counts.count(name) >= 12 for name in counts} == {
        "2017": True,
        "2022": True,
        "dardr": True,
    }


@pytest.mark.parametrize(("generation", "case"), golden_cases())
def test_each_letter_has_the_styles_and_list_levels_that_were_looked_at(
    generation: str, case: str
) -> None:
    shapes = tomllib.loads(SHAPES.read_text())
    assert shape_of(made(generation, case)) == shapes[generation][case]


@pytest.mark.parametrize(("generation", "case"), golden_cases())
def test_no_letter_has_an_empty_paragraph_or_anything_doubled(generation: str, case: str) -> None:
    paragraphs = Document(io.BytesIO(made(generation, case))).paragraphs
    assert all(each.text.strip() for each in paragraphs)
    assert not [each.text for each in paragraphs if DOUBLED.search(each.text)]
    if case not in PERMITTED.get(generation, ()):
        assert not [each.text for each in paragraphs if RESIDUE.search(each.text)]


def own_words(content: LetterContent) -> str:
    points = " ".join(f"{each.text} {' '.join(each.below)}" for each in content.points)
    return f"{' '.join(content.conclusion)} {points}".lower()


@pytest.mark.parametrize(("generation", "case"), golden_cases())
def test_no_letter_calls_a_death_what_nobody_has_called_it(generation: str, case: str) -> None:
    said = " ".join(golden(case, generation)).lower()
    said = said.replace("domestic homicide review", "review")
    own = own_words(content_of(case, generation))
    for word in ("homicide", "perpetrator", "killed", "murder", "suicide"):
        assert word not in said or word in own


@pytest.mark.parametrize("generation", ["2017", "2022", "dardr"])
def test_a_numbered_list_counts_in_word_and_its_letters_begin_anew_under_each_number(
    generation: str,
) -> None:
    docx = made(generation, "neil")
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        numbering = parse_part(package, "word/numbering.xml")
    number = numbering.find(f"{W}num[@{W}numId='2']/{W}abstractNumId").get(f"{W}val")
    levels = numbering.findall(f"{W}abstractNum[@{W}abstractNumId='{number}']/{W}lvl")
    shown = [each.find(f"{W}numFmt").get(f"{W}val") for each in levels]
    assert shown == ["decimal", "lowerLetter"]
    assert not [each for each in levels if each.find(f"{W}lvlRestart") is not None]
    assert "List Number 2 2.1 x2" in shape_of(docx)


@needs_libreoffice
@pytest.mark.parametrize(
    ("generation", "case"),
    [("2017", "elizabeth-and-george"), ("2022", "neil"), ("dardr", "laura-and-ella")],
)
def test_a_later_letter_with_a_heading_and_numbers_is_accessible_as_pdf(
    generation: str, case: str
) -> None:
    printed = a_press(pdf=True).print(content_of(case, generation))
    report = validate_pdf_bytes(printed.pdf or b"", profile="ua1")
    assert [failure.message for failure in report.failures] == []


if __name__ == "__main__":
    lines = []
    for name in ("2017", "2022", "dardr"):
        lines.append(f'["{name}"]' if name.isdigit() else f"[{name}]")
        for which, case in golden_cases():
            if which == name:
                shown = ", ".join(f'"{each}"' for each in shape_of(made(name, case)))
                lines.append(f"{case} = [{shown}]")
        lines.append("")
    SHAPES.write_text("\n".join(lines))
