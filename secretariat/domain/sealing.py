"""One digest over everything that was approved, so that nothing else can leave under it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any


def digest_of(values: Mapping[str, object]) -> str:
    """Return the SHA-256 (hex) of these values by name; any change to any of them changes it.

    What has its default counts as not said, so that a new field of a value changes no digest.
    """
    said = {name: _plain(value) for name, value in values.items()}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        each = ((one.name, getattr(value, one.name), one.default) for one in fields(value))
        return {name: _plain(held) for name, held, default in each if held != default}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
