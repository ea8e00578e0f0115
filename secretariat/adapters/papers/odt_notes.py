"""Reads panel notes in OpenDocument: lists, headings, tables, and what hangs on a line."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import lxml.etree as etree

from secretariat.adapters.papers.docx_notes import depth_by_name, moved_out
from secretariat.adapters.papers.office_xml import attribute, local, open_office, parse_part
from secretariat.adapters.papers.zips import part
from secretariat.domain.papers import ContainerRefused, NotesLine, NotesMark

LOCKED: Final = "locked with a password: ask for an unlocked copy"
PASSED_OVER: Final = frozenset({"tracked-changes", "table-header-columns", "sequence-decls"})
CHANGES: Final = frozenset({"change", "change-start", "change-end"})
APART: Final = frozenset({"annotation", "annotation-end", "note", "p", "h", "frame"})
HIDDEN: Final = frozenset({"hidden-text", "hidden-paragraph"})
BLANKS_A_TAB: Final = 6
DEEPEST_STYLE: Final = 20
BLANKS: Final = {"mm": 0.47, "cm": 4.72, "in": 12.0, "pt": 0.167, "pc": 2.0, "px": 0.125}
"""How many blanks of 120 twips a measure is."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reading stands: in which cell, how deep in lists, and whether inside a change."""

    cell: tuple[int, ...] = ()
    level: int = -1
    header: bool = False


@dataclass(slots=True)
class _Words:
    said: list[str] = field(default_factory=list)
    marks: set[NotesMark] = field(default_factory=set)


_Styles = dict[str, tuple[str, str, float]]
HIDDEN_STYLE: Final = -2.0
"""Stands for the indent of a style whose words are not shown."""


def paragraphs(content: bytes) -> tuple[NotesLine, ...]:
    """Return the lines of panel notes in their order; raise ContainerRefused."""
    container = open_office(content)
    if b"encryption-data" in (part(container, "META-INF/manifest.xml") or b""):
        raise ContainerRefused(LOCKED)
    root = parse_part(container, "content.xml")
    styles = _styles(root) | _styles(parse_part(container, "styles.xml"))
    deleted = _deleted(root)
    found: list[NotesLine] = []
    inside = False
    for element, place in _places(root):
        tag = local(element)
        if tag in CHANGES:
            inside = tag == "change-start" or (inside and tag != "change-end")
            continue
        lines, inside = _lines_of(element, place, styles, deleted, changed=inside)
        found += [replace(line, number=len(found) + at) for at, line in enumerate(lines, start=1)]
    return tuple(moved_out(found))


def _places(root: etree._Element | None) -> Iterator[tuple[etree._Element, _Place]]:
    tables = 0
    body = root.find("{*}body") if root is not None else None
    waiting = [(body, _Place())] if body is not None else []
    while waiting:
        element, place = waiting.pop()
        tag = local(element)
        if tag in PASSED_OVER:
            continue
        if tag in ("p", "h") or tag in CHANGES:
            yield element, place
            boxes = [one for one in element.iter("{*}text-box") if tag in ("p", "h")]
            waiting.extend((box, replace(place, level=-1)) for box in reversed(boxes))
            continue
        if tag == "list":
            place = replace(place, level=place.level + 1)
        children = [(child, place) for child in element]
        if tag == "table" and not place.cell:
            tables += 1
            children = list(_cells(element, tables))
        waiting.extend(reversed(children))


def _cells(table: etree._Element, number: int) -> Iterator[tuple[etree._Element, _Place]]:
    for down, row in enumerate(table.iter("{*}table-row"), start=1):
        cells = [one for one in row if local(one) in ("table-cell", "covered-table-cell")]
        for across, cell in enumerate(cells, start=1):
            yield from ((child, _Place((number, down, across))) for child in cell)


