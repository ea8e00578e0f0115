"""Looking through a mailbox on a server: no place is passed before all up to it is dealt with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.exchange import ExchangeMailbox
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import OutOfOrder
from secretariat.domain.ledger import OFFICE, Event
from secretariat.domain.post_in import MailKind, MailState, ReceivedMail
from secretariat.stages.intake.looking import PLACE_LOST
from tests.intake_builders import PROVED, Desk, a_report
from tests.mail_builders import a_raw
from tests.servers.ews import EwsServer, Fault, running_ews
from tests.servers.ews_world import NAMES, a_line


@pytest.fixture
def ews() -> Iterator[EwsServer]:
    with running_ews() as server:
        yield server


@pytest.fixture
def mailbox(ews: EwsServer) -> Iterator[ExchangeMailbox]:
    opened = ExchangeMailbox(a_line(ews, patience=0.1), NAMES)
    yield opened
    opened.close()


@pytest.fixture
def desk(
    register: Database, clock: StoppedClock, vault: Vault, reader: Reader, tmp_path: Path
) -> Desk:
    return Desk(register, clock, vault, reader, tmp_path / "mail")


def submission(number: int) -> bytes:
    return a_raw(
        {"Overview.pdf": a_report(f"Person{number}", local=f"DHR{number}")},
        message_id=f"<{number}@anyshire.gov.uk>",
        headers=PROVED,
    )


def a_question(number: int) -> bytes:
    return a_raw(message_id=f"<question-{number}@anyshire.gov.uk>")


def reached(desk: Desk, mailbox: ExchangeMailbox) -> str:
    with desk.register.reading() as reading:
        return reading.reached(mailbox.name)


def mails(desk: Desk) -> list[ReceivedMail]:
    with desk.register.reading() as reading:
        return [mail for state in MailState for mail in reading.mails(state)]


def events(desk: Desk) -> list[Event]:
    with desk.register.reading() as reading:
        return [entry.what for entry in reading.ledger(OFFICE)]


def lying(ews: EwsServer, name: str) -> int:
    (folder,) = [each for each in ews.store.below("F-inbox") if each.name == name]
    return len(ews.store.within(folder.id))


def test_the_place_that_was_reached_is_kept_and_the_next_round_goes_on_from_there(
    desk: Desk, ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.store.deliver(submission(1))
    assert desk.intake(mailbox=mailbox).work().done == 1
    kept = reached(desk, mailbox)
    assert kept
    ews.store.deliver(submission(2))
    other = ExchangeMailbox(a_line(ews), NAMES)
    assert desk.intake(mailbox=other).work().done == 1
    assert reached(desk, mailbox) != kept
    assert lying(ews, "Registered") == 2


def test_a_mail_that_is_stuck_keeps_the_place_and_holds_up_no_other(
    desk: Desk, ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    stuck = ews.store.deliver(submission(1))
    ews.store.deliver(submission(2))
    stuck.unreadable = True
    tally = desk.intake(mailbox=mailbox).work()
    assert (tally.done, len(tally.stuck)) == (1, 1)
    assert reached(desk, mailbox) == ""
    stuck.unreadable = False
    assert desk.intake(mailbox=mailbox).work().done == 1
    assert reached(desk, mailbox)
    assert sorted(mail.message_id for mail in mails(desk)) == [
        "<1@anyshire.gov.uk>",
        "<2@anyshire.gov.uk>",
    ]


def test_a_message_that_can_never_be_had_is_held_with_the_reason_and_the_queue_goes_on(
    desk: Desk, ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    item = ews.store.deliver(submission(1))
    item.unreadable = True
    for _ in range(4):
        assert desk.intake(mailbox=mailbox).work().done == 0
        desk.clock.moment += timedelta(minutes=3)
    assert desk.intake(mailbox=mailbox).work().done == 1
    (mail,) = mails(desk)
    assert mail.state is MailState.HELD
    assert "could not be read" in desk.vault.open(mail.raw).decode()
    assert reached(desk, mailbox)
    assert lying(ews, "Held") == 1
    assert desk.intake(mailbox=mailbox).work().stuck == ()


def test_a_message_is_not_given_up_for_one_bad_minute(
    desk: Desk, ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.store.deliver(submission(1)).unreadable = True
    for _ in range(9):
        desk.intake(mailbox=mailbox).work()
    assert mails(desk) == []


def test_a_mail_that_somebody_deleted_before_it_was_read_is_noted(
    desk: Desk, ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    item = ews.store.deliver(a_question(1))

    class Slow(ExchangeMailbox):
        def changes(self, since: str):  # type: ignore[no-untyped-def]
            news = super().changes(since)
            if item.id in ews.store.items:
                ews.store.delete(item.id)
            return news

    slow = Slow(a_line(ews), NAMES)
    assert desk.intake(mailbox=slow).work().done == 0
    assert Event.TAKEN_AWAY in events(desk)
    assert reached(desk, mailbox)


def test_a_mail_moved_by_hand_after_it_was_read_is_noted_and_kept(
    desk: Desk, ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.store.deliver(submission(1))
    archive = ews.store.add_folder("Archive", "F-msgfolderroot")

    class Slow(ExchangeMailbox):
        def file(self, place: str, folder: str) -> bool:
            for item in list(ews.store.within("F-inbox")):
                ews.store.move(item.id, archive.id)
            return super().file(place, folder)

    assert desk.intake(mailbox=Slow(a_line(ews), NAMES)).work().done == 1
    assert Event.TAKEN_AWAY in events(desk)
    (mail,) = mails(desk)
    assert mail.state is MailState.REGISTERED
    assert desk.vault.has(mail.raw)


def test_a_place_that_was_lost_is_noted_and_nothing_is_entered_twice(
    desk: Desk, ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.store.deliver(submission(1))
    desk.intake(mailbox=mailbox).work()
    ews.store.era += 1
    (registered,) = [each for each in ews.store.below("F-inbox") if each.name == "Registered"]
    ews.store.move(ews.store.within(registered.id)[0].id, "inbox")
    ews.store.deliver(submission(2))
    assert desk.intake(mailbox=mailbox).work().done == 1
    assert events(desk).count(Event.PLACE_LOST) == 1
    assert len(mails(desk)) == 2
    assert lying(ews, "Registered") == 2
    with desk.register.reading() as reading:
        assert PLACE_LOST in [entry.why for entry in reading.ledger(OFFICE)]


def test_a_server_that_goes_away_before_filing_leaves_one_registration_and_files_later(
    desk: Desk, ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.store.deliver(submission(1))
    ews.faults.append(Fault("MoveItem", cut="before"))
    with pytest.raises(OutOfOrder):
        desk.intake(mailbox=mailbox).work()
    assert len(mails(desk)) == 1
    assert desk.intake(mailbox=mailbox).work().done == 0
    assert lying(ews, "Registered") == 1
    assert len(mails(desk)) == 1


def test_an_answer_on_the_pages_needs_no_mailbox_and_is_filed_by_the_next_round(
    desk: Desk, ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.store.deliver(a_question(1))
    desk.intake(mailbox=mailbox).work()
    (held,) = mails(desk)
    assert held.state is MailState.HELD
    asked = len(ews.asked)
    desk.answer(held, MailKind.NOT_FOR_US)
    assert len(ews.asked) == asked
    desk.intake(mailbox=mailbox).work()
    assert (lying(ews, "Held"), lying(ews, "Noted")) == (0, 1)
