"""Counting: every message of the mailbox is in the register, or waits; a difference is an alarm.

With R for the places of all mails in the register and M for everything that lies in the mailbox:

    messages in M = registered + joined + noted + held + refused, without those gone
                    + those that wait to be taken in + those that nobody accounts for

Gone is in R and not in M: somebody took it out by hand, and the vault holds it.  Unaccounted for
is what lies filed in M, or was put aside there as unreadable, and is not in R: of these there may
be none.  A message that was entered but not filed yet, as after a crash, is in R: it counts once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from secretariat.domain.ledger import Tally
from secretariat.domain.post_in import MailCount, MailState
from secretariat.ports.clock import Clock
from secretariat.ports.mail import Mailbox
from secretariat.ports.register import OpenReading, OpenRegister

MOST_NAMED: Final = 20
AN_HOUR: Final = timedelta(hours=1)
LOST: Final = "it lies in the mailbox as if it were dealt with, and the register does not know it"
LATE: Final = "it has waited for over an hour to be taken in"


@dataclass(frozen=True, slots=True)
class Counting:
    """Holds the mailbox against the register; leaves the count for the pages and the doctor."""

    open_register: OpenRegister
    open_reading: OpenReading
    mailbox: Mailbox
    clock: Clock

    def work(self) -> Tally:
        """Count, keep the count, and name each message that is lost or late."""
        count = self.count()
        with self.open_register() as register:
            register.save_mail_count(count)
        lost = tuple((place, LOST) for place in count.lost)
        return Tally(stuck=lost + tuple((place, LATE) for place in count.late))

    def count(self) -> MailCount:
        """Return the count and change nothing.

        What waits is looked at first and the register last: a message on its way through the
        intake meanwhile is seen twice rather than never.
        """
        waiting = {each.place: each.delivered_at for each in self.mailbox.unfiled()}
        here = set(self.mailbox.filed())
        here.update(self.mailbox.aside())
        with self.open_reading() as reading:
            states = reading.tally_of_mail()
            known = set(reading.places())
        unfiled = {place: at for place, at in waiting.items() if place not in known}
        lost = sorted(here - known - waiting.keys())
        here.update(waiting)
        return MailCount(
            self.clock.now(),
            in_mailbox=len(here),
            waiting=len(unfiled),
            registered=states[MailState.REGISTERED],
            joined=states[MailState.JOINED],
            noted=states[MailState.NOTED],
            held=states[MailState.HELD],
            refused=states[MailState.REFUSED],
            gone=len(known - here),
            late=self._late(unfiled),
            lost=tuple(lost[:MOST_NAMED]),
        )

    def _late(self, waiting: Mapping[str, datetime | None]) -> tuple[str, ...]:
        before = self.clock.now() - AN_HOUR
        late = sorted((at, place) for place, at in waiting.items() if at and at < before)
        return tuple(place for _, place in late[:MOST_NAMED])
