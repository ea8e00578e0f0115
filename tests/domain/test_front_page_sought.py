"""What is sought by its words first is found wherever its pattern stands."""

import re

import pytest

from secretariat.domain import front_page_kind as kinds
from secretariat.domain.front_page_bodies import NUMBER, numbers_in
from secretariat.domain.front_page_sought import Sought
from secretariat.domain.front_page_version import MAY_BE_VERSION, VERSION
from tests.covers_held_out import BATCHES, held_out

SIGNS = [
    kinds.HOMICIDE_REVIEW,
    kinds.STATUTE,
    *(sign for _, sign in (*kinds.JOINED, *kinds.OTHER_REVIEWS)),
]
ROWS = [
    row for batch in BATCHES for cover in held_out(batch) for page in cover.pages for row in page
]
LONG = [
    "DOMESTIC HOMICIDE REVIEW and Safeguarding Adult Review (SAR)",
    "Joint DHR and Serious Case Review",
    "Children's Safeguarding Practice Review, CSPR 4",
    "Independent mental health investigation, MHHR",
    "Adolygiad Diogelu Unedig Sengl",
    "Adolygiad o Ddynladdiad Domestig",
    "Fatal Incident Review FIR 3",
    "under section 9 of the Domestic Violence, Crime and Victims Act 2004",
]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_line_is_passed_over_for_want_of_a_word(sign: Sought) -> None:
    missed = [
        row for row in (*ROWS, *LONG) if bool(sign.search(row)) != bool(sign.pattern.search(row))
    ]
    assert missed == []
    assert any(sign.search(row) for row in (*ROWS, *LONG))


def test_no_version_is_passed_over_for_want_of_a_word() -> None:
    versions = [row for row in ROWS if VERSION.search(row)]
    assert len(versions) > 20
    assert all(MAY_BE_VERSION.search(row.casefold()) for row in versions)


@pytest.mark.parametrize(
    "row",
    [
        *ROWS,
        "DHR DHR 4",
        "AB-DHR4 and ab-DHR 5",
        "Ref: DHR 4, Ref DHR/5 (Case 6)",
        "İ ß DHR 7",
        "SDHR12/13 OHRDHR 3",
        "reference no. 12-AB, dhr/fir 3",
    ],
)
def test_numbers_are_the_ones_that_the_whole_pattern_finds(row: str) -> None:
    assert [found.span() for found in numbers_in(row)] == [
        found.span() for found in NUMBER.finditer(row)
    ]


def test_a_pattern_is_not_tried_where_its_words_are_missing() -> None:
    sign = Sought(re.compile("review"), ("homicide",))
    assert sign.search("review") is None
    assert sign.search("Homicide review") is not None
