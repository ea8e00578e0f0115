"""Which test files are begun first, so that no long one runs alone at the end.

Loaded by `make test`; it changes nothing but the order of files.
"""

from typing import Final

import pytest

LONG: Final = (
    "journeys/test_killed.py",
    "journeys/test_demo.py",
    "journeys/test_browser_journey.py",
    "web/test_pages.py",
    "test_daemon.py",
    "adapters/test_mail_contract.py",
    "adapters/test_reader_harm.py",
    "stages/test_reading.py",
    "domain/test_matching_aliases.py",
    "cli/test_office.py",
    "web/test_names.py",
    "web/test_look.py",
    "journeys/",
    "adapters/test_covers.py",
    "adapters/test_imap.py",
    "adapters/test_letterpress",
    "domain/test_front_page_found.py",
    "web/",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first; within a file the order stays."""
    items.sort(key=lambda item: _rank(item.nodeid.removeprefix("tests/")))


def _rank(node: str) -> int:
    return next((rank for rank, name in enumerate(LONG) if node.startswith(name)), len(LONG))
