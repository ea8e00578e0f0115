"""The words of Excel workbooks and PowerPoint presentations, since action plans come as either."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

import lxml.etree as etree

from secretariat.adapters.papers import docx
from secretariat.adapters.papers.office_flags import flags_of, warnings_of
from secretariat.adapters.papers.office_xml import (
    attribute,
    local,
    open_office,
    parse_part,
    refuse_doctype,
)
from secretariat.adapters.papers.zips import part
from secretariat.domain.flags import FlagKind
from secretariat.domain.papers import ContainerRefused, Layout, Line, ReadingStatus

FRONT_LINES: Final = 120
FRONT_SLIDES: Final = 3
MOST_SHEETS: Final = 100
MOST_CELLS: Final = 300_000
MOST_STRINGS: Final = 300_000
MOST_CHARACTERS: Final = 5_000_000
NO_TEXT: Final = "no text: a person must read it"
NUMBER: Final = re.compile(r"(\d{1,6})\.xml$")


def lay_open_workbook(content: bytes) -> Layout:
    """Return an .xlsx with a line for each row, cells parted by tabs; raise ContainerRefused."""
    container = open_office(content)
    strings = list(strings_of(container))
    rows: list[str] = []
    cells = 0
    for name in numbered(container, "xl/worksheets/sheet")[:MOST_SHEETS]:
        for row in _rows(part(container, name) or b"", strings):
            cells += len(row)
            if text := "\t".join(row).strip():
                rows.append(text)
            if cells > MOST_CELLS:
                break
    return _layout(container, [Line(row, y=float(place)) for place, row in enumerate(rows)], 0)


def lay_open_slides(content: bytes) -> Layout:
    """Return a .pptx with each slide for a page; raise ContainerRefused."""
    container = open_office(content)
    slides = numbered(container, "ppt/slides/slide")
    lines = [
        line
        for number, name in enumerate(slides, start=1)
        for line in docx.lines_of(parse_part(container, name), number)
    ]
    return _layout(container, lines, len(slides))


def _layout(container: zipfile.ZipFile, lines: list[Line], pages: int) -> Layout:
    comments = sum("comments/comment" in f"/{name}".lower() for name in container.namelist())
    comments += sum(name.startswith("xl/comments") for name in container.namelist())
    seen = {FlagKind.COMMENTS: comments} if comments else {}
    flags, warnings = flags_of(container, seen), warnings_of(seen)
    text = "\n".join(line.text for line in lines)
    if not any(map(str.isalnum, text)):
        return Layout(pages, (), "", (*warnings, NO_TEXT), ReadingStatus.NO_TEXT, flags)
    front = [line for line in lines if line.page <= FRONT_SLIDES][:FRONT_LINES]
    return Layout(pages, tuple(front), text[:MOST_CHARACTERS], warnings, flags=flags)


def numbered(container: zipfile.ZipFile, stem: str) -> list[str]:
    """Return the parts whose names begin so, in the order of the numbers that they end with."""
    found = [name for name in container.namelist() if name.startswith(stem)]
    hits = ((NUMBER.search(name), name) for name in found)
    return [name for _, name in sorted((int(hit[1]), name) for hit, name in hits if hit)]


def strings_of(container: zipfile.ZipFile) -> Iterator[str]:
    """Go through the strings that cells point to; phonetic readings are left out."""
    content = part(container, "xl/sharedStrings.xml") or b""
    for count, element in enumerate(elements(content, "si")):
        if count >= MOST_STRINGS:
            return
        yield joined(element)


def _rows(content: bytes, strings: list[str]) -> Iterator[list[str]]:
    for row in elements(content, "row"):
        yield [_cell(cell, strings) for cell in row if local(cell) == "c"]


def _cell(cell: etree._Element, strings: list[str]) -> str:
    kind = attribute(cell, "t") or ""
    if kind == "inlineStr":
        return joined(cell)
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "s":
        known = value.isdecimal() and int(value[:7]) < len(strings)
        return strings[int(value[:7])] if known else ""
    return value


def joined(element: etree._Element) -> str:
    """Return the text of a cell or string on one line."""
    pieces = (each.text or "" for each in element.iter() if local(each) == "t")
    return " ".join("".join(pieces).split())


def elements(content: bytes, tag: str) -> Iterator[etree._Element]:
    """Go through the elements of this name and forget each; raise ContainerRefused."""
    if not content:
        return
    refuse_doctype(content)
    events = etree.iterparse(
        io.BytesIO(content),
        tag=f"{{*}}{tag}",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise ContainerRefused("a part of the file is damaged") from fault
