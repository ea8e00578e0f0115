"""Recognition: scanned pages read by OCR, the first ones first, a few at a time."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Final

from secretariat.domain.front_page import Front, read_front
from secretariat.domain.papers import ReadingStatus
from secretariat.domain.post_in import Due, Paper
from secretariat.domain.recognised import (
    BY_RECOGNITION,
    FEWEST_LETTERS,
    FRONT_PAGES,
    NO_TEXT,
    as_likely,
    letters,
    lines_of,
    pages_of,
    silent,
    with_recognised,
)
from secretariat.domain.written import counted
from secretariat.stages.reading.desk import Desk

PAGES_A_TURN: Final = 5
MOST_PAGES: Final = 300
TOO_LONG: Final = f"only its first {MOST_PAGES} scanned pages were read by recognition"
Stopping = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Recognising(Desk):
    """Reads scanned pages.

    recognition: whether staff want it; it also takes a tesseract that is installed
    read_pages: of papers underway, page by page; the register keeps them through a restart
    """

    recognition: bool = True
    read_pages: MutableMapping[int, dict[int, str]] = field(default_factory=dict)

    @property
    def recognises(self) -> bool:
        """Whether scanned pages can be read."""
        return self.recognition and self.reader.recognises

    def read_front_pages(self, paper: Paper, content: bytes, stopping: Stopping) -> bool:
        """Fill the gaps in the facts from scanned first pages; False when it was stopped."""
        if not self.recognises:
            return self.leave_unread(paper)
        texts = self._texts(paper)
        front = [page for page in silent(texts) if page <= FRONT_PAGES]
        if not self._recognise(paper, content, front, stopping):
            return False
        read = self.read_pages[paper.number]
        pages = [read.get(page, text) for page, text in enumerate(texts[:FRONT_PAGES], start=1)]
        stated = read_front(lines_of(pages), name=paper.name, pages=paper.pages or 0)
        told = f"{counted(len(front), 'first page')} read by recognition"
        if not any(letters(read[page]) >= FEWEST_LETTERS for page in front):
            self.save(paper, told, due=Due.RECOGNITION)
            return True
        self.save(
            paper,
            told,
            stated=stated.facts,
            found=_found(paper, stated),
            kind=stated.kind.value,
            warnings=(BY_RECOGNITION, *stated.warnings),
            without=(NO_TEXT,),
            due=Due.RECOGNITION,
        )
        return True

    def read_other_pages(self, paper: Paper, content: bytes, stopping: Stopping) -> bool:
        """Read the next few scanned pages, and after the last keep the text; False when stopped."""
        if not self.recognises:
            return self.leave_unread(paper)
        texts = self._texts(paper)
        scanned = silent(texts)
        wanted = scanned[:MOST_PAGES]
        read = self._read_so_far(paper)
        todo = [page for page in wanted if page not in read]
        if not self._recognise(paper, content, todo[:PAGES_A_TURN], stopping):
            return False
        if not todo[PAGES_A_TURN:]:
            self._keep(paper, texts, pages=len(wanted), cut=len(scanned) > MOST_PAGES)
        return True

    def leave_unread(self, paper: Paper) -> bool:
        """Leave a scanned paper to a person."""
        warnings = () if paper.text else (NO_TEXT,)
        self.save(paper, "scanned pages are not read here", warnings=warnings, due=Due.NOTHING)
        return True

    def _keep(self, paper: Paper, texts: tuple[str, ...], *, pages: int, cut: bool) -> None:
        read = self._read_so_far(paper)
        self.read_pages.pop(paper.number)
        text = with_recognised(texts, read)
        told = f"{counted(pages, 'page')} read by recognition"
        if letters(text) < FEWEST_LETTERS:
            self.save(paper, f"{told}: no words", warnings=(NO_TEXT,), due=Due.NOTHING)
            return
        self.save(
            paper,
            told,
            text=self.vault.keep(text.encode("utf-8", "replace")),
            reading=ReadingStatus.TEXT.value,
            warnings=(BY_RECOGNITION, TOO_LONG) if cut else (BY_RECOGNITION,),
            without=(NO_TEXT,),
            due=Due.NOTHING,
        )

    def _recognise(
        self, paper: Paper, content: bytes, pages: list[int], stopping: Stopping
    ) -> bool:
        """Read these pages one by one; False when it was stopped in between."""
        read = self._read_so_far(paper)
        for page in (each for each in pages if each not in read):
            if stopping():
                return False
            found = self.reader.recognise(content, first=page, last=page).pages
            read[page] = found[0] if found else ""
            with self.open_register() as register:
                register.keep_page(paper.number, page, read[page])
        return True

    def _is_looked_at(self, paper: Paper) -> bool:
        """Say whether a scan was read to its end, so that its pages alone are to be recognised."""
        if paper.text or paper.number in self.read_pages:
            return True
        with self.open_register() as register:
            return bool(register.pages_read(paper.number))

    def _read_so_far(self, paper: Paper) -> dict[int, str]:
        """Return the pages that were recognised, before a restart too; new ones are put there."""
        if paper.number not in self.read_pages:
            with self.open_register() as register:
                self.read_pages[paper.number] = dict(register.pages_read(paper.number))
        return self.read_pages[paper.number]

    def _texts(self, paper: Paper) -> tuple[str, ...]:
        text = self.vault.open(paper.text).decode("utf-8", "replace") if paper.text else ""
        return pages_of(text, paper.pages or 0)


def _found(paper: Paper, front: Front) -> tuple[object, ...]:
    """Return what was found on the paper, first what stands in its text."""
    known = [each for each in paper.found if each.value is not None]
    facts = {each.fact for each in known}
    return (*known, *(each for each in as_likely(front.found) if each.fact not in facts))
