"""What the stages' tests share: the isolated reader, started once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from secretariat.adapters.papers.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened
