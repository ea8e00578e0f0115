"""The register copied out while others write, and brought back with sending on hold."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import inspect, text

from secretariat.adapters.register.database import open_database
from secretariat.adapters.register.engine import file_of, make_file, open_engine, place_of
from secretariat.adapters.register.faults import RegisterUnusable, in_words
from secretariat.adapters.register.schema import migrate
from secretariat.domain.ledger import OFFICE, SYSTEM, Act, Event
from secretariat.ports.clock import Clock

# References given after the backup may stand in mails that have left: they are never given again.
PASSED_OVER = 100
HELD = Act(SYSTEM, Event.SWITCHED, "restored from a backup: held until reconciled with Sent")


def copy_out(url: str, to: Path) -> None:
    """Write a whole copy of the register to `to`, as it is at one moment; nobody has to wait.

    SQLite gives a database file, PostgreSQL an archive of pg_dump.
    """
    make_file(to)
    path = file_of(url)
    if path is None:
        _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={to}")
    elif not path.exists():
        raise RegisterUnusable("there is none yet")
    else:
        _copy(path, to)


def copy_in(url: str, source: Path, *, clock: Clock) -> None:
    """Bring a copy back into an empty register, up to date, sending held, everybody signed out.

    Raise RegisterUnusable when the register holds anything.
    """
    _insist_on_nothing(url)
    path = file_of(url)
    if path is None:
        _run("pg_restore", url, "--no-owner", "--single-transaction", "-d", "", str(source))
        _hold(url)
    else:
        _copy_in_file(source, path)
    migrate(url)
    database = open_database(url, clock=clock)
    try:
        with database.register() as register:
            register.write(OFFICE, HELD)
    finally:
        database.close()


def _copy_in_file(source: Path, path: Path) -> None:
    """Give the copy its name only when sending is on hold in it."""
    staged = path.with_name(path.name + ".restoring")
    staged.unlink(missing_ok=True)
    make_file(staged)
    _copy(source, staged)
    _hold(f"sqlite:///{staged}")
    staged.replace(path)


def _copy(source: Path, to: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(to)) as new:
            old.backup(new, pages=1000)
            (found,) = new.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as fault:
        raise RegisterUnusable(str(fault)) from fault
    if found != "ok":
        raise RegisterUnusable("its copy is damaged")


def _insist_on_nothing(url: str) -> None:
    path = file_of(url)
    if path is not None and not path.exists():
        return
    engine = open_engine(url, pen=True)
    try:
        with in_words():
            tables = inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if tables:
        raise RegisterUnusable("it holds something already: restore into an empty one")


def _hold(url: str) -> None:
    """Hold sending before anything else opens the register, whatever its version."""
    engine = open_engine(url, pen=True)
    held = "UPDATE switch SET released = false, reconcile = true, version = version + 1"
    try:
        with in_words(), engine.begin() as connection:
            connection.execute(text(held))
            connection.execute(text("DELETE FROM browser_session"))
            later = text("UPDATE reference_counter SET last = last + :passed")
            connection.execute(later, {"passed": PASSED_OVER})
    finally:
        engine.dispose()


def _run(program: str, url: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes in by its environment."""
    found = shutil.which(program)
    if found is None:
        raise RegisterUnusable(f"{program} is not installed (Debian: postgresql-client)")
    place = place_of(url)
    told = {
        "PGHOST": place.host,
        "PGPORT": str(place.port or 5432),
        "PGUSER": place.username,
        "PGPASSWORD": place.password,
        "PGDATABASE": place.database,
    }
    given = [argument or str(place.database) for argument in arguments]
    environment = os.environ | {name: value for name, value in told.items() if value}
    done = subprocess.run(  # noqa: S603 (the program is PostgreSQL's own, found on the path)
        [found, *given], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RegisterUnusable((done.stderr.strip() or program).splitlines()[0])
