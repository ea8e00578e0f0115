import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database, open_database
from secretariat.domain.contacts import Switch
from secretariat.domain.errors import Refused, UnlawfulMove
from secretariat.domain.ledger import Event
from secretariat.domain.letter import LetterStatus, readdress
from secretariat.domain.mail import Mail
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.review import Outcome, Status
from secretariat.stages.dispatch import IN_SENT
from tests.builders import (
    APPROVER,
    COUNCIL_ADDRESS,
    OFFICE_ADDRESS,
    REFERENCE,
    TODAY,
    a_chaser,
    an_act,
    some_content,
)
from tests.dispatch_builders import DOMAIN, SENDER, an_approved_letter, fill_register, seat
from tests.letter_builders import OutboxFull, RememberingOutbox

TOMORROW = datetime(2026, 3, 11, 9, tzinfo=UTC)


class Desk:
    """The stage with everything it stands on."""

    def __init__(self, register: Database, vault: Vault, clock: StoppedClock) -> None:
        self.register, self.vault, self.clock = register, vault, clock
        self.outbox = RememberingOutbox()
        self.stage = seat(register.register, vault, self.outbox, clock)

    def postings(self) -> tuple[Posting, ...]:
        with self.register.reading() as eyes:
            return eyes.postings_of(REFERENCE)

    def statuses(self) -> tuple[LetterStatus, Status, list[PostingStatus]]:
        with self.register.reading() as eyes:
            letter, review = eyes.letter(REFERENCE, 1), eyes.review(REFERENCE)
        return letter.status, review.status, [each.status for each in self.postings()]

    def mails(self) -> list[Mail]:
        return [MimeReading(str).parse(raw) for _, raw in self.outbox.left]


@pytest.fixture
def desk(register: Database, vault: Vault, clock: StoppedClock) -> Desk:
    fill_register(register, an_approved_letter(vault))
    return Desk(register, vault, clock)


def test_the_letter_leaves_to_the_addressee_and_a_copy_apart_to_the_office(desk: Desk) -> None:
    assert desk.stage.work().done == 2
    letter, copy = desk.mails()
    assert (letter.recipients, copy.recipients) == ((COUNCIL_ADDRESS,), (OFFICE_ADDRESS,))
    for mail in (letter, copy):
        (part,) = mail.parts
        assert (part.name, part.body) == ("QA-2026-0001 feedback letter.pdf", b"%PDF the letter")
        assert "QA-2026-0001" in mail.subject
        assert "Maria" not in f"{mail.subject} {part.name}"
        assert mail.sender == SENDER
        assert mail.message_id.endswith(f"@{DOMAIN}>")
    assert "Dear Councillor Bloggs," in letter.text
    assert desk.statuses() == (
        LetterStatus.SENT,
        Status.PUBLICATION_AWAITED,
        [PostingStatus.SENT, PostingStatus.SENT],
    )


def test_nothing_leaves_twice_however_often_the_round_comes(desk: Desk) -> None:
    for _ in range(3):
        desk.stage.work()
    assert len(desk.outbox.left) == 2


def test_a_letter_that_wants_another_version_moves_the_review_there(
    register: Database, vault: Vault, clock: StoppedClock
) -> None:
    content = some_content(outcome=Outcome.RESUBMIT, copy_offices=())
    fill_register(register, an_approved_letter(vault, content=content, copies=()))
    desk = Desk(register, vault, clock)
    desk.stage.work()
    assert desk.statuses()[1] is Status.RESUBMISSION_AWAITED
    assert "another version" in desk.mails()[0].text


def test_without_a_pdf_the_word_file_goes(
    register: Database, vault: Vault, clock: StoppedClock
) -> None:
    fill_register(register, an_approved_letter(vault, pdf=""))
    desk = Desk(register, vault, clock)
    desk.stage.work()
    (part,) = desk.mails()[0].parts
    assert (part.name[-5:], part.body) == (".docx", b"the Word file")


def test_sending_is_held_until_an_administrator_releases_it(
    register: Database, vault: Vault, clock: StoppedClock
) -> None:
    fill_register(register, an_approved_letter(vault), released=False)
    desk = Desk(register, vault, clock)
    assert desk.stage.work().done == 0
    assert [each.to for each in desk.stage.would_leave()] == [COUNCIL_ADDRESS, OFFICE_ADDRESS]
    desk.stage.switch(True, by=APPROVER, why="we begin")
    assert desk.stage.work().done == 2
    assert desk.stage.would_leave() == ()


