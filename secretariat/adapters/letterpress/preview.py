"""The very Word file as safe HTML for the page, and as paragraphs for reading and comparing."""

from collections.abc import Iterator
from html import escape
from typing import Final

import nh3
from lxml import etree

from secretariat.adapters.letterpress.wordml import (
    W,
    WordFile,
    is_on,
    paragraphs_of,
    text_of,
)

TAGS: Final = {
    *("p", "ul", "ol", "li", "br", "strong", "em", "u", "div", "h2", "h3"),
    *("table", "tbody", "tr", "td"),
}
ATTRIBUTES: Final = {"ol": {"start", "type"}}
KINDS: Final = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
MARKS: Final = (("b", "strong"), ("i", "em"), ("u", "u"))
PAGES: Final = ("PAGE", "NUMPAGES", "SECTIONPAGES")
HOLDERS: Final = frozenset(f"{W}{name}" for name in ("body", "sdt", "sdtContent", "customXml"))
SOME_PAGE: Final = "…"


def html_of(docx: bytes) -> str:
    """Return the letter as HTML: header, paragraphs with real lists and tables, footer.

    It has no pages: where Word numbers them stands "…".
    """
    word = WordFile(docx)
    parts = (*word.headers, word.body, *word.footers)
    return cleaned("".join(f"<div>{_Blocks(word).html(part)}</div>" for part in parts))


def cleaned(html: str) -> str:
    """Return HTML with nothing in it that a letter does not need."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, strip_comments=True)


def text_paragraphs(docx: bytes) -> tuple[str, ...]:
    """Return the text, first page's header first and without footer; a point begins with "- ".

    The lines of one paragraph (the address) are joined by a space, and empty
    paragraphs are left out.
    """
    word = WordFile(docx)
    found = []
    for part in (*word.opening, word.body):
        for paragraph in paragraphs_of(part):
            text = " ".join(text_of(paragraph).split("\n")).strip()
            depth = word.depth(paragraph)
            if text:
                found.append(f"{'  ' * (depth - 1)}- {text}" if depth else text)
    return tuple(found)


class _Blocks:
    """One part of the file, block by block; the lists that are open, and how far each has come."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._open: list[str] = []
        self._counted: dict[tuple[str, int], int] = {}

    def html(self, holder: etree._Element) -> str:
        """Return what a body, cell or content control holds."""
        return "".join(self._pieces(holder)) + self._step_to(0)

    def _pieces(self, holder: etree._Element) -> Iterator[str]:
        for block in holder:
            if block.tag == f"{W}p":
                yield self._paragraph(block)
            elif block.tag == f"{W}tbl":
                yield self._step_to(0) + self._table(block)
            elif block.tag in HOLDERS:
                yield from self._pieces(block)

    def _table(self, table: etree._Element) -> str:
        rows = (
            "".join(f"<td>{_Blocks(self._word).html(cell)}</td>" for cell in row.iter(f"{W}tc"))
            for row in table.iter(f"{W}tr")
        )
        return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"

    def _paragraph(self, paragraph: etree._Element) -> str:
        words = "".join(_run(run) for run in paragraph.iter(f"{W}r"))
        if depth := self._word.depth(paragraph):
            return self._item(paragraph, depth, words)
        steps = self._step_to(0)
        style = self._word.style(paragraph)
        if style.startswith("heading"):
            tag = "h3" if style[-1:] not in ("", "1") else "h2"
            return f"{steps}<{tag}>{words}</{tag}>"
        return f"{steps}<p>{words}</p>" if words.strip() else steps

    def _item(self, paragraph: etree._Element, depth: int, words: str) -> str:
        """Return one point; its list is begun, gone on with, or an inner one ended."""
        numbering, kind = self._word.numbering(paragraph)
        count = self._counted[numbering, depth] = self._counted.get((numbering, depth), 0) + 1
        for inner in [key for key in self._counted if key[0] == numbering and key[1] > depth]:
            del self._counted[inner]
        tag = "ul" if kind in ("", "bullet", "none") else "ol"
        pieces = [self._step_to(depth)]
        if len(self._open) == depth and self._open[-1] != tag:
            pieces.append(self._step_to(depth - 1))
        if len(self._open) == depth:
            pieces.append("</li>")
        while len(self._open) < depth:
            last = len(self._open) == depth - 1
            pieces.append(_opened(tag if last else "ul", kind if last else "", count))
            pieces.append("" if last else "<li>")
            self._open.append(tag if last else "ul")
        return "".join((*pieces, "<li>", words))

    def _step_to(self, depth: int) -> str:
        """Return the tags that end every list deeper than this."""
        pieces = []
        while len(self._open) > depth:
            pieces.append(f"</li></{self._open.pop()}>")
        return "".join(pieces)


def _opened(tag: str, kind: str, count: int) -> str:
    if tag == "ul":
        return "<ul>"
    letters = f' type="{KINDS[kind]}"' if kind in KINDS else ""
    return f"<ol{letters}>" if count == 1 else f'<ol{letters} start="{count}">'


def _run(run: etree._Element) -> str:
    pieces = []
    for element in run.iter(f"{W}t", f"{W}br", f"{W}cr", f"{W}tab"):
        if element.tag == f"{W}t":
            pieces.append(escape(element.text or ""))
        elif element.getparent() is run:
            pieces.append(" " if element.tag == f"{W}tab" else "<br>")
    words = "".join(pieces)
    if words and _numbers_pages(run):
        return SOME_PAGE
    for mark, tag in MARKS:
        if words and is_on(run.find(f"{W}rPr/{W}{mark}")):
            words = f"<{tag}>{words}</{tag}>"
    return words


def _numbers_pages(run: etree._Element) -> bool:
    field = run.getparent()
    if field is not None and field.tag == f"{W}fldSimple":
        return str(field.get(f"{W}instr", "")).split()[:1] in [[each] for each in PAGES]
    return _within_page_field(run)


def _within_page_field(run: etree._Element) -> bool:
    """Say whether a run is what Word last wrote between a page field's code and its end."""
    for before in run.itersiblings(f"{W}r", preceding=True):
        mark = before.find(f"{W}fldChar")
        if mark is not None and mark.get(f"{W}fldCharType") in ("end", "begin"):
            return False
        code = before.find(f"{W}instrText")
        if code is not None:
            return (code.text or "").split()[:1] in [[each] for each in PAGES]
    return False
