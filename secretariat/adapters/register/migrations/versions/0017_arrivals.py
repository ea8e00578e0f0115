"""When mail came is asked for the home page, however much mail there is."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Make the index."""
    op.create_index("mail_by_arrived_at", "mail", ["arrived_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("mail_by_arrived_at", "mail")
