"""Reads the directory's CSV files (`config/directory`) into the domain's values.

PROVENANCE.md beside them says where they come from and what they do not know.
"""

import csv
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from secretariat.config.faults import ConfigFaults, Fault
from secretariat.domain.council import (
    BodyType,
    Council,
    Csp,
    CspKind,
    Directory,
    PoliceArea,
    directory_of,
)

T = TypeVar("T")

KINDS: Final[Mapping[str, CspKind]] = MappingProxyType(
    {
        "ons": CspKind.ONS,
        "ons_legacy": CspKind.LEGACY,
        "successor": CspKind.SUCCESSOR,
        "merged_practice": CspKind.MERGED,
        "multi_area": CspKind.SEVERAL,
        "part_of_ons": CspKind.PART,
        "county": CspKind.COUNTY,
        "historic_district": CspKind.HISTORIC_DISTRICT,
        "historic_merged": CspKind.HISTORIC_MERGED,
        "special": CspKind.SPECIAL,
    }
)
BODIES: Final[Mapping[str, BodyType]] = MappingProxyType({each.name: each for each in BodyType})


class _BadCell(Exception):
    """A cell holds what the directory cannot use."""


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return what a cell says, "" for nothing."""
        return self.cells[column].strip()

    def needed(self, column: str) -> str:
        """Return what a cell says; raise _BadCell for nothing."""
        if not (text := self.text(column)):
            raise _BadCell(f"{column} is empty")
        return text

    def several(self, column: str) -> tuple[str, ...]:
        """Return what stands between the bars of a cell, () for nothing."""
        return tuple(part.strip() for part in self.text(column).split("|") if part.strip())

    def one_of(self, column: str, words: Mapping[str, T]) -> T:
        """Return what the word in a cell stands for; raise _BadCell for another word."""
        text = self.text(column)
        if text not in words:
            raise _BadCell(f"{column} is {text!r}; it must be one of {', '.join(words)}")
        return words[text]

    def day(self, column: str) -> date | None:
        """Return the day in a cell, None for nothing; raise _BadCell for anything else."""
        if not (text := self.text(column)):
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise _BadCell(f"{column} is {text!r}; it must be a date like 2023-04-01") from None


@dataclass(frozen=True, slots=True)
class _Folder:
    """Reads files of one folder; remembers every fault and the line of every id."""

    path: Path
    faults: list[Fault] = field(default_factory=list)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def read(self, name: str, make: Callable[[_Row], tuple[str, T]]) -> dict[str, T]:
        """Return the rows of one file by id; rows with faults are left out and told."""
        found: dict[str, T] = {}
        for line, cells in self._lines(name):
            try:
                key, row = make(_Row(cells))
                if key in found:
                    raise _BadCell(f"{key} is there twice")
            except KeyError as missing:
                self.faults.append(Fault(name, 1, f"the column {missing.args[0]} is missing"))
                break
            except _BadCell as bad:
                self.faults.append(Fault(name, line, str(bad)))
            else:
                found[key] = row
                self.lines[name, key] = line
        return found

    def _lines(self, name: str) -> Iterator[tuple[int, dict[str, str]]]:
        try:
            with (self.path / name).open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file, restval="")
                for cells in reader:
                    if None in cells:
                        sentence = "there are more cells than columns"
                        self.faults.append(Fault(name, reader.line_num, sentence))
                        continue
                    yield reader.line_num, cells
        except FileNotFoundError:
            self.faults.append(Fault(name, 0, f"the file is not in {self.path}"))
        except (OSError, UnicodeDecodeError, csv.Error) as fault:
            self.faults.append(Fault(name, 0, f"the file cannot be read ({fault})"))

    def known(
        self, where: tuple[str, str], column: str, ids: Collection[str], *, among: Collection[str]
    ) -> None:
        """Tell a fault for each id that the directory has no row for."""
        name, key = where
        for each in ids:
            if each not in among:
                sentence = f"{column} names {each!r}, which the directory does not have"
                self.faults.append(Fault(name, self.lines[name, key], sentence))


def read_directory(folder: Path) -> Directory:
    """Return the directory kept in `folder`; raise ConfigFaults with every bad line."""
    files = _Folder(folder)
    areas = files.read("police_areas.csv", _police_area)
    councils = files.read("councils.csv", _council)
    csps = files.read("csps.csv", _csp)
    if not files.faults:
        _check_references(files, directory_of(csps.values(), councils.values(), areas.values()))
    if files.faults:
        raise ConfigFaults(files.faults)
    return directory_of(csps.values(), councils.values(), areas.values())


def _check_references(files: _Folder, directory: Directory) -> None:
    for csp in directory.csps.values():
        where = ("csps.csv", csp.id)
        files.known(where, "council_ids", csp.council_ids, among=directory.councils)
        files.known(where, "current_csp_id", (csp.current_id,), among=directory.csps)
        files.known(where, "pfa_code", (csp.pfa_code,), among=directory.police_areas)
    for council in directory.councils.values():
        where = ("councils.csv", council.id)
        followers = (*council.successor_ids, *council.current_successor_ids)
        files.known(where, "successor_ids", followers, among=directory.councils)
        files.known(where, "pfa_code", (council.pfa_code,), among=directory.police_areas)


def _csp(row: _Row) -> tuple[str, Csp]:
    key = row.needed("csp_id")
    return key, Csp(
        id=key,
        name=row.needed("csp_name"),
        kind=row.one_of("row_type", KINDS),
        council_ids=row.several("council_ids"),
        pfa_code=row.needed("pfa_code"),
        current_id=row.text("current_csp_id") or key,
        alt_names=tuple(
            dict.fromkeys((*row.several("alt_names"), *row.several("ho_library_names")))
        ),
        unverified_names=row.several("alt_names_unverified"),
        notes=row.text("notes"),
    )


def _council(row: _Row) -> tuple[str, Council]:
    key = row.needed("council_id")
    names = dict.fromkeys((row.needed("short_name"), *row.several("alt_names")))
    domains = dict.fromkeys((row.text("website_domain"), *row.several("email_domains")))
    return key, Council(
        id=key,
        name=row.needed("official_name"),
        type=row.needed("type"),
        pfa_code=row.needed("pfa_code"),
        alt_names=tuple(names),
        welsh_name=row.text("welsh_name"),
        upper_tier_id=row.text("upper_tier_id"),
        domains=tuple(each.casefold() for each in domains if each),
        abolished_on=row.day("abolished_on"),
        successor_ids=row.several("successor_ids"),
        current_successor_ids=row.several("current_successor_ids"),
    )


def _police_area(row: _Row) -> tuple[str, PoliceArea]:
    key = row.needed("pfa_code")
    return key, PoliceArea(
        code=key,
        name=row.needed("pfa_name"),
        body_type=row.one_of("body_type", BODIES),
        copy_to=row.needed("letter_copy_to"),
        other_names=(row.needed("force_name"), *row.several("alt_titles_and_names")),
        domain=row.text("website_domain").casefold(),
    )
