"""Every step of the register's tables, up and down, with something in them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Enum, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.register import SchemaState, migrate, open_database, schema_state
from secretariat.adapters.register.engine import open_engine
from secretariat.adapters.register.faults import RegisterUnusable
from secretariat.adapters.register.schema import SchemaUnfit, _config, step_back
from secretariat.adapters.register.tables import Row
from tests.builders import (
    REFERENCE,
    a_chaser,
    a_check,
    a_letter,
    a_link,
    a_mail,
    a_matter,
    a_meeting,
    a_paper,
    a_review,
    an_act,
    some_kept_names,
    some_notes,
)

Held = dict[str, list[dict[str, Any]]]

STEPS = sorted(step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions())


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    engine = open_engine(empty_url, pen=True)
    yield engine
    engine.dispose()


def fill(url: str, clock: StoppedClock) -> None:
    """Put one of nearly everything into the register."""
    database = open_database(url, clock=clock)
    with database.register() as register:
        register.add_review(a_review(), an_act(wording="Ms Example said so"))
        meeting = register.add_meeting(a_meeting(agenda=(REFERENCE,)), an_act()).number
        mail = register.add_mail(a_mail(), an_act()).number
        paper = register.add_paper(a_paper(mail=mail), an_act())
        register.keep_page(paper.number, 1, "The first page")
        register.add_matter(a_matter(), an_act())
        register.add_posting(a_chaser(), an_act())
        register.add_notes(some_notes(meeting=meeting), an_act())
        register.add_letter(a_letter(meeting=meeting), an_act())
        link = register.add_link(a_link(), an_act())
        assert link is not None
        register.add_check(a_check(link=link.number), an_act())
        register.keep_names(REFERENCE, (some_kept_names(),), an_act())
    database.close()


def rows_in(engine: Engine) -> Held:
    """Return all rows of all tables that are there."""
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - {"alembic_version"}
        return {
            name: [
                dict(row._mapping) for row in connection.execute(text(f'SELECT * FROM "{name}"'))
            ]
            for name in names
        }


def columns_of(engine: Engine) -> dict[str, set[str]]:
    """Return the names of the columns of all tables that are there."""
    with engine.connect() as connection:
        look = inspect(connection)
        return {
            name: {c["name"] for c in look.get_columns(name)} for name in look.get_table_names()
        }


def narrowed(held: Held, columns: dict[str, set[str]]) -> dict[str, list[str]]:
    """Return the rows of these tables and columns alone, in an order of their own."""
    return {
        name: sorted(str(sorted((c, row[c]) for c in row if c in columns[name])) for row in rows)
        for name, rows in held.items()
        if name in columns
    }


def test_the_steps_make_exactly_the_tables_of_the_code(empty_url: str, engine: Engine) -> None:
    migrate(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Row.metadata) == []


@pytest.mark.parametrize("step", STEPS)
def test_each_step_down_and_up_again_leaves_older_tables_as_they_were(
    empty_url: str, engine: Engine, clock: StoppedClock, step: str
) -> None:
    migrate(empty_url)
    fill(empty_url, clock)
    before = rows_in(engine)
    step_back(empty_url, step)
    older = columns_of(engine)
    kept = narrowed(rows_in(engine), older)
    assert kept == narrowed(before, older)
    assert schema_state(empty_url) is (SchemaState.FITS if step == STEPS[-1] else SchemaState.OLDER)
    migrate(empty_url)
    after = rows_in(engine)
    assert after.keys() == before.keys()
    assert narrowed(after, older) == kept


def test_the_last_step_down_leaves_nothing_and_up_again_a_working_register(
    empty_url: str, engine: Engine, clock: StoppedClock
) -> None:
    migrate(empty_url)
    fill(empty_url, clock)
    step_back(empty_url, "base")
    assert rows_in(engine) == {}
    assert schema_state(empty_url) is SchemaState.EMPTY
    migrate(empty_url)
    fill(empty_url, clock)


def test_migrating_again_changes_nothing(
    empty_url: str, engine: Engine, clock: StoppedClock
) -> None:
    migrate(empty_url)
    fill(empty_url, clock)
    before = rows_in(engine)
    migrate(empty_url)
    assert rows_in(engine) == before


def test_a_register_of_another_version_is_not_opened(
    empty_url: str, engine: Engine, clock: StoppedClock
) -> None:
    with pytest.raises(SchemaUnfit, match="empty; run: secretariat migrate"):
        open_database(empty_url, clock=clock)
    migrate(empty_url, STEPS[0])
    with pytest.raises(SchemaUnfit, match=r"older .* run: secretariat migrate"):
        open_database(empty_url, clock=clock)
    migrate(empty_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for opening in (migrate, lambda url: open_database(url, clock=clock)):
        with pytest.raises(SchemaUnfit, match=r"newer .* secretariat migrate"):
            opening(empty_url)


def test_the_ledger_cannot_be_changed_from_the_first_step_on(
    empty_url: str, engine: Engine, clock: StoppedClock
) -> None:
    migrate(empty_url, STEPS[0])
    line = "'office', 1, '2026-03-10', 'the service', 'moved', 'why', 'a', 'b', 'c'"
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO ledger VALUES ({line})"))
    with engine.connect() as connection, pytest.raises(IntegrityError, match="append-only"):
        connection.execute(text("UPDATE ledger SET why = 'otherwise'"))


def test_every_word_of_the_code_is_a_word_of_the_tables(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'register.db'}"
    migrate(url)
    engine = create_engine(url)
    with engine.connect() as connection:
        checks = {
            (table, check["name"]): str(check["sqltext"])
            for table in inspect(connection).get_table_names()
            for check in inspect(connection).get_check_constraints(table)
        }
    engine.dispose()
    for table in Row.metadata.tables.values():
        for column in table.columns:
            words = checks.get((table.name, f"{table.name}_{column.name}_known"))
            if words is not None:
                assert isinstance(column.type, Enum)
                kind: Any = column.type.enum_class
                assert issubclass(kind, StrEnum)
                assert {word for word in kind if f"'{word}'" not in words} == set()


def test_the_file_of_a_new_register_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "register.db"
    migrate(f"sqlite:///{path}")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "url", ["not a url", "sqlite://", "mysql://127.0.0.1/register", "sqlite:////dev/null/register"]
)
def test_an_address_that_is_no_register_is_told_in_a_sentence(url: str) -> None:
    with pytest.raises(RegisterUnusable, match="the register cannot be used"):
        migrate(url)


def test_asking_how_the_tables_fit_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    assert schema_state(f"sqlite:///{path}") is SchemaState.EMPTY
    assert not path.exists()
