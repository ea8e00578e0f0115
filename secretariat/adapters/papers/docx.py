"""Lays a Word file open with a walker of its own.

python-docx passes over cover pages in content controls, text boxes, insertions and headers, where
reports say what they are; this walker misses none of them and leaves deletions out.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import lxml.etree as etree

from secretariat.adapters.papers.office_flags import flags_of, warnings_of
from secretariat.adapters.papers.office_xml import attribute, local, open_office, parse_part
from secretariat.domain.flags import FlagKind
from secretariat.domain.papers import ContainerRefused, Layout, Line, ReadingStatus

FRONT_PAGES: Final = 3
MOST_FRONT_LINES: Final = 300
MOST_CHARACTERS: Final = 5_000_000
NO_TEXT: Final = "no text: a person must read it"
PASSED_OVER: Final = frozenset({"Fallback", "del", "moveFrom", "delText", "instrText", "pPr"})
CHANGES: Final = frozenset({"ins", "del", "moveFrom", "moveTo"})
NOTES: Final = ("footnotes", "endnotes")
OFF: Final = frozenset({"0", "false", "off"})


@dataclass(slots=True)
class _Walk:
    """What the walker keeps in mind: the page it is on, and what it has met and counted."""

    page: int = 1
    seen: dict[FlagKind, int] = field(default_factory=dict)

    def note(self, kind: FlagKind) -> None:
        """Count one more of a kind."""
        self.seen[kind] = self.seen.get(kind, 0) + 1


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    size: float = 0.0
    bold: bool = False


def lay_open(content: bytes) -> Layout:
    """Return the layout of a .docx; raise ContainerRefused."""
    container = open_office(content)
    walk = _Walk()
    lines: list[Line] = []
    for name in _parts(container, "header"):
        lines += [_as_edge(line) for line in _lines(parse_part(container, name), walk)]
    walk.page = 1
    body = parse_part(container, main_part(container))
    lines += _lines(body, walk)
    pages = max(walk.page, _stated_pages(container)) if walk.page > 1 else _stated_pages(container)
    walk.page = FRONT_PAGES + 1
    for stem in ("footer", *NOTES):
        for name in _parts(container, stem):
            lines += [_as_edge(line) for line in _lines(parse_part(container, name), walk)]
    if comments := _comments(container):
        walk.seen[FlagKind.COMMENTS] = comments
    flags = flags_of(container, walk.seen)
    text = "\n".join(line.text for line in lines)
    warnings = warnings_of(walk.seen)
    if sum(map(str.isalnum, text)) < 25:
        return Layout(pages, (), "", (*warnings, NO_TEXT), ReadingStatus.NO_TEXT, flags)
    front = [line for line in lines if line.page <= FRONT_PAGES][:MOST_FRONT_LINES]
    return Layout(pages, tuple(front), text[:MOST_CHARACTERS], warnings, flags=flags)


def main_part(container: zipfile.ZipFile) -> str:
    """Return the name of the document part, as the package's relations say."""
    root = parse_part(container, "_rels/.rels")
    for relation in root if root is not None else ():
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            return (attribute(relation, "Target") or "").lstrip("/")
    return "word/document.xml"


def lines_of(root: etree._Element | None, page: int = 1) -> list[Line]:
    """Return the lines of any part whose paragraphs are "p", runs "r" and words "t"."""
    return _lines(root, _Walk(page))


def _parts(container: zipfile.ZipFile, stem: str) -> list[str]:
    found = [name for name in container.namelist() if name.startswith(f"word/{stem}")]
    return sorted(name for name in found if name.endswith(".xml"))


def _comments(container: zipfile.ZipFile) -> int:
    """Count the comments; a comments part that cannot be read counts as one."""
    if "word/comments.xml" not in container.namelist():
        return 0
    try:
        root = parse_part(container, "word/comments.xml")
    except ContainerRefused:
        return 1
    return sum(local(each) == "comment" for each in (root if root is not None else ()))


def _as_edge(line: Line) -> Line:
    return Line(line.text, line.page, line.size, line.y, line.bold, edge=True)


def _stated_pages(container: zipfile.ZipFile) -> int:
    properties = parse_part(container, "docProps/app.xml")
    for element in properties if properties is not None else ():
        if local(element) == "Pages" and (element.text or "").strip().isdecimal():
            return int((element.text or "").strip()[:5])
    return 0


def _paragraph_elements(root: etree._Element | None) -> Iterator[etree._Element]:
    """Go through paragraphs in the order of the page; a text box comes after its paragraph."""
    if root is None:
        return
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if local(element) == "Fallback":
            continue
        if local(element) == "p":
            yield element
        waiting.extend(reversed(element))


def _lines(root: etree._Element | None, walk: _Walk) -> list[Line]:
    found: list[Line] = []
    for element in _paragraph_elements(root):
        paragraph = _collect(element, walk)
        for place, sheet in enumerate("".join(paragraph.pieces).split("\f")):
            walk.page += place > 0
            for row in sheet.split("\n"):
                if row.strip():
                    y = float(len(found))
                    found.append(
                        Line(row.strip(), walk.page, paragraph.size, y, bold=paragraph.bold)
                    )
    return found


def _collect(element: etree._Element, walk: _Walk) -> _Paragraph:
    """Gather a paragraph's own words: "\\f" for a page break, "\\n" for a line break."""
    paragraph = _Paragraph()
    if element.find("{*}pPr/{*}pageBreakBefore") is not None and walk.page >= 1:
        paragraph.pieces.append("\f")
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        tag = local(child)
        if tag in CHANGES:
            walk.note(FlagKind.TRACKED_CHANGES)
        if tag in PASSED_OVER or tag == "p":
            continue
        if tag == "r" and _is_hidden(child):
            walk.note(FlagKind.HIDDEN_TEXT)
            continue
        if tag == "r":
            _note_looks(child, paragraph)
        paragraph.pieces.append(_said(child, tag))
        if tag != "t":
            waiting.extend(reversed(child))
    if element.find("{*}pPr/{*}sectPr") is not None:
        kind = element.find("{*}pPr/{*}sectPr/{*}type")
        if kind is None or attribute(kind, "val") != "continuous":
            paragraph.pieces.append("\f")
    return paragraph


def _said(element: etree._Element, tag: str) -> str:
    if tag == "t":
        return element.text or ""
    if tag == "br":
        return "\f" if attribute(element, "type") == "page" else "\n"
    return {"cr": "\n", "tab": "\t", "noBreakHyphen": "-"}.get(tag, "")


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find("{*}rPr/{*}vanish")
    return mark is not None and attribute(mark, "val") not in OFF


def _note_looks(run: etree._Element, paragraph: _Paragraph) -> None:
    size = run.find("{*}rPr/{*}sz")
    half_points = attribute(size, "val") if size is not None else None
    if half_points and half_points.isdecimal():
        paragraph.size = max(paragraph.size, int(half_points[:5]) / 2)
    bold = run.find("{*}rPr/{*}b")
    if bold is not None and attribute(bold, "val") not in OFF:
        paragraph.bold = True
