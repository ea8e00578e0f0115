"""Looking through the mailbox: from the place that was reached to the newest message, and filing.

The place is kept only when every message before it is dealt with; one that is stuck is met again
the next round, those beside it are known by then.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.domain.ledger import OFFICE, SYSTEM, Act, Event, Tally
from secretariat.domain.mailbox import ToFile
from secretariat.domain.post_in import MailState, ReceivedMail
from secretariat.ports.clock import Clock
from secretariat.ports.mail import Mailbox, Waiting
from secretariat.ports.register import OpenRegister

FOLDERS: Final = {
    MailState.REGISTERED: "Registered",
    MailState.JOINED: "Registered",
    MailState.NOTED: "Noted",
    MailState.HELD: "Held",
    MailState.REFUSED: "Refused",
}
PLACE_LOST: Final = "the place reached in the mailbox was lost: all that waits is looked at again"
BY_HAND: Final = "mail {number} was moved or deleted by hand in the mailbox; the vault holds it"


NOTHING: Final = Tally()


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one message: what to tell, whether it is settled, and as what it is known."""

    tally: Tally = NOTHING
    settled: bool = False
    entered: ReceivedMail | None = None


def to_file(mail: ReceivedMail) -> ToFile:
    """Return where a mail that was entered is to be filed."""
    return ToFile(mail.place, FOLDERS[mail.state])


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks through one mailbox once.

    take: takes in messages that are not known, each told as it is done; fewer when it is stopped
    """

    open_register: OpenRegister
    mailbox: Mailbox
    clock: Clock
    take: Callable[[Sequence[Waiting], Callable[[], bool]], Iterator[Taken]]

    def work(self, stopping: Callable[[], bool]) -> Tally:
        """File what is owed, then take in and file what has come."""
        self._file_owed(stopping)
        with self.open_register() as register:
            since = register.reached(self.mailbox.name)
        tally, settled = Tally(), True
        while True:
            news = self.mailbox.changes(since)
            if news.anew:
                self._note_place_lost()
            told, whole = self._take(news.arrived, stopping)
            tally, settled = tally + told, settled and whole
            if settled and news.reached != since:
                with self.open_register() as register:
                    register.save_reached(self.mailbox.name, news.reached)
            if not news.more or stopping():
                return tally
            since = news.reached

    def _take(self, arrived: Sequence[Waiting], stopping: Callable[[], bool]) -> tuple[Tally, bool]:
        """Return what is to be told of these messages, and whether all are settled."""
        known = self._known(arrived)
        new = [each for each in arrived if each.place not in known]
        filed = [owed for mail in known.values() if (owed := self._file(mail))]
        tally, settled = Tally(), 0
        try:
            for taken in self.take(new, stopping):
                tally, settled = tally + taken.tally, settled + taken.settled
                if taken.entered and (owed := self._file(taken.entered)):
                    filed.append(owed)
        finally:
            self._forget(filed)
        return tally, settled == len(new)

    def _known(self, arrived: Sequence[Waiting]) -> dict[str, ReceivedMail]:
        with self.open_register() as register:
            mails = (register.mail_at(each.place) for each in arrived)
            return {mail.place: mail for mail in mails if mail}

    def _file(self, mail: ReceivedMail) -> ToFile | None:
        owed = to_file(mail)
        if not self.mailbox.file(owed.place, owed.folder):
            with self.open_register() as register:
                act = Act(SYSTEM, Event.TAKEN_AWAY, BY_HAND.format(number=mail.number))
                register.write(OFFICE, act)
        return owed

    def _file_owed(self, stopping: Callable[[], bool]) -> None:
        """File what was entered and not filed, as after a crash or an answer on the pages."""
        with self.open_register() as register:
            owed = register.to_file()
        filed = []
        try:
            for each in owed:
                if stopping():
                    break
                self.mailbox.file(each.place, each.folder)
                filed.append(each)
        finally:
            self._forget(filed)

    def _forget(self, filed: Sequence[ToFile]) -> None:
        if filed:
            with self.open_register() as register:
                register.forget_filing(filed)

    def _note_place_lost(self) -> None:
        with self.open_register() as register:
            register.write(OFFICE, Act(SYSTEM, Event.PLACE_LOST, PLACE_LOST))
