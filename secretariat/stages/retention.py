"""Mail whose days are over: its words and its bytes are deleted, what it led to stays.

The ledger, the SHA-256 of each file, and the papers, letters and links of reviews are kept.
Held mail, a council's answer that nobody has dealt with, and the mail of an open matter wait.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from secretariat.domain.by_hand import PURGED, WrittenByHand, without_words
from secretariat.domain.errors import StaleVersion
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.post_in import ReceivedMail
from secretariat.domain.written import counted
from secretariat.ports.clock import Clock
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenReading, OpenRegister, Reading, Register


@dataclass(frozen=True, slots=True)
class Lapsed:
    """What goes: mails that came, and mails that staff wrote by hand, the oldest first."""

    mails: tuple[ReceivedMail, ...] = ()
    by_hand: tuple[WrittenByHand, ...] = ()

    def __len__(self) -> int:
        """Return how many mails go."""
        return len(self.mails) + len(self.by_hand)


@dataclass(frozen=True, slots=True)
class Retention:
    """Deletes old mail.

    raw_mail_days: days after it came that a mail is kept whole, 0 for ever
    """

    open_register: OpenRegister
    open_reading: OpenReading
    vault: Vault
    clock: Clock
    raw_mail_days: int

    def preview(self) -> Lapsed:
        """Return what would go now, and change nothing."""
        with self.open_reading() as reading:
            return self._lapsed(reading)

    def work(self, *, by: str = SYSTEM) -> Tally:
        """Delete what has lapsed, all together or nothing; by: for the ledger."""
        if not self.raw_mail_days:
            return Tally()
        try:
            with self.open_register() as register:
                lapsed = self._lapsed(register)
                self._enter(register, lapsed, by)
                if lapsed:
                    self._forget(register, lapsed)
        except StaleVersion:
            return Tally()  # A person writes to one of them: the next turn deletes it.
        return Tally(len(lapsed))

    def _lapsed(self, reading: Reading) -> Lapsed:
        if not self.raw_mail_days:
            return Lapsed()
        before: datetime = self.clock.now() - timedelta(days=self.raw_mail_days)
        wanted = {matter.mail for matter in reading.matters()}
        mails = reading.lapsed_mail(before=before)
        return Lapsed(
            tuple(mail for mail in mails if mail.number not in wanted),
            reading.lapsed_by_hand(before=before),
        )

    def _enter(self, register: Register, lapsed: Lapsed, by: str) -> None:
        days = counted(self.raw_mail_days, "day")
        for mail in lapsed.mails:
            told = f"mail {mail.number} was kept for {days}"
            register.save_mail(without_words(mail), Act(by, Event.OLD_MAIL_PURGED, told))
        for written in lapsed.by_hand:
            told = f"mail by hand {written.number} was kept for {days}"
            bare = replace(written, purged=True, subject=PURGED, text="")
            register.save_by_hand(bare, Act(by, Event.OLD_MAIL_PURGED, told))

    def _forget(self, register: Register, lapsed: Lapsed) -> None:
        """Forget what nothing else names; a crash here leaves the mails to be purged again."""
        kept = {*register.kept_files(), *register.inner_files()}
        for sha256 in sorted(set(_files(lapsed)) - kept):
            self.vault.forget(sha256)


def _files(lapsed: Lapsed) -> Iterable[str]:
    for mail in lapsed.mails:
        yield mail.raw
        yield from (each.sha256 for each in mail.attachments)
        yield from (each.sha256 for each in mail.papers)
    yield from (written.raw for written in lapsed.by_hand)
