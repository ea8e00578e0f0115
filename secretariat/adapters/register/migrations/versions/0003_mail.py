"""Mail that came and mail that leaves, papers, matters, contacts, and the switch, held."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    _mail()
    _mail_review()
    _paper()
    _matter()
    _posting()
    _posting_review()
    _contact()
    _office()
    _switch()
    op.execute("INSERT INTO switch VALUES (1, false, '', NULL, false, 0)")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("switch")
    op.drop_table("office")
    op.drop_table("contact")
    op.drop_table("posting_review")
    op.drop_table("posting")
    op.drop_table("matter")
    op.drop_table("paper")
    op.drop_table("mail_review")
    op.drop_table("mail")


def _mail() -> None:
    op.create_table(
        "mail",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("looked", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("references", sa.JSON(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("in_reply_to", sa.JSON(), nullable=False),
        sa.Column("unread_answer", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('bounce', 'automatic reply', 'our own mail come back', "
            "'submission', 'resubmission or further papers', 'publication "
            "notice', 'panel notes', 'decision not to review', 'request to "
            "explain feedback', 'not for us', 'unknown')",
            name="mail_kind_known",
        ),
        sa.CheckConstraint(
            "state IN ('registered', 'joined to a review', 'noted', 'held for a person')",
            name="mail_state_known",
        ),
        sa.PrimaryKeyConstraint("number", name="mail_key"),
        sa.UniqueConstraint("place", name="mail_one_place"),
    )
    op.create_index(
        "mail_answers",
        "mail",
        ["number"],
        sqlite_where=sa.text("unread_answer = 1"),
        postgresql_where=sa.text("unread_answer"),
    )
    op.create_index("mail_by_message_id", "mail", ["message_id"])
    op.create_index("mail_by_state_number", "mail", ["state", "number"])


def _mail_review() -> None:
    op.create_table(
        "mail_review",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("mail", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail"],
            ["mail.number"],
            name="mail_review_mail_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["review.reference"],
            name="mail_review_reference_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("reference", "mail", name="mail_review_key"),
    )
    op.create_index("mail_review_by_mail", "mail_review", ["mail"])


def _paper() -> None:
    op.create_table(
        "paper",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("mail", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("set_aside", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail"],
            ["mail.number"],
            name="paper_mail_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["review.reference"],
            name="paper_reference_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("number", name="paper_key"),
    )
    op.create_index("paper_by_reference", "paper", ["reference"])
    op.create_index("paper_by_sha256", "paper", ["sha256"])


def _matter() -> None:
    op.create_table(
        "matter",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=True),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("mail", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(60), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('decision not to review', 'request to explain feedback')",
            name="matter_kind_known",
        ),
        sa.CheckConstraint("status IN ('open', 'answered')", name="matter_status_known"),
        sa.ForeignKeyConstraint(
            ["mail"],
            ["mail.number"],
            name="matter_mail_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["review.reference"],
            name="matter_reference_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("number", name="matter_key"),
    )
    op.create_index("matter_by_status_number", "matter", ["status", "number"])


def _posting() -> None:
    op.create_table(
        "posting",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("references", sa.JSON(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("leave_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(60), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('acknowledgement', 'feedback letter', 'copy of a feedback letter', 'chaser')",
            name="posting_kind_known",
        ),
        sa.CheckConstraint(
            "status IN ('waiting for a person to release it', 'ready', "
            "'sending', 'sent', 'refused by the server', 'not to be sent', 'not"
            " delivered')",
            name="posting_status_known",
        ),
        sa.PrimaryKeyConstraint("number", name="posting_key"),
    )
    op.create_index("posting_by_message_id", "posting", ["message_id"])
    op.create_index(
        "posting_by_recipient_kind_leave_on", "posting", ["recipient", "kind", "leave_on"]
    )
    op.create_index("posting_by_status_number", "posting", ["status", "number"])


def _posting_review() -> None:
    op.create_table(
        "posting_review",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("posting", sa.Integer(), nullable=False),
        sa.Column("chased_for", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["posting"],
            ["posting.number"],
            name="posting_review_posting_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["review.reference"],
            name="posting_review_reference_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("reference", "posting", name="posting_review_key"),
        sa.UniqueConstraint(
            "reference", "chased_for", name="posting_review_one_reference_chased_for"
        ),
    )
    op.create_index("posting_review_by_posting", "posting_review", ["posting"])


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("addressee", sa.JSON(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="contact_key"),
    )
    op.create_index("contact_by_address", "contact", ["address"])


def _office() -> None:
    op.create_table(
        "office",
        sa.Column("pfa_code", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("pfa_code", name="office_key"),
    )


def _switch() -> None:
    op.create_table(
        "switch",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("reconcile", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="switch_key"),
    )
