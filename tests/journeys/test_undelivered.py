"""A whole office whose letter comes back: to another address, or known to have reached them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from secretariat.adapters.mail.folders import fresh_name
from secretariat.cli.demo.mails import bounce
from secretariat.domain.chase import ChaseState
from secretariat.domain.letter import Fact, Letter, LetterStatus
from secretariat.domain.letter_content import Addressee
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.review import Status
from tests.builders import APPROVER, CASEWORKER
from tests.journeys.test_second_letter import COUNCIL, MARCH, REFERENCE, World, a_world

KENT = "E23000032"
PCC = "office@pcc.example"
SUCCESSOR = "lee.marsh@kent.gov.uk"


@pytest.fixture
def office_at_work(empty_register: Path, tmp_path: Path) -> Iterator[World]:
    """An office whose first letter, with a copy, has left."""
    with a_world(empty_register, tmp_path) as world:
        office = world.office
        office.dispatch.switch(True, by=APPROVER, why="we are ready")
        for mark in office.wording.open_marks():
            office.wording.confirm(mark.generation, mark.name, mark.text_hash, by=APPROVER)
        office.casework.confirm_office(KENT, PCC, by=CASEWORKER)
        world.mail("DHR15", "the first version")
        world.round()
        confirm_contact(world, COUNCIL)
        world.consider("publish")
        confirm_and_approve(world)
        world.round()
        assert letter_of(world).status is LetterStatus.SENT
        yield world


def confirm_contact(world: World, email: str) -> None:
    contact = Addressee("Cllr", "Jo", "Bloggs")
    world.office.casework.confirm_contact(str(REFERENCE), email, contact, by=CASEWORKER)


def confirm_and_approve(world: World, *facts: Fact) -> None:
    approval, letter = world.office.approval, letter_of(world)
    wanted = facts or tuple(Fact)
    letter = approval.confirm(REFERENCE, 1, wanted, version=letter.version, by=CASEWORKER)
    approval.approve(REFERENCE, 1, version=letter.version, by=APPROVER)


def letter_of(world: World) -> Letter:
    with world.office.open_reading() as reading:
        return reading.letter(REFERENCE, 1)


def comes_back(world: World, posting: Posting) -> None:
    """Let the report of non-delivery of one mail of ours arrive and be taken in."""
    raw = bounce(posting.message_id, to=posting.to, sent_at=world.clock.moment)
    new = world.folder / "data" / "mail" / "in" / "new"
    (new / fresh_name(world.clock.moment.timestamp(), f"back{posting.number}")).write_bytes(raw)
    world.round()


def not_delivered(world: World) -> int:
    with world.office.open_reading() as reading:
        return reading.counts(world.clock.today()).letters_not_delivered


def test_a_letter_that_came_back_goes_to_the_new_contact_once_and_its_copy_not_again(
    office_at_work: World,
) -> None:
    world, office = office_at_work, office_at_work.office
    (first,) = world.posted(PostingKind.LETTER)
    (copy,) = world.posted(PostingKind.COPY)
    assert (first.to, copy.to, world.left()) == (COUNCIL, PCC, 3)
    comes_back(world, first)
    assert letter_of(world).status is LetterStatus.NOT_DELIVERED
    assert not_delivered(world) == 1
    world.days(41)
    assert world.posted(PostingKind.CHASER) == []

    confirm_contact(world, SUCCESSOR)
    letter = letter_of(world)
    office.dispatch.undelivered.send_anew(
        REFERENCE, 1, SUCCESSOR, version=letter.version, by=CASEWORKER
    )
    assert not_delivered(world) == 0
    confirm_and_approve(world, Fact.RECIPIENTS)
    for _ in range(3):
        world.round()
    first, second = world.posted(PostingKind.LETTER)
    assert (first.status, second.status) == (PostingStatus.BOUNCED, PostingStatus.SENT)
    assert (second.to, letter_of(world).to) == (SUCCESSOR, SUCCESSOR)
    assert first.message_id != second.message_id
    assert world.parsed(second).recipients == (SUCCESSOR,)
    assert [each.status for each in world.posted(PostingKind.COPY)] == [PostingStatus.SENT]
    assert world.left() == 4
    comes_back(world, first)
    assert letter_of(world).status is LetterStatus.SENT

    world.days(32)
    (chaser,) = world.posted(PostingKind.CHASER)
    assert (chaser.to, chaser.status) == (SUCCESSOR, PostingStatus.SENT)
    assert world.parsed(chaser).in_reply_to == (second.message_id,)


def test_a_letter_that_reached_them_another_way_is_chased_from_the_day_on_which_it_was_sent(
    office_at_work: World,
) -> None:
    world, office = office_at_work, office_at_work.office
    (first,) = world.posted(PostingKind.LETTER)
    comes_back(world, first)
    world.days(5)
    assert office.chase.standing(REFERENCE).due_days == ()
    letter = letter_of(world)
    why = "Jo Bloggs says on the telephone that it came by post."
    office.dispatch.undelivered.note_reached(
        REFERENCE, 1, why, version=letter.version, by=CASEWORKER
    )
    assert not_delivered(world) == 0
    assert letter_of(world).sent_at == MARCH
    assert world.review().status is Status.PUBLICATION_AWAITED
    comes_back(world, first)
    assert letter_of(world).status is LetterStatus.SENT

    world.days(25)
    (chaser,) = world.posted(PostingKind.CHASER)
    assert chaser.due_on == date(2026, 4, 9)
    assert world.parsed(chaser).in_reply_to == (first.message_id,)
    assert office.chase.standing(REFERENCE).state is ChaseState.WAITING
    assert len(world.posted(PostingKind.LETTER)) == len(world.posted(PostingKind.COPY)) == 1
