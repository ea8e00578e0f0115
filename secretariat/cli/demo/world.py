"""The demonstration's world: an office of its own, a stopped clock, a mailbox, a council's site.

Nothing in it reaches beyond this machine: mail is files, and the one address that may be
fetched is the little site's.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from secretariat.cli.demo.site import Site
from secretariat.daemon import turn
from secretariat.domain.errors import NotFound
from secretariat.domain.ledger import Tally
from secretariat.domain.letter import Letter
from secretariat.domain.post import Posting, PostingKind
from secretariat.domain.post_in import MailState, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review
from secretariat.office.office import Office

LONDON: Final = ZoneInfo("Europe/London")
ROUNDS_AT_MOST: Final = 5


@dataclass
class StoppedClock:
    """The office's clock: it stands until the story moves it.  moment: bears a time zone."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment it stands at, in UTC."""
        return self.moment.astimezone(UTC)

    def today(self) -> date:
        """Return that moment's day in London."""
        return self.moment.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class Arrival:
    """One mail of the story.

    what: in a few words, for the table; mail: its number in the register, None if not taken in
    """

    number: int
    key: str
    what: str
    mail: int | None


@dataclass
class World:
    """What the story acts on.

    post: lets a mail arrive in the mailbox, as a server does
    arrivals: every mail so far, in order; stuck: (day, stage, what, why) of each fault met
    say: hears of each month as it passes
    """

    office: Office
    clock: StoppedClock
    site: Site
    post: Callable[[bytes], object]
    arrivals: list[Arrival] = field(default_factory=list)
    stuck: list[tuple[date, str, str, str]] = field(default_factory=list)
    last_raw: dict[str, bytes] = field(default_factory=dict)
    say: Callable[[str], None] = lambda told: None

    @property
    def now(self) -> datetime:
        """Return the moment the clock stands at, UTC."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """Return the London day."""
        return self.clock.today()

    def go_to(self, day: date, hour: int = 10) -> None:
        """Let each working day up to `day` pass with a round in its morning."""
        for passing in _weekdays(self.today, day):
            self._stand_at(passing, 10)
            self.work()
        self._stand_at(day, hour)

    def work(self) -> None:
        """Let every stage work until nothing more is done."""
        for _ in range(ROUNDS_AT_MOST):
            tallies = {name: turn(name, work) for name, work in self.office.round().items()}
            self._note(tallies)
            if not any(tally.done for tally in tallies.values()):
                return

    def arrives(self, key: str, what: str, raw: bytes) -> None:
        """Deliver a mail, as a server does, and let the office take it in."""
        before = self._newest()
        self.post(raw)
        self.last_raw[key] = raw
        self.work()
        mail = self._newest()
        taken = mail if mail > before else None
        self.arrivals.append(Arrival(len(self.arrivals) + 1, key, what, taken))

    def received(self, key: str) -> ReceivedMail:
        """Return the mail of this key as the register has it; raise NotFound before intake."""
        number = next(one.mail for one in self.arrivals if one.key == key)
        if number is None:
            raise NotFound(f"the mail {key!r}")
        with self.office.open_reading() as reading:
            return reading.mail(number)

    def reference(self, key: str) -> Reference:
        """Return the review that the mail of this key was registered as or joined to."""
        mail = self.received(key)
        if not mail.references:
            raise NotFound(f"a review of the mail {key!r}")
        return mail.references[0]

    def review(self, key: str) -> Review:
        """Return the review as it stands now."""
        with self.office.open_reading() as reading:
            return reading.review(self.reference(key))

    def letter(self, key: str) -> Letter:
        """Return the latest letter on a review."""
        with self.office.open_reading() as reading:
            return reading.letters_of(self.reference(key))[-1]

    def posted(self, key: str, kind: PostingKind) -> Posting:
        """Return our latest mail of this kind about a review: what a council would answer."""
        with self.office.open_reading() as reading:
            sent = reading.postings_of(self.reference(key))
        return [one for one in sent if one.kind is kind][-1]

    def _newest(self) -> int:
        """Return the number of the newest mail in the register, 0 for none."""
        with self.office.open_reading() as reading:
            newest = [reading.newest_mails(state, limit=1) for state in MailState]
        return max((mails[0].number for mails in newest if mails), default=0)

    def _stand_at(self, day: date, hour: int) -> None:
        if day.month != self.today.month:
            self.say(f"{day:%B %Y}")
        self.clock.moment = datetime.combine(day, time(hour), LONDON)

    def _note(self, tallies: Mapping[str, Tally]) -> None:
        for stage, tally in tallies.items():
            for what, why in tally.stuck:
                if (told := (self.today, stage, what, why)) not in self.stuck:
                    self.stuck.append(told)


Act = Callable[[World], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step of the story: the London day and hour, and what then happens."""

    on: date
    act: Act
    hour: int = 11


def tell(world: World, steps: tuple[Step, ...], *, until: date) -> None:
    """Let the steps happen on their days, and the days between them pass."""
    for step in steps:
        world.go_to(step.on, step.hour)
        step.act(world)
        world.work()
    world.go_to(until)
    world.work()


def _weekdays(after: date, before: date) -> Iterator[date]:
    day = after + timedelta(days=1)
    while day < before:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)
