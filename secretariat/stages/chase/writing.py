"""Writes reminders: a reply in the letter's thread, or one mail for several reviews."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from secretariat.domain.calendar import is_working_day, working_days_after
from secretariat.domain.chase import Chaser
from secretariat.domain.chase_wording import listed, values_of, why_waiting
from secretariat.domain.mail import Draft
from secretariat.domain.message_id import message_id_of, steady_token
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.reference import Reference
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.mail import MailReading
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenRegister
from secretariat.stages.chase.following import Followup, free_days

SEVERAL: Final = "chase-several"
STEP_UP: Final = "chase-step-up"


@dataclass(frozen=True, slots=True)
class Writing:
    """Writes mails to councils and keeps their bytes; nothing is entered here.

    sender: our mailbox; domain: what our Message-IDs end in; unit: how we sign
    """

    open_register: OpenRegister
    press: Letterpress
    mail: MailReading
    vault: Vault
    clock: Clock
    sender: str
    domain: str
    unit: str

    def one(self, followup: Followup, chaser: Chaser, to: str) -> Posting:
        """Return a reminder of one review, a reply in its letter's thread.

        Where the letter was sent before the register held the review, it begins a thread.
        """
        values = values_of(followup.review, followup.letter, unit=self.unit)
        words = self.press.word(chaser.wording, values)
        posting = self._posting((followup,), to, words, f"{chaser.due_on}", chaser.for_release)
        why = why_waiting(followup.review) if chaser.for_release else ""
        return replace(posting, due_on=chaser.due_on, why=why)

    def several(self, followups: Sequence[Followup], to: str) -> Posting:
        """Return one mail that asks about several reviews; it begins a thread of its own."""
        today = self.clock.today()
        reviews = [listed(one.review, one.letter) for one in followups]
        references = [str(one.review.reference) for one in followups]
        values = {"references": references, "reviews": reviews, "unit": self.unit}
        words = self.press.word(SEVERAL, values)
        return replace(
            self._posting(tuple(followups), to, words, f"several {today}", for_release=False),
            due_on=today,
        )

    def step_up(
        self, followup: Followup, to: str, role: str, reason: str, *, copy: bool
    ) -> Posting:
        """Return a draft to somebody above the contact, or its copy; a person releases it."""
        values = {**values_of(followup.review, followup.letter, unit=self.unit), "role": role}
        values |= {"is_copy": copy}
        words = self.press.word(STEP_UP, values)
        token = f"to {to.lower()} {self.clock.now().isoformat()}"
        posting = self._posting((followup,), to, words, token, for_release=True)
        return replace(posting, why=f"to {role}: {reason}")

    def _posting(
        self,
        followups: tuple[Followup, ...],
        to: str,
        words: tuple[str, str],
        token: str,
        for_release: bool,
    ) -> Posting:
        references = tuple(one.review.reference for one in followups)
        letter = followups[0].letter if len(followups) == 1 else None
        draft = Draft(
            self._message_id(references, token),
            self.sender,
            to,
            *words,
            self.clock.now(),
            in_reply_to=letter.message_id if letter else "",
            references=(letter.message_id,) if letter else (),
            automatic="" if for_release else "auto-generated",
        )
        return Posting(
            0,
            PostingKind.CHASER,
            references,
            to,
            draft.subject,
            draft.message_id,
            self.vault.keep(self.mail.compose(draft)),
            self._day(),
            PostingStatus.FOR_RELEASE if for_release else PostingStatus.READY,
        )

    def _message_id(self, references: tuple[Reference, ...], token: str) -> str:
        """Return a Message-ID that the same mail has again after a crash."""
        with self.open_register() as register:
            first = register.ledger(str(references[0]))[0].hash
        steady = steady_token(first, token)
        return message_id_of(references[0], PostingKind.CHASER, token=steady, domain=self.domain)

    def _day(self) -> date:
        today = self.clock.today()
        free = free_days(today, today)
        return today if is_working_day(today, free) else working_days_after(today, 1, free)
