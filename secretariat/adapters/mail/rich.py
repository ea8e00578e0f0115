"""The HTML part of a mail of ours, made of its plain words: the same words, easier to read.

Paragraphs, lists and links; everything escaped, nothing fetched, no image and no mark that
tells who opened it.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

LANGUAGE: Final = "en-GB"
SHORT_LINE: Final = 60
"""A line this short ends where its writer meant it to, as in a signature; a longer one flows on."""
STYLE: Final = "font-family: Arial, sans-serif; font-size: 12pt; line-height: 1.4; color: #0b0c0c"

_LINK: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BULLET: Final = re.compile(r"\s*[-*\u2022]\s+(.*)")
_NUMBER: Final = re.compile(r"\s*\d{1,3}[.)]\s+(.*)")
_ENDINGS: Final = ".,;:!?'\u2019\u201d"


def html_of(text: str, title: str) -> str:
    """Return a page of these words; title: the mail's subject, for those who hear it read out."""
    blocks = "\n".join(_blocks(text))
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGE}">\n<head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>\n"
        f'<body style="{STYLE}">\n{blocks}\n</body>\n</html>\n'
    )


def _blocks(text: str) -> Iterator[str]:
    """Go through paragraphs and lists; a list may follow a paragraph's line at once."""
    for piece in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.replace("\r\n", "\n").strip("\n")):
        gathered: list[str] = []
        kind = ""
        for line in piece.split("\n"):
            found = _kind_of(line)
            goes_on = kind in ("ul", "ol") and not found and line.startswith((" ", "\t"))
            if gathered and found != kind and not goes_on:
                yield _block(kind, gathered)
                gathered = []
            kind = kind if goes_on else found
            gathered.append(line)
        if any(line.strip() for line in gathered):
            yield _block(kind, gathered)


def _kind_of(line: str) -> str:
    if _BULLET.fullmatch(line):
        return "ul"
    return "ol" if _NUMBER.fullmatch(line) else ""


def _block(kind: str, lines: Sequence[str]) -> str:
    if not kind:
        return f"<p>{_flowing(lines)}</p>"
    shape = _BULLET if kind == "ul" else _NUMBER
    items: list[str] = []
    for line in lines:
        if found := shape.fullmatch(line):
            items.append(found[1].strip())
        else:
            items[-1] += f" {line.strip()}"
    first = re.match(r"\s*(\d+)", lines[0]) if kind == "ol" else None
    start = f' start="{int(first[1])}"' if first and int(first[1]) != 1 else ""
    listed = "".join(f"<li>{_linked(item)}</li>" for item in items)
    return f"<{kind}{start}>{listed}</{kind}>"


def _flowing(lines: Sequence[str]) -> str:
    """Return a paragraph's lines as they flow, broken where its writer broke them."""
    said = [line.strip() for line in lines if line.strip()]
    broken = [f"{_linked(line)}{'<br>' if len(line) < SHORT_LINE else ''}" for line in said[:-1]]
    return "\n".join((*broken, _linked(said[-1])))


def _linked(text: str) -> str:
    """Return the text escaped, its web addresses as links; a sentence's end is no part of one."""
    made, end = [], 0
    for hit in _LINK.finditer(text):
        link = hit[0].rstrip(_ENDINGS)
        if link.endswith(")") and link.count(")") > link.count("("):
            link = link[:-1].rstrip(_ENDINGS)
        made.append(escape(text[end : hit.start()]))
        made.append(f'<a href="{escape(link)}">{escape(link)}</a>')
        end = hit.start() + len(link)
    return "".join((*made, escape(text[end:])))
