"""Tables in notes: a row of labels over the reviews is turned into labels beside the words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from secretariat.domain.notes_words import announced, guessed
from secretariat.domain.papers import NotesLine
from secretariat.domain.reference import Reference

FEWEST_LABELS: Final = 2
MOST_HEAD_WORDS: Final = 6
HEAD: Final = "Table head"
"""The style of the first row of such a table: it says nothing by itself."""
LABEL: Final = "Table label"
"""The style of what is put before a cell: a label from the first row, written there once."""


def turned(lines: Sequence[NotesLine]) -> tuple[NotesLine, ...]:
    """Return the lines as they are read: of a table with its labels in the first row, each
    cell comes after its label, row by row.  All other lines stay as they are.
    """
    found: list[NotesLine] = []
    for table, rows in groupby(lines, key=lambda line: line.cell[:1]):
        each = tuple(rows)
        found += _turned_table(each) if table else each
    return tuple(found)


def _turned_table(lines: tuple[NotesLine, ...]) -> Iterator[NotesLine]:
    first = lines[0].cell[1]
    row = [line for line in lines if line.cell[1] == first and line.text.strip()]
    heads = {line.cell[2]: line for line in row}
    labels = {at for at, head in heads.items() if announced(head.text) or guessed(head.text)}
    below = [line for line in lines if line.cell[1] != first]
    wordy = any(len(line.text.split()) > MOST_HEAD_WORDS for line in row)
    if len(labels) < FEWEST_LABELS or not _names_a_review(below) or wordy or _names_a_review(row):
        yield from lines
        return
    last: tuple[int, ...] = ()
    for line in lines:
        if line.cell[1] == first:
            yield replace(line, style=HEAD)
            continue
        if line.cell != last and line.cell[2] in labels:
            head = heads[line.cell[2]]
            yield replace(head, cell=(*line.cell[:2], 1), marks=(), style=LABEL)
        yield line
        last = line.cell


def _names_a_review(lines: Sequence[NotesLine]) -> bool:
    return any(Reference.find_all(line.text) for line in lines)
