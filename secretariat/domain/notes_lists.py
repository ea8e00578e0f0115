"""Lists as people make them in notes: hyphens, bullets, numbers and letters, nested by anything."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from secretariat.domain.papers import NotesLine

ROMAN: Final = "i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii"
GLYPH: Final = re.compile(r"\s*(?P<glyph>[-–—−*•·●∙■▪▫□◦○‣⁃►➢➤✓\uf0b7\uf0a7]|o)\s+")
NUMBER: Final = re.compile(r"\s*\(?(?P<number>\d{1,3})[.)](?:\s+|$)")
DOTTED: Final = re.compile(r"\s*(?P<dotted>\d{1,2}(?:\.\d{1,3}){1,3})[.)]?\s+")
ROMANS: Final = re.compile(rf"\s*\(?(?P<roman>{ROMAN})[.)]\s+")
LETTER: Final = re.compile(r"\s*(?:\(?(?P<letter>[a-zA-Z])\)|(?P<dot>[a-z])\.)\s+")
SMALL: Final = frozenset("o◦○▫")
SAME: Final = 2
DEEPEST: Final = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a point.

    kind: "glyph" (a program's own list too), "small glyph", "number", "letter", "roman" or
        "dotted2" for "2.1" and so on; two points of one kind and indent are level
    name: as written, without what closes it
    text: the point without it
    """

    kind: str
    name: str
    text: str


def mark_of(text: str) -> Mark | None:
    """Return the mark that the line begins with, or None."""
    if hit := GLYPH.match(text):
        kind = "small glyph" if hit["glyph"] in SMALL else "glyph"
        return Mark(kind, hit["glyph"], text[hit.end() :].strip())
    if hit := DOTTED.match(text):
        kind = f"dotted{hit['dotted'].count('.') + 1}"
        return Mark(kind, hit["dotted"], text[hit.end() :].strip())
    for kind, shape in (("number", NUMBER), ("roman", ROMANS), ("letter", LETTER)):
        if hit := shape.match(text):
            name = next(one for one in hit.groups() if one)
            return Mark(kind, name, text[hit.end() :].strip())
    return None


def mark_of_line(line: NotesLine) -> Mark | None:
    """Return what stands before the point of a line; a program's own list needs nothing typed."""
    mark = mark_of(line.text)
    own = line.level >= 0 or line.style.lower().startswith("list")
    if own and (mark is None or not mark.kind.endswith("glyph")):
        return Mark("glyph", "", line.text.strip())
    return mark


def numbering(lines: Iterable[NotesLine]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the lines whose dotted number only numbers the list, and those where it may.

    It surely does below a plain number ("2." then "2.1"); it may where it counts on from 1.  Any
    other ("4.2 needs a date") is a paragraph of the report, and part of the words.
    """
    sure: set[int] = set()
    perhaps: set[int] = set()
    above, last, run = "", "", list[int]()
    for line in lines:
        mark = mark_of_line(line)
        if mark is None or not mark.kind.startswith(("number", "dotted")):
            continue
        if mark.kind == "number":
            above, run = mark.name, []
            continue
        stem, _, count = mark.name.rpartition(".")
        if count == "1":
            run = [line.number]
        else:
            run = [*run, line.number] if run and mark.name == _next(last) else []
        last = mark.name
        if stem == above:
            sure.update(run)
        elif len(run) > 1:
            perhaps.update(run)
    return frozenset(sure), frozenset(perhaps)


def _next(name: str) -> str:
    stem, _, count = name.rpartition(".")
    return f"{stem}.{int(count) + 1}"


@dataclass(slots=True)
class Levels:
    """How deep the list stands that is being read."""

    stack: list[tuple[int, int, str]] = field(default_factory=list)
    last: str = ""

    def depth_of(self, line: NotesLine, mark: Mark) -> tuple[int, bool]:
        """Return the depth of a point from 1, and whether it is sure."""
        place = (max(line.level, 0), line.indent + _blanks(line.text))
        while self.stack and _beyond(self.stack[-1][:2], place):
            self.stack.pop()
        kind = self._kind(mark)
        self.last = mark.name
        level = [at for at, one in enumerate(self.stack) if not _beyond(place, one[:2])]
        twins = [at for at in level if self.stack[at][2] == kind]
        if twins:
            del self.stack[twins[-1] + 1 :]
            return twins[-1] + 1, True
        sure = not level or _goes_below(self.stack[-1][2], kind)
        self.stack.append((*place, kind))
        return len(self.stack), sure

    def clear(self) -> None:
        """Begin a list anew."""
        self.stack.clear()

    def _kind(self, mark: Mark) -> str:
        """Return the kind; "i)" after "h)" is a letter, below "a)" it is none."""
        letters = any(one[2] == "letter" for one in self.stack)
        lone = mark.kind == "roman" and len(mark.name) == 1
        if lone and letters and len(self.last) == 1 and ord(self.last) + 1 == ord(mark.name):
            return "letter"
        return mark.kind


def _beyond(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether the first stands further in than the second; one blank makes no level."""
    if one[0] != other[0]:
        return one[0] > other[0]
    return one[1] - other[1] >= SAME


def _goes_below(above: str, below: str) -> bool:
    """Say whether a mark of this kind goes below one of that kind, whoever writes it."""
    if below.startswith("dotted") or below in ("letter", "roman"):
        return True
    return below == "small glyph" and above == "glyph"


def _blanks(text: str) -> int:
    wide = text.expandtabs(4)
    return len(wide) - len(wide.lstrip())
