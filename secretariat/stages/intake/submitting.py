"""A submission entered: registered, known already, or held because a review may be the same.

One mail may bring papers of several reviews; a person says which belong together.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from secretariat.domain.errors import Refused
from secretariat.domain.ledger import Act, Event
from secretariat.domain.likeness import Sameness
from secretariat.domain.matching import Match, MatchOutcome
from secretariat.domain.papers import PaperKind
from secretariat.domain.post_in import Group, MailKind, MailState, Paper, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.registration import (
    ENDED,
    Standing,
    disagreements,
    facts_of,
    is_part_two,
    likely_same,
    new_papers,
    parties_from,
    several_reviews,
)
from secretariat.domain.review import Review, Status
from secretariat.domain.triage_clues import OF_A_REVIEW, Clues, SeenPaper, Verdict
from secretariat.stages.intake.comparing import Comparing

OPEN_TO_PARTS: Final = (Status.RECEIVED, Status.WITH_PANEL)
LIKE: Final = {
    Sameness.SAME: "the same text",
    Sameness.DIFFERING: "nearly the same text",
    Sameness.UNSURE: "a text that is like it",
    Sameness.ANOTHER: "another text",
}


@dataclass(frozen=True, slots=True)
class Submitting(Comparing):
    """Enters submissions."""

    def _submission(self, verdict: Verdict, clues: Clues) -> ReceivedMail:
        """Register a review, unless its papers are here or may be part of one that is."""
        papers = clues.to_file
        if several_reviews(papers):
            return self._doubt(verdict, clues, "it brings the reports of more than one review")
        if known := self._reviews_with(papers):
            return self._same_papers(verdict, clues, known)
        likely = self._likely_same(papers, self._whose(papers))
        if rivals := tuple(dict.fromkeys((*likely, *self._fronted(papers)))):
            return self._beside(verdict, clues, rivals)
        return self._register(verdict, papers)

    def _beside(
        self, verdict: Verdict, clues: Clues, rivals: tuple[Reference, ...]
    ) -> ReceivedMail:
        """Enter papers that may belong to reviews that are there: the same, a part, a version."""
        papers = clues.to_file
        likenesses = self._likenesses(papers, rivals)
        again = [each for each in rivals if likenesses.get(each) is Sameness.SAME]
        if len(again) == 1:
            return self._same_text(verdict, clues, again[0])
        only = self.register.review(rivals[0]) if len(rivals) == 1 else None
        if only is not None:
            if self._is_awaited_version(papers, only, likenesses.get(only.reference)):
                why = f"a changed version of the report that the Panel asked for, for {rivals[0]}"
                return self._join(_further(verdict, why, rivals[0]), clues)
            if self._completes(papers, only):
                why = f"papers that {rivals[0]} lacked, from the address that submitted it"
                return self._join(_further(verdict, why, rivals[0]), clues)
        listed = ", ".join(str(each) for each in rivals)
        like = "; ".join(f"{each}: {LIKE[how]}" for each, how in likenesses.items())
        why = f"it may be another part or version of {listed}"
        return self._doubt(verdict, clues, f"{why} ({like})" if like else why)

    def _same_text(self, verdict: Verdict, clues: Clues, reference: Reference) -> ReceivedMail:
        """Note a report that is registered word for word, from whomever and in whatever file."""
        others = [each for each in clues.to_file if each.read.kind is not PaperKind.OVERVIEW_REPORT]
        if new_papers(others, self._held_by(reference)):
            why = f"its report is that of {reference} word for word, and it adds more"
            return self._doubt(verdict, clues, why)
        why = f"the same report is registered as {reference}: its text is the same"
        return self._keep(
            replace(verdict, why=why),
            MailState.NOTED,
            references=(reference,),
            event=Event.SAME_PAPERS,
        )

    def _completes(self, papers: Sequence[SeenPaper], review: Review) -> bool:
        """Say whether the address that submitted a review sends papers that it lacks."""
        sender, whose = self.arrival.opened.mail.sender, self._whose(papers)
        days = self.policy.part_two_days
        standing = Standing(review, self._recent_papers(review, days))
        if not sender or sender != review.sender or whose.outcome is not MatchOutcome.MATCH:
            return False
        if not set(whose.csp_ids) & set(review.parties.csp_ids):
            return False
        since = self.arrival.day - timedelta(days=days)
        return review.status in OPEN_TO_PARTS and is_part_two(papers, standing, since=since)

    def _reviews_with(self, papers: Sequence[SeenPaper]) -> set[Reference]:
        """Return the reviews that hold every report among these papers, locked or opened."""
        reports = [paper for paper in papers if paper.read.kind in OF_A_REVIEW] or list(papers)
        holders = [
            {each.reference for each in self._like(paper.sha256) if not each.set_aside}
            for paper in reports
        ]
        return set.intersection(*holders) if holders else set()

    def _same_papers(self, verdict: Verdict, clues: Clues, known: set[Reference]) -> ReceivedMail:
        reviews = [self.register.review(each) for each in sorted(known)]
        standing = [review.reference for review in reviews if review.status not in ENDED]
        if not standing:
            return self._doubt(verdict, clues, f"its papers are those of {reviews[0].reference}")
        extra = new_papers(clues.to_file, self._held_by(standing[0]))
        if extra:
            return self._doubt(verdict, clues, f"it repeats papers of {standing[0]} and adds more")
        why = f"the same papers are registered as {standing[0]}"
        return self._keep(
            replace(verdict, why=why),
            MailState.NOTED,
            references=tuple(standing),
            event=Event.SAME_PAPERS,
        )

    def _likely_same(self, papers: Sequence[SeenPaper], whose: Match) -> tuple[Reference, ...]:
        ids = whose.csp_ids or tuple(each.csp_id for each in whose.candidates)
        reviews = {
            review.reference: review for each in ids for review in self.register.reviews_of(each)
        }
        days = self.policy.part_two_days
        whole = any(paper.read.kind is PaperKind.OVERVIEW_REPORT for paper in papers)
        standing = [
            Standing(review, () if whole else self._recent_papers(review, days))
            for review in reviews.values()
        ]
        return likely_same(papers, standing, today=self.arrival.day, days=days)

    def _recent_papers(self, review: Review, days: int) -> tuple[Paper, ...]:
        """Return the papers to which a second part may belong; only a recent review lacks some."""
        if (self.arrival.day - review.received_on).days > days:
            return ()
        return tuple(each for each in self.register.papers(review.reference) if not each.set_aside)

    def _register(self, verdict: Verdict, papers: Sequence[SeenPaper]) -> ReceivedMail:
        review = self._registered(verdict.why, papers)
        kept = self._keep(verdict, MailState.REGISTERED, references=(review.reference,))
        self._add_papers(review.reference, papers, mail=kept.number, submission=1)
        self._acknowledge(review.reference)
        return kept

    def _registered(self, why: str, papers: Sequence[SeenPaper]) -> Review:
        """Add a review of these papers to the register, the papers themselves not yet."""
        review = Review(
            self.register.next_reference(self.today.year),
            parties_from(self._whose(papers)),
            facts_of(papers),
            Status.RECEIVED,
            self.today,
            self.arrival.day,
            sender=self.arrival.opened.mail.sender,
            quiet=self.arrival.quiet,
        )
        if contrary := disagreements(papers):
            listed = " and ".join(each.replace("_", " ") for each in contrary)
            why += f"; its papers disagree on the {listed}: a person must look"
        return self.register.add_review(review, Act(self.by, Event.REGISTERED, why, self.said))

    def as_parted(self, groups: Sequence[Group]) -> ReceivedMail:
        """Enter a mail as a person parts it: each group a review of its own or joined to one.

        Raise Refused where a group is empty, a paper is not in the mail or in two groups, or a
        review cannot take it.
        """
        self._need_its_bytes("its papers cannot be added")
        brought = {paper.sha256: paper for paper in self._clues().to_file}
        _check_groups(groups, brought)
        parts = [(tuple(brought[each] for each in group.papers), group) for group in groups]
        joined = [group.reference for group in groups if group.reference is not None]
        there = {each: self._standing(self._needed(each)) for each in joined}
        why = f"a person parted its papers among {len(groups)} reviews"
        reviews = [
            there[group.reference] if group.reference else self._registered(why, papers)
            for papers, group in parts
        ]
        new = len(joined) < len(groups)
        kept = self._keep(
            Verdict(MailKind.SUBMISSION if new else MailKind.FURTHER_PAPERS, why, rule="a person"),
            MailState.REGISTERED if new else MailState.JOINED,
            references=tuple(review.reference for review in reviews),
        )
        for review, (papers, group) in zip(reviews, parts, strict=True):
            if group.reference is None:
                self._add_papers(review.reference, papers, mail=kept.number, submission=1)
                self._acknowledge(review.reference)
            else:
                fresh = new_papers(papers, self._held_by(review.reference))
                self._bring(review, fresh, mail=kept.number)
        return kept


def _further(verdict: Verdict, why: str, reference: Reference) -> Verdict:
    return replace(verdict, kind=MailKind.FURTHER_PAPERS, why=why, review=reference)


def _check_groups(groups: Sequence[Group], brought: Collection[str]) -> None:
    listed = [each for group in groups for each in group.papers]
    joined = [group.reference for group in groups if group.reference is not None]
    if not groups or not all(group.papers for group in groups):
        raise Refused("say for each review which papers belong to it")
    if not set(listed) <= set(brought):
        raise Refused("one of these papers is not in the mail")
    if len(set(listed)) < len(listed):
        raise Refused("a paper is put into two reviews: a paper belongs to one")
    if len(set(joined)) < len(joined):
        raise Refused("two parts join the same review: put their papers together")
