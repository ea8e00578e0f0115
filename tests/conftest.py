"""What every floor's tests may use: a register on SQLite, a clock that stands, a vault,
a browser.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database, migrate, open_database
from tests.browsers import browser as browser
from tests.builders import NOW

# A busy machine makes no test fail, and neither does chance where a landing waits for it;
# on a developer's machine hypothesis goes on looking for new cases.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("house")


@pytest.fixture
def clock() -> StoppedClock:
    """A clock that stands at noon (UTC) on Tuesday 10 March 2026."""
    return StoppedClock(NOW)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a register with nothing in it, migrated once a session, to be copied."""
    path = tmp_path_factory.mktemp("template") / "register.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def register(empty_register: Path, tmp_path: Path, clock: StoppedClock) -> Iterator[Database]:
    """A register on SQLite: `register.register()` opens it with a pen, `.reading()` with eyes."""
    path = tmp_path / "register.db"
    shutil.copyfile(empty_register, path)
    database = open_database(f"sqlite:///{path}", clock=clock)
    yield database
    database.close()
