"""A review that is over: no letter and no mail of ours about it leaves any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.letter import Fact, LetterStatus, begin_sending, unconfirmed
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from secretariat.stages.casework import Casework
from tests.builders import (
    APPROVER,
    CASEWORKER,
    NOW,
    REFERENCE,
    TODAY,
    a_contact,
    a_letter,
    a_letter_to_approve,
    a_meeting,
    a_posting,
    a_review,
    an_act,
    an_addressee,
    some_facts,
)
from tests.intake_builders import Desk, a_directory

OTHER = Reference(2026, 2)
WHY = "it was registered twice"
Act = Callable[[Casework], object]
OVER: list[Act] = [
    lambda casework: casework.undo(REFERENCE, WHY, by=CASEWORKER),
    lambda casework: casework.withdraw(REFERENCE, WHY, by=CASEWORKER),
    lambda casework: casework.merge(REFERENCE, OTHER, WHY, by=CASEWORKER),
]


@pytest.fixture
def casework(register: Database, clock: StoppedClock) -> Casework:
    with register.register() as pen:
        pen.add_review(a_review(), an_act())
        pen.add_review(a_review(reference=OTHER), an_act())
        pen.add_meeting(a_meeting(), an_act())
    return Casework(register.register, a_directory(), clock)


def post(register: Database, **said: object) -> Posting:
    plain = a_posting(kind=PostingKind.ACKNOWLEDGEMENT, letter=None)
    with register.register() as pen:
        added = pen.add_posting(replace(plain, **said), an_act())  # type: ignore[arg-type]
    assert added is not None
    return added


def now(register: Database, posting: Posting) -> Posting:
    with register.reading() as reading:
        return reading.posting(posting.number)


@pytest.mark.parametrize("over", OVER, ids=["undone", "withdrawn", "merged"])
@pytest.mark.parametrize(
    "status", [PostingStatus.READY, PostingStatus.FOR_RELEASE, PostingStatus.REFUSED]
)
def test_an_acknowledgement_of_a_registration_that_is_over_does_not_leave(
    casework: Casework, register: Database, over: Act, status: PostingStatus
) -> None:
    posting = post(register, status=status)
    over(casework)
    assert now(register, posting).status is PostingStatus.DROPPED


def test_what_has_left_stays_as_it_was(casework: Casework, register: Database) -> None:
    posting = post(register, status=PostingStatus.SENT, sent_at=NOW)
    casework.undo(REFERENCE, WHY, by=CASEWORKER)
    assert now(register, posting).status is PostingStatus.SENT


@pytest.mark.parametrize("status", [LetterStatus.DRAFT, LetterStatus.APPROVED])
def test_an_open_letter_on_a_report_that_is_withdrawn_is_given_up(
    casework: Casework, register: Database, status: LetterStatus
) -> None:
    approved = {"approved_by": APPROVER, "approved_at": NOW}
    said = approved if status is LetterStatus.APPROVED else {}
    with register.register() as pen:
        pen.add_letter(a_letter(status=status, **said), an_act())
    casework.withdraw(REFERENCE, WHY, by=CASEWORKER)
    with register.reading() as reading:
        assert reading.letter(REFERENCE, 1).status is LetterStatus.ABANDONED


def test_a_letter_that_waits_to_leave_is_given_up_with_its_copies(
    casework: Casework, register: Database
) -> None:
    made = a_letter_to_approve(status=LetterStatus.APPROVED, approved_by=APPROVER, approved_at=NOW)
    with register.register() as pen:
        pen.add_letter(begin_sending(made, "<letter-1@secretariat.example>"), an_act())
    mails = [
        post(register, kind=kind, letter=1, message_id=f"<{kind.name}@secretariat.example>")
        for kind in (PostingKind.LETTER, PostingKind.COPY)
    ]
    casework.withdraw(REFERENCE, WHY, by=CASEWORKER)
    assert {now(register, each).status for each in mails} == {PostingStatus.DROPPED}
    with register.reading() as reading:
        assert reading.letter(REFERENCE, 1).status is LetterStatus.ABANDONED


@pytest.fixture
def desk(register: Database, clock: StoppedClock, vault: Vault, tmp_path: Path) -> Iterator[Desk]:
    with Reader() as reader:
        yield Desk(register, clock, vault, reader, tmp_path / "mail")


def test_an_acknowledgement_of_several_reviews_names_the_others_alone(
    desk: Desk, register: Database, clock: StoppedClock
) -> None:
    first, second, third = (
        desk.submit(name, local=local)
        for name, local in (("Maria", "DHR1"), ("Jane", "DHR2"), ("Rose", "DHR3"))
    )
    casework = Casework(register.register, a_directory(), clock, desk.intake().without)
    (shared,) = desk.acknowledgements(third)
    before = desk.parsed(shared)
    assert shared.references == (second, third)
    casework.undo(second, WHY, by=CASEWORKER)
    left = now(register, shared)
    mail = desk.parsed(left)
    assert (left.status, left.references) == (PostingStatus.READY, (third,))
    assert str(second) not in mail.subject + mail.text
    assert (mail.message_id, mail.in_reply_to) == (before.message_id, before.in_reply_to)
    assert desk.acknowledgements(first)[0].leave_on == TODAY
    casework.undo(third, WHY, by=CASEWORKER)
    assert now(register, shared).status is PostingStatus.DROPPED
    assert desk.review(third).status is Status.UNDONE


@pytest.mark.parametrize("status", [LetterStatus.DRAFT, LetterStatus.APPROVED])
def test_a_letter_follows_the_contact_and_must_be_approved_again(
    casework: Casework, register: Database, status: LetterStatus
) -> None:
    approved = {"approved_by": APPROVER, "approved_at": NOW}
    said = approved if status is LetterStatus.APPROVED else {}
    with register.register() as pen:
        pen.save_contact(a_contact(), an_act())
        pen.add_letter(a_letter_to_approve(status=status, **said), an_act())
    new = an_addressee(last="Otherwise")
    casework.confirm_contact(str(REFERENCE), "new@anyshire.example", new, by=CASEWORKER)
    with register.reading() as reading:
        letter = reading.letter(REFERENCE, 1)
    assert (letter.status, letter.to) == (LetterStatus.DRAFT, "new@anyshire.example")
    assert letter.content.addressee == new
    assert unconfirmed(letter) == (Fact.ADDRESSEE, Fact.RECIPIENTS)
    assert (letter.approved_by, CASEWORKER in letter.editors) == ("", True)


def test_a_letter_that_a_person_sends_elsewhere_is_left_alone(
    casework: Casework, register: Database
) -> None:
    elsewhere = a_letter_to_approve(to="chief@anyshire.example")
    with register.register() as pen:
        pen.save_contact(a_contact(addressee=an_addressee(last="Before")), an_act())
        pen.add_letter(elsewhere, an_act())
    casework.confirm_contact(str(REFERENCE), "new@a.example", an_addressee(), by=CASEWORKER)
    with register.reading() as reading:
        assert reading.letter(REFERENCE, 1) == elsewhere


@pytest.mark.parametrize(
    ("said", "doubted"),
    [
        pytest.param({"pseudonyms": ("Jane",)}, (Fact.PSEUDONYMS,), id="another pseudonym"),
        pytest.param({"local_reference": "DHR16"}, (Fact.REFERENCE,), id="another reference"),
        pytest.param({"author": "B. Writer"}, (), id="nothing that the letter states"),
    ],
)
def test_what_a_person_corrects_must_be_confirmed_again_in_an_approved_letter(
    casework: Casework, register: Database, said: dict[str, object], doubted: tuple[Fact, ...]
) -> None:
    approved = {"status": LetterStatus.APPROVED, "approved_by": APPROVER, "approved_at": NOW}
    with register.register() as pen:
        pen.add_letter(a_letter_to_approve(**approved), an_act())
    facts = some_facts(**said)
    casework.change_facts(REFERENCE, facts, version=0, by=CASEWORKER)
    with register.reading() as reading:
        letter = reading.letter(REFERENCE, 1)
    assert unconfirmed(letter) == doubted
    assert letter.status is (LetterStatus.DRAFT if doubted else LetterStatus.APPROVED)


def test_another_partnership_means_another_addressee(
    casework: Casework, register: Database
) -> None:
    with register.register() as pen:
        pen.add_letter(a_letter_to_approve(), an_act())
    casework.say_partnership(REFERENCE, ["otherton"], version=0, by=CASEWORKER)
    with register.reading() as reading:
        letter = reading.letter(REFERENCE, 1)
    assert unconfirmed(letter) == (Fact.CSP, Fact.ADDRESSEE, Fact.RECIPIENTS)
