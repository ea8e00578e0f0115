"""A private PostgreSQL for the tests: its own folder, its own port on loopback, gone afterwards.

PostgreSQL refuses to run as root, so under root Debian's `postgres` user runs it.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.servers.programs import a_free_port

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
}


@dataclass(frozen=True)
class Cluster:
    """One running PostgreSQL."""

    port: int
    password: str

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://secretariat:{self.password}@127.0.0.1:{self.port}/{name}"

    def make(self, name: str, *, like: str = "template0") -> str:
        """Make a database, a copy of `like`, and return its URL."""
        self._run("CREATE DATABASE {} TEMPLATE {}", name, like)
        return self.url(name)

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster; skip the test (in CI: fail it) where PostgreSQL is not installed."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="secretariat-postgres-"))
    cluster = Cluster(a_free_port(), secrets.token_urlsafe(12))
    try:
        _initialise(programs, folder, cluster)
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        options += f" -c port={cluster.port} -c unix_socket_directories={folder}"
        log = str(folder / "log")
        control = [str(programs / "pg_ctl"), "-D", str(folder / "cluster"), "-w"]
        _as_other([*control, "-l", log, "-o", options, "start"], folder)
        try:
            yield cluster
        finally:
            _as_other([*control, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(programs: Path, folder: Path, cluster: Cluster) -> None:
    secret = folder / "password"
    secret.write_text(cluster.password)
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        shutil.chown(secret, "postgres", "postgres")
    initdb = [str(programs / "initdb"), "-D", str(folder / "cluster"), "-U", "secretariat"]
    how = ["--auth=scram-sha-256", f"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    _as_other([*initdb, *how], folder)


def _as_other(command: list[str], folder: Path) -> None:
    """Run as the user `postgres` if we are root, else as ourselves."""
    who: dict[str, Any] = {}
    if os.getuid() == 0:
        account = pwd.getpwnam("postgres")
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    with (folder / "told").open("ab") as told:
        done = subprocess.run(command, cwd=folder, stdout=told, stderr=told, timeout=60, **who)
    if done.returncode:
        pytest.fail(f"{command[0]} failed: {(folder / 'told').read_text()[-2000:]}")


def _programs() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_release)
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    missing = "PostgreSQL is not installed (apt-get install postgresql): the register is not tested"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


def _release(initdb: Path) -> float:
    return float(initdb.parts[-3])
