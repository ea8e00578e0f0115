"""What must not go out with any letter: macros, comments, links, hidden words, tracked changes."""

import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from secretariat.adapters.letterpress.wordml import (
    MOST_BYTES,
    TEXT_PARTS,
    W,
    is_on,
    parse_part,
    part_name,
    short,
    text_of,
)

CHANGES: Final = tuple(
    f"{W}{name}"
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange"),
        "numberingChange",
    )
)
UNFILLED: Final = ("word/comments.xml", "word/endnotes.xml", "docProps/core.xml")
OPENING: Final = re.compile(r"\{[{%#]")
STEADY: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "HYPERLINK", "REF"})
PLAIN_LINKS: Final = frozenset({"http", "https", "mailto"})
MOST_TOLD: Final = 12


def faults_of_file(package: zipfile.ZipFile) -> Iterator[str]:
    """Return what is wrong with the file besides its fields; raise ValueError for no Word file."""
    names = package.namelist()
    if sum(member.file_size for member in package.infolist()) > MOST_BYTES:
        raise ValueError("it is too large")
    if "word/document.xml" not in names:
        raise ValueError("it holds no document")
    if len(set(names)) != len(names):
        yield "it holds a file twice: open it in Word and save it again"
    if any("vbaproject" in name.lower() for name in names):
        yield "it contains macros: save it as an ordinary Word document (.docx)"
    if any(re.match(r"word/(embeddings|activeX|afchunk)", name, re.I) for name in names):
        yield "another file is embedded in it, which would go out with every letter: delete it"
    hidden = _hiding_styles(package)
    for name in names:
        if name.endswith(".rels"):
            yield from _faults_in_links(parse_part(package, name))
        elif name in UNFILLED:
            yield from _faults_unfilled(name, parse_part(package, name))
        elif TEXT_PARTS.fullmatch(name):
            yield from _faults_in_part(name, parse_part(package, name), hidden)


def faults_of_changes(part: etree._Element) -> Iterator[tuple[int, str]]:
    """Return the paragraphs (from 1; 0 for none) with tracked changes or comments, and which."""
    found = False
    for number, paragraph in enumerate(part.iter(f"{W}p"), start=1):
        if next(paragraph.iter(*CHANGES), None) is not None:
            found = True
            yield number, "accept or reject the tracked changes first"
        if next(paragraph.iter(f"{W}commentReference"), None) is not None:
            yield number, "a comment stands beside it: delete it"
    if not found and next(part.iter(*CHANGES), None) is not None:
        yield 0, "accept or reject the tracked changes first"


def _faults_unfilled(name: str, part: etree._Element) -> Iterator[str]:
    if name.endswith("comments.xml") and len(part):
        yield "it holds comments, which would go out with every letter: delete them"
    elif OPENING.search("".join(part.itertext())):
        where = {"docProps/core.xml": "the file's properties"}.get(name, part_name(name))
        yield f"a field stands in {where}, where none is filled in"


def _faults_in_links(part: etree._Element) -> Iterator[str]:
    """Tell of other files and pages that Word would fetch."""
    for link in part:
        if link.get("TargetMode") != "External":
            continue
        kind, target = link.get("Type", "").rpartition("/")[2], link.get("Target", "")
        if kind == "attachedTemplate":
            yield (
                "a template of Word's is attached to it: under Developer, Document Template, "
                "take the name out"
            )
        elif kind != "hyperlink" or urlsplit(target).scheme.lower() not in PLAIN_LINKS:
            yield f"it links to a file outside ({kind}): put it into the document, or take it out"


def _faults_in_part(name: str, part: etree._Element, hidden: frozenset[str]) -> Iterator[str]:
    if part.tag.rpartition("}")[0] + "}" != W:
        yield "it is saved as Strict Open XML: save it as an ordinary Word document (.docx)"
        return
    paragraphs = list(part.iter(f"{W}p"))
    for number, why in islice(_numbered(part, paragraphs, hidden), MOST_TOLD):
        text = (
            f", paragraph {number} (“{short(text_of(paragraphs[number - 1]))}”)" if number else ""
        )
        yield f"{part_name(name)}{text}: {why}"


def _numbered(
    part: etree._Element, paragraphs: list[etree._Element], hidden: frozenset[str]
) -> Iterator[tuple[int, str]]:
    yield from faults_of_changes(part)
    for number, paragraph in enumerate(paragraphs, start=1):
        yield from ((number, why) for why in _faults_in_paragraph(paragraph, hidden))
    if next(part.iter(f"{W}altChunk"), None) is not None:
        yield 0, "another document is inserted into it: copy its words in instead"


def _faults_in_paragraph(paragraph: etree._Element, hidden: frozenset[str]) -> Iterator[str]:
    if next(paragraph.iter(f"{W}txbxContent"), None) is not None:
        yield "a text box, which screen readers miss: write its words as ordinary paragraphs"
    if any(_is_hidden(run, hidden) for run in paragraph.iter(f"{W}r")):
        yield "hidden words stand in it, which would go out with every letter: delete them"
    codes = ["".join(each.text or "" for each in paragraph.iter(f"{W}instrText"))]
    codes += [each.get(f"{W}instr", "") for each in paragraph.iter(f"{W}fldSimple")]
    for code in codes:
        if OPENING.search(code):
            yield "one of our fields stands inside a field of Word's: type it as plain words"
        elif code.strip() and not _is_steady(code):
            word = short(code.split()[0])
            yield f"Word's own field {word} would change, or fetch, after the letter is approved"
    yield from _faults_in_control(paragraph)


def _is_steady(code: str) -> bool:
    """Say whether a field of Word's shows the same whenever the letter is opened."""
    return code.split()[0].upper() in STEADY


def _faults_in_control(paragraph: etree._Element) -> Iterator[str]:
    """Tell of a content control round or in the paragraph that Word fills, or empties, itself."""
    inside = paragraph.iter(f"{W}sdtPr")
    around = (above.find(f"{W}sdtPr") for above in paragraph.iterancestors(f"{W}sdt"))
    for control in (*inside, *around):
        if control is None:
            continue
        if control.find(f"{W}dataBinding") is not None:
            yield "Word fills this content control in itself: remove the control, keep its words"
        elif control.find(f"{W}showingPlcHdr") is not None:
            yield "this content control holds only its hint: remove the control, keep its words"


def _is_hidden(run: etree._Element, hidden: frozenset[str]) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is None or not any(each.text for each in run.iter(f"{W}t")):
        return False
    style = properties.find(f"{W}rStyle")
    return is_on(properties.find(f"{W}vanish")) or (
        style is not None and style.get(f"{W}val") in hidden
    )


def _hiding_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """Return the character styles whose words are hidden."""
    if "word/styles.xml" not in package.namelist():
        raise ValueError("it holds no styles")
    styles = parse_part(package, "word/styles.xml")
    return frozenset(
        str(style.get(f"{W}styleId"))
        for style in styles.iter(f"{W}style")
        if is_on(style.find(f"{W}rPr/{W}vanish"))
    )
