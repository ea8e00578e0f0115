"""The cells of a list, as text, however the file keeps them."""

from dataclasses import dataclass

from secretariat.domain.errors import SecretariatError


class SheetUnreadable(SecretariatError):
    """The file cannot be read as a list; it says what to save it as."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file's first sheet, from its first row on, empty ones among them.

    A day is "2021-02-03", or "2021-02" where the file shows no day; a number is written plainly.
    others: how many further sheets hold something; they are not read
    """

    rows: tuple[tuple[str, ...], ...]
    others: int = 0
