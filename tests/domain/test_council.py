from datetime import date

import pytest

from secretariat.domain.council import (
    BodyType,
    Council,
    Csp,
    CspKind,
    Directory,
    NotInDirectory,
    PoliceArea,
    directory_of,
)


@pytest.fixture
def directory() -> Directory:
    """Oldtown District merged into Anyshire Council in 2023."""
    return directory_of(
        csps=[
            Csp("C1", "Anyshire", CspKind.SUCCESSOR, ("ANY",), "P1", "C1"),
            Csp("C2", "Oldtown", CspKind.LEGACY, ("ANY",), "P1", "C1"),
        ],
        councils=[
            Council("ANY", "Anyshire Council", "unitary", "P1"),
            Council(
                "OLD",
                "Oldtown District Council",
                "non-metropolitan district",
                "P1",
                abolished_on=date(2023, 4, 1),
                successor_ids=("ANY",),
                current_successor_ids=("ANY",),
            ),
        ],
        police_areas=[PoliceArea("P1", "Anyshire", BodyType.PCC, "Commissioner for Anyshire")],
    )


def test_a_partnership_that_ended_is_answered_for_today(directory: Directory) -> None:
    assert directory.current("C2").name == "Anyshire"
    assert directory.current("C1").name == "Anyshire"


def test_a_council_that_stands_is_its_own_successor(directory: Directory) -> None:
    assert [each.id for each in directory.successors("ANY")] == ["ANY"]
    assert [each.id for each in directory.successors("OLD")] == ["ANY"]


def test_a_council_sits_on_former_partnerships_too(directory: Directory) -> None:
    assert [each.id for each in directory.csps_of("ANY")] == ["C1", "C2"]
    assert [each.name for each in directory.councils_of("C2")] == ["Anyshire Council"]


def test_what_is_not_in_the_directory_is_told_in_words(directory: Directory) -> None:
    with pytest.raises(NotInDirectory, match="the partnership 'C9' is not in the directory"):
        directory.csp("C9")
    with pytest.raises(NotInDirectory, match="the council 'ZZZ'"):
        directory.council("ZZZ")
    with pytest.raises(NotInDirectory, match="the police area 'P9'"):
        directory.police_area("P9")


def test_a_directory_cannot_be_changed(directory: Directory) -> None:
    with pytest.raises(TypeError):
        directory.csps["C3"] = directory.csps["C1"]  # type: ignore[index]
