"""What is approved is one digest; anything else never leaves, and comes back with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.ledger import Event
from secretariat.domain.letter import Copy, Letter, LetterStatus, approve, seal_of, unsealed
from secretariat.domain.mail import Draft, Part
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.stages.dispatch import Dispatch
from tests.builders import (
    APPROVER,
    CASEWORKER,
    NOW,
    OFFICE_ADDRESS,
    REFERENCE,
    a_letter_to_approve,
    an_act,
)
from tests.dispatch_builders import SENDER, an_approved_letter, fill_register, seat
from tests.letter_builders import RememberingOutbox
from tests.stages.test_approval import approval as approval
from tests.stages.test_approval import approve as approve_it
from tests.stages.test_approval import confirmed

OTHER = "ff" * 32
FALSIFIED: dict[str, Callable[[Letter], Letter]] = {
    "words": lambda one: replace(one, content=replace(one.content, conclusion=("Other.",))),
    "outcome words": lambda one: replace(one, content=replace(one.content, outcome_words="No.")),
    "template": lambda one: replace(one, template=OTHER),
    "recipient": lambda one: replace(one, to="other@anyshire.example"),
    "copies": lambda one: replace(one, copies=()),
    "a copy's address": lambda one: replace(
        one, copies=(Copy("E23000099", one.copies[0].office, "x@anyshire.example"),)
    ),
    "PDF": lambda one: replace(one, pdf=OTHER),
    "Word file": lambda one: replace(one, docx=OTHER),
    "day": lambda one: replace(one, leaves_on=date(2026, 3, 11)),
    "no seal": lambda one: replace(one, sealed=""),
}


@pytest.fixture
def outbox() -> RememberingOutbox:
    return RememberingOutbox()


def test_an_approval_seals_what_was_approved() -> None:
    letter = approve(a_letter_to_approve(), by=APPROVER, at=NOW)
    assert letter.sealed == seal_of(letter)
    assert unsealed(letter) == ""


@pytest.mark.parametrize("what", FALSIFIED)
def test_anything_else_breaks_the_seal(what: str) -> None:
    letter = FALSIFIED[what](approve(a_letter_to_approve(), by=APPROVER, at=NOW))
    assert "approved again" in unsealed(letter)


@pytest.mark.parametrize("what", [one for one in FALSIFIED if one != "day"])
def test_an_approved_letter_that_was_changed_behind_the_stages_never_leaves(
    register: Database, vault: Vault, clock: StoppedClock, outbox: RememberingOutbox, what: str
) -> None:
    fill_register(register, an_approved_letter(vault))
    with register.register() as pen:
        pen.save_letter(FALSIFIED[what](pen.letter(REFERENCE, 1)), an_act())
    seat(register.register, vault, outbox, clock).work()
    assert outbox.left == []
    with register.reading() as eyes:
        letter, last = eyes.letter(REFERENCE, 1), eyes.ledger(str(REFERENCE))[-1]
    assert letter.status is LetterStatus.DRAFT
    assert (last.what, last.why) == (
        Event.APPROVAL_VOID,
        "letter 1: it is not what was approved: it must be read and approved again",
    )


def prepared(dispatch: Dispatch, register: Database) -> None:
    """Let the letter's mails be written, and the office's door close before they are sent."""
    with register.reading() as eyes:
        letter = eyes.letter(REFERENCE, 1)
    dispatch._prepare(letter)
    with register.reading() as eyes:
        assert eyes.letter(REFERENCE, 1).status is LetterStatus.SENDING


@pytest.mark.parametrize("what", ["words", "recipient", "PDF", "no seal"])
def test_the_seal_is_looked_at_once_more_in_the_moment_of_sending(
    register: Database, vault: Vault, clock: StoppedClock, outbox: RememberingOutbox, what: str
) -> None:
    fill_register(register, an_approved_letter(vault))
    dispatch = seat(register.register, vault, outbox, clock)
    prepared(dispatch, register)
    with register.register() as pen:
        pen.save_letter(FALSIFIED[what](pen.letter(REFERENCE, 1)), an_act())
    dispatch.work()
    assert outbox.left == []
    with register.reading() as eyes:
        assert eyes.letter(REFERENCE, 1).status is LetterStatus.DRAFT
        statuses = {one.status for one in eyes.postings_of(REFERENCE)}
    assert statuses == {PostingStatus.DROPPED}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"body": b"%PDF another letter"}, id="other bytes"),
        pytest.param({"more": True}, id="a second file"),
        pytest.param({"to": "other@anyshire.example"}, id="another address"),
    ],
)
def test_a_mail_with_anything_but_the_approved_bytes_to_the_approved_address_never_leaves(
    register: Database,
    vault: Vault,
    clock: StoppedClock,
    outbox: RememberingOutbox,
    said: dict[str, Any],
) -> None:
    fill_register(register, an_approved_letter(vault))
    dispatch = seat(register.register, vault, outbox, clock)
    prepared(dispatch, register)
    paper = Part("letter.pdf", "application/pdf", said.get("body", b"%PDF the letter"))
    parts = (paper, paper) if said.get("more") else (paper,)
    with register.register() as pen:
        posting = next(one for one in pen.postings_of(REFERENCE) if one.kind is PostingKind.LETTER)
        to = said.get("to", posting.to)
        draft = Draft(posting.message_id, SENDER, to, "Letter", "Words", NOW, parts=parts)
        raw = vault.keep(MimeReading(str).compose(draft))
        pen.save_posting(replace(posting, raw=raw, to=to), an_act())
    dispatch.work()
    assert outbox.left == []
    with register.reading() as eyes:
        letter, last = eyes.letter(REFERENCE, 1), eyes.ledger(str(REFERENCE))[-1]
    assert letter.status is LetterStatus.DRAFT
    assert last.why == "letter 1: what would leave is not what was approved"


def test_what_leaves_are_the_bytes_that_were_approved(
    register: Database, vault: Vault, clock: StoppedClock, outbox: RememberingOutbox
) -> None:
    letter = an_approved_letter(vault)
    fill_register(register, letter)
    seat(register.register, vault, outbox, clock).work()
    sent = [MimeReading(str).parse(raw) for _, raw in outbox.left]
    assert [part.body for mail in sent for part in mail.parts] == [vault.open(letter.pdf)] * 2
    assert {mail.recipients for mail in sent} == {(letter.to,), (OFFICE_ADDRESS,)}


def test_without_the_signatorys_agreement_nothing_is_approved(approval: Any) -> None:
    approval = replace(approval, signatory_agrees=True)
    letter = confirmed(approval)
    assert approval.hindrances(letter) == (
        "somebody must note that the signatory agrees to the letter",
    )
    with pytest.raises(Exception, match="signatory agrees"):
        approve_it(approval, letter)
    agreed = approval.agree(REFERENCE, 1, version=letter.version, by=CASEWORKER)
    assert (agreed.agreed_by, agreed.agreed_at) == (CASEWORKER, NOW)
    assert approve_it(approval, agreed).agreed_by == CASEWORKER
    with approval.open_register() as pen:
        assert Event.AGREED in [one.what for one in pen.ledger(str(REFERENCE))]


def test_other_words_need_the_signatorys_agreement_again_and_the_same_ones_do_not(
    approval: Any,
) -> None:
    letter = confirmed(approval)
    agreed = approval.agree(REFERENCE, 1, version=letter.version, by=CASEWORKER)
    same = approval.amend(REFERENCE, 1, agreed.content, version=agreed.version, by=CASEWORKER)
    assert same.agreed_by == CASEWORKER
    content = replace(same.content, conclusion=("Other words.",))
    other = approval.amend(REFERENCE, 1, content, version=same.version, by=CASEWORKER)
    assert (other.agreed_by, other.agreed_at) == ("", None)
