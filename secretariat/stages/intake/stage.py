"""The stage: each waiting mail once, nothing lost and nothing doubled.

The order is what makes a crash harmless.  The raw mail is in the vault before anything else;
all that it leads to is one transaction, and that it is to be filed is part of it; the message is
filed in the mailbox only after that.  A round that died in between finds that it is owed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from secretariat.domain.calendar import LONDON
from secretariat.domain.errors import OutOfOrder, Refused, SecretariatError, StaleVersion
from secretariat.domain.ledger import OFFICE, SYSTEM, Act, Event, Tally
from secretariat.domain.mail import Mail
from secretariat.domain.mailbox import is_given_up
from secretariat.domain.matching import Matcher
from secretariat.domain.post import Posting
from secretariat.domain.post_in import Answer, MailState, Parts, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.triage_clues import SeenPaper
from secretariat.ports.clock import Clock
from secretariat.ports.mail import (
    Mailbox,
    MailReading,
    MessageGone,
    MessageUnreadable,
    Waiting,
)
from secretariat.ports.papers import Reader, Scanner, Vault
from secretariat.ports.register import OpenRegister, Register
from secretariat.stages.intake.acknowledgement import Acknowledging, Composing
from secretariat.stages.intake.ahead import Begun, opened_ahead
from secretariat.stages.intake.comparing import TextWanted
from secretariat.stages.intake.entering import Arrival, IntakePolicy
from secretariat.stages.intake.filing import Filing
from secretariat.stages.intake.looking import Looking, Taken, to_file
from secretariat.stages.intake.opening import Opened, Opening, as_kept
from secretariat.stages.intake.weighing import weigh_mail

A_DAY: Final = timedelta(days=1)
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
BEFORE_IT_WAS_READ: Final = "a message was taken out of the mailbox before it could be read"
NOTE: Final = """\
Subject: A message that the mailbox could not give

