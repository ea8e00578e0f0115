"""Where a template leaves the house style of Home Office letters: advice, never a bar.

Left aligned, Arial 12, no italics, no block capitals in the body, pages numbered, A4, English
of Britain.  Letterhead, address and footer may be smaller.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree

from secretariat.adapters.letterpress.wordml import W, is_on, parse_part, short, text_of

A4: Final = (11906, 16838)
SLACK: Final = 20
LEAST_SIZE: Final = 24
FONT: Final = "Arial"
CAPITALS: Final = re.compile(r"\b[A-Z]{2,}(?:[ ,'’-]+[A-Z]{2,}){2,}\b")
TAG: Final = re.compile(r"\{[{%].*?[}%]\}")
LEFT: Final = frozenset({"", "left", "start"})


def advice_on(docx: bytes) -> tuple[str, ...]:
    """Return where a Word file leaves the house style, one sentence each."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        names = package.namelist()
        body = parse_part(package, "word/document.xml")
        styles = _Styles(parse_part(package, "word/styles.xml"))
        footers = [
            parse_part(package, name) for name in names if re.match(r"word/(foot|head)er", name)
        ]
    told = [*_of_the_page(body, footers), *styles.advice()]
    for number, paragraph in enumerate(body.iter(f"{W}p"), start=1):
        text = TAG.sub("", text_of(paragraph))
        if text.strip():
            where = f"paragraph {number} (“{short(text_of(paragraph))}”)"
            told += [f"{where} {why}" for why in _of_paragraph(paragraph, text, styles)]
    return tuple(dict.fromkeys(told))


def _of_the_page(body: etree._Element, edges: list[etree._Element]) -> Iterator[str]:
    size = body.find(f".//{W}sectPr/{W}pgSz")
    said = (0, 0) if size is None else (int(size.get(f"{W}w", 0)), int(size.get(f"{W}h", 0)))
    if any(abs(one - other) > SLACK for one, other in zip(said, A4, strict=True)):
        yield "the page is not A4"
    codes = " ".join(
        [each.get(f"{W}instr", "") for edge in edges for each in edge.iter(f"{W}fldSimple")]
        + [each.text or "" for edge in edges for each in edge.iter(f"{W}instrText")]
    )
    if not re.search(r"\bPAGE\b", codes):
        yield "the pages are not numbered"


def _of_paragraph(paragraph: etree._Element, text: str, styles: "_Styles") -> Iterator[str]:
    said = paragraph.find(f"{W}pPr/{W}jc")
    aligned = said.get(f"{W}val", "") if said is not None else styles.alignment(paragraph)
    if aligned not in LEFT:
        yield "is not left aligned"
    if CAPITALS.search(text) or any(_on(run, "caps") for run in paragraph.iter(f"{W}r")):
        yield "is in block capitals"
    if any(_on(run, "i") for run in paragraph.iter(f"{W}r")):
        yield "is in italics"
    if any(_font(run) not in ("", FONT) for run in paragraph.iter(f"{W}r")):
        yield f"is not in {FONT}"


def _on(run: etree._Element, switch: str) -> bool:
    return is_on(run.find(f"{W}rPr/{W}{switch}"))


def _font(run: etree._Element) -> str:
    said = run.find(f"{W}rPr/{W}rFonts")
    return str(said.get(f"{W}ascii") or "") if said is not None else ""


class _Styles:
    """What the file's styles say of font, size, language and alignment."""

    def __init__(self, part: etree._Element) -> None:
        self._part = part
        self._all = {each.get(f"{W}styleId"): each for each in part.iter(f"{W}style")}

    def advice(self) -> Iterator[str]:
        """Tell of the ordinary style, which the body is written in."""
        ordinary = next((each for each in self._all.values() if _is_ordinary(each)), None)
        plain = self._part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        own = ordinary.find(f"{W}rPr") if ordinary is not None else None
        font = _first(own, plain, "rFonts", "ascii")
        if font != FONT:
            yield f"the ordinary font is {font or 'not named'}, not {FONT}"
        if (size := _first(own, plain, "sz", "val") or "20") != str(LEAST_SIZE):
            yield f"the ordinary size is {float(size) / 2:g}, not {LEAST_SIZE // 2}"
        if (language := _first(own, plain, "lang", "val")) != "en-GB":
            yield f"the language is {language or 'not named'}, not English of the United Kingdom"

    def alignment(self, paragraph: etree._Element) -> str:
        """Return how the paragraph's style aligns it, "" for what is usual."""
        said = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self._all.get(said.get(f"{W}val")) if said is not None else None
        seen = 0
        while style is not None and (seen := seen + 1) < len(self._all) + 1:
            aligned = style.find(f"{W}pPr/{W}jc")
            if aligned is not None:
                return str(aligned.get(f"{W}val", ""))
            based = style.find(f"{W}basedOn")
            style = self._all.get(based.get(f"{W}val")) if based is not None else None
        return ""


def _is_ordinary(style: etree._Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")


def _first(
    own: etree._Element | None, plain: etree._Element | None, name: str, attribute: str
) -> str:
    for properties in (own, plain):
        found = properties.find(f"{W}{name}") if properties is not None else None
        if found is not None and found.get(f"{W}{attribute}"):
            return str(found.get(f"{W}{attribute}"))
    return ""
