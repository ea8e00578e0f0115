"""Secrets: from the environment or from files that it names, never from the configuration."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from secretariat.config.faults import Fault
from secretariat.config.rules import database_fault

ENVIRONMENT: Final = "the environment"
_NO_NAMES_KEY: Final = (
    "holds what is no key: one is 44 letters long and ends in =, as"
    " `secretariat backup --new-key` prints it; an older one may follow after a space"
)
_SAME_KEY: Final = (
    "is the key of the backups too: make one of its own, or a backup opens its own names"
)
_LEAST_KEY: Final = 32
_NAMES_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not be shown; each is empty where it was not given.

    database_url: the register's URL with its password
    secret_key: signs the staff's sessions
    backup_key: encrypts backups; it is kept by people, away from this machine
    names_key: seals the real names kept for the check of letters; a space or a new line stands
        before an older key, which opens what it sealed and seals nothing more
    mail_password: signs in to the mailbox, and to the server that mail leaves through
    mail_client_secret: signs the application in that reads the mailbox
    """

    database_url: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    backup_key: str = field(default="", repr=False)
    names_key: str = field(default="", repr=False)
    mail_password: str = field(default="", repr=False)
    mail_client_secret: str = field(default="", repr=False)

    @property
    def names_keys(self) -> tuple[str, ...]:
        """The keys of the names kept for the check, the one that seals first."""
        return tuple(self.names_key.split())


def variable(name: str) -> str:
    """Return the environment variable that a secret comes from."""
    return f"SECRETARIAT_{name.upper()}"


def read_secrets(environ: Mapping[str, str], faults: list[Fault]) -> Secrets:
    """Return the secrets; what is wrong with them is added to `faults`, never their text."""
    found = {name: _secret(variable(name), environ, faults) for name in _CHECKS}
    for name, value in found.items():
        if value and (wrong := _CHECKS[name](value)):
            faults.append(Fault(ENVIRONMENT, 0, f"{variable(name)} {wrong}"))
    if found["backup_key"] and found["backup_key"] in found["names_key"].split():
        faults.append(Fault(ENVIRONMENT, 0, f"{variable('names_key')} {_SAME_KEY}"))
    return Secrets(**found)


def _secret(name: str, environ: Mapping[str, str], faults: list[Fault]) -> str:
    by_file = f"{name}_FILE"
    if environ.get(name) and environ.get(by_file):
        faults.append(Fault(ENVIRONMENT, 0, f"{name} and {by_file} are both set; leave one out"))
        return ""
    if not (path := environ.get(by_file)):
        return environ.get(name, "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or "it is not text"
        faults.append(Fault(ENVIRONMENT, 0, f"{by_file} names {path}, which fails: {reason}"))
        return ""


def _key_fault(value: str) -> str:
    return "" if len(value) >= _LEAST_KEY else f"is too short: {_LEAST_KEY} letters at least"


def _names_key_fault(value: str) -> str:
    return "" if all(_is_names_key(key) for key in value.split()) else _NO_NAMES_KEY


def _is_names_key(key: str) -> bool:
    try:
        found = base64.b64decode(key.translate(str.maketrans("-_", "+/")), validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(found) == _NAMES_KEY_BYTES


def _any(_: str) -> str:
    return ""


_CHECKS: Final = {
    "database_url": database_fault,
    "secret_key": _key_fault,
    "backup_key": _key_fault,
    "names_key": _names_key_fault,
    "mail_password": _any,
    "mail_client_secret": _any,
}
