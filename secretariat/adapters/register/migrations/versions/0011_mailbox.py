"""How far a mailbox was looked through, what is to be filed in it, and what it cannot give."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "mailbox",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reached", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="mailbox_key"),
    )
    op.create_table(
        "to_file",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="to_file_key"),
    )
    op.create_table(
        "unreadable",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="unreadable_key"),
    )


def downgrade() -> None:
    """Drop them: the mailbox is then looked through from its beginning."""
    for table in ("unreadable", "to_file", "mailbox"):
        op.drop_table(table)
