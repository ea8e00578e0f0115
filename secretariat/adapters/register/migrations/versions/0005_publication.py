"""Links that councils give, and what checks of them found."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    _link()
    _link_check()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("link_check")
    op.drop_table("link")


def _link() -> None:
    op.create_table(
        "link",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("mail", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(60), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "status IN ('to be checked', 'checked', 'set aside')", name="link_status_known"
        ),
        sa.ForeignKeyConstraint(
            ["mail"], ["mail.number"], name="link_mail_known", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["review.reference"],
            name="link_reference_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("number", name="link_key"),
        sa.UniqueConstraint("reference", "url", name="link_one_reference_url"),
    )
    op.create_index("link_by_reference_status_finding", "link", ["reference", "status", "finding"])
    op.create_index("link_by_status_number", "link", ["status", "number"])


def _link_check() -> None:
    op.create_table(
        "link_check",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("link", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("finding", sa.String(60), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Double(), nullable=True),
        sa.Column("letter_found", sa.Boolean(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "finding IN ('the report with its letter', 'the report without its "
            "letter', 'published unchanged', 'a person must look', 'not this "
            "report', 'not found', 'the site does not answer', 'barred to "
            "robots', 'an address that is never fetched')",
            name="link_check_finding_known",
        ),
        sa.ForeignKeyConstraint(
            ["link"],
            ["link.number"],
            name="link_check_link_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["review.reference"],
            name="link_check_reference_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("number", name="link_check_key"),
    )
    op.create_index("link_check_by_link", "link_check", ["link"])
    op.create_index("link_check_by_reference", "link_check", ["reference"])
