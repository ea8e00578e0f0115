"""Reminders from the register, and what stops them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.chase import ChaseState
from secretariat.domain.errors import Refused
from secretariat.domain.ledger import Event
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.publication import Link
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Review, Status
from secretariat.stages.chase import Chase
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

TEMPLATES = Path(__file__).parents[2] / "templates"
SENT_AT = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
FIRST, SECOND, THIRD = date(2026, 4, 8), date(2026, 5, 7), date(2026, 6, 5)
CONTACT = "jo.bloggs@anyshire.example"


@pytest.fixture
def chase(register: Database, vault: Vault, clock: StoppedClock) -> Chase:
    return Chase(
        register.register,
        Press(TEMPLATES, soffice=""),
        MimeReading(str),
        vault,
        clock,
        sender="dhr@homeoffice.example",
        domain="secretariat.example",
        open_reading=register.reading,
    )


def awaited(register: Database, *, contact: str = CONTACT, **said: Any) -> Review:
    """Register a review whose letter was sent on 9 March 2026, with a confirmed contact."""
    plain = {
        "status": Status.PUBLICATION_AWAITED,
        "outcome": Outcome.PUBLISH,
        "since": SENT_AT.date(),
    }
    with register.register() as pen:
        review = pen.add_review(a_review(**{**plain, **said}), an_act())
        letter = a_posting(
            references=(review.reference,),
            message_id=f"<letter.{review.reference}@secretariat.example>",
            status=PostingStatus.SENT,
            leave_on=SENT_AT.date(),
            sent_at=SENT_AT,
        )
        pen.add_posting(letter, an_act())
        if contact:
            pen.save_contact(a_contact(reference=str(review.reference), email=contact), an_act())
    return review


def turn(chase: Chase, clock: StoppedClock, day: date) -> int:
    """Let the stage work at ten on a day."""
    clock.moment = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    return chase.work().done


def chasers(register: Database, reference: Reference = REFERENCE) -> list[Posting]:
    with register.reading() as eyes:
        found = eyes.postings_of(reference)
    return [posting for posting in found if posting.kind is PostingKind.CHASER]


def test_a_reminder_is_a_reply_in_the_letters_thread_to_the_confirmed_contact(
    register: Database, chase: Chase, clock: StoppedClock, vault: Vault
) -> None:
    awaited(register, sender="somebody.else@anyshire.example")
    assert turn(chase, clock, FIRST) == 1
    (posting,) = chasers(register)
    mail = chase.mail.parse(vault.open(posting.raw))
    assert (posting.status, posting.to, posting.due_on) == (PostingStatus.READY, CONTACT, FIRST)
    assert mail.recipients == (CONTACT,)
    assert mail.in_reply_to == mail.references == (f"<letter.{REFERENCE}@secretariat.example>",)
    assert mail.subject == "Re: Domestic homicide review DHR15: feedback letter (QA-2026-0001)"
    assert "expect to publish" in mail.text
    assert mail.message_id.endswith("@secretariat.example>")


@pytest.mark.parametrize("outcome", [Outcome.PUBLISH, Outcome.PUBLISH_AFTER_CHANGES])
def test_no_wording_names_a_pseudonym(
    register: Database, chase: Chase, clock: StoppedClock, vault: Vault, outcome: Outcome
) -> None:
    facts = replace(a_review().facts, local_reference="DHR Maria")
    awaited(register, facts=facts, outcome=outcome)
    for day in (date(2026, 4, 8), date(2026, 5, 7), date(2026, 6, 5), date(2026, 7, 3)):
        turn(chase, clock, day)
    turn(chase, clock, date(2026, 8, 28))
    wording = [chase.mail.parse(vault.open(one.raw)) for one in chasers(register)]
    assert len(wording) == 3
    assert len({mail.text for mail in wording}) == 3
    assert not any("Maria" in mail.text + mail.subject for mail in wording)


def test_a_due_day_brings_one_reminder_however_often_the_stage_works(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    assert [turn(chase, clock, FIRST - timedelta(days=1)) for _ in range(2)] == [0, 0]
    assert [turn(chase, clock, FIRST + timedelta(days=each)) for each in range(4)] == [1, 0, 0, 0]
    assert turn(chase, clock, SECOND) == 1
    assert [posting.due_on for posting in chasers(register)] == [FIRST, SECOND]


def test_after_the_last_reminder_the_home_page_counts_it_for_a_person(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    for day in (FIRST, SECOND, THIRD, THIRD + timedelta(days=30)):
        turn(chase, clock, day)
    with register.reading() as eyes:
        assert eyes.counts(clock.today()).chase_spent == 1
    assert chase.standing(REFERENCE).state is ChaseState.SPENT
    assert len(chasers(register)) == 3


def test_what_is_overdue_collapses_to_one_reminder_that_a_person_releases(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    assert turn(chase, clock, SECOND) == 1
    (posting,) = chasers(register)
    assert (posting.due_on, posting.status) == (SECOND, PostingStatus.FOR_RELEASE)
    assert posting.why


def test_a_review_registered_in_silence_is_never_chased_by_itself(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register, quiet=True)
    for day in (FIRST, SECOND):
        assert turn(chase, clock, day) == 1
    statuses = [posting.status for posting in chasers(register)]
    assert statuses == [PostingStatus.DROPPED, PostingStatus.FOR_RELEASE]


def test_an_answer_stops_the_chase_and_holds_back_what_has_not_left(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    turn(chase, clock, FIRST)
    with register.register() as pen:
        answer = pen.add_mail(a_mail(unread_answer=True), an_act())
    assert turn(chase, clock, FIRST) == 0
    assert chasers(register)[0].status is PostingStatus.DROPPED
    assert turn(chase, clock, SECOND) == 0
    with register.register() as pen:
        pen.save_mail(replace(answer, unread_answer=False), an_act())
    assert turn(chase, clock, SECOND) == 1


def test_a_link_stops_the_chase(register: Database, chase: Chase, clock: StoppedClock) -> None:
    awaited(register)
    with register.register() as pen:
        pen.add_link(Link(0, REFERENCE, "https://anyshire.example/dhr", SENT_AT), an_act())
    assert turn(chase, clock, FIRST) == 0
    assert chasers(register) == []


def test_without_a_confirmed_contact_staff_are_told_and_nobody_is_asked(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    other = Reference(2026, 2)
    with register.register() as pen:
        pen.add_review(
            a_review(reference=other, status=Status.PUBLICATION_AWAITED, outcome=Outcome.PUBLISH),
            an_act(),
        )
        letter = a_posting(references=(other,), message_id="<2@x.example>", sent_at=SENT_AT)
        pen.add_posting(replace(letter, status=PostingStatus.SENT), an_act())
    clock.moment = datetime(2026, 4, 8, 10, tzinfo=UTC)
    tally = chase.work()
    assert (tally.done, [what for what, _ in tally.stuck]) == (1, [str(other)])
    assert chasers(register, other) == []


def test_the_partnerships_contact_is_asked_where_the_review_has_none(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    review = awaited(register)
    with register.register() as pen:
        pen.add_review(replace(review, reference=Reference(2026, 2), version=0), an_act())
        letter = a_posting(references=(Reference(2026, 2),), message_id="<2@x.example>")
        pen.add_posting(replace(letter, status=PostingStatus.SENT, sent_at=SENT_AT), an_act())
        pen.save_contact(a_contact(reference=CSP_ID, email="csp@anyshire.example"), an_act())
    assert turn(chase, clock, FIRST) == 2
    assert chasers(register, Reference(2026, 2))[0].to == "csp@anyshire.example"


def test_a_pause_has_a_reason_and_lapses_on_its_date(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    chase.pause(REFERENCE, "the inquest", date(2026, 4, 20), by=CASEWORKER)
    assert turn(chase, clock, FIRST) == 0
    assert "the inquest" in chase.standing(REFERENCE).why
    assert turn(chase, clock, date(2026, 4, 20)) == 1
    with register.reading() as eyes:
        paused = [each for each in eyes.ledger(str(REFERENCE)) if each.what is Event.CHASE_PAUSED]
    assert [(each.who, each.wording) for each in paused] == [(CASEWORKER, "the inquest")]
    assert "inquest" not in paused[0].why


def test_a_person_lets_a_chase_go_on(register: Database, chase: Chase, clock: StoppedClock) -> None:
    awaited(register)
    chase.pause(REFERENCE, "the trial", None, by=CASEWORKER)
    assert turn(chase, clock, FIRST) == 0
    chase.resume(REFERENCE, "the trial is over", by=CASEWORKER)
    assert turn(chase, clock, FIRST) == 1


@pytest.mark.parametrize(
    ("reason", "until"),
    [
        pytest.param(" ", None, id="without a reason"),
        pytest.param("the trial", date(2026, 3, 10), id="until today"),
    ],
)
def test_a_pause_without_reason_or_in_the_past_is_refused(
    register: Database, chase: Chase, reason: str, until: date | None
) -> None:
    awaited(register)
    with pytest.raises(Refused):
        chase.pause(REFERENCE, reason, until, by=CASEWORKER)


def test_a_review_that_is_not_awaited_cannot_be_paused(register: Database, chase: Chase) -> None:
    awaited(register, status=Status.PUBLISHED)
    with pytest.raises(Refused):
        chase.pause(REFERENCE, "the trial", None, by=CASEWORKER)


def test_an_answer_unread_for_five_working_days_is_told_of(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    with register.register() as pen:
        pen.add_mail(a_mail(unread_answer=True), an_act())
    clock.moment = datetime(2026, 3, 6, 18, tzinfo=UTC)
    assert chase.old_answers() == ()
    clock.moment = datetime(2026, 3, 9, 9, tzinfo=UTC)
    assert len(chase.old_answers()) == 1


def test_reviews_that_are_closed_cost_the_round_nothing(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    with register.register() as pen:
        for number in range(2, 60):
            closed = a_review(reference=Reference(2026, number), status=Status.PUBLISHED)
            pen.add_review(closed, an_act())
    clock.moment = datetime(2026, 4, 8, 10, tzinfo=UTC)
    assert [followup.review.reference for followup in chase.due()] == [REFERENCE]
