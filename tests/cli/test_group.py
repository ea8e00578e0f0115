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


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {"flask", "sqlalchemy", "docx", "httpx"}),
        (["match", "Medway"], {"flask", "sqlalchemy", "docx", "httpx"}),
        (["triage", "--help"], {"flask", "sqlalchemy", "docx", "httpx"}),
        (["letter", "--help"], {"flask", "sqlalchemy", "httpx"}),
    ],
)
def test_a_command_pays_for_no_part_that_it_does_not_use(
    arguments: list[str], unwanted: set[str]
) -> None:
    code = f"import sys, secretariat.cli as c; sys.argv[1:] = {arguments}\ntry: c.main()\n"
    code += f"except SystemExit: print(sorted({unwanted} & set(sys.modules)))"
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
