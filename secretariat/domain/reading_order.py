"""The order in which a person reads what lies on a page: row by row, or column by column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

FEWEST_LINES: Final = 8
FEWEST_CHARACTERS: Final = 20
MOST_ACROSS: Final = 0.3
FULL: Final = 0.7
GUTTERS: Final = tuple(place / 100 for place in range(34, 67, 2))


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of one line; in points from the left and from the top of the page as it is shown."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float = 0.0
    bold: bool = False


def in_reading_order(pieces: Iterable[Placed], width: float) -> list[Placed]:
    """Return the pieces as they are read, those that make one word or phrase joined."""
    rows = [piece for row in _rows(pieces) for piece in _joined(row)]
    gutter = _gutter(rows, width)
    return rows if gutter is None else _by_column(rows, gutter)


def _rows(pieces: Iterable[Placed]) -> list[list[Placed]]:
    """Put pieces whose middle lies within the first one of a row into that row."""
    rows: list[list[Placed]] = []
    for piece in sorted(pieces, key=lambda one: (one.top + one.bottom) / 2):
        middle = (piece.top + piece.bottom) / 2
        if rows and any(one.top <= middle <= one.bottom for one in rows[-1]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _joined(row: Sequence[Placed]) -> list[Placed]:
    """Join pieces that stand as near as letters or words do, such as "11", "th" and "May"."""
    made: list[Placed] = []
    for piece in row:
        last = made[-1] if made else None
        size = max(piece.size, last.size) if last else 0.0
        gap = piece.left - last.right if last else 0.0
        if last is None or not -0.3 * size <= gap <= 0.6 * size or size == 0.0:
            made.append(piece)
            continue
        between = " " if gap > 0.15 * size else ""
        made[-1] = replace(
            last,
            text=f"{last.text}{between}{piece.text}",
            right=max(last.right, piece.right),
            top=min(last.top, piece.top),
            bottom=max(last.bottom, piece.bottom),
            size=size,
        )
    return made


def _gutter(rows: Sequence[Placed], width: float) -> float | None:
    """Return where two columns of prose part, None where the page has one column or a table."""
    best: tuple[int, float] | None = None
    for share in GUTTERS:
        place = share * width
        left = [one for one in rows if one.right <= place]
        right = [one for one in rows if one.left >= place]
        across = len(rows) - len(left) - len(right)
        if across > MOST_ACROSS * len(rows) or not (_is_prose(left) and _is_prose(right)):
            continue
        if best is None or across < best[0]:
            best = across, place
    return best[1] if best else None


def _is_prose(lines: Sequence[Placed]) -> bool:
    """Say whether most lines fill their column, as labels and values in a table do not."""
    if len(lines) < FEWEST_LINES:
        return False
    if sum(len(one.text) for one in lines) < FEWEST_CHARACTERS * len(lines):
        return False
    widest = max(one.right - one.left for one in lines)
    return sum(one.right - one.left >= FULL * widest for one in lines) >= 0.6 * len(lines)


def _by_column(rows: Sequence[Placed], gutter: float) -> list[Placed]:
    """Read the left column down and then the right one, between lines that go across both."""
    made: list[Placed] = []
    right: list[Placed] = []
    for one in rows:
        if one.left >= gutter:
            right.append(one)
        elif one.right <= gutter:
            made.append(one)
        else:
            made += [*right, one]
            right = []
    return made + right
