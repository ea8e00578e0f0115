"""Whether the register's tables fit the code, and the command that makes them fit."""

from enum import StrEnum
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from secretariat.adapters.register.engine import file_of, make_file, open_engine
from secretariat.adapters.register.faults import in_words
from secretariat.domain.errors import OutOfOrder

HEAD: Final = "head"


class SchemaState(StrEnum):
    """How the register's tables fit the code."""

    FITS = "fits"
    EMPTY = "empty"
    OLDER = "older than this version of secretariat"
    NEWER = "newer than this version of secretariat"


class SchemaUnfit(OutOfOrder):
    """The register was made by another version; nothing was opened."""

    def __init__(self, state: SchemaState) -> None:
        self.state = state
        mend = "run: secretariat migrate"
        if state is SchemaState.NEWER:
            mend = "install the version that made it, then run: secretariat migrate"
        super().__init__(f"the register's tables are {state}; {mend}")


def schema_state(url: str) -> SchemaState:
    """Return how the tables fit; a file that is not there is empty and is not made."""
    path = file_of(url)
    if path is not None and not path.exists():
        return SchemaState.EMPTY
    with in_words():
        engine = open_engine(url, pen=True)
        try:
            return _state(engine)
        finally:
            engine.dispose()


def insist_on_fit(url: str) -> None:
    """Raise SchemaUnfit unless the tables are exactly those of this version."""
    state = schema_state(url)
    if state is not SchemaState.FITS:
        raise SchemaUnfit(state)


def migrate(url: str, revision: str = HEAD) -> None:
    """Bring the tables to this version, all steps or none; data stays; a newer one is refused."""
    path = file_of(url)
    if path is not None:
        make_file(path)
    if schema_state(url) is SchemaState.NEWER:
        raise SchemaUnfit(SchemaState.NEWER)
    _run(url, revision, up=True)


def step_back(url: str, revision: str) -> None:
    """Take the tables back to `revision` ("base" for none); what newer tables held is lost."""
    _run(url, revision, up=False)


def _run(url: str, revision: str, *, up: bool) -> None:
    engine = open_engine(url, pen=True)
    config = _config()
    try:
        with in_words(), engine.begin() as connection:
            config.attributes["connection"] = connection
            (command.upgrade if up else command.downgrade)(config, revision)
    finally:
        engine.dispose()


def _state(engine: Engine) -> SchemaState:
    scripts = ScriptDirectory.from_config(_config())
    known = {script.revision for script in scripts.walk_revisions()}
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        return SchemaState.EMPTY
    if found not in known:
        return SchemaState.NEWER
    return SchemaState.FITS if found == scripts.get_current_head() else SchemaState.OLDER


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "secretariat.adapters.register:migrations")
    config.set_main_option("path_separator", "os")
    return config
