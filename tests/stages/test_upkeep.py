"""Upkeep: what an audit finds, and what had left before a restore."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import create_engine, text

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.ledger import OFFICE, Event
from secretariat.domain.letter import LetterStatus, approve, begin_sending
from secretariat.domain.post import Posting, PostingStatus
from secretariat.domain.post import begin_sending as begin
from secretariat.domain.review import Outcome, Status
from secretariat.ports.mail import MailboxUnusable
from secretariat.stages.upkeep import Upkeep
from tests.builders import (
    APPROVER,
    NOW,
    REFERENCE,
    a_chaser,
    a_letter_to_approve,
    a_mail,
    a_meeting,
    a_paper,
    a_posting,
    a_review,
    an_act,
    some_content,
)


@dataclass(frozen=True)
class SentFolder:
    """An outbox whose Sent holds these Message-IDs; it sends nothing."""

    held: frozenset[str] = frozenset()
    broken: bool = False

    def send(self, raw: bytes, message_id: str) -> None:
        raise AssertionError("reconciling must never send")

    def sent(self, message_id: str) -> bool:
        if self.broken:
            raise MailboxUnusable("the mailbox does not answer")
        return message_id in self.held


@pytest.fixture
def upkeep(register: Database, vault: Vault, clock: StoppedClock) -> Upkeep:
    with register.register() as pen:
        pen.add_review(a_review(status=Status.CONSIDERED), an_act())
        pen.add_meeting(a_meeting(agenda=(REFERENCE,)), an_act())
        pen.save_switch(replace(pen.switch(), reconcile=True), an_act())
    return Upkeep(register.register, vault, clock)


def with_posting(register: Database, posting: Posting) -> Posting:
    with register.register() as pen:
        added = pen.add_posting(posting, an_act())
    assert added is not None
    return added


def with_letter_sending(register: Database, outcome: Outcome) -> Posting:
    """Return the mail, ready to leave, of a letter at SENDING."""
    made = a_letter_to_approve(content=some_content(outcome=outcome))
    posting = a_posting()
    with register.register() as pen:
        letter = begin_sending(approve(made, by=APPROVER, at=NOW), posting.message_id)
        pen.add_letter(letter, an_act())
    return with_posting(register, posting)


def test_an_audit_of_what_was_kept_finds_nothing(
    upkeep: Upkeep, register: Database, vault: Vault
) -> None:
    report, raw = vault.keep(b"a report"), vault.keep(b"a mail")
    with register.register() as pen:
        pen.add_paper(a_paper(sha256=report, text=""), an_act())
        pen.add_mail(a_mail(raw=raw, attachments=()), an_act())
    audit = upkeep.audit()
    assert audit.files == 2
    assert (audit.missing, audit.altered, audit.broken) == ((), (), ())


def test_an_audit_names_papers_that_are_gone_or_altered(
    upkeep: Upkeep, register: Database, vault: Vault
) -> None:
    altered = vault.keep(b"a report")
    (vault.folder / altered[:2] / altered[2:]).write_bytes(b"another report")
    with register.register() as pen:
        pen.add_paper(a_paper(sha256=altered, text="0" * 64), an_act())
    audit = upkeep.audit()
    assert (audit.missing, audit.altered) == (("0" * 64,), (altered,))


def test_an_audit_names_where_a_chain_of_the_ledger_breaks(
    upkeep: Upkeep, register: Database
) -> None:
    with register.register() as pen:
        pen.write(str(REFERENCE), an_act(why="as it was"))
    engine = create_engine(register.url)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER ledger_never_changed"))
        connection.execute(text("UPDATE ledger SET why = 'otherwise' WHERE why = 'as it was'"))
    engine.dispose()
    assert upkeep.audit().broken == ((str(REFERENCE), 2),)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.PUBLISH, Status.PUBLICATION_AWAITED),
        (Outcome.RESUBMIT, Status.RESUBMISSION_AWAITED),
    ],
)
def test_a_letter_found_in_sent_has_been_sent_and_its_review_goes_on(
    upkeep: Upkeep, register: Database, outcome: Outcome, status: Status
) -> None:
    posting = with_letter_sending(register, outcome)
    tally = upkeep.reconcile(SentFolder(frozenset({posting.message_id})), by=APPROVER)
    assert (tally.done, tally.stuck) == (1, ())
    with register.reading() as eyes:
        assert eyes.posting(posting.number).status is PostingStatus.SENT
        assert eyes.letter(REFERENCE, 1).status is LetterStatus.SENT
        assert eyes.review(REFERENCE).status is status
        assert not eyes.switch().reconcile
        assert eyes.ledger(OFFICE)[-1].what is Event.RECONCILED


@pytest.mark.parametrize(
    "status",
    [
        PostingStatus.READY,
        PostingStatus.FOR_RELEASE,
        PostingStatus.REFUSED,
        PostingStatus.SENDING,
    ],
)
def test_a_chaser_found_in_sent_is_not_sent_again(
    upkeep: Upkeep, register: Database, status: PostingStatus
) -> None:
    chaser = with_posting(register, a_chaser(status=status))
    upkeep.reconcile(SentFolder(frozenset({chaser.message_id})))
    with register.reading() as eyes:
        assert eyes.posting(chaser.number).status is PostingStatus.SENT


def test_what_is_not_in_sent_waits_as_before(upkeep: Upkeep, register: Database) -> None:
    ready = with_posting(register, a_chaser())
    assert upkeep.reconcile(SentFolder()).stuck == ()
    with register.reading() as eyes:
        assert eyes.posting(ready.number) == ready


def test_what_was_on_its_way_and_is_not_in_sent_is_for_a_person(
    upkeep: Upkeep, register: Database
) -> None:
    posting = with_posting(register, begin(a_posting()))
    ((what, why),) = upkeep.reconcile(SentFolder()).stuck
    assert what == f"the feedback letter {posting.number}"
    assert "say whether it left" in why
    with register.reading() as eyes:
        assert eyes.posting(posting.number).status is PostingStatus.SENDING


def test_an_approved_letter_without_a_mail_must_be_approved_again(
    upkeep: Upkeep, register: Database
) -> None:
    with register.register() as pen:
        pen.add_letter(approve(a_letter_to_approve(), by=APPROVER, at=NOW), an_act())
    ((what, _),) = upkeep.reconcile(SentFolder()).stuck
    assert what == "Letter 1 on QA-2026-0001"
    with register.reading() as eyes:
        assert eyes.letter(REFERENCE, 1).status is LetterStatus.DRAFT
        assert eyes.ledger(str(REFERENCE))[-1].what is Event.APPROVAL_VOID


def test_a_mailbox_that_does_not_answer_leaves_sending_on_hold(
    upkeep: Upkeep, register: Database
) -> None:
    with_posting(register, a_chaser())
    with pytest.raises(MailboxUnusable):
        upkeep.reconcile(SentFolder(broken=True))
    with register.reading() as eyes:
        assert eyes.switch().reconcile


def test_without_a_restore_there_is_nothing_to_reconcile(
    upkeep: Upkeep, register: Database
) -> None:
    upkeep.reconcile(SentFolder())
    posting = with_posting(register, a_posting())
    assert upkeep.reconcile(SentFolder(frozenset({posting.message_id}))).done == 0
