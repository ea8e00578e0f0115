"""Versions of letters, what is typed and not saved, marks confirmed, and a letter's later life."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

COLUMNS = ("stop_until", "handed_to", "agreed_by", "agreed_at", "corrects", "replaced_by", "sealed")


def upgrade() -> None:
    """Add the columns and make the tables."""
    for column in (
        sa.Column("stop_until", sa.DateTime(), nullable=True),
        sa.Column("handed_to", sa.Text(), nullable=False, server_default=""),
        sa.Column("agreed_by", sa.Text(), nullable=False, server_default=""),
        sa.Column("agreed_at", sa.DateTime(), nullable=True),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("letter", column)
    _versions()
    op.create_table(
        "letter_typed",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("reference", "number", "person", name="letter_typed_key"),
    )
    op.create_table(
        "wording_confirmed",
        sa.Column("generation", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("generation", "mark", "text_hash", name="wording_confirmed_key"),
    )


def downgrade() -> None:
    """Drop them; letters keep their newest words."""
    for table in ("wording_confirmed", "letter_typed", "letter_version"):
        op.drop_table(table)
    for column in reversed(COLUMNS):
        op.drop_column("letter", column)


def _versions() -> None:
    op.create_table(
        "letter_version",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("reference", "number", "version", name="letter_version_key"),
        sa.ForeignKeyConstraint(
            ["reference", "number"],
            ["letter.reference", "letter.number"],
            name="letter_version_letter_known",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
