"""A case that ends leaves no answer of a council unread, and the ledger says why it ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.register import Database
from secretariat.domain.council import directory_of
from secretariat.domain.errors import Refused
from secretariat.domain.ledger import Event
from secretariat.domain.post_in import MailState, ReceivedMail, dealt_with
from secretariat.domain.publication import Check, Finding, LinkStatus, proposal, seen_in_words
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from secretariat.stages.casework import Casework
from secretariat.stages.publication import Publication
from tests.builders import (
    CASEWORKER,
    NOW,
    REFERENCE,
    a_check,
    a_link,
    a_mail,
    a_review,
    an_act,
)

OTHER = Reference(2026, 2)
LINK = a_link(number=1, status=LinkStatus.CHECKED)


@pytest.fixture
def publication(register: Database, clock: StoppedClock) -> Publication:
    return Publication(register.register, None, None, None, clock)  # type: ignore[arg-type]


def with_answer(register: Database, *about: Reference, status: Status) -> None:
    """Register two reviews, and an unread answer about some of them."""
    with register.register() as pen:
        for reference in (REFERENCE, OTHER):
            pen.add_review(a_review(reference=reference, status=status), an_act())
        answer = a_mail(state=MailState.JOINED, references=about, unread_answer=True)
        pen.add_mail(answer, an_act())


def unread(register: Database) -> int:
    with register.reading() as reading:
        return len(reading.unread_answers())


@pytest.mark.parametrize("ending", ["confirm_published", "agree_not_to_publish"])
def test_the_end_of_the_wait_deals_with_its_answers(
    register: Database, publication: Publication, ending: str
) -> None:
    with_answer(register, REFERENCE, status=Status.PUBLICATION_AWAITED)
    getattr(publication, ending)(REFERENCE, "read on their page", by=CASEWORKER)
    assert unread(register) == 0
    with register.reading() as reading:
        told = [(entry.who, entry.what) for entry in reading.ledger(str(REFERENCE))]
    assert (CASEWORKER, Event.MAIL_ANSWERED) in told


def test_an_answer_about_another_that_is_awaited_stays_unread(
    register: Database, publication: Publication
) -> None:
    with_answer(register, REFERENCE, OTHER, status=Status.PUBLICATION_AWAITED)
    publication.confirm_published(REFERENCE, "read on their page", by=CASEWORKER)
    assert unread(register) == 1
    publication.confirm_published(OTHER, "read on their page", by=CASEWORKER)
    assert unread(register) == 0


@pytest.mark.parametrize(
    ("about", "left"),
    [
        pytest.param((REFERENCE,), 0, id="an answer about the merged one alone is dealt with"),
        pytest.param((REFERENCE, OTHER), 1, id="an answer about both stays"),
    ],
)
def test_a_merge_deals_with_what_came_to_the_merged_registration(
    register: Database, clock: StoppedClock, about: tuple[Reference, ...], left: int
) -> None:
    with_answer(register, *about, status=Status.RECEIVED)
    casework = Casework(register.register, directory_of((), (), ()), clock)
    casework.merge(REFERENCE, OTHER, "the same report twice", by=CASEWORKER)
    assert unread(register) == left


def test_a_case_is_closed_as_its_check_proposes_or_not_at_all(
    register: Database, publication: Publication
) -> None:
    with_answer(register, REFERENCE, status=Status.PUBLICATION_AWAITED)
    with pytest.raises(Refused, match="no check proposes it"):
        publication.confirm_as_found(REFERENCE, by=CASEWORKER)
    with register.register() as pen:
        pen.add_link(a_link(status=LinkStatus.CHECKED), an_act())
        pen.add_check(a_check(), an_act())
    assert publication.confirm_as_found(REFERENCE, by=CASEWORKER).status is Status.PUBLISHED


def a_later(**said: object) -> Check:
    return replace(a_check(**said), at=NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("link", "checks"),
    [
        pytest.param(LINK, (), id="nothing was checked"),
        pytest.param(replace(LINK, status=LinkStatus.SET_ASIDE), (a_check(),), id="set aside"),
        pytest.param(replace(LINK, status=LinkStatus.GIVEN), (a_check(),), id="to be looked again"),
        pytest.param(LINK, (a_check(finding=Finding.UNSURE),), id="no clear yes"),
        pytest.param(
            LINK, (a_later(finding=Finding.NOT_FOUND), a_check()), id="gone since the clear yes"
        ),
    ],
)
def test_only_the_newest_clear_yes_of_a_standing_link_proposes(
    link: object, checks: tuple[Check, ...]
) -> None:
    assert proposal((link,), checks) is None  # type: ignore[arg-type]


def test_a_clear_yes_proposes_though_another_link_failed() -> None:
    dead = replace(LINK, number=2)
    checks = (a_later(link=2, finding=Finding.NOT_FOUND), a_check())
    assert proposal((dead, LINK), checks) == a_check()


def test_what_a_check_saw_is_said_with_its_day_and_host_and_nothing_else() -> None:
    seen = a_check(url="https://www.anyshire.example/reports/maria.pdf?name=Maria")
    assert seen_in_words(seen) == (
        "on 10 March 2026 the check saw the report with its letter at www.anyshire.example"
    )


def test_a_held_answer_joins_its_review_when_it_is_dealt_with() -> None:
    held: ReceivedMail = a_mail(state=MailState.HELD, unread_answer=True)
    assert dealt_with(held).state is MailState.JOINED
    assert dealt_with(replace(held, references=())).state is MailState.HELD
