"""How commands that explain answer: JSON or lines, several inputs, exit codes."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import IntEnum
from pathlib import Path

import click

from secretariat.domain.errors import SecretariatError


class Exit(IntEnum):
    """Exit codes of the commands that explain."""

    DONE = 0
    NO = 1
    USAGE = 2
    UNUSABLE = 3


class InputUnusable(SecretariatError):
    """The input cannot be used at all."""


Answer = tuple[Mapping[str, object], Exit]


def answer_all(inputs: Sequence[str], ask: Callable[[str], Answer], *, as_json: bool) -> int:
    """Print an answer for each input and return the exit code, the gravest of all.

    One input gives one JSON document; several, or "-" for a list on standard
    input, give one JSON line each with "input" added.
    """
    several = len(inputs) > 1 or list(inputs) == ["-"]
    gravest = 0
    for one in _each(inputs):
        try:
            answer, code = ask(one)
        except SecretariatError as fault:
            told = str(fault) if not several or one in str(fault) else f"{one}: {fault}"
            click.echo(_writable(told), err=True)
            answer, code = {"error": str(fault)}, Exit.UNUSABLE
            if not several:
                return code
        _print({"input": one, **answer} if several else answer, as_json=as_json, line=several)
        gravest = max(gravest, code)
    return gravest


def bytes_of(name: str) -> bytes:
    """Return the file's bytes; raise InputUnusable with a sentence."""
    try:
        return Path(name).read_bytes()
    except OSError as fault:
        raise InputUnusable(f"{name} cannot be read: {fault.strerror}") from None


def _each(inputs: Sequence[str]) -> Iterator[str]:
    if list(inputs) != ["-"]:
        yield from inputs
        return
    for line in sys.stdin:
        if line.strip():
            yield line.strip("\r\n")


def _print(answer: Mapping[str, object], *, as_json: bool, line: bool) -> None:
    if as_json or line:
        indent = None if line else 2
        click.echo(_writable(json.dumps(answer, ensure_ascii=False, indent=indent)))
        return
    for key, value in answer.items():
        click.echo(_writable(f"{key.replace('_', ' ')}: {_plain(value)}"))


def _writable(line: str) -> str:
    """Return the line fit for a terminal: a file's name or a paper may hold half a character."""
    return line.encode("utf-8", "replace").decode()


def _plain(value: object) -> str:
    if value is None or value in ([], ()):
        return "not stated"
    if isinstance(value, (list, tuple)):
        return "; ".join(_plain(one) for one in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key.replace('_', ' ')} {_plain(one)}" for key, one in value.items())
    return str(value)
