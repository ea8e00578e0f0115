"""The office of a configuration, open while a command works in it, and for whom it does."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from secretariat.cli.places import config_path
from secretariat.domain.errors import Refused
from secretariat.domain.staff import Duty, may
from secretariat.office.office import Office
from secretariat.office.opening import open_office, settings_at

by_option = click.option("--by", required=True, metavar="EMAIL", help="The account you act as.")


@contextmanager
def office_at(named: Path | None) -> Iterator[Office]:
    """Open the office of a configuration, and close it again."""
    office = open_office(settings_at(config_path(named), os.environ))
    try:
        yield office
    finally:
        office.close()


def allowed(office: Office, by: str, duty: Duty) -> None:
    """Raise Refused unless the account `by` may fulfil `duty`."""
    found = office.accounts.find(by)
    if found is None or not may(found, duty):
        raise Refused(f"{by or 'nobody'} may not {duty}")
