"""A daemon that is killed at any moment loses nothing and does nothing twice.

Every door of intake and dispatch is counted; the process is killed at a door's threshold,
before or after what the door does, and another goes on from what is on the disk.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from secretariat.domain.letter import LetterStatus
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.post_in import MailState
from secretariat.domain.review import Status
from secretariat.office.office import Office
from tests.builders import NOW
from tests.office_builders import an_office_at, deliver, left_in, put_work_in, waiting_in

MAILS, LETTERS, KILLS = 10, 4, 15
# A claim of ten minutes has lapsed when the next process begins.
APART = timedelta(minutes=11)
FORK = multiprocessing.get_context("fork")


class Thresholds:
    """Counts how often a door's threshold is crossed, and kills the process at the nth."""

    def __init__(self, nth: int) -> None:
        self.left = nth

    def cross(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Door:
    """Any door, each call of which crosses a threshold before and after."""

    def __init__(self, door: object, thresholds: Thresholds) -> None:
        self._door, self._thresholds = door, thresholds

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._door, name)

        def crossed(*given: object, **named: object) -> object:
            self._thresholds.cross()
            answer = found(*given, **named)
            self._thresholds.cross()
            return answer

        return crossed if callable(found) else found


def register_door(door: Callable[[], Any], thresholds: Thresholds) -> Callable[[], Any]:
    """Return the door to the register: killed before it opens, before it commits, and after."""

    @contextmanager
    def opened() -> Iterator[Any]:
        thresholds.cross()
        with door() as register:
            yield register
            thresholds.cross()
        thresholds.cross()

    return opened


def counted(stage: Any, thresholds: Thresholds) -> Any:
    """Return the stage with its doors counted."""
    doors = {each.name: getattr(stage, each.name) for each in fields(stage)}
    changed: dict[str, object] = {
        name: Door(doors[name], thresholds)
        for name in ("mailbox", "outbox", "vault")
        if name in doors
    }
    changed["open_register"] = register_door(stage.open_register, thresholds)
    return replace(stage, **changed)


def work(folder: Path, url: str, turn: int, nth: int) -> None:
    """Take mail in and let mail leave until nothing is left, or until killed at `nth`."""
    office = an_office_at(folder, url, NOW + turn * APART)
    thresholds = Thresholds(nth)
    intake, dispatch = counted(office.intake, thresholds), counted(office.dispatch, thresholds)
    while intake.work().done + dispatch.work().done:
        pass
    office.close()


def killed_again_and_again(folder: Path, url: str, gaps: list[int]) -> int:
    """Let processes work, one after the other; return how many were killed."""
    deaths = 0
    for turn, nth in enumerate([*gaps, 0]):
        process = FORK.Process(target=work, args=(folder, url, turn, nth))
        process.start()
        process.join(60)
        assert process.exitcode in (0, -signal.SIGKILL)
        deaths += process.exitcode == -signal.SIGKILL
    return deaths


@pytest.fixture
def url(tmp_path: Path, empty_register: Path) -> str:
    shutil.copyfile(empty_register, tmp_path / "register.db")
    return f"sqlite:///{tmp_path / 'register.db'}"


@pytest.fixture
def begun(tmp_path: Path, url: str) -> str:
    """An office with letters to send and mails to take in."""
    office = an_office_at(tmp_path, url)
    put_work_in(office, letters=LETTERS, chasers=0)
    office.close()
    deliver(tmp_path, MAILS)
    return url


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_anywhere_nothing_is_lost_and_nothing_happens_twice(
    tmp_path: Path, begun: str, seed: int
) -> None:
    gaps = [random.Random(seed * 100 + turn).randint(1, 45) for turn in range(KILLS)]
    assert killed_again_and_again(tmp_path, begun, gaps) > KILLS // 2
    office = an_office_at(tmp_path, begun, NOW + KILLS * APART)
    assert_registered_once(office)
    assert_sent_once_or_shown(office, tmp_path)
    office.close()
    assert waiting_in(tmp_path) == 0


def assert_registered_once(office: Office) -> None:
    with office.open_reading() as reading:
        mails = [mail for state in MailState for mail in reading.mails(state)]
        reviews = reading.reviews(Status.RECEIVED)
        papers = [paper.sha256 for one in reviews for paper in reading.papers(one.reference)]
    assert sorted(Counter(mail.message_id for mail in mails).values()) == [1] * MAILS
    assert len(reviews) == len(papers) == len(set(papers)) == MAILS
    audit = office.upkeep.audit()
    assert (audit.missing, audit.altered, audit.broken) == ((), (), ())


def assert_sent_once_or_shown(office: Office, folder: Path) -> None:
    """Each letter left once at most, and one in doubt is told to a person each round."""
    with office.open_reading() as reading:
        sent = reading.letters(LetterStatus.SENT)
        doubtful = reading.letters(LetterStatus.SENDING)
        stuck = reading.postings(PostingStatus.SENDING)
        posted = reading.postings(*PostingStatus, limit=1000)
    left = left_in(folder)
    assert max(left.values()) == 1
    assert len(sent) + len(doubtful) == LETTERS
    assert len(office.dispatch.work().stuck) == len(stuck)
    kinds = Counter(posting.kind for posting in posted)
    assert kinds == {
        PostingKind.LETTER: LETTERS,
        PostingKind.COPY: LETTERS,
        PostingKind.ACKNOWLEDGEMENT: MAILS,
    }
    confirmed = sum(posting.status is PostingStatus.SENT for posting in posted)
    assert confirmed <= sum(left.values()) <= confirmed + len(stuck)
