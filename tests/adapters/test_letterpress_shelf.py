"""Versions of templates: looked over apart, kept by hash, used, and an earlier one used again."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from secretariat.adapters.letterpress.shelf import Shelf
from secretariat.adapters.papers.reader import Limits, Reader
from secretariat.domain.errors import NotFound, Refused
from secretariat.ports.templates import TemplateNotPut
from tests.adapters.test_letterpress_check import with_lines
from tests.adapters.test_letterpress_templates import DEAR, changed
from tests.builders import some_content
from tests.letter_builders import TEMPLATES, a_press
from tests.letter_template import build

GREETED = changed(DEAR, "Good day {{ salutation }},")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as ours:
        yield ours


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


@pytest.fixture
def shelf(folder: Path, tmp_path: Path, reader: Reader) -> Shelf:
    return Shelf(folder / "letters", tmp_path / "kept" / "letters", reader.work)


def test_a_sound_template_is_shown_with_a_made_up_letter_and_kept(shelf: Shelf) -> None:
    looked = shelf.keep("2017", GREETED)
    assert looked.faults == ()
    assert "Good day Councillor Bloggs," in looked.html
    assert "Good day Councillor Bloggs," in a_press().paragraphs(looked.docx)
    assert shelf.template("2017", looked.version) == GREETED
    assert not next(one for one in shelf.versions("2017") if one.name == looked.version).in_use


def test_a_template_with_faults_is_told_all_of_them_and_not_kept(shelf: Shelf) -> None:
    before = shelf.versions("2017")
    looked = shelf.keep("2017", with_lines("{{ nope }}", "{{ bad one }"))
    assert len(looked.faults) == 2
    assert (looked.html, looked.docx, looked.version) == ("", b"", "")
    assert shelf.versions("2017") == before


@pytest.mark.parametrize("content", [b"", b"no Word file", b"PK\x03\x04 broken"])
def test_what_is_no_word_file_is_told_and_not_kept(shelf: Shelf, content: bytes) -> None:
    looked = shelf.keep("2017", content)
    assert looked.faults
    assert looked.version == ""


def test_a_version_in_use_prints_the_letters_and_an_earlier_one_can_come_back(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    press = a_press(folder, tmp_path / "kept")
    first = press.print(some_content(), pdf=False)
    (delivered,) = shelf.versions("2017")
    assert (delivered.in_use, delivered.sha256) == (True, first.template)
    shelf.use("2017", shelf.keep("2017", GREETED).version)
    second = press.print(some_content(), pdf=False)
    assert "Good day Councillor Bloggs," in press.paragraphs(second.docx)
    assert {one.name for one in shelf.versions("2017") if one.in_use} == {second.template[:16]}
    shelf.use("2017", delivered.name)
    assert press.print(some_content(), pdf=False).template == first.template


def test_a_version_edited_in_the_folder_is_kept_as_well(shelf: Shelf, folder: Path) -> None:
    manifest = (folder / "letters" / "2017" / "manifest.toml").read_bytes()
    (folder / "letters" / "2017" / "letter.docx").write_bytes(GREETED)
    (one,) = shelf.versions("2017")
    assert one.sha256 == hashlib.sha256(GREETED + manifest).hexdigest()
    assert one.in_use


@pytest.mark.parametrize("version", ["0" * 16, "../2017", "last-good", ""])
def test_a_version_that_is_not_kept_cannot_be_used(shelf: Shelf, version: str) -> None:
    with pytest.raises(NotFound):
        shelf.use("2017", version)


@pytest.mark.parametrize("generation", ["2099", "..", ""])
def test_a_generation_that_is_not_there_has_no_versions(shelf: Shelf, generation: str) -> None:
    with pytest.raises(NotFound):
        shelf.versions(generation)
    with pytest.raises(NotFound):
        shelf.keep(generation, build())


def test_a_kept_version_that_was_changed_by_hand_is_not_put_into_use(
    shelf: Shelf, tmp_path: Path
) -> None:
    version = shelf.keep("2017", GREETED).version
    (tmp_path / "kept" / "letters" / "2017" / version / "letter.docx").write_bytes(b"{{ x")
    with pytest.raises(Refused):
        shelf.use("2017", version)


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(shelf: Shelf, folder: Path) -> None:
    version = shelf.keep("2017", GREETED).version
    home = folder / "letters" / "2017"
    (home / "letter.docx").unlink()
    (home / "letter.docx" / "in the way").mkdir(parents=True)
    with pytest.raises(TemplateNotPut, match="cannot be written"):
        shelf.use("2017", version)


def test_a_template_that_takes_too_long_is_told_and_ends() -> None:
    with Reader(Limits(cpu_seconds=1, wall_seconds=1, memory_bytes=2**20 * 40)) as small:
        said, blob = small.work("secretariat.adapters.letterpress.apart:template", build())
    assert said["broken"]
    assert blob == b""


def test_all_marked_wording_is_listed_with_its_pack(shelf: Shelf) -> None:
    names = {(mark.generation, mark.name) for mark in shelf.marks()}
    assert ("2017", "outcome-resubmit") in names
    assert ("2017", "regret") not in names
