from datetime import date

import pytest

from secretariat.domain.letter_content import Addressee
from secretariat.domain.letter_words import (
    OfficeKind,
    address_block,
    case_name,
    joined,
    long_date,
    office_kind,
    salutation,
)
from tests.builders import some_content

HILL = {"first": "Michael", "last": "Hill"}


@pytest.mark.parametrize(
    ("addressee", "spoken"),
    [
        pytest.param(Addressee("Cllr", postnominals="OBE", **HILL), "Councillor Hill", id="Cllr"),
        pytest.param(Addressee("Cllr.", **HILL), "Councillor Hill", id="Cllr with a full stop"),
        pytest.param(Addressee("Ms", **HILL), "Ms Hill", id="Ms"),
        pytest.param(Addressee("Prof", **HILL), "Professor Hill", id="Prof"),
        pytest.param(Addressee("Sir", **HILL), "Sir Michael", id="a knight by his first name"),
        pytest.param(Addressee("Cllr Dr", **HILL), "Councillor Dr Hill", id="two titles"),
        pytest.param(Addressee(**HILL), "Michael Hill", id="no title: the whole name"),
        pytest.param(Addressee(role="Head of Safety"), "Sir or Madam", id="nobody named"),
        pytest.param(Addressee(salutation="Jo", **HILL), "Jo", id="first name only when said"),
        pytest.param(Addressee(salutation="Dear Jo,", **HILL), "Jo", id="said with Dear and comma"),
    ],
)
def test_the_salutation_follows_the_title_and_leaves_honours_out(
    addressee: Addressee, spoken: str
) -> None:
    assert salutation(addressee) == spoken


def test_an_address_shows_titles_and_honours_and_skips_what_is_not_known() -> None:
    addressee = Addressee("Cllr", postnominals="OBE", address_lines=("County Hall", " "), **HILL)
    assert address_block(addressee) == ("Cllr Michael Hill OBE", "County Hall")


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"local_reference": "DHR15", "pseudonyms": ("Maria",)}, "Anytown (DHR15)"),
        ({"local_reference": "", "pseudonyms": ("Maria",)}, "Anytown (‘Maria’)"),
        ({"local_reference": "", "pseudonyms": ("Maria", "Jon")}, "Anytown (‘Maria’ and ‘Jon’)"),
        ({"local_reference": "", "pseudonyms": ()}, "Anytown"),
    ],
)
def test_a_case_goes_by_its_reference_and_by_a_pseudonym_only_without_one(
    said: dict[str, object], named: str
) -> None:
    assert case_name(some_content(**said)) == named


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Police and Crime Commissioner for Kent", OfficeKind.PCC),
        ("PCC", OfficeKind.PCC),
        ("Police, Fire and Crime Commissioner for Essex", OfficeKind.PFCC),
        ("Mayor of Greater Manchester", OfficeKind.MAYOR),
        ("Mayor's Office for Policing and Crime (MOPAC)", OfficeKind.MOPAC),
        ("City of London Police Authority", OfficeKind.CITY),
        ("Common Council of the City of London", OfficeKind.CITY),
        ("Policing Board", OfficeKind.OTHER),
    ],
)
def test_an_office_is_told_by_its_title(title: str, kind: OfficeKind) -> None:
    assert office_kind(title) is kind


def test_days_and_lists_are_written_out() -> None:
    assert long_date(date(2017, 12, 6)) == "6 December 2017"
    assert [joined(("a", "b", "c")[:count]) for count in range(4)] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
