"""A paper of our own, read once by the reading process so that no child pays for a first time.

Libraries load tables and compile patterns when they are first used.  What the process has done
before it forks, its children inherit.
"""

import contextlib
from typing import Final

from secretariat.adapters.papers import opening, pdf_second
from secretariat.domain.front_page import read_front

ROWS: Final = (
    "Anytown Community Safety Partnership",
    "Domestic Homicide Review: Overview Report",
    "The death of Maria in April 2023",
    "Reference: DHR1",
    "Author: A. Writer",
    "Report completed: 3 November 2025",
)


def warm_up() -> None:
    """Read our own paper through both readers of PDF; a fault only means that nothing was won."""
    with contextlib.suppress(Exception):
        paper = sample()
        layout = opening.lay_open(paper)
        read_front(layout.lines, name="Overview report", pages=layout.pages)
        pdf_second.lines_of(paper, 1)


def sample() -> bytes:
    """Return a PDF of one page that says `ROWS`."""
    rows = " ".join(f"({row}) Tj 0 -20 Td" for row in ROWS)
    drawn = f"BT /F1 14 Tf 72 700 Td {rows} ET".encode("ascii")
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%b\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
    ) % (len(drawn), drawn)
