"""Each working morning staff are told what will be sent: in time to stop what should not be.

A morning is claimed before its mails leave, so that nobody is told twice; no pseudonym is in them.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from secretariat.domain.calendar import LONDON, is_working_day
from secretariat.domain.errors import NotFound, OutOfOrder
from secretariat.domain.ledger import OFFICE, SYSTEM, Act, Event, Tally
from secretariat.domain.mail import Draft
from secretariat.domain.outlook import DayAhead, Leaving
from secretariat.domain.written import counted
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.mail import LineDropped, MailReading, Outbox, SendRefused
from secretariat.ports.register import OpenRegister, Reading

LATEST: Final = timedelta(hours=4)
TOLD: Final = "morning mail"
"""Under this name stands the last day of which staff were told."""
KEPT: Final = "Of what would leave then, this waits"


@dataclass(frozen=True, slots=True)
class MorningPolicy:
    """Who is told, when, and how the mail is signed; at: London time."""

    to: tuple[str, ...]
    at: time
    sender: str
    domain: str
    unit: str


@dataclass(frozen=True, slots=True)
class Morning:
    """Mails to staff what leaves today and on the next working day."""

    open_register: OpenRegister
    outbox: Outbox
    mail: MailReading
    press: Letterpress
    clock: Clock
    ahead: Callable[[], Sequence[DayAhead]]
    policy: MorningPolicy
    holidays: AbstractSet[date]

    def work(self) -> Tally:
        """Tell staff once, unless sending is held or there is nothing to tell."""
        if not self.policy.to or not self._is_time():
            return Tally()
        today = self.clock.today().isoformat()
        with self.open_register() as register:
            if register.reached(TOLD) == today or not register.switch().released:
                return Tally()
            register.save_reached(TOLD, today)
        days = self.ahead()
        if not any(each.leaving or each.kept for each in days):
            return Tally()
        try:
            return self._tell(days)
        except OutOfOrder:
            with self.open_register() as register:
                register.save_reached(TOLD, "")  # Nothing left: a later round tries again.
            raise

    def _is_time(self) -> bool:
        now = self.clock.now().astimezone(LONDON)
        begins = datetime.combine(now.date(), self.policy.at, LONDON)
        return is_working_day(now.date(), self.holidays) and begins <= now < begins + LATEST

    def _tell(self, days: Sequence[DayAhead]) -> Tally:
        with self.open_register() as register:
            told = [
                {"heading": heading, "lines": [_line(register, one) for one in found]}
                for each in days
                for heading, found in ((each.heading, each.leaving), (KEPT, each.kept))
                if found or heading is not KEPT
            ]
        title = "; ".join(each.heading for each in days if each.leaving) or days[0].heading
        values = {"title": title, "days": told, "unit": self.policy.unit}
        subject, body = self.press.word("morning", values)
        stuck, done = [], 0
        for number, to in enumerate(self.policy.to, start=1):
            try:
                done += self._send(number, to, subject, body)
            except LineDropped as fault:
                stuck.append(("the morning mail", str(fault)))
            except SendRefused as fault:
                if isinstance(fault, OutOfOrder):
                    raise
                stuck.append(("the morning mail", str(fault)))
        with self.open_register() as register:
            what = f"staff were told of {counted(sum(len(each.leaving) for each in days), 'mail')}"
            register.write(OFFICE, Act(SYSTEM, Event.STAFF_TOLD, what))
        return Tally(done, tuple(stuck))

    def _send(self, number: int, to: str, subject: str, body: str) -> bool:
        message_id = f"<morning.{self.clock.today()}.{number}@{self.policy.domain}>"
        if self.outbox.sent(message_id):
            return False
        moment = self.clock.now()
        draft = Draft(
            message_id, self.policy.sender, to, subject, body, moment, automatic="auto-generated"
        )
        self.outbox.send(self.mail.compose(draft), message_id)
        return True


def _line(register: Reading, one: Leaving) -> str:
    partnerships = [_partnership(register, one) for _ in one.references[:1]]
    about = ", ".join([*map(str, one.references), *(each for each in partnerships if each)])
    line = f"{one.kind} on {about}" if about else str(one.kind)
    return f"{line}: {one.bar}" if one.bar else line


def _partnership(register: Reading, one: Leaving) -> str:
    try:
        return register.review(one.references[0]).parties.csp or ""
    except NotFound:
        return ""
