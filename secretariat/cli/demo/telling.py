"""Opens the demonstration's office, tells its story, prints the table, serves the pages."""

import mailbox
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class PostRoom:
    """A mailbox other than the Maildir of the demonstration's own folder.

    settings: the sections of the configuration that name it; secrets: its part of the environment
    deliver: lets a mail arrive in it
    """

    settings: str
    secrets: Mapping[str, str]
    deliver: Callable[[bytes], object]


def run(
    folder: Path, *, serve: bool = True, port: int = 0, post_room: PostRoom | None = None
) -> None:
    """Tell the story in `folder`, print its table, and serve the pages until interrupted.

    port: 0 takes a free one; without `serve` it ends with the table
    """
    with Site() as site, open_world(folder, site, post_room) as (world, passwords):
        world.say = lambda month: click.echo(f"{month} ...", err=True)
        tell(world, steps(), until=ENDS)
        for line in lines(world):
            click.echo(line)
        if serve:
            with pages_of(world, port) as address:
                _invite(address, passwords)
                _wait()


@contextmanager
def open_world(
    folder: Path, site: Site, post_room: PostRoom | None = None
) -> Iterator[tuple[World, Mapping[str, str]]]:
    """Make an office in `folder` and yield it, with each account's one-time password."""
    started = start_office(folder, ADMINISTRATOR, {})
    named = post_room.settings if post_room else ""
    started.config.write_text(SETTINGS + named, encoding="utf-8")
    clock = StoppedClock(datetime.combine(BEGINS - timedelta(days=1), time(10), LONDON))
    environ = {"SECRETARIAT_SECRET_KEY": secrets.token_hex(32)}
    environ |= post_room.secrets if post_room else {}
    settings = settings_at(started.config, environ)
    office = open_office(settings, clock=clock, trusted=frozenset({site.address}))
    passwords = {ADMINISTRATOR: started.password}
    try:
        for email, name, roles in STAFF:
            if email not in passwords:
                passwords[email] = office.staff.add(email, name, roles)
        maildir = mailbox.Maildir(settings.mailbox.in_folder)
        deliver = post_room.deliver if post_room else maildir.add
        yield World(office, clock, site, deliver), passwords
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
