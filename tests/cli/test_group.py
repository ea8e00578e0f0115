"""The group of commands: each loads, and the list of them loads none."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from secretariat.cli import COMMANDS, PURPOSES, ByName
from tests.cli.conftest import Ask


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_loads_and_says_what_it_is_for(name: str) -> None:
    command = ByName().get_command(click.Context(ByName()), name)
    assert command is not None
    assert command.help


def test_every_command_has_its_line_in_the_list(ask: Ask) -> None:
    said = ask("--help")
    assert said.code == 0
    assert PURPOSES.keys() == COMMANDS.keys()
    assert all(f"\n  {name} " in said.out for name in COMMANDS)


def test_the_list_of_commands_loads_neither_database_nor_pages() -> None:
    code = "import sys, secretariat.cli as c; sys.argv[1:] = ['--help']\ntry: c.main()\n"
    code += "except SystemExit: print(sorted({'flask', 'sqlalchemy', 'docx'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().endswith("\n[]\n")


def test_a_command_that_nobody_has_is_misuse(ask: Ask) -> None:
    said = ask("shred")
    assert said.code == 2
    assert "shred" in said.err


@pytest.mark.parametrize("command", ["serve", "watch", "round", "migrate", "sending"])
def test_without_a_configuration_a_command_says_how_to_get_one(ask: Ask, command: str) -> None:
    said = ask(command)
    assert (said.code, said.out) == (3, "")
    assert "secretariat init DIR" in said.err
