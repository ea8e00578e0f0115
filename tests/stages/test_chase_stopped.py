"""Mail that came back and questions that were put: what they do to the chase."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.chase import ChaseState
from secretariat.domain.message_id import reference_in
from secretariat.domain.post import Posting, PostingStatus
from secretariat.domain.review import MatterKind
from secretariat.stages.casework import Casework
from secretariat.stages.chase import Chase
from tests.builders import (
    CASEWORKER,
    REFERENCE,
    a_contact,
    a_mail,
    a_matter,
    a_posting,
    an_act,
)
from tests.intake_builders import a_directory
from tests.stages.test_chase import FIRST, SECOND, SENT_AT, awaited, chasers, turn
from tests.stages.test_chase import chase as chase

LATER = SENT_AT + timedelta(days=3)


def bounced(register: Database, posting: Posting) -> None:
    with register.register() as pen:
        now = pen.posting(posting.number)
        pen.save_posting(replace(now, status=PostingStatus.BOUNCED), an_act())


def test_a_reminder_that_came_back_waits_for_another_contact_and_then_goes_to_it(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    turn(chase, clock, FIRST)
    bounced(register, chasers(register)[0])
    assert turn(chase, clock, SECOND) == 0
    assert "not delivered" in chase.standing(REFERENCE).why
    with register.register() as pen:
        pen.save_contact(a_contact(email="new@anyshire.example"), an_act())
    assert turn(chase, clock, SECOND) == 1
    assert chasers(register)[-1].to == "new@anyshire.example"


def test_a_second_letter_that_came_back_is_not_chased_by_the_first(
    register: Database, chase: Chase, clock: StoppedClock
) -> None:
    awaited(register)
    second = a_posting(letter=2, message_id="<letter-2@secretariat.example>", sent_at=LATER)
    with register.register() as pen:
        pen.add_posting(replace(second, status=PostingStatus.BOUNCED), an_act())
    assert turn(chase, clock, SECOND) == 0
    assert chase.standing(REFERENCE).state is ChaseState.NONE


def test_nobody_guesses_the_id_of_a_reminder_and_it_names_its_review(
    register: Database, chase: Chase, clock: StoppedClock, vault: Vault
) -> None:
    awaited(register)
    turn(chase, clock, FIRST)
    (posting,) = chasers(register)
    assert reference_in(posting.message_id, domain="secretariat.example") == REFERENCE
    with register.reading() as reading:
        first = reading.ledger(str(REFERENCE))[0]
    assert str(FIRST) not in posting.message_id
    assert first.hash not in posting.message_id


@pytest.mark.parametrize("by_mail", [True, False])
def test_a_question_stops_the_chase_until_it_is_answered(
    register: Database, chase: Chase, clock: StoppedClock, by_mail: bool
) -> None:
    awaited(register)
    asked = a_matter(kind=MatterKind.REQUEST_TO_EXPLAIN, reference=REFERENCE)
    with register.register() as pen:
        mail = pen.add_mail(a_mail(unread_answer=by_mail), an_act())
        matter = pen.add_matter(replace(asked, mail=mail.number), an_act())
    assert turn(chase, clock, FIRST) == 0
    assert chase.standing(REFERENCE).state is ChaseState.PAUSED
    casework = Casework(register.register, a_directory(), clock)
    casework.answer_matter(matter.number, "we rang", version=matter.version, by=CASEWORKER)
    assert turn(chase, clock, FIRST) == 1
