from time import perf_counter

import pytest

from secretariat.domain.letter_content import Point
from secretariat.domain.letter_refs import Places, Standing, cited_in, places_in, references_in
from tests.builders import some_content

REPORT = """\
Overview report
\f1 Introduction
1.1 This review was set up in 2019.
1.2. Its terms are below.
\f4. Analysis
4.1 The first contact.
4.2 The second contact: see page 2.
Paragraph 12 The last contact.
\f7 Recommendations
1. The council should train its staff.
2. The police should do so too.
Recommendation 5: the Trust should say so.
R6 Nobody should be missed.
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See paragraph 4.2.", ["paragraph 4.2"]),
        ("In para 4.2 and para. 5.1.3", ["paragraph 4.2", "paragraph 5.1.3"]),
        ("Section 3 is thin", ["section 3"]),
        (
            "on page 12, and p. 14, pp.20-22",
            [f"page {each}" for each in (12, 14, 20, 21, 22)],
        ),
        ("Recommendation 2 could be broader", ["recommendation 2"]),
        ("rec. 2, Recs 3 & 4", ["recommendation 2", "recommendation 3", "recommendation 4"]),
        ("recommendations R2 to R4", [f"recommendation {each}" for each in (2, 3, 4)]),
        ("paragraphs 4.2, 4.3 and 12.1", [f"paragraph {each}" for each in ("4.2", "4.3", "12.1")]),
        ("paras 4.2–4.4", [f"paragraph {each}" for each in ("4.2", "4.3", "4.4")]),
        ("paragraphs 3.9 to 4.2", ["paragraph 3.9", "paragraph 4.2"]),
        ("paragraph 4.2(a) and 5.6b", ["paragraph 4.2(a)", "paragraph 5.6b"]),
        ("PARAGRAPH 4.2 and paragraph 4.2", ["paragraph 4.2"]),
        ("Section 42 enquiry", []),
        ("under section 9 of the Domestic Violence, Crime and Victims Act 2004", []),
        ("section 17 of the Children Act 1989, and section 5", ["section 5"]),
        ("The parade of 4 May; paragraph four; 12 pages", []),
        ("a page of 3 lines", []),
    ],
)
def test_references_are_recognised_in_every_way_that_panels_write_them(
    text: str, found: list[str]
) -> None:
    assert [str(ref) for ref in references_in(text)] == found


def standings(text: str, places: Places | None) -> list[Standing]:
    content = some_content(conclusion=(), points=(Point(text),))
    return [one.standing for one in cited_in(content, places)]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("paragraph 4.2", Standing.FOUND),
        ("paragraph 4.2(a)", Standing.FOUND),
        ("paragraph 4.9", Standing.NOT_FOUND),
        ("paragraph 12", Standing.FOUND),
        ("section 4", Standing.FOUND),
        ("section 9", Standing.NOT_FOUND),
        ("page 3", Standing.FOUND),
        ("page 40", Standing.NOT_FOUND),
        ("recommendation 2", Standing.FOUND),
        ("recommendation 5", Standing.FOUND),
        ("R6: recommendation 6", Standing.FOUND),
        ("recommendation 19", Standing.NOT_FOUND),
    ],
)
def test_a_reference_is_looked_for_in_the_report(text: str, standing: Standing) -> None:
    assert standings(text, places_in(REPORT)) == [standing]


def test_the_pages_are_those_that_the_file_counts_where_it_does() -> None:
    assert standings("page 40", places_in(REPORT, 60)) == [Standing.FOUND]


def test_a_report_without_numbers_or_text_proves_nothing() -> None:
    text = "paragraph 4.2, section 4, page 9, recommendation 2"
    assert set(standings(text, places_in("Word numbered this by itself."))) == {
        Standing.CANNOT_TELL
    }
    assert set(standings(text, None)) == {Standing.CANNOT_TELL}


def test_each_reference_is_told_with_the_point_where_it_stands() -> None:
    points = (Point("Fine."), Point("See:", ("paragraph 4.9 is thin",)))
    content = some_content(conclusion=("Paragraph 4.2 is good.",), points=points)
    told = [(one.place, str(one.ref), one.standing) for one in cited_in(content, places_in(REPORT))]
    assert told == [
        ("paragraph 1 of the conclusion", "paragraph 4.2", Standing.FOUND),
        ("point 2", "paragraph 4.9", Standing.NOT_FOUND),
    ]


@pytest.mark.parametrize(
    "text", ["1." * 50_000, "paragraph " * 20_000, "paras 1, " + "1, " * 50_000]
)
def test_no_text_makes_it_slow(text: str) -> None:
    began = perf_counter()
    places_in(text)
    references_in(text)
    assert perf_counter() - began < 5


def test_days_at_the_beginning_of_lines_are_no_numbering() -> None:
    text = "12 July 2017 The first call.\n30 May 2018 The last.\n2017 was a long year.\n"
    assert set(standings("paragraph 4, section 3 and paragraph 4.2", places_in(text))) == {
        Standing.CANNOT_TELL
    }
