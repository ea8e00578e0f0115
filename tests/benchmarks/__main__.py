"""Prints the figures as one table: `python -m tests.benchmarks [name…] [--quick]`.

Nothing here can fail for being slow: a figure that misses its aim is marked in the table.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Mapping

from tests.benchmarks import (
    arrival,
    counting,
    intake,
    letters,
    mail,
    matching,
    meeting,
    paper,
    reading,
    register,
    rounds,
    starting,
)
from tests.benchmarks.measuring import Figure, table

BENCHMARKS: Mapping[str, Callable[..., list[Figure]]] = {
    "letter": letters.figures,
    "paper": paper.figures,
    "meeting": meeting.figures,
    "reading": reading.figures,
    "match": matching.figures,
    "intake": intake.figures,
    "register": register.figures,
    "round": rounds.figures,
    "start": starting.figures,
    "count": counting.figures,
    "mail": mail.figures,
    "arrival": arrival.figures,
}


def main() -> None:
    """Run the benchmarks named, all when none is, and print their table."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    asked.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    asked.add_argument("--quick", action="store_true", help="fewer mails and fewer turns")
    wanted = asked.parse_args()
    if unknown := set(wanted.names) - BENCHMARKS.keys():
        asked.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    found: list[Figure] = []
    for name in wanted.names or BENCHMARKS:
        print(f"{name} …", file=sys.stderr, flush=True)
        found += BENCHMARKS[name](quick=wanted.quick)
    print(table(found))
    print(
        "Medians of pairs measured in turn; the middle half of the pairs' ratios stands beside. "
        f"Python {platform.python_version()}, {os.cpu_count()} cores."
    )


if __name__ == "__main__":
    main()
