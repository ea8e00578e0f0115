"""Rows of lists that were taken in, and the day of a letter sent before the register began."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the table and the column."""
    op.add_column("review", sa.Column("letter_on", sa.Date(), nullable=True))
    op.create_table(
        "taken_row",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="taken_row_key"),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["review.reference"],
            name="taken_row_reference_known",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("taken_row_by_reference", "taken_row", ["reference"])


def downgrade() -> None:
    """Drop them: a list that was taken in is then known by its local references alone."""
    op.drop_table("taken_row")
    op.drop_column("review", "letter_on")
