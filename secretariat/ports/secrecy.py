"""What is kept sealed, and opened with a key that staff keep apart from the register."""

from typing import Protocol

from secretariat.domain.errors import SecretariatError


class NotOpened(SecretariatError):
    """No key at hand opens what was sealed with another."""

    def __init__(self) -> None:
        super().__init__(
            "what is kept sealed cannot be opened: it was sealed with a key that"
            " SECRETARIAT_NAMES_KEY does not name"
        )


class Sealing(Protocol):
    """Seals a text and opens it again."""

    def seal(self, text: str) -> str:
        """Return the text sealed, in plain letters; twice the same text is sealed differently."""

    def unseal(self, sealed: str) -> str:
        """Return the text; raise NotOpened for what no key opens, or what was altered."""

    def renew(self, sealed: str) -> str:
        """Return the same text as the newest key seals it, as it was where that key sealed it.

        Raise NotOpened as `unseal` does.
        """
