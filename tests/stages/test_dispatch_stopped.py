"""What was prepared and must not leave any more, and what leaves on another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import Refused
from secretariat.domain.letter import LetterStatus
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import MatterKind, Outcome, Pause, Review, Status
from secretariat.stages.dispatch import Dispatch
from secretariat.stages.dispatch.stage import OVERDUE
from tests.builders import (
    APPROVER,
    COUNCIL_ADDRESS,
    REFERENCE,
    TODAY,
    a_chaser,
    a_contact,
    a_link,
    a_mail,
    a_matter,
    a_posting,
    a_review,
    an_act,
)
from tests.dispatch_builders import an_approved_letter, fill_register, seat
from tests.letter_builders import RememberingOutbox

ONE_DAY = timedelta(days=1)
OTHER = Reference(2026, 2)
AWAITED = Status.PUBLICATION_AWAITED


@pytest.fixture
def outbox() -> RememberingOutbox:
    return RememberingOutbox()


@pytest.fixture
def dispatch(
    register: Database, vault: Vault, clock: StoppedClock, outbox: RememberingOutbox
) -> Dispatch:
    release(register)
    return seat(register.register, vault, outbox, clock)


def release(register: Database, released: bool = True) -> None:
    with register.register() as pen:
        pen.save_switch(replace(pen.switch(), released=released), an_act())


def awaited(register: Database, **said: object) -> Review:
    with register.register() as pen:
        review = a_review(status=AWAITED, outcome=Outcome.PUBLISH)
        return pen.add_review(replace(review, **said), an_act())  # type: ignore[arg-type]


def post(register: Database, vault: Vault, posting: Posting) -> Posting:
    raw = vault.keep(posting.message_id.encode())
    with register.register() as pen:
        added = pen.add_posting(replace(posting, raw=raw), an_act())
    assert added is not None
    return added


def an_acknowledgement(number: int, **said: object) -> Posting:
    plain = a_posting(
        kind=PostingKind.ACKNOWLEDGEMENT, letter=None, message_id=f"<ack-{number}@homeoffice>"
    )
    return replace(plain, **said)  # type: ignore[arg-type]


def now(register: Database, posting: Posting) -> Posting:
    with register.reading() as reading:
        return reading.posting(posting.number)


@pytest.mark.parametrize("status", [Status.MERGED, Status.UNDONE, Status.WITHDRAWN])
@pytest.mark.parametrize("kind", [PostingKind.ACKNOWLEDGEMENT, PostingKind.CHASER])
def test_nothing_leaves_about_a_review_that_is_over(
    register: Database,
    vault: Vault,
    dispatch: Dispatch,
    outbox: RememberingOutbox,
    status: Status,
    kind: PostingKind,
) -> None:
    awaited(register, status=status)
    due_on = TODAY if kind is PostingKind.CHASER else None
    posting = post(register, vault, a_posting(kind=kind, letter=None, due_on=due_on))
    assert dispatch.work().done == 0
    assert outbox.left == []
    assert now(register, posting).status is PostingStatus.DROPPED
    assert str(status) in now(register, posting).why


def test_an_approved_letter_on_a_withdrawn_report_is_given_up(
    register: Database, vault: Vault, clock: StoppedClock, outbox: RememberingOutbox
) -> None:
    fill_register(register, an_approved_letter(vault))
    with register.register() as pen:
        pen.save_review(replace(pen.review(REFERENCE), status=Status.WITHDRAWN), an_act())
    seat(register.register, vault, outbox, clock).work()
    with register.reading() as reading:
        assert reading.letter(REFERENCE, 1).status is LetterStatus.ABANDONED
    assert outbox.left == []


def test_a_letter_whose_review_ends_while_it_waits_takes_its_copies_with_it(
    register: Database, vault: Vault, clock: StoppedClock, outbox: RememberingOutbox
) -> None:
    fill_register(register, an_approved_letter(vault))
    outbox.refuses = 1
    stage = seat(register.register, vault, outbox, clock)
    stage.work()
    with register.register() as pen:
        pen.save_review(replace(pen.review(REFERENCE), status=Status.WITHDRAWN), an_act())
        letter, _ = pen.postings_of(REFERENCE)
        pen.save_posting(replace(letter, status=PostingStatus.READY), an_act())
    stage.work()
    with register.reading() as reading:
        stand = [each.status for each in reading.postings_of(REFERENCE)]
        assert reading.letter(REFERENCE, 1).status is LetterStatus.DRAFT
    assert (stand, outbox.left) == ([PostingStatus.DROPPED] * 2, [])


@pytest.mark.parametrize("came", ["answer", "question", "link", "pause", "contact", "publication"])
def test_what_comes_a_moment_before_a_reminder_leaves_still_stops_it(
    register: Database, vault: Vault, dispatch: Dispatch, outbox: RememberingOutbox, came: str
) -> None:
    review = awaited(register)
    chaser = post(register, vault, a_chaser())
    with register.register() as pen:
        if came == "answer":
            pen.add_mail(a_mail(unread_answer=True), an_act())
        elif came == "question":
            asked = MatterKind.REQUEST_TO_EXPLAIN
            pen.add_matter(a_matter(kind=asked, reference=REFERENCE), an_act())
        elif came == "contact":
            pen.save_contact(a_contact(email="new@anyshire.example"), an_act())
        elif came == "link":
            pen.add_link(a_link(), an_act())
        elif came == "pause":
            pen.save_review(replace(review, pause=Pause("they rang")), an_act())
        else:
            pen.save_review(replace(review, status=Status.PUBLISHED), an_act())
    dispatch.work()
    assert outbox.left == []
    assert now(register, chaser).status is PostingStatus.DROPPED


def test_a_person_who_releases_a_reminder_is_told_what_stops_it(
    register: Database, vault: Vault, dispatch: Dispatch
) -> None:
    awaited(register)
    chaser = post(register, vault, a_chaser(status=PostingStatus.FOR_RELEASE))
    with register.register() as pen:
        pen.add_mail(a_mail(unread_answer=True), an_act())
    with pytest.raises(Refused, match="the council has answered"):
        dispatch.release(chaser.number, by=APPROVER)


def test_a_reminder_that_was_due_while_sending_was_held_waits_for_a_person(
    register: Database,
    vault: Vault,
    clock: StoppedClock,
    dispatch: Dispatch,
    outbox: RememberingOutbox,
) -> None:
    awaited(register)
    chaser = post(register, vault, a_chaser())
    dispatch.switch(False, by=APPROVER, why="we look first")
    clock.moment += ONE_DAY
    assert [each.status for each in dispatch.would_leave()] == [PostingStatus.FOR_RELEASE]
    dispatch.switch(True, by=APPROVER, why="we are ready")
    dispatch.work()
    held = now(register, chaser)
    assert (held.status, held.why) == (PostingStatus.FOR_RELEASE, OVERDUE)
    dispatch.release(chaser.number, by=APPROVER)
    assert dispatch.work().done == 1
    assert len(outbox.left) == 1


def test_while_sending_is_held_nothing_at_all_leaves_and_everything_is_shown(
    register: Database, vault: Vault, dispatch: Dispatch, outbox: RememberingOutbox
) -> None:
    fill_register(register, an_approved_letter(vault), released=False)
    with register.register() as pen:
        pen.add_review(a_review(reference=OTHER, status=AWAITED), an_act())
    post(register, vault, an_acknowledgement(1))
    post(register, vault, a_chaser(references=(OTHER,)))
    dispatch.work()
    assert outbox.left == []
    assert {each.kind for each in dispatch.would_leave()} == set(PostingKind)


def test_an_address_gets_one_acknowledgement_a_day_also_after_sending_was_held(
    register: Database,
    vault: Vault,
    clock: StoppedClock,
    dispatch: Dispatch,
    outbox: RememberingOutbox,
) -> None:
    awaited(register)
    for number in (1, 2, 3):
        day = TODAY - ONE_DAY * number
        post(register, vault, an_acknowledgement(number, leave_on=day))
    for expected in (1, 2, 3):
        dispatch.work()
        dispatch.work()
        assert len(outbox.left) == expected
        clock.moment += ONE_DAY


def test_an_acknowledgement_released_by_a_person_waits_for_its_turn_too(
    register: Database,
    vault: Vault,
    clock: StoppedClock,
    dispatch: Dispatch,
    outbox: RememberingOutbox,
) -> None:
    awaited(register)
    post(register, vault, an_acknowledgement(1))
    waiting = an_acknowledgement(
        2, to=COUNCIL_ADDRESS.upper(), leave_on=TODAY - ONE_DAY, status=PostingStatus.FOR_RELEASE
    )
    held = post(register, vault, waiting)
    dispatch.work()
    dispatch.release(held.number, by=APPROVER)
    dispatch.work()
    assert len(outbox.left) == 1
    clock.moment += ONE_DAY
    dispatch.work()
    assert len(outbox.left) == 2


def test_a_reminder_that_sent_holds_is_not_sent_again(
    register: Database, vault: Vault, dispatch: Dispatch, outbox: RememberingOutbox
) -> None:
    awaited(register)
    chaser = post(register, vault, a_chaser())
    outbox.left.append((chaser.message_id, b"it left before the restore"))
    dispatch.work()
    assert len(outbox.left) == 1
    assert now(register, chaser).status is PostingStatus.SENT


@pytest.mark.parametrize(
    ("hour", "left"), [(22, 0), (23, 2)], ids=["23:30 in London the day before", "00:30 in London"]
)
def test_a_letters_day_begins_and_ends_in_london(
    register: Database,
    vault: Vault,
    clock: StoppedClock,
    outbox: RememberingOutbox,
    hour: int,
    left: int,
) -> None:
    summer = date(2026, 6, 10)
    fill_register(register, an_approved_letter(vault, leaves_on=summer))
    clock.moment = datetime(2026, 6, 9, hour, 30, tzinfo=UTC)
    stage = seat(register.register, vault, outbox, clock)
    stage.work()
    assert len(outbox.left) == left
    clock.moment = datetime(2026, 6, 10, 23, 30, tzinfo=UTC)
    stage.work()
    assert len(outbox.left) == left
    with register.reading() as reading:
        stand = reading.letter(REFERENCE, 1).status
    assert stand is (LetterStatus.SENT if left else LetterStatus.DRAFT)
