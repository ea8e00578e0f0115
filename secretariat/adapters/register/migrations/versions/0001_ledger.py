"""The ledger, chained by hash and append-only from its first line on."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SQLITE = (
    """CREATE TRIGGER ledger_never_changed BEFORE UPDATE ON ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_never_deleted BEFORE DELETE ON ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_never_replaced BEFORE INSERT ON ledger
    WHEN EXISTS (SELECT 1 FROM ledger WHERE stream = NEW.stream AND number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_wording_never_changed BEFORE UPDATE ON ledger_wording
    BEGIN SELECT RAISE(ABORT, 'wording can be purged, never changed'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'check_violation'; END $$""",
    """CREATE TRIGGER ledger_never_changed BEFORE UPDATE OR DELETE ON ledger
    FOR EACH ROW EXECUTE FUNCTION ledger_refuses()""",
    """CREATE TRIGGER ledger_never_emptied BEFORE TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()""",
    """CREATE TRIGGER ledger_wording_never_changed BEFORE UPDATE ON ledger_wording
    FOR EACH ROW EXECUTE FUNCTION ledger_refuses()""",
)
FUNCTIONS = ("ledger_refuses",)


def upgrade() -> None:
    """Make the tables."""
    _ledger()
    _ledger_wording()
    triggers = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL
    for trigger in triggers:
        op.execute(trigger)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("ledger_wording")
    op.drop_table("ledger")
    if op.get_bind().dialect.name != "sqlite":
        for function in FUNCTIONS:
            op.execute(f"DROP FUNCTION {function}()")


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.String(60), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("wording_hash", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "number", name="ledger_key"),
    )


def _ledger_wording() -> None:
    op.create_table(
        "ledger_wording",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "number", name="ledger_wording_key"),
    )
