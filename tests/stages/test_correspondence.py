"""What staff write by hand from the mailbox: joined to its review once, and the chase waits."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.folders import fresh_name, make_maildir
from secretariat.adapters.mail.sent import MaildirSent
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.by_hand import WrittenByHand
from secretariat.domain.chase import ChaseState
from secretariat.domain.ledger import OFFICE, Event
from secretariat.domain.post import PostingStatus
from secretariat.domain.post_in import MailState
from secretariat.domain.reference import Reference
from secretariat.domain.review import Pause, Review, Status
from secretariat.ports.mail import MessageUnreadable, Sink
from secretariat.ports.register import Register
from secretariat.stages.chase import Chase
from secretariat.stages.correspondence import Correspondence, HandPolicy
from tests.builders import CASEWORKER, REFERENCE, a_mail, a_posting, a_review, an_act
from tests.mail_builders import PLAIN, a_raw
from tests.stages.test_chase import CONTACT, FIRST, awaited, chasers, turn
from tests.stages.test_chase import chase as chase

US = "DHR Enquiries <dhr@homeoffice.example>"
COLLEAGUE = "legal.advice@homeoffice.example"
LETTER = f"<letter.{REFERENCE}@secretariat.example>"
POLICY = HandPolicy(
    frozenset({"homeoffice.example"}),
    "secretariat.example",
    {"anyshire": ("anyshire.example",)},
    go_live=date(2026, 1, 1),
)


class Unreadable(MaildirSent):
    """A Sent folder whose server cannot give its messages."""

    def fetch(self, place: str, into: Sink) -> None:
        """Raise MessageUnreadable."""
        raise MessageUnreadable("the server is at fault")


class Counted(MaildirSent):
    """A Sent folder that counts what is fetched from it."""

    __slots__ = ("__dict__",)

    @property
    def fetched(self) -> int:
        return int(self.__dict__.get("count", 0))

    def fetch(self, place: str, into: Sink) -> None:
        """Write the message, and count it."""
        self.__dict__["count"] = self.fetched + 1
        MaildirSent.fetch(self, place, into)


@dataclass
class Desk:
    """A Sent folder, and the stage that looks through it."""

    register: Database
    vault: Vault
    clock: StoppedClock
    folder: Path
    policy: HandPolicy = POLICY
    _count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def stage(self, **doors: Any) -> Correspondence:
        plain: dict[str, Any] = {
            "open_register": self.register.register,
            "sent": MaildirSent(self.folder),
            "mail": PLAIN,
            "vault": self.vault,
            "clock": self.clock,
            "policy": self.policy,
        }
        return Correspondence(**{**plain, **doors})

    def send(self, **said: Any) -> bytes:
        """Let a member of staff send a mail now, a second after the one before."""
        self.clock.moment += timedelta(seconds=1)
        said.setdefault("message_id", f"<{next(self._count)}@OUTLOOK.homeoffice.example>")
        raw = a_raw(**{"sender": US, "to": CONTACT, "date": self.clock.moment, **said})
        (self.folder / "cur" / fresh_name(self.clock.moment.timestamp())).write_bytes(raw)
        return raw

    def found(self, reference: Reference = REFERENCE) -> tuple[WrittenByHand, ...]:
        self.stage().work()
        with self.register.reading() as reading:
            return reading.by_hand_about(reference)

    def review(self, reference: Reference = REFERENCE) -> Review:
        with self.register.reading() as reading:
            return reading.review(reference)

    def told(self, event: Event) -> list[str]:
        with self.register.reading() as reading:
            return [one.why for one in reading.ledger(str(REFERENCE)) if one.what is event]


@pytest.fixture
def desk(register: Database, vault: Vault, clock: StoppedClock, tmp_path: Path) -> Desk:
    make_maildir(tmp_path / "sent")
    return Desk(register, vault, clock, tmp_path / "sent")


def test_an_answer_on_our_letters_thread_joins_its_review_and_is_kept(desk: Desk) -> None:
    awaited(desk.register)
    raw = desk.send(answers=LETTER, subject="Your review", body="We rang you today.")
    (mail,) = desk.found()
    assert (mail.subject, mail.to, mail.text.strip()) == (
        "Your review",
        (CONTACT,),
        "We rang you today.",
    )
    assert desk.vault.open(mail.raw) == raw
    assert desk.told(Event.BY_HAND) == ["staff wrote by hand from the mailbox on 10 March 2026"]
    with desk.register.reading() as reading:
        assert mail.raw in reading.kept_files()


def test_an_answer_to_a_councils_mail_joins_that_mails_review(desk: Desk) -> None:
    awaited(desk.register)
    with desk.register.register() as pen:
        pen.add_mail(a_mail(message_id="<asked@anyshire.example>"), an_act())
    desk.send(answers="<asked@anyshire.example>")
    assert len(desk.found()) == 1


def test_a_first_mail_to_the_council_is_known_by_our_reference(desk: Desk) -> None:
    awaited(desk.register, sender="")
    desk.send(subject=f"About {REFERENCE}", to="another.person@anyshire.example")
    desk.send(body=f"Our reference is {REFERENCE}.")
    assert len(desk.found()) == 2


def test_our_reference_in_a_mail_to_somebody_else_joins_nothing(desk: Desk) -> None:
    awaited(desk.register)
    desk.send(subject=f"About {REFERENCE}", to="press@newspaper.example")
    desk.send(subject="About QA-2026-9999")
    desk.send(subject="Lunch", to=COLLEAGUE)
    assert desk.found() == ()
    assert list(desk.vault.names()) == []


def test_the_chase_waits_for_ten_working_days_and_says_why(desk: Desk, chase: Chase) -> None:
    awaited(desk.register)
    desk.clock.moment = datetime(2026, 4, 1, 9, tzinfo=UTC)
    desk.send(answers=LETTER)
    desk.found()
    # Good Friday and Easter Monday fall into these days.
    until = date(2026, 4, 17)
    assert desk.review().pause == Pause(
        "staff wrote by hand from the mailbox on 1 April 2026", until
    )
    assert desk.told(Event.CHASE_PAUSED) == ["until 17 April 2026"]
    assert turn(chase, desk.clock, FIRST) == 0
    standing = chase.standing(REFERENCE)
    assert standing.state is ChaseState.PAUSED
    assert "staff wrote by hand" in standing.why
    assert turn(chase, desk.clock, until) == 1


def test_a_person_lets_the_chase_go_on_and_the_mail_does_not_stop_it_again(
    desk: Desk, chase: Chase
) -> None:
    awaited(desk.register)
    desk.clock.moment = datetime(2026, 4, 1, 9, tzinfo=UTC)
    desk.send(answers=LETTER)
    desk.found()
    chase.resume(REFERENCE, "it was about something else", by=CASEWORKER)
    desk.found()
    assert desk.review().pause is None
    assert turn(chase, desk.clock, FIRST) == 1


def test_a_reminder_that_is_ready_does_not_leave_once_staff_wrote(desk: Desk, chase: Chase) -> None:
    awaited(desk.register)
    turn(chase, desk.clock, FIRST)
    desk.send(answers=LETTER)
    desk.found()
    chase.work()
    assert [one.status for one in chasers(desk.register)] == [PostingStatus.DROPPED]


@pytest.mark.parametrize("until", [None, date(2026, 6, 1)])
def test_a_longer_pause_of_a_person_stays(desk: Desk, until: date | None) -> None:
    pause = Pause("the coroner has it", until)
    awaited(desk.register, pause=pause)
    desk.send(answers=LETTER)
    assert len(desk.found()) == 1
    assert desk.review().pause == pause


@pytest.mark.parametrize("days", [0, 10])
def test_what_is_passed_on_inside_joins_and_stops_nothing(desk: Desk, days: int) -> None:
    desk.policy = replace(POLICY, pause_days=days)
    awaited(desk.register)
    desk.send(answers=LETTER, to=CONTACT if days == 0 else COLLEAGUE)
    assert len(desk.found()) == 1
    assert desk.review().pause is None


def test_a_review_that_is_not_chased_is_joined_and_not_paused(desk: Desk) -> None:
    awaited(desk.register, status=Status.PUBLISHED)
    desk.send(answers=LETTER)
    assert len(desk.found()) == 1
    assert desk.review().pause is None


@pytest.mark.parametrize(
    ("to", "state", "waits"),
    [
        (CONTACT, MailState.JOINED, False),
        ("somebody.else@anyshire.example", MailState.JOINED, True),
        (COLLEAGUE, MailState.JOINED, True),
        (CONTACT, MailState.HELD, True),
    ],
)
def test_a_councils_answer_is_dealt_with_when_it_was_answered_to_its_sender(
    desk: Desk, to: str, state: MailState, waits: bool
) -> None:
    awaited(desk.register)
    answer = a_mail(message_id="<answer@anyshire.example>", state=state, unread_answer=True)
    with desk.register.register() as pen:
        number = pen.add_mail(answer, an_act()).number
    desk.send(answers="<answer@anyshire.example>", to=to)
    desk.found()
    with desk.register.reading() as reading:
        assert reading.mail(number).unread_answer is waits


def test_an_answer_that_came_after_the_mail_by_hand_still_waits(desk: Desk) -> None:
    awaited(desk.register)
    later = desk.clock.moment + timedelta(hours=1)
    answer = a_mail(
        message_id="<answer@anyshire.example>",
        state=MailState.JOINED,
        unread_answer=True,
        sent_at=later,
        arrived_at=later,
    )
    with desk.register.register() as pen:
        pen.add_mail(answer, an_act())
    desk.send(answers="<answer@anyshire.example>")
    desk.found()
    with desk.register.reading() as reading:
        assert len(reading.unread_answers()) == 1


def test_what_the_service_sent_is_never_taken_for_a_persons(desk: Desk, chase: Chase) -> None:
    awaited(desk.register)
    turn(chase, desk.clock, FIRST)
    (posting,) = chasers(desk.register)
    raw = desk.vault.open(posting.raw)
    renamed = raw.replace(posting.message_id.encode(), b"<given-by-the-server@outlook.example>")
    forgotten = a_raw(
        message_id=f"<{REFERENCE}.chaser.0123@secretariat.example>", answers=LETTER, to=CONTACT
    )
    for count, each in enumerate((raw, renamed, forgotten)):
        name = fresh_name(desk.clock.moment.timestamp() + count)
        (desk.folder / "cur" / name).write_bytes(each)
    desk.clock.moment += timedelta(minutes=1)
    assert renamed != raw
    assert desk.found() == ()
    assert desk.review().pause is None


def test_a_mail_that_lies_in_sent_twice_is_kept_once(desk: Desk) -> None:
    awaited(desk.register)
    desk.send(answers=LETTER, message_id="<same@outlook.example>")
    desk.send(answers=LETTER, message_id="<same@outlook.example>")
    assert len(desk.found()) == 1
    assert len(desk.found()) == 1


def test_of_an_old_folder_only_what_came_after_go_live_is_opened(desk: Desk) -> None:
    awaited(desk.register)
    desk.policy = replace(POLICY, go_live=date(2026, 3, 10))
    desk.clock.moment = datetime(2026, 3, 9, 12, tzinfo=UTC)
    for _ in range(200):
        desk.send(answers=LETTER)
    desk.clock.moment = datetime(2026, 3, 10, 12, tzinfo=UTC)
    desk.send(answers=LETTER, subject="New")
    sent = Counted(desk.folder)
    desk.stage(sent=sent).work()
    assert sent.fetched == 1
    assert [one.subject for one in desk.found()] == ["New"]


def test_without_go_live_what_was_sent_before_the_first_round_is_left_alone(desk: Desk) -> None:
    awaited(desk.register)
    desk.policy = replace(POLICY, go_live=None)
    desk.send(answers=LETTER)
    desk.clock.moment += timedelta(minutes=1)
    assert desk.found() == ()
    desk.send(answers=LETTER, subject="New")
    sent = Counted(desk.folder)
    desk.stage(sent=sent).work()
    desk.stage(sent=sent).work()
    assert sent.fetched == 1
    assert [one.subject for one in desk.found()] == ["New"]


@pytest.mark.parametrize("year", [1970, 2044])
def test_a_date_that_cannot_be_right_loses_no_mail(desk: Desk, year: int) -> None:
    awaited(desk.register)
    desk.send(answers=LETTER, date=datetime(year, 1, 1, tzinfo=UTC))
    (mail,) = desk.found()
    assert mail.sent_at.date() == desk.clock.today()


def test_an_answer_is_joined_when_the_mail_that_it_answers_comes_through_late(desk: Desk) -> None:
    awaited(desk.register)
    desk.send(answers="<late@anyshire.example>")
    stage = desk.stage()
    stage.work()
    with desk.register.register() as pen:
        pen.add_mail(a_mail(message_id="<late@anyshire.example>"), an_act())
    stage.work()
    assert len(desk.found()) == 1


def test_after_an_hour_nothing_is_awaited_and_nothing_of_it_is_kept(desk: Desk) -> None:
    awaited(desk.register)
    desk.send(answers="<never@anyshire.example>", subject="Private")
    stage = desk.stage()
    stage.work()
    desk.clock.moment += timedelta(hours=1)
    stage.work()
    with desk.register.register() as pen:
        pen.add_mail(a_mail(message_id="<never@anyshire.example>"), an_act())
    assert desk.found() == ()
    assert list(desk.vault.names()) == []


def test_an_answer_to_a_mail_with_a_password_is_kept_without_its_bytes(desk: Desk) -> None:
    awaited(desk.register)
    with desk.register.register() as pen:
        pen.add_mail(a_mail(message_id="<secret@anyshire.example>", secret=True), an_act())
    desk.send(answers="<secret@anyshire.example>", body="Thank you for the password Heron-42.")
    (mail,) = desk.found()
    assert (mail.purged, mail.text) == (True, "")
    assert list(desk.vault.names()) == []
    with desk.register.reading() as reading:
        assert mail.raw not in reading.kept_files()


def test_a_mail_about_a_merged_review_joins_the_one_that_took_it_over(desk: Desk) -> None:
    awaited(desk.register)
    other = Reference(2026, 2)
    with desk.register.register() as pen:
        merged = a_review(reference=other, status=Status.MERGED, merged_into=REFERENCE)
        pen.add_review(merged, an_act())
        posted = a_posting(references=(other,), message_id="<old@secretariat.example>")
        pen.add_posting(replace(posted, status=PostingStatus.SENT), an_act())
    desk.send(answers="<old@secretariat.example>")
    assert len(desk.found()) == 1


def test_a_message_that_is_never_given_is_passed_over_and_the_next_ones_go_on(desk: Desk) -> None:
    awaited(desk.register)
    desk.send(answers=LETTER)
    stage = desk.stage(sent=Unreadable(desk.folder))
    for _ in range(5):
        assert len(stage.work().stuck) == 1
        desk.clock.moment += timedelta(minutes=3)
    with desk.register.reading() as reading:
        told = [one.why for one in reading.ledger(OFFICE)]
    assert told == ["a message in Sent could not be read and was passed over"]
    assert stage.work().stuck == ()
    desk.send(answers=LETTER)
    assert len(desk.found()) == 1


class Killed(BaseException):
    """The process dies."""


@pytest.mark.parametrize("before_commit", [True, False])
@pytest.mark.parametrize("after", range(7))
def test_killed_anywhere_nothing_is_lost_and_nothing_twice(
    desk: Desk, after: int, before_commit: bool
) -> None:
    awaited(desk.register)
    answer = a_mail(
        message_id="<answer@anyshire.example>", state=MailState.JOINED, unread_answer=True
    )
    with desk.register.register() as pen:
        pen.add_mail(answer, an_act())
    desk.send(answers="<answer@anyshire.example>")
    left = itertools.count()

    @contextmanager
    def dying() -> Iterator[Register]:
        last = next(left) == after
        with desk.register.register() as pen:
            yield pen
            if last and before_commit:
                raise Killed
        if last:
            raise Killed

    def rounds() -> None:
        for _ in range(3):
            desk.stage(open_register=dying).work()

    with pytest.raises(Killed):
        rounds()
    assert len(desk.found()) == 1
    assert len(desk.told(Event.BY_HAND)) == 1
    assert len(desk.told(Event.CHASE_PAUSED)) == 1
    assert len(desk.told(Event.MAIL_ANSWERED)) == 1
