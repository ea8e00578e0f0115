"""The doors to papers: where they are kept, and who reads them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from secretariat.domain.flags import Flag
from secretariat.domain.papers import Member, NotesLine, ReadPaper, Recognised
from secretariat.ports.mail import Sink


class Vault(Protocol):
    """Keeps files by the SHA-256 of their bytes (64 small hexadecimal digits); forgets none."""

    def keep(self, content: bytes, /) -> str:
        """Keep `content`, again without harm, and return its SHA-256; raise VaultUnusable."""
        ...

    def keep_from(self, fill: Callable[[Sink], None], /) -> str:
        """Keep what `fill` writes, never whole in memory; return its SHA-256."""
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

    def forget(self, sha256: str, /) -> None:
        """Delete a file for good, without harm where it is gone; raise VaultUnusable."""
        ...

    def audit(self, expected: Iterable[str], /) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return (missing, altered): of `expected`, those gone; of all kept, those changed."""
        ...


class Reader(Protocol):
    """Reads submitted files in a process apart; a file that breaks the reading is a status."""

    def read(self, content: bytes, name: str, /, *, whole: bool = True) -> ReadPaper:
        """Read one paper; `name` only helps to tell its kind.  Never raises for a bad file.

        whole: False reads the front pages alone, which is all that registration waits for
        """
        ...

    def look(self, content: bytes, name: str, /, *, names: Sequence[str] = ()) -> tuple[Flag, ...]:
        """Return everything in the paper that staff should look at, UNSEEN where nobody could.

        names: the pseudonyms, beside which a real name or a date of birth is looked for
        """
        ...

    def recognise(self, content: bytes, /, *, first: int, last: int) -> Recognised:
        """Return the words of pages `first` to `last` (from 1) by OCR; no pages where it cannot."""
        ...

    @property
    def recognises(self) -> bool:
        """Whether OCR is installed."""
        ...

    def picture(self, content: bytes, page: int, /) -> bytes:
        """Return one page (from 1) as a PNG, b"" where it cannot be shown."""
        ...

    def unlock(self, content: bytes, passwords: Sequence[str], /) -> bytes | None:
        """Return the file opened with the first password that fits, None where none does."""
        ...

    def unpack(self, content: bytes, name: str = "", /) -> tuple[Member, ...]:
        """Return the files of a container, one level deep; raise ContainerRefused.

        A container is a zip, an Outlook message, winmail.dat, or a mail signed as one piece;
        a mail is one member of the type message/rfc822.
        """
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


class Scanner(Protocol):
    """Looks for viruses before anything else opens a file."""

    def scan(self, content: bytes, /) -> str:
        """Return the name of what was found, "" for a clean file; raise ScannerAway."""
        ...
