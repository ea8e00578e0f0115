"""Templates by command: checked, used, listed, taken back; wording confirmed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from secretariat.office.opening import open_office, settings_at
from secretariat.office.starting import start_office
from tests.adapters.test_letterpress_check import with_lines
from tests.adapters.test_letterpress_templates import DEAR, changed
from tests.cli.conftest import Ask

ADA = "ada@homeoffice.example"
GREETED = changed(DEAR, "Good day {{ salutation }},")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    start_office(folder, ADA)
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "letter.docx"
    path.write_bytes(GREETED)
    return path


def test_a_sound_template_is_said_to_be_so(ask: Ask, file: Path) -> None:
    said = ask("template", "check", file, "--generation", "2017")
    assert (said.code, said.err) == (0, "")
    assert said.out == f"{file}: it can be used\n"


def test_every_fault_is_a_line_of_its_own(ask: Ask, file: Path) -> None:
    file.write_bytes(with_lines("{{ nope }}", "{{ bad one }"))
    said = ask("template", "check", file, "--generation", "2017")
    assert said.code == 1
    told = said.err.splitlines()
    assert len(told) == 2
    assert all(line.startswith(f"{file}: letter, paragraph ") for line in told)


def test_a_pack_that_is_not_there_is_told_with_those_that_are(ask: Ask, file: Path) -> None:
    said = ask("template", "check", file, "--generation", "1066")
    assert said.code == 3
    assert "2017" in said.err


def test_a_template_is_used_listed_and_taken_back(ask: Ask, home: Path, file: Path) -> None:
    at = ("--config", home)
    before = ask("template", "list", *at).out
    (first,) = re.findall(r"^Letters of 2017:\n  (\w{16}) .*in use$", before, re.M)
    said = ask("template", "use", file, "2017", "--by", ADA, *at)
    assert said.code == 0
    listed = ask("template", "list", *at).out
    assert re.search(rf"^  (?!{first})\w{{16}} .*{ADA}  in use$", listed, re.M)
    assert "To be confirmed: 2017 outcome-resubmit:" in listed
    assert ask("template", "back", "2017", first, "--by", ADA, *at).code == 0
    assert re.search(rf"^  {first} .*in use$", ask("template", "list", *at).out, re.M)


def test_a_template_with_faults_is_not_used(ask: Ask, home: Path, file: Path) -> None:
    file.write_bytes(with_lines("{{ nope }}"))
    before = ask("template", "list", "--config", home).out
    said = ask("template", "use", file, "2017", "--by", ADA, "--config", home)
    assert said.code == 1
    assert "no field 'nope'" in said.err
    assert ask("template", "list", "--config", home).out == before


@pytest.mark.parametrize("by", ["nobody@homeoffice.example", "sam@homeoffice.example"])
def test_only_an_administrator_uses_a_template(ask: Ask, home: Path, file: Path, by: str) -> None:
    ask("account", "add", "sam@homeoffice.example", "Sam", "--role", "approver", "--config", home)
    assert ask("template", "use", file, "2017", "--by", by, "--config", home).code == 3
    assert ask("template", "back", "2017", "0" * 16, "--by", by, "--config", home).code == 3


def test_wording_is_confirmed_and_the_doctor_lists_what_is_open(ask: Ask, home: Path) -> None:
    assert "must confirm the wording of" in ask("doctor", "--config", home).out
    said = ask("template", "confirm", "2017", "outcome-resubmit", "--by", ADA, "--config", home)
    assert said.code == 0
    told = ask("doctor", "--config", home).out
    assert "2017 considered-virtual" in told
    assert "2017 outcome-resubmit" not in told
    office = open_office(settings_at(home / "secretariat.toml", {}))
    ((mark, by),) = office.wording.confirmed()
    office.close()
    assert (mark.name, by.by) == ("outcome-resubmit", ADA)


def test_wording_that_is_not_there_cannot_be_confirmed(ask: Ask, home: Path) -> None:
    said = ask("template", "confirm", "2017", "nonsense", "--by", ADA, "--config", home)
    assert said.code == 3
