"""Lays OpenDocument files open: texts, and the words of spreadsheets and presentations."""

import zipfile
from collections.abc import Iterator
from typing import Final

import lxml.etree as etree

from secretariat.adapters.papers.odt_pages import PARAGRAPHS, Turning, breaks_of
from secretariat.adapters.papers.office_flags import flags_of, warnings_of
from secretariat.adapters.papers.office_xml import attribute, local, open_office, parse_part
from secretariat.adapters.papers.zips import part
from secretariat.domain.flags import FlagKind
from secretariat.domain.papers import Layout, Line, ReadingStatus

FRONT_LINES: Final = 120
FRONT_PAGES: Final = 3
MOST_PAGES: Final = 100_000
MOST_CHARACTERS: Final = 5_000_000
LOCKED: Final = "locked with a password: ask for an unlocked copy"
NO_TEXT: Final = "no text: a person must read it"
COUNTED: Final = {
    "changed-region": FlagKind.TRACKED_CHANGES,
    "annotation": FlagKind.COMMENTS,
    "hidden-text": FlagKind.HIDDEN_TEXT,
    "hidden-paragraph": FlagKind.HIDDEN_TEXT,
}
PASSED_OVER: Final = frozenset({"tracked-changes", "annotation", "hidden-text"})
APART: Final = frozenset({"annotation", "frame", "p", "h", "note", "hidden-text", "custom-shape"})


def lay_open(content: bytes) -> Layout:
    """Return the layout of an OpenDocument file; raise ContainerRefused.

    Its pages are those that styles begin or that the program which wrote it left marks of; often
    there are none.
    """
    container = open_office(content)
    if b"encryption-data" in (part(container, "META-INF/manifest.xml") or b""):
        return Layout(0, (), "", (LOCKED,), ReadingStatus.LOCKED)
    lines = [
        Line(row, y=float(place), edge=True)
        for place, (row, _) in enumerate(_rows(_master_pages(container), Turning()))
    ]
    root = parse_part(container, "content.xml")
    breaks = breaks_of(root, parse_part(container, "styles.xml"))
    for row, page in _rows(root, Turning(breaks)):
        lines.append(Line(row, min(page, MOST_PAGES), y=float(len(lines))))
    seen = _counted(root)
    flags, warnings = flags_of(container, seen), warnings_of(seen)
    text = "\n".join(line.text for line in lines)
    pages = _pages(lines, _stated_pages(container))
    if sum(map(str.isalnum, text)) < 25:
        return Layout(pages, (), "", (*warnings, NO_TEXT), ReadingStatus.NO_TEXT, flags)
    front = [line for line in lines if line.page <= FRONT_PAGES][:FRONT_LINES]
    return Layout(pages, tuple(front), text[:MOST_CHARACTERS], warnings, flags=flags)


def _pages(lines: list[Line], stated: int) -> int:
    """Return how many pages there are, 0 where nothing says so."""
    last = max((line.page for line in lines), default=1)
    return max(last, stated) if last > 1 else stated


def _counted(root: etree._Element | None) -> dict[FlagKind, int]:
    seen: dict[FlagKind, int] = {}
    for element in root.iter() if root is not None else ():
        if kind := COUNTED.get(local(element)):
            seen[kind] = seen.get(kind, 0) + 1
    return seen


def _stated_pages(container: zipfile.ZipFile) -> int:
    root = parse_part(container, "meta.xml")
    for element in root.iter() if root is not None else ():
        stated = attribute(element, "page-count") if local(element) == "document-statistic" else ""
        if stated and stated.isdecimal():
            return int(stated[:5])
    return 0


def _master_pages(container: zipfile.ZipFile) -> etree._Element | None:
    styles = parse_part(container, "styles.xml")
    return styles.find("{*}master-styles") if styles is not None else None


def _rows(root: etree._Element | None, turning: Turning) -> Iterator[tuple[str, int]]:
    """Go through (line, page); paragraphs in a frame come after the one that it hangs on."""
    waiting = [root] if root is not None else []
    while waiting:
        element = waiting.pop()
        tag = local(element)
        if tag in PASSED_OVER:
            continue
        turning.meet(element)
        if tag in PARAGRAPHS:
            for row in _words(element).split("\n"):
                if row.strip():
                    yield row.strip(), turning.page
        waiting.extend(reversed(element))


def _words(element: etree._Element) -> str:
    """Return a paragraph's own words; paragraphs in a frame inside it are read by themselves."""
    pieces = [element.text or ""]
    for child in element:
        tag = local(child)
        if tag == "s":
            count = attribute(child, "c") or "1"
            pieces.append(" " * (min(int(count[:3]), 20) if count.isdecimal() else 1))
        elif tag in {"line-break", "tab"}:
            pieces.append("\n" if tag == "line-break" else "\t")
        elif tag and tag not in APART:
            pieces.append(_words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
