"""Accounts, failed sign-ins and signed-in sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    _account()
    _sign_in_attempt()
    _browser_session()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("browser_session")
    op.drop_table("sign_in_attempt")
    op.drop_table("account")


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("email", name="account_key"),
    )


def _sign_in_attempt() -> None:
    op.create_table(
        "sign_in_attempt",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="sign_in_attempt_key"),
    )
    op.create_index("sign_in_attempt_by_address_at", "sign_in_attempt", ["address", "at"])
    op.create_index("sign_in_attempt_by_email_at", "sign_in_attempt", ["email", "at"])


def _browser_session() -> None:
    op.create_table(
        "browser_session",
        sa.Column("id_hash", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("opened", sa.DateTime(), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name="browser_session_key"),
    )
    op.create_index("browser_session_by_opened", "browser_session", ["opened"])
    op.create_index("browser_session_by_person", "browser_session", ["person"])
    op.create_index("browser_session_by_seen", "browser_session", ["seen"])
