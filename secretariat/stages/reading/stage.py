"""The stage: what is due on each paper, one job at a time, so that intake waits for none of it.

A job that fails is told and passed over until the next turn; a paper that breaks its reader is
damaged and done with.  Nothing is tried again and again within a turn.
"""

from dataclasses import dataclass
from typing import Final

from secretariat.domain.errors import OutOfOrder, SecretariatError, StaleVersion
from secretariat.domain.flags import Flag, FlagKind
from secretariat.domain.ledger import Tally
from secretariat.domain.papers import ReadingStatus, ReadPaper
from secretariat.domain.post_in import Due, Paper
from secretariat.domain.recognised import pages_of, silent
from secretariat.domain.written import counted
from secretariat.stages.reading.locked import Unlocking
from secretariat.stages.reading.recognising import Stopping

LOOKED_AT: Final = (ReadingStatus.TEXT, ReadingStatus.NO_TEXT)


@dataclass(frozen=True, slots=True)
class ReadingRoom(Unlocking):
    """Takes papers with something due; leaves their text, what to look at in them, their facts."""

    def work(self, stopping: Stopping = bool) -> Tally:
        """Open what can be opened, then do every job due: whole readings, first pages, the rest.

        stopping: asked before each job and each page; True leaves the rest for another time.
        Raise OutOfOrder when disk, register or reading process cannot be used.
        """
        tally = self.purge() + self.try_passwords(stopping)
        passed: set[int] = set()
        while not stopping() and (paper := self._next(passed)):
            if not (one := self._work_on(paper, stopping)).done:
                passed.add(paper.number)
            tally += one
        return tally

    def _next(self, passed: set[int]) -> Paper | None:
        with self.open_register() as register:
            due = register.papers_due(limit=len(passed) + 1)
        return next((paper for paper in due if paper.number not in passed), None)

    def _work_on(self, paper: Paper, stopping: Stopping) -> Tally:
        what = f"{paper.reference}, paper {paper.number}"
        try:
            return Tally(1) if self._job(paper, stopping) else Tally()
        except OutOfOrder:
            raise
        except StaleVersion:
            return Tally()  # Somebody else wrote to its review: the next turn sees.
        except SecretariatError as fault:
            return Tally(stuck=((what, str(fault)),))
        except Exception as fault:  # The stage goes on whatever one paper does.
            why = f"it broke the reading ({type(fault).__name__}): a person must look at it"
            self._give_up(paper, why)
            return Tally(stuck=((what, why),))

    def _job(self, paper: Paper, stopping: Stopping) -> bool:
        """Do what is due; False when it was stopped before its end."""
        content = self.vault.open(paper.sha256)
        match paper.due:
            # Intake asks for this where it saw no text: then the paper was not looked at yet.
            case Due.FRONT_RECOGNITION if self._is_looked_at(paper):
                return self.read_front_pages(paper, content, stopping)
            case Due.RECOGNITION:
                return self.read_other_pages(paper, content, stopping)
        return self._read_whole(paper, content)

    def _read_whole(self, paper: Paper, content: bytes) -> bool:
        read = self.reader.read(content, paper.name, whole=True)
        if read.status not in LOOKED_AT:
            told = f"could not be read to its end: {read.status}"
            barred = read.status.value
            self.save(paper, told, reading=barred, warnings=read.warnings, due=Due.NOTHING)
            return True
        flags, due = self._flags(paper, content, read), self._due_after(read)
        if due is not Due.NOTHING:
            self.read_pages.setdefault(paper.number, {})
        self.save(
            paper,
            f"read to its end: {read.status}, {counted(len(flags), 'flag')}",
            reading=read.status.value,
            kind=read.kind.value,
            pages=read.pages or paper.pages,
            found=read.found or paper.found,
            front=read.front or paper.front,
            flags=flags,
            text=self.vault.keep(read.text.encode("utf-8", "replace")) if read.text else "",
            warnings=read.warnings,
            due=due,
        )
        return True

    def _flags(self, paper: Paper, content: bytes, read: ReadPaper) -> tuple[Flag, ...]:
        """Return everything to look at; what the quick reading saw counts where a look fails."""
        with self.open_register() as register:
            names = register.review(paper.reference).facts.pseudonyms
        looked = self.reader.look(content, paper.name, names=names)
        seen = {flag.kind for flag in looked}
        return (*looked, *(flag for flag in read.flags or paper.flags if flag.kind not in seen))

    def _due_after(self, read: ReadPaper) -> Due:
        """Return what recognition must do: the first pages where they, or all, are scanned."""
        if not self.recognises:
            return Due.NOTHING
        texts = pages_of(read.text, read.pages)
        scanned = silent(texts) if len(texts) == read.pages else ()
        if not scanned:
            return Due.NOTHING
        if scanned[0] == 1:
            return Due.FRONT_RECOGNITION
        flagged = any(flag.kind is FlagKind.SCANNED for flag in read.flags)
        return Due.RECOGNITION if flagged or len(scanned) * 2 > read.pages else Due.NOTHING

    def _give_up(self, paper: Paper, why: str) -> None:
        damaged = ReadingStatus.DAMAGED.value
        self.save(paper, "it broke the reading", reading=damaged, warnings=(why,), due=Due.NOTHING)
