"""How long the matcher takes for a name, and to be built, against the least that either needs."""

from __future__ import annotations

import csv
import time
from statistics import median, quantiles
from typing import Final

from secretariat.config import defaults
from secretariat.config.directory import read_directory
from secretariat.domain.matching import Matcher
from secretariat.domain.matching_words import words
from tests.benchmarks.measuring import Figure, Work, side_by_side

NAMES: Final = ("aliases_dev.csv", "names_thought_up.csv")
MOST_MICROSECONDS: Final = 1000


def figures(*, quick: bool) -> list[Figure]:
    """Return every name of the lists, a long text, and the building of the matcher."""
    directory = read_directory(defaults() / "config" / "directory")
    matcher, names = Matcher(directory), _names()
    times = 5 if quick else 15
    long = "Anytown and Otherham " * 5000
    return [
        Figure(
            f"match of {len(names)} names",
            "the same names cut into words",
            side_by_side(
                _each(matcher, names), lambda: [words(each) for each in names], times=times
            ),
            note=_note(matcher, names, times),
        ),
        Figure(
            "match of a text of 100 KB",
            "the text copied",
            side_by_side(lambda: matcher.match(long), lambda: long.encode(), times=times),
            note="at most 20 ms",
        ),
        Figure(
            "Matcher(directory)",
            "reading the directory's files",
            side_by_side(
                lambda: Matcher(directory).match("Anytown"),
                lambda: read_directory(defaults() / "config" / "directory"),
                times=times,
            ),
        ),
    ]


def _names() -> list[str]:
    found: list[str] = []
    for name in NAMES:
        with (defaults() / "tests/corpus/directory" / name).open(encoding="utf-8") as file:
            found += [row["name_as_written"] for row in csv.DictReader(file)]
    return found


def _each(matcher: Matcher, names: list[str]) -> Work:
    return lambda: [matcher.match(each) for each in names]


def _note(matcher: Matcher, names: list[str], times: int) -> str:
    took = [min(_microseconds(matcher, each) for _ in range(times)) for each in names]
    last = quantiles(took, n=100)[98]
    verdict = "met" if last <= MOST_MICROSECONDS else "MISSED"
    return f"a name: median {median(took):.0f} µs, 99 of 100 within {last:.0f} µs (1000: {verdict})"


def _microseconds(matcher: Matcher, name: str) -> float:
    begun = time.perf_counter()
    matcher.match(name)
    return (time.perf_counter() - begun) * 1e6
