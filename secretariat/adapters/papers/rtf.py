"""Lays a rich text file (RTF) open with a walker of its own.

Libraries pass over headers, footnotes and the text boxes in which covers stand, and over what is
hidden or deleted.  Runs in the reading process alone.
"""

import codecs
import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.papers import Layout, Line, ReadingStatus

START: Final = b"{\\rt"
FRONT_PAGES: Final = 3
MOST_FRONT_LINES: Final = 300
FEWEST_LETTERS: Final = 25
MOST_CHARACTERS: Final = 5_000_000
MOST_TOKENS: Final = 2_000_000
DEEPEST: Final = 1_000
NO_TEXT: Final = "no text: a person must read it"
TOO_LONG: Final = "the file is too long to be read: a person must look at it"
TOKEN: Final = re.compile(
    r"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+",
    re.S,
)
MARKS: Final = {
    "tab": "\t", "cell": "\t", "nestcell": "\t", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ",
    "enspace": " ", "qmspace": " ", "~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip
ENDS: Final = frozenset({"par", "line", "row", "nestrow", "page", "sect", "column", "\n", "\r"})
SKIPPED: Final = frozenset(
    {
        "aftncn", "aftnsep", "aftnsepc", "annotation", "atnauthor", "atnid", "atntime", "atnref",
        "author", "bkmkend", "bkmkstart", "blipuid", "buptim", "category", "colortbl", "comment",
        "company", "creatim", "datafield", "datastore", "defchp", "defpap", "doccomm", "docvar",
        "fldinst", "fonttbl", "ftncn", "ftnsep", "ftnsepc", "generator", "hlinkbase", "info",
        "keywords", "latentstyles", "listoverridetable", "listpicture", "listtable", "listtext",
        "manager", "mmath", "nonesttables", "objalias", "objclass", "objdata", "objname",
        "objsect", "oldcprops", "oldpprops", "operator", "panose", "pict", "pntext", "pntxta",
        "pntxtb", "printim", "private", "revtbl", "revtim", "rsidtbl", "sn", "sp", "stylesheet",
        "subject", "sv", "tc", "template", "themedata", "colorschememapping", "title", "txe",
        "ud", "userprops", "xe", "xmlnstbl", "shprslt", "htmltag", "mhtmltag", "xmlopen",
        "xmlclose", "filetbl", "fontemb", "fontfile", "picprop", "pgptbl", "wgrffmtfilter",
        "passwordhash",
    }
)  # fmt: skip
EDGES: Final = frozenset(
    {
        "header", "headerf", "headerl", "headerr",
        "footer", "footerf", "footerl", "footerr", "footnote",
    }
)  # fmt: skip
KEPT_THOUGH_STARRED: Final = frozenset({"shptxt", "fldrslt", "result", "dptxbxtext"})
CHARSETS: Final[Mapping[int, str]] = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip


class _TooMuch(Exception):
    """The file is nested deeper or has more marks than any paper."""


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds between two braces."""

    skipped: bool = False
    edge: bool = False
    hidden: bool = False
    deleted: bool = False
    in_fonts: bool = False
    named: bool = False
    after_unicode: int = 1
    font: int = -1
    size: float = 12.0
    bold: bool = False


@dataclass(slots=True)
class _Row:
    """The line being written; pieces that stand in the page's edge wait in a row of their own."""

    pieces: list[str] = field(default_factory=list)
    size: float = 0.0
    bold: bool = False


@dataclass(slots=True)
class _Walk:
    """What the walker has in mind."""

    group: _Group = _Group()
    outer: list[_Group] = field(default_factory=list)
    page: int = 1
    new_page: bool = True
    rows: tuple[_Row, _Row] = field(default_factory=lambda: (_Row(), _Row()))
    lines: list[Line] = field(default_factory=list)
    codec: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    octets: bytearray = field(default_factory=bytearray)
    to_pass: int = 0
    starred: bool = False
    seen: dict[FlagKind, int] = field(default_factory=dict)
    characters: int = 0


def lay_open(content: bytes) -> Layout:
    """Return the layout of an RTF file; its pages are the breaks that it states."""
    walk = _Walk()
    try:
        _go(content.decode("latin-1"), walk)
    except _TooMuch:
        return Layout(0, (), "", (TOO_LONG,), ReadingStatus.TOO_LARGE)
    flags = tuple(Flag(kind, SAYS[kind], count) for kind, count in walk.seen.items())
    faults = tuple(sorted(WARNS[kind] for kind in walk.seen if kind in WARNS))
    text = "\n".join(line.text for line in walk.lines)
    pages = walk.page if walk.page > 1 else 0
    if sum(map(str.isalnum, text)) < FEWEST_LETTERS:
        return Layout(pages, (), "", (*faults, NO_TEXT), ReadingStatus.NO_TEXT, flags)
    front = [line for line in walk.lines if line.page <= FRONT_PAGES][:MOST_FRONT_LINES]
    return Layout(pages, tuple(front), text[:MOST_CHARACTERS], faults, flags=flags)


def text_of(content: bytes) -> str:
    """Return the words of an RTF file, "" where it has none."""
    walk = _Walk()
    with contextlib.suppress(_TooMuch):
        _go(content.decode("latin-1"), walk)
    return "\n".join(line.text for line in walk.lines)[:MOST_CHARACTERS]


SAYS: Final = {
    FlagKind.TRACKED_CHANGES: "it holds tracked changes",
    FlagKind.COMMENTS: "it holds comments",
    FlagKind.HIDDEN_TEXT: "it holds hidden text",
    FlagKind.EMBEDDED_OBJECTS: "it holds embedded objects",
    FlagKind.EXTERNAL_LINKS: "it brings in something from outside when it is opened",
    FlagKind.AUTHOR_IN_PROPERTIES: "its properties name an author",
}
WARNS: Final = {
    kind: SAYS[kind] for kind in (FlagKind.TRACKED_CHANGES, FlagKind.COMMENTS, FlagKind.HIDDEN_TEXT)
}
NOTED: Final = {
    "annotation": FlagKind.COMMENTS,
    "objdata": FlagKind.EMBEDDED_OBJECTS,
    "objemb": FlagKind.EMBEDDED_OBJECTS,
    "objautlink": FlagKind.EXTERNAL_LINKS,
    "objlink": FlagKind.EXTERNAL_LINKS,
    "template": FlagKind.EXTERNAL_LINKS,
}


def _go(text: str, walk: _Walk) -> None:
    place, count = 0, 0
    while hit := TOKEN.match(text, place):
        count += 1
        if count > MOST_TOKENS or walk.characters > 2 * MOST_CHARACTERS:
            raise _TooMuch
        word, number, octet, mark, brace, plain = hit.groups()
        place = hit.end()
        if plain is not None:
            _plain(walk, plain)
        elif octet is not None:
            _octet(walk, int(octet, 16))
        elif word is not None:
            if word == "bin":
                place += max(0, int(number or "0"))
            _word(walk, word, None if number is None else int(number))
        elif brace is not None:
            _flush_octets(walk)
            _brace(walk, brace)
        elif mark is not None:
            _mark(walk, mark)
    _flush_octets(walk)
    for edge in (False, True):
        _end_row(walk, edge=edge)


def _brace(walk: _Walk, brace: str) -> None:
    walk.to_pass, walk.starred = 0, False
    if brace == "{":
        walk.outer.append(walk.group)
        if len(walk.outer) > DEEPEST:
            raise _TooMuch
    elif walk.outer:
        inner, walk.group = walk.group, walk.outer.pop()
        if inner.edge and not walk.group.edge:
            _end_row(walk, edge=True)


def _plain(walk: _Walk, plain: str) -> None:
    _flush_octets(walk)
    if walk.to_pass:
        passed = min(walk.to_pass, len(plain))
        walk.to_pass -= passed
        plain = plain[passed:]
    if not plain.isascii():
        plain = plain.encode("latin-1").decode(_codec(walk), "replace")
    _write(walk, plain)


def _octet(walk: _Walk, octet: int) -> None:
    if walk.to_pass:
        walk.to_pass -= 1
    else:
        walk.octets.append(octet)


def _flush_octets(walk: _Walk) -> None:
    if walk.octets:
        octets, walk.octets = bytes(walk.octets), bytearray()
        _write(walk, octets.decode(_codec(walk), "replace"))


def _codec(walk: _Walk) -> str:
    return walk.fonts.get(walk.group.font, walk.codec)


def _mark(walk: _Walk, mark: str) -> None:
    _flush_octets(walk)
    walk.to_pass = 0
    if mark == "*":
        walk.starred = True
    elif mark in ENDS:
        _end(walk, "par")
    elif mark in MARKS:
        _write(walk, MARKS[mark])


def _write(walk: _Walk, text: str) -> None:
    group = walk.group
    if group.named and text.strip(" ;"):
        walk.seen.setdefault(FlagKind.AUTHOR_IN_PROPERTIES, 1)
    if group.skipped or not text:
        return
    if group.deleted:
        return
    if group.hidden:
        if text.strip():
            walk.seen[FlagKind.HIDDEN_TEXT] = walk.seen.get(FlagKind.HIDDEN_TEXT, 0) + 1
        return
    row = walk.rows[group.edge]
    row.pieces.append(text)
    row.size, row.bold = max(row.size, group.size), row.bold or group.bold
    walk.characters += len(text)


def _word(walk: _Walk, word: str, number: int | None) -> None:
    _flush_octets(walk)
    starred, walk.starred = walk.starred, False
    if word == "u" and number is not None:
        _unicode(walk, number)
        return
    walk.to_pass = 0
    if word in MARKS:
        _write(walk, MARKS[word])
    elif word in KEPT_THOUGH_STARRED:
        walk.group = replace(walk.group, skipped=_outer_skips(walk))
    elif word in NOTED or word in SKIPPED or word in EDGES or starred:
        _enter(walk, word, starred=starred)
    elif word in LOOKS:
        _look(walk, word, number)
    elif word in FONTS:
        _font(walk, word, number)
    else:
        _break(walk, word)


def _break(walk: _Walk, word: str) -> None:
    if word in ENDS:
        _end(walk, word)
    elif word == "pagebb":
        _end(walk, "page")
    elif word in ("sbknone", "sectd"):
        walk.new_page = word == "sectd"


def _outer_skips(walk: _Walk) -> bool:
    """Say whether a text box stands in something that is not shown at all, such as a comment."""
    return any(group.named for group in walk.outer)


def _unicode(walk: _Walk, number: int) -> None:
    if number < 0:
        number += 0x10000
    walk.to_pass = walk.group.after_unicode
    if 0 <= number < 0x110000:
        _write(walk, chr(number))


def _enter(walk: _Walk, word: str, *, starred: bool) -> None:
    """Note what kind of group this is, and whether its words are shown."""
    if kind := NOTED.get(word):
        walk.seen[kind] = walk.seen.get(kind, 0) + 1
    if word in EDGES and not walk.group.skipped:
        walk.group = replace(walk.group, edge=True)
    elif starred or word in SKIPPED:
        walk.group = replace(
            walk.group,
            skipped=True,
            in_fonts=word == "fonttbl",
            named=word in ("author", "operator"),
        )


LOOKS: Final = frozenset({"v", "deleted", "revised", "plain", "uc", "fs", "b"})
FONTS: Final = frozenset({"f", "fcharset", "ansicpg", "mac", "pc", "pca", "deff"})
NAMED_CODECS: Final = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


def _look(walk: _Walk, word: str, number: int | None) -> None:
    on = number != 0
    group = walk.group
    if word == "plain":
        walk.group = replace(group, hidden=False, deleted=False, bold=False, size=12.0)
    elif word == "v":
        walk.group = replace(group, hidden=on)
    elif word == "b":
        walk.group = replace(group, bold=on)
    elif word == "uc":
        walk.group = replace(group, after_unicode=min(max(number or 0, 0), 20))
    elif word == "fs":
        walk.group = replace(group, size=min(max(number or 24, 2), 2_000) / 2)
    elif on and not group.skipped:
        seen = walk.seen.get(FlagKind.TRACKED_CHANGES, 0)
        walk.seen[FlagKind.TRACKED_CHANGES] = seen + 1
        walk.group = replace(group, deleted=group.deleted or word == "deleted")
    elif word == "deleted":
        walk.group = replace(group, deleted=False)


def _font(walk: _Walk, word: str, number: int | None) -> None:
    if word == "f":
        walk.group = replace(walk.group, font=number or 0)
    elif word == "fcharset":
        codec = CHARSETS.get(number or 0)
        if codec and number and any(group.in_fonts for group in (*walk.outer[-3:], walk.group)):
            walk.fonts[walk.group.font] = codec
    elif word == "ansicpg":
        walk.codec = _known_codec(number)
    elif word in NAMED_CODECS:
        walk.codec = NAMED_CODECS[word]


def _known_codec(page: int | None) -> str:
    codec = "utf-8" if page == 65001 else f"cp{page}"
    try:
        codecs.lookup(codec)
    except LookupError:
        return "cp1252"
    return codec


def _end(walk: _Walk, word: str) -> None:
    if walk.group.skipped:
        return
    _end_row(walk, edge=walk.group.edge)
    breaks = word == "page" or (word == "sect" and walk.new_page)
    if breaks and not walk.group.edge and not walk.group.deleted:
        walk.page += 1


def _end_row(walk: _Walk, *, edge: bool) -> None:
    row = walk.rows[edge]
    said = "".join(row.pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    for text in said.split("\n"):
        if text.strip():
            y = float(len(walk.lines))
            walk.lines.append(Line(text.strip(), walk.page, row.size, y, row.bold, edge))
    row.pieces, row.size, row.bold = [], 0.0, False
