"""Who gave a link, what should stand there and when it is looked at again; the ends of a wait."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

STATUSES = (
    "'received', 'with the panel', 'considered', 'resubmission awaited', 'publication awaited', "
    "'published', 'not for publication', 'withdrawn', 'merged', 'undone'"
)
NEW_STATUSES = STATUSES.replace(
    "'withdrawn', 'merged'", "'published, then withdrawn', 'withdrawn', 'merged'"
)
LINKS = "'to be checked', 'checked', 'set aside'"
NEW_LINKS = f"{LINKS}, 'suggested', 'held for a click'"
SOURCES = "'the council', 'staff', 'an automated URL chaser', 'found by the service'"
ROLES = (
    "'not known yet', 'landing page', 'overview report', 'executive summary', 'action plan', "
    "'feedback letter', 'Home Office library'"
)
FINDINGS = (
    "'the report with its letter', 'the report without its letter', 'published unchanged', "
    "'a person must look', 'not this report', 'not found', 'the site does not answer', "
    "'barred to robots', 'an address that is never fetched'"
)
NEW_FINDINGS = (
    "'the report with its letter', 'the report without its letter', 'published unchanged', "
    "'a person must look', 'an older version of the report', 'the executive summary alone', "
    "'not this report', 'the page says it is still to come', "
    "'the page says that it is not there', 'not found', 'the site does not answer', "
    "'barred to robots', 'an address that is never fetched'"
)


def upgrade() -> None:
    """Add the words and the columns."""
    _reword("review", "status", STATUSES, NEW_STATUSES)
    _reword("link", "status", LINKS, NEW_LINKS)
    _reword("link_check", "finding", FINDINGS, NEW_FINDINGS)
    op.add_column("review", sa.Column("agreed", sa.JSON(), nullable=True))
    op.add_column("review", sa.Column("gone_on", sa.Date(), nullable=True))
    _worded("link", "source", SOURCES, "the council")
    _worded("link", "role", ROLES, "not known yet")
    op.add_column("link", sa.Column("look_at", sa.DateTime(), nullable=True))
    op.add_column("link", sa.Column("live_on", sa.Date(), nullable=True))
    watched = sa.text("look_at IS NOT NULL")
    op.create_index(
        "link_to_look_at", "link", ["look_at"], sqlite_where=watched, postgresql_where=watched
    )
    nothing = sa.text("'{}'")
    op.add_column(
        "link_check", sa.Column("evidence", sa.JSON(), nullable=False, server_default=nothing)
    )
    op.execute("UPDATE link SET source = 'staff' WHERE mail IS NULL")


def downgrade() -> None:
    """Drop them: a withdrawn report is published again, newer findings are for a person."""
    op.drop_column("link_check", "evidence")
    op.drop_index("link_to_look_at", "link")
    op.drop_column("link", "live_on")
    op.drop_column("link", "look_at")
    for column in ("role", "source"):
        if op.get_bind().dialect.name != "sqlite":
            op.drop_constraint(f"link_link_{column}_known", "link")
        op.drop_column("link", column)
    op.drop_column("review", "gone_on")
    op.drop_column("review", "agreed")
    for table, column, words, newer, older in (
        ("review", "status", STATUSES, NEW_STATUSES, "published"),
        ("link", "status", LINKS, NEW_LINKS, "set aside"),
        ("link_check", "finding", FINDINGS, NEW_FINDINGS, "a person must look"),
    ):
        op.execute(f"UPDATE {table} SET {column} = '{older}' WHERE {column} NOT IN ({words})")  # noqa: S608 words of ours
        _reword(table, column, newer, words)
    op.execute(
        f"UPDATE link SET finding = 'a person must look' WHERE finding NOT IN ({FINDINGS})"  # noqa: S608 words of ours
    )


def _worded(table: str, column: str, words: str, default: str) -> None:
    """Add a column of words; SQLite takes a check with a new column, and only so."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(60) DEFAULT '{default}' NOT NULL"
            f" CONSTRAINT {table}_{column}_known CHECK ({column} IN ({words}))"
        )
        return
    op.add_column(table, sa.Column(column, sa.String(60), nullable=False, server_default=default))
    op.create_check_constraint(f"{table}_{column}_known", table, f"{column} IN ({words})")


def _reword(table: str, column: str, before: str, after: str) -> None:
    """Change the words that a column may hold.

    SQLite's own way to change a CHECK without making anew a table that others refer to:
    https://sqlite.org/lang_altertable.html, section 7.
    """
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(f"{table}_{table}_{column}_known", table)  # as its first step named it
        op.create_check_constraint(f"{table}_{column}_known", table, f"{column} IN ({after})")
        return
    bind = op.get_bind()
    step = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?"
        " AND instr(sql, ?) > 0",
        (f"{column} IN ({before})", f"{column} IN ({after})", table, f"{column} IN ({before})"),
    )
    if changed.rowcount != 1:
        raise RuntimeError(f"the check of {table}.{column} is not as it was made")
    bind.exec_driver_sql(f"PRAGMA schema_version = {step + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")
