"""Reads panel notes in Word: each line with its style, list, indent and cell, and what hangs on it.

What is deleted is not read and what is inserted is, as everywhere; but a line with tracked
changes says so, for nobody can tell which of the two the Panel meant.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import lxml.etree as etree

from secretariat.adapters.papers.docx import main_part
from secretariat.adapters.papers.office_xml import attribute, local, open_office, parse_part
from secretariat.domain.papers import NotesLine, NotesMark

CHANGES: Final = frozenset({"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"})
GONE: Final = frozenset({"del", "moveFrom"})
PASSED_OVER: Final = frozenset({"Fallback", "instrText", "pPr", "rPr", "sdtPr", "p", "tbl"})
COMMENTED: Final = frozenset({"commentReference", "commentRangeStart"})
FOOTNOTED: Final = frozenset({"footnoteReference", "endnoteReference"})
OFF: Final = frozenset({"0", "false", "off"})
TWIPS_A_BLANK: Final = 120
BLANKS_A_TAB: Final = 6
DEEPEST_STYLE: Final = 20
NO_LIST: Final = "0"

_Placed = tuple[etree._Element, tuple[int, ...], bool]
"""A paragraph or what holds some, its cell, and whether a change around it took it in or out."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style brings: its name, outline, list and indent, None where unsaid."""

    name: str = ""
    based_on: str = ""
    outline: int | None = None
    number: str | None = None
    level: int | None = None
    left: int | None = None


@dataclass(slots=True)
class _Words:
    """What a paragraph says, with what was deleted in `seen`."""

    shown: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    marks: set[NotesMark] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Book:
    """The styles of the file, and how far each level of its lists is moved in, in twips."""

    styles: dict[str, _Style]
    lists: dict[tuple[str, int], int]


def paragraphs(content: bytes) -> tuple[NotesLine, ...]:
    """Return the lines of panel notes in their order; raise ContainerRefused."""
    container = open_office(content)
    root = parse_part(container, main_part(container))
    book = _Book(_styles(parse_part(container, "word/styles.xml")), _lists(container))
    found: list[NotesLine] = []
    for element, cell, changed in _places(root):
        found += _lines_of(element, cell, book, len(found) + 1, changed=changed)
    return tuple(moved_out(found))


def moved_out(lines: list[NotesLine]) -> list[NotesLine]:
    """Return the lines with the points of lists moved out as far as all of them can be."""
    listed = [line.indent for line in lines if line.level >= 0 and line.text.strip()]
    least = min(listed, default=0)
    return [
        replace(line, indent=max(0, line.indent - least)) if line.level >= 0 else line
        for line in lines
    ]


def depth_by_name(style: str) -> int:
    """Return the depth in a list that a style's name says, such as 1 for "List Bullet 2"; or -1."""
    if not style.lower().startswith(("list bullet", "list number")):
        return -1
    return int(style[-1]) - 1 if style[-1:].isdecimal() else 0


def _places(root: etree._Element | None) -> Iterator[_Placed]:
    """Go through (paragraph, cell, whether a change of the tables or blocks took it in or out)."""
    tables = 0
    waiting: list[_Placed] = [(root, (), False)] if root is not None else []
    while waiting:
        element, cell, changed = waiting.pop()
        tag = local(element)
        if tag == "Fallback":
            continue
        if tag == "p":
            yield element, cell, changed
        changed = changed or tag in CHANGES or _is_changed_row(element, tag)
        children: list[_Placed] = []
        if tag == "tbl" and not cell:
            tables += 1
            children = list(_cells(element, tables, changed=changed))
        else:
            children = [(child, cell, changed) for child in element]
        waiting.extend(reversed(children))


def _cells(table: etree._Element, number: int, *, changed: bool) -> Iterator[_Placed]:
    """Go through the cells of a table; those inside content controls too."""
    rows = [one for one in table.iter("{*}tr") if _nearest(one, "tbl") is table]
    for down, row in enumerate(rows, start=1):
        row_changed = changed or _is_changed_row(row, "tr")
        cells = [one for one in row.iter("{*}tc") if _nearest(one, "tr") is row]
        for across, cell in enumerate(cells, start=1):
            yield cell, (number, down, across), row_changed


def _nearest(element: etree._Element, tag: str) -> etree._Element | None:
    return next((one for one in element.iterancestors() if local(one) == tag), None)


def _is_changed_row(element: etree._Element, tag: str) -> bool:
    if tag == "tr":
        properties = element.find("{*}trPr")
    elif tag == "tc":
        properties = element.find("{*}tcPr")
    else:
        return False
    return properties is not None and any(local(child) in CHANGES for child in properties)


def _lines_of(
    element: etree._Element, cell: tuple[int, ...], book: _Book, first: int, *, changed: bool
) -> Iterator[NotesLine]:
    words = _words(element)
    mark = element.find("{*}pPr/{*}rPr")
    if changed or (mark is not None and any(local(child) in CHANGES for child in mark)):
        words.marks.add(NotesMark.TRACKED)
    style, level, left = _form_of(element, book)
    seen = " ".join("".join(words.seen).split()) if NotesMark.TRACKED in words.marks else ""
    for place, row in enumerate("".join(words.shown).split("\n")):
        tabs = len(row) - len(row.lstrip("\t"))
        yield NotesLine(
            first + place,
            row.strip(),
            style,
            level,
            left // TWIPS_A_BLANK + tabs * BLANKS_A_TAB + _blanks(row[tabs:]),
            cell,
            continues=place > 0,
            marks=tuple(sorted(words.marks)) if place == 0 else (),
            seen=seen if place == 0 else "",
        )


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip(" \u00a0"))


