"""Several reviews of one council, quiet days, a person's hand, and who answers after a merger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.chase import ChaseState
from secretariat.domain.chase_policy import ChasePolicy
from secretariat.domain.errors import Refused
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import Pause
from secretariat.stages.chase import Chase, Rounds
from tests.builders import (
    CASEWORKER,
    CSP_ID,
    REFERENCE,
    a_contact,
    a_mail,
    a_posting,
    a_review,
    an_act,
)
from tests.stages.test_chase import CONTACT, FIRST, SECOND, awaited, chase, chasers, turn

__all__ = ["chase"]

OTHER, THIRD_ONE = Reference(2026, 2), Reference(2026, 3)
MERGED_ON = date(2026, 4, 1)


def test_reviews_of_one_council_that_fall_due_on_a_day_share_one_mail(
    register: Database, chase: Chase, clock: StoppedClock, vault: Vault
) -> None:
    awaited(register)
    awaited(register, reference=OTHER, contact=CONTACT.upper())
    awaited(register, reference=THIRD_ONE, contact="elsewhere@othershire.example")
    assert turn(chase, clock, FIRST) == 2
    (shared,) = chasers(register)
    assert shared.references == (REFERENCE, OTHER)
    mail = chase.mail.parse(vault.open(shared.raw))
    assert mail.in_reply_to == ()
    assert all(str(one) in mail.text and str(one) in mail.subject for one in shared.references)
    assert "Maria" not in mail.text + mail.subject
    assert "name our reference beside each link" in mail.text
    (alone,) = chasers(register, THIRD_ONE)
    assert alone.references == (THIRD_ONE,)
    assert turn(chase, clock, FIRST + timedelta(days=1)) == 0


def test_an_answer_about_one_of_them_holds_the_mail_back_and_the_others_are_asked_again(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    awaited(register, reference=OTHER)
    assert turn(chase, clock, FIRST) == 1
    with register.register() as pen:
        pen.add_mail(a_mail(references=(OTHER,), unread_answer=True), an_act())
    assert [turn(chase, clock, FIRST), turn(chase, clock, FIRST)] == [0, 1]
    held, alone = chasers(register)
    assert (held.status, alone.status) == (PostingStatus.DROPPED, PostingStatus.READY)
    assert alone.references == (REFERENCE,)


def test_an_address_that_has_a_mail_of_ours_today_is_asked_tomorrow(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    with register.register() as pen:
        pen.add_posting(
            a_posting(
                kind=PostingKind.ACKNOWLEDGEMENT,
                to=CONTACT.upper(),
                leave_on=FIRST,
                message_id="<ack@secretariat.example>",
                letter=None,
            ),
            an_act(),
        )
    assert turn(chase, clock, FIRST) == 0
    assert turn(chase, clock, FIRST + timedelta(days=1)) == 1


def test_a_review_rests_until_its_day_and_every_act_on_it_wakes_it(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    turn(chase, clock, FIRST - timedelta(days=5))
    with register.reading() as eyes:
        assert eyes.to_follow(FIRST - timedelta(days=1)) == ()
        assert len(eyes.to_follow(FIRST)) == 1
    with register.register() as pen:
        pen.save_review(replace(pen.review(REFERENCE), pause=Pause("an inquest", SECOND)), an_act())
    with register.reading() as eyes:
        assert len(eyes.to_follow(FIRST - timedelta(days=1))) == 1
    assert turn(chase, clock, FIRST) == 0
    assert turn(chase, clock, SECOND) == 1


def test_a_change_of_the_rules_wakes_all(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    turn(chase, clock, FIRST - timedelta(days=5))
    chase.wake()
    with register.reading() as eyes:
        assert len(eyes.to_follow(FIRST - timedelta(days=4))) == 1


def test_a_person_sends_the_next_reminder_now_with_a_reason(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    clock.moment = datetime(2026, 3, 20, 10, tzinfo=UTC)
    with pytest.raises(Refused):
        chase.send_now(REFERENCE, " ", by=CASEWORKER)
    sent = chase.send_now(REFERENCE, "they rang and asked for it", by=CASEWORKER)
    assert (sent.status, sent.due_on) == (PostingStatus.READY, FIRST)
    with pytest.raises(Refused, match="written already"):
        chase.send_now(REFERENCE, "once more", by=CASEWORKER)
    with register.register() as pen:
        pen.save_posting(replace(sent, status=PostingStatus.SENT), an_act())
    assert turn(chase, clock, FIRST) == 0
    assert turn(chase, clock, SECOND) == 1


def test_nobody_is_asked_by_hand_on_a_quiet_day(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register, facts=replace(a_review().facts, date_of_death="2021-03-20"))
    clock.moment = datetime(2026, 3, 20, 10, tzinfo=UTC)
    with pytest.raises(Refused, match="anniversary"):
        chase.send_now(REFERENCE, "they rang", by=CASEWORKER)


def test_stepping_up_is_a_draft_that_a_person_releases_and_a_copy_of_it(
    register: Database, chase: Chase, clock: StoppedClock, vault: Vault
) -> None:
    awaited(register)
    clock.moment = datetime(2026, 9, 1, 10, tzinfo=UTC)
    drafts = chase.step_up(
        REFERENCE,
        "chief.executive@anyshire.example",
        "the chief executive",
        "three reminders without an answer",
        copy_to="copy@anyshire.example",
        by=CASEWORKER,
    )
    assert {one.status for one in drafts} == {PostingStatus.FOR_RELEASE}
    assert [one.to for one in drafts] == [
        "chief.executive@anyshire.example",
        "copy@anyshire.example",
    ]
    first, copy = (chase.mail.parse(vault.open(one.raw)).text for one in drafts)
    assert "chief executive" in first
    assert "copy" in copy.lower()
    assert "Maria" not in first + copy


def test_a_stopped_chase_rests_until_a_person_says_so(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    chase.stop(REFERENCE, "the family asked us to", by=CASEWORKER)
    assert turn(chase, clock, date(2026, 12, 1)) == 0
    assert chase.standing(REFERENCE).state is ChaseState.PAUSED
    chase.resume(REFERENCE, "the family agrees now", by=CASEWORKER)
    assert turn(chase, clock, date(2026, 12, 1)) == 1


@dataclass(frozen=True)
class Ending:
    told: str = "Anytown (abolished 1 April 2026; now Newshire)"
    ended_on: date = MERGED_ON
    current_id: str = "newshire"


def merging(chase: Chase) -> Chase:
    return replace(
        chase,
        successor=lambda csp, day: Ending() if csp == CSP_ID and day >= MERGED_ON else None,
    )


def test_when_councils_merge_nobody_is_asked_until_a_new_contact_is_confirmed(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    chase = merging(chase)
    awaited(register)
    clock.moment = datetime(2026, 4, 8, 10, tzinfo=UTC)
    tally = chase.work()
    assert (tally.done, "now Newshire" in tally.stuck[0][1]) == (0, True)
    new = a_contact(reference="newshire", email="new@newshire.example", confirmed_at=clock.moment)
    with register.register() as pen:
        pen.save_contact(new, an_act())
    assert turn(chase, clock, FIRST + timedelta(days=1)) == 1
    assert chasers(register)[0].to == "new@newshire.example"


def test_whoever_was_confirmed_after_the_merger_is_asked(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    chase = merging(chase)
    awaited(register)
    since = datetime(2026, 4, 2, 9, tzinfo=UTC)
    with register.register() as pen:
        again = a_contact(reference=str(REFERENCE), email=CONTACT, confirmed_at=since)
        pen.save_contact(again, an_act())
    assert turn(chase, clock, FIRST) == 1


def test_the_first_round_of_a_process_looks_at_every_review_anew(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    turn(chase, clock, FIRST - timedelta(days=5))
    rounds = Rounds(replace(chase, policy=ChasePolicy(publish=(10,))))
    assert [rounds.work().done, rounds.work().done] == [1, 0]
    assert rounds.woken
