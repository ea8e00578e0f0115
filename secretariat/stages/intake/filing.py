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
from secretariat.domain.post import Posting, PostingKind, PostingStatus, bounce
from secretariat.domain.post_in import Attachment, MailKind, MailState, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.registration import parties_from
from secretariat.domain.review import Matter, MatterKind
from secretariat.domain.triage import triage
from secretariat.domain.triage_clues import Clues, Verdict
from secretariat.domain.triage_senders import bounce_in
from secretariat.domain.undelivered import is_settled, why_returned
from secretariat.stages.intake.entering import AN_HOUR, kept_words
from secretariat.stages.intake.submitting import Submitting
from secretariat.stages.intake.weighing import REFUSED

ABOUT_A_REVIEW: Final = (MailKind.CHALLENGE, MailKind.WITHDRAWAL, MailKind.PASSWORD)
BY_MACHINES: Final = (MailKind.AUTOMATIC_REPLY, MailKind.BOUNCE)
ON_ITS_WAY: Final = (PostingStatus.SENT, PostingStatus.SENDING)
MATTERS: Final = {
    MailKind.DECISION_NOT_TO_REVIEW: MatterKind.DECISION_NOT_TO_REVIEW,
    MailKind.REQUEST_TO_EXPLAIN: MatterKind.REQUEST_TO_EXPLAIN,
}


@dataclass(frozen=True, slots=True)
class Filing(Submitting):
    """Enters one mail."""

    def by_rules(self) -> ReceivedMail:
        """Enter the mail as triage names it, unless it was seen before."""
        if again := self._seen_before():
            return again
        if self.arrival.opened.refused:
            return self._refuse()
        clues = self._clues()
        verdict = _with_faults(triage(clues), clues.mail)
        if verdict.held:
            return self._hold(verdict, clues)
        if verdict.kind in BY_MACHINES and self._machines_run_wild(verdict):
            most = self.policy.automatic_an_hour
            why = f"{verdict.why}; more than {most} of these came within an hour: it is only noted"
            about = (verdict.review,) if verdict.review else ()
            return self._keep(replace(verdict, why=why), MailState.NOTED, references=about)
        return self._enter(verdict, clues)

    def _machines_run_wild(self, verdict: Verdict) -> bool:
        """Say whether machines at this address answered one thread too often within an hour."""
        arrival = self.arrival
        sender = arrival.opened.mail.sender
        earlier = self.register.mails_from(sender, arrival.at - AN_HOUR)
        about = (verdict.review,) if verdict.review else ()
        on_thread = [each for each in earlier if each.kind in BY_MACHINES]
        return sum(each.references == about for each in on_thread) >= (
            self.policy.automatic_an_hour
        )

    def _refuse(self) -> ReceivedMail:
        """Keep a mail that is not taken, and tell its sender so."""
        why = self.arrival.opened.refused
        verdict = _with_faults(
            Verdict(MailKind.UNKNOWN, f"{why}: it is refused", rule=REFUSED),
            self.arrival.opened.mail,
        )
        kept = self._keep(verdict, MailState.REFUSED)
        if not self.arrival.quiet:
            mail = self.arrival.opened.mail
            too_many = self._too_many(mail.sender)
            self.acknowledging.refuse(self.register, mail, why, because=too_many)
        return kept

    def as_said(self, kind: MailKind, reference: Reference | None) -> ReceivedMail:
        """Enter the mail as a person names it; raise Refused where something is missing."""
        if kind is MailKind.SUBMISSION:
            self._need_its_bytes("no review can be registered from it")
        elif kind is MailKind.FURTHER_PAPERS and self.arrival.opened.attachments:
            self._need_its_bytes("its papers cannot be added")
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
            chosen = self._standing(self._needed(reference))
            return self._join(replace(verdict, review=chosen.reference), clues)
        if kind in ABOUT_A_REVIEW:
            about = self._needed(reference)
            return self._keep(verdict, MailState.JOINED, references=(about,))
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
            case MailKind.PASSWORD if verdict.review:
                return self._keep(verdict, MailState.JOINED, references=(verdict.review,))
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
        if found.final and posting.status in ON_ITS_WAY and not is_settled(posting):
            self._mark_bounced(posting, why_returned(found.code))
        return kept

    def _mark_bounced(self, posting: Posting, why: str) -> None:
        self.register.save_posting(bounce(posting, why), Act(SYSTEM, Event.BOUNCED, why))
        if posting.kind is not PostingKind.LETTER or posting.letter is None:
            return
        letter = self.register.letter(posting.references[0], posting.letter)
        if letter.status in (LetterStatus.SENT, LetterStatus.SENDING):
            undelivered = replace(letter, status=LetterStatus.NOT_DELIVERED)
            told = f"letter {letter.number}: {why}"
            self.register.save_letter(undelivered, Act(SYSTEM, Event.BOUNCED, told))


def _content_of(
    attachments: Sequence[Attachment], links: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a mail brings: its files by their bytes, its links."""
    return frozenset(each.sha256 for each in attachments), frozenset(links)


def _with_faults(verdict: Verdict, mail: Mail) -> Verdict:
    """Return the verdict with what could not be parsed, for the person who reads it."""
    untold = [fault for fault in mail.faults if fault not in verdict.why]
    return replace(verdict, why="; ".join((verdict.why, *untold)))
