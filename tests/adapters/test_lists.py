"""Lists of cases as spreadsheet programs save them, read in the process apart."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.adapters.papers.cells import rows_of_csv
from secretariat.adapters.papers.listed import IsolatedSheets
from secretariat.adapters.papers.reader import Reader
from secretariat.domain.import_sheet import SheetUnreadable
from secretariat.domain.papers import ContainerRefused

LISTS = Path(__file__).parents[1] / "corpus" / "lists"
HEAD, ROW = ["CSP", "Pseudonyms"], ["Caerdydd – Cardiff", "Siân, “Maria”"]
PLAIN = 'CSP,Pseudonyms\r\nCaerdydd – Cardiff,"Siân, “Maria”"\r\n'
CELLS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), min_size=1
)


@pytest.fixture(scope="module")
def sheets() -> Iterator[IsolatedSheets]:
    with Reader() as reader:
        yield IsolatedSheets(reader.work)


def zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in parts.items():
            container.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_a_csv_is_read_whatever_its_letters_and_line_ends(encoding: str, ends: str) -> None:
    assert rows_of_csv(PLAIN.replace("\r\n", ends).encode(encoding)) == [HEAD, ROW]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_csv_is_read_whatever_parts_its_cells(separator: str) -> None:
    file = io.StringIO(newline="")
    rows = [["CSP", "Panel date", "Notes"], ["Anytown", "3.2.2021", "a, b; c"], ["Chester", "", ""]]
    csv.writer(file, delimiter=separator).writerows(rows)
    assert rows_of_csv(file.getvalue().encode()) == rows


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=8))
def test_whatever_a_spreadsheet_writes_as_csv_comes_back(rows: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    assert rows_of_csv(file.getvalue().encode("utf-8-sig")) == rows


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_sentence(content: bytes) -> None:
    try:
        rows = rows_of_csv(content)
    except ContainerRefused as fault:
        told = fault.why
    else:
        told = ""
        assert all(isinstance(cell, str) for row in rows for cell in row)
    assert told == "" or " " in told


def test_the_line_that_tells_excel_the_separator_is_no_row_of_the_list_but_is_counted() -> None:
    assert rows_of_csv(b"sep=;\r\nCSP;Notes\r\nA;x,y\r\n") == [[], ["CSP", "Notes"], ["A", "x,y"]]


def test_a_line_break_in_a_cell_is_part_of_it() -> None:
    assert rows_of_csv(b'CSP,Notes\nA,"one\ntwo"\n')[1] == ["A", "one\ntwo"]


def test_a_quotation_mark_without_its_other_is_told_with_its_line() -> None:
    with pytest.raises(ContainerRefused) as refused:
        rows_of_csv(b'CSP,Notes\nA,"one\nB,two\n')
    assert "quotation mark near line" in refused.value.why


def test_an_ods_gives_days_months_and_numbers_as_they_are_shown(sheets: IsolatedSheets) -> None:
    sheet = sheets.rows((LISTS / "cases.ods").read_bytes())
    assert sheet.rows == (
        ("CSP", "Submitted", "Died", "No"),
        ("Anytown CSP", "2021-02-03", "2018-04", "15"),
        (),
        (),
        (),
        ("Far", "", "", "x"),
    )


def test_an_xlsx_gives_days_and_months_and_keeps_the_rows_that_are_left_out(
    sheets: IsolatedSheets,
) -> None:
    sheet = sheets.rows((LISTS / "cases.xlsx").read_bytes())
    assert sheet.rows == (
        ("CSP", "Local ref", "Submitted", "Died", "No"),
        ("Anytown CSP", "15", "2021-02-03", "2018-04", "44230"),
        (),
        (),
        ("After a gap", "", "2021-02-03"),
    )
    assert sheet.others == 1


def test_a_csv_goes_through_the_process_apart_too(sheets: IsolatedSheets) -> None:
    assert sheets.rows(PLAIN.encode()).rows == (tuple(HEAD), tuple(ROW))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel file"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (b"%PDF-1.7\0\0\0", "no list that can be read"),
        (zipped(word__document_xml="<w/>"), "no list that can be read"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "no spreadsheet"),
        (
            zipped(
                mimetype="application/vnd.oasis.opendocument.spreadsheet",
                content_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            ),
            "not safe to read",
        ),
        (
            zipped(
                mimetype="application/vnd.oasis.opendocument.spreadsheet",
                **{"META-INF__manifest_xml": "<m><encryption-data/></m>"},
            ),
            "password",
        ),
        (b"a,b\n" * 20_001, "more than 20000 rows"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(
    sheets: IsolatedSheets, content: bytes, told: str
) -> None:
    with pytest.raises(SheetUnreadable) as refused:
        sheets.rows(content)
    assert told in str(refused.value)


def test_a_sheet_that_repeats_a_million_cells_stays_small(sheets: IsolatedSheets) -> None:
    table = (
        '<spreadsheet><table><table-row number-rows-repeated="1000000">'
        '<table-cell number-columns-repeated="16384"/></table-row>'
        '<table-row><table-cell value-type="string" number-columns-repeated="16384"><p>x</p>'
        "</table-cell></table-row></table></spreadsheet>"
    )
    ods = "application/vnd.oasis.opendocument.spreadsheet"
    rows = sheets.rows(zipped(mimetype=ods, content_xml=table)).rows
    assert (len(rows), len(rows[-1])) == (1001, 200)


def test_a_row_that_is_there_a_million_times_is_refused(sheets: IsolatedSheets) -> None:
    table = (
        '<spreadsheet><table><table-row number-rows-repeated="1000000">'
        '<table-cell value-type="string"><p>x</p></table-cell></table-row></table></spreadsheet>'
    )
    ods = "application/vnd.oasis.opendocument.spreadsheet"
    with pytest.raises(SheetUnreadable, match="more than 20000 rows"):
        sheets.rows(zipped(mimetype=ods, content_xml=table))


def test_a_cut_file_is_refused_and_the_next_is_read(sheets: IsolatedSheets) -> None:
    whole = (LISTS / "cases.ods").read_bytes()
    for size in (100, len(whole) // 2, len(whole) - 30):
        with pytest.raises(SheetUnreadable):
            sheets.rows(whole[:size])
    assert sheets.rows(whole).rows
