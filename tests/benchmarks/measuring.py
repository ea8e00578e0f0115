"""Our work and its floor, measured in turn in one run: what counts is the ratio, never the time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Final

Work = Callable[[], object]

HEAD: Final = ("", "ours", "floor", "ratio", "middle half", "aim", "")
NOTED: Final = "     "


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    pairs: (ours, floor) in seconds, each pair measured one right after the other
    floor: what the floor is, in a few words
    aim: the ratio that is not to be passed; None where the line is there to be seen only
    note: what else was counted, such as statements
    """

    name: str
    floor: str
    pairs: tuple[tuple[float, float], ...]
    aim: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """Return the median of the pairs' ratios."""
        return median(self.ratios)

    @property
    def ratios(self) -> tuple[float, ...]:
        """Return the ratio of each pair."""
        return tuple(ours / floor for ours, floor in self.pairs)

    def cells(self) -> tuple[str, ...]:
        """Return the figure as a line of the table."""
        first, _, third = quantiles(self.ratios, n=4) if len(self.pairs) > 1 else (self.ratio,) * 3
        verdict = "" if self.aim is None else ("met" if self.ratio <= self.aim else "MISSED")
        return (
            self.name,
            shown(median(ours for ours, _ in self.pairs)),
            shown(median(floor for _, floor in self.pairs)),
            f"{self.ratio:.2f}",
            f"{first:.2f} to {third:.2f}",
            "" if self.aim is None else f"{self.aim:.1f}",
            verdict,
        )


def side_by_side(
    ours: Work, floor: Work, *, times: int, warm: int = 1
) -> tuple[tuple[float, float], ...]:
    """Return the seconds of both, taken in turn; which goes first changes from pair to pair."""
    for _ in range(warm):
        floor()
        ours()
    pairs = []
    for count in range(times):
        if count % 2:
            first = seconds(ours)
            pairs.append((first, seconds(floor)))
        else:
            first = seconds(floor)
            pairs.append((seconds(ours), first))
    return tuple(pairs)


def seconds(work: Work) -> float:
    """Return how long `work` takes, without the collection of earlier garbage."""
    gc.collect()
    gc.disable()
    try:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun
    finally:
        gc.enable()


def shown(duration: float) -> str:
    """Return seconds as a person reads them."""
    return f"{duration:.2f} s" if duration >= 1 else f"{duration * 1000:.2f} ms"


def table(figures: list[Figure]) -> str:
    """Return the figures as one table, each with its floor and note under it."""
    rows = [HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [_line(row, widths) for row in rows]
    for place, figure in reversed(list(enumerate(figures, start=1))):
        told = f"floor: {figure.floor}" + (f"; {figure.note}" if figure.note else "")
        lines.insert(place + 1, f"{NOTED}{told}")
    return "\n".join(lines)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    name, *numbers = (
        cell.ljust(width) if column in (0, len(row) - 1) else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join((name, *numbers)).rstrip()
