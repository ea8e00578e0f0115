import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from secretariat.config import defaults
from secretariat.config.directory import read_directory
from secretariat.config.faults import ConfigFaults
from secretariat.domain.council import BodyType, CspKind, Directory

DELIVERED = defaults() / "config" / "directory"


@pytest.fixture(scope="module")
def directory() -> Directory:
    return read_directory(DELIVERED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("csps.csv", "councils.csv", "police_areas.csv"):
        shutil.copy(DELIVERED / name, tmp_path / name)
        (tmp_path / name).chmod(0o644)
    return tmp_path


def spoil(file: Path, *, line: int, column: str, value: str) -> None:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    rows[line - 2][column] = value
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def faults_in(folder: Path) -> list[str]:
    with pytest.raises(ConfigFaults) as told:
        read_directory(folder)
    return [str(fault) for fault in told.value.faults]


def test_the_delivered_directory_is_whole(directory: Directory) -> None:
    assert (len(directory.csps), len(directory.councils)) == (375, 387)
    assert len(directory.police_areas) == 43


def test_an_abolished_council_has_successors_and_a_day(directory: Directory) -> None:
    corby = directory.council("COR")
    assert corby.abolished_on == date(2021, 4, 1)
    assert [each.name for each in directory.successors("COR")] == ["North Northamptonshire Council"]


def test_successors_are_those_that_stand_today(directory: Directory) -> None:
    assert directory.council("TAU").successor_ids == ("SWT",)
    assert [each.id for each in directory.successors("TAU")] == ["SMT"]


def test_letters_are_copied_to_an_office_and_never_to_a_guessed_address(
    directory: Directory,
) -> None:
    kent = directory.police_area("E23000032")
    assert kent.copy_to == "Police and Crime Commissioner for Kent"
    assert not hasattr(kent, "email")
    assert directory.police_area("E23000001").body_type is BodyType.MOPAC
    assert directory.police_area("E23000034").body_type is BodyType.CITY


def test_a_partnership_that_ended_points_to_who_answers_today(directory: Directory) -> None:
    assert directory.csp("E22000233").kind is CspKind.LEGACY
    assert directory.current("E22000233").name == "North Northamptonshire"


def test_every_current_council_has_a_partnership(directory: Directory) -> None:
    alone = [
        each.name
        for each in directory.councils.values()
        if each.abolished_on is None and not directory.csps_of(each.id)
    ]
    assert alone == []


@pytest.mark.parametrize(
    ("file", "line", "column", "value", "wrong"),
    [
        ("csps.csv", 5, "row_type", "club", "row_type is 'club'"),
        ("csps.csv", 6, "csp_name", "", "csp_name is empty"),
        ("csps.csv", 7, "council_ids", "QQQ", "council_ids names 'QQQ'"),
        ("csps.csv", 7, "pfa_code", "E0", "pfa_code names 'E0'"),
        ("councils.csv", 8, "abolished_on", "soon", "it must be a date like"),
        ("councils.csv", 9, "council_id", "ADU", "ADU is there twice"),
        ("police_areas.csv", 3, "body_type", "KING", "body_type is 'KING'"),
    ],
)
def test_a_bad_line_is_told_with_its_file_and_line(
    folder: Path, file: str, line: int, column: str, value: str, wrong: str
) -> None:
    spoil(folder / file, line=line, column=column, value=value)
    told = faults_in(folder)
    assert told[0].startswith(f"{file}, line {line}: ")
    assert wrong in told[0]


def test_bad_lines_of_all_files_are_told_at_once(folder: Path) -> None:
    spoil(folder / "csps.csv", line=5, column="row_type", value="club")
    spoil(folder / "police_areas.csv", line=3, column="body_type", value="KING")
    assert len(faults_in(folder)) == 2


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "councils.csv").unlink()
    assert "councils.csv: the file is not in" in faults_in(folder)[0]


def test_a_missing_column_is_told_once(folder: Path) -> None:
    text = (folder / "police_areas.csv").read_text(encoding="utf-8")
    changed = text.replace("letter_copy_to", "copy", 1)
    (folder / "police_areas.csv").write_text(changed, encoding="utf-8")
    assert faults_in(folder) == ["police_areas.csv, line 1: the column letter_copy_to is missing"]


def test_a_file_in_another_encoding_is_told(folder: Path) -> None:
    (folder / "csps.csv").write_bytes("csp_id,csp_name\nE1,Môn\n".encode("latin-1"))
    assert "the file cannot be read" in faults_in(folder)[0]
