"""Lays open the cells of an OpenDocument spreadsheet; a day is taken as the file keeps it."""

import zipfile
from collections.abc import Iterator
from typing import Final

import lxml.etree as etree

from secretariat.adapters.papers.odt import LOCKED
from secretariat.adapters.papers.office_xml import attribute, local, parse_part
from secretariat.adapters.papers.zips import part
from secretariat.domain.papers import ContainerRefused

MOST_REPEATED: Final = 1_000
MOST_ALIKE: Final = 20_001
WIDEST: Final = 200
NUMBERS: Final = frozenset({"float", "percentage", "currency"})
DAY, MONTH = len("2021-02-03"), len("2021-02")


def lay_open_ods(container: zipfile.ZipFile) -> tuple[list[list[str]], int]:
    """Return the rows of the first table that holds something, and how many others do so too."""
    if b"encryption-data" in (part(container, "META-INF/manifest.xml") or b""):
        raise ContainerRefused(LOCKED)
    root = parse_part(container, "content.xml")
    if root is None:
        raise ContainerRefused("it is no spreadsheet")
    precise = _precisions(root)
    tables = [each for each in root.iter("{*}table") if local(each.getparent()) == "spreadsheet"]
    filled = [each for each in tables if any(cell.strip() for cell in each.itertext())]
    rows = list(_rows(filled[0], precise)) if filled else []
    while rows and not any(rows[-1]):
        rows.pop()
    return rows, max(0, len(filled) - 1)


def _rows(table: etree._Element, precise: dict[str, int]) -> Iterator[list[str]]:
    styles = _column_styles(table)
    for row in table.iter("{*}table-row"):
        cells = _cells(row, styles, precise)
        most = MOST_ALIKE if any(cells) else MOST_REPEATED
        for _ in range(min(_repeated(row, "number-rows-repeated"), most)):
            yield list(cells)


def _cells(row: etree._Element, styles: list[str], precise: dict[str, int]) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if local(cell) not in ("table-cell", "covered-table-cell") or len(cells) >= WIDEST:
            continue
        at = len(cells)
        inherited = styles[at] if at < len(styles) else ""
        style = attribute(cell, "style-name") or inherited
        text = _text(cell, precise.get(style, DAY))
        cells.extend([text] * min(_repeated(cell, "number-columns-repeated"), WIDEST - at))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: etree._Element, length: int) -> str:
    kind = attribute(cell, "value-type")
    if kind == "date":
        return (attribute(cell, "date-value") or "")[:length]
    if kind in NUMBERS:
        return plain_number(attribute(cell, "value") or "")
    return "\n".join(_words(each) for each in cell if local(each) == "p")


def _words(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        tag = local(child)
        if tag == "s":
            pieces.append(" ")
        elif tag in ("line-break", "tab"):
            pieces.append("\n")
        elif tag != "annotation":
            pieces.append(_words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def plain_number(value: str) -> str:
    """Return a number without a fraction that says nothing: "15.0" is "15"."""
    whole, point, fraction = value.partition(".")
    return whole if point and not fraction.strip("0") else value


def _repeated(element: etree._Element, name: str) -> int:
    stated = attribute(element, name) or "1"
    return max(1, int(stated[:7])) if stated.isdecimal() else 1


def _column_styles(table: etree._Element) -> list[str]:
    """Return the style of each column's cells, "" where it has none of its own."""
    styles: list[str] = []
    for column in table.iter("{*}table-column"):
        times = min(_repeated(column, "number-columns-repeated"), WIDEST - len(styles))
        styles.extend([attribute(column, "default-cell-style-name") or ""] * times)
    return styles


def _precisions(root: etree._Element) -> dict[str, int]:
    """Return how much of a date each style of cells shows: its month, or its year alone.

    A person who types Feb-21 sees a month; the file keeps the first day of it.
    """
    shown: dict[str, int] = {}
    for style in root.iter("{*}date-style"):
        parts = {local(each) for each in style}
        length = DAY if "day" in parts else MONTH if "month" in parts else len("2021")
        shown[attribute(style, "name") or ""] = length
    named = ((attribute(each, "name"), each) for each in root.iter("{*}style"))
    return {
        name or "": shown[used]
        for name, each in named
        if (used := attribute(each, "data-style-name") or "") in shown
    }
