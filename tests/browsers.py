"""One Chromium for the length of a test run, a person who signs in, and what axe says of a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: the pages cannot be tested")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


def listen(page: Page) -> None:
    """Keep on `page.told` what the console complains of; an expected refusal (4..) is none."""
    page.told = []  # type: ignore[attr-defined]
    page.on("console", lambda line: _note(page, line))
    page.on("pageerror", lambda fault: page.told.append(str(fault)))  # type: ignore[attr-defined]


def _note(page: Any, line: Any) -> None:
    expected = "the server responded with a status of 4" in line.text
    if line.type in ("error", "warning") and not expected:
        page.told.append(line.text)


def faults_of(page: Page) -> list[str]:
    """Return what axe says, what the console says, and whether a phone must scroll sideways."""
    page.wait_for_load_state()
    page.get_by_role("heading", level=1).first.wait_for()
    results = Axe().run(page, options=RULES)
    found = [results.generate_report()] if results.violations_count else []
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found.append("wider than a phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found + page.told  # type: ignore[attr-defined, no-any-return]


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
