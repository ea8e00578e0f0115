"""Values to JSON and back, told by their type annotations alone.

Nested dataclasses become objects, tuples lists, references and enums their
words, days and moments ISO 8601.  A field that an older row does not hold takes
the value's own default.
"""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final

from secretariat.domain.reference import Reference

PLAIN: Final = (str, int, float, bool, type(None))

Turn = Callable[[Any], Any]


def pack(value: object) -> Any:
    """Return `value` as what JSON knows; raise TypeError for a kind it does not know."""
    if isinstance(value, Reference | StrEnum):
        return str(value)
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [pack(one) for one in value]
    if is_dataclass(value):
        return {field.name: pack(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"the register cannot keep a {type(value).__name__}")


def unpack(kind: Any, raw: Any) -> Any:
    """Return the value of type `kind` that `pack` made `raw` of."""
    return _turn_for(kind)(raw)


@cache
def _turn_for(kind: Any) -> Turn:
    """Return what turns JSON into a value of `kind`; worked out once a type."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _maybe(next(one for one in typing.get_args(kind) if one is not type(None)))
    if origin is tuple:
        turn = _turn_for(typing.get_args(kind)[0])
        return lambda raw: tuple(turn(one) for one in raw)
    if kind in PLAIN:
        return lambda raw: raw
    if kind is Reference:
        return Reference.parse
    if kind in (date, datetime):
        return typing.cast(Turn, kind.fromisoformat)
    if is_dataclass(kind):
        return _whole(typing.cast(type, kind))
    return typing.cast(Turn, kind)


def _maybe(kind: Any) -> Turn:
    turn = _turn_for(kind)
    return lambda raw: None if raw is None else turn(raw)


def _whole(kind: type) -> Turn:
    turns = {name: _turn_for(hint) for name, hint in typing.get_type_hints(kind).items()}

    def build(raw: Mapping[str, Any]) -> Any:
        """Return the value; fields that an older row lacks have their defaults."""
        return kind(**{name: turns[name](part) for name, part in raw.items() if name in turns})

    return build
