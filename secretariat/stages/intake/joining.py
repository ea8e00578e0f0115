"""Papers or a link joined to a review that is registered; a version that the Panel awaited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from secretariat.domain.errors import Refused
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.papers import PaperKind, ReadingStatus
from secretariat.domain.post_in import MailKind, MailState, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.registration import ENDED, facts_of, is_of_partnership, new_papers
from secretariat.domain.review import Review, Status, Step, move
from secretariat.domain.triage_clues import OF_A_REVIEW, Clues, SeenPaper, Verdict
from secretariat.stages.intake.entering import Entering


@dataclass(frozen=True, slots=True)
class Joining(Entering):
    """Joins papers and links to reviews."""

    def _answer(self, verdict: Verdict, clues: Clues) -> ReceivedMail:
        """Join papers or a link to the review of our thread or reference, unless in doubt."""
        reference = self._needed(verdict.review)
        review = self.register.review(reference)
        if review.status in ENDED:
            return self._doubt(verdict, clues, f"it is about {reference}, which is {review.status}")
        papers = clues.to_file
        whose = self._whose(papers)
        ours = is_of_partnership(whose, review, clues.mail.sender, self.policy.trust)
        if papers and not ours:
            return self._doubt(
                verdict, clues, f"its papers do not show that they are of {reference}'s partnership"
            )
        if papers and not new_papers(papers, self._held_by(reference)) and not clues.links:
            why = f"the same papers are with {reference} already"
            return self._keep(
                replace(verdict, why=why),
                MailState.NOTED,
                references=(reference,),
                event=Event.SAME_PAPERS,
            )
        return self._join(verdict, clues)

    def _join(self, verdict: Verdict, clues: Clues) -> ReceivedMail:
        review = self.register.review(self._needed(verdict.review))
        papers = new_papers(clues.to_file, self._held_by(review.reference))
        awaited = review.status in (Status.RECEIVED, Status.WITH_PANEL)
        awaited = awaited or _is_awaited(review, papers)
        asked = verdict.kind is MailKind.PUBLICATION_NOTICE or clues.asks or not awaited
        kept = self._keep(
            verdict,
            MailState.JOINED,
            references=(review.reference,),
            unread=asked and self.by == SYSTEM,
        )
        self._bring(review, papers, mail=kept.number)
        if verdict.kind is MailKind.PUBLICATION_NOTICE:
            self._add_links(review.reference, clues.links, kept.number)
        return kept

    def _bring(self, review: Review, papers: Sequence[SeenPaper], *, mail: int) -> None:
        """Add papers to a review; where the Panel awaited another version, it is resubmitted."""
        reference = review.reference
        again = _is_awaited(review, papers)
        last = max((each.submission for each in self.register.papers(reference)), default=1)
        self._add_papers(reference, papers, mail=mail, submission=last + 1 if again else last)
        if not again:
            return
        told = Act(self.by, Event.MOVED, Step.RESUBMIT, self.said)
        version = facts_of(papers).version_date or review.facts.version_date
        facts = replace(review.facts, version_date=version)
        moved = move(replace(review, facts=facts), Step.RESUBMIT, on=self.today)
        self.register.save_review(moved, told)
        self._acknowledge(reference)

    def _standing(self, reference: Reference) -> Review:
        """Return a review that papers may join; raise Refused where it has ended."""
        review = self.register.review(reference)
        if review.status in ENDED:
            raise Refused(f"{reference} is {review.status}: reopen it first")
        return review


def _is_awaited(review: Review, papers: Sequence[SeenPaper]) -> bool:
    return review.status is Status.RESUBMISSION_AWAITED and _is_version(papers)


def _is_version(papers: Sequence[SeenPaper]) -> bool:
    """Say whether these papers may be what the Panel asked for: a report, or a scan of one."""
    asked = (*OF_A_REVIEW, PaperKind.ACTION_PLAN)
    scanned = ReadingStatus.NO_TEXT
    return any(paper.read.kind in asked or paper.read.status is scanned for paper in papers)
