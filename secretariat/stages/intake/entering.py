"""The strokes of the pen that every mail needs: kept, held, its papers and links added.

Everything here happens inside one transaction of the stage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.mail import Mail
from secretariat.domain.matching import Match, Matcher
from secretariat.domain.papers import ReadingStatus
from secretariat.domain.parting import may_belong, parts_of
from secretariat.domain.passwords_in import candidates, gives_password, hidden
from secretariat.domain.post_in import (
    Candidate,
    Due,
    MailKind,
    MailPaper,
    MailState,
    Paper,
    ReceivedMail,
)
from secretariat.domain.publication import Link, LinkStatus
from secretariat.domain.reference import Reference
from secretariat.domain.registration import facts_of, new_papers, partnership_clues
from secretariat.domain.review import Review
from secretariat.domain.triage_clues import READABLE, Clues, SeenPaper, TriageWords, Verdict
from secretariat.domain.triage_senders import Trust
from secretariat.ports.register import Register
from secretariat.stages.intake.acknowledgement import Acknowledging
from secretariat.stages.intake.opening import Opened
from secretariat.stages.intake.weighing import (
    absence_of,
    authentication_said,
    clues_of,
    named_in,
)

LONGEST_TEXT: Final = 20_000
AN_HOUR: Final = timedelta(hours=1)
PURGED: Final = "the mail was deleted by the rule for mails that bring passwords"
EVENTS: Final = {
    MailState.REGISTERED: Event.MAIL_JOINED,
    MailState.JOINED: Event.MAIL_JOINED,
    MailState.NOTED: Event.MAIL_NOTED,
    MailState.HELD: Event.MAIL_HELD,
    MailState.REFUSED: Event.MAIL_REFUSED,
}


@dataclass(frozen=True, slots=True)
class IntakePolicy:
    """What the configuration says about intake.

    go_live: mail dated before this London day is registered in silence; None answers all
    part_two_days: how long after a registration its missing papers are still expected
    acknowledgements_a_day: to one address without a person; 0 leaves all of them to a person
    most_bytes: of one mail; a larger one is refused
    answered_an_hour: mails of one address in an hour; beyond it a person releases the answers
    automatic_an_hour: mails of machines in an hour on one thread; the rest is only noted
    """

    trust: Trust
    words: TriageWords
    go_live: date | None = None
    part_two_days: int = 28
    acknowledgements_a_day: int = 1
    most_bytes: int = 100 * 2**20
    answered_an_hour: int = 20
    automatic_an_hour: int = 5


@dataclass(frozen=True, slots=True)
class Arrival:
    """One mail as it was taken in.

    raw: SHA-256 in the vault; at: when we took it in, UTC
    day: the London day on which it reached us; quiet: it is older than go_live
    held: the mail as the register holds it, when a person says what it is
    texts: the whole text of papers by SHA-256, of those alone that had to be compared
    """

    place: str
    raw: str
    opened: Opened
    at: datetime
    day: date
    quiet: bool = False
    held: ReceivedMail | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entering:
    """The strokes of the pen for one mail.

    by: who says what it is, the service or an account; said: in that person's words
    today: the London day; recognises: whether scanned pages can be read behind intake
    """

    register: Register
    matcher: Matcher
    policy: IntakePolicy
    acknowledging: Acknowledging
    arrival: Arrival
    today: date
    by: str = SYSTEM
    said: str = ""
    recognises: bool = False

    def _need_its_bytes(self, so: str) -> None:
        """Raise Refused where the mail's bytes have been purged; so: what cannot be done then."""
        if self.arrival.held is not None and self.arrival.held.purged:
            raise Refused(f"{PURGED}, so {so}: ask for it to be sent again")

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
            locked=self._locked(thread, named) if gives_password(mail.text) else (),
        )

    def _locked(
        self, thread: Sequence[Reference], named: Sequence[Reference]
    ) -> tuple[Reference, ...]:
        """Return the reviews with locked papers to which thread, reference or sender leads."""
        sender = self.arrival.opened.mail.sender
        waiting = {paper.reference: paper for paper in self.register.locked_papers()}
        meant = [each for each in (named or thread) if each in waiting]
        if meant or not sender:
            return tuple(meant)
        return tuple(each for each, paper in waiting.items() if self._sent(paper, sender))

    def _sent(self, paper: Paper, sender: str) -> bool:
        if self.register.review(paper.reference).sender == sender:
            return True
        return paper.mail is not None and self.register.mail(paper.mail).sender == sender

    def _review(self, reference: Reference) -> Review | None:
        try:
            return self.register.review(reference)
        except NotFound:
            return None

    def _standing_for(self, references: Sequence[Reference]) -> tuple[Reference, ...]:
        """Return the registered ones, a merged review as the one that took it over."""
        found = [review for each in references if (review := self._review(each))]
        return tuple(dict.fromkeys(each.merged_into or each.reference for each in found))

    def _held_by(self, reference: Reference) -> set[str]:
        """Return the SHA-256 of the papers in use and of the locked files they come from."""
        papers = self.register.papers(reference)
        return {sha256 for each in papers if not each.set_aside for sha256 in each.files}

    def _like(self, sha256: str) -> tuple[Paper, ...]:
        """Return every paper with these bytes, or opened from them, wherever it went since."""
        same = self.register.papers_like(sha256)
        aside = {each.reference for each in same if each.reading == ReadingStatus.LOCKED}
        there = (each for one in aside for each in self.register.papers(one))
        opened = {each.sha256 for each in there if each.unlocked == sha256}
        return (*same, *(each for one in opened for each in self.register.papers_like(one)))

    def _whose(self, papers: Sequence[SeenPaper]) -> Match:
        return self.matcher.weigh(partnership_clues(self.arrival.opened.mail, papers))

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
                found=read.found,
                flags=read.flags,
                front=read.front,
                due=self._due(read.status),
            )
            told = f"{read.kind} of submission {submission}, read: {read.status}"
            self.register.add_paper(added, Act(self.by, Event.PAPERS_ADDED, told))

    def _due(self, status: ReadingStatus) -> Due:
        """Return what is left to be done behind intake, which read the front pages alone."""
        if status is ReadingStatus.NO_TEXT and self.recognises:
            return Due.FRONT_RECOGNITION
        return Due.READING if status in READABLE else Due.NOTHING

    def _add_links(self, reference: Reference, links: Sequence[str], mail: int) -> None:
        for url in links:
            link = Link(0, reference, url, self.arrival.at, mail=mail)
            told = Act(self.by, Event.LINK_GIVEN, "a mail gives a link", url)
            if self.register.add_link(link, told) is None:
                self._have_looked_at_again(reference, url, mail)

    def _have_looked_at_again(self, reference: Reference, url: str, mail: int) -> None:
        """Check a known link once more: the council gives it again, so something has changed."""
        for link in self.register.links_of(reference):
            if link.url == url and link.status is not LinkStatus.GIVEN:
                told = Act(self.by, Event.LINK_GIVEN, "a mail gives a link again", url)
                again = replace(link, status=LinkStatus.GIVEN, mail=mail)
                self.register.save_link(again, told)

    def _acknowledge(self, reference: Reference) -> None:
        if self.arrival.quiet:
            return
        mail = self.arrival.opened.mail
        self.acknowledging.acknowledge(
            self.register,
            mail,
            reference,
            for_release=self.by != SYSTEM,
            because=self._too_many(mail.sender),
        )

    def _too_many(self, sender: str) -> str:
        """Return why an address that writes very often is not answered at once, else ""."""
        most = self.policy.answered_an_hour
        if len(self.register.mails_from(sender, self.arrival.at - AN_HOUR)) <= most:
            return ""
        return f"its address sent more than {most} mails within an hour"

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
        arrival = self.arrival
        told = Act(self.by, event or EVENTS[state], f"{verdict.kind}: {verdict.why}")
        seen = self._as_seen(verdict, state)
        if arrival.held is not None:
            said = replace(
                seen,
                number=arrival.held.number,
                version=arrival.held.version,
                looked=arrival.held.looked,
                purged=arrival.held.purged,
                references=references,
                unread_answer=unread,
            )
            answered = Act(self.by, Event.MAIL_ANSWERED, told.why, self.said)
            return self.register.save_mail(said, answered)
        entered = replace(seen, references=references, unread_answer=unread and not arrival.quiet)
        return self.register.add_mail(entered, told)

    def _as_seen(self, verdict: Verdict, state: MailState) -> ReceivedMail:
        """Return the mail as the register keeps it; a password in it is not among its words.

        Of one whose bytes are purged all is kept that was known, but what a person says now.
        """
        held = self.arrival.held
        if held is not None and held.purged:
            return replace(held, kind=verdict.kind, state=state, rule=verdict.rule, why=verdict.why)
        mail, arrival, trust = self.arrival.opened.mail, self.arrival, self.policy.trust
        papers = arrival.opened.papers
        secret = brings_password(mail, verdict.kind, papers)
        away = absence_of(mail, verdict.kind, trust, at=arrival.at)
        return ReceivedMail(
            0,
            arrival.place,
            mail.message_id,
            mail.sent_at,
            arrival.at,
            mail.sender,
            hidden(mail.subject, candidates(mail.text)) if secret else mail.subject,
            arrival.raw,
            verdict.kind,
            state,
            rule=verdict.rule,
            why=verdict.why,
            looked=verdict.looked,
            text="" if secret else kept_words(mail),
            attachments=arrival.opened.attachments,
            links=arrival.opened.links,
            in_reply_to=mail.in_reply_to,
            papers=seen_papers(papers),
            authentication=authentication_said(mail, trust),
            candidates=self._candidates() if state is MailState.HELD else (),
            returns_on=away.returns_on,
            colleague=away.colleague,
            secret=secret,
        )

    def _candidates(self) -> tuple[Candidate, ...]:
        """Return the reviews that the mail may belong to, each with the reason."""
        clues = self._clues()
        whose = self._whose(clues.papers)
        ids = whose.csp_ids or tuple(each.csp_id for each in whose.candidates)
        reviews = [review for each in ids for review in self.register.reviews_of(each)]
        return may_belong(clues, reviews, facts_of(clues.papers))


def seen_papers(papers: Sequence[SeenPaper]) -> tuple[MailPaper, ...]:
    """Return the files of a mail as they are shown beside it, with the review of each."""
    parts = parts_of(papers)
    return tuple(
        MailPaper(
            paper.name,
            paper.sha256,
            paper.read.kind.value,
            paper.read.status.value,
            paper.read.facts,
            paper.read.pages,
            paper.read.warnings,
            paper.read.flags,
            parts.get(paper.sha256, 0),
        )
        for paper in papers
    )


def brings_password(mail: Mail, kind: MailKind, papers: Sequence[SeenPaper]) -> bool:
    """Say whether its words give the password of papers, its own or earlier ones."""
    if kind is MailKind.PASSWORD:
        return True
    locked = any(paper.read.status is ReadingStatus.LOCKED for paper in papers)
    return locked and gives_password(mail.text)


def kept_words(mail: Mail) -> str:
    """Return the words of a mail as the register keeps them."""
    return (mail.own_text or mail.text)[:LONGEST_TEXT]
