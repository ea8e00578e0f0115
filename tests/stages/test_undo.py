"""The time to undo: an approved letter waits, can be stopped, and leaves only in working hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.calendar import OfficeHours, bank_holidays, is_open
from secretariat.domain.contacts import Switch
from secretariat.domain.errors import Refused, StaleVersion, UnlawfulMove
from secretariat.domain.ledger import Event
from secretariat.domain.letter import Fact, Letter, LetterStatus
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.review import Outcome, Status
from secretariat.stages.approval import Approval
from secretariat.stages.dispatch import Dispatch
from tests.builders import (
    APPROVER,
    CASEWORKER,
    NOW,
    REFERENCE,
    TODAY,
    a_chaser,
    a_letter,
    a_meeting,
    a_posting,
    a_review,
    an_act,
    an_office,
)
from tests.dispatch_builders import seat
from tests.letter_builders import RememberingOutbox, a_press

HALF_AN_HOUR = timedelta(minutes=30)
HOURS = OfficeHours(time(9), time(17))
FREE = bank_holidays((2026,))
WEDNESDAY = date(2026, 3, 11)


@dataclass
class Floor:
    """Approval and dispatch over one register, with a clock that stands."""

    approval: Approval
    dispatch: Dispatch
    outbox: RememberingOutbox
    clock: StoppedClock

    def letter(self) -> Letter:
        with self.approval.open_register() as pen:
            return pen.letter(REFERENCE, 1)

    def approved(self) -> Letter:
        letter = self.approval.confirm(
            REFERENCE, 1, tuple(Fact), version=self.letter().version, by=CASEWORKER
        )
        return self.approval.approve(REFERENCE, 1, version=letter.version, by=APPROVER)

    def round_at(self, hour: int, minute: int = 0, day: int = 10) -> int:
        self.clock.moment = datetime(2026, 3, day, hour, minute, tzinfo=UTC)
        return self.dispatch.work().done


@pytest.fixture
def floor(register: Database, vault: Vault, clock: StoppedClock) -> Floor:
    with register.register() as pen:
        pen.add_review(a_review(status=Status.CONSIDERED, outcome=Outcome.PUBLISH), an_act())
        pen.add_meeting(a_meeting(), an_act())
        pen.add_letter(a_letter(), an_act())
        pen.save_office(an_office(), an_act())
        pen.save_switch(Switch(released=True, version=pen.switch().version), an_act())
    approval = Approval(register.register, a_press(), vault, clock, HOURS, FREE, undo=HALF_AN_HOUR)
    outbox = RememberingOutbox()
    dispatch = replace(seat(register.register, vault, outbox, clock), hours=HOURS, holidays=FREE)
    return Floor(approval, dispatch, outbox, clock)


def test_an_approved_letter_waits_for_its_half_hour_and_then_leaves(floor: Floor) -> None:
    letter = floor.approved()
    assert letter.stop_until == NOW + HALF_AN_HOUR
    assert floor.round_at(12, 29) == 0
    assert floor.letter().status is LetterStatus.APPROVED
    assert floor.round_at(12, 30) == 2
    assert floor.letter().status is LetterStatus.SENT


def test_a_letter_is_stopped_with_a_reason_and_is_a_draft_again(floor: Floor) -> None:
    letter = floor.approved()
    stopped = floor.approval.stop(
        REFERENCE, 1, "the name is wrong", version=letter.version, by=CASEWORKER
    )
    assert (stopped.status, stopped.approved_by, stopped.stop_until, stopped.sealed) == (
        LetterStatus.DRAFT,
        "",
        None,
        "",
    )
    assert stopped.returned == 0
    with floor.approval.open_register() as pen:
        last = pen.ledger(str(REFERENCE))[-1]
    assert (last.what, last.wording, "name" in last.why) == (
        Event.STOPPED,
        "the name is wrong",
        False,
    )
    assert floor.round_at(16) == 0
    assert floor.outbox.left == []


def test_a_letter_is_not_stopped_without_a_reason_nor_twice_nor_as_another_version(
    floor: Floor,
) -> None:
    letter = floor.approved()
    with pytest.raises(Refused, match="say why"):
        floor.approval.stop(REFERENCE, 1, "  ", version=letter.version, by=CASEWORKER)
    with pytest.raises(StaleVersion):
        floor.approval.stop(REFERENCE, 1, "why", version=letter.version - 1, by=CASEWORKER)
    stopped = floor.approval.stop(REFERENCE, 1, "why", version=letter.version, by=CASEWORKER)
    with pytest.raises(UnlawfulMove):
        floor.approval.stop(REFERENCE, 1, "why", version=stopped.version, by=CASEWORKER)


def test_what_has_left_is_corrected_and_not_stopped(floor: Floor) -> None:
    letter = floor.approved()
    floor.round_at(12, 30)
    with pytest.raises(Refused, match="corrected, not stopped"):
        floor.approval.stop(REFERENCE, 1, "late", version=letter.version, by=CASEWORKER)


@pytest.mark.parametrize(
    ("hour", "minute", "day"),
    [(16, 29, TODAY), (16, 30, WEDNESDAY), (16, 45, WEDNESDAY), (23, 50, WEDNESDAY)],
)
def test_a_letter_bears_the_day_on_which_it_can_leave_after_its_half_hour(
    floor: Floor, hour: int, minute: int, day: date
) -> None:
    floor.clock.moment = datetime(2026, 3, 10, hour, minute, tzinfo=UTC)
    letter = floor.approved()
    assert letter.leaves_on == letter.content.letter_date == day


def test_a_letter_needs_its_round_too_so_that_none_comes_back_next_morning(floor: Floor) -> None:
    floor.approval = replace(floor.approval, lead=timedelta(minutes=2))
    floor.clock.moment = datetime(2026, 3, 10, 16, 29, tzinfo=UTC)
    assert floor.approved().leaves_on == WEDNESDAY


def test_nothing_leaves_before_the_office_opens_nor_after_it_closes(floor: Floor) -> None:
    floor.clock.moment = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
    assert floor.approved().leaves_on == TODAY
    assert floor.round_at(8, 59) == 0
    assert floor.round_at(9) == 2


def test_an_approval_of_a_friday_evening_leaves_on_monday_morning(floor: Floor) -> None:
    floor.clock.moment = datetime(2026, 3, 13, 18, 0, tzinfo=UTC)
    assert floor.approved().leaves_on == date(2026, 3, 16)
    for day in (13, 14, 15):
        assert floor.round_at(19 if day == 13 else 12, day=day) == 0
    assert floor.round_at(9, day=16) == 2


def test_a_letter_prepared_too_late_waits_and_comes_back_the_next_day(floor: Floor) -> None:
    floor.approved()
    assert floor.round_at(17) == 0
    assert floor.letter().status is LetterStatus.APPROVED
    assert floor.round_at(9, day=11) == 0
    assert floor.letter().status is LetterStatus.DRAFT
    assert floor.outbox.left == []


def test_mails_that_were_ready_at_closing_time_stay(floor: Floor) -> None:
    floor.approved()
    floor.outbox.refuses = 1
    floor.round_at(12, 30)
    with floor.approval.open_register() as pen:
        letter = next(one for one in pen.postings_of(REFERENCE) if one.kind is PostingKind.LETTER)
    floor.dispatch.release(letter.number, by=APPROVER)
    assert floor.round_at(17, 30) == 0
    assert floor.outbox.left == []


def test_an_acknowledgement_leaves_at_night_and_a_reminder_waits_for_the_morning(
    floor: Floor, register: Database, vault: Vault
) -> None:
    raw = vault.keep(b"a mail")
    with register.register() as pen:
        pen.save_review(replace(pen.review(REFERENCE), status=Status.PUBLICATION_AWAITED), an_act())
        pen.add_posting(a_chaser(raw=raw, leave_on=TODAY), an_act())
        answer = a_posting(
            kind=PostingKind.ACKNOWLEDGEMENT,
            letter=None,
            raw=raw,
            message_id="<ack@secretariat.example>",
        )
        pen.add_posting(answer, an_act())
    assert floor.round_at(22) == 1
    with register.reading() as eyes:
        chaser, ack = sorted(eyes.postings_of(REFERENCE), key=lambda one: one.number)
    assert (chaser.status, ack.status) == (PostingStatus.READY, PostingStatus.SENT)
    assert floor.round_at(9, 5, day=11) == 1


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        (datetime(2026, 3, 10, 8, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 10, 9, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 10, 17, 0, tzinfo=UTC), False),
        (datetime(2026, 6, 10, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 6, 10, 16, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 14, 12, 0, tzinfo=UTC), False),
        (datetime(2026, 4, 3, 12, 0, tzinfo=UTC), False),
    ],
)
def test_the_office_is_open_on_working_days_by_londons_clock(
    moment: datetime, opened: bool
) -> None:
    assert is_open(moment, HOURS, FREE) is opened
