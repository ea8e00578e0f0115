"""`secretariat serve`, `watch`, `round` and `doctor`: the office at work."""

import os
import signal
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from waitress.server import create_server

from secretariat.cli.answers import Exit
from secretariat.cli.logs import keep_log
from secretariat.cli.opened import office_at
from secretariat.cli.places import config_option, config_path
from secretariat.daemon import Daemon, Watching, turn
from secretariat.domain.errors import OutOfOrder
from secretariat.domain.ledger import Tally
from secretariat.office.doctor import examine, in_force
from secretariat.office.office import Office
from secretariat.web.app import create_app


class PortTaken(OutOfOrder):
    """The pages cannot be served at the configured address."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"{host}:{port} cannot be served: another program may be using it")


@click.command()
@click.option("--host", help="The address to serve on, instead of the configured one.")
@click.option("--port", type=int, help="The port to serve on, instead of the configured one.")
@click.option("--pages-only", is_flag=True, help="No daemon: another process watches the mailbox.")
@config_option
def serve(host: str | None, port: int | None, pages_only: bool, config: Path | None) -> None:
    """Run the pages and the daemon together, until it is stopped."""
    keep_log()
    with office_at(config) as office, ExitStack() as locks:
        web = office.settings.web
        daemon = None if pages_only else daemon_of(office, locks.enter_context(office.watching()))
        server = server_of(office, host or web.host, port or web.port)
        click.echo(f"The pages are at http://{host or web.host}:{port or web.port}/", err=True)
        if daemon is None:
            server.run()
            return
        daemon.heed_signals()
        threading.Thread(target=server.run, name="pages", daemon=True).start()
        daemon.run()
        server.close()


@click.command()
@click.option("--no-wait", is_flag=True, help="Give up when another process watches the mailbox.")
@config_option
def watch(no_wait: bool, config: Path | None) -> None:
    """Run the daemon alone, until it is stopped.

    Where another process watches the mailbox, this one says so and waits to take over.
    """
    keep_log()
    stopped = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stopped.set())
    with office_at(config) as office, ExitStack() as locks:
        watching = office.watching() if no_wait else office.stand_by(stopped, _tell)
        if watching is None:
            return
        daemon = daemon_of(office, locks.enter_context(watching), stopped)
        daemon.run()


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)


@click.command("round")
@config_option
@click.pass_context
def round_(ctx: click.Context, config: Path | None) -> None:
    """Let every stage work once and print a table of what was done."""
    keep_log()
    with office_at(config) as office, office.watching():
        tallies = {name: turn(name, work) for name, work in office.round().items()}
    for line in table_of(tallies):
        click.echo(line)
    ctx.exit(Exit.NO if any(tally.stuck for tally in tallies.values()) else Exit.DONE)


@click.command()
@click.option("--settings", is_flag=True, help="Print every setting in force first.")
@config_option
@click.pass_context
def doctor(ctx: click.Context, settings: bool, config: Path | None) -> None:
    """Tick or cross every part of the office, with what to do about each cross."""
    path = None if config is None and not Path("secretariat.toml").exists() else config_path(config)
    if settings:
        for line in in_force(path, os.environ):
            click.echo(line)
    crosses = 0
    for finding in examine(path, os.environ):
        crosses += not finding.well
        click.echo(f"{'✓' if finding.well else '✗'} {finding.part}: {finding.told}")
        if finding.remedy:
            click.echo(f"    {finding.remedy}")
    ctx.exit(Exit.NO if crosses else Exit.DONE)


def daemon_of(office: Office, watching: Watching, stopped: threading.Event | None = None) -> Daemon:
    """Return the daemon that runs the office's stages at their configured pace.

    stopped: ends it when it is set
    """
    stopped = stopped or threading.Event()
    return Daemon(
        stages=office.round(stopped.is_set),
        seconds=office.seconds(),
        wait=office.mailbox.wait,
        hang_up=office.mailbox.close,
        watching=watching,
        stopped=stopped,
    )


def server_of(office: Office, host: str, port: int) -> Any:
    """Return the web server (waitress has no types), bound but not yet running; raise PortTaken."""
    how = {"host": host, "port": port, "threads": 6, "clear_untrusted_proxy_headers": True}
    try:
        return create_server(create_app(office), **how)  # type: ignore[no-untyped-call]
    except OSError:
        raise PortTaken(host, port) from None


def table_of(tallies: Mapping[str, Tally]) -> list[str]:
    """Return the lines of a table of what each stage did, and under it what is stuck."""
    lines = [f"{'stage':<14}{'done':>6}{'stuck':>7}"]
    lines += [f"{name:<14}{tally.done:>6}{len(tally.stuck):>7}" for name, tally in tallies.items()]
    lines += [
        f"  {name}: {what}: {why}" for name, tally in tallies.items() for what, why in tally.stuck
    ]
    return lines
