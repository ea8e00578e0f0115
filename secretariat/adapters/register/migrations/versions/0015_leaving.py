"""How many mails of ours left on a day is asked before each one leaves."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the index."""
    op.create_index("posting_by_sent_at", "posting", ["sent_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("posting_by_sent_at", "posting")
