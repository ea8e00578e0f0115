"""The command line: `secretariat --help` lists every command.

Each command lives in a module of its own and is loaded by name when it is called, so
that `secretariat match` does not pay for a database and a web server.  The list below
is the whole of it; a test loads every one.
"""

import importlib
import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import click

from secretariat.domain.errors import SecretariatError

COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "demo": "secretariat.cli.demonstration:demo",
        "init": "secretariat.cli.starting:init",
        "serve": "secretariat.cli.running:serve",
        "watch": "secretariat.cli.running:watch",
        "round": "secretariat.cli.running:round_",
        "doctor": "secretariat.cli.running:doctor",
        "migrate": "secretariat.cli.keeping:migrate",
        "backup": "secretariat.cli.keeping:backup",
        "restore": "secretariat.cli.keeping:restore",
        "reconcile": "secretariat.cli.keeping:reconcile",
        "purge": "secretariat.cli.keeping:purge",
        "account": "secretariat.cli.cases:account",
        "meeting": "secretariat.cli.meetings:meeting",
        "notes": "secretariat.cli.cases:notes",
        "sending": "secretariat.cli.cases:sending",
        "triage": "secretariat.cli.triage:triage",
        "read": "secretariat.cli.read:read",
        "match": "secretariat.cli.match:match",
        "letter": "secretariat.cli.letter:letter",
        "import": "secretariat.cli.importing:import_",
        "template": "secretariat.cli.template:template",
        "check": "secretariat.cli.check:check",
    }
)

PURPOSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "demo": "Show the whole journey with invented mail, then its pages.",
        "init": "Make a new office: configuration, register, first account.",
        "serve": "Run the pages and the daemon together.",
        "watch": "Run the daemon alone.",
        "round": "Let every stage work once.",
        "doctor": "Tick or cross every part, with what to do about it.",
        "migrate": "Bring the register's tables to this version.",
        "backup": "Write register and vault to one encrypted file.",
        "restore": "Put a backup back where nothing is.",
        "reconcile": "After a restore, look up in Sent what was underway.",
        "purge": "Delete old mail by the rule for it, or show what would go.",
        "account": "Add, list, reset and close accounts of staff.",
        "meeting": "Meetings of the Panel: agenda, notes form, letters.",
        "notes": "Take the notes of a meeting.",
        "sending": "Show what would leave; hold or release sending.",
        "triage": "Say what a mail is, and which rule spoke.",
        "read": "Say what a paper is and what its front page states.",
        "match": "Say which partnership a name stands for.",
        "letter": "Make one letter from notes and facts.",
        "import": "Take in cases from a list, after a preview.",
        "template": "Check a letter's template, put it into use, go back; confirm wording.",
        "check": "Say whether a link shows a report and our letter.",
    }
)


class ByName(click.Group):
    """A group that loads a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which `--help` shows them."""
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command is for, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, PURPOSES[name]) for name in COMMANDS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=ByName, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="secretariat")
def cli() -> None:
    """Register domestic homicide reviews, send the Panel's letters, see reports published."""


def main() -> None:
    """Run the command; a fault is one sentence on standard error and exit code 3."""
    os.umask(0o077)
    try:
        sys.exit(cli(standalone_mode=False))
    except click.Abort:
        sys.exit(130)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except SecretariatError as fault:
        click.echo(str(fault), err=True)
        sys.exit(3)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
