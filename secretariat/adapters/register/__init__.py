"""The register: SQLAlchemy tables, and values in and out."""

from secretariat.adapters.register.database import Database, open_database
from secretariat.adapters.register.schema import SchemaState, migrate, schema_state

__all__ = ["Database", "SchemaState", "migrate", "open_database", "schema_state"]
