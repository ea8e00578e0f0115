"""Connections to the register's database: SQLite in one file, or PostgreSQL by its URL."""

import os
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from secretariat.adapters.register.faults import RegisterUnusable

PATIENCE: Final = 10_000
"""Milliseconds that a writer waits for another before it gives up."""


def open_engine(url: str, *, pen: bool) -> Engine:
    """Return an engine whose transactions write (`pen`) or are held to reading alone."""
    place = place_of(url)
    if place.get_backend_name() == "sqlite":
        return _sqlite(place, pen=pen)
    return _postgresql(place, pen=pen)


def place_of(url: str) -> URL:
    """Return the URL with the driver that we use; raise RegisterUnusable for any other kind."""
    try:
        place = make_url(url)
    except ArgumentError as fault:
        raise RegisterUnusable("its address is no database URL") from fault
    backend = place.get_backend_name()
    if backend == "sqlite" and place.database not in (None, "", ":memory:"):
        return place
    if backend == "postgresql":
        return place.set(drivername="postgresql+psycopg")
    raise RegisterUnusable("its address must begin with sqlite:/// (and a file) or postgresql://")


def file_of(url: str) -> Path | None:
    """Return SQLite's file; None for PostgreSQL."""
    place = place_of(url)
    return Path(str(place.database)) if place.get_backend_name() == "sqlite" else None


def make_file(path: Path) -> None:
    """Make an empty file that only its owner can read; SQLite gives its journals the same mode."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as fault:
        raise RegisterUnusable(f"{path}: {fault.strerror}") from fault


def _sqlite(place: URL, *, pen: bool) -> Engine:
    engine = create_engine(place)

    def prepare(connection: Any, _: object) -> None:
        """Set up one new connection."""
        # The driver must not begin transactions by itself: `begin` below says how.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        connection.execute("PRAGMA foreign_keys = ON")
        # "Sending" must survive a power cut, or a council gets a letter twice.
        connection.execute("PRAGMA synchronous = FULL")
        if pen:
            connection.execute("PRAGMA journal_mode = WAL")
            # What is purged leaves nothing in the file; not every SQLite is built to see to it.
            connection.execute("PRAGMA secure_delete = ON")
        else:
            connection.execute("PRAGMA query_only = ON")

    def begin(connection: Connection) -> None:
        """Begin a transaction; one with a pen waits for its turn now, not at its first write."""
        connection.exec_driver_sql("BEGIN IMMEDIATE" if pen else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def _postgresql(place: URL, *, pen: bool) -> Engine:
    try:
        engine = create_engine(place, pool_pre_ping=True)
    except ModuleNotFoundError as fault:
        raise RegisterUnusable("PostgreSQL needs the extra: secretariat[postgres]") from fault
    if pen:
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
