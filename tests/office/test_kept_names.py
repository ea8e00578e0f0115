"""Names kept in a whole office: the key from the environment, the doctor, the hourly round."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from secretariat.config.settings import load
from secretariat.domain.errors import Refused
from secretariat.domain.ledger import Tally
from secretariat.office.doctor import Finding, examine
from secretariat.office.office import Office
from secretariat.office.opening import open_office
from secretariat.office.starting import start_office
from tests.builders import CASEWORKER, REFERENCE, a_review, an_act, some_content
from tests.letter_builders import a_press

KEY, NEWER = "A" * 43 + "=", "B" * 43 + "="
NAME = "SECRETARIAT_NAMES_KEY"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return start_office(tmp_path / "office", "ada@homeoffice.example").config


def opened(config: Path, environ: Mapping[str, str]) -> Office:
    return open_office(load(config, environ))


def keep_one(config: Path, environ: Mapping[str, str]) -> None:
    office = opened(config, environ)
    with office.database.register() as register:
        register.add_review(a_review(), an_act())
    office.names.keep(REFERENCE, "Jane Invented", seen="", by=CASEWORKER)
    office.close()


def told(config: Path, environ: Mapping[str, str]) -> Finding:
    (found,) = (one for one in examine(config, environ) if one.part == "kept names")
    return found


def test_without_a_key_a_trial_is_told_and_a_real_office_is_warned(config: Path) -> None:
    trial = told(config, {})
    assert (trial.well, trial.told.endswith("SECRETARIAT_NAMES_KEY is not set")) == (True, True)
    config.write_text(config.read_text().replace("production = false", "production = true", 1))
    real = told(config, {})
    assert (real.well, real.told) == (False, trial.told)
    assert "secretariat backup --new-key" in real.remedy


def test_the_doctor_says_whether_every_name_can_be_opened(config: Path) -> None:
    keep_one(config, {NAME: KEY})
    assert told(config, {NAME: KEY}).told == "for 1 review; all can be opened"
    assert told(config, {NAME: f"{NEWER} {KEY}"}).well
    for environ in ({}, {NAME: NEWER}):
        found = told(config, environ)
        assert not found.well
        assert found.told == "those of 1 review cannot be opened with the key that is set"
        assert NAME in found.remedy


def test_the_check_of_an_office_looks_for_the_names_that_it_keeps(config: Path) -> None:
    keep_one(config, {NAME: KEY})
    content = some_content(conclusion=("The file of Jane  Invented’s mother was lost.",))
    docx = a_press().print(content, pdf=False).docx
    office = opened(config, {NAME: KEY})
    place = "the 1st paragraph of the conclusion holds a real name that staff hold for the case"
    assert place in office.checking.faults(REFERENCE, content, docx)
    office.close()


def test_an_office_without_a_key_opens_and_keeps_no_names(config: Path) -> None:
    office = opened(config, {})
    with pytest.raises(Refused, match="names no key"):
        office.names.keep(REFERENCE, "Jane Invented", seen="", by=CASEWORKER)
    office.close()


def test_a_round_seals_with_the_newest_key_what_an_older_one_sealed(config: Path) -> None:
    keep_one(config, {NAME: KEY})
    office = opened(config, {NAME: f"{NEWER}\n{KEY}"})
    assert office.round()["sessions"]() == Tally(done=1)
    assert office.round()["sessions"]() == Tally()
    office.close()
    assert told(config, {NAME: NEWER}).well
