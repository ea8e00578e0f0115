"""What staff wrote by hand from the mailbox, and which messages in Sent were looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "by_hand",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("to", sa.JSON(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("references", sa.JSON(), nullable=False),
        sa.Column("purged", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="by_hand_key"),
        sa.UniqueConstraint("place", name="by_hand_one_place"),
    )
    op.create_index("by_hand_by_message_id", "by_hand", ["message_id"])
    op.create_table(
        "by_hand_review",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("mail", sa.Integer(), nullable=False),
        _deferred("mail", "by_hand.number"),
        _deferred("reference", "review.reference"),
        sa.PrimaryKeyConstraint("reference", "mail", name="by_hand_review_key"),
    )
    op.create_index("by_hand_review_by_mail", "by_hand_review", ["mail"])
    op.create_table(
        "looked_at",
        sa.Column("place", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="looked_at_key"),
    )


def downgrade() -> None:
    """Drop them: what staff wrote by hand is then kept in the mailbox alone."""
    for table in ("looked_at", "by_hand_review", "by_hand"):
        op.drop_table(table)


def _deferred(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [target],
        name=f"by_hand_review_{column}_known",
        initially="DEFERRED",
        deferrable=True,
    )
