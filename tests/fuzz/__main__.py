"""Runs every target over damaged seeds in limited children and keeps what breaks them."""

import argparse
import hashlib
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.targets import SEEDS, TARGETS, Target

MEMORY = 2**30
SECONDS_ONE = 20
SECONDS_CHILD = 30
LONGEST = 200_000
TELLING = (
    b"\0", b"\xff", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"<", b"\r\n", b"--B",
    b"=?", b"{", b"}", b"\\u-1?", b"\\bin9", b"&", b"PK\x03\x04", b"PK\x05\x06", b"=", b"\x30\x80",
)  # fmt: skip


@dataclass
class Tally:
    """How often a target was run, and the SHA-256 of each input that broke it."""

    runs: int
    broken: list[str]


def damaged(seed: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return the seed with one to six changes: bytes turned, cut, doubled, put in, spliced."""
    made = bytearray(seed)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        length = chance.choice([1, 2, 4, 16, 64, 512])
        way = chance.randrange(7)
        if way == 0 and at < len(made):
            made[at] ^= 1 << chance.randrange(8)
        elif way == 1:
            made[at : at + length] = chance.randbytes(length)
        elif way == 2:
            del made[at : at + length]
        elif way == 3:
            made[at:at] = made[at : at + length] * chance.choice([1, 2, 50])
        elif way == 4:
            made[at:at] = chance.choice(TELLING)
        elif way == 5:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            made[at : at + length] = other[start : start + length]
        else:
            del made[chance.randrange(len(made) + 1) :]
    return bytes(made[:LONGEST])


def run_child(name: str, seconds: float, start: int, folder: Path) -> Tally:
    """Run one target in a child for some seconds; a child that dies is a broken input too."""
    counted, told = os.pipe()
    waiting = folder / f"{name}.now"
    child = os.fork()
    if child == 0:
        os.close(counted)
        _run(TARGETS[name], name, seconds, start, folder, told)
    os.close(told)
    with os.fdopen(counted) as answer:
        rows = answer.read().split()
    _, status = os.waitpid(child, 0)
    tally = Tally(int(rows[0]) if rows else 0, rows[1:])
    if status and waiting.exists():
        tally.broken.append(_keep(folder, name, waiting.read_bytes(), f"ended with {status}"))
    return tally


def _run(target: Target, name: str, seconds: float, start: int, folder: Path, told: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    chance = random.Random(start)
    seeds = SEEDS[name]
    until = time.monotonic() + seconds
    runs, broken = 0, []
    while time.monotonic() < until:
        content = damaged(chance.choice(seeds), seeds, chance)
        (folder / f"{name}.now").write_bytes(content)
        signal.alarm(SECONDS_ONE)
        try:
            target(content)
        except BaseException:
            broken.append(_keep(folder, name, content, traceback.format_exc()))
        signal.alarm(0)
        runs += 1
    os.write(told, f"{runs} {' '.join(broken)}".encode())
    os._exit(0)


def _keep(folder: Path, name: str, content: bytes, why: str) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    (folder / f"{name}-{sha256[:16]}").write_bytes(content)
    (folder / f"{name}-{sha256[:16]}.txt").write_text(why, encoding="utf-8")
    return sha256


def main() -> int:
    """Go round the targets until the minutes are over; return 1 where something broke."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--folder", type=Path, default=Path("/tmp/secretariat-fuzz"))
    asked.add_argument("--only", choices=sorted(TARGETS), action="append")
    asked.add_argument("--start", type=int, default=int(time.time()))
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    names = given.only or list(TARGETS)
    each = max(1.0, min(SECONDS_CHILD, given.minutes * 60 / len(names)))
    tallies = {name: Tally(0, []) for name in names}
    until, start = time.monotonic() + given.minutes * 60, given.start
    while time.monotonic() < until:
        for name in names:
            start += 1
            found = run_child(
                name, min(each, max(1.0, until - time.monotonic())), start, given.folder
            )
            tallies[name].runs += found.runs
            tallies[name].broken += found.broken
    for name, tally in tallies.items():
        sys.stdout.write(f"{name}: {tally.runs:,} runs, {len(tally.broken)} broken\n")
        sys.stdout.writelines(f"  {sha256}\n" for sha256 in tally.broken[:10])
    return int(any(tally.broken for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
