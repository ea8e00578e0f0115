"""Which column of a list of cases states what, by its heading; and which columns are never taken.

A heading that is not known is left out and told of.  One under which real names may stand is
told of by itself: what stands there is never kept.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from secretariat.domain.errors import Refused

FURTHEST_HEADINGS: Final = 15
LONGEST_HEADING: Final = 80


class Column(StrEnum):
    """What a column of a list may state, in the words of the preview."""

    PARTNERSHIP = "partnership"
    LOCAL = "local reference"
    OURS = "our reference"
    PSEUDONYMS = "pseudonyms"
    DIED = "date of death"
    SUBMITTED = "date submitted"
    CONSIDERED = "date considered"
    OUTCOME = "outcome"
    LETTER = "date of the letter"
    CONTACT = "contact's email"
    LINK = "link to the publication"
    PUBLISHED = "date published"
    STATUS = "status"
    CHASE_FROM = "chase from"
    REMARKS = "remarks"


SEVERAL: Final = (Column.PSEUDONYMS, Column.REMARKS)
HEADINGS: Final[Mapping[Column, str]] = MappingProxyType(
    {
        Column.PARTNERSHIP: "csp|partnership|community safety partnership|csp name|name of csp"
        "|partnership name|csp area|area|local authority|council|la|authority"
        "|community safety partnership csp|csp local authority",
        Column.LOCAL: "local reference|local ref|csp reference|csp ref|council reference"
        "|council ref|dhr number|dhr no|dhr ref|dhr reference|their reference|their ref|case ref"
        "|case reference|local reference number|area reference|local dhr reference",
        Column.OURS: "our reference|our ref|ho reference|ho ref|home office reference"
        "|home office ref|qa reference|qa ref|qa number|secretariat reference|reference|ref"
        "|reference number|ref no",
        Column.PSEUDONYMS: "pseudonym|pseudonyms|pseudonym used|pseudonyms used"
        "|pseudonym as printed|pseudonyms as printed|pseudonym in report|alias|known as"
        "|name used in report|names used in report|report name|pseudonym s|pseudonym victim"
        "|victim pseudonym|pseudonym of victim",
        Column.DIED: "date of death|death|died|date died|dod|date of homicide|homicide date"
        "|death date|date of the death|month of death|year of death|date of incident",
        Column.SUBMITTED: "date submitted|submitted|date received|received|submission date"
        "|date of submission|received on|submitted on|date report received|date in|received date"
        "|date received by ho|date received by home office|report received",
        Column.CONSIDERED: "date considered|considered|panel date|date of panel|qa panel date"
        "|meeting date|date of meeting|panel|panel meeting|considered on|date of qa panel|qa panel"
        "|panel meeting date|date considered by panel|date of panel meeting|qa date",
        Column.OUTCOME: "outcome|panel outcome|decision|panel decision|qa outcome|result"
        "|outcome of panel|panel s decision|qa decision",
        Column.LETTER: "date of letter|date of the letter|letter date|letter sent|date letter sent"
        "|feedback letter|feedback letter sent|letter|letter sent on|feedback sent"
        "|date of feedback letter|feedback letter date|date feedback sent|date letter issued",
        Column.CONTACT: "contact|contact email|contact s email|contact e mail|email|e mail"
        "|email address|contact address|contact email address|csp email|csp contact"
        "|csp contact email|contact s e mail|contact details",
        Column.LINK: "url|link|publication link|published link|publication url|url of publication"
        "|link to report|weblink|web link|web address|published at|link to publication"
        "|link to published report|website link|link to the publication",
        Column.PUBLISHED: "date published|published on|publication date|date of publication"
        "|published date|publication|published",
        Column.STATUS: "status|current status|stage|state|case status|position|current position",
        Column.CHASE_FROM: "chase from|chase on|chase after|next chase|do not chase before"
        "|chase not before|chaser from",
        Column.REMARKS: "remarks|remark|notes|note|comments|comment|further comments|other notes",
    }
)
KNOWN: Final[Mapping[str, Column]] = MappingProxyType(
    {name: column for column, names in HEADINGS.items() for name in names.split("|")}
)
REAL: Final = re.compile(
    r"\b(?:names?|forenames?|surnames?|victims?|deceased|perpetrators?|perps?|suspects?|offenders?"
    r"|defendants?|family|kin|relatives?|accused|initials|born|birth|dob|nhs|subjects?|identity"
    r"|children|spouse|partners?)\b"
)
NOT_REAL: Final = re.compile(r"\b(?:file|officer|owner|chair|author|caseworker|number of)\b")


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings of a list, understood.

    row: its number in the sheet, from 1
    columns: what each place (from 0) states
    left_out: headings that are not known, as they stand
    real_names: headings under which real names may stand, as they stand
    name_places: the places of those
    """

    row: int
    columns: Mapping[int, Column]
    left_out: tuple[str, ...] = ()
    real_names: tuple[str, ...] = ()
    name_places: tuple[int, ...] = ()

    def places(self, column: Column) -> tuple[int, ...]:
        """Return where a thing is stated, in the order of the places."""
        return tuple(place for place, each in sorted(self.columns.items()) if each is column)


def headings_of(rows: Sequence[Sequence[str]]) -> Headings:
    """Find the row of headings among the first rows; raise Refused where there is none.

    Two columns that state the same are refused too, save for pseudonyms and remarks.
    """
    for number, row in enumerate(rows[:FURTHEST_HEADINGS], start=1):
        columns = {place: column for place, cell in enumerate(row) if (column := column_of(cell))}
        if Column.PARTNERSHIP in columns.values() and len(columns) > 1:
            found = Headings(number, MappingProxyType(columns))
            _refuse_two(found, row)
            return _with_others(found, row)
    raise Refused(
        "no row of headings was found: the list needs a column headed “Partnership” or “CSP” and "
        "at least one more, such as “Local reference” or “Date submitted”"
    )


def column_of(heading: str) -> Column | None:
    """Return what a column under this heading states, None where that is not known."""
    plain = _plain(heading)
    return KNOWN.get(plain) or KNOWN.get(re.sub(r"\s*\d+$", "", plain))


def may_hold_names(heading: str) -> bool:
    """Say whether real names or the like may stand under a heading that is not known."""
    plain = _plain(heading)
    return bool(REAL.search(plain)) and not NOT_REAL.search(plain)


def _with_others(found: Headings, row: Sequence[str]) -> Headings:
    others = [place for place, cell in enumerate(row) if place not in found.columns and cell]
    names = [place for place in others if may_hold_names(row[place])]
    told = [row[place].strip()[:LONGEST_HEADING] for place in others if place not in names]
    return Headings(
        found.row,
        found.columns,
        tuple(each for each in told if each),
        tuple(row[place].strip()[:LONGEST_HEADING] for place in names),
        tuple(names),
    )


def _refuse_two(found: Headings, row: Sequence[str]) -> None:
    for column in Column:
        places = found.places(column)
        if len(places) > 1 and column not in SEVERAL:
            two = " and ".join(f"“{row[place].strip()[:LONGEST_HEADING]}”" for place in places[:2])
            raise Refused(f"two columns state the {column}: {two}; take one of them out")


def _plain(heading: str) -> str:
    without = re.sub(r"\((?:s|csp|dd/?mm/?y+|if known|optional)\)", " ", heading.casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", without).split())
