"""The register: SQLAlchemy tables, and values in and out."""

from secretariat.adapters.register.copying import copy_in, copy_out
from secretariat.adapters.register.database import Database, open_database
from secretariat.adapters.register.schema import SchemaState, migrate, schema_state

__all__ = [
    "Database",
    "SchemaState",
    "copy_in",
    "copy_out",
    "migrate",
    "open_database",
    "schema_state",
]
