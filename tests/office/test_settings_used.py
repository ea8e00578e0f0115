"""Every key that staff may set changes something: none is there for show."""

from __future__ import annotations

from pathlib import Path

import pytest

import secretariat
from secretariat.config.sections import RULES

ROOM = Path(secretariat.__file__).parent
CODE = "\n".join(path.read_text() for path in ROOM.rglob("*.py") if path.parent != ROOM / "config")
SETTLED_BY_THE_CONFIGURATION = {
    ("mailbox", "kind"),
    *(("mailbox", key) for key in ("registered", "held", "noted", "refused")),
    ("register", "url"),
    ("letter", "reply_address"),
}


@pytest.mark.parametrize(
    ("section", "key"),
    [
        (section, key)
        for section, keys in RULES.items()
        for key in keys
        if (section, key) not in SETTLED_BY_THE_CONFIGURATION
    ],
)
def test_each_key_is_used(section: str, key: str) -> None:
    assert f"settings.{section}.{key}" in CODE or f"{section}.{key}" in CODE or used(section, key)


def used(section: str, key: str) -> bool:
    """Say whether a short name of the section's own is asked for the key, as `boxes.in_folder`."""
    short = {"mailbox": "boxes", "office": "office"}.get(section, section)
    return f"{short}.{key}" in CODE