def _lines_of(
    element: etree._Element,
    place: _Place,
    styles: _Styles,
    deleted: dict[str, str],
    *,
    changed: bool,
) -> tuple[list[NotesLine], bool]:
    """Return the lines of one paragraph, and whether a change is still open at its end."""
    words = _Words(marks={NotesMark.TRACKED} if changed else set())
    seen = [words_gone for one in element.iter("{*}change") if (words_gone := _of(one, deleted))]
    for one in element.iter("{*}change", "{*}change-start", "{*}change-end"):
        words.marks.add(NotesMark.TRACKED)
        changed = local(one) == "change-start" or (changed and local(one) != "change-end")
    _gather(element, words, {key for key, one in styles.items() if one[2] == HIDDEN_STYLE})
    name, left = _named(attribute(element, "style-name") or "", styles)
    if local(element) == "h":
        name = f"Heading {(attribute(element, 'outline-level') or '1')[:1]}"
    level = max(place.level, depth_by_name(name)) if place.level >= 0 else -1
    lines = []
    for at, row in enumerate("".join(words.said).split("\n")):
        tabs = len(row) - len(row.lstrip("\t"))
        blanks = len(row[tabs:]) - len(row[tabs:].lstrip(" \u00a0"))
        line = NotesLine(0, row.strip(), name, level, 0, place.cell, continues=at > 0)
        indent = int(left) + tabs * BLANKS_A_TAB + blanks
        marks = tuple(sorted(words.marks)) if at == 0 else ()
        told = " ".join((row.strip(), *seen)) if NotesMark.TRACKED in marks else ""
        lines.append(replace(line, indent=indent, marks=marks, seen=told))
    return lines, changed


def _gather(element: etree._Element, words: _Words, hidden: set[str]) -> None:
    words.said.append((element.text or "").replace("\n", " "))
    for child in element:
        tag = local(child)
        if tag == "annotation":
            words.marks.add(NotesMark.COMMENT)
        elif tag == "note":
            words.marks.add(NotesMark.FOOTNOTE)
        elif tag in HIDDEN or (attribute(child, "style-name") or "") in hidden:
            words.marks.add(NotesMark.HIDDEN)
        elif tag == "s":
            count = attribute(child, "c") or "1"
            words.said.append(" " * (min(int(count[:3]), 40) if count.isdecimal() else 1))
        elif tag in ("line-break", "tab"):
            words.said.append("\n" if tag == "line-break" else "\t")
        elif tag and tag not in APART:
            _gather(child, words, hidden)
        words.said.append((child.tail or "").replace("\n", " "))


def _of(element: etree._Element, deleted: dict[str, str]) -> str:
    return deleted.get(attribute(element, "change-id") or "", "")


def _deleted(root: etree._Element | None) -> dict[str, str]:
    """Return the words of each deletion by its number."""
    found = {}
    for region in root.iter("{*}changed-region") if root is not None else ():
        gone = region.find("{*}deletion")
        if gone is not None:
            texts = [text for one in gone.iter("{*}p", "{*}h") for text in one.itertext()]
            found[attribute(region, "id") or ""] = " ".join("".join(texts).split())
    return found


def _styles(root: etree._Element | None) -> _Styles:
    """Return (name shown, parent, indent in blanks) of each paragraph style."""
    found = {}
    for style in root.iter("{*}style") if root is not None else ():
        name = attribute(style, "name") or ""
        properties = style.find("{*}paragraph-properties")
        left = attribute(properties, "margin-left") if properties is not None else None
        shown = attribute(style, "display-name") or name.replace("_20_", " ")
        parent = attribute(style, "parent-style-name") or ""
        words = style.find("{*}text-properties")
        hidden = words is not None and attribute(words, "display") == "none"
        found[name] = (shown, parent, HIDDEN_STYLE if hidden else _measure(left))
    return found


def _named(key: str, styles: _Styles) -> tuple[str, float]:
    """Return the name of a style that a person knows, and the indent that it brings."""
    indent = -1.0
    shown = key
    for _ in range(DEEPEST_STYLE):
        shown, parent, left = styles.get(key, (key.replace("_20_", " "), "", -1.0))
        indent = indent if indent >= 0 else left
        if not parent or not _is_automatic(key):
            break
        key = parent
    return shown, max(0.0, indent)


def _is_automatic(key: str) -> bool:
    return key[:1] == "P" and key[1:].isdecimal()


def _measure(text: str | None) -> float:
    """Return a measure in blanks, -1 where there is none."""
    if text is None:
        return -1.0
    number, unit = text[:-2], text[-2:]
    try:
        return max(0.0, min(float(number), 10_000.0) * BLANKS[unit])
    except (ValueError, KeyError):
        return -1.0
