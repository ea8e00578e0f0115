"""What staff may edit, read as values: settings, secrets and the directory of councils."""

from pathlib import Path


def defaults() -> Path:
    """Return the folder that holds `templates/` and `config/` as they were delivered.

    In an installed wheel that is `secretariat/defaults`; in a checkout, its top folder.
    """
    package = Path(__file__).resolve().parent.parent
    delivered = package / "defaults"
    return delivered if delivered.is_dir() else package.parent
