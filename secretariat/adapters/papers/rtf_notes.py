"""Reads panel notes in rich text (RTF): the walker of `rtf` with what it passes over kept.

Before it walks, marks are put into the file: a letter and a number between two characters that
no text uses, wherever a paragraph's style, list or indent is said, a cell ends, or a change or
comment begins; what the program itself puts before a point is left out.
They come out with the words of the line on which they hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from secretariat.adapters.papers import rtf
from secretariat.adapters.papers.docx_notes import moved_out
from secretariat.domain.papers import NotesLine, NotesMark

OPEN, CLOSE = "\ue000", "\ue001"
MARK: Final = re.compile(f"{OPEN}([a-z])(-?[0-9]*){CLOSE}")
SAID: Final = re.compile(
    r"\\\\|\\(?P<word>pard|ilvl|ls|line|li|s|intbl|cell|row|revised|deleted|footnote|v)"
    r"(?P<number>-?[0-9]+)?(?![a-zA-Z0-9]) ?"
    r"|(?:\\\*)?\\(?P<comment>annotation)(?![a-zA-Z]) ?"
    r"|\{(?:\\\*)?\\(?P<list>listtext|pntext)(?![a-zA-Z])(?:[^{}\\]|\\.|\{[^{}]*\})*\}"
)
LETTERS: Final = {
    "pard": "p", "ilvl": "l", "ls": "n", "line": "b", "li": "i", "s": "s",
    "intbl": "t", "cell": "c", "row": "r",
    "revised": "x", "deleted": "x", "annotation": "k", "footnote": "f", "v": "v",
}  # fmt: skip
SWITCHES: Final = frozenset({"revised", "deleted", "v"})
STYLE: Final = re.compile(r"\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
STYLE_KEY: Final = re.compile(r"\\s(\d{1,4})(?![0-9a-z])")
NO_NAME: Final = re.compile(r"\{[^{}]*\}|\\[a-z]+-?\d* ?|\\\*")
LONGEST_SHEET: Final = 500_000
TWIPS_A_BLANK: Final = 120
BLANKS_A_TAB: Final = 6
MARKED: Final = {"x": NotesMark.TRACKED, "k": NotesMark.COMMENT, "f": NotesMark.FOOTNOTE,
                 "v": NotesMark.HIDDEN}  # fmt: skip


@dataclass(slots=True)
class _State:
    """How the paragraphs stand until something else is said; `cell` counts in its row."""

    style: str = ""
    level: int = 0
    listed: bool = False
    left: int = 0
    row: int = 1
    cell: int = 0
    within: bool = False
    broken: bool = False


def paragraphs(content: bytes) -> tuple[NotesLine, ...]:
    """Return the lines of panel notes in their order, () where there are none."""
    text = content.decode("latin-1")
    names = _style_names(text)
    walked = rtf.text_of(SAID.sub(_marked, text).encode("latin-1"))
    state = _State()
    found = [line for row in walked.split("\n") for line in _lines(row, state, names)]
    numbered = [replace(line, number=at) for at, line in enumerate(found, start=1)]
    return tuple(moved_out(numbered))


def _marked(said: re.Match[str]) -> str:
    if said["list"]:
        return r"{\uc0\u57344 q\u57345 }"
    word = said["word"] or said["comment"]
    if not word or (word in SWITCHES and said["number"] == "0"):
        return said[0]
    mark = rf"{{\uc0\u57344 {LETTERS[word]}{said['number'] or ''}\u57345 }}"
    if word == "cell":
        return rf"{mark}\par "
    return f"{mark}{said[0]}"


def _style_names(text: str) -> dict[str, str]:
    """Return the names of the paragraph styles by their numbers."""
    start = text.find("{\\stylesheet")
    if start < 0:
        return {}
    names: dict[str, str] = {}
    for style in STYLE.finditer(text, start + 1, start + LONGEST_SHEET):
        if key := STYLE_KEY.search(style[1]):
            names.setdefault(key[1], NO_NAME.sub("", style[1]).strip(" ;\r\n"))
    return names


def _lines(row: str, state: _State, names: dict[str, str]) -> Iterator[NotesLine]:
    """Make the line of a row, if it says anything; its marks hold from where they stand."""
    marks: set[NotesMark] = set()
    words, place = [], 0
    continues, ended, listed = state.broken, False, False
    state.broken = False
    for mark in MARK.finditer(row):
        words.append(row[place : mark.start()])
        place = mark.end()
        letter, number = mark[1], int(mark[2] or 0)
        if letter in MARKED:
            marks.add(MARKED[letter])
        elif letter in "cq":
            ended, listed = ended or letter == "c", listed or letter == "q"
        else:
            _turn(state, letter, number, names)
    text = "".join((*words, row[place:]))
    if text.strip() or marks:
        state.listed = state.listed or listed
        yield replace(_line(text, state), continues=continues, marks=tuple(sorted(marks)))
    state.cell += ended


def _turn(state: _State, letter: str, number: int, names: dict[str, str]) -> None:
    match letter:
        case "p":
            state.style, state.level, state.left = "", 0, 0
            state.listed = state.within = False
        case "l":
            state.level = min(max(number, 0), 9)
        case "n":
            state.listed = number > 0
        case "i":
            state.left = min(max(number, 0), 20_000)
        case "s":
            state.style = names.get(str(number), "")
        case "t":
            state.within = True
        case "r":
            state.row, state.cell = state.row + 1, 0
        case "b":
            state.broken = True


def _line(text: str, state: _State) -> NotesLine:
    tabs = len(text) - len(text.lstrip("\t"))
    blanks = len(text[tabs:]) - len(text[tabs:].lstrip(" \u00a0"))
    indent = state.left // TWIPS_A_BLANK + tabs * BLANKS_A_TAB + blanks
    level = state.level if state.listed else -1
    cell = (1, state.row, state.cell + 1) if state.within else ()
    return NotesLine(0, text.strip(), state.style, level, indent, cell)
