"""One opened mail entered into the register: what it is, what it becomes, all or nothing.

A mail is entered with the review, papers, links, matter and acknowledgement that it leads to,
or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from secretariat.domain.errors import Refused
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.letter import LetterStatus
from secretariat.domain.mail import Mail
from secretariat.domain.matching import Match
from secretariat.domain.papers import PaperKind, ReadingStatus
from secretariat.domain.post import Posting, PostingKind, PostingStatus, bounce
from secretariat.domain.post_in import Attachment, MailKind, MailState, Paper, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.registration import (
    ENDED,
    Standing,
    disagreements,
    facts_of,
    is_of_partnership,
    likely_same,
    new_papers,
    parties_from,
    several_reviews,
)
from secretariat.domain.review import Matter, MatterKind, Review, Status, Step, move
from secretariat.domain.triage import triage
from secretariat.domain.triage_clues import OF_A_REVIEW, Clues, SeenPaper, Verdict
from secretariat.domain.triage_senders import bounce_in
from secretariat.stages.intake.entering import Entering, kept_words

ON_ITS_WAY: Final = (PostingStatus.SENT, PostingStatus.SENDING)
MATTERS: Final = {
    MailKind.DECISION_NOT_TO_REVIEW: MatterKind.DECISION_NOT_TO_REVIEW,
    MailKind.REQUEST_TO_EXPLAIN: MatterKind.REQUEST_TO_EXPLAIN,
}


@dataclass(frozen=True, slots=True)
class Filing(Entering):
    """Enters one mail."""

    def by_rules(self) -> ReceivedMail:
        """Enter the mail as triage names it, unless it was seen before."""
        if again := self._seen_before():
            return again
        clues = self._clues()
        verdict = _with_faults(triage(clues), clues.mail)
        if verdict.held:
            return self._hold(verdict, clues)
        return self._enter(verdict, clues)

    def as_said(self, kind: MailKind, reference: Reference | None) -> ReceivedMail:
        """Enter the mail as a person names it; raise Refused where something is missing."""
        clues = self._clues()
        verdict = Verdict(kind, "a person said what it is", reference, rule="a person")
        if kind is MailKind.SUBMISSION and reference is None:
            return self._register(verdict, clues.to_file)
        if kind is MailKind.PUBLICATION_NOTICE and not clues.links:
            raise Refused("the mail gives no link: type it at the review")
        if kind in (
            MailKind.SUBMISSION,
            MailKind.FURTHER_PAPERS,
            MailKind.PUBLICATION_NOTICE,
        ):
            chosen = self._needed(reference)
            if (status := self.register.review(chosen).status) in ENDED:
                raise Refused(f"{chosen} is {status}: reopen it first")
            return self._join(replace(verdict, review=chosen), clues)
        return self._enter(verdict, clues)

    def _enter(self, verdict: Verdict, clues: Clues) -> ReceivedMail:
        match verdict.kind:
            case MailKind.SUBMISSION:
                return self._submission(verdict, clues)
            case MailKind.FURTHER_PAPERS | MailKind.PUBLICATION_NOTICE:
                return self._answer(verdict, clues)
            case MailKind.DECISION_NOT_TO_REVIEW | MailKind.REQUEST_TO_EXPLAIN:
                return self._matter(verdict, clues)
            case MailKind.BOUNCE if self.by == SYSTEM:
                return self._bounce(verdict, clues)
        about = (verdict.review,) if verdict.review else ()
        return self._keep(verdict, MailState.NOTED, references=about)

    def _seen_before(self) -> ReceivedMail | None:
        """Note a mail that came before; hold one that only bears the same Message-ID."""
        mail = self.arrival.opened.mail
        if not mail.message_id:
            return None
        before = self.register.mails_called(mail.message_id)
        if not before:
            return None
        rule = "seen before"
        for old in before:
            if self._is_same(old):
                why = "the same mail with the same papers came before"
                # What panel notes say is taken once, and never on the word of a mere id.
                again = MailKind.UNKNOWN if old.kind is MailKind.PANEL_NOTES else old.kind
                return self._keep(
                    Verdict(again, why, rule=rule),
                    MailState.NOTED,
                    references=old.references,
                    event=Event.SAME_PAPERS,
                )
        why = "its Message-ID is that of another mail, but what it brings is not the same"
        return self._keep(Verdict(MailKind.UNKNOWN, why, rule=rule), MailState.HELD)

    def _is_same(self, old: ReceivedMail) -> bool:
        """Say whether a mail brings what this one brings; of two that bring nothing, the words."""
        opened = self.arrival.opened
        brings = _content_of(opened.attachments, opened.links)
        if any(brings):
            return _content_of(old.attachments, old.links) == brings
        return not (old.attachments or old.links) and old.text == kept_words(opened.mail)

    def _submission(self, verdict: Verdict, clues: Clues) -> ReceivedMail:
        """Register a review, unless its papers are here or may be part of one that is."""
        papers = clues.to_file
        if several_reviews(papers):
            return self._doubt(verdict, clues, "it brings the reports of more than one review")
        if known := self._reviews_with(papers):
            return self._same_papers(verdict, clues, known)
        whose = self._whose(papers)
        if same := self._likely_same(papers, whose):
            listed = ", ".join(str(each) for each in same)
            return self._doubt(verdict, clues, f"it may be another part or version of {listed}")
        return self._register(verdict, papers)

    def _reviews_with(self, papers: Sequence[SeenPaper]) -> set[Reference]:
        """Return the reviews that hold every report among these papers already."""
        reports = [paper for paper in papers if paper.read.kind in OF_A_REVIEW] or list(papers)
        holders = [
            {
                each.reference
                for each in self.register.papers_like(paper.sha256)
                if not each.set_aside
            }
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
        whose = self._whose(papers)
        review = Review(
            self.register.next_reference(self.today.year),
            parties_from(whose),
            facts_of(papers),
            Status.RECEIVED,
            self.today,
            self.arrival.day,
            sender=self.arrival.opened.mail.sender,
            quiet=self.arrival.quiet,
        )
        why = verdict.why
        if contrary := disagreements(papers):
            listed = " and ".join(each.replace("_", " ") for each in contrary)
            why += f"; its papers disagree on the {listed}: a person must look"
        self.register.add_review(review, Act(self.by, Event.REGISTERED, why, self.said))
        kept = self._keep(verdict, MailState.REGISTERED, references=(review.reference,))
        self._add_papers(review.reference, papers, mail=kept.number, submission=1)
        self._acknowledge(review.reference)
        return kept

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
        reference = self._needed(verdict.review)
        review = self.register.review(reference)
        papers = new_papers(clues.to_file, self._held_by(reference))
        again = review.status is Status.RESUBMISSION_AWAITED and _is_version(papers)
        awaited = again or review.status in (Status.RECEIVED, Status.WITH_PANEL)
        asked = verdict.kind is MailKind.PUBLICATION_NOTICE or clues.asks or not awaited
        kept = self._keep(
            verdict,
            MailState.JOINED,
            references=(reference,),
            unread=asked and self.by == SYSTEM,
        )
        last = max((each.submission for each in self.register.papers(reference)), default=1)
        self._add_papers(
            reference, papers, mail=kept.number, submission=last + 1 if again else last
        )
        if verdict.kind is MailKind.PUBLICATION_NOTICE:
            self._add_links(reference, clues.links, kept.number)
        if again:
            told = Act(self.by, Event.MOVED, Step.RESUBMIT, self.said)
            version = facts_of(papers).version_date or review.facts.version_date
            facts = replace(review.facts, version_date=version)
            moved = move(replace(review, facts=facts), Step.RESUBMIT, on=self.today)
            self.register.save_review(moved, told)
            self._acknowledge(reference)
        return kept

    def _matter(self, verdict: Verdict, clues: Clues) -> ReceivedMail:
        """Open a decision not to review, or a request to explain."""
        reference = verdict.review
        review = self._review(reference) if reference else None
        about = (reference,) if reference else ()
        state = MailState.JOINED if about else MailState.REGISTERED
        asked = bool(about) and self.by == SYSTEM
        kept = self._keep(verdict, state, references=about, unread=asked)
        parties = review.parties if review else parties_from(self._whose(clues.papers))
        matter = Matter(
            0,
            MATTERS[verdict.kind],
            self.arrival.day,
            self.arrival.day,
            reference=reference,
            parties=parties,
            mail=kept.number,
        )
        told = Act(self.by, Event.MATTER_OPENED, f"{verdict.kind}: {verdict.why}", self.said)
        self.register.add_matter(matter, told)
        return kept

    def _bounce(self, verdict: Verdict, clues: Clues) -> ReceivedMail:
        """Tie a report of non-delivery to the mail of ours that it is about."""
        found = bounce_in(clues.mail, self.policy.words)
        posting = self.register.posting_called(found.about) if found and found.about else None
        if found is None or posting is None:
            return self._doubt(verdict, clues, "it does not say which mail of ours")
        kept = self._keep(verdict, MailState.NOTED, references=posting.references)
        if found.final and posting.status in ON_ITS_WAY:
            self._mark_bounced(posting)
        return kept

    def _mark_bounced(self, posting: Posting) -> None:
        why = "a server reported that it could not be delivered"
        self.register.save_posting(bounce(posting, why), Act(SYSTEM, Event.BOUNCED, why))
        if posting.kind is not PostingKind.LETTER or posting.letter is None:
            return
        letter = self.register.letter(posting.references[0], posting.letter)
        if letter.status in (LetterStatus.SENT, LetterStatus.SENDING):
            undelivered = replace(letter, status=LetterStatus.NOT_DELIVERED)
            self.register.save_letter(undelivered, Act(SYSTEM, Event.BOUNCED, why))


def _content_of(
    attachments: Sequence[Attachment], links: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a mail brings: its files by their bytes, its links."""
    return frozenset(each.sha256 for each in attachments), frozenset(links)


def _with_faults(verdict: Verdict, mail: Mail) -> Verdict:
    """Return the verdict with what could not be parsed, for the person who reads it."""
    untold = [fault for fault in mail.faults if fault not in verdict.why]
    return replace(verdict, why="; ".join((verdict.why, *untold)))


def _is_version(papers: Sequence[SeenPaper]) -> bool:
    """Say whether these papers may be what the Panel asked for: a report, or a scan of one."""
    asked = (*OF_A_REVIEW, PaperKind.ACTION_PLAN)
    scanned = ReadingStatus.NO_TEXT
    return any(paper.read.kind in asked or paper.read.status is scanned for paper in papers)
