"""Real names kept for the check of letters, sealed; and a way to what was merged into a review."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

IS_MERGED = sa.text("merged_into IS NOT NULL")


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "kept_names",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("how_many", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="kept_names_key"),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["review.reference"],
            name="kept_names_reference_known",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("kept_names_by_reference", "kept_names", ["reference"])
    op.create_index(
        "review_merged",
        "review",
        ["merged_into"],
        sqlite_where=IS_MERGED,
        postgresql_where=IS_MERGED,
    )


def downgrade() -> None:
    """Drop them; every name kept is lost, and letters are no longer checked for it."""
    op.drop_index("review_merged", "review")
    op.drop_table("kept_names")
