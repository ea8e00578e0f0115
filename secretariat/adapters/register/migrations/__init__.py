"""How the register's tables came to be, one reason a step (Alembic)."""
