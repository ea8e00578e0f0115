"""Recall: mail that was filed but that the register does not know waits again.

After a restore the register has forgotten what came since the backup, while the mailbox
has it in its folders.  Nothing is lost: such mail is put back and taken in anew.
"""

from dataclasses import dataclass

from secretariat.domain.ledger import Tally
from secretariat.ports.mail import Mailbox
from secretariat.ports.register import OpenReading


@dataclass(frozen=True, slots=True)
class Recall:
    """Takes filed mail that the register does not know; leaves it waiting for intake."""

    open_reading: OpenReading
    mailbox: Mailbox

    def work(self) -> Tally:
        """Put every unknown mail back; it is slow in proportion to all the mail ever filed."""
        done = 0
        for place in tuple(self.mailbox.filed()):
            with self.open_reading() as reading:
                known = reading.mail_at(place) is not None
            if not known:
                self.mailbox.put_back(place)
                done += 1
        return Tally(done)
