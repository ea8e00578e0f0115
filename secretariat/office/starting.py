"""A new office: its folder, a commented configuration, an empty register, the first account."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from secretariat.adapters.register import migrate
from secretariat.config import defaults
from secretariat.config.settings import Settings, load
from secretariat.domain.errors import OutOfOrder, SecretariatError
from secretariat.domain.staff import Role
from secretariat.office.opening import open_office

NO_ENVIRONMENT: Final[Mapping[str, str]] = MappingProxyType({})
FILES: Final = ("secretariat.toml", "chase.toml", "triage.toml")


class NotMade(OutOfOrder):
    """The folder cannot hold an office."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"no office can be made in {folder}: {why}")


class AlreadyThere(SecretariatError):
    """The folder holds a configuration already; nothing was touched."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds a configuration already; nothing was changed")


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What `init` made; the password is shown once and kept nowhere."""

    config: Path
    email: str
    password: str


def start_office(
    folder: Path, email: str, environ: Mapping[str, str] = NO_ENVIRONMENT
) -> NewOffice:
    """Make a new office in `folder`; raise AlreadyThere rather than touch an old one.

    After a fault the configuration is taken away again, so that `init` can be tried anew.
    """
    config = folder / FILES[0]
    if config.exists():
        raise AlreadyThere(folder)
    try:
        return _made(config, email, environ)
    except OSError as fault:
        config.unlink(missing_ok=True)
        raise NotMade(folder, fault.strerror or "the disk failed") from fault
    except SecretariatError:
        config.unlink(missing_ok=True)
        raise


def _made(config: Path, email: str, environ: Mapping[str, str]) -> NewOffice:
    folder = config.parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copytree(defaults() / "templates", folder / "templates", dirs_exist_ok=True)
    for name in FILES:
        shutil.copyfile(defaults() / "config" / name, folder / name)
    settings = load(config, environ)
    make_folders(settings)
    migrate(settings.database_url)
    office = open_office(settings)
    try:
        password = office.staff.add(email, "The first administrator", (Role.ADMINISTRATOR,))
    finally:
        office.close()
    return NewOffice(config, email, password)


def make_folders(settings: Settings) -> None:
    """Make the data folder, the vault and the mail folders, for our own eyes only."""
    for folder in (
        settings.office.data_dir,
        settings.office.data_dir / "vault",
        settings.mailbox.drop_folder,
    ):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
