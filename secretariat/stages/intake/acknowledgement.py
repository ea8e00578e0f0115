"""An acknowledgement: to one address at most one a day, which names every reference.

It names no pseudonym and quotes nothing, so that nothing personal leaves by itself.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from secretariat.domain.acknowledging import Courtesy, courtesy, to_join
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.mail import Draft, Mail
from secretariat.domain.message_id import message_id_of
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.reference import Reference
from secretariat.domain.triage_clues import TriageWords
from secretariat.domain.triage_senders import Trust
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.mail import MailReading
from secretariat.ports.papers import Vault
from secretariat.ports.register import Register

TEMPLATE: Final = "acknowledgement"
REFUSAL: Final = "refused"
WEEK: Final = timedelta(days=7)
ONE_DAY: Final = timedelta(days=1)
AFTER_A_RESTORE: Final = "the register was restored: it may have been acknowledged before"


def new_token() -> str:
    """Return 16 letters and digits that nobody can guess."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Composing:
    """What writing an acknowledgement needs; sender: our address as it stands in From."""

    press: Letterpress
    sender: str
    token: Callable[[], str] = new_token


@dataclass(frozen=True, slots=True)
class Acknowledging:
    """Prepares acknowledgements inside the transaction that registers the review."""

    composing: Composing
    mail: MailReading
    vault: Vault
    clock: Clock
    words: TriageWords
    trust: Trust
    most_a_day: int

    def acknowledge(
        self,
        register: Register,
        mail: Mail,
        reference: Reference,
        *,
        for_release: bool = False,
        because: str = "",
    ) -> Posting | None:
        """Prepare the acknowledgement of a registration, or None where nobody is answered.

        After a restore a person releases it: it may have been sent before.

        for_release: a person releases it in any case
        because: why an address that may be answered at once is not, "" where it is
        """
        reply = self._courtesy(register, mail, because)
        if reply.never:
            return None
        at_once = reply.at_once and not for_release and self.most_a_day > 0
        prepared = self._prepared(register, mail.sender)
        waiting = tuple(each for each in prepared if each.references)
        joined = to_join(waiting, today=self.clock.today(), at_once=at_once)
        if joined is not None:
            return self._put_into(register, joined, reference)
        day = self._free_day(prepared)
        return self._prepare(register, mail, reference, reply=reply, at_once=at_once, day=day)

    def refuse(
        self, register: Register, mail: Mail, why: str, *, because: str = ""
    ) -> Posting | None:
        """Prepare the answer to a mail that is not taken, or None where nobody is answered.

        why: what is wrong with it, as the sender reads it; because: as for an acknowledgement
        """
        reply = self._courtesy(register, mail, because)
        prepared = self._prepared(register, mail.sender)
        if reply.never:
            return None
        at_once = reply.at_once and self.most_a_day > 0 and not prepared
        subject, body = self.composing.press.word(REFUSAL, {"why": why})
        message_id = f"<refused.{self.composing.token()}@{self.trust.own_domain}>"
        raw = self._composed(message_id, mail.sender, (subject, body), _thread_of(mail))
        posting = Posting(
            0,
            PostingKind.ACKNOWLEDGEMENT,
            (),
            mail.sender,
            subject,
            message_id,
            raw,
            self._free_day(prepared),
            PostingStatus.READY if at_once else PostingStatus.FOR_RELEASE,
            why="" if at_once else reply.why,
        )
        told = Act(SYSTEM, Event.POSTED, "an answer to a mail that is not taken is prepared")
        return register.add_posting(posting, told)

    def _courtesy(self, register: Register, mail: Mail, because: str) -> Courtesy:
        confirmed = bool(register.contacts_at(mail.sender))
        reply = courtesy(mail, self.words, self.trust, confirmed=confirmed)
        if register.switch().reconcile:
            return replace(reply, at_once=False, why=AFTER_A_RESTORE)
        if because and reply.at_once:
            return replace(reply, at_once=False, why=because)
        return reply

    def _prepared(self, register: Register, address: str) -> tuple[Posting, ...]:
        """Return those to an address that were to leave since a week ago, or are yet to."""
        since = self.clock.today() - WEEK
        there = register.posted_since(address, PostingKind.ACKNOWLEDGEMENT, since)
        return tuple(each for each in there if each.status is not PostingStatus.DROPPED)

    def _free_day(self, prepared: tuple[Posting, ...]) -> date:
        day = self.clock.today()
        while sum(each.leave_on == day for each in prepared) >= max(self.most_a_day, 1):
            day += ONE_DAY
        return day

    def without(self, posting: Posting, reference: Reference) -> Posting:
        """Return an acknowledgement that has not left, worded anew without this review."""
        kept = tuple(each for each in posting.references if each != reference)
        return self._reworded(posting, kept)

    def _put_into(self, register: Register, posting: Posting, reference: Reference) -> Posting:
        """Name another reference in an acknowledgement that has not left."""
        references = tuple(dict.fromkeys((*posting.references, reference)))
        told = Act(SYSTEM, Event.POSTED, f"{reference} is named in an acknowledgement to come")
        return register.save_posting(self._reworded(posting, references), told)

    def _reworded(self, posting: Posting, references: tuple[Reference, ...]) -> Posting:
        before = self.mail.parse(self.vault.open(posting.raw))
        answered = before.in_reply_to[0] if before.in_reply_to else ""
        thread = (answered, before.references)
        subject, raw = self._written(references, posting.to, posting.message_id, thread)
        return replace(posting, references=references, subject=subject, raw=raw)

    def _prepare(
        self,
        register: Register,
        mail: Mail,
        reference: Reference,
        *,
        reply: Courtesy,
        at_once: bool,
        day: date,
    ) -> Posting | None:
        kind = PostingKind.ACKNOWLEDGEMENT
        token = self.composing.token()
        message_id = message_id_of(reference, kind, token=token, domain=self.trust.own_domain)
        thread = _thread_of(mail)
        subject, raw = self._written((reference,), mail.sender, message_id, thread)
        status = PostingStatus.READY if at_once else PostingStatus.FOR_RELEASE
        why = "" if at_once else reply.why
        posting = Posting(
            0, kind, (reference,), mail.sender, subject, message_id, raw, day, status, why=why
        )
        told = "acknowledgement prepared" if at_once else f"acknowledgement waits: {reply.why}"
        return register.add_posting(posting, Act(SYSTEM, Event.POSTED, told))

    def _written(
        self,
        references: tuple[Reference, ...],
        to: str,
        message_id: str,
        thread: tuple[str, tuple[str, ...]],
    ) -> tuple[str, str]:
        """Return (subject, SHA-256 in the vault of the mail's bytes)."""
        values = {"references": [str(each) for each in references]}
        subject, body = self.composing.press.word(TEMPLATE, values)
        return subject, self._composed(message_id, to, (subject, body), thread)

    def _composed(
        self,
        message_id: str,
        to: str,
        words: tuple[str, str],
        thread: tuple[str, tuple[str, ...]],
    ) -> str:
        """Return the SHA-256 in the vault of the bytes of a mail of ours."""
        subject, body = words
        answered, before = thread
        draft = Draft(
            message_id,
            self.composing.sender,
            to,
            subject,
            body,
            self.clock.now(),
            in_reply_to=answered,
            references=before,
            automatic="auto-replied",
        )
        return self.vault.keep(self.mail.compose(draft))


def _thread_of(mail: Mail) -> tuple[str, tuple[str, ...]]:
    return mail.message_id, mail.references
