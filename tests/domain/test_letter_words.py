from datetime import date

import pytest

from secretariat.domain.letter_content import Addressee, Greeting
from secretariat.domain.letter_words import (
    OfficeKind,
    address_block,
    day_named,
    doubts_about_day,
    greeting,
    joined,
    long_date,
    office_kind,
    salutation,
    tidy,
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
        pytest.param(
            Addressee("Ms", greeting=Greeting.BY_FIRST_NAME, **HILL), "Michael", id="by first name"
        ),
        pytest.param(
            Addressee("Ms", last="Hill", greeting=Greeting.BY_FIRST_NAME),
            "Ms Hill",
            id="a first name chosen and not known",
        ),
        pytest.param(
            Addressee("Ms", role="Leader", greeting=Greeting.BY_ROLE, **HILL), "Leader", id="role"
        ),
        pytest.param(Addressee(role="Chief Executive"), "Chief Executive", id="a chief"),
        pytest.param(
            Addressee(role="Interim chief executive officer"), "Chief Executive", id="an interim"
        ),
        pytest.param(
            Addressee("Ms", role="Chief Executive", **HILL), "Ms Hill", id="a chief with a name"
        ),
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


def test_every_addressee_is_greeted_once() -> None:
    jo, chief = Addressee("Ms", last="Bloggs"), Addressee(role="Chief Executive")
    content = some_content(addressee=Addressee("Cllr", **HILL), others=(jo, chief, chief))
    assert greeting(content) == "Councillor Hill, Ms Bloggs and Chief Executive"
    assert greeting(some_content(addressee=Addressee(), others=())) == "Sir or Madam"


@pytest.mark.parametrize(
    ("written", "day", "doubted"),
    [
        ("", date(2023, 9, 6), ()),
        ("6th Sept 2023", date(2023, 9, 6), ()),
        ("28th Sept", None, ("without its year",)),
        ("25th Feb 2023", date(2023, 2, 25), ("Wednesdays",)),
        ("6th Sept 2022", date(2023, 9, 6), ("kept as 6 September 2023",)),
        ("7 September", date(2023, 9, 6), ("without its year", "kept as")),
        ("6 October 2023", date(2023, 9, 6), ("kept as",)),
        ("", None, ()),
    ],
)
def test_an_odd_day_of_the_panel_is_told_and_never_corrected(
    written: str, day: date | None, doubted: tuple[str, ...]
) -> None:
    content = some_content(meeting_date=day, date_as_written=written)
    told = doubts_about_day(content)
    assert len(told) == len(doubted)
    assert all(word in doubt for word, doubt in zip(doubted, told, strict=True))
    assert day_named(content) == (long_date(day) if day else written)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a good report..", "a good report."),
        ("one;; two", "one; two"),
        ("and so on...", "and so on..."),
        ("one.. two....", "one. two...."),
        ("e.g. this.", "e.g. this."),
    ],
)
def test_a_doubled_full_stop_is_made_one_and_an_ellipsis_stays(typed: str, shown: str) -> None:
    assert tidy(typed) == shown


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
        ("Domestic Abuse Commissioner", OfficeKind.DAC),
        ("DAC", OfficeKind.DAC),
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
