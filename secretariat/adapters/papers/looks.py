"""What staff should look at in a paper, beside its words.  Runs in the reading process alone."""

from collections.abc import Iterator, Sequence
from typing import Final

from secretariat.domain.flags import Flag, FlagKind

LARGE: Final = 20 * 2**20


def look(content: bytes, name: str, names: Sequence[str]) -> tuple[Flag, ...]:
    """Return everything noticed in a paper; `names` are the pseudonyms that it may use."""
    return tuple(_of_any_kind(content))


def _of_any_kind(content: bytes) -> Iterator[Flag]:
    if len(content) > LARGE:
        yield Flag(FlagKind.LARGE, "it is larger than 20 MB, which is too large to publish")
    if b"%PDF-" not in content[:1_024]:
        yield Flag(FlagKind.NOT_PDF, "it is not a PDF: reports are published as PDF")
