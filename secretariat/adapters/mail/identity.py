"""What names a message where the server's own number for it changes with the folder."""

import hashlib
from typing import Final

DIGITS: Final = 32


def place_of(*parts: str) -> str:
    """Return 32 hexadecimal digits of what stays with a message wherever it is moved to."""
    text = "\0".join(parts).encode("utf-8", "surrogateescape")
    return hashlib.sha256(text).hexdigest()[:DIGITS]
