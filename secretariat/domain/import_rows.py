"""One row of a list, read: the case that it states, or why a person must look at it first.

What stands in a column of real names is compared with the rest of its row and then dropped:
no case holds it.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from secretariat.domain.contacts import bare_address
from secretariat.domain.errors import NotAReference, Refused
from secretariat.domain.import_columns import Column, Headings
from secretariat.domain.import_dates import DateUnclear, read_date, says_nothing
from secretariat.domain.import_standing import Dates, Stood, standing
from secretariat.domain.import_words import ENDED, outcome_of, plain, status_of
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Status

MOST_ROWS: Final = 5_000
HIGHEST_NUMBER: Final = 5_000
LONGEST: Final[Mapping[Column, int]] = MappingProxyType({Column.REMARKS: 4_000})
LONGEST_CELL: Final = 300
DATED: Final = (
    Column.DIED,
    Column.SUBMITTED,
    Column.CONSIDERED,
    Column.LETTER,
    Column.PUBLISHED,
    Column.CHASE_FROM,
)
APART: Final = re.compile(r"\s*(?:[;,/&\n]|\band\b)\s*", re.I)
QUOTES: Final = "\"'“”‘’«» "
LINK: Final = re.compile(r"https?://[^\s<>\"]+", re.I)
NO_NAME: Final = re.compile(
    r"adult|victim|the|and|miss|mrs|not|known|unknown|child|male|female|perpetrator|deceased"
    r"|family|review|case|report|dhr|for|with|none"
)


@dataclass(frozen=True, slots=True)
class ListedCase:
    """What one row states of a case; nothing of it is in the register by that.

    row: its number in the sheet, from 1, as the program that shows the list counts
    mark: SHA-256 of what was read of it; the same row in another list has the same
    partnership: as written
    ours: our reference where the list states one; earlier: what stands there otherwise
    died: as precise as stated, "" for not at all
    stood: where it stands, from when, and what its dates are; None where that is doubtful
    sender: the address in the contact's column; nobody has confirmed it
    link: where it is published, "" for nowhere
    notes: what the person who looks at the preview should know
    faults: why the row cannot be taken as it is; empty where it can
    """

    row: int
    mark: str
    partnership: str
    local_reference: str = ""
    ours: Reference | None = None
    earlier: str = ""
    pseudonyms: tuple[str, ...] = ()
    died: str = ""
    stood: Stood | None = None
    outcome: Outcome | None = None
    sender: str = ""
    link: str = ""
    remarks: str = ""
    chase_from: date | None = None
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """The cells of one row by what they state, and what was found wrong so far."""

    cells: Mapping[Column, str]
    today: date
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def text(self, column: Column) -> str:
        """Return a cell on one line, "" for one that says nothing."""
        typed = " ".join(self.cells.get(column, "").split())
        return "" if says_nothing(typed) else typed

    def day(self, column: Column) -> str:
        """Return the date in a cell; note a fault for one that is doubtful."""
        try:
            return read_date(self.cells.get(column, ""), today=self.today)
        except DateUnclear as fault:
            self.faults.append(f"{column}: {fault}")
            return ""


def cases_in(
    rows: Sequence[Sequence[str]], headings: Headings, *, today: date
) -> tuple[ListedCase, ...]:
    """Read every row under the headings; empty ones are passed over; Refused for too many."""
    below = list(enumerate(rows, start=1))[headings.row :]
    filled = [(number, row) for number, row in below if any(cell.strip() for cell in row)]
    if len(filled) > MOST_ROWS:
        raise Refused(f"the list has more than {MOST_ROWS} rows: take it in in parts")
    return tuple(case_of(number, row, headings, today=today) for number, row in filled)


def case_of(number: int, row: Sequence[str], headings: Headings, *, today: date) -> ListedCase:
    """Read one row; what is wrong with it stands in `faults`."""
    cells = _cells(row, headings)
    read = _Reading(cells, today)
    read.faults.extend(_too_long(cells))
    read.faults.extend(_repeated(cells, [row[at] for at in headings.name_places if at < len(row)]))
    if not (partnership := read.text(Column.PARTNERSHIP)):
        read.faults.append("it names no partnership")
    ours, earlier = _ours(read)
    dates = Dates(*(read.day(column) for column in DATED[:-1]))
    outcome, link = _outcome(read), _link(read)
    stood = _stood(read, dates, outcome, link)
    return ListedCase(
        number,
        _mark(cells),
        partnership,
        read.text(Column.LOCAL),
        ours,
        earlier,
        _pseudonyms(cells.get(Column.PSEUDONYMS, "")),
        dates.died,
        stood,
        stood.outcome if stood else outcome,
        _sender(read),
        link,
        cells.get(Column.REMARKS, "").strip(),
        _chase_from(read),
        tuple(read.notes),
        tuple(read.faults),
    )


def _cells(row: Sequence[str], headings: Headings) -> dict[Column, str]:
    """Return what the row states under known headings; several columns of one kind are joined."""
    cells: dict[Column, str] = {}
    for place, column in sorted(headings.columns.items()):
        typed = row[place].strip() if place < len(row) else ""
        if typed:
            cells[column] = f"{cells[column]}\n{typed}" if column in cells else typed
    return cells


def _mark(cells: Mapping[Column, str]) -> str:
    told = "\x1f".join(f"{column}\x1e{' '.join(cells[column].split())}" for column in sorted(cells))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _too_long(cells: Mapping[Column, str]) -> list[str]:
    return [
        f"the {column} is longer than {most} characters"
        for column, typed in cells.items()
        if len(typed) > (most := LONGEST.get(column, LONGEST_CELL))
    ]


def _repeated(cells: Mapping[Column, str], names: Sequence[str]) -> list[str]:
    """Say which cells that would be kept repeat a word from a column of real names."""
    real = {word for name in names for word in _words(name) if not NO_NAME.fullmatch(word)}
    kept = (Column.PSEUDONYMS, Column.LOCAL, Column.OURS, Column.REMARKS)
    return [
        f"the {column} may hold a real name: it repeats a word of the columns of real names"
        for column in kept
        if real & _words(cells.get(column, ""))
    ]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text.casefold()))


def _ours(read: _Reading) -> tuple[Reference | None, str]:
    typed = read.text(Column.OURS)
    try:
        ours = Reference.parse(typed)
    except NotAReference:
        return None, typed
    if ours.year > read.today.year or not 0 < ours.number <= HIGHEST_NUMBER:
        read.faults.append(f"{ours} cannot be a reference that was given yet")
    return ours, ""


def _outcome(read: _Reading) -> Outcome | None:
    typed = read.text(Column.OUTCOME)
    found = outcome_of(typed)
    if typed and found is None:
        known = ", ".join(f"“{each}”" for each in Outcome)
        read.faults.append(f"the outcome “{typed[:60]}” is not known: write one of {known}")
    return found


def _stood(read: _Reading, dates: Dates, outcome: Outcome | None, link: str) -> Stood | None:
    typed = read.text(Column.STATUS)
    said = status_of(typed)
    if plain(typed) in ENDED and dates.published:
        said = Status.PUBLISHED
    elif typed and said is None:
        read.faults.append(f"the status “{typed[:60]}” does not say where the case stands")
    if read.faults:
        return None
    found = standing(dates, said, outcome, link=bool(link), today=read.today)
    read.notes.extend(found.notes)
    read.faults.extend(found.faults)
    return None if found.faults else found


def _pseudonyms(typed: str) -> tuple[str, ...]:
    parts = (part.strip(QUOTES) for part in APART.split(typed))
    found = (part for part in parts if not says_nothing(part))
    return tuple(dict.fromkeys(" ".join(part.split()) for part in found))


def _sender(read: _Reading) -> str:
    typed = read.text(Column.CONTACT)
    if not typed:
        return ""
    try:
        return bare_address(typed)
    except Refused:
        read.notes.append("the contact's email is not one address and is left out")
        return ""


def _link(read: _Reading) -> str:
    typed = read.text(Column.LINK)
    if typed and not LINK.fullmatch(typed):
        read.notes.append("the link does not begin with http:// or https:// and is left out")
        return ""
    return typed


def _chase_from(read: _Reading) -> date | None:
    typed = read.day(Column.CHASE_FROM)
    if not typed:
        return None
    if len(typed) < len("2021-02-03") or date.fromisoformat(typed) <= read.today:
        read.faults.append("chase from: write a whole day that is still to come")
        return None
    return date.fromisoformat(typed)
