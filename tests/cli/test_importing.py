"""`secretariat import`: a preview, a question, and each row once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from secretariat.office.starting import start_office
from tests.cli.conftest import Ask

EMAIL = "ada@homeoffice.example"
LIST = (
    "Partnership,DHR number,Date received,Status,Victim\n"
    "Chester,1,3.2.2021,received,Jane Invented\n"
    "Richmond,2,4.2.2021,received,\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "office"
    start_office(folder, EMAIL)
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "office"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(LIST)
    return path


def test_a_list_is_previewed_confirmed_and_taken_in_once(ask: Ask, home: Path, file: Path) -> None:
    asked = ("import", file, "--by", EMAIL, "--config", home)
    shown = ask(*asked, stdin="n\n")
    assert shown.code == 130
    assert "2 rows: 1 will be registered, 0 already registered, 1 a person must look." in shown.out
    assert "Real names may stand under: Victim. Never stored." in shown.out
    assert "row 2: will be registered: Cheshire West and Chester 1, received: It is a" in shown.out
    assert "it may be Richmond upon Thames or North Yorkshire" in shown.out
    assert "Invented" not in shown.out + shown.err
    said = ask(*asked, stdin="y\n")
    assert "Register 1 review? [y/N]" in said.out
    assert "1 review registered." in said.out
    again = ask("import", file, "--preview", "--config", home)
    assert again.code == 1
    assert "0 will be registered, 1 already registered" in again.out
    assert "Register" not in again.out


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "nobody may not"),
        (("--by", "nobody@homeoffice.example"), "may not look after accounts and sending"),
        (("--by", EMAIL, "--chase-from", "2020-01-01"), "choose a day that is still to come"),
    ],
)
def test_what_may_not_be_done_is_one_sentence(
    ask: Ask, home: Path, file: Path, more: tuple[str, ...], told: str
) -> None:
    said = ask("import", file, *more, "--config", home, stdin="y\n")
    assert (said.code, said.out) == (3, "")
    assert told in said.err


def test_a_file_that_is_not_there_is_one_sentence(ask: Ask, home: Path) -> None:
    said = ask("import", home / "none.csv", "--preview", "--config", home)
    assert said.code == 3
    assert "cannot be read" in said.err
