"""The process is killed at every step of sending; at most one letter leaves, whatever happens."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database, open_database
from secretariat.domain.letter import LetterStatus
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.stages.dispatch import Dispatch
from tests.builders import APPROVER, NOW, REFERENCE
from tests.dispatch_builders import (
    Death,
    MortalRegister,
    MortalVault,
    PaperTray,
    an_approved_letter,
    fill_register,
    seat,
)

NEVER = 10_000
MOMENTS = range(1, 48)


def mortal(database: Database, folder: Path, death: Death, clock: StoppedClock) -> Dispatch:
    vault = MortalVault(Vault(folder / "vault"), death)
    tray = PaperTray(folder / "tray", death)
    return seat(MortalRegister(database, death), vault, tray, clock)


def die_at(moment: int, url: str, folder: Path) -> bool:
    """Run one round in a process of its own that dies at `moment`; say whether it did."""
    child = os.fork()
    if child == 0:
        try:
            clock = StoppedClock(NOW)
            mortal(open_database(url, clock=clock), folder, Death(moment), clock).work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def left(folder: Path, database: Database, kind: PostingKind) -> int:
    with database.reading() as eyes:
        ids = [each.message_id for each in eyes.postings_of(REFERENCE) if each.kind is kind]
    return sum(PaperTray(folder / "tray", Death(NEVER)).left().count(each) for each in ids)


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_at_most_one_letter_leaves_and_none_is_forgotten(
    moment: int, register: Database, tmp_path: Path, clock: StoppedClock
) -> None:
    fill_register(register, an_approved_letter(Vault(tmp_path / "vault")))
    register.close()
    assert die_at(moment, register.url, tmp_path)
    stage = mortal(register, tmp_path, Death(NEVER), clock)
    clock.moment += timedelta(minutes=11)
    tally = stage.work()
    for kind in (PostingKind.LETTER, PostingKind.COPY):
        assert left(tmp_path, register, kind) <= 1
    with register.reading() as eyes:
        stuck = eyes.postings(PostingStatus.SENDING)
    assert len(tally.stuck) == len(stuck) <= 1
    for posting in stuck:
        found = stage.found_in_sent(posting.number)
        stage.settle(posting.number, found, by=APPROVER, why="after a look in Sent")
    clock.moment += timedelta(minutes=11)
    stage.work()
    assert left(tmp_path, register, PostingKind.LETTER) == 1
    assert left(tmp_path, register, PostingKind.COPY) == 1
    with register.reading() as eyes:
        assert eyes.letter(REFERENCE, 1).status is LetterStatus.SENT


def test_the_moments_cover_the_whole_round(
    register: Database, tmp_path: Path, clock: StoppedClock
) -> None:
    fill_register(register, an_approved_letter(Vault(tmp_path / "vault")))
    death = Death(NEVER)
    mortal(register, tmp_path, death, clock).work()
    assert death.moments == max(MOMENTS)
