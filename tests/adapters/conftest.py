"""The register on both databases: what one passes the other passes too."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.register import Database, migrate, open_database
from tests.postgres import Cluster, running_cluster

LIKE = "like_this"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated_cluster(cluster: Cluster) -> Cluster:
    migrate(cluster.make(LIKE))
    return cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'register.db'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = f"empty_{uuid4().hex[:12]}"
    yield cluster.make(name)
    cluster.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, empty_register: Path) -> Iterator[str]:
    """The URL of a register with nothing in it."""
    if request.param == "sqlite":
        path = tmp_path / "register.db"
        shutil.copyfile(empty_register, path)
        yield f"sqlite:///{path}"
        return
    cluster: Cluster = request.getfixturevalue("migrated_cluster")
    name = f"register_{uuid4().hex[:12]}"
    yield cluster.make(name, like=LIKE)
    cluster.drop(name)


@pytest.fixture
def open_another(url: str, clock: StoppedClock) -> Iterator[Callable[[], Database]]:
    """Return a function that opens the same register once more, as another process would."""
    opened = []

    def another() -> Database:
        opened.append(open_database(url, clock=clock))
        return opened[-1]

    yield another
    for database in opened:
        database.close()


@pytest.fixture
def database(open_another: Callable[[], Database]) -> Database:
    return open_another()
