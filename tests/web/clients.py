"""What tests of pages do with Flask's client."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from tests.web.desk import PASSWORD


def token(client: FlaskClient, path: str = "/sign-in") -> str:
    """Return the CSRF token in the first form of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found, f"{path} has no form"
    return found[1]


def post(
    client: FlaskClient, path: str, fields: dict[str, Any] | None = None, *, seen: str = ""
) -> TestResponse:
    """Send a form with the token of the page that has it (`seen`, else the same path)."""
    return client.post(path, data={"csrf_token": token(client, seen or path), **(fields or {})})


def signed_in(app: Flask, email: str = "sam@homeoffice.example") -> FlaskClient:
    client = app.test_client()
    answer = post(client, "/sign-in", {"email": email, "password": PASSWORD})
    assert answer.status_code == 302, answer.text
    return client


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the SQL statements that are asked of any database meanwhile."""
    asked: list[str] = []

    def note(*said: Any) -> None:
        asked.append(said[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
