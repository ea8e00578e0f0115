"""Rows of a list: which columns are known, what a row states, and why one is doubtful."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.domain.errors import Refused
from secretariat.domain.import_columns import HEADINGS, KNOWN, Column, column_of, headings_of
from secretariat.domain.import_rows import MOST_ROWS, ListedCase, case_of, cases_in
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Status
from tests.builders import TODAY

PLAIN = {
    "CSP": "Anytown CSP",
    "Local ref": "DHR15",
    "Pseudonyms": "Maria",
    "Date of death": "April 2018",
    "Date submitted": "4.1.2021",
    "Panel date": "3.2.2021",
    "Outcome": "Publish after changes",
    "Letter sent": "1/3/2021",
}


def a_case(**said: str) -> ListedCase:
    """Return a plain row as it is read, with cells changed; keys have _ for blanks."""
    cells = PLAIN | {key.replace("_", " "): value for key, value in said.items()}
    rows = [list(cells), list(cells.values())]
    return case_of(2, rows[1], headings_of(rows), today=TODAY)


def test_a_whole_row_states_a_case() -> None:
    case = a_case(Email="jo.bloggs@anyshire.example", URL="https://anyshire.example/dhr15")
    assert case.faults == ()
    assert (case.partnership, case.local_reference) == ("Anytown CSP", "DHR15")
    assert (case.pseudonyms, case.died) == (("Maria",), "2018-04")
    assert case.sender == "jo.bloggs@anyshire.example"
    assert case.outcome is Outcome.PUBLISH_AFTER_CHANGES
    stood = case.stood
    assert stood is not None
    assert stood.status is Status.PUBLICATION_AWAITED
    assert (stood.received_on, stood.letter_on) == (date(2021, 1, 4), date(2021, 3, 1))
    assert (stood.considered_on, stood.since) == (date(2021, 2, 3), date(2021, 3, 1))


@pytest.mark.parametrize("heading", ["CSP", " csp ", "Community Safety Partnership (CSP)", "C.S.P"])
def test_headings_are_known_however_they_are_spelt(heading: str) -> None:
    assert column_of(heading) is (None if heading == "C.S.P" else Column.PARTNERSHIP)


def test_no_heading_stands_for_two_things() -> None:
    listed = [name for names in HEADINGS.values() for name in names.split("|")]
    assert len(listed) == len(KNOWN) == len(set(listed))
    assert all(column_of(name) is column for name, column in KNOWN.items())


def test_a_title_above_the_headings_is_passed_over() -> None:
    rows = [["DHR cases 2019 to 2021"], [], ["CSP", "DHR number"], ["Anytown CSP", "DHR15"]]
    found = headings_of(rows)
    assert found.row == 3
    (case,) = cases_in(rows, found, today=TODAY)
    assert case.row == 4


@pytest.mark.parametrize(
    "rows", [[], [[]], [["CSP"], ["Anytown"]], [["Name", "Outcome"]], [["a", "b"]] * 40]
)
def test_a_list_without_known_headings_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(Refused, match="no row of headings"):
        headings_of(rows)


def test_two_columns_of_one_kind_are_refused_by_name() -> None:
    with pytest.raises(Refused, match="“Date submitted” and “Received”"):
        headings_of([["CSP", "Date submitted", "Received"]])


def test_pseudonyms_and_remarks_may_have_several_columns() -> None:
    case = a_case(Pseudonym_2="“Sam” and Adult B", Notes="one", Remarks="two")
    assert case.pseudonyms == ("Maria", "Sam", "Adult B")
    assert case.remarks == "one\ntwo"


@pytest.mark.parametrize(
    "heading",
    ["Victim name", "Name", "Deceased", "Real name(s)", "Perpetrator", "DOB", "Next of kin"],
)
def test_a_column_that_may_hold_real_names_is_told_of_and_never_read(heading: str) -> None:
    rows = [[*PLAIN, heading, "Colour"], [*PLAIN.values(), "Jane Invented", "blue"]]
    found = headings_of(rows)
    assert (found.real_names, found.left_out) == ((heading,), ("Colour",))
    case = case_of(2, rows[1], found, today=TODAY)
    assert case.faults == ()
    assert "Invented" not in repr(case)
    assert "blue" not in repr(case)


@pytest.mark.parametrize("column", ["Pseudonyms", "Remarks", "Local_ref"])
def test_a_real_name_in_a_column_that_is_kept_makes_the_row_doubtful(column: str) -> None:
    case = a_case(**{"Victim_name": "Jane Invented", column: "the INVENTED case"})
    assert case.stood is None
    assert len(case.faults) == 1
    assert "may hold a real name" in case.faults[0]
    assert "invented" not in case.faults[0].casefold()


def test_a_pseudonym_that_is_no_name_is_no_leak() -> None:
    assert a_case(Victim="Adult A", Pseudonyms="Adult A").faults == ()


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"Letter_sent": "", "Panel_date": "", "Outcome": ""}, Status.RECEIVED),
        ({"Letter_sent": "", "Panel_date": "3.6.2026", "Outcome": ""}, Status.RECEIVED),
        ({"Letter_sent": "", "Outcome": ""}, Status.CONSIDERED),
        ({"Letter_sent": ""}, Status.CONSIDERED),
        ({"Outcome": "resubmit"}, Status.RESUBMISSION_AWAITED),
        ({"Date_published": "May 2021"}, Status.PUBLISHED),
        ({"Status": "Published"}, Status.PUBLISHED),
        ({"Status": "Published", "Outcome": ""}, Status.PUBLISHED),
        ({"Status": "closed", "Date_published": "5/2021"}, Status.PUBLISHED),
        ({"Status": "Not for publication"}, Status.NOT_FOR_PUBLICATION),
        ({"Status": "withdrawn", "Letter_sent": "", "Outcome": ""}, Status.WITHDRAWN),
        ({"Status": "Letter sent"}, Status.PUBLICATION_AWAITED),
        ({"Status": "resubmitted", "Outcome": "resubmit"}, Status.RECEIVED),
        ({"URL": "https://anyshire.example/dhr15"}, Status.PUBLICATION_AWAITED),
    ],
)
def test_where_a_case_stands_follows_from_what_the_list_says(
    cells: dict[str, str], status: Status
) -> None:
    case = a_case(**cells)
    assert case.faults == ()
    assert case.stood is not None
    assert case.stood.status is status


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"CSP": ""}, "names no partnership"),
        ({"Outcome": "perhaps"}, "the outcome “perhaps” is not known"),
        ({"Status": "sort of done"}, "does not say where the case stands"),
        ({"Status": "closed"}, "does not say where the case stands"),
        ({"Date_submitted": "44230"}, "date submitted: “44230” may be Excel's"),
        ({"Date_submitted": "4.1.2022"}, "the date submitted lies after the date considered"),
        ({"Date_of_death": "2022"}, "the date of death lies after the date submitted"),
        ({"Letter_sent": "3.3.2027"}, "the letter's date is still to come"),
        ({"Outcome": ""}, "the Panel's outcome is not stated"),
        ({"Status": "received"}, "a letter was sent, but the list says: received"),
        ({"Status": "letter drafted"}, "a letter was sent, but the list says: considered"),
        ({"Status": "published", "Outcome": "resubmit"}, "asks for a resubmission"),
        ({"Status": "awaiting resubmission"}, "the Panel's outcome is another"),
        ({"Date_submitted": "", "Panel_date": "", "Letter_sent": ""}, "neither when it was"),
        ({"URL": "https://a.example/x", "Outcome": "resubmit"}, "a link to its publication"),
        ({"Our_ref": "QA-2031-0001"}, "cannot be a reference"),
        ({"Our_ref": "QA-2026-99999"}, "cannot be a reference"),
        ({"Chase_from": "1.1.2020"}, "still to come"),
        ({"Chase_from": "June 2026"}, "write a whole day"),
        ({"Pseudonyms": "x" * 400}, "longer than 300 characters"),
    ],
)
def test_what_contradicts_itself_is_a_doubt_for_a_person(cells: dict[str, str], told: str) -> None:
    case = a_case(**cells)
    assert case.stood is None or case.faults
    assert told in "; ".join(case.faults)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"Email": "see the file"}, "not one address and is left out"),
        ({"URL": "on their site"}, "does not begin with http"),
        ({"URL": "javascript:alert(1)"}, "does not begin with http"),
        ({"Date_submitted": ""}, "3 February 2021 stands in its place"),
        ({"Date_submitted": "Jan 2021"}, "1 January 2021 stands in its place"),
        ({"Letter_sent": "March 2021"}, "it is not chased"),
        ({"Letter_sent": "", "Panel_date": "3.6.2026", "Outcome": ""}, "list it for its meeting"),
    ],
)
def test_what_is_left_out_is_told_and_the_row_is_taken(cells: dict[str, str], told: str) -> None:
    case = a_case(**cells)
    assert case.faults == ()
    assert told in "; ".join(case.notes)


def test_our_reference_is_known_and_an_older_one_is_kept_as_text() -> None:
    assert a_case(Our_ref="qa/2025/12").ours == Reference(2025, 12)
    older = a_case(Our_ref="HO 17/2019")
    assert (older.ours, older.earlier) == (None, "HO 17/2019")


def test_the_same_row_has_the_same_mark_wherever_it_stands() -> None:
    rows = [list(PLAIN), list(PLAIN.values())]
    turned = [row[::-1] for row in rows]
    one = case_of(2, rows[1], headings_of(rows), today=TODAY)
    other = case_of(9, turned[1], headings_of(turned), today=TODAY)
    assert one.mark == other.mark
    assert one.mark != a_case(Outcome="publish").mark


def test_empty_rows_are_passed_over_and_too_many_are_refused() -> None:
    head = ["CSP", "DHR number"]
    rows = [head, ["", " "], ["Anytown", "1"], []]
    assert [case.row for case in cases_in(rows, headings_of(rows), today=TODAY)] == [3]
    many = [head, *([["Anytown", "1"]] * (MOST_ROWS + 1))]
    with pytest.raises(Refused, match="in parts"):
        cases_in(many, headings_of(many), today=TODAY)
