"""Keeping what was entrusted: tables brought up to date, backups made and put back."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from secretariat.adapters import backup
from secretariat.adapters.backup import Contents
from secretariat.adapters.clock import WallClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import SchemaState, migrate, schema_state
from secretariat.adapters.register.copying import copy_in, copy_out
from secretariat.config.settings import Settings
from secretariat.domain.errors import OutOfOrder, SecretariatError


class NoBackupKey(SecretariatError):
    """Nobody said with which key; nothing was written or read."""

    def __init__(self) -> None:
        super().__init__(
            "SECRETARIAT_BACKUP_KEY is not set: `secretariat backup --new-key` prints a new key;"
            " keep it away from this machine, for without it no backup can be read"
        )


class RegisterInUse(SecretariatError):
    """A backup is put back where nothing is; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("there is a register already: a backup is put back where none is")


class NoRoomToWork(OutOfOrder):
    """The data folder cannot hold what is being copied; nothing was changed."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the data folder cannot be written: {why}")


def make_key() -> str:
    """Return a new backup key, to be kept by people and away from this machine."""
    return backup.new_key()


def bring_up_to_date(settings: Settings) -> None:
    """Bring the register's tables to this version; the data stays."""
    migrate(settings.database_url)


def back_up(settings: Settings, file: Path) -> Contents:
    """Write register and vault to `file`, encrypted, while others may go on writing."""
    key = _key(settings)
    with _scratch(settings) as folder:
        copy = folder / "register"
        copy_out(settings.database_url, copy)
        return backup.back_up(copy, _vault(settings), file, key=key)


def put_back(settings: Settings, file: Path) -> Contents:
    """Put a backup back where neither register nor vault is; sending stays held.

    A backup that cannot be put back leaves the place as empty as it was.
    """
    key = _key(settings)
    if schema_state(settings.database_url) is not SchemaState.EMPTY:
        raise RegisterInUse
    vault = _vault(settings)
    with _scratch(settings) as folder:
        copy = folder / "register"
        contents = backup.restore(file, key=key, register=copy, vault=vault)
        try:
            copy_in(settings.database_url, copy, clock=WallClock())
        except SecretariatError:
            shutil.rmtree(vault.folder, ignore_errors=True)
            raise
    return contents


def _key(settings: Settings) -> str:
    if not settings.secrets.backup_key:
        raise NoBackupKey
    return settings.secrets.backup_key


def _vault(settings: Settings) -> Vault:
    return Vault(settings.office.data_dir / "vault")


@contextmanager
def _scratch(settings: Settings) -> Iterator[Path]:
    """Make a private folder on the disk of the data, gone afterwards."""
    home = settings.office.data_dir
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = tempfile.mkdtemp(prefix=".keeping-", dir=home)
    except OSError as fault:
        raise NoRoomToWork(fault.strerror or "the disk failed") from fault
    try:
        yield Path(made)
    finally:
        shutil.rmtree(made, ignore_errors=True)
