"""A round with nothing to do, every stage of it, over 100,000 reviews against 100."""

from __future__ import annotations

import tempfile
from pathlib import Path

from secretariat.domain.ledger import Tally
from secretariat.domain.review import Status
from secretariat.office.office import Office
from tests.benchmarks.measuring import Figure, Work, side_by_side
from tests.benchmarks.offices import an_office
from tests.benchmarks.seeding import OPEN, a_register_of
from tests.web.clients import statements

AIM = 1.5
MANY, FEW = 100_000, 100
AWAITED = {**OPEN, Status.PUBLICATION_AWAITED: 1_000}


def figures(*, quick: bool) -> list[Figure]:
    """Return the whole round, each stage, and the round where 1,000 reports are awaited."""
    times = 10 if quick else 30
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        few = _office(home / "few", FEW)
        many = _office(home / "many", MANY)
        under_way = sum(OPEN.values())
        found = [_compared(f"idle round over {MANY:,}", many, few, times=times)]
        found += [
            Figure(
                f"  {name}", "the same", side_by_side(work, few.round()[name], times=times, warm=2)
            )
            for name, work in many.round().items()
        ]
        many.close()
        awaited = _office(home / "awaited", 2_000, AWAITED)
        told = f"idle round, {AWAITED[Status.PUBLICATION_AWAITED]:,} awaited"
        found.append(_compared(told, awaited, few, times=min(times, 10)))
        few.close()
        awaited.close()
    return [
        Figure(one.name, f"{one.floor}, {under_way} under way", one.pairs, one.aim, one.note)
        for one in found
    ]


def _compared(name: str, ours: Office, floor: Office, *, times: int) -> Figure:
    with statements() as asked:
        _idle(ours)()
    count = sum(not one.upper().startswith("BEGIN") for one in asked)
    pairs = side_by_side(_idle(ours), _idle(floor), times=times, warm=2)
    aim = AIM if "over" in name else None
    return Figure(name, f"over {FEW} reviews", pairs, aim, f"{count} statements")


def _idle(office: Office) -> Work:
    stages = tuple(office.round().values())

    def work() -> None:
        told = sum((stage() for stage in stages), Tally())
        assert told == Tally(), "there was something to do"

    return work


def _office(home: Path, reviews: int, under_way: dict[Status, int] | None = None) -> Office:
    database = a_register_of(home / "register", reviews, under_way=under_way or dict(OPEN))
    database.close()
    return an_office(home / "office", database.url)
