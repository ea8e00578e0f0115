"""A title names who died only where no place, no body and no word of a title could be meant."""

import pytest

from secretariat.domain.front_page import read_front
from tests.papers_builders import lines_of


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (("Victim – Sabrina",), ("Sabrina",)),
        (("DHR Overview Report – Adult F",), ("Adult F",)),
        (("Domestic Homicide Review: Imogen",), ("Imogen",)),
        (("Domestic Homicide Review: Zephy", "Murdered in September 2018"), ("Zephy",)),
        (("Harlow: ‘Zephy’",), ("Zephy",)),
        (("Leeds: Case of Priscilla",), ("Priscilla",)),
        (("Concerning Margery",), ("Margery",)),
        (("Re: Zephy", "Died on 2 May 2016"), ("Zephy",)),
        (("in respect of Grace and Toby", "(died 2017)"), ("Grace", "Toby")),
    ],
)
def test_a_title_or_a_label_with_a_dash_names_who_died(
    rows: tuple[str, ...], names: tuple[str, ...]
) -> None:
    front = read_front(lines_of("Domestic Homicide Review", *rows))
    assert front.facts.pseudonyms == names


@pytest.mark.parametrize(
    "rows",
    [
        ("Domestic Homicide Review: Overview Report",),
        ("Domestic Homicide Review: Executive Summary",),
        ("Domestic Homicide Review – Rochdale", "Died in June 2019"),
        ("Domestic Homicide Review: Winsford", "Died: June 2019"),
        ("Domestic Homicide Review: Winsford", "Safer Winsford Partnership", "Died in June 2019"),
        ("Domestic Homicide Review: Winsford", "Overview Report"),
        ("Re: your letter",),
        ("Re: Resubmission",),
        ("Concerning the circumstances",),
        ("Review – Final",),
        ("Victim – Female",),
        ("Victim – Unknown",),
        ("Strategy: ‘Together’",),
        ("A case of Neglect",),
        ("In respect of Safeguarding",),
        ("Domestic Homicide Review: Grace Example",),
    ],
)
def test_a_place_or_a_word_of_a_title_is_no_name(rows: tuple[str, ...]) -> None:
    assert read_front(lines_of("Overview Report", *rows)).facts.pseudonyms == ()


@pytest.mark.parametrize(
    ("row", "csp"),
    [
        ("Mid Anyshire Partnership", "Mid Anyshire Partnership"),
        (
            "for the Responsible Authorities Group of Poole",
            "Responsible Authorities Group of Poole",
        ),
        ("Anyshire Care Partnership", None),
        ("Anyshire Safeguarding Partnership", None),
        ("Anyshire NHS Partnership", None),
        ("Sussex Partnership", None),
        ("Responsible Authorities Group of May 2019", None),
    ],
)
def test_a_partnership_of_a_place_is_one_only_where_no_other_could_be_meant(
    row: str, csp: str | None
) -> None:
    front = read_front(lines_of("Domestic Homicide Review", "Overview Report", row))
    assert front.facts.csp == csp


def test_the_lead_reviewer_of_a_joint_review_wrote_it() -> None:
    title = "Joint Domestic Homicide Review and Safeguarding Adults Review"
    front = read_front(lines_of(title, "Lead reviewer: Cosmo Placeholder"))
    assert front.facts.author == "Cosmo Placeholder"
    two = read_front(lines_of(title, "Lead reviewer: Cosmo Placeholder and Jo Sample"))
    assert two.facts.author is None


@pytest.mark.parametrize("label", ["Name of deceased", "Deceased", "Victim", "Subject"])
def test_the_word_before_a_bracket_that_says_pseudonym_is_a_label_and_no_name(label: str) -> None:
    front = read_front(lines_of("Domestic Homicide Review", f"{label} (pseudonym): Noor"))
    assert front.facts.pseudonyms == ("Noor",)
