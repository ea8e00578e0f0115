"""The doors to papers: where they are kept, and who reads them."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from secretariat.domain.papers import Member, NotesLine, ReadPaper


class Vault(Protocol):
    """Keeps files by the SHA-256 of their bytes (64 small hexadecimal digits); forgets none."""

    def keep(self, content: bytes, /) -> str:
        """Keep `content`, again without harm, and return its SHA-256; raise VaultUnusable."""
        ...

    def open(self, sha256: str, /) -> bytes:
        """Return what was kept, its hash checked; raise PaperMissing or PaperAltered."""
        ...

    def has(self, sha256: str, /) -> bool:
        """Say whether a file lies there, without checking it."""
        ...

    def names(self) -> Iterator[str]:
        """Go through the SHA-256 of every kept file, in no order that matters."""
        ...

    def audit(self, expected: Iterable[str], /) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return (missing, altered): of `expected`, those gone; of all kept, those changed."""
        ...


class Reader(Protocol):
    """Reads submitted files in a process apart; a file that breaks the reading is a status."""

    def read(self, content: bytes, name: str, /) -> ReadPaper:
        """Read one paper; `name` only helps to tell its kind.  Never raises for a bad file."""
        ...

    def unpack(self, content: bytes, /) -> tuple[Member, ...]:
        """Return the files of a zip, one level deep; raise ContainerRefused."""
        ...

    def text_of_html(self, html: str, /) -> str:
        """Return the visible text of a page, "" where it cannot be read."""
        ...

    def notes_text(self, content: bytes, name: str, /) -> tuple[NotesLine, ...]:
        """Return the paragraphs of panel notes, () where the file cannot be read."""
        ...

    def close(self) -> None:
        """End the reading process; a later call starts another."""
        ...
