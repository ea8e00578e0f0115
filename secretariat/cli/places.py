"""Which configuration a command works with."""

from pathlib import Path
from typing import Final

import click

from secretariat.domain.errors import SecretariatError

NAME: Final = "secretariat.toml"


class NoConfiguration(SecretariatError):
    """No configuration was named and none lies here."""

    def __init__(self) -> None:
        super().__init__(
            "there is no configuration here: name one with --config, or make one with"
            " `secretariat init DIR`"
        )


config_option = click.option(
    "--config",
    "config",
    type=click.Path(dir_okay=True, path_type=Path),
    envvar="SECRETARIAT_CONFIG",
    help="The configuration file, or the folder that `secretariat init` made.",
)


def config_path(named: Path | None) -> Path:
    """Return the configuration file that is meant; raise NoConfiguration."""
    path = named or Path(NAME)
    if path.is_dir():
        path = path / NAME
    if not path.is_file():
        raise NoConfiguration
    return path
