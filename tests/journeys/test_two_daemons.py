"""Two daemons over one register and one mailbox do nothing twice, on both databases."""

from __future__ import annotations

import multiprocessing
import shutil
from collections import Counter
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest

from secretariat.adapters.register import migrate
from secretariat.daemon import turn
from secretariat.domain.letter import LetterStatus
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.post_in import MailState
from secretariat.domain.review import Status
from tests.office_builders import an_office_at, deliver, left_in, put_work_in, waiting_in
from tests.postgres import running_cluster

MAILS, LETTERS, CHASERS, ROUNDS = 30, 6, 6, 4
FORK = multiprocessing.get_context("fork")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, empty_register: Path) -> Iterator[str]:
    if request.param == "sqlite":
        shutil.copyfile(empty_register, tmp_path / "register.db")
        yield f"sqlite:///{tmp_path / 'register.db'}"
        return
    with running_cluster() as cluster:
        register = cluster.make("two_daemons")
        migrate(register)
        yield register


def work(folder: Path, url: str, begin: Barrier, told: Any) -> None:
    """Be a daemon without its lock: some rounds, begun at the same moment as the other's."""
    office = an_office_at(folder, url)
    done: Counter[str] = Counter()
    stuck: list[tuple[str, str]] = []
    for _ in range(ROUNDS):
        begin.wait(60)
        for name, stage in office.round().items():
            tally = turn(name, stage)
            done[name] += tally.done
            stuck += tally.stuck
    office.close()
    told.put((done, stuck))


@pytest.fixture
def worked(tmp_path: Path, url: str) -> tuple[Counter[str], list[tuple[str, str]]]:
    """Let two daemons work until nothing is left; return what both did and what is stuck."""
    office = an_office_at(tmp_path, url)
    put_work_in(office, letters=LETTERS, chasers=CHASERS)
    office.close()
    deliver(tmp_path, MAILS)
    begin, told = FORK.Barrier(2), FORK.Queue()
    daemons = [FORK.Process(target=work, args=(tmp_path, url, begin, told)) for _ in range(2)]
    for daemon in daemons:
        daemon.start()
    one, other = told.get(timeout=120), told.get(timeout=120)
    for daemon in daemons:
        daemon.join()
    return one[0] + other[0], one[1] + other[1]


def test_two_daemons_at_once_do_nothing_twice(
    tmp_path: Path, url: str, worked: tuple[Counter[str], list[tuple[str, str]]]
) -> None:
    done, stuck = worked
    assert not [why for _, why in stuck if "fault" in why or "log" in why]
    assert done["intake"] == MAILS
    assert done["chase"] == CHASERS
    assert waiting_in(tmp_path) == 0
    office = an_office_at(tmp_path, url)
    with office.open_reading() as reading:
        mails = [mail for state in MailState for mail in reading.mails(state)]
        received = reading.reviews(Status.RECEIVED)
        letters = reading.letters(LetterStatus.SENT)
        posted = reading.postings(*PostingStatus, limit=1000)
        papers = [paper.sha256 for one in received for paper in reading.papers(one.reference)]
    office.close()
    assert Counter(mail.message_id for mail in mails).most_common(1)[0][1] == 1
    assert len(mails) == len(received) == len(papers) == len(set(papers)) == MAILS
    assert len(letters) == LETTERS
    assert Counter(posting.status for posting in posted if posting.due_on) == {
        PostingStatus.SENT: CHASERS
    }
    sent = left_in(tmp_path)
    assert set(sent.values()) == {1}
    # Each letter has one copy beside it; each council gets one acknowledgement.
    kinds = Counter(one.kind for one in posted if one.status is PostingStatus.SENT)
    assert kinds[PostingKind.COPY] == LETTERS
    assert kinds[PostingKind.ACKNOWLEDGEMENT] == MAILS
    assert sum(sent.values()) == sum(kinds.values()) - CHASERS
