"""Until when a chase needs no look, so that a round asks for those that are due alone."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column and its index."""
    op.add_column("review", sa.Column("chase_on", sa.Date(), nullable=True))
    op.create_index(
        "review_by_status_chase_on_ordinal", "review", ["status", "chase_on", "ordinal"]
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("review_by_status_chase_on_ordinal", "review")
    op.drop_column("review", "chase_on")
