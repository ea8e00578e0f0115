"""Where in a TOML file each key stands, and the comment above it, so that faults can say so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Key = tuple[str, str]

_SECTION: Final = re.compile(r"\s*\[\s*([A-Za-z0-9_.\"-]+)\s*\]")
_KEY: Final = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*=")


@dataclass(frozen=True, slots=True)
class Places:
    """Lines, counted from 1, of sections and of (section, key); comments in one line each.

    Keys that stand before any section have the section "".
    """

    sections: Mapping[str, int]
    keys: Mapping[Key, int]
    comments: Mapping[Key, str]

    def line(self, section: str, key: str = "") -> int:
        """Return the line of a key, else of a table that bears its name, its section, else 0."""
        within = f"{section}.{key}."
        tables = (line for name, line in self.sections.items() if f"{name}.".startswith(within))
        return self.keys.get((section, key), next(tables, self.sections.get(section, 0)))


def places_in(toml: str) -> Places:
    """Return where the keys of a TOML text stand; it need not be valid."""
    sections: dict[str, int] = {}
    keys: dict[Key, int] = {}
    comments: dict[Key, str] = {}
    section, above = "", []
    for number, line in enumerate(toml.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("#"):
            above.append(stripped.lstrip("# "))
            continue
        if found := _SECTION.match(line):
            section = found[1].strip('"')
            sections.setdefault(section, number)
        elif found := _KEY.match(line):
            keys.setdefault((section, found[1]), number)
            comments.setdefault((section, found[1]), " ".join(above))
        above = []
    return Places(MappingProxyType(sections), MappingProxyType(keys), MappingProxyType(comments))