def _words(element: etree._Element) -> _Words:
    """Gather a paragraph's own words; those of a text box in it are paragraphs of their own."""
    words = _Words()
    waiting = [(child, False) for child in reversed(element)]
    while waiting:
        child, gone = waiting.pop()
        tag = local(child)
        if tag in PASSED_OVER:
            continue
        if tag in CHANGES:
            words.marks.add(NotesMark.TRACKED)
        gone = gone or tag in GONE
        if tag == "r" and _is_hidden(child):
            words.marks |= {NotesMark.HIDDEN} if _says(child) else set()
            continue
        words.marks |= {NotesMark.COMMENT} if tag in COMMENTED else set()
        words.marks |= {NotesMark.FOOTNOTE} if tag in FOOTNOTED else set()
        said = _said(child, tag)
        words.seen.append(said)
        if not gone:
            words.shown.append(said)
        waiting.extend((one, gone) for one in reversed(child))
    return words


def _said(element: etree._Element, tag: str) -> str:
    if tag in ("t", "delText"):
        return (element.text or "").replace("\n", " ")
    if tag == "br":
        return "\n" if attribute(element, "type") in (None, "textWrapping") else ""
    return {"cr": "\n", "tab": "\t", "noBreakHyphen": "-"}.get(tag, "")


def _says(run: etree._Element) -> bool:
    return any((one.text or "").strip() for one in run.iter("{*}t"))


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find("{*}rPr/{*}vanish")
    return mark is not None and attribute(mark, "val") not in OFF


def _form_of(element: etree._Element, book: _Book) -> tuple[str, int, int]:
    """Return a paragraph's style, its depth in a list (-1 for none), and its indent in twips."""
    own = _properties(element.find("{*}pPr"))
    key = element.find("{*}pPr/{*}pStyle")
    named = _with_bases(attribute(key, "val") or "" if key is not None else "", book.styles)
    number = own.number if own.number is not None else named.number
    level = own.level if own.level is not None else named.level
    outline = own.outline if own.outline is not None else named.outline
    name = named.name
    if outline is not None and outline < 6 and not name.lower().startswith(("heading", "title")):
        name = f"Heading {outline + 1}"
    depth = -1 if number in (None, NO_LIST) else level or 0
    if number != NO_LIST:
        depth = max(depth, depth_by_name(name))
    left = own.left
    if left is None and number is not None:
        left = book.lists.get((number, level or 0))
    return name, depth, max(0, left if left is not None else named.left or 0)


def _with_bases(key: str, styles: dict[str, _Style]) -> _Style:
    """Return a style with what it takes over from those that it is based on."""
    style = styles.get(key, _Style(key))
    base = styles.get(style.based_on)
    for _ in range(DEEPEST_STYLE):
        if base is None:
            break
        style = _Style(
            style.name,
            base.based_on,
            style.outline if style.outline is not None else base.outline,
            style.number if style.number is not None else base.number,
            style.level if style.level is not None else base.level,
            style.left if style.left is not None else base.left,
        )
        base = styles.get(style.based_on)
    return style


def _styles(root: etree._Element | None) -> dict[str, _Style]:
    styles = {}
    for element in root if root is not None else ():
        if local(element) != "style":
            continue
        style = _properties(element.find("{*}pPr"))
        name, base = element.find("{*}name"), element.find("{*}basedOn")
        styles[attribute(element, "styleId") or ""] = replace(
            style,
            name=attribute(name, "val") or "" if name is not None else "",
            based_on=attribute(base, "val") or "" if base is not None else "",
        )
    return styles


def _properties(element: etree._Element | None) -> _Style:
    if element is None:
        return _Style()
    return _Style(
        outline=_number(element, "{*}outlineLvl", "val"),
        number=_text(element, "{*}numPr/{*}numId", "val"),
        level=_number(element, "{*}numPr/{*}ilvl", "val"),
        left=_left(element),
    )


def _left(element: etree._Element) -> int | None:
    left = _number(element, "{*}ind", "left")
    return left if left is not None else _number(element, "{*}ind", "start")


def _text(element: etree._Element, path: str, name: str) -> str | None:
    found = element.find(path)
    return attribute(found, name) if found is not None else None


def _number(element: etree._Element, path: str, name: str) -> int | None:
    text = (_text(element, path, name) or "")[:7]
    return int(text) if text.lstrip("-").isdecimal() else None


def _lists(container: zipfile.ZipFile) -> dict[tuple[str, int], int]:
    """Return how far each level of each list is moved in, in twips."""
    root = parse_part(container, "word/numbering.xml")
    parts = list(root) if root is not None else []
    kinds = {
        attribute(one, "abstractNumId") or "": _levels(one)
        for one in parts
        if local(one) == "abstractNum"
    }
    found = {}
    for one in parts:
        kind = _text(one, "{*}abstractNumId", "val") if local(one) == "num" else None
        for level, left in kinds.get(kind or "", {}).items():
            found[attribute(one, "numId") or "", level] = left
    return found


def _levels(kind: etree._Element) -> dict[int, int]:
    found = {}
    for level in kind.iter("{*}lvl"):
        properties, at = level.find("{*}pPr"), attribute(level, "ilvl") or ""
        left = _left(properties) if properties is not None else None
        if at[:2].isdecimal() and left is not None:
            found[int(at[:2])] = left
    return found
