import pytest

from secretariat.domain.letter_content import Naming
from secretariat.domain.letter_naming import (
    bare,
    bodies,
    case_name,
    deaths,
    named,
    possessive,
    whose,
)
from tests.builders import some_content


@pytest.mark.parametrize(
    "stored",
    ["Sarah", "‘Sarah’", "“Sarah”", '"Sarah"', "'Sarah'", "(Sarah)", "‘(Sarah)’", " Sarah "],
)
@pytest.mark.parametrize(
    ("naming", "shown"),
    [
        (Naming.IN_BRACKETS, "(‘Sarah’)"),
        (Naming.BARE, "(Sarah)"),
        (Naming.OUTSIDE, "‘(Sarah)’"),
        (Naming.IN_RELATION, "in relation to the death of ‘Sarah’"),
        (Naming.NOT_NAMED, ""),
    ],
)
def test_a_name_bears_its_marks_once_however_it_was_stored(
    stored: str, naming: Naming, shown: str
) -> None:
    content = some_content(local_reference="", pseudonyms=(stored,), naming=naming)
    assert named(content) == shown


@pytest.mark.parametrize("name", ["Mrs. Z", "Adult A", "J", "O’Neil", "Mr C", "D'Arcy"])
def test_a_name_of_an_odd_shape_stays_as_it_is(name: str) -> None:
    assert bare(f"‘{name}’") == name


@pytest.mark.parametrize(
    ("name", "its"),
    [
        ("Louise", "Louise’s"),
        ("James", "James’s"),
        ("James’", "James’s"),
        ("Louise’s", "Louise’s"),
        ("Mrs. Z", "Mrs. Z’s"),
        ("", ""),
    ],
)
def test_a_possessive_is_made_once(name: str, its: str) -> None:
    assert possessive(name) == its


@pytest.mark.parametrize(
    ("names", "said", "belongs"),
    [
        ((), "death", ""),
        (("Ella",), "death", "Ella’s"),
        (("Laura", "Ella"), "deaths", "Laura and Ella’s"),
        (("Ella", "‘Ella’"), "death", "Ella’s"),
    ],
)
def test_one_death_or_several_follow_the_names(
    names: tuple[str, ...], said: str, belongs: str
) -> None:
    content = some_content(pseudonyms=names)
    assert (deaths(content), whose(content)) == (said, belongs)
    assert whose(some_content(pseudonyms=names, naming=Naming.NOT_NAMED)) == ""


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"local_reference": "DHR15", "pseudonyms": ("Maria",)}, "Anytown (DHR15)"),
        ({"local_reference": "(DHR 7)"}, "Anytown (DHR 7)"),
        ({"local_reference": "", "pseudonyms": ("Maria",)}, "Anytown (‘Maria’)"),
        ({"local_reference": "", "pseudonyms": ("Maria", "Jon")}, "Anytown (‘Maria’ and ‘Jon’)"),
        (
            {"local_reference": "D1", "pseudonyms": ("A", "B"), "naming": Naming.IN_RELATION},
            "Anytown (D1) in relation to the deaths of ‘A’ and ‘B’",
        ),
        ({"local_reference": "", "pseudonyms": ()}, "Anytown"),
        ({"local_reference": "", "pseudonyms": (), "naming": Naming.IN_RELATION}, "Anytown"),
        ({"case_words": " Anytown (a woman) "}, "Anytown (a woman)"),
        ({"local_reference": "", "pseudonyms": (), "area": " "}, "…"),
    ],
)
def test_a_case_goes_by_its_reference_and_by_a_pseudonym_only_without_one(
    said: dict[str, object], shown: str
) -> None:
    assert case_name(some_content(**said)) == shown


CSP = "Community Safety Partnership"


@pytest.mark.parametrize(
    ("partnerships", "article", "shown"),
    [
        ((), "the", "Anytown"),
        ((f"Devon {CSP}",), "the", f"the Devon {CSP} (CSP)"),
        ((f"Devon {CSP} (CSP)",), "", f"Devon {CSP} (CSP)"),
        (("Devon CSP",), "", f"Devon {CSP} (CSP)"),
        ((f"Kent {CSP}", "Medway CSP"), "the", f"the Kent {CSP} (CSP) and the Medway CSP"),
        (("Safer Plymouth",), "the", "Safer Plymouth"),
        (("Safer Halton Partnership",), "the", "the Safer Halton Partnership"),
        (("The Board",), "the", "The Board"),
        (
            ("A & B Board", "C, D and E Group", "F Board"),
            "the",
            "the A & B Board; the C, D and E Group; and the F Board",
        ),
    ],
)
def test_partnerships_are_named_in_full_with_the_lead_first(
    partnerships: tuple[str, ...], article: str, shown: str
) -> None:
    assert bodies(some_content(partnerships=partnerships, article=article)) == shown


def test_an_area_that_is_not_said_is_that_of_the_partnerships_without_article() -> None:
    content = some_content(
        area="", local_reference="D1", partnerships=(f"Devon {CSP}",), article="the"
    )
    assert case_name(content) == "Devon (D1)"
