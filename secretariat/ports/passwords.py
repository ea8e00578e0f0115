"""How passwords are kept: as hashes that are slow to guess."""

from typing import Protocol


class Passwords(Protocol):
    """Hashes and checks passwords."""

    def hash(self, password: str) -> str:
        """Return a salted hash; two of the same password differ."""

    def verify(self, password_hash: str | None, password: str) -> bool:
        """Return whether `password` is the one hashed.

        With None (no such account) the answer is False after the same work,
        so that the time taken does not tell who has an account.
        """
