"""The mailbox on an Exchange Server: what goes wrong there, and what it may not lead to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import requests

from secretariat.adapters.mail.exchange import ExchangeMailbox, doors_on
from secretariat.adapters.mail.exchange_line import ExchangeLine, SignIn
from secretariat.adapters.mail.exchange_wires import Adapter
from secretariat.ports.mail import MailboxUnusable, MessageGone, MessageUnreadable
from tests.adapters.test_mail_contract import a_message, everything, fetched
from tests.patience import within
from tests.servers.certificates import make_certificates
from tests.servers.ews import ADDRESS, CLIENT, PASSWORD, SECRET, USER, EwsServer, Fault, running_ews
from tests.servers.ews_world import NAMES, a_line


@pytest.fixture
def ews() -> Iterator[EwsServer]:
    with running_ews() as server:
        yield server


@pytest.fixture
def line(ews: EwsServer) -> Iterator[ExchangeLine]:
    opened = a_line(ews)
    yield opened
    opened.close()


@pytest.fixture
def mailbox(line: ExchangeLine) -> ExchangeMailbox:
    return ExchangeMailbox(line, NAMES)


def test_an_answer_is_read_in_large_pieces_and_not_byte_by_byte(ews: EwsServer) -> None:
    session = requests.Session()
    session.mount("http://", Adapter())
    answer = session.post(ews.token_url, data=f"client_secret={SECRET.replace(' ', '+')}")
    assert len(next(answer.iter_content())) > 20
    assert len(next(answer.iter_content(1))) > 20


def test_an_error_of_the_server_without_a_place_tells_everything_anew(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.store.deliver(a_message("First"))
    _, reached = everything(mailbox)
    ews.faults.append(Fault("SyncFolderItems", no_state=True))
    news = mailbox.changes(reached)
    assert news.anew
    assert len(news.arrived) == 1


def test_a_server_that_only_errs_is_told_in_a_sentence(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.faults.append(Fault("SyncFolderItems", no_state=True, times=9))
    with pytest.raises(MailboxUnusable, match="does not tell what has come"):
        mailbox.changes("")


def test_calls_go_through_while_the_bell_is_listened_to(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    mailbox.wait(0.1)
    assert mailbox._bell.listening.wait(10)
    ews.store.deliver(a_message("First"))
    (waiting,), _ = everything(mailbox)
    assert mailbox.file(waiting.place, "Noted")


def test_a_refused_password_is_tried_once_lest_the_account_be_locked(ews: EwsServer) -> None:
    mailbox = ExchangeMailbox(a_line(ews, sign_in=SignIn("basic", USER, "an old one")), NAMES)
    for _ in range(3):
        with pytest.raises(MailboxUnusable, match="refused the name or password") as told:
            mailbox.changes("")
        assert "an old one" not in str(told.value)
    with pytest.raises(MailboxUnusable):
        mailbox.file("0" * 32, "Noted")
    assert ews.denied == 1


def test_a_password_that_was_changed_while_it_ran_is_told(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    everything(mailbox)
    ews.password = "another"
    with pytest.raises(MailboxUnusable, match="refused the name or password"):
        mailbox.changes("")


def test_services_that_are_off_are_told_with_what_to_do(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.faults.append(Fault("GetFolder", status=403))
    with pytest.raises(MailboxUnusable, match='use kind = "graph"'):
        mailbox.changes("")
    assert ews.count("GetFolder") == 1


@pytest.mark.parametrize("cut", ["before", "middle"])
def test_a_line_that_drops_is_told_and_the_next_look_goes_on(
    ews: EwsServer, mailbox: ExchangeMailbox, cut: str
) -> None:
    ews.store.deliver(a_message("First"))
    ews.faults.append(Fault("SyncFolderItems", cut=cut))
    with pytest.raises(MailboxUnusable):
        mailbox.changes("")
    assert len(mailbox.changes("").arrived) == 1


def test_a_message_cut_in_the_middle_is_fetched_whole_the_next_time(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    raw = a_message("First", bytes(range(256)) * 4000)
    ews.store.deliver(raw)
    (waiting,), _ = everything(mailbox)
    ews.faults.append(Fault("GetItem", cut="middle"))
    into = BytesIO()
    with pytest.raises(MailboxUnusable):
        mailbox.fetch(waiting.place, into)
    assert into.getvalue() == b""
    assert fetched(mailbox, waiting.place) == raw


def test_a_message_that_is_cut_each_time_holds_up_no_others(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.store.deliver(a_message("First"))
    (waiting,), _ = everything(mailbox)
    ews.faults.append(Fault("GetItem", cut="middle", times=9))
    for _ in range(2):
        with pytest.raises(MailboxUnusable):
            fetched(mailbox, waiting.place)
    with pytest.raises(MessageUnreadable, match="dropped the line"):
        fetched(mailbox, waiting.place)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("SyncFolderItems", code="ErrorServerBusy", milliseconds=300),
        Fault("SyncFolderItems", status=503, retry_after="1"),
    ],
)
def test_a_busy_server_is_asked_again_after_the_pause_it_wants(
    ews: EwsServer, mailbox: ExchangeMailbox, fault: Fault
) -> None:
    everything(mailbox)
    ews.faults.append(fault)
    begun = time.monotonic()
    mailbox.changes("")
    assert time.monotonic() - begun >= 0.3
    assert ews.count("SyncFolderItems") == 3


def test_a_server_that_wants_a_pause_too_long_is_left_for_another_round(ews: EwsServer) -> None:
    mailbox = ExchangeMailbox(a_line(ews, patience=1.0), NAMES)
    ews.faults.append(Fault("SyncFolderItems", code="ErrorServerBusy", milliseconds=60_000))
    begun = time.monotonic()
    with pytest.raises(MailboxUnusable, match="busy"):
        mailbox.changes("")
    assert time.monotonic() - begun < 30


def test_closing_ends_the_pause_that_a_server_wants(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    everything(mailbox)
    ews.faults.append(Fault("SyncFolderItems", code="ErrorServerBusy", milliseconds=50_000))
    told: list[str] = []

    def look() -> None:
        try:
            mailbox.changes("")
        except MailboxUnusable as fault:
            told.append(str(fault))

    looking = threading.Thread(target=look)
    looking.start()
    deadline = time.monotonic() + 10
    while ews.count("SyncFolderItems") < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    mailbox.close()
    looking.join(2)
    assert told


def test_a_message_that_the_server_cannot_give_is_told_apart_from_one_that_is_gone(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    item = ews.store.deliver(a_message("First"))
    (waiting,), _ = everything(mailbox)
    item.unreadable = True
    with pytest.raises(MessageUnreadable, match="ErrorMimeContentConversionFailed"):
        fetched(mailbox, waiting.place)
    ews.store.delete(item.id)
    with pytest.raises(MessageGone):
        fetched(mailbox, waiting.place)


def test_a_report_of_not_delivered_is_mail(ews: EwsServer, mailbox: ExchangeMailbox) -> None:
    ews.store.deliver(a_message("Undeliverable"), kind="REPORT.IPM.Note.NDR")
    assert len(mailbox.changes("").arrived) == 1


def test_a_place_stays_where_the_server_tells_no_search_keys(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.store.search_keys = False
    ews.store.deliver(a_message("First"))
    (waiting,), _ = everything(mailbox)
    mailbox.file(waiting.place, "Held")
    assert ExchangeMailbox(a_line(ews), NAMES).file(waiting.place, "Registered")


def test_a_subscription_that_is_lost_is_made_again(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    mailbox.wait(1)
    assert mailbox._bell.listening.wait(10)
    ews.store.lose_subscriptions()
    deadline = time.monotonic() + 20
    while ews.count("Subscribe") < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    mailbox.wait(5)
    ews.store.deliver(a_message("First"))
    assert mailbox.wait(20)


def test_a_folder_that_somebody_deleted_is_made_again(
    ews: EwsServer, mailbox: ExchangeMailbox
) -> None:
    ews.store.deliver(a_message("First"))
    ews.store.deliver(a_message("Second"))
    arrived, _ = everything(mailbox)
    mailbox.file(arrived[0].place, "Noted")
    (noted,) = [each for each in ews.store.below("F-inbox") if each.name == "Noted"]
    ews.store.remove_folder(noted.id)
    assert mailbox.file(arrived[1].place, "Noted")
    (noted,) = [each for each in ews.store.below("F-inbox") if each.name == "Noted"]
    assert len(ews.store.within(noted.id)) == 1


def test_an_account_may_act_for_the_mailbox(ews: EwsServer) -> None:
    mailbox = ExchangeMailbox(a_line(ews, acts_for=True), NAMES)
    mailbox.changes("")
    assert "SyncFolderItems[as]" in ews.asked


def test_a_mailbox_that_the_server_does_not_know_is_told(ews: EwsServer) -> None:
    mailbox = ExchangeMailbox(a_line(ews, address="nobody@example.test"), NAMES)
    with pytest.raises(MailboxUnusable, match="knows no mailbox of this address"):
        mailbox.check()


def test_a_server_that_is_away_is_told(ews: EwsServer) -> None:
    away = ExchangeLine("http://127.0.0.1:9/EWS/Exchange.asmx", ADDRESS, SignIn("basic", USER, "x"))
    with pytest.raises(MailboxUnusable, match="does not answer"):
        ExchangeMailbox(away, NAMES).changes("")


def an_application(ews: EwsServer, secret: str = SECRET) -> SignIn:
    return SignIn("oauth", client=CLIENT, client_secret=secret, token_url=ews.token_url)


def test_an_application_signs_in_and_renews_its_token(
    ews: EwsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    ews.token_seconds = 1
    mailbox = ExchangeMailbox(a_line(ews, sign_in=an_application(ews), acts_for=True), NAMES)
    mailbox.changes("")
    time.sleep(1.7)  # A token of a second, rounded up to the next, has to run out.
    mailbox.changes("")
    assert ews.count("token") >= 2
    assert ews.denied == 0


def test_an_application_whose_secret_is_refused_is_told(
    ews: EwsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    signing = an_application(ews, "a secret that has lapsed")
    mailbox = ExchangeMailbox(a_line(ews, sign_in=signing, acts_for=True), NAMES)
    with pytest.raises(MailboxUnusable, match=r"may not sign in|refused") as told:
        mailbox.changes("")
    assert "lapsed" not in str(told.value)


def test_a_certificate_is_trusted_only_where_its_authority_is_named(tmp_path: Path) -> None:
    made = make_certificates(tmp_path)
    with running_ews(made.server_side()) as ews:
        with pytest.raises(MailboxUnusable, match=r"certificate .* is not trusted"):
            ExchangeMailbox(a_line(ews), NAMES).changes("")
        trusting = a_line(ews, ca_file=made.authority)
        assert doors_on(trusting, NAMES).mailbox.changes("").arrived == ()


def test_no_secret_shows_in_what_is_printed(ews: EwsServer) -> None:
    shown = repr(a_line(ews)) + repr(SignIn("oauth", client_secret=SECRET, password=PASSWORD))
    assert PASSWORD not in shown
    assert SECRET not in shown


def test_closing_cuts_what_a_silent_server_is_asked(ews: EwsServer) -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    port = silent.getsockname()[1]
    line = ExchangeLine(
        f"http://127.0.0.1:{port}/EWS/Exchange.asmx", ADDRESS, SignIn("basic", USER, PASSWORD)
    )
    told: list[Exception] = []

    def look() -> None:
        try:
            ExchangeMailbox(line, NAMES).changes("")
        except MailboxUnusable as fault:
            told.append(fault)

    thread = threading.Thread(target=look)
    thread.start()
    near, _ = silent.accept()
    near.recv(1)
    begun = time.monotonic()
    line.close()
    thread.join(20)
    assert time.monotonic() - begun < within(2)
    assert len(told) == 1
    near.close()
    silent.close()


def test_each_line_trusts_and_cuts_its_own_connections_alone(ews: EwsServer) -> None:
    first, second = (ExchangeMailbox(a_line(ews), NAMES) for _ in range(2))
    everything(first)
    everything(second)
    first.close()
    assert everything(second)[0] == []
    second.close()
