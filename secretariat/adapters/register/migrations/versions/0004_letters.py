"""Notes and letters; a trigger bars whoever wrote or edited a letter from approving it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

OWN_HAND = """EXISTS (SELECT 1 FROM letter_hand WHERE reference = NEW.reference
    AND number = NEW.number AND person = lower(NEW.approved_by))"""
OWN_APPROVAL = """EXISTS (SELECT 1 FROM letter WHERE reference = NEW.reference
    AND number = NEW.number AND lower(approved_by) = NEW.person)"""
SQLITE = (
    f"""CREATE TRIGGER letter_other_eyes_first BEFORE INSERT ON letter WHEN {OWN_HAND}
    BEGIN SELECT RAISE(ABORT, 'a letter is never approved by its own author'); END""",
    f"""CREATE TRIGGER letter_other_eyes BEFORE UPDATE ON letter WHEN {OWN_HAND}
    BEGIN SELECT RAISE(ABORT, 'a letter is never approved by its own author'); END""",
    f"""CREATE TRIGGER letter_hand_other_eyes BEFORE INSERT ON letter_hand WHEN {OWN_APPROVAL}
    BEGIN SELECT RAISE(ABORT, 'a letter is never approved by its own author'); END""",
    """CREATE TRIGGER letter_hand_never_changed BEFORE UPDATE ON letter_hand
    BEGIN SELECT RAISE(ABORT, 'who had a hand in a letter stays'); END""",
    """CREATE TRIGGER letter_hand_never_deleted BEFORE DELETE ON letter_hand
    BEGIN SELECT RAISE(ABORT, 'who had a hand in a letter stays'); END""",
)
POSTGRESQL = (
    f"""CREATE FUNCTION letter_other_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {OWN_HAND} THEN
            RAISE EXCEPTION 'a letter is never approved by its own author'
            USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$""",
    f"""CREATE FUNCTION letter_hand_other_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            RAISE EXCEPTION 'who had a hand in a letter stays' USING ERRCODE = 'check_violation';
        END IF;
        IF {OWN_APPROVAL} THEN
            RAISE EXCEPTION 'a letter is never approved by its own author'
            USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER letter_other_eyes BEFORE INSERT OR UPDATE ON letter
    FOR EACH ROW EXECUTE FUNCTION letter_other_eyes()""",
    """CREATE TRIGGER letter_hand_other_eyes BEFORE INSERT OR UPDATE OR DELETE ON letter_hand
    FOR EACH ROW EXECUTE FUNCTION letter_hand_other_eyes()""",
)
FUNCTIONS = ("letter_other_eyes", "letter_hand_other_eyes")


def upgrade() -> None:
    """Make the tables."""
    _notes()
    _letter()
    _letter_hand()
    triggers = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL
    for trigger in triggers:
        op.execute(trigger)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("letter_hand")
    op.drop_table("letter")
    op.drop_table("notes")
    if op.get_bind().dialect.name != "sqlite":
        for function in FUNCTIONS:
            op.execute(f"DROP FUNCTION {function}()")


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("meeting", sa.Integer(), nullable=False),
        sa.Column("section", sa.JSON(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("unanswered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting"],
            ["meeting.number"],
            name="notes_meeting_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["review.reference"],
            name="notes_reference_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("number", name="notes_key"),
    )
    op.create_index("notes_by_meeting_reference", "notes", ["meeting", "reference"])
    op.create_index("notes_by_reference_number", "notes", ["reference", "number"])
    op.create_index(
        "notes_to_draft",
        "notes",
        ["number"],
        sqlite_where=sa.text("unanswered = 1"),
        postgresql_where=sa.text("unanswered"),
    )


def _letter() -> None:
    op.create_table(
        "letter",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("meeting", sa.Integer(), nullable=True),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("copies", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(60), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("note_authors", sa.JSON(), nullable=False),
        sa.Column("editors", sa.JSON(), nullable=False),
        sa.Column("confirmations", sa.JSON(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("leaves_on", sa.Date(), nullable=True),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("docx", sa.Text(), nullable=False),
        sa.Column("pdf", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'approved', 'sending', 'sent', 'not delivered', 'abandoned')",
            name="letter_status_known",
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'sending', 'sent') OR approved_by <> ''",
            name="letter_approved_by_somebody",
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'sending', 'sent') OR (docx <> '' AND \"to\" <> ''"
            " AND leaves_on IS NOT NULL AND json_array_length(confirmations) >= 6)",
            name="letter_approved_whole",
        ),
        sa.ForeignKeyConstraint(
            ["meeting"],
            ["meeting.number"],
            name="letter_meeting_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["review.reference"],
            name="letter_reference_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("reference", "number", name="letter_key"),
        sa.UniqueConstraint("reference", "meeting", name="letter_one_reference_meeting"),
    )
    op.create_index(
        "letter_by_status_reference_number", "letter", ["status", "reference", "number"]
    )


def _letter_hand() -> None:
    op.create_table(
        "letter_hand",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference", "number"],
            ["letter.reference", "letter.number"],
            name="letter_hand_letter_known",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("reference", "number", "person", name="letter_hand_key"),
    )
