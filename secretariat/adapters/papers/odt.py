"""Lays an OpenDocument text open."""

import zipfile
from collections.abc import Iterator
from typing import Final

import lxml.etree as etree

from secretariat.adapters.papers.office_xml import attribute, local, parse_part
from secretariat.adapters.papers.zips import open_container, part
from secretariat.domain.papers import Layout, Line, ReadingStatus

FRONT_LINES: Final = 120
MOST_CHARACTERS: Final = 5_000_000
PASSED_OVER: Final = {
    "tracked-changes": "it holds tracked changes",
    "annotation": "it holds comments",
}


def lay_open(content: bytes) -> Layout:
    """Return the layout of an .odt, whose pages are not known; raise ContainerRefused."""
    container = open_container(content)
    if b"encryption-data" in (part(container, "META-INF/manifest.xml") or b""):
        why = "locked with a password: ask for an unlocked copy"
        return Layout(0, (), "", (why,), ReadingStatus.LOCKED)
    faults: set[str] = set()
    rows = [*_paragraphs(_master_pages(container), faults)]
    heads = len(rows)
    rows += _paragraphs(parse_part(container, "content.xml"), faults)
    lines = [Line(row, y=float(place), edge=place < heads) for place, row in enumerate(rows)]
    text = "\n".join(rows)
    if sum(map(str.isalnum, text)) < 25:
        why = "no text: a person must read it"
        return Layout(0, (), "", (*sorted(faults), why), ReadingStatus.NO_TEXT)
    return Layout(0, tuple(lines[:FRONT_LINES]), text[:MOST_CHARACTERS], tuple(sorted(faults)))


def _master_pages(container: zipfile.ZipFile) -> etree._Element | None:
    styles = parse_part(container, "styles.xml")
    return styles.find("{*}master-styles") if styles is not None else None


def _paragraphs(root: etree._Element | None, faults: set[str]) -> Iterator[str]:
    if root is None:
        return
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if fault := PASSED_OVER.get(local(element)):
            faults.add(fault)
            continue
        if local(element) in {"p", "h"}:
            yield from filter(None, (row.strip() for row in _words(element).split("\n")))
        waiting.extend(reversed(element))


def _words(element: etree._Element) -> str:
    """Return a paragraph's own words; paragraphs in a frame inside it are read by themselves."""
    pieces = [element.text or ""]
    for child in element:
        tag = local(child)
        if tag == "s":
            pieces.append(" " * min(int(attribute(child, "c") or "1"), 20))
        elif tag in {"line-break", "tab"}:
            pieces.append("\n" if tag == "line-break" else "\t")
        elif tag not in {"annotation", "frame", "p", "note"}:
            pieces.append(_words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
