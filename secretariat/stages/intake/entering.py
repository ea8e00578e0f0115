"""The strokes of the pen that every mail needs: kept, held, its papers and links added.

Everything here happens inside one transaction of the stage.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.mail import Mail
from secretariat.domain.matching import Match, Matcher
from secretariat.domain.post_in import MailKind, MailState, Paper, ReceivedMail
from secretariat.domain.publication import Link, LinkStatus
from secretariat.domain.reference import Reference
from secretariat.domain.registration import new_papers, partnership_clues
from secretariat.domain.review import Review
from secretariat.domain.triage_clues import Clues, SeenPaper, TriageWords, Verdict
from secretariat.domain.triage_senders import Trust
from secretariat.ports.register import Register
from secretariat.stages.intake.acknowledgement import Acknowledging
from secretariat.stages.intake.opening import Opened, clues_of, named_in

LONGEST_TEXT: Final = 20_000
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
class Entering:
    """The strokes of the pen for one mail.

    by: who says what it is, the service or an account; said: in that person's words
    today: the London day
    """

    register: Register
    matcher: Matcher
    policy: IntakePolicy
    acknowledging: Acknowledging
    arrival: Arrival
    today: date
    by: str = SYSTEM
    said: str = ""

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

    def _held_by(self, reference: Reference) -> set[str]:
        return {each.sha256 for each in self.register.papers(reference) if not each.set_aside}

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
                text=self.arrival.opened.texts.get(paper.sha256, ""),
            )
            told = f"{read.kind} of submission {submission}, read: {read.status}"
            self.register.add_paper(added, Act(self.by, Event.PAPERS_ADDED, told))

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
        self.acknowledging.acknowledge(
            self.register,
            self.arrival.opened.mail,
            reference,
            for_release=self.by != SYSTEM,
        )

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
            text=kept_words(mail),
            references=references,
            attachments=arrival.opened.attachments,
            links=arrival.opened.links,
            in_reply_to=mail.in_reply_to,
            unread_answer=unread and not arrival.quiet,
        )
        return self.register.add_mail(entered, told)


def kept_words(mail: Mail) -> str:
    """Return the words of a mail as the register keeps them."""
    return (mail.own_text or mail.text)[:LONGEST_TEXT]