def test_after_a_restore_sending_is_not_released_before_it_is_reconciled(desk: Desk) -> None:
    with desk.register.register() as pen:
        restored = Switch(reconcile=True, version=pen.switch().version)
        pen.save_switch(restored, an_act())
    with pytest.raises(Refused, match="reconcile"):
        desk.stage.switch(True, by=APPROVER, why="")


def test_a_letter_unsent_on_its_day_comes_back_to_be_dated_and_approved(desk: Desk) -> None:
    desk.clock.moment = TOMORROW
    assert desk.stage.work().done == 0
    with desk.register.reading() as eyes:
        letter = eyes.letter(REFERENCE, 1)
        last = eyes.ledger(str(REFERENCE))[-1]
    assert (letter.status, letter.approved_by, letter.leaves_on) == (LetterStatus.DRAFT, "", None)
    assert last.what is Event.APPROVAL_VOID


def test_it_comes_back_while_sending_is_held_too(
    register: Database, vault: Vault, clock: StoppedClock
) -> None:
    fill_register(register, an_approved_letter(vault), released=False)
    desk = Desk(register, vault, clock)
    clock.moment = TOMORROW
    desk.stage.work()
    assert desk.statuses()[0] is LetterStatus.DRAFT


def test_a_letter_for_tomorrow_waits_for_tomorrow(
    register: Database, vault: Vault, clock: StoppedClock
) -> None:
    fill_register(register, an_approved_letter(vault, leaves_on=TOMORROW.date()))
    desk = Desk(register, vault, clock)
    assert desk.stage.work().done == 0
    clock.moment = TOMORROW
    assert desk.stage.work().done == 2


def test_a_refused_letter_waits_for_a_person_and_its_copy_with_it(desk: Desk) -> None:
    desk.outbox.refuses = 1
    ((_, why),) = desk.stage.work().stuck
    assert "refused" in why
    assert desk.statuses()[2] == [PostingStatus.REFUSED, PostingStatus.READY]
    assert desk.outbox.left == []
    desk.stage.release(desk.postings()[0].number, by=APPROVER)
    desk.clock.moment += timedelta(minutes=11)
    assert desk.stage.work().done == 2


def test_a_refused_letter_is_not_released_on_another_day_but_comes_back(desk: Desk) -> None:
    desk.outbox.refuses = 1
    desk.stage.work()
    desk.clock.moment = TOMORROW
    with pytest.raises(Refused, match="another day"):
        desk.stage.release(desk.postings()[0].number, by=APPROVER)
    desk.stage.work()
    assert desk.statuses() == (
        LetterStatus.DRAFT,
        Status.CONSIDERED,
        [PostingStatus.DROPPED, PostingStatus.DROPPED],
    )


def test_a_line_that_drops_leaves_the_letter_for_a_person_and_never_sends_twice(desk: Desk) -> None:
    desk.outbox.drops = 1
    desk.stage.work()
    desk.clock.moment += timedelta(hours=1)
    again = desk.stage.work()
    assert len(desk.outbox.left) == 1
    assert desk.statuses()[2] == [PostingStatus.SENDING, PostingStatus.READY]
    assert "look in Sent" in again.stuck[0][1]


def test_a_person_who_finds_it_in_sent_settles_it_and_the_copy_follows(desk: Desk) -> None:
    desk.outbox.drops = 1
    desk.stage.work()
    number = desk.postings()[0].number
    assert desk.stage.found_in_sent(number)
    desk.stage.settle(number, True, by=APPROVER, why="it is in Sent")
    desk.clock.moment += timedelta(hours=1)
    assert desk.stage.work().done == 1
    assert desk.statuses()[0] is LetterStatus.SENT
    with pytest.raises(UnlawfulMove):
        desk.stage.settle(number, False, by=APPROVER, why="again")


