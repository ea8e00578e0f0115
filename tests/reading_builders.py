"""Papers that wait behind intake: scans that OCR can read, and a reading room of real parts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.matching import Matcher
from secretariat.domain.papers import Facts, PaperKind, ReadingStatus
from secretariat.domain.post_in import Due, Paper
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review
from secretariat.stages.reading import ReadingRoom
from tests.builders import REFERENCE, a_paper, a_review, an_act
from tests.intake_builders import a_directory
from tests.papers_builders import a_pdf

COVER = (
    "Anytown Community Safety Partnership",
    "Domestic Homicide Review",
    "Overview Report",
    "Reference: DHR15",
    "Report into the death of 'Maria'",
    "in April 2023",
    "Independent Chair: Casey Chair",
    "Report author: Alex Writer",
)
PROSE = ("The agencies met on the day after and agreed a plan.",) * 6


@cache
def a_scan(*pages: Sequence[str]) -> bytes:
    """Return a PDF whose pages are pictures of these lines, as a scanner makes."""
    written = pypdfium2.PdfDocument(a_pdf(*pages, size=18))
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1)
    for number in range(len(pages)):
        drawn = written[number].render(scale=2, grayscale=True).to_pil()
        canvas.drawImage(ImageReader(drawn), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@dataclass
class Room:
    """A reading room and everything around it, for one test."""

    register: Database
    clock: StoppedClock
    vault: Vault
    reader: Reader

    def room(self, **doors: Any) -> ReadingRoom:
        """Return the stage at its doors."""
        plain: dict[str, Any] = {
            "open_register": self.register.register,
            "reader": self.reader,
            "vault": self.vault,
            "clock": self.clock,
            "matcher": Matcher(a_directory()),
            "mail": MimeReading(self.reader.text_of_html),
        }
        return ReadingRoom(**{**plain, **doors})

    def with_review(self, **said: Any) -> Review:
        """Register QA-2026-0001 whose facts nobody knows."""
        with self.register.register() as pen:
            return pen.add_review(a_review(**{"facts": Facts(), **said}), an_act())

    def with_paper(self, content: bytes, **said: Any) -> Paper:
        """Add a paper as intake leaves it: its bytes kept, its reading due."""
        plain: dict[str, Any] = {
            "sha256": self.vault.keep(content),
            "size": len(content),
            "kind": PaperKind.OTHER.value,
            "reading": ReadingStatus.TEXT.value,
            "text": "",
            "pages": None,
            "due": Due.READING,
        }
        with self.register.register() as pen:
            return pen.add_paper(a_paper(**{**plain, **said}), an_act())

    def paper(self, number: int) -> Paper:
        with self.register.reading() as reading:
            return reading.paper(number)

    def papers(self, reference: Reference = REFERENCE) -> tuple[Paper, ...]:
        with self.register.reading() as reading:
            return reading.papers(reference)

    def review(self, reference: Reference = REFERENCE) -> Review:
        with self.register.reading() as reading:
            return reading.review(reference)

    def pages_read(self, paper: Paper) -> dict[int, str]:
        """Return the pages that recognition has read so far, as the register keeps them."""
        with self.register.reading() as reading:
            return dict(reading.pages_read(paper.number))

    def text(self, paper: Paper) -> str:
        return self.vault.open(paper.text).decode()

    def told(self, reference: Reference = REFERENCE) -> list[str]:
        """Return the sentences of the review's ledger."""
        with self.register.reading() as reading:
            return [entry.why for entry in reading.ledger(str(reference))]
