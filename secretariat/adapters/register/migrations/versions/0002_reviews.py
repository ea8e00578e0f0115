"""Meetings and reviews; triggers keep the tally, so that no page counts 100,000 reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MORE = """INSERT INTO review_tally (status, wants_facts, reviews)
    VALUES (NEW.status, NEW.wants_facts, 1)
    ON CONFLICT (status, wants_facts) DO UPDATE SET reviews = review_tally.reviews + 1;"""
FEWER = """UPDATE review_tally SET reviews = reviews - 1
    WHERE status = OLD.status AND wants_facts = OLD.wants_facts;"""
SQLITE = (
    f"CREATE TRIGGER review_counted AFTER INSERT ON review BEGIN {MORE} END",
    f"""CREATE TRIGGER review_recounted AFTER UPDATE OF status, wants_facts ON review
    WHEN OLD.status <> NEW.status OR OLD.wants_facts <> NEW.wants_facts
    BEGIN {FEWER} {MORE} END""",
    f"CREATE TRIGGER review_uncounted AFTER DELETE ON review BEGIN {FEWER} END",
)
POSTGRESQL = (
    f"""CREATE FUNCTION review_count() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF OLD.status = NEW.status AND OLD.wants_facts = NEW.wants_facts THEN
                RETURN NULL;
            END IF;
            PERFORM 1 FROM review_tally WHERE status IN (OLD.status, NEW.status)
            ORDER BY status, wants_facts FOR UPDATE;
        END IF;
        IF TG_OP <> 'INSERT' THEN {FEWER} END IF;
        IF TG_OP <> 'DELETE' THEN {MORE} END IF;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER review_counted AFTER INSERT OR UPDATE OR DELETE ON review
    FOR EACH ROW EXECUTE FUNCTION review_count()""",
)
FUNCTIONS = ("review_count",)


def upgrade() -> None:
    """Make the tables."""
    _meeting()
    _review()
    _review_csp()
    _review_word()
    _review_tally()
    _reference_counter()
    triggers = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL
    for trigger in triggers:
        op.execute(trigger)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("reference_counter")
    op.drop_table("review_tally")
    op.drop_table("review_word")
    op.drop_table("review_csp")
    op.drop_table("review")
    op.drop_table("meeting")
    if op.get_bind().dialect.name != "sqlite":
        for function in FUNCTIONS:
            op.execute(f"DROP FUNCTION {function}()")


def _meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("chair", sa.Text(), nullable=False),
        sa.Column("mode", sa.String(60), nullable=False),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "mode IN ('at a meeting', 'at a virtual meeting', 'by correspondence')",
            name="meeting_mode_known",
        ),
        sa.PrimaryKeyConstraint("number", name="meeting_key"),
    )
    op.create_index("meeting_by_held_on", "meeting", ["held_on"])


def _review() -> None:
    op.create_table(
        "review",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(60), nullable=True),
        sa.Column("meeting", sa.Integer(), nullable=True),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("pause", sa.JSON(), nullable=True),
        sa.Column("merged_into", sa.String(16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("csp", sa.Text(), nullable=False),
        sa.Column("pseudonyms", sa.JSON(), nullable=False),
        sa.Column("local_reference", sa.Text(), nullable=True),
        sa.Column("wants_facts", sa.Boolean(), nullable=False),
        sa.Column("chase_spent", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('publish', 'publish after changes', 'resubmit')",
            name="review_outcome_known",
        ),
        sa.CheckConstraint(
            "status IN ('received', 'with the panel', 'considered', "
            "'resubmission awaited', 'publication awaited', 'published', 'not "
            "for publication', 'withdrawn', 'merged', 'undone')",
            name="review_status_known",
        ),
        sa.ForeignKeyConstraint(
            ["meeting"],
            ["meeting.number"],
            name="review_meeting_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["review.reference"],
            name="review_merged_into_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("reference", name="review_key"),
        sa.UniqueConstraint("ordinal", name="review_one_ordinal"),
    )
    op.create_index("review_by_owner_ordinal", "review", ["owner", "ordinal"])
    op.create_index("review_by_since_ordinal", "review", ["since", "ordinal"])
    op.create_index("review_by_status_ordinal", "review", ["status", "ordinal"])
    op.create_index("review_by_status_since_ordinal", "review", ["status", "since", "ordinal"])
    op.create_index("review_by_wants_facts_ordinal", "review", ["wants_facts", "ordinal"])
    op.create_index(
        "review_chases_spent",
        "review",
        ["ordinal"],
        sqlite_where=sa.text("chase_spent = 1"),
        postgresql_where=sa.text("chase_spent"),
    )


def _review_csp() -> None:
    op.create_table(
        "review_csp",
        sa.Column("csp_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["review.reference"],
            name="review_csp_reference_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("csp_id", "reference", name="review_csp_key"),
    )
    op.create_index("review_csp_by_reference", "review_csp", ["reference"])


def _review_word() -> None:
    word = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "review_word",
        sa.Column("word", word, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["ordinal"],
            ["review.ordinal"],
            name="review_word_ordinal_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("word", "ordinal", name="review_word_key"),
    )
    op.create_index("review_word_by_ordinal", "review_word", ["ordinal"])


def _review_tally() -> None:
    op.create_table(
        "review_tally",
        sa.Column("status", sa.String(60), nullable=False),
        sa.Column("wants_facts", sa.Boolean(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("status", "wants_facts", name="review_tally_key"),
    )


def _reference_counter() -> None:
    op.create_table(
        "reference_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="reference_counter_key"),
    )
