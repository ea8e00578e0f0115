"""The front page gives its facts, and nothing that it does not state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.front_page import read_front
from secretariat.domain.papers import FACTS, Facts, Line, PaperKind
from tests.papers_builders import A_Cover, lines_of
from tests.papers_covers import COVERS, CSP


@pytest.mark.parametrize("cover", COVERS, ids=lambda cover: cover.title)
def test_a_cover_gives_what_a_careful_person_reads_off_it(cover: A_Cover) -> None:
    front = read_front(cover.lines(), name=cover.name)
    assert _seven(front.facts) == _seven(cover.facts)
    assert front.kind == cover.kind
    assert not cover.warned or any(cover.warned in warning for warning in front.warnings)


def test_an_empty_paper_states_nothing() -> None:
    front = read_front(())
    assert front.facts == Facts()
    assert front.kind is PaperKind.OTHER


@given(st.lists(st.text(max_size=80), max_size=12))
def test_no_text_makes_the_reading_fail(rows: list[str]) -> None:
    facts = read_front(lines_of(*rows)).facts
    assert isinstance(facts.pseudonyms, tuple)


PIECES = st.sampled_from(
    [
        row
        for cover in COVERS
        for page in [cover.pages]
        if isinstance(page, str)
        for row in page.split(" / ")
    ]
)


@given(st.lists(PIECES, max_size=14))
def test_covers_cut_up_and_shuffled_never_give_a_version_before_the_death(rows: list[str]) -> None:
    facts = read_front(lines_of(*rows)).facts
    if facts.date_of_death and facts.version_date:
        assert facts.version_date[:4] >= facts.date_of_death[:4]


def test_a_running_header_is_no_title_and_gives_no_second_reference() -> None:
    pages = [
        Line("Any DHR 9 Executive Summary and Overview", page=page, y=30.0) for page in (1, 2, 3)
    ]
    cover = [Line("Domestic Homicide Review", y=200.0), Line("Overview Report", y=240.0)]
    front = read_front([*pages[:1], *cover, *pages[1:]])
    assert front.kind is PaperKind.OVERVIEW_REPORT
    assert front.facts.local_reference == "DHR 9"


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ("DHR15", "DHR15"),
        ("Ref: ADHR 2011/12-03", "ADHR 2011/12-03"),
        ("Case 20 Overview Report", "Case 20"),
        ("DHR 001", "DHR 001"),
        ("Reference: CSP/2019/4", "CSP/2019/4"),
        ("DHR Overview Report 2016", None),
        ("DHR 2016", None),
        ("Section 9 of the Act 2004", None),
    ],
)
def test_a_local_reference_is_taken_as_written(row: str, number: str | None) -> None:
    assert read_front(lines_of("Domestic Homicide Review", row)).facts.local_reference == number


def test_two_different_references_are_nobodys() -> None:
    front = read_front(lines_of("Domestic Homicide Review", "DHR 12", "Case 14"))
    assert front.facts.local_reference is None
    assert "it gives more than one local reference" in front.warnings


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("The death of ‘Ann’", ("Ann",)),
        ("The death of “Ann”", ("Ann",)),
        ("‘Ann’s death: the death of Ann’s", ("Ann",)),
        ("In respect of the deaths of Ann, Beth and Clare", ("Ann", "Beth", "Clare")),
        ("The death of (‘Louise’)", ("Louise",)),
        ("In relation to the death of AA", ("AA",)),
        ("The homicide of Adult L and Child L", ("Adult L", "Child L")),
        ("Regarding the death of a woman", ()),
        ("Into the death of A Resident of Anytown", ()),
        ("The death of Mr C in June 2015", ("Mr C",)),
        ("The death of April in June 2015", ("April",)),
        ("Domestic Homicide Review ‘Mary Ann’", ("Mary Ann",)),
        ("Southanytown", ()),
    ],
)
def test_those_who_died_are_named_as_the_report_names_them(
    row: str, names: tuple[str, ...]
) -> None:
    assert read_front(lines_of("Overview Report", row)).facts.pseudonyms == names


@pytest.mark.parametrize(
    ("row", "author"),
    [
        ("Author: Mr John Sample", "John Sample"),
        ("Report Author: Dr Jane Made-Up", "Dr Jane Made-Up"),
        ("Author: John Sample M.Sc.", "John Sample"),
        ("Author: John Sample MA/CQSW", "John Sample"),
        ("Author: John Sample OBE QPM BSc", "John Sample OBE QPM"),
        ("Report written by Jean McSample and Jo Example", "Jean McSample and Jo Example"),
        ("Author: Anytown Consulting Ltd", None),
        ("Author: [REDACTED]", None),
        ("Author: Independent Chair", None),
        ("John Sample", None),
    ],
)
def test_an_author_is_a_person_whom_the_page_calls_so(row: str, author: str | None) -> None:
    facts = read_front(lines_of("Domestic Homicide Review", "Overview Report", row)).facts
    assert facts.author == author


@pytest.mark.parametrize(
    "row",
    [
        "Presented to the Partnership on 9 May 2016",
        "Copyright © 2016",
        "Embargoed until 9 May 2016",
        "Review period: 1 May 2014 to 9 May 2016",
        "Submitted to the Home Office 9 May 2016",
        "Approved by the Quality Assurance Panel 9 May 2016",
        "Published May 2016",
        "Domestic Violence, Crime and Victims Act 2004",
        "Report completed 31 September 2016",
    ],
)
def test_a_date_of_something_else_is_not_the_versions(row: str) -> None:
    facts = read_front(lines_of(CSP, "Domestic Homicide Review", "Overview Report", row)).facts
    assert facts.version_date is None
    assert facts.date_of_death is None


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (("Overview Report Executive Summary",), PaperKind.EXECUTIVE_SUMMARY),
        (("Overview Report", "Executive Summary"), PaperKind.EXECUTIVE_SUMMARY),
        (("Overview Report and Executive Summary",), PaperKind.OVERVIEW_REPORT),
        (("MAIN REPORT",), PaperKind.OVERVIEW_REPORT),
        (("Multi-agency Action Plan",), PaperKind.ACTION_PLAN),
        (("Appendix 2", "Terms of reference"), PaperKind.APPENDIX),
        (("Dear Panel", "Please find our report.", "Yours sincerely"), PaperKind.LETTER),
        (("Minutes of a meeting",), PaperKind.OTHER),
    ],
)
def test_a_paper_is_what_its_title_says(rows: tuple[str, ...], kind: PaperKind) -> None:
    assert read_front(lines_of(*rows)).kind is kind


def test_the_files_name_helps_only_where_the_paper_is_silent() -> None:
    silent = lines_of("Domestic Homicide Review", "Anytown")
    assert read_front(silent, name="DHR exec summary.pdf").kind is PaperKind.EXECUTIVE_SUMMARY
    spoken = lines_of("Domestic Homicide Review", "Overview Report")
    assert read_front(spoken, name="exec summary.pdf").kind is PaperKind.OVERVIEW_REPORT


@pytest.mark.parametrize(
    "title",
    ["Individual Management Review", "Terms of Reference", "Domestic Homicide Review data form"],
)
def test_papers_about_a_review_are_not_its_report(title: str) -> None:
    rows = (
        title,
        "Domestic Homicide Review ‘Ann’",
        "Name of CSP: Anytown CSP",
        "Author: Jo Sample",
    )
    front = read_front(lines_of(*rows))
    assert front.kind is PaperKind.OTHER
    assert front.facts.csp == "Anytown CSP"


def _seven(facts: Facts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in FACTS}
