"""Word's XML, as far as a letter needs it: parts, paragraphs and their text."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT_PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
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
    """A Word file open for reading: its parts, and what its styles are called."""

    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            names = package.namelist()
            self.body = parse_part(package, "word/document.xml")
            self.headers = [parse_part(package, name) for name in _named(names, "header")]
            self.footers = [parse_part(package, name) for name in _named(names, "footer")]
            styles = parse_part(package, "word/styles.xml")
        self._styles = {
            style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val", "")
            for style in styles.iter(f"{W}style")
        }

    def style(self, paragraph: etree._Element) -> str:
        """Return the name of the paragraph's style, "" for the ordinary one."""
        said = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._styles.get(said.get(f"{W}val"), "") if said is not None else ""

    def depth(self, paragraph: etree._Element) -> int:
        """Return how deep in a list the paragraph stands: 0 for none, 1 for a point."""
        style = self.style(paragraph)
        if style.startswith("List "):
            return int(style[-1]) if style[-1].isdecimal() else 1
        level = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
        return int(level.get(f"{W}val", "0")) + 1 if level is not None else 0


def paragraphs_of(part: etree._Element) -> Iterator[etree._Element]:
    """Go through a part's paragraphs in their order, those of tables among them."""
    yield from part.iter(f"{W}p")


def _named(names: list[str], stem: str) -> list[str]:
    return sorted(name for name in names if re.fullmatch(rf"word/{stem}\d*\.xml", name))
