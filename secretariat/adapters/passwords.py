"""Passwords hashed with Argon2id, with the parameters that argon2-cffi recommends."""

import secrets
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Passwords:
    """Port `Passwords`, by Argon2id."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Take a cheaper `hasher` in tests; the default costs about 50 ms a password."""
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        """A hash that nothing fits, so that an unknown name takes as long as a known one."""
        return self._hasher.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        """Return an encoded hash that carries its salt and parameters."""
        return self._hasher.hash(password)

    def verify(self, password_hash: str | None, password: str) -> bool:
        """Return whether the password fits; an unreadable hash fits nothing."""
        try:
            fits = self._hasher.verify(password_hash or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return fits and password_hash is not None
