"""A daemon that is killed at any moment loses nothing and does nothing twice.

Every door of intake and dispatch is counted; the process is killed at a door's threshold,
before or after what the door does, and another goes on from what is on the disk.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.worker import TASKS
from secretariat.domain.letter import LetterStatus
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.post_in import MailState
from secretariat.domain.review import Status
from secretariat.office.office import Office
from tests.builders import NOW
from tests.office_builders import an_office_at, deliver, left_in, put_work_in, waiting_in

# A claim lasts ten minutes: the last process begins when every other's has lapsed.
APART, LAPSED = timedelta(minutes=1), timedelta(minutes=11)
ONE_AT_A_TIME = threading.Lock()
# Forked from a process that holds nothing but the modules: a test worker grows to a gigabyte.
SMALL = multiprocessing.get_context("forkserver")
SMALL.set_forkserver_preload([__name__])


@dataclass(frozen=True)
class Work:
    """How much there is to do, how often it is killed, and at most how many steps apart."""

    mails: int
    letters: int
    kills: int
    steps: int


LITTLE, MUCH = Work(10, 4, 15, 45), Work(300, 50, 220, 60)


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


class ReaderAtHand(Reader):
    """Reads papers in this very process, which dies anyway: a clean one takes long to start."""

    def _ask(
        self, task: str, content: bytes, name: str, **asked: Any
    ) -> tuple[dict[str, Any], bytes]:
        with ONE_AT_A_TIME:  # PDFium is not made for threads.
            said, blob = TASKS[task](content, {**asked, "name": name})
        return json.loads(json.dumps(said)), blob


def work(folder: Path, url: str, moment: datetime, nth: int) -> None:
    """Take mail in and let mail leave until nothing is left, or until killed at `nth`."""
    office = an_office_at(folder, url, moment)
    thresholds = Thresholds(nth)
    taking_in = replace(office.intake, reader=ReaderAtHand())
    intake, dispatch = counted(taking_in, thresholds), counted(office.dispatch, thresholds)
    while intake.work().done + dispatch.work().done:
        pass
    office.close()


def end_of(gaps: list[int]) -> datetime:
    """Return when the last process begins."""
    return NOW + len(gaps) * APART + LAPSED


def killed_again_and_again(folder: Path, url: str, gaps: list[int]) -> int:
    """Let processes work, one after the other; return how many were killed."""
    deaths = 0
    moments = [NOW + turn * APART for turn in range(len(gaps))]
    for moment, nth in zip([*moments, end_of(gaps)], [*gaps, 0], strict=True):
        process = SMALL.Process(target=work, args=(folder, url, moment, nth))
        process.start()
        process.join(60)
        assert process.exitcode in (0, -signal.SIGKILL)
        deaths += process.exitcode == -signal.SIGKILL
    return deaths


@pytest.fixture
def url(tmp_path: Path, empty_register: Path) -> str:
    shutil.copyfile(empty_register, tmp_path / "register.db")
    return f"sqlite:///{tmp_path / 'register.db'}"


@pytest.mark.parametrize(("given", "seed"), [(LITTLE, 1), (LITTLE, 2), (MUCH, 3)])
def test_killed_anywhere_nothing_is_lost_and_nothing_happens_twice(
    tmp_path: Path, url: str, given: Work, seed: int
) -> None:
    office = an_office_at(tmp_path, url)
    put_work_in(office, letters=given.letters, chasers=0)
    office.close()
    deliver(tmp_path, given.mails)
    drawn = random.Random(seed)
    gaps = [drawn.randint(1, given.steps) for _ in range(given.kills)]
    assert killed_again_and_again(tmp_path, url, gaps) > given.kills * 0.8
    office = an_office_at(tmp_path, url, end_of(gaps))
    assert_registered_once(office, given)
    assert_sent_once_or_shown(office, tmp_path, given)
    office.close()
    assert waiting_in(tmp_path) == 0


def assert_registered_once(office: Office, given: Work) -> None:
    with office.open_reading() as reading:
        mails = [mail for state in MailState for mail in reading.mails(state, limit=1000)]
        reviews = reading.reviews(Status.RECEIVED)
        papers = [paper.sha256 for one in reviews for paper in reading.papers(one.reference)]
    assert sorted(Counter(mail.message_id for mail in mails).values()) == [1] * given.mails
    assert len(reviews) == len(papers) == len(set(papers)) == given.mails
    audit = office.upkeep.audit()
    assert (audit.missing, audit.altered, audit.broken) == ((), (), ())


def assert_sent_once_or_shown(office: Office, folder: Path, given: Work) -> None:
    """Each letter left once at most, and one in doubt is told to a person each round."""
    with office.open_reading() as reading:
        sent = reading.letters(LetterStatus.SENT)
        doubtful = reading.letters(LetterStatus.SENDING)
        stuck = reading.postings(PostingStatus.SENDING)
        posted = reading.postings(*PostingStatus, limit=1000)
    left = left_in(folder)
    assert max(left.values()) == 1
    assert len(sent) + len(doubtful) == given.letters
    assert len(office.dispatch.work().stuck) == len(stuck)
    kinds = Counter(posting.kind for posting in posted)
    assert kinds == {
        PostingKind.LETTER: given.letters,
        PostingKind.COPY: given.letters,
        PostingKind.ACKNOWLEDGEMENT: given.mails,
    }
    confirmed = sum(posting.status is PostingStatus.SENT for posting in posted)
    assert confirmed <= sum(left.values()) <= confirmed + len(stuck)
