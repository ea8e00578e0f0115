"""Clients of the pages, and the pages served to it by a real server on a free port."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import open_database
from secretariat.domain.staff import Role
from secretariat.web.app import create_app
from secretariat.web.sessions import RegisterSessions
from tests.browsers import listen, sign_in
from tests.builders import APPROVER, CASEWORKER, NOW
from tests.web.case import fill
from tests.web.clients import signed_in
from tests.web.desk import ADMINISTRATOR, PASSWORD, VIEWER, Desk, an_account

Serve = Callable[[Flask], str]


@pytest.fixture(scope="session")
def empty_office(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an office with a caseworker and nothing else, to be copied."""
    return an_office_in(tmp_path_factory.mktemp("empty"), empty_register)


@pytest.fixture(scope="session")
def filled_office(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the office that `filled` describes, to be copied."""
    return an_office_in(tmp_path_factory.mktemp("filled"), empty_register, full=True)


def an_office_in(folder: Path, empty_register: Path, *, full: bool = False) -> Path:
    """Make an office in `folder`, with one review at each desk where it is to be full."""
    shutil.copyfile(empty_register, folder / "register.db")
    desk = open_desk(folder, StoppedClock(NOW))
    desk.accounts.add(an_account())
    if full:
        desk.accounts.add(an_account(APPROVER, Role.APPROVER, name="Alex Approver"))
        desk.accounts.add(an_account(ADMINISTRATOR, Role.ADMINISTRATOR, name="Ada Administrator"))
        desk.accounts.add(an_account(VIEWER, Role.VIEWER, name="Vic Viewer"))
        fill(desk)
    desk.database.close()
    return folder


def open_desk(folder: Path, clock: StoppedClock) -> Desk:
    database = open_database(f"sqlite:///{folder / 'register.db'}", clock=clock)
    return Desk(database, clock, Vault(folder / "vault"))


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock) -> Iterator[Desk]:
    """An office of its own for one test: a copy of the full one where the test asks for it."""
    full = "filled" in request.fixturenames
    kept: Path = request.getfixturevalue("filled_office" if full else "empty_office")
    ours = open_desk(shutil.copytree(kept, tmp_path / "office"), clock)
    yield ours
    ours.database.close()


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """An office with one review at each desk, a caseworker, an approver and an administrator."""
    return desk


@pytest.fixture
def caseworker(filled: Desk, app: Flask) -> FlaskClient:
    return signed_in(app)


@pytest.fixture
def approver(filled: Desk, app: Flask) -> FlaskClient:
    return signed_in(app, APPROVER)


@pytest.fixture
def administrator(filled: Desk, app: Flask) -> FlaskClient:
    return signed_in(app, ADMINISTRATOR)


@pytest.fixture
def viewer(filled: Desk, app: Flask) -> FlaskClient:
    return signed_in(app, VIEWER)


@pytest.fixture
def app(desk: Desk, pages: Flask) -> Flask:
    """The pages over this test's own office."""
    pages.extensions["office"] = desk
    pages.session_interface = RegisterSessions(desk)  # type: ignore[arg-type]
    return pages


@pytest.fixture(scope="session")
def pages(empty_office: Path) -> Flask:
    """The pages, put together once: their addresses and templates are the same for every office."""
    return create_app(open_desk(empty_office, StoppedClock(NOW)))  # type: ignore[arg-type]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that serves an application until the test ends and tells its address."""
    servers = []

    def start(app: Flask) -> str:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()


@pytest.fixture
def open_page(browser: Browser, serve: Serve, app: Flask) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of `app`; what the console tells is on `page.told`."""
    contexts = []
    address = serve(app)

    def opened(path: str = "/", *, signed_in: bool | str = False, **said: Any) -> Page:
        context = browser.new_context(base_url=address, **said)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        listen(page)
        if signed_in:
            sign_in(page, signed_in if isinstance(signed_in, str) else CASEWORKER, PASSWORD)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
