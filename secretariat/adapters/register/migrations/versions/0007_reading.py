"""What reading found in papers and mails, what is due behind intake, and the count of all mail."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KINDS = (
    "'bounce', 'automatic reply', 'our own mail come back', "
    "'submission', 'resubmission or further papers', 'publication "
    "notice', 'panel notes', 'decision not to review', 'request to "
    "explain feedback', 'not for us', 'unknown'"
)
NEW_KINDS = (
    "'challenge of feedback', 'new-case notification', 'withdrawal', "
    "'password for papers', 'from a family, the press or Parliament'"
)
STATES = "'registered', 'joined to a review', 'noted', 'held for a person'"
REFUSED = "'refused'"
DUE = "'nothing', 'reading', 'recognition of its first pages', 'recognition of the other pages'"
PAPER = ("found", "flags", "front", "due", "tries", "unlocked")
MAIL = (
    "papers",
    "authentication",
    "candidates",
    "returns_on",
    "colleague",
    "secret",
    "purged",
)


def upgrade() -> None:
    """Add the columns and the table."""
    _reword("kind", KINDS, f"{KINDS}, {NEW_KINDS}")
    _reword("state", STATES, f"{STATES}, {REFUSED}")
    _mail()
    _paper()
    _mail_count()


def downgrade() -> None:
    """Drop them; a mail of a newer kind becomes unknown, a refused one noted."""
    op.drop_table("mail_count")
    for index in ("paper_locked", "paper_due", "paper_by_front"):
        op.drop_index(index, "paper")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("paper_paper_due_known", "paper")
    for column in reversed(PAPER):
        op.drop_column("paper", column)
    for index in ("mail_secrets", "mail_by_sender_arrived_at"):
        op.drop_index(index, "mail")
    for column in reversed(MAIL):
        op.drop_column("mail", column)
    mail = sa.table("mail", sa.column("kind"), sa.column("state"))
    newer = tuple(word.strip("'") for word in NEW_KINDS.split(", '"))
    op.execute(mail.update().where(mail.c.kind.in_(newer)).values(kind="unknown"))
    op.execute(mail.update().where(mail.c.state == REFUSED.strip("'")).values(state="noted"))
    _reword("state", f"{STATES}, {REFUSED}", STATES)
    _reword("kind", f"{KINDS}, {NEW_KINDS}", KINDS)


def _reword(column: str, before: str, after: str) -> None:
    """Change the words that a column may hold.

    SQLite's own way to change a CHECK without making anew a table that others refer to:
    https://sqlite.org/lang_altertable.html, section 7.
    """
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(f"mail_mail_{column}_known", "mail")  # the name that 0003 led to
        op.create_check_constraint(f"mail_{column}_known", "mail", f"{column} IN ({after})")
        return
    bind = op.get_bind()
    step = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'mail'"
        " AND instr(sql, ?) > 0",
        (f"{column} IN ({before})", f"{column} IN ({after})", f"{column} IN ({before})"),
    )
    if changed.rowcount != 1:
        raise RuntimeError(f"the check of mail.{column} is not as it was made")
    bind.exec_driver_sql(f"PRAGMA schema_version = {step + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = OFF")


def _mail() -> None:
    nothing = sa.text("'[]'")
    for column in (
        sa.Column("papers", sa.JSON(), nullable=False, server_default=nothing),
        sa.Column("authentication", sa.Text(), nullable=False, server_default=""),
        sa.Column("candidates", sa.JSON(), nullable=False, server_default=nothing),
        sa.Column("returns_on", sa.Date(), nullable=True),
        sa.Column("colleague", sa.Text(), nullable=False, server_default=""),
        sa.Column("secret", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("purged", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("mail", column)
    op.create_index("mail_by_sender_arrived_at", "mail", ["sender", "arrived_at"])
    op.create_index(
        "mail_secrets",
        "mail",
        ["number"],
        sqlite_where=sa.text("secret = 1"),
        postgresql_where=sa.text("secret"),
    )


def _paper() -> None:
    nothing = sa.text("'[]'")
    due = sa.Column("due", sa.String(60), nullable=False, server_default="nothing")
    if op.get_bind().dialect.name == "sqlite":
        # SQLite takes a check with a new column, and only so.
        op.execute(
            "ALTER TABLE paper ADD COLUMN due VARCHAR(60) DEFAULT 'nothing' NOT NULL"
            f" CONSTRAINT paper_due_known CHECK (due IN ({DUE}))"
        )
    else:
        op.add_column("paper", due)
        op.create_check_constraint("paper_due_known", "paper", f"due IN ({DUE})")
    for column in (
        sa.Column("found", sa.JSON(), nullable=False, server_default=nothing),
        sa.Column("flags", sa.JSON(), nullable=False, server_default=nothing),
        sa.Column("front", sa.Text(), nullable=False, server_default=""),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("unlocked", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("paper", column)
    op.create_index("paper_by_front", "paper", ["front"])
    for name, where in (("due", "due <> 'nothing'"), ("locked", "reading = 'locked'")):
        op.create_index(
            f"paper_{name}",
            "paper",
            ["number"],
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def _mail_count() -> None:
    counted = ("in_mailbox", "waiting", "registered", "joined", "noted", "held", "refused", "gone")
    op.create_table(
        "mail_count",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counted),
        sa.Column("late", sa.JSON(), nullable=False),
        sa.Column("lost", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="mail_count_key"),
    )
