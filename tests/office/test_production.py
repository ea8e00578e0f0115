"""A real office refuses to open papers without a box around them; a trial tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import secretariat
from secretariat.adapters.papers.sandbox import PACKAGE
from secretariat.config.settings import load
from secretariat.office.boxing import NotShutIn, exposed
from secretariat.office.doctor import examine
from secretariat.office.opening import open_office
from secretariat.office.starting import start_office


def an_office(folder: Path, *lines: str) -> Path:
    made = start_office(folder, "ada@homeoffice.example")
    text = made.config.read_text()
    made.config.write_text(text.replace("production = false", "production = true\n", 1))
    for line in lines:
        made.config.write_text(made.config.read_text() + line)
    return made.config


def test_a_real_office_opens_where_every_wall_stands(tmp_path: Path) -> None:
    settings = load(an_office(tmp_path / "office"), {})
    assert settings.office.production
    office = open_office(settings)
    assert office.reader.shut().whole
    office.close()


def test_a_real_office_is_not_opened_with_its_files_in_sight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = an_office(tmp_path / "office")
    monkeypatch.setattr("secretariat.office.boxing.PACKAGE", str(tmp_path))
    settings = load(config, {})
    assert settings.office.data_dir in exposed(settings)
    with pytest.raises(NotShutIn, match=r"not shut in \(.* lies among the programs"):
        open_office(settings)


def test_the_doctor_says_how_papers_are_opened() -> None:
    told = {one.part: one for one in examine(None, {})}
    assert told["sandbox"].well
    assert "without rights, network or sight of files" in told["sandbox"].told
    assert told["recognition"].told == "scanned pages are recognised"
    assert told["old Word files"].told == "they are read"


def test_the_folder_of_our_code_is_the_one_that_is_imported() -> None:
    assert Path(secretariat.__file__).parent == Path(PACKAGE)
