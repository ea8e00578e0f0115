"""Opens the demonstration's office, tells its story, prints the table, serves the pages."""

import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

import click

from secretariat.cli.demo.mails import DESK, HOUSE
from secretariat.cli.demo.site import Site
from secretariat.cli.demo.staff import ADMINISTRATOR, STAFF
from secretariat.cli.demo.story import BEGINS, ENDS, steps
from secretariat.cli.demo.table import lines
from secretariat.cli.demo.world import LONDON, StoppedClock, World, tell
from secretariat.cli.running import daemon_of, server_of
from secretariat.office.opening import open_office, settings_at
from secretariat.office.starting import start_office

SETTINGS: Final = f"""\
# The settings of the demonstration; what is left out has the delivered default.
[office]
mailbox_address = "{DESK}"
our_domain = "{HOUSE}"
staff_domains = ["{HOUSE}"]
authserv_ids = ["mx.{HOUSE}"]

[letter]
generation = "2017"
signatory = "Chris Invented"
undo_minutes = 0
signatory_agrees = false

[web]
cookie_secure = false
"""


def run(folder: Path, *, serve: bool = True, port: int = 0) -> None:
    """Tell the story in `folder`, print its table, and serve the pages until interrupted.

    port: 0 takes a free one; without `serve` it ends with the table
    """
    with Site() as site, open_world(folder, site) as (world, passwords):
        world.say = lambda month: click.echo(f"{month} ...", err=True)
        tell(world, steps(), until=ENDS)
        for line in lines(world):
            click.echo(line)
        if serve:
            with pages_of(world, port) as address:
                _invite(address, passwords)
                _wait()


@contextmanager
def open_world(folder: Path, site: Site) -> Iterator[tuple[World, Mapping[str, str]]]:
    """Make an office in `folder` and yield it, with each account's one-time password."""
    started = start_office(folder, ADMINISTRATOR, {})
    started.config.write_text(SETTINGS, encoding="utf-8")
    clock = StoppedClock(datetime.combine(BEGINS - timedelta(days=1), time(10), LONDON))
    settings = settings_at(started.config, {"SECRETARIAT_SECRET_KEY": secrets.token_hex(32)})
    office = open_office(settings, clock=clock, trusted=frozenset({site.address}))
    passwords = {ADMINISTRATOR: started.password}
    try:
        for email, name, roles in STAFF:
            if email not in passwords:
                passwords[email] = office.staff.add(email, name, roles)
        yield World(office, clock, site, settings.mailbox.in_folder), passwords
    finally:
        office.close()


@contextmanager
def pages_of(world: World, port: int) -> Iterator[str]:
    """Serve the pages, with the daemon behind them, and yield their address."""
    with world.office.watching() as watching:
        daemon = daemon_of(world.office, watching)
        server = server_of(world.office, "127.0.0.1", port)
        crew = [threading.Thread(target=work, daemon=True) for work in (server.run, daemon.run)]
        for worker in crew:
            worker.start()
        try:
            yield f"http://127.0.0.1:{server.effective_port}/"
        finally:
            daemon.stop()
            server.close()
            for worker in crew:
                worker.join(timeout=5)


def _invite(address: str, passwords: Mapping[str, str]) -> None:
    click.echo(f"\nThe pages are at {address} and it is {ENDS:%-d %B %Y} there.")
    click.echo("Sign in with one of these; each then chooses a password of its own:")
    for email, password in passwords.items():
        click.echo(f"  {email}  {password}")
    click.echo("End with Ctrl-C.")


def _wait() -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        click.echo("Done.", err=True)
