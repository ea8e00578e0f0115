"""How long the command takes to begin, against the interpreter alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.measuring import Figure, Work, side_by_side

COMMANDS = (("--help",), ("match", "--help"), ("match", "Kent"))


def figures(*, quick: bool) -> list[Figure]:
    """Return each command against `python -c pass`."""
    command = str(Path(sys.executable).with_name("secretariat"))
    floor = run(sys.executable, "-c", "pass")
    return [
        Figure(
            f"secretariat {' '.join(words)}",
            "python -c pass",
            side_by_side(run(command, *words), floor, times=5 if quick else 15),
        )
        for words in COMMANDS
    ]


def run(*command: str) -> Work:
    """Return what runs a command to its end; it must end well."""

    def work() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return work
