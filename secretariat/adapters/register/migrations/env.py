"""Alembic's entrance: runs the steps on the connection that `schema.py` hands over."""

from alembic import context

from secretariat.adapters.register import tables_letters, tables_mail, tables_staff
from secretariat.adapters.register.tables import Row

PARTS = (tables_letters, tables_mail, tables_staff)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
