"""One opened mail entered into the register: what it is, what it becomes, all or nothing.

Everything here happens inside one transaction of the stage; a mail is entered with the review,
papers, links, matter and acknowledgement that it leads to, or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.letter import LetterStatus
from secretariat.domain.matching import Match, Matcher
from secretariat.domain.papers import PaperKind, ReadingStatus
from secretariat.domain.post import Posting, PostingKind, PostingStatus, bounce
from secretariat.domain.post_in import Attachment, MailKind, MailState, Paper, ReceivedMail
from secretariat.domain.publication import Link
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
    partnership_clues,
    several_reviews,
)
from secretariat.domain.review import Matter, MatterKind, Review, Status, Step, move
from secretariat.domain.triage import triage
from secretariat.domain.triage_clues import (
    OF_A_REVIEW,
    Clues,
    SeenPaper,
    TriageWords,
    Verdict,
)
from secretariat.domain.triage_senders import Trust, bounce_in
from secretariat.ports.register import Register
from secretariat.stages.intake.acknowledgement import Acknowledging
from secretariat.stages.intake.opening import Opened, clues_of, named_in

LONGEST_TEXT: Final = 20_000
ON_ITS_WAY: Final = (PostingStatus.SENT, PostingStatus.SENDING)
MATTERS: Final = {
    MailKind.DECISION_NOT_TO_REVIEW: MatterKind.DECISION_NOT_TO_REVIEW,
    MailKind.REQUEST_TO_EXPLAIN: MatterKind.REQUEST_TO_EXPLAIN,
}
EVENTS: Final = {
    MailState.REGISTERED: Event.MAIL_JOINED,
    MailState.JOINED: Event.MAIL_JOINED,
    MailState.NOTED: Event.MAIL_NOTED,
    MailState.HELD: Event.MAIL_HELD,
}


@dataclass(frozen=True, slots=True)
class IntakePolicy:
    """What the configuration says about intake.

    go_live: mail dated before this London day is registered in silence; None answers all
    part_two_days: how long after a registration its missing papers are still expected
    acknowledgements_a_day: to one address without a person; 0 leaves all of them to a person
    """

    trust: Trust
    words: TriageWords
    go_live: date | None = None
    part_two_days: int = 28
    acknowledgements_a_day: int = 1


@dataclass(frozen=True, slots=True)
class Arrival:
    """One mail as it was taken in.

    raw: SHA-256 in the vault; at: when we took it in, UTC
    day: the London day on which it reached us; quiet: it is older than go_live
    held: the mail as the register holds it, when a person says what it is
    """

    place: str
    raw: str
    opened: Opened
    at: datetime
    day: date
    quiet: bool = False
    held: ReceivedMail | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """Enters one mail.

    by: who says what it is, the service or an account; today: the London day
    """

    register: Register
    matcher: Matcher
    policy: IntakePolicy
    acknowledging: Acknowledging
    arrival: Arrival
    today: date
    by: str = SYSTEM
    said: str = ""

    def by_rules(self) -> ReceivedMail:
        """Enter the mail as triage names it, unless it was seen before."""
        if again := self._seen_before():
            return again
        clues = self._clues()
        verdict = triage(clues)
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
            return self._join(replace(verdict, review=self._needed(reference)), clues)
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

    def _needed(self, reference: Reference | None) -> Reference:
        if reference is None:
            raise Refused("say which review it belongs to")
        self.register.review(reference)
        return reference

    def _clues(self) -> Clues:
        """Return what the rules weigh, with what the register knows of thread and references."""
        mail = self.arrival.opened.mail
        ids = (*mail.in_reply_to, *mail.references)
        posting = self.register.posting_called(ids) if ids else None
        thread = self._standing_for(posting.references if posting else ())
        written = named_in(mail)
        named = self._standing_for(written)
        strange = tuple(each for each in written if self._review(each) is None)
        policy = self.policy
        return clues_of(
            self.arrival.opened,
            policy.words,
            policy.trust,
            thread=thread,
            named=named,
            strange=strange,
        )

    def _review(self, reference: Reference) -> Review | None:
        try:
            return self.register.review(reference)
        except NotFound:
            return None

    def _standing_for(self, references: Sequence[Reference]) -> tuple[Reference, ...]:
        """Return the registered ones, a merged review as the one that took it over."""
        found = [review for each in references if (review := self._review(each))]
        return tuple(dict.fromkeys(each.merged_into or each.reference for each in found))

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
            if _content_of(old.attachments, old.links) == self._content():
                why = "the same mail with the same papers came before"
                return self._keep(
                    Verdict(old.kind, why, rule=rule),
                    MailState.NOTED,
                    references=old.references,
                    event=Event.SAME_PAPERS,
                )
        why = "its Message-ID is that of another mail, but what it brings is not the same"
        return self._keep(Verdict(MailKind.UNKNOWN, why, rule=rule), MailState.HELD)

    def _content(self) -> tuple[frozenset[str], frozenset[str]]:
        return _content_of(self.arrival.opened.attachments, self.arrival.opened.links)

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

    def _held_by(self, reference: Reference) -> set[str]:
        return {each.sha256 for each in self.register.papers(reference) if not each.set_aside}

    def _whose(self, papers: Sequence[SeenPaper]) -> Match:
        return self.matcher.weigh(partnership_clues(self.arrival.opened.mail, papers))

    def _likely_same(self, papers: Sequence[SeenPaper], whose: Match) -> tuple[Reference, ...]:
        ids = whose.csp_ids or tuple(each.csp_id for each in whose.candidates)
        reviews = {
            review.reference: review for each in ids for review in self.register.reviews_of(each)
        }
        days = self.policy.part_two_days
        standing = [
            Standing(review, self._recent_papers(review, days)) for review in reviews.values()
        ]
        return likely_same(papers, standing, today=self.arrival.day, days=days)

    def _recent_papers(self, review: Review, days: int) -> tuple[Paper, ...]:
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
        asked = verdict.kind is MailKind.PUBLICATION_NOTICE or (
            review.status is Status.PUBLICATION_AWAITED
        )
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
            self.register.save_review(move(review, Step.RESUBMIT, on=self.today), told)
            self._acknowledge(reference)
        return kept

    def _add_papers(
        self, reference: Reference, papers: Sequence[SeenPaper], *, mail: int, submission: int
    ) -> None:
        for paper in new_papers(papers, ()):
            read = paper.read
            added = Paper(
                0,
                reference,
                paper.name,
                paper.sha256,
                read.kind.value,
                read.status.value,
                self.arrival.at,
                mail=mail,
                pages=read.pages or None,
                size=paper.size,
                submission=submission,
                warnings=read.warnings,
                text=self.arrival.opened.texts.get(paper.sha256, ""),
            )
            told = f"{read.kind} of submission {submission}, read: {read.status}"
            self.register.add_paper(added, Act(self.by, Event.PAPERS_ADDED, told))

    def _add_links(self, reference: Reference, links: Sequence[str], mail: int) -> None:
        for url in links:
            link = Link(0, reference, url, self.arrival.at, mail=mail)
            self.register.add_link(link, Act(self.by, Event.LINK_GIVEN, "a mail gives a link", url))

    def _acknowledge(self, reference: Reference) -> None:
        if self.arrival.quiet:
            return
        self.acknowledging.acknowledge(
            self.register,
            self.arrival.opened.mail,
            reference,
            for_release=self.by != SYSTEM,
        )

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

    def _doubt(self, verdict: Verdict, clues: Clues, why: str) -> ReceivedMail:
        """Hold what a rule knew, but the register casts doubt on."""
        return self._hold(replace(verdict, why=f"{verdict.why}, but {why}", held=True), clues)

    def _hold(self, verdict: Verdict, clues: Clues) -> ReceivedMail:
        """Hold the mail for a person; an answer to us pauses the chase until it is read."""
        unread = clues.answers_us and not self.arrival.quiet
        return self._keep(
            verdict,
            MailState.HELD,
            references=clues.candidates if clues.answers_us else (),
            unread=unread and verdict.kind is not MailKind.BOUNCE,
        )

    def _keep(
        self,
        verdict: Verdict,
        state: MailState,
        *,
        references: tuple[Reference, ...] = (),
        event: Event | None = None,
        unread: bool = False,
    ) -> ReceivedMail:
        """Enter the mail itself, or save it when a person has said what it is."""
        mail, arrival = self.arrival.opened.mail, self.arrival
        told = Act(self.by, event or EVENTS[state], f"{verdict.kind}: {verdict.why}")
        if arrival.held is not None:
            said = replace(
                arrival.held,
                kind=verdict.kind,
                state=state,
                rule=verdict.rule,
                why=verdict.why,
                references=references,
                unread_answer=unread,
            )
            answered = Act(self.by, Event.MAIL_ANSWERED, told.why, self.said)
            return self.register.save_mail(said, answered)
        entered = ReceivedMail(
            0,
            arrival.place,
            mail.message_id,
            mail.sent_at,
            arrival.at,
            mail.sender,
            mail.subject,
            arrival.raw,
            verdict.kind,
            state,
            rule=verdict.rule,
            why=verdict.why,
            looked=verdict.looked,
            text=mail.own_text[:LONGEST_TEXT],
            references=references,
            attachments=arrival.opened.attachments,
            links=arrival.opened.links,
            in_reply_to=mail.in_reply_to,
            unread_answer=unread and not arrival.quiet,
        )
        return self.register.add_mail(entered, told)


def _content_of(
    attachments: Sequence[Attachment], links: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a mail brings: its files by their bytes, its links."""
    return frozenset(each.sha256 for each in attachments), frozenset(links)


def _is_version(papers: Sequence[SeenPaper]) -> bool:
    """Say whether these papers may be what the Panel asked for: a report, or a scan of one."""
    asked = (*OF_A_REVIEW, PaperKind.ACTION_PLAN)
    scanned = ReadingStatus.NO_TEXT
    return any(paper.read.kind in asked or paper.read.status is scanned for paper in papers)
