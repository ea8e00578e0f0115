"""The office of a configuration, open while a command works in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from secretariat.cli.places import config_path
from secretariat.office.office import Office
from secretariat.office.opening import open_office, settings_at


@contextmanager
def office_at(named: Path | None) -> Iterator[Office]:
    """Open the office of a configuration, and close it again."""
    office = open_office(settings_at(config_path(named), os.environ))
    try:
        yield office
    finally:
        office.close()
