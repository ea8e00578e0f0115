"""Pages of a long scan as recognition reads them, so that a restart loses none."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "recognised_page",
        sa.Column("paper", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("page", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("paper", "page", name="recognised_page_key"),
        sa.ForeignKeyConstraint(
            ["paper"],
            ["paper.number"],
            name="recognised_page_paper_known",
            deferrable=True,
            initially="DEFERRED",
        ),
    )


def downgrade() -> None:
    """Drop it; scans that are underway are read anew."""
    op.drop_table("recognised_page")
