"""What the reading process does with a list: lay open its cells as text, row by row.

A CSV file says neither what its letters are nor what parts its cells, so both are found out.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from secretariat.adapters.papers.cells_ods import lay_open_ods
from secretariat.adapters.papers.cells_xlsx import lay_open_xlsx
from secretariat.adapters.papers.office_xml import open_office
from secretariat.adapters.papers.zips import part
from secretariat.domain.papers import ContainerRefused

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
MOST_OF_A_CELL: Final = 10_000
SEPARATORS: Final = ",;\t|"
ROWS_TO_JUDGE: Final = 40
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
OTHER: Final = "it is no list that can be read: save it as .ods, .xlsx or CSV"
OLD: Final = "it is an old Excel file (.xls): save it as .xlsx, .ods or CSV"
LONG: Final = f"it has more than {MOST_ROWS} rows: take it in in parts"

Cells = list[list[str]]


def cells(content: bytes, task: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Answer with the rows of the first sheet, or with why there are none."""
    try:
        rows, others = _laid_open(content)
    except ContainerRefused as fault:
        return {"refused": fault.why}, b""
    if len(rows) > MOST_ROWS:
        return {"refused": LONG}, b""
    short = [[cell[:MOST_OF_A_CELL] for cell in row[:MOST_COLUMNS]] for row in rows]
    return {"rows": short, "others": others}, b""


def _laid_open(content: bytes) -> tuple[Cells, int]:
    if content.startswith(OLD_EXCEL):
        raise ContainerRefused(OLD)
    if not content.startswith(ZIP):
        return rows_of_csv(content), 0
    container = open_office(content)
    if (part(container, "mimetype") or b"").strip().startswith(ODS):
        return lay_open_ods(container)
    if "xl/workbook.xml" in container.namelist():
        return lay_open_xlsx(container)
    raise ContainerRefused(OTHER)


def rows_of_csv(content: bytes) -> Cells:
    """Return the rows of a CSV file; raise ContainerRefused for what is none."""
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    if first.strip().strip('"').lower() in {f"sep={each}" for each in SEPARATORS}:
        # The row that tells Excel the separator is counted, so that row numbers agree.
        return [[], *_parted(rest, first.strip().strip('"')[-1])]
    return _parted(text, _separator(text))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise ContainerRefused(OTHER)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """Return what parts the cells: what gives most rows the same number of cells, and many."""

    def fit(separator: str) -> tuple[int, int]:
        widths = _widths(text, separator)
        usual = max(widths, key=widths.count, default=1)
        return (widths.count(usual) * (usual - 1), usual)

    return max(SEPARATORS, key=fit)


def _widths(text: str, separator: str) -> list[int]:
    widths = []
    try:
        for row in _reader(text, separator):
            if any(row):
                widths.append(len(row))
            if len(widths) == ROWS_TO_JUDGE:
                break
    except csv.Error:
        pass
    return widths


def _parted(text: str, separator: str) -> Cells:
    reader = _reader(text, separator)
    rows: Cells = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MOST_ROWS:
                break
    except csv.Error:
        raise ContainerRefused(
            f"a quotation mark near line {reader.line_num} has no other: save the list anew as CSV"
        ) from None
    return rows


def _reader(text: str, separator: str) -> Any:
    csv.field_size_limit(1_000_000)
    lines: Iterable[str] = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=separator, strict=True)


TASKS: Final[Mapping[str, Callable[[bytes, Mapping[str, Any]], tuple[dict[str, Any], bytes]]]] = {
    "cells": cells
}
