"""Page numbers as staff read them in a sentence."""

from collections.abc import Sequence
from typing import Final

MOST_NAMED: Final = 10


def named(pages: Sequence[int]) -> str:
    """Return "page 3", "pages 3, 5 and 7", or the first ten and how many more; "it" for none."""
    if not pages:
        return "it"
    if len(pages) == 1:
        return f"page {pages[0]}"
    if len(pages) > MOST_NAMED:
        first = ", ".join(map(str, pages[:MOST_NAMED]))
        return f"pages {first} and {len(pages) - MOST_NAMED} more"
    return f"pages {', '.join(map(str, pages[:-1]))} and {pages[-1]}"
