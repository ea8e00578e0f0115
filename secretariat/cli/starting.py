"""`secretariat init`: a new office."""

import os
from pathlib import Path

import click

from secretariat.office.starting import start_office


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option(
    "--email",
    default="administrator@homeoffice.example",
    show_default=True,
    help="The first account's e-mail address.",
)
def init(folder: Path, email: str) -> None:
    """Make a new office in DIR: configuration, register and the first account."""
    made = start_office(folder, email, os.environ)
    click.echo(f"The configuration is {made.config}; every key has its sentence there.")
    click.echo(f"Sign in as {made.email} with the one-time password {made.password}")
    click.echo("It is shown this once and must be changed at the first sign-in.")
    click.echo("Sending is held until an administrator releases it.")
    click.echo("Next: name the letters' generation and signatory in the configuration, then")
    click.echo(f"  secretariat doctor --config {folder}")
    click.echo(f"  secretariat serve --config {folder}")
