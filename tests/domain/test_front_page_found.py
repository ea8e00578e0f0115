"""What was found stands where it is said to stand, and the facts follow from it."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.domain.found import Found, ReviewKind, Sureness
from secretariat.domain.front_page import Front, facts_from, read_front
from secretariat.domain.front_page_cover import line_numbers
from secretariat.domain.papers import FACTS, Line, PaperKind
from tests.covers_held_out import BATCHES, held_out
from tests.papers_builders import lines_of
from tests.papers_covers import COVERS

EVERY_FACT = {*FACTS, "councils", "review_kind", "version", "kind", "marking", "pages"}
ROWS = [
    *(row for batch in BATCHES for cover in held_out(batch) for page in cover.pages for row in page)
]
PAGES = st.lists(
    st.builds(
        Line,
        st.one_of(st.sampled_from(ROWS), st.text(max_size=90)),
        page=st.integers(1, 3),
        y=st.floats(0, 840),
        edge=st.booleans(),
    ),
    max_size=25,
)


def only(front: Front, fact: str) -> Found:
    found = [one for one in front.found if one.fact == fact]
    assert len(found) == 1
    return found[0]


@given(PAGES)
def test_any_lines_at_all_are_read_and_every_place_exists(lines: list[Line]) -> None:
    front = read_front(lines, name="paper.pdf", pages=3)
    assert {one.fact for one in front.found} == EVERY_FACT
    places = set(zip((line.page for line in lines), line_numbers(lines), strict=True))
    for found in front.found:
        assert found.page == found.line == 0 or (found.page, found.line) in places


@given(PAGES)
def test_the_facts_follow_from_what_was_found(lines: list[Line]) -> None:
    front = read_front(lines)
    assert facts_from(front.found) == front.facts
    assert only(front, "marking").value == front.marking
    assert only(front, "kind").value in {front.kind, None}


@given(PAGES)
def test_a_fact_in_doubt_has_no_value_and_a_value_is_never_in_doubt(lines: list[Line]) -> None:
    for found in read_front(lines).found:
        assert (found.value is None) == (found.sure is Sureness.IN_DOUBT)
        assert found.value is None or not found.others


@given(PAGES)
def test_a_name_is_made_of_words_that_stand_on_the_page(lines: list[Line]) -> None:
    front = read_front(lines)
    page = " ".join(line.text for line in lines)
    said = [front.facts.csp, front.facts.author, front.facts.chair, *front.facts.pseudonyms]
    for name in filter(None, said):
        assert all(word in _run_together(page) for word in map(_run_together, name.split()))


@pytest.mark.parametrize("cover", COVERS, ids=lambda cover: cover.title)
def test_a_value_is_on_the_line_that_is_named(cover: object) -> None:
    lines = cover.lines()  # type: ignore[attr-defined]
    printed = dict(
        zip(
            zip((line.page for line in lines), line_numbers(lines), strict=True), lines, strict=True
        )
    )
    for found in read_front(lines).found:
        if found.value and found.page and found.fact in {"pseudonyms", "author", "chair", "csp"}:
            row = _run_together(printed[found.page, found.line].text)
            assert _run_together(found.written)[:4] in row or "OHR" in row


@pytest.mark.parametrize(
    ("row", "written"),
    [
        ("The death of ‘Sarah’ in May 2019", "‘Sarah’"),
        ("The death of “Sarah” in May 2019", "“Sarah”"),
        ("(Neil)", "(Neil)"),
        ("Adult A", "Adult A"),
        ("In respect of (‘Louise’)", "(‘Louise’)"),
        ("THE DEATH OF WILMA", "WILMA"),
    ],
)
def test_a_pseudonym_keeps_the_form_it_stood_in(row: str, written: str) -> None:
    found = read_front(lines_of("Domestic Homicide Review", "Overview Report", row)).found
    assert [one.written for one in found if one.fact == "pseudonyms"] == [written]


def test_title_and_letters_are_kept_apart_from_the_name() -> None:
    row = "Independent Chair and Author: Mr David Sample QPM, LLB, BA"
    front = read_front(lines_of("Domestic Homicide Review", "Overview Report", row))
    author = only(front, "author")
    assert (author.title, author.value, author.letters) == ("Mr", "David Sample QPM", "QPM LLB BA")
    assert (author.page, author.line, author.sure) == (1, 3, Sureness.STATED)


@pytest.mark.parametrize(
    ("rows", "fact", "others"),
    [
        (("DHR 12", "Case 14"), "local_reference", ("DHR 12", "Case 14")),
        (("Anytown CSP", "Othertown CSP"), "csp", ("Anytown CSP", "Othertown CSP")),
        (("Author: Jo Sample", "Written by Kim Example"), "author", ("Kim Example", "Jo Sample")),
        (("Lead Reviewer: Jo Sample",), "author", ("Jo Sample",)),
        (
            ("Date of death: 3 May 2019", "who died in June 2019"),
            "date_of_death",
            ("2019-05-03", "2019-06"),
        ),
        (("‘Ann’", "March 2019"), "version_date", ("2019-03",)),
        (("The death of ‘Ann’", "The death of ‘Beth’"), "pseudonyms", ("Ann", "Beth")),
        (("Final", "Draft"), "version", ("Final", "Draft")),
    ],
)
def test_what_may_be_meant_is_listed_for_staff_to_choose(
    rows: tuple[str, ...], fact: str, others: tuple[str, ...]
) -> None:
    front = read_front(lines_of("Domestic Homicide Review", "Overview Report", *rows))
    found = only(front, fact)
    assert found.value is None
    assert set(found.others) == set(others)
    assert found.line >= 3


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Domestic Homicide Review", ReviewKind.DHR),
        ("DOMESTIC HOMICIDE / REVIEW", ReviewKind.DHR),
        ("Domestic Abuse Related Death Review", ReviewKind.DARDR),
        ("DARDH 4", ReviewKind.DARDR),
        ("DHARD 4", ReviewKind.DARDR),
        ("DADRD 4", ReviewKind.DARDR),
        ("Fatal Incident Review", ReviewKind.FIR),
        ("Single Unified Safeguarding Review", ReviewKind.SUSR),
        ("Joint DHR and SAR", ReviewKind.DHR_AND_SAR),
        ("Domestic Homicide Review / Safeguarding Adult Review", ReviewKind.DHR_AND_SAR),
        ("Domestic Homicide Review and Serious Case Review", ReviewKind.DHR_AND_CHILD),
        (
            "Domestic Homicide and Mental Health Homicide Review (DHR)",
            ReviewKind.DHR_AND_MENTAL_HEALTH,
        ),
        ("Minutes of the board", None),
    ],
)
def test_the_kind_of_review_is_the_one_that_the_title_names(
    title: str, kind: ReviewKind | None
) -> None:
    assert read_front(lines_of(*title.split(" / "))).facts.review_kind == kind


@pytest.mark.parametrize(
    ("row", "version"),
    [
        ("Final", "Final"),
        ("FINAL REPORT", "Final"),
        ("Final Draft", "Final Draft"),
        ("Version 2.1", "Version 2.1"),
        ("V2.1 FINAL", "V2.1 Final"),
        ("Final (Redacted)", "Final (Redacted)"),
        ("FINAL – FOR PUBLICATION", "Final – for Publication"),
        ("For publication", "For publication"),
        ("Draft Overview Report", "Draft"),
        ("Not for publication", None),
        ("Published May 2019", None),
        ("The final report was approved", None),
    ],
)
def test_a_version_is_what_the_paper_calls_itself(row: str, version: str | None) -> None:
    assert read_front(lines_of("Domestic Homicide Review", row)).facts.version == version


@pytest.mark.parametrize(
    ("rows", "councils"),
    [
        (("Anytown Borough Council",), ("Anytown Borough Council",)),
        (("Anytown CSP", "Anytown Borough Council"), ()),
        (
            ("Anytown CSP", "Anytown Borough Council and Othertown City Council"),
            ("Anytown Borough Council", "Othertown City Council"),
        ),
        (("LONDON BOROUGH OF ANYTOWN",), ("London Borough of Anytown",)),
        (("Report by Jo Sample, Director at Anytown Borough Council",), ()),
    ],
)
def test_councils_are_named_where_there_are_several_or_no_partnership(
    rows: tuple[str, ...], councils: tuple[str, ...]
) -> None:
    front = read_front(lines_of("Domestic Homicide Review", "Overview Report", *rows))
    assert front.facts.councils == councils


@pytest.mark.parametrize(
    ("row", "died"),
    [
        ("who died between 1 and 3 May 2019", "2019-05"),
        ("died between 28 April and 3 May 2019", "2019"),
        ("died between December 2018 and January 2019", None),
        ("who was murdered in the summer of 2018", "2018"),
        ("Adult A (d. 12/03/2019)", "2019-03-12"),
        ("who died on the 12th of March 2019", "2019-03-12"),
        ("died 2018", "2018"),
        ("Date of birth: 12/03/1968", None),
    ],
)
def test_a_death_is_dated_as_precisely_as_the_page_says(row: str, died: str | None) -> None:
    facts = read_front(lines_of("Domestic Homicide Review", "Overview Report", row)).facts
    assert facts.date_of_death == died


def test_an_american_date_is_read_with_a_warning() -> None:
    front = read_front(lines_of("Domestic Homicide Review", "Completed 10/16/2015"))
    assert front.facts.version_date == "2015-10-16"
    assert only(front, "version_date").sure is Sureness.LIKELY
    assert "it writes a date with the month first: check it" in front.warnings


def test_cells_of_one_row_are_one_printed_line() -> None:
    rows = [Line("Chair", y=60.0), Line("Jo Sample", y=60.2), Line("Author", y=90.0)]
    assert line_numbers(rows) == [1, 1, 2]


def test_a_kind_taken_from_the_files_name_stands_on_no_page() -> None:
    front = read_front(lines_of("Domestic Homicide Review"), name="Overview report.pdf")
    kind = only(front, "kind")
    assert front.kind is PaperKind.OVERVIEW_REPORT
    assert (kind.page, kind.line, kind.sure) == (0, 0, Sureness.LIKELY)


def test_identical_covers_of_report_and_summary_are_told_apart_by_their_names_alone() -> None:
    cover = lines_of("Anytown CSP", "Domestic Homicide Review", "DHR 17", "‘Ann’ died May 2020")
    report = read_front(cover, name="DHR 17 overview report.pdf")
    summary = read_front(cover, name="DHR 17 executive summary.pdf")
    assert report.facts == summary.facts
    assert (report.kind, summary.kind) == (
        PaperKind.OVERVIEW_REPORT,
        PaperKind.EXECUTIVE_SUMMARY,
    )


REPEATED = ["A ", "Anytown and ", "Jo Sample, ", "1/2/", "Adult A and ", "'", "Safer ", "of the "]
SINGLE = ["written by ", "May ", "Chair ", "(", "and ", "Final "]


@pytest.mark.parametrize(
    "piece", [*REPEATED, "written by ", "May ", "Chair ", "(", "and ", "Final "]
)
def test_a_line_as_long_as_a_book_takes_no_time(piece: str) -> None:
    lines = lines_of(*[piece * (100_000 // len(piece))] * 5, "Overview Report")
    began = time.process_time()
    read_front(lines)
    assert time.process_time() - began < 0.5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*REPEATED, *"-–:,.&/"]), min_size=1, max_size=5))
def test_no_mixture_of_pieces_makes_the_reading_slow(pieces: list[str]) -> None:
    row = "".join(pieces) * (2_000 // len("".join(pieces)))
    began = time.process_time()
    read_front(lines_of(*[row] * 40))
    assert time.process_time() - began < 2.0


def _run_together(text: str) -> str:
    return re.sub(r"[^\w]", "", text.casefold())
