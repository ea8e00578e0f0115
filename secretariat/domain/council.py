"""Councils, community safety partnerships and police areas, as the directory knows them.

A Community Safety Partnership commissions a review; councils sit on it; a letter to it is
copied to the body that holds the police of its area to account.  Councils are abolished and
partnerships merge, so old names stay in the directory and point to who answers today.
No address of a commissioner's office is held: staff enter it, and it is never guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from secretariat.domain.errors import SecretariatError

T = TypeVar("T")


class NotInDirectory(SecretariatError):
    """Something was looked up by an id that the directory does not have."""

    def __init__(self, what: str, key: str) -> None:
        self.what, self.key = what, key
        super().__init__(f"the {what} {key!r} is not in the directory")


class BodyType(StrEnum):
    """Who holds the police of an area to account, and so gets a copy of the letter."""

    PCC = "Police and Crime Commissioner"
    PFCC = "Police, Fire and Crime Commissioner"
    MAYOR = "mayor"
    MOPAC = "Mayor's Office for Policing and Crime"
    CITY = "City of London Corporation"


class CspKind(StrEnum):
    """What a row of the directory stands for."""

    ONS = "official partnership"
    LEGACY = "official partnership whose council has since merged"
    SUCCESSOR = "partnership of a new council"
    MERGED = "partnerships that work as one"
    SEVERAL = "several areas acting together"
    PART = "part of a partnership, named on its own"
    COUNTY = "county level"
    HISTORIC_DISTRICT = "partnership of an abolished district"
    HISTORIC_MERGED = "former joint partnership"
    SPECIAL = "special area"


@dataclass(frozen=True, slots=True)
class Csp:
    """One partnership.

    alt_names: names seen in use, with a source; unverified_names: general knowledge, a clue only
    council_ids: today's councils in its area
    current_id: the partnership that answers today; its own id where it still stands
    """

    id: str
    name: str
    kind: CspKind
    council_ids: tuple[str, ...]
    pfa_code: str
    current_id: str
    alt_names: tuple[str, ...] = ()
    unverified_names: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Council:
    """One principal council, current or abolished.

    type: as the source writes it, "county", "London borough" …
    upper_tier_id: the county council above a district, else empty
    domains: e-mail and website domains, lower case; inferred, so a clue and never proof
    successor_ids: who followed it at once; current_successor_ids: who stands today
    abolished_on: the day on which it had ceased to be, None for a current council
    """

    id: str
    name: str
    type: str
    pfa_code: str
    alt_names: tuple[str, ...] = ()
    welsh_name: str = ""
    upper_tier_id: str = ""
    domains: tuple[str, ...] = ()
    abolished_on: date | None = None
    successor_ids: tuple[str, ...] = ()
    current_successor_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PoliceArea:
    """One police force area.

    copy_to: the title of the office that a letter is copied to, never a person's name
    other_names: the force, earlier titles, short forms
    domain: the office's website, which is not a partnership's
    """

    code: str
    name: str
    body_type: BodyType
    copy_to: str
    other_names: tuple[str, ...] = ()
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """Every partnership, council and police area, by its id; build it with `directory_of`."""

    csps: Mapping[str, Csp]
    councils: Mapping[str, Council]
    police_areas: Mapping[str, PoliceArea]

    def csp(self, csp_id: str) -> Csp:
        """Return the partnership; raise NotInDirectory for an id that the directory lacks."""
        return _found(self.csps, csp_id, "partnership")

    def council(self, council_id: str) -> Council:
        """Return the council; raise NotInDirectory for an id that the directory lacks."""
        return _found(self.councils, council_id, "council")

    def police_area(self, code: str) -> PoliceArea:
        """Return the police area; raise NotInDirectory for a code that the directory lacks."""
        return _found(self.police_areas, code, "police area")

    def current(self, csp_id: str) -> Csp:
        """Return the partnership that answers today for one that may have ended."""
        return self.csp(self.csp(csp_id).current_id)

    def successors(self, council_id: str) -> tuple[Council, ...]:
        """Return the councils that stand today in its place; itself where it was not abolished."""
        council = self.council(council_id)
        if council.abolished_on is None:
            return (council,)
        return tuple(self.council(each) for each in council.current_successor_ids)

    def councils_of(self, csp_id: str) -> tuple[Council, ...]:
        """Return today's councils in the partnership's area."""
        return tuple(self.council(each) for each in self.csp(csp_id).council_ids)

    def csps_of(self, council_id: str) -> tuple[Csp, ...]:
        """Return every partnership that the council sits on, county level and former ones too."""
        return tuple(csp for csp in self.csps.values() if council_id in csp.council_ids)


def directory_of(
    csps: Iterable[Csp], councils: Iterable[Council], police_areas: Iterable[PoliceArea]
) -> Directory:
    """Return the directory of these rows; of rows with the same id the last one counts."""
    return Directory(
        csps=MappingProxyType({each.id: each for each in csps}),
        councils=MappingProxyType({each.id: each for each in councils}),
        police_areas=MappingProxyType({each.code: each for each in police_areas}),
    )


def _found(rows: Mapping[str, T], key: str, what: str) -> T:
    try:
        return rows[key]
    except KeyError:
        raise NotInDirectory(what, key) from None
