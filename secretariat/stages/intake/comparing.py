"""A new report laid beside the reviews that it may belong to, word by word.

Whole texts are read outside the transaction: the first round asks for them and enters nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.domain.likeness import LikenessPolicy, Sameness, likeness, words_of
from secretariat.domain.papers import PaperKind, ReadingStatus
from secretariat.domain.reference import Reference
from secretariat.domain.registration import ENDED, is_of_partnership
from secretariat.domain.review import Review, Status
from secretariat.domain.triage_clues import OF_A_REVIEW, SeenPaper
from secretariat.stages.intake.joining import Joining

CHANGED: Final = (Sameness.DIFFERING, Sameness.UNSURE)
POLICY: Final = LikenessPolicy()


class TextWanted(Exception):
    """The whole text of these papers is needed before the mail can be entered."""

    def __init__(self, papers: Sequence[SeenPaper]) -> None:
        self.papers = tuple(papers)
        super().__init__("the whole text is needed")


@dataclass(frozen=True, slots=True)
class Comparing(Joining):
    """Compares reports."""

    def _fronted(self, papers: Sequence[SeenPaper]) -> tuple[Reference, ...]:
        """Return the reviews that hold a report whose front pages have the very same words."""
        fronts = [paper.read.front for paper in papers if paper.read.kind in OF_A_REVIEW]
        found = (each for front in fronts if front for each in self.register.papers_fronted(front))
        holders = dict.fromkeys(each.reference for each in found if not each.set_aside)
        return tuple(each for each in holders if self.register.review(each).status not in ENDED)

    def _likenesses(
        self, papers: Sequence[SeenPaper], rivals: Sequence[Reference]
    ) -> dict[Reference, Sameness]:
        """Return how the report is like that of each review whose text is kept."""
        report = _report(papers)
        kept = {each: text for each in rivals if (text := self._text_of(each))}
        if report is None or not kept:
            return {}
        if report.sha256 not in self.arrival.texts:
            raise TextWanted((report,))
        new = self.arrival.texts[report.sha256]
        found = ((each, _sameness(old, new)) for each, old in kept.items())
        return {each: sameness for each, sameness in found if sameness is not None}

    def _text_of(self, reference: Reference) -> str:
        """Return the text of a review's newest overview report, "" where none is kept yet."""
        papers = self.register.papers(reference)
        texts = [
            paper.text
            for paper in papers
            if paper.text and not paper.set_aside and paper.kind == PaperKind.OVERVIEW_REPORT
        ]
        if not texts:
            return ""
        return self.acknowledging.vault.open(texts[-1]).decode("utf-8", "replace")

    def _is_awaited_version(
        self, papers: Sequence[SeenPaper], review: Review, sameness: Sameness | None
    ) -> bool:
        """Say whether a changed report is the version that the Panel asked a council for."""
        if review.status is not Status.RESUBMISSION_AWAITED or sameness not in CHANGED:
            return False
        sender = self.arrival.opened.mail.sender
        return is_of_partnership(self._whose(papers), review, sender, self.policy.trust)


def _report(papers: Sequence[SeenPaper]) -> SeenPaper | None:
    reports = [
        paper
        for paper in papers
        if paper.read.kind is PaperKind.OVERVIEW_REPORT and paper.read.status is ReadingStatus.TEXT
    ]
    return reports[0] if len(reports) == 1 else None


def _sameness(old: str, new: str) -> Sameness | None:
    """Return how like two texts are; the same only if neither holds more than the other."""
    forth = likeness(words_of(old), words_of(new), POLICY)
    back = likeness(words_of(new), words_of(old), POLICY)
    if forth is None or back is None:
        return None
    if forth.sameness is back.sameness:
        return forth.sameness
    if Sameness.SAME in (forth.sameness, back.sameness):
        return Sameness.DIFFERING
    return min(forth, back, key=lambda each: each.value).sameness
