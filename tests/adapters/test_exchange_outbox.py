"""Mail that leaves through an Exchange Server: once, or not, or nobody knows and it is said."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from secretariat.adapters.mail.exchange_outbox import ExchangeOutbox
from secretariat.ports.mail import LineDropped, MailboxUnusable, OutboxClosed, SendRefused
from tests.adapters.test_mail_contract import OUR_ID, a_letter
from tests.servers.ews import EwsServer, Fault, running_ews
from tests.servers.ews_world import a_line


@pytest.fixture
def ews() -> Iterator[EwsServer]:
    with running_ews() as server:
        yield server


@pytest.fixture
def outbox(ews: EwsServer) -> Iterator[ExchangeOutbox]:
    opened = ExchangeOutbox(a_line(ews, patience=1.0))
    yield opened
    opened.close()


def test_a_line_that_drops_after_the_mail_was_taken_leaves_a_doubt(
    ews: EwsServer, outbox: ExchangeOutbox
) -> None:
    ews.faults.append(Fault("CreateItem", cut="after"))
    with pytest.raises(LineDropped, match="nobody knows"):
        outbox.send(a_letter(), OUR_ID)
    assert len(ews.store.left) == 1
    assert outbox.sent(OUR_ID)


def test_a_mail_that_is_just_leaving_is_let_out_before_the_line_is_cut(
    ews: EwsServer, outbox: ExchangeOutbox
) -> None:
    struck = Fault("CreateItem", waits=0.5)
    ews.faults.append(struck)
    told: list[Exception] = []

    def send() -> None:
        try:
            outbox.send(a_letter(), OUR_ID)
        except SendRefused as fault:
            told.append(fault)

    sending = threading.Thread(target=send)
    sending.start()
    assert struck.met.wait(20)
    outbox.close()
    sending.join(20)
    assert told == []
    assert len(ews.store.left) == 1


def test_a_line_that_drops_before_leaves_the_same_doubt_and_sent_tells(
    ews: EwsServer, outbox: ExchangeOutbox
) -> None:
    ews.faults.append(Fault("CreateItem", cut="before"))
    with pytest.raises(LineDropped):
        outbox.send(a_letter(), OUR_ID)
    assert not outbox.sent(OUR_ID)


def test_a_server_that_is_away_takes_no_mail_and_that_is_sure(
    ews: EwsServer, outbox: ExchangeOutbox
) -> None:
    ews.faults.append(Fault("GetFolder", cut="before", times=5))
    with pytest.raises(OutboxClosed):
        outbox.send(a_letter(), OUR_ID)
    assert ews.count("CreateItem") == 0


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("ErrorMessageSizeExceeded", "larger than the server lets through"),
        ("ErrorInvalidRecipients", "takes none of its addresses"),
    ],
)
def test_what_is_wrong_with_one_mail_refuses_that_one(
    ews: EwsServer, outbox: ExchangeOutbox, code: str, told: str
) -> None:
    ews.faults.append(Fault("CreateItem", code=code, message=True))
    with pytest.raises(SendRefused, match=told) as refused:
        outbox.send(a_letter(), OUR_ID)
    assert not isinstance(refused.value, OutboxClosed)
    outbox.send(a_letter(), OUR_ID)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("ErrorQuotaExceeded", "mailbox is full"),
        ("ErrorSendAsDenied", "may not send as this mailbox"),
        ("ErrorMessageSubmissionBlocked", "does not let this mailbox send"),
    ],
)
def test_what_is_wrong_with_the_mailbox_closes_the_outbox_for_all(
    ews: EwsServer, outbox: ExchangeOutbox, code: str, told: str
) -> None:
    ews.faults.append(Fault("CreateItem", code=code, message=True))
    with pytest.raises(OutboxClosed, match=told):
        outbox.send(a_letter(), OUR_ID)
    assert ews.store.left == []


def test_a_busy_server_closes_the_outbox_and_nothing_is_tried_twice(
    ews: EwsServer, outbox: ExchangeOutbox
) -> None:
    ews.faults.append(Fault("CreateItem", code="ErrorServerBusy", milliseconds=100))
    with pytest.raises(OutboxClosed, match="busy"):
        outbox.send(a_letter(), OUR_ID)
    assert ews.count("CreateItem") == 1


def test_a_503_at_the_moment_of_sending_leaves_a_doubt(
    ews: EwsServer, outbox: ExchangeOutbox
) -> None:
    ews.faults.append(Fault("CreateItem", status=503))
    with pytest.raises(LineDropped):
        outbox.send(a_letter(), OUR_ID)
    assert ews.count("CreateItem") == 1


def test_a_refused_password_closes_the_outbox(ews: EwsServer, outbox: ExchangeOutbox) -> None:
    ews.password = "another"
    with pytest.raises(OutboxClosed, match="refused the name or password"):
        outbox.send(a_letter(), OUR_ID)


def test_a_draft_that_cannot_be_kept_is_told(ews: EwsServer, outbox: ExchangeOutbox) -> None:
    ews.store.full = True
    with pytest.raises(MailboxUnusable, match="full"):
        outbox.save_draft(a_letter())
