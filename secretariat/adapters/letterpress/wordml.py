"""Word's XML, as far as a letter needs it: parts, paragraphs and their text."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT_PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
EDGES: Final = ("header", "footer")
RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_BYTES: Final = 50 * 2**20


def parse_part(package: zipfile.ZipFile, name: str) -> etree._Element:
    """Return one part, parsed strictly and without reaching outside."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(package.read(name), parser)


def text_of(paragraph: etree._Element) -> str:
    """Return a paragraph's text; a line break is one, a tab is one."""
    pieces = []
    for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}cr"):
        if element.tag == f"{W}t":
            pieces.append(element.text or "")
        elif element.getparent().tag == f"{W}r":
            pieces.append("\t" if element.tag == f"{W}tab" else "\n")
    return "".join(pieces)


def part_name(name: str) -> str:
    """Return what staff call a part of the file: "letter", "header", "footer", "footnotes"."""
    stem = re.sub(r"word/(\D+)\d*\.xml", r"\1", name)
    return {"document": "letter"}.get(stem, stem)


def short(text: str) -> str:
    """Return a line's first words, by which staff find it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:57]}…"


def is_on(switch: etree._Element | None) -> bool:
    """Say whether a switch of Word's, such as w:b, is set and not set to off."""
    return switch is not None and switch.get(f"{W}val", "true") not in ("0", "false", "off")


class WordFile:
    """A Word file open for reading: its parts, and what its styles and lists are.

    headers, footers: those that the letter shows, the first page's before the others'
    opening: the header of its first page, none where that has none
    """

    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            names = package.namelist()
            self.body = parse_part(package, "word/document.xml")
            self.headers, self.footers = (_edges(package, self.body, edge) for edge in EDGES)
            self.opening = _edges(package, self.body, "header", opening=True)
            styles = parse_part(package, "word/styles.xml")
            listed = "word/numbering.xml" in names
            numbering = parse_part(package, "word/numbering.xml") if listed else None
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self._kinds = _kinds(numbering) if numbering is not None else {}

    def style(self, paragraph: etree._Element) -> str:
        """Return the name of the paragraph's style, "" for the ordinary one."""
        style = self._style(paragraph)
        name = style.find(f"{W}name") if style is not None else None
        return str(name.get(f"{W}val", "")) if name is not None else ""

    def depth(self, paragraph: etree._Element) -> int:
        """Return how deep in a list the paragraph stands: 0 for none, 1 for a point."""
        numbering, level = self._numbered(paragraph)
        if numbering == "0":
            return 0
        if numbering or level:
            return level + 1
        style = self.style(paragraph)
        if style.startswith("List "):
            return int(style[-1]) if style[-1].isdecimal() else 1
        return 0

    def numbering(self, paragraph: etree._Element) -> tuple[str, str]:
        """Return which list a point belongs to, and how it counts: "bullet", "decimal" …"""
        numbering, level = self._numbered(paragraph)
        return numbering, self._kinds.get((numbering, level), "")

    def _style(self, paragraph: etree._Element) -> etree._Element | None:
        said = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._styles.get(said.get(f"{W}val")) if said is not None else None

    def _numbered(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the list's number ("" for none) and the level (from 0), its style's if need be."""
        numbering, level = _numbers_in(paragraph)
        style, left = self._style(paragraph), len(self._styles)
        while style is not None and left and (not numbering or level is None):
            own, its_level = _numbers_in(style)
            numbering, level = numbering or own, its_level if level is None else level
            based, left = style.find(f"{W}basedOn"), left - 1
            style = self._styles.get(based.get(f"{W}val")) if based is not None else None
        return numbering, level or 0


def paragraphs_of(part: etree._Element) -> Iterator[etree._Element]:
    """Go through a part's paragraphs in their order, those of tables among them."""
    yield from part.iter(f"{W}p")


def _numbers_in(element: etree._Element) -> tuple[str, int | None]:
    number = element.find(f"{W}pPr/{W}numPr/{W}numId")
    level = element.find(f"{W}pPr/{W}numPr/{W}ilvl")
    return (
        str(number.get(f"{W}val", "")) if number is not None else "",
        int(level.get(f"{W}val", "0")) if level is not None else None,
    )


def _kinds(part: etree._Element) -> dict[tuple[str, int], str]:
    """Return how each level of each list counts."""
    abstract = {each.get(f"{W}abstractNumId"): each for each in part.iter(f"{W}abstractNum")}
    found = {}
    for number in part.iter(f"{W}num"):
        of = number.find(f"{W}abstractNumId")
        levels = abstract.get(of.get(f"{W}val")) if of is not None else None
        for level in levels.iter(f"{W}lvl") if levels is not None else ():
            kind = level.find(f"{W}numFmt")
            place = (str(number.get(f"{W}numId")), int(level.get(f"{W}ilvl", "0")))
            found[place] = str(kind.get(f"{W}val", "")) if kind is not None else ""
    return found


def _edges(
    package: zipfile.ZipFile, body: etree._Element, edge: str, *, opening: bool = False
) -> list[etree._Element]:
    """Return the headers or footers that are shown, the first page's before the others'."""
    sections = list(body.iter(f"{W}sectPr"))
    if "word/_rels/document.xml.rels" not in package.namelist() or not sections:
        return []
    links = {
        each.get("Id"): f"word/{each.get('Target', '').removeprefix('/word/')}"
        for each in parse_part(package, "word/_rels/document.xml.rels")
    }
    first = is_on(sections[-1].find(f"{W}titlePg"))
    wanted = ("first", "default")[: 1 if opening else 2] if first else ("default",)
    named = {
        each.get(f"{W}type", "default"): links.get(each.get(RELATION), "")
        for section in sections
        for each in section.iter(f"{W}{edge}Reference")
    }
    names = dict.fromkeys(named[kind] for kind in wanted if named.get(kind))
    return [parse_part(package, name) for name in names if name in package.namelist()]
