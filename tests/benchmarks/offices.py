"""Offices as `secretariat serve` opens them, over a register and folders of their own."""

from __future__ import annotations

from pathlib import Path

from secretariat.adapters.clock import StoppedClock
from secretariat.config.settings import load
from secretariat.office.office import Office
from secretariat.office.opening import open_office
from tests.builders import NOW

CONFIGURATION = """[office]
data_dir = "data"

[letter]
generation = "2017"
signatory = "Pat Example"
undo_minutes = 0
signatory_agrees = false
"""


def an_office(folder: Path, url: str) -> Office:
    """Return an office in `folder` over the register at `url`, its clock stopped."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secretariat.toml"
    path.write_text(CONFIGURATION, encoding="utf-8")
    settings = load(path, {"SECRETARIAT_DATABASE_URL": url})
    return open_office(settings, clock=StoppedClock(NOW))
