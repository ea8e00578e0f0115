"""What a look at a link amounts to, and what a page says that is not the report."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.domain.changes import ChangeKind
from secretariat.domain.landing import Absence, leads_on, said_instead, same_host
from secretariat.domain.letter_content import Point
from secretariat.domain.likeness import LetterMarks, LikenessPolicy
from secretariat.domain.points_near import Nearness
from secretariat.domain.publication import Finding
from secretariat.domain.verdict import (
    Document,
    Seen,
    Sought,
    judge,
    marks_in,
    seen_from_status,
)
from tests.publication_builders import letter_text, report_text

REPORT, LETTER = report_text(), letter_text()
MARKS = LetterMarks("Anytown", ("DHR15", "Maria"), date(2026, 3, 3))
SOUGHT = Sought((REPORT,), LETTER, MARKS)
BASE = "https://anyshire.example/dhr"


def judged(*texts: str, sought: Sought = SOUGHT) -> Seen:
    documents = [Document(f"{BASE}/{number}", text) for number, text in enumerate(texts)]
    return judge(sought, documents, LikenessPolicy())


@pytest.mark.parametrize(
    ("texts", "finding"),
    [
        pytest.param((f"{REPORT}\n{LETTER}",), Finding.PUBLISHED, id="both in one"),
        pytest.param(("Our reviews", REPORT, LETTER), Finding.PUBLISHED, id="two files"),
        pytest.param((REPORT,), Finding.LETTER_MISSING, id="no letter"),
        pytest.param(
            (REPORT, letter_text(area="Othertown", case="DHR3")),
            Finding.LETTER_MISSING,
            id="another council's letter",
        ),
        pytest.param((LETTER,), Finding.UNSURE, id="the letter alone"),
        pytest.param(("Reviews: DHR15, Anytown",), Finding.UNSURE, id="named, but not there"),
        pytest.param(("Bins are emptied on Mondays.",), Finding.ANOTHER_REPORT, id="bins"),
        pytest.param(("",), Finding.UNSURE, id="nothing to read"),
        pytest.param(("Sorry, page not found.",), Finding.SOFT_404, id="a soft 404"),
        pytest.param(("DHR15: awaiting publication",), Finding.STILL_TO_COME, id="awaited"),
        pytest.param(("Verify you are human",), Finding.BARRED, id="robots kept out"),
        pytest.param((), Finding.UNSURE, id="no document at all"),
    ],
)
def test_what_stands_at_a_link_is_one_of_the_findings(
    texts: tuple[str, ...], finding: Finding
) -> None:
    assert judged(*texts).finding is finding


def test_the_text_that_the_panel_saw_is_published_unchanged() -> None:
    sought = Sought((REPORT,), LETTER, MARKS, seen=REPORT)
    unchanged = judged(f"{REPORT}\n{LETTER}", sought=sought)
    reworded = judged(
        f"{REPORT.replace('passed nothing', 'told nothing')}\n{LETTER}", sought=sought
    )
    assert unchanged.finding is Finding.UNCHANGED
    assert reworded.finding is Finding.PUBLISHED


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("met Maria 7 times", "met Jane 7 times", ChangeKind.NAME),
        ("met Maria 7 times", "met Maria 9 times", ChangeKind.NUMBER),
        ("November 2025", "October 2025", ChangeKind.DATE),
    ],
)
def test_a_name_number_or_date_that_differs_is_for_a_person(
    before: str, after: str, kind: ChangeKind
) -> None:
    seen = judged(f"{REPORT.replace(before, after, 1)}\n{LETTER}")
    assert (seen.finding, [one.kind for one in seen.changes]) == (Finding.UNSURE, [kind])
    assert seen.likeness is not None
    assert seen.likeness > 0.98


def test_an_older_version_is_named_as_such() -> None:
    draft = "\n".join(REPORT.split("\n")[:40])
    sought = Sought((REPORT,), LETTER, MARKS, older=((draft, "the version of March"),))
    seen = judged(f"{draft}\n{LETTER}", sought=sought)
    assert seen.finding is Finding.OLDER_VERSION
    assert seen.why.startswith("the version of March stands there")
    assert judged(f"{REPORT}\n{LETTER}", sought=sought).finding is Finding.PUBLISHED


def test_the_executive_summary_alone_is_no_publication() -> None:
    summary = "\n".join(f"Lesson {number}: agencies in Anytown must ask." for number in range(40))
    sought = Sought((REPORT,), LETTER, MARKS, summaries=(summary,))
    assert judged(f"{summary}\n{LETTER}", sought=sought).finding is Finding.SUMMARY_ALONE
    assert judged(summary, REPORT, LETTER, sought=sought).finding is Finding.PUBLISHED


def test_the_panels_points_stand_beside_what_was_changed() -> None:
    points = (
        Point("paragraph 3.2 does not say what the housing team knew"),
        Point("paragraph 9.4 needs a date"),
        Point("condolences are wanted"),
    )
    sought = Sought((REPORT,), LETTER, MARKS, seen=REPORT, points=points)
    start = REPORT.index("\n3.2 ")
    revised = REPORT[:start] + REPORT[start:].replace("wrote down", "carefully noted", 1)
    seen = judged(f"{revised}\n{LETTER}", sought=sought)
    assert [one.near for one in seen.points] == [
        Nearness.CHANGED,
        Nearness.NOT_CHANGED,
        Nearness.CANNOT_TELL,
    ]


def test_the_best_of_several_versions_counts() -> None:
    draft = "\n".join(REPORT.split("\n")[:40])
    sought = Sought((draft, REPORT), LETTER, MARKS, seen=draft)
    assert judged(f"{REPORT}\n{LETTER}", sought=sought).finding is Finding.PUBLISHED


def test_a_revised_text_that_names_neither_case_nor_person_is_for_a_person() -> None:
    other = REPORT.replace("Maria", "Ann").replace("DHR15", "DHR3")
    assert judged(f"{other}\n{LETTER.replace('DHR15', 'DHR3')}").finding is Finding.UNSURE


def test_a_paper_without_text_is_for_a_person() -> None:
    scan = Document(BASE, "", readable=False)
    assert judge(SOUGHT, [scan], LikenessPolicy()).finding is Finding.UNSURE
    assert judged(REPORT, sought=Sought(("",))).finding is Finding.UNSURE


def test_what_was_taken_out_is_told() -> None:
    chapter = " ".join(f"Chapter{number}" for number in range(130))
    seen = judged(f"{REPORT}\n{LETTER}", sought=Sought((f"{chapter}\n{REPORT}",), LETTER, MARKS))
    assert seen.finding is Finding.UNSURE
    assert any("Chapter0 Chapter1" in line for line in seen.missing)


@pytest.mark.parametrize(
    ("status", "finding"),
    [
        (404, Finding.NOT_FOUND),
        (410, Finding.NOT_FOUND),
        (401, Finding.BARRED),
        (403, Finding.BARRED),
        (429, Finding.BARRED),
        (500, Finding.SITE_DOWN),
        (503, Finding.SITE_DOWN),
        (418, Finding.UNSURE),
        (204, Finding.UNSURE),
    ],
)
def test_a_status_tells_what_it_can(status: int, finding: Finding) -> None:
    seen = seen_from_status(status, BASE)
    assert seen is not None
    assert seen.finding is finding


def test_a_page_that_came_must_be_looked_at() -> None:
    assert seen_from_status(200, BASE) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sorry, we can’t find that page", Absence.SOFT_404),
        ("Error 404", Absence.SOFT_404),
        ("This page no longer exists", Absence.SOFT_404),
        ("The report has not yet been published", Absence.AWAITING),
        ("It is to be published in May", Absence.AWAITING),
        ("Checking your browser", Absence.ROBOTS),
        ("Domestic homicide reviews", None),
        ("word " * 500 + "page not found", None),
    ],
)
def test_a_page_says_why_the_report_is_not_there(text: str, said: Absence | None) -> None:
    assert said_instead(text) is said


def test_a_page_leads_to_papers_of_its_own_host_only() -> None:
    page = """<a href="/bins">Bins</a> <a class=x href='dhr15.pdf'>DHR 15</a>
    <a href=/download/7>Overview report</a> <A HREF="https://www.anyshire.example/a.pdf#p2">A</A>
    <a href="https://elsewhere.example/b.pdf">B</a> <a href="javascript:x">Letter</a>
    <a href="http://[bad/letter.pdf">Letter</a> <a name=letter>Letter</a>"""
    assert [lead.url for lead in leads_on(page, BASE, ("DHR15",))] == [
        "https://anyshire.example/dhr15.pdf",
        "https://www.anyshire.example/a.pdf",
        "https://anyshire.example/download/7",
    ]


def test_a_page_leads_to_ten_papers_at_most_and_the_named_one_is_among_them() -> None:
    page = "".join(f'<a href="/dhr-{number}.pdf">DHR {number}</a>' for number in range(40))
    found = leads_on(page, BASE, ("DHR 33",))
    assert len(found) == 10
    assert found[0].url.endswith("/dhr-33.pdf")


@given(st.text(alphabet="<a href='\"=>/&#;x?:[]", max_size=200))
def test_any_markup_leads_somewhere_or_nowhere(markup: str) -> None:
    assert all(same_host(lead.url, BASE) for lead in leads_on(markup, BASE))


@pytest.mark.parametrize(
    ("letter", "area", "met"),
    [
        (LETTER, "Anytown", date(2026, 3, 3)),
        ("Thank you for the report (Maria) for the Anytown CSP to the Panel", "Anytown CSP", None),
        ("considered at the meeting on 31 June 2026", "From the cover", None),
        ("met on the 28th September 2022", "From the cover", date(2022, 9, 28)),
    ],
)
def test_a_letters_marks_are_read_off_it(letter: str, area: str, met: date | None) -> None:
    marks = marks_in(letter, csp="From the cover", cases=("DHR15",))
    assert (marks.area, marks.meeting_date, marks.cases) == (area, met, ("DHR15",))
