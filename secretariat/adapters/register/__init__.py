"""The register: SQLAlchemy tables, and values in and out."""