def test_a_person_who_does_not_find_it_lets_it_leave_the_same_day_only(desk: Desk) -> None:
    desk.outbox.drops = 1
    desk.stage.work()
    desk.outbox.left.clear()
    desk.stage.settle(desk.postings()[0].number, False, by=APPROVER, why="it is not in Sent")
    desk.clock.moment = TOMORROW
    desk.stage.work()
    assert desk.outbox.left == []
    assert desk.statuses()[0] is LetterStatus.DRAFT


def test_a_letter_given_up_is_a_draft_again_and_its_copy_is_dropped(desk: Desk) -> None:
    desk.outbox.refuses = 1
    desk.stage.work()
    desk.stage.drop(desk.postings()[0].number, "the address was wrong", by=APPROVER)
    assert desk.statuses()[::2] == (
        LetterStatus.DRAFT,
        [PostingStatus.DROPPED, PostingStatus.DROPPED],
    )


def test_paper_altered_in_the_vault_never_leaves(
    register: Database, vault: Vault, clock: StoppedClock
) -> None:
    fill_register(register, an_approved_letter(vault, pdf="00" * 32))
    desk = Desk(register, vault, clock)
    assert "vault" in desk.stage.work().stuck[0][1]
    assert desk.statuses()[0] is LetterStatus.APPROVED


def test_an_outbox_out_of_order_stops_the_round_and_a_later_one_sends(desk: Desk) -> None:
    desk.outbox.full = 1
    with pytest.raises(OutboxFull):
        desk.stage.work()
    assert desk.statuses()[2] == [PostingStatus.READY, PostingStatus.READY]
    desk.clock.moment += timedelta(minutes=11)
    assert desk.stage.work().done == 2


def test_a_letter_not_delivered_is_addressed_anew_approved_and_sent_again(desk: Desk) -> None:
    desk.stage.work()
    with desk.register.register() as pen:
        returned = replace(pen.letter(REFERENCE, 1), status=LetterStatus.NOT_DELIVERED)
        pen.save_letter(readdress(returned, "new@anyshire.example", (), by="sam"), an_act())
        again = replace(
            an_approved_letter(desk.vault, to="new@anyshire.example", copies=()),
            version=pen.letter(REFERENCE, 1).version,
        )
        pen.save_letter(again, an_act())
    assert desk.stage.work().done == 1
    assert desk.mails()[-1].recipients == ("new@anyshire.example",)
    assert desk.statuses()[:2] == (LetterStatus.SENT, Status.PUBLICATION_AWAITED)


def test_a_chaser_leaves_by_the_same_door_and_one_for_release_waits(desk: Desk) -> None:
    with desk.register.register() as pen:
        raw = desk.vault.keep(b"a chaser")
        waiting = a_chaser(raw=raw, leave_on=TODAY, status=PostingStatus.FOR_RELEASE)
        added = pen.add_posting(waiting, an_act())
    assert added is not None
    assert desk.stage.work().done == 2
    desk.stage.release(added.number, by=APPROVER)
    assert desk.stage.work().done == 0, "its address had the letter today"
    desk.clock.moment += timedelta(days=1)
    assert desk.stage.work().done == 1
    assert desk.outbox.left[-1] == (waiting.message_id, b"a chaser")
    assert {each.kind for each in desk.postings()} >= {PostingKind.CHASER}


def test_a_letter_that_a_restored_register_has_forgotten_is_not_sent_again(
    desk: Desk, empty_register: Path, tmp_path: Path
) -> None:
    desk.stage.work()
    left = [message_id for message_id, _ in desk.outbox.left]
    shutil.copyfile(empty_register, tmp_path / "restored.db")
    restored = open_database(f"sqlite:///{tmp_path / 'restored.db'}", clock=desk.clock)
    approved_anew = an_approved_letter(desk.vault, docx=desk.vault.keep(b"made again"))
    fill_register(restored, approved_anew)
    again = Desk(restored, desk.vault, desk.clock)
    again.outbox.left.extend(desk.outbox.left)
    again.stage = seat(restored.register, desk.vault, again.outbox, desk.clock)
    again.stage.work()
    assert [message_id for message_id, _ in again.outbox.left] == left
    assert again.statuses()[2] == [PostingStatus.SENT, PostingStatus.SENT]
    with restored.reading() as eyes:
        assert IN_SENT in [entry.wording for entry in eyes.ledger(str(REFERENCE))]
    restored.close()
