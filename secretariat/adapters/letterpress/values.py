"""Values on their way into a template: cleaned, or refused where they would not come out."""

import re
from collections.abc import Mapping
from typing import Final

from secretariat.ports.letterpress import ValueRefused

LINE_END: Final = re.compile("\r\n|[\r\x0b\u2028\u2029]")
UNPRINTABLE: Final = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REWRITTEN: Final = re.compile(r"\{_\{|\}_\}|\{_%|%_\}")


def cleaned(value: object, name: str) -> object:
    """Return the value with plain line ends, lists and tables within it too.

    Raise ValueRefused, with the field's name and never the text, for signs that Word
    cannot hold (control signs, half surrogates) and for those docxtpl rewrites ("{_{").
    """
    if isinstance(value, str):
        return _cleaned_text(value, name)
    if isinstance(value, Mapping):
        return {key: cleaned(each, f"{name}.{key}") for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each, name) for each in value]
    if isinstance(value, bool | int):
        return value
    raise ValueRefused(f"{name}: nothing is said of it")


def _cleaned_text(text: str, name: str) -> str:
    text = LINE_END.sub("\n", text)
    if bad := UNPRINTABLE.search(text):
        raise ValueRefused(f"{name}: holds a sign that cannot be printed (U+{ord(bad[0]):04X})")
    if bad := REWRITTEN.search(text):
        raise ValueRefused(f"{name}: holds {bad[0]!r}, which a letter cannot show")
    return text
