"""Lays open the cells of an Excel workbook; a number that is shown as a date becomes one."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import lxml.etree as etree

from secretariat.adapters.papers.cells_ods import plain_number
from secretariat.adapters.papers.office_xml import attribute, local, parse_part
from secretariat.adapters.papers.sheets import elements, joined, numbered, strings_of
from secretariat.adapters.papers.zips import part

WIDEST: Final = 200
MOST_GAPS: Final = 1_000
BEGAN, BEGAN_LATER = date(1899, 12, 30), date(1904, 1, 1)
BUILT_IN: Final = {14: "d/m/y", 15: "d-m-y", 16: "d-m", 17: "m-y", 22: "d/m/y"}
LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
AT: Final = re.compile(r"([A-Z]{1,3})\d+")
LAST_SERIAL: Final = 2_958_465


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of a workbook point to: its strings, its formats, its first day."""

    strings: list[str]
    formats: Mapping[int, str]
    began: date

    def text(self, cell: etree._Element) -> str:
        """Return a cell as text."""
        kind = attribute(cell, "t") or "n"
        if kind == "inlineStr":
            return joined(cell)
        value = next((child.text or "" for child in cell if local(child) == "v"), "")
        if kind == "s":
            known = value.isdecimal() and int(value[:7]) < len(self.strings)
            return self.strings[int(value[:7])] if known else ""
        style = attribute(cell, "s") or "0"
        shown = self.formats.get(int(style[:6])) if style.isdecimal() else None
        return self._day(value, shown) if shown and kind == "n" else plain_number(value)

    def _day(self, value: str, shown: str) -> str:
        whole = value.partition(".")[0]
        if not whole.isdecimal() or len(whole) > 7 or int(whole) > LAST_SERIAL:
            return value
        day = (self.began + timedelta(days=int(whole))).isoformat()
        return day if "d" in shown else day[:7] if "m" in shown else day[:4]


def lay_open_xlsx(container: zipfile.ZipFile) -> tuple[list[list[str]], int]:
    """Return the rows of the first sheet that holds something, and how many others do so too."""
    book = _Book(list(strings_of(container)), _date_formats(container), _began(container))
    names = numbered(container, "xl/worksheets/sheet")
    sheets = [list(_rows(part(container, name) or b"", book)) for name in names[:20]]
    filled = [rows for rows in sheets if any(any(row) for row in rows)]
    return (filled[0], len(filled) - 1) if filled else ([], 0)


def _rows(content: bytes, book: _Book) -> Iterator[list[str]]:
    """Go through the rows; one that the file leaves out is empty, so that numbers agree."""
    expected = 1
    for row in elements(content, "row"):
        stated = attribute(row, "r") or ""
        number = int(stated[:7]) if stated.isdecimal() else expected
        for _ in range(min(number - expected, MOST_GAPS)):
            yield []
        expected = number + 1
        yield _cells(row, book)


def _cells(row: etree._Element, book: _Book) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if local(cell) != "c":
            continue
        found = AT.fullmatch(attribute(cell, "r") or "")
        place = _place(found[1]) if found else len(cells)
        if place >= WIDEST:
            break
        cells.extend([""] * (place - len(cells)))
        cells.append(book.text(cell))
    return cells


def _place(letters: str) -> int:
    """Return the place of a column, from 0: "A" is 0, "AA" is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _began(container: zipfile.ZipFile) -> date:
    root = parse_part(container, "xl/workbook.xml")
    for element in root.iter("{*}workbookPr") if root is not None else ():
        if attribute(element, "date1904") in ("1", "true"):
            return BEGAN_LATER
    return BEGAN


def _date_formats(container: zipfile.ZipFile) -> dict[int, str]:
    """Return, for each style that shows a date, the signs of its format."""
    root = parse_part(container, "xl/styles.xml")
    if root is None:
        return {}
    custom = {
        attribute(each, "numFmtId"): LITERAL.sub("", attribute(each, "formatCode") or "").lower()
        for each in root.iter("{*}numFmt")
    }
    formats = dict(BUILT_IN.items())
    formats.update({int(number): code for number, code in custom.items() if number and "y" in code})
    styles = next(root.iter("{*}cellXfs"), None)
    used = [attribute(each, "numFmtId") or "0" for each in styles] if styles is not None else []
    known = ((place, int(number)) for place, number in enumerate(used) if number.isdecimal())
    return {place: formats[number] for place, number in known if number in formats}
