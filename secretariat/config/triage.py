"""Reads config/triage.toml, the phrases of intake's rules, and tells every fault with its line."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeGuard

from secretariat.config import defaults
from secretariat.config.faults import ConfigFaults, Fault
from secretariat.config.toml_lines import Places, places_in
from secretariat.domain.triage_clues import TriageWords

KEYS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("bounce", "senders"): "bounce_senders",
        ("bounce", "subjects"): "bounce_subjects",
        ("automatic", "subjects"): "automatic_subjects",
        ("review", "phrases"): "review",
        ("submission", "phrases"): "submission",
        ("publication", "phrases"): "publication",
        ("decision_not_to_review", "phrases"): "decision_not_to_review",
        ("decision_not_to_review", "about"): "decision_about",
        ("decision_not_to_review", "not_yet"): "decision_not_yet",
        ("request_to_explain", "phrases"): "request_to_explain",
        ("feedback", "phrases"): "feedback",
        ("panel_notes", "phrases"): "panel_notes",
        ("request_to_explain", "asking"): "asking",
        ("publication", "not_yet"): "not_yet_published",
        ("senders", "outsiders"): "outsiders",
        ("senders", "public_hosts"): "public_hosts",
        ("senders", "outside_hosts"): "outside_hosts",
        ("senders", "private_hosts"): "private_hosts",
        ("challenge", "phrases"): "challenge",
        ("challenge", "not"): "challenge_not",
        ("new_case", "phrases"): "new_case",
        ("new_case", "not"): "new_case_not",
        ("withdrawal", "phrases"): "withdrawal",
        ("password", "meetings"): "meetings",
        ("links", "ignored_hosts"): "ignored_hosts",
        ("links", "ignored_paths"): "ignored_paths",
    }
)


def read_triage_words(path: Path) -> TriageWords:
    """Return the phrases in `path`; raise ConfigFaults with every fault at once.

    A key that the file leaves out has its delivered phrases, so that a file of staff's
    own stays good when a later version asks for more.
    """
    delivered = defaults() / "config" / path.name
    faults: list[Fault] = []
    phrases = {} if path == delivered else _read(delivered, faults)
    phrases |= _read(path, faults)
    if faults:
        raise ConfigFaults(faults)
    return TriageWords(**phrases)


def _read(path: Path, faults: list[Fault]) -> dict[str, tuple[str, ...]]:
    try:
        text = path.read_text("utf-8")
        tables = tomllib.loads(text)
    except OSError as fault:
        raise ConfigFaults([Fault(path.name, 0, f"cannot be read: {fault.strerror}")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigFaults([Fault(path.name, 0, f"is no TOML: {fault}")]) from None
    places = places_in(text)
    faults += _unknown(tables, places, path.name)
    phrases: dict[str, tuple[str, ...]] = {}
    for (section, key), name in KEYS.items():
        found = tables.get(section)
        if not isinstance(found, dict) or key not in found:
            continue
        value = found[key]
        if _are_phrases(value):
            phrases[name] = tuple(" ".join(each.lower().split()) for each in value)
        else:
            sentence = f"{key} in [{section}] must be a list of phrases, each in quotes"
            faults.append(Fault(path.name, places.line(section, key), sentence))
    return phrases


def _are_phrases(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(
        isinstance(each, str) and each.strip(" .*") for each in value
    )


def _unknown(tables: Mapping[str, object], places: Places, file: str) -> list[Fault]:
    faults = []
    for section, content in tables.items():
        keys = content if isinstance(content, dict) else {"": None}
        faults += [
            Fault(file, places.line(section, key), f"{key or section} is no key of [{section}]")
            for key in keys
            if (section, key) not in KEYS
        ]
    return faults
