"""The very Word file as safe HTML for the page, and as paragraphs for reading and comparing."""

from html import escape
from typing import Final

import nh3
from lxml import etree

from secretariat.adapters.letterpress.wordml import W, WordFile, paragraphs_of, text_of

TAGS: Final = {"p", "ul", "li", "br", "strong", "u", "div", "h2", "h3"}


def html_of(docx: bytes) -> str:
    """Return the letter as HTML: header, paragraphs with real lists, footer."""
    word = WordFile(docx)
    pieces = [_block(word, part) for part in (*word.headers, word.body, *word.footers)]
    return nh3.clean("".join(pieces), tags=TAGS, attributes={}, strip_comments=True)


def text_paragraphs(docx: bytes) -> tuple[str, ...]:
    """Return the text, header first and without footer; a point begins with "- ".

    The lines of one paragraph (the address) are joined by a space, and empty
    paragraphs are left out.
    """
    word = WordFile(docx)
    found = []
    for part in (*word.headers, word.body):
        for paragraph in paragraphs_of(part):
            text = " ".join(text_of(paragraph).split("\n")).strip()
            depth = word.depth(paragraph)
            if text:
                found.append(f"{'  ' * (depth - 1)}- {text}" if depth else text)
    return tuple(found)


def _block(word: WordFile, part: etree._Element) -> str:
    pieces, open_lists = [], 0
    for paragraph in paragraphs_of(part):
        depth = word.depth(paragraph)
        pieces.append(_steps(open_lists, depth))
        pieces.append(_paragraph(word, paragraph, depth))
        open_lists = depth
    return f"<div>{''.join(pieces)}{_steps(open_lists, 0)}</div>"


def _steps(before: int, now: int) -> str:
    """Return the tags that lead from one list depth to another."""
    if now > before:
        return "<ul>" + "<li><ul>" * (now - before - 1)
    closing = "</li></ul>" * (before - now)
    return closing + ("</li>" if now else "")


def _paragraph(word: WordFile, paragraph: etree._Element, depth: int) -> str:
    words = "".join(_run(run) for run in paragraph.iter(f"{W}r"))
    if depth:
        return f"<li>{words}"
    style = word.style(paragraph)
    if style.startswith("heading"):
        return f"<h3>{words}</h3>" if style[-1:] not in ("", "1") else f"<h2>{words}</h2>"
    return f"<p>{words}</p>" if words.strip() else ""


def _run(run: etree._Element) -> str:
    pieces = []
    for element in run.iter(f"{W}t", f"{W}br", f"{W}cr"):
        pieces.append(escape(element.text or "") if element.tag == f"{W}t" else "<br>")
    words = "".join(pieces)
    for mark, tag in (("b", "strong"), ("u", "u")):
        if words and run.find(f"{W}rPr/{W}{mark}") is not None:
            words = f"<{tag}>{words}</{tag}>"
    return words