A message arrived on {arrived:%d %B %Y at %H:%M} and could not be read: {why}.
It lies in the mailbox still: open it there, save it, and put the saved mail into the mailbox again.
"""


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes waiting mails; leaves reviews, papers, links and matters, or held mail."""

    open_register: OpenRegister
    mailbox: Mailbox
    mail: MailReading
    reader: Reader
    vault: Vault
    matcher: Matcher
    clock: Clock
    policy: IntakePolicy
    composing: Composing
    scanner: Scanner | None = None

    def work(self, stopping: Callable[[], bool] = bool) -> Tally:
        """Take in every waiting mail; one that fails never stops the others.

        stopping: asked before each mail; True leaves the rest for another time.
        Raise OutOfOrder when disk, register or mailbox cannot be used.
        """
        return Looking(self.open_register, self.mailbox, self.clock, self._take_all).work(stopping)

    def answer(self, mail: int, answer: Answer, *, by: str) -> None:
        """Enter a held or noted mail as a person names it.

        Raise StaleVersion if somebody was quicker, Refused where something is missing.
        """
        kind, reference = answer.kind, answer.reference
        self._say(mail, answer, lambda filing: filing.as_said(kind, reference), by=by)

    def answer_parts(self, mail: int, parts: Parts, *, by: str) -> None:
        """Enter a held or noted mail with papers of several reviews, all or nothing.

        Each group of papers becomes a review or joins one; one acknowledgement names them all.
        Raise StaleVersion if somebody was quicker, Refused where something is missing.
        """
        self._say(mail, parts, lambda filing: filing.as_parted(parts.groups), by=by)

    def _say(
        self,
        mail: int,
        said: Answer | Parts,
        enter: Callable[[Filing], ReceivedMail],
        *,
        by: str,
    ) -> None:
        with self.open_register() as register:
            held = _answerable(register, mail, said.version)
        opened = self._opened_again(held)
        with self.open_register() as register:
            held = _answerable(register, mail, said.version)
            arrival = self._arrival(held.place, held.raw, opened, held.arrived_at, held)
            entered = enter(self._filing(register, arrival, by=by, said=said.why))
            register.owe_filing(to_file(entered))

    def _opened_again(self, held: ReceivedMail) -> Opened:
        return as_kept(held) if held.purged else self._opening().open(self.vault.open(held.raw))

    def explain(self, raw: bytes) -> dict[str, object]:
        """Return what triage makes of a mail without looking at the register."""
        return weigh_mail(raw, opening=self._opening(), trust=self.policy.trust)

    def without(self, posting: Posting, reference: Reference) -> Posting:
        """Return an acknowledgement that has not left, worded anew without this review."""
        return self._acknowledging().without(posting, reference)

    def _taken(self, waiting: Waiting) -> tuple[str, bytes]:
        sha256 = self.vault.keep_from(partial(self.mailbox.fetch, waiting.place))
        return sha256, self.vault.open(sha256)

    def _take_all(self, mails: Sequence[Waiting], stopping: Callable[[], bool]) -> Iterator[Taken]:
        """Take in mails that the register does not know; what becomes of each as it is done."""
        with opened_ahead(mails, self._taken, self._opening().open) as ahead:
            for waiting, begun in ahead:
                if stopping():
                    return
                yield self._take_in_safely(waiting, begun)

    def _take_in_safely(self, waiting: Waiting, begun: Callable[[], Begun]) -> Taken:
        try:
            return _taken_in(*self._enter(begun()))
        except OutOfOrder:
            raise
        except StaleVersion:
            return Taken()  # Somebody else took it in, or wrote to its review: the next round sees.
        except MessageGone:
            return self._note_gone()
        except MessageUnreadable as fault:
            return self._note_unreadable(waiting, fault)
        except SecretariatError as fault:
            return Taken(Tally(stuck=((waiting.place, str(fault)),)))
        except Exception as fault:  # The round goes on whatever one mail does; the mail waits.
            why = f"a fault of the service kept it from being taken in: {type(fault).__name__}"
            return Taken(Tally(stuck=((waiting.place, why),)))

    def _note_gone(self) -> Taken:
        with self.open_register() as register:
            register.write(OFFICE, Act(SYSTEM, Event.TAKEN_AWAY, BEFORE_IT_WAS_READ))
        return Taken(settled=True)

    def _note_unreadable(self, waiting: Waiting, fault: MessageUnreadable) -> Taken:
        """Try again the next rounds; then a note in the place of the message is held."""
        with self.open_register() as register:
            asked = register.note_unreadable(waiting.place, self.clock.now())
        if not is_given_up(asked, self.clock.now()):
            return Taken(Tally(stuck=((waiting.place, str(fault)),)))
        arrived = waiting.delivered_at or self.clock.now()
        note = NOTE.format(arrived=arrived.astimezone(LONDON), why=fault).encode()
        arrival = self._arrival(
            waiting.place, self.vault.keep(note), Opened(Mail(faults=(str(fault),))), arrived
        )
        return _taken_in(*self._enter_arrival(arrival))

    def _enter(self, begun: Begun) -> tuple[ReceivedMail, bool]:
        """Enter one mail in one transaction; what breaks every reader is held with the reason.

        Return it as the register holds it, and whether it was not there before.
        """
        try:
            return self._enter_opened(begun, begun.opening.result())
        except SecretariatError:
            raise
        except Exception as fault:  # The round goes on whatever a mail holds; the mail is kept.
            why = f"it broke the reading ({type(fault).__name__}): a person must look at it"
            return self._enter_opened(begun, Opened(Mail(faults=(why,))))

    def _enter_opened(self, begun: Begun, opened: Opened) -> tuple[ReceivedMail, bool]:
        waiting = begun.waiting
        arrival = self._arrival(waiting.place, begun.raw, opened, waiting.delivered_at)
        try:
            return self._enter_arrival(arrival)
        except TextWanted as wanted:
            arrival = replace(arrival, texts=self._texts(wanted.papers))
        return self._enter_arrival(arrival)

    def _enter_arrival(self, arrival: Arrival) -> tuple[ReceivedMail, bool]:
        with self.open_register() as register:
            if (entered := register.mail_at(arrival.place)) is not None:
                return entered, False
            entered = self._filing(register, arrival).by_rules()
            register.owe_filing(to_file(entered))
            register.forget_unreadable(arrival.place)
            return entered, True

    def _texts(self, papers: Sequence[SeenPaper]) -> dict[str, str]:
        """Read papers to their end; "" for one that has no text."""
        files = ((paper, self.vault.open(paper.sha256)) for paper in papers)
        return {
            paper.sha256: self.reader.read(content, paper.name, whole=True).text
            for paper, content in files
        }

    def _opening(self) -> Opening:
        return Opening(
            self.mail,
            self.reader,
            self.vault.keep,
            self.policy.words,
            self.scanner,
            self.policy.most_bytes,
        )

    def _arrival(
        self,
        place: str,
        raw: str,
        opened: Opened,
        delivered_at: datetime | None,
        held: ReceivedMail | None = None,
    ) -> Arrival:
        now = self.clock.now()
        dated = _dated(opened.mail.sent_at, delivered_at, now)
        go_live = self.policy.go_live
        quiet = go_live is not None and _day(dated) < go_live
        reached = dated if quiet else _reached(opened.mail.sent_at, delivered_at, now)
        return Arrival(place, raw, opened, now, _day(reached), quiet, held)

    def _filing(
        self, register: Register, arrival: Arrival, *, by: str = SYSTEM, said: str = ""
    ) -> Filing:
        today = self.clock.today()
        return Filing(
            register,
            self.matcher,
            self.policy,
            self._acknowledging(),
            arrival,
            today,
            by=by,
            said=said,
            recognises=self.reader.recognises,
        )

    def _acknowledging(self) -> Acknowledging:
        policy = self.policy
        return Acknowledging(
            self.composing,
            self.mail,
            self.vault,
            self.clock,
            policy.words,
            policy.trust,
            policy.acknowledgements_a_day,
        )


def _taken_in(entered: ReceivedMail, new: bool) -> Taken:
    if not new:
        tally = Tally()
    elif entered.state is MailState.HELD:
        tally = Tally(1, ((f"mail {entered.number}", entered.why),))
    else:
        tally = Tally(1)
    return Taken(tally, settled=True, entered=entered)


def _answerable(register: Register, number: int, version: int) -> ReceivedMail:
    held = register.mail(number)
    if held.version != version:
        raise StaleVersion(f"Mail {number}")
    if held.state not in (MailState.HELD, MailState.NOTED):
        raise Refused(f"mail {number} is {held.state}: split, merge or undo the review instead")
    return held


def _dated(sent_at: datetime | None, delivered_at: datetime | None, now: datetime) -> datetime:
    """Return when a mail was written, as far as its own date can be believed."""
    if sent_at is not None and sent_at > EARLIEST:
        return _not_after(sent_at, now)
    return _not_after(delivered_at or now, now)


def _reached(sent_at: datetime | None, delivered_at: datetime | None, now: datetime) -> datetime:
    """Return when a mail reached us; a mailbox that was copied has the days of its copying."""
    if delivered_at is None or delivered_at > now:
        return now
    if sent_at is not None and delivered_at < sent_at - A_DAY:
        return now
    return delivered_at


def _not_after(moment: datetime, now: datetime) -> datetime:
    return min(moment, now)


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
