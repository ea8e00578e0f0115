"""One-time passwords, made to be read aloud."""

import secrets
from typing import Final

LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """Return a password of 99 random bits in four groups, without letters that look alike."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
