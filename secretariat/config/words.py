"""Reads config/words.toml, the secretariat's own word list, and tells every fault with its line."""

import tomllib
from pathlib import Path
from types import MappingProxyType

from secretariat.config.faults import ConfigFaults, Fault
from secretariat.config.toml_lines import places_in
from secretariat.domain.letter_help import HouseWords


def read_house_words(path: Path) -> HouseWords:
    """Return the words in `path`; raise ConfigFaults with every fault at once."""
    try:
        text = path.read_text("utf-8")
        tables = tomllib.loads(text)
    except OSError as fault:
        raise ConfigFaults([Fault(path.name, 0, f"cannot be read: {fault.strerror}")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigFaults([Fault(path.name, 0, f"is no TOML: {fault}")]) from None
    places = places_in(text)
    known, instead = tables.get("known", []), tables.get("instead", {})
    faults = [
        Fault(path.name, places.line("", key), f"{key} is nothing that is asked for")
        for key in tables
        if key not in ("known", "instead")
    ]
    if not isinstance(known, list) or not all(map(_is_text, known)):
        faults.append(Fault(path.name, places.line("", "known"), "known must be a list of words"))
    if not isinstance(instead, dict):
        faults.append(Fault(path.name, 0, "[instead] must be a table"))
        instead = {}
    faults += [
        Fault(path.name, places.line("instead", key), f"{key!r} needs words to stand instead")
        for key, words in instead.items()
        if not (_is_text(key) and _is_text(words))
    ]
    if faults:
        raise ConfigFaults(faults)
    return HouseWords(frozenset(known), MappingProxyType(dict(instead)))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
