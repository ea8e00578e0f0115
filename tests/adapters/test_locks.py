"""One watcher a mailbox, a busy register and one out of reach, on both databases."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.register import Database, engine, open_database
from secretariat.adapters.register.engine import place_of
from secretariat.adapters.register.faults import RegisterBusy, RegisterUnusable
from secretariat.adapters.register.locks import WatchedAlready
from secretariat.domain.errors import OutOfOrder
from secretariat.domain.ledger import OFFICE
from tests.builders import an_act
from tests.postgres import Cluster

WATCHING = """
import sys, time
from secretariat.adapters.register.locks import watch
watch(sys.argv[1], "the mailbox")
print("watching", flush=True)
time.sleep(60)
"""


def test_a_mailbox_has_one_watcher(open_another: Callable[[], Database]) -> None:
    one, two = open_another(), open_another()
    with one.watch("the mailbox") as watch:
        assert watch.held()
        with pytest.raises(WatchedAlready):
            two.watch("the mailbox")
        with two.watch("another mailbox") as other:
            assert other.held()
    assert not watch.held()
    with two.watch("the mailbox") as watch:
        assert watch.held()


def test_a_watcher_that_dies_leaves_the_mailbox_to_the_next(database: Database, url: str) -> None:
    dying = subprocess.Popen([sys.executable, "-c", WATCHING, url], stdout=subprocess.PIPE)
    assert dying.stdout is not None
    assert dying.stdout.readline() == b"watching\n"
    with pytest.raises(WatchedAlready):
        database.watch("the mailbox")
    dying.kill()
    dying.communicate()
    with taken_in_time(database) as watch:
        assert watch.held()


def taken_in_time(database: Database) -> object:
    """Take the watch; PostgreSQL needs a moment to see that a connection died."""
    for _ in range(10_000):
        try:
            return database.watch("the mailbox")
        except WatchedAlready:
            continue
    raise AssertionError("the watch was never let go")


def test_a_watcher_whose_file_is_taken_away_has_lost_its_watch(register: Database) -> None:
    with register.watch("the mailbox") as watch:
        (file,) = Path(str(place_of(register.url).database)).parent.glob("*.watch-*")
        file.unlink()
        assert not watch.held()


def test_a_watcher_whose_connection_is_cut_has_lost_its_watch(
    migrated_cluster: Cluster, clock: StoppedClock
) -> None:
    url = migrated_cluster.make("cut", like="like_this")
    database = open_database(url, clock=clock)
    other = create_engine(place_of(migrated_cluster.url()), isolation_level="AUTOCOMMIT")
    with database.watch("the mailbox") as watch:
        with other.connect() as connection:
            ended = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            connection.execute(text(ended))
        assert not watch.held()
        with database.watch("the mailbox") as next_one:
            assert next_one.held()
    other.dispose()
    database.close()


def test_a_register_that_somebody_holds_too_long_is_busy_and_nothing_is_written(
    register: Database, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 20)
    impatient = open_database(register.url, clock=clock)
    holder = sqlite3.connect(str(place_of(register.url).database), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(RegisterBusy, match="locked"), impatient.register() as pen:
        pen.write(OFFICE, an_act())
    holder.rollback()
    holder.close()
    with impatient.register() as pen:
        pen.write(OFFICE, an_act())
        assert len(pen.ledger(OFFICE)) == 1
    impatient.close()


def test_a_reader_does_not_wait_for_a_writer(open_another: Callable[[], Database]) -> None:
    one, two = open_another(), open_another()
    with one.register() as pen:
        pen.write(OFFICE, an_act())
        with two.reading() as eyes:
            assert eyes.ledger(OFFICE) == ()


def test_a_register_that_is_no_database_is_told_in_a_sentence(
    tmp_path: Path, clock: StoppedClock
) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(b"a letter that somebody saved under the wrong name" * 100)
    with pytest.raises(RegisterUnusable, match="not a database"):
        open_database(f"sqlite:///{path}", clock=clock)


def test_a_postgresql_that_does_not_answer_is_out_of_order(clock: StoppedClock) -> None:
    secret = "kept-from-the-sentence"
    url = f"postgresql://secretariat:{secret}@127.0.0.1:1/register"
    with pytest.raises(OutOfOrder) as told:
        open_database(url, clock=clock)
    assert secret not in str(told.value)
