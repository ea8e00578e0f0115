"""What may give a real person away is pointed at by page; the names of officials are left alone."""

import pytest

from secretariat.domain.flags import FlagKind
from secretariat.domain.personal import look_for_details
from secretariat.domain.personal_marks import gives_birth, gives_details

NAMES = ("Sarah", "Adult A")


def kinds(text: str, names: tuple[str, ...] = NAMES) -> set[FlagKind]:
    return {flag.kind for flag in look_for_details([text], names, paged=True)}


@pytest.mark.parametrize(
    "text",
    [
        "Sarah (real name Josephine Bloggs) lived in Anytown.",
        "Sarah, whose real name was Josephine, was thirty.",
        "Real name: Josephine Bloggs",
        "Sarah's real name, Josephine, was used by him.",
        "Sarah Bloggsworth rang the police.",
        "Josephine Bloggs (known in this report as Sarah) was thirty.",
        "Josephine Bloggs, hereafter Sarah, was thirty.",
        "Josephine Bloggs, who will be referred to throughout as ‘Sarah’, was thirty.",
        "Sarah (Josephine Bloggs) was thirty.",
        "Adult A [Josephine Bloggs] was thirty.",
        "In March Sarah Bloggsworth went to her GP.",
        "Sarah, née Bloggsworth, was thirty.",
        "Name of the deceased: Josephine Bloggs",
        "The victim's name was Josephine Bloggs",
    ],
)
def test_what_looks_like_a_real_name_is_pointed_at(text: str) -> None:
    assert FlagKind.REAL_NAME in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sarah (not her real name) lived in Anytown.",
        "Real names have not been used. Sarah is a pseudonym.",
        "Sarah is a pseudonym; the family asked that no real name Of hers be used.",
        "Real name: withheld",
        "Report author: Sarah Example",
        "Sarah Example, Independent Chair",
        "Sarah Example – Anytown Council",
        "Detective Inspector Sarah Example attended.",
        "as Sarah Example (2015) found",
        "The death of Sarah\nAuthor: Kim Sample",
        "The death of Sarah Overview Report",
        "Sarah And Her Family",
        "Sarah (Adult A) and Adult A (Victim) lived at home.",
        "Sarah (Anytown Community Safety Partnership)",
        "Anytown Community Safety Partnership, referred to as the Partnership, met.",
        "The Independent Domestic Violence Adviser (hereafter IDVA) met Sarah.",
        "Adult A Background",
        "Kim Sample, known as Kay, chaired the panel.",
    ],
)
def test_names_of_officials_bodies_and_headings_are_no_real_names(text: str) -> None:
    assert FlagKind.REAL_NAME not in kinds(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("DOB: 03/05/1980", 1),
        ("D.O.B. 3.5.80", 1),
        ("Date of Birth – 3rd May 1980", 1),
        ("date of birth: May 1980", 1),
        ("She was born on 3 May 1980 and he was born on the 4th of June 1979.", 2),
        ("born on Monday 3rd May 1980", 1),
        ("Date of birth (victim): 3 May 1980", 1),
        ("born in 1980", 0),
        ("Date of birth: redacted", 0),
        ("She died on 3 May 2019, aged 39.", 0),
        ("The group was born out of a meeting on 3 May 2019.", 0),
        ("date of report: 3 May 2019", 0),
    ],
)
def test_dates_of_birth_are_counted(text: str, count: int) -> None:
    assert gives_birth(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("They lived at 12 Acacia Avenue until May.", 1),
        ("12a Acacia Road, Anytown, ZE99 9ZZ", 1),
        ("the Home Office, 2 Marsham Street, London SW1P 4DF", 0),
        ("Anytown Council, 1 Made Up Street, Anytown ZE99 9ZZ", 0),
        ("In 2019 Domestic Abuse Road shows were held.", 0),
        ("his mobile 07700 900123", 1),
        ("+44 7700 900123", 1),
        ("she called him on 01632 960123", 1),
        ("Anytown Council: telephone 01632 960123", 0),
        ("the helpline 0808 2000 247 or 0300 123 4567", 0),
        ("between 01/02/2016 and 03/04/2017", 0),
        ("her address josephine.bloggs@gmail.com", 1),
        ("dhr@anytown.gov.example and dhr@anytown.gov.uk", 0),
        ("NHS number 943 476 5919", 1),
        ("NHS no. 9434765919", 1),
        ("NHS number 943 476 5918", 0),
        ("401 023 2137", 1),
        ("the sum of 9434765919", 0),
        ("NI number QQ 12 34 56 C", 0),
        ("her number was AB 12 34 56 C", 1),
        ("case GB 12 34 56 C", 0),
    ],
)
def test_personal_details_are_counted_and_those_of_offices_are_not(text: str, count: int) -> None:
    assert gives_details(text) == count


def test_a_flag_names_the_pages_and_never_the_words() -> None:
    texts = ["Sarah lived here.", "DOB 3/5/1980", "", "DOB 4/6/1981; born on 3 May 1980"]
    (flag,) = look_for_details(texts, NAMES, paged=True)
    assert flag.says == "pages 2 and 4 may hold a date of birth: look before it is passed on"
    assert (flag.count, flag.pages) == (3, (2, 4))


def test_a_text_without_pages_is_called_it() -> None:
    (flag,) = look_for_details(["DOB 3/5/1980"], (), paged=False)
    assert flag.says == "it may hold a date of birth: look before it is passed on"
    assert flag.pages == ()


def test_a_hostile_page_is_soon_done() -> None:
    page = "Aa " * 40_000 + "known " * 20_000 + "0 " * 60_000
    assert look_for_details([page], ("Sarah",), paged=True) == []
