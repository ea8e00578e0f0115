"""Mail that leaves through a real Exim: once, or not, or nobody knows and it is said."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secretariat.adapters.mail.imap_line import ImapLine
from secretariat.adapters.mail.smtp import DEFERRED_FOR, SmtpOutbox
from secretariat.adapters.mail.smtp_server import SenderRefused, SmtpServer
from secretariat.adapters.mail.tokens import OUTLOOK_SCOPE, Application, Tokens
from secretariat.adapters.mail.wires import Wires
from secretariat.ports.mail import LineDropped, MailboxUnusable, OutboxClosed, SendRefused
from tests.adapters.test_mail_contract import OUR_ID, a_letter
from tests.mail_servers import subject_of
from tests.patience import within
from tests.servers.dovecot import PASSWORD
from tests.servers.exim import TOKEN, running_exim
from tests.servers.imap_world import HOST, ImapWorld, imap_folders
from tests.servers.line import Line, a_line
from tests.servers.token_desk import CLIENT, SECRET, TokenDesk, running_desk


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ImapWorld]:
    with imap_folders(tmp_path) as found:
        yield found


@pytest.fixture
def outbox(world: ImapWorld) -> SmtpOutbox:
    found = world.doors().outbox
    assert isinstance(found, SmtpOutbox)
    return found


@pytest.fixture
def line(world: ImapWorld) -> Iterator[Line]:
    """A line to Exim that may break, on which nothing is encrypted."""
    with a_line(world.exim.plain) as laid:
        yield laid


def along(world: ImapWorld, outbox: SmtpOutbox, line: Line) -> SmtpOutbox:
    """Return the outbox with its mail going along a line."""
    smtp = replace(world.smtp(Wires(read=2.0)), port=line.port, encryption="none")
    return replace(outbox, smtp=smtp)


BROKEN = b"Here it ends\r\n" + b"x\r\n" * 3_000_000


def to(recipient: str, subject: str = "Our letter") -> bytes:
    return (
        b"From: DHR Enquiries <dhr-enquiries@homeoffice.example>\r\n"
        + f"To: {recipient}\r\nSubject: {subject}\r\nMessage-ID: {OUR_ID}\r\n".encode()
        + b"\r\nThe words.\r\n"
    )


@pytest.mark.parametrize("encryption", ["starttls", "tls", "none"])
def test_each_encryption_is_spoken(world: ImapWorld, outbox: SmtpOutbox, encryption: str) -> None:
    port = world.exim.tls if encryption == "tls" else world.exim.plain
    smtp = replace(outbox.smtp, encryption=encryption, port=port)
    replace(outbox, smtp=smtp).send(a_letter(), OUR_ID)
    assert len(world.left()) == 1


def test_a_certificate_that_is_not_trusted_lets_nothing_leave(
    world: ImapWorld, outbox: SmtpOutbox
) -> None:
    with pytest.raises(OutboxClosed, match="certificate of localhost is not trusted"):
        replace(outbox, smtp=world.smtp(Wires())).send(a_letter(), OUR_ID)
    assert world.left() == []


def test_a_refused_password_is_told_once_and_not_tried_again(
    world: ImapWorld, outbox: SmtpOutbox, line: Line
) -> None:
    there = along(world, outbox, line)
    wrong = replace(there, smtp=replace(there.smtp, password="another"))
    for _ in range(3):
        with pytest.raises(SenderRefused, match="refused") as told:
            wrong.send(a_letter(), OUR_ID)
        assert "another" not in str(told.value)
    assert line.made == 1
    assert not world.left()


def test_an_application_sends_by_its_token(world: ImapWorld, outbox: SmtpOutbox) -> None:
    with running_desk(TokenDesk()) as running:
        application = Application(CLIENT, SECRET, OUTLOOK_SCOPE, token_url=running.token_url)
        smtp = replace(outbox.smtp, tokens=Tokens(application))
        replace(outbox, smtp=smtp).send(a_letter(), OUR_ID)
        assert running.desk.given == [TOKEN]
    assert len(world.left()) == 1


def test_a_stale_token_is_renewed_once_and_then_told(world: ImapWorld, outbox: SmtpOutbox) -> None:
    with running_desk(TokenDesk(_numbers=itertools.count(5))) as running:
        application = Application(CLIENT, SECRET, OUTLOOK_SCOPE, token_url=running.token_url)
        smtp = replace(outbox.smtp, tokens=Tokens(application))
        with pytest.raises(SenderRefused, match="token"):
            replace(outbox, smtp=smtp).send(a_letter(), OUR_ID)
        assert running.desk.given == ["token-5", "token-6"]


def test_a_recipient_that_is_refused_lets_the_mail_leave_to_nobody(
    world: ImapWorld, outbox: SmtpOutbox
) -> None:
    with pytest.raises(SendRefused, match="refused a recipient") as told:
        outbox.send(to("jo@anyshire.gov.uk, nobody@anyshire.gov.uk"), OUR_ID)
    assert not isinstance(told.value, OutboxClosed)
    assert "anyshire" not in str(told.value)
    assert world.left() == []
    outbox.send(a_letter(), OUR_ID)
    assert len(world.left()) == 1


@pytest.mark.parametrize(
    "raw",
    [to("full@anyshire.gov.uk"), to("jo@anyshire.gov.uk", "Later")],
    ids=["recipient", "message"],
)
def test_what_is_put_off_for_too_long_is_refused_and_holds_up_no_others(
    world: ImapWorld, outbox: SmtpOutbox, raw: bytes
) -> None:
    moment = 0.0
    outbox.smtp.now = lambda: moment
    with pytest.raises(OutboxClosed, match="does not take"):
        outbox.send(raw, OUR_ID)
    moment = DEFERRED_FOR - 1
    with pytest.raises(OutboxClosed):
        outbox.send(raw, OUR_ID)
    moment = DEFERRED_FOR
    with pytest.raises(SendRefused, match="quarter of an hour") as told:
        outbox.send(raw, OUR_ID)
    assert not isinstance(told.value, OutboxClosed)
    assert world.left() == []


def test_words_that_the_server_does_not_like_are_refused(
    world: ImapWorld, outbox: SmtpOutbox
) -> None:
    with pytest.raises(SendRefused, match=r"refused the message \(code 550\)"):
        outbox.send(to("jo@anyshire.gov.uk", "Unwanted"), OUR_ID)
    assert world.lying_in("Sent") == []


@pytest.mark.parametrize("mark", ["busy", "closed"])
def test_a_server_that_lets_nobody_send_closes_the_outbox(
    world: ImapWorld, outbox: SmtpOutbox, mark: str
) -> None:
    with world.exim.marked(mark), pytest.raises(SendRefused) as told:
        outbox.send(a_letter(), OUR_ID)
    assert isinstance(told.value, OutboxClosed)
    assert world.left() == []
    outbox.send(a_letter(), OUR_ID)
    assert len(world.left()) == 1


def test_a_message_larger_than_the_server_takes_is_not_even_begun(
    world: ImapWorld, outbox: SmtpOutbox
) -> None:
    with running_exim(world.dovecot.certificates, largest=1) as small:
        smtp = replace(outbox.smtp, port=small.plain)
        with pytest.raises(SendRefused, match="none that is larger than 1 MB"):
            replace(outbox, smtp=smtp).send(to("jo@anyshire.gov.uk") + b"x\r\n" * 400_000, OUR_ID)


def test_a_message_that_names_nobody_is_refused(outbox: SmtpOutbox) -> None:
    with pytest.raises(SendRefused, match="names no sender or no recipient"):
        outbox.send(b"From: us@homeoffice.example\r\nSubject: To nobody\r\n\r\n", OUR_ID)


def test_hidden_recipients_have_it_and_are_not_named_in_it(
    world: ImapWorld, outbox: SmtpOutbox
) -> None:
    raw = to("jo@anyshire.gov.uk").replace(b"Subject", b"Bcc: hidden@anyshire.gov.uk\r\nSubject")
    outbox.send(raw, OUR_ID)
    left = world.left()
    assert sum(b"Envelope-to: hidden@" in each for each in left) == 1
    assert all(b"\nBcc" not in each for each in left)
    assert b"Bcc: hidden@" in world.lying_in("Sent")[0]


def test_lines_that_begin_with_a_stop_arrive_as_they_were(
    world: ImapWorld, outbox: SmtpOutbox
) -> None:
    body = b".\r\n..\r\n.a\r\n" * 30_000
    outbox.send(to("jo@anyshire.gov.uk") + body, OUR_ID)
    assert world.left()[0].replace(b"\r\n", b"\n").endswith(body.replace(b"\r\n", b"\n"))


def test_a_line_cut_before_the_end_lets_nothing_leave(
    world: ImapWorld, outbox: SmtpOutbox, line: Line
) -> None:
    there = along(world, outbox, line)
    line.cut_when(lambda piece: b"Here it ends" in piece)
    with pytest.raises(OutboxClosed, match="the line to localhost dropped"):
        there.send(to("jo@anyshire.gov.uk") + BROKEN, OUR_ID)
    there.send(to("jo@anyshire.gov.uk"), OUR_ID)
    assert len(world.left()) == 1


def test_a_line_cut_at_the_end_leaves_a_doubt_and_sent_does_not_pretend(
    world: ImapWorld, outbox: SmtpOutbox, line: Line
) -> None:
    there = along(world, outbox, line)
    line.cut_when(lambda piece: piece.startswith(b".\r\n") or piece.endswith(b"\r\n.\r\n"))
    with pytest.raises(LineDropped, match="before the mail server said"):
        there.send(to("jo@anyshire.gov.uk"), OUR_ID)
    assert not there.sent(OUR_ID)


def test_a_silence_after_the_end_leaves_a_doubt(
    world: ImapWorld, outbox: SmtpOutbox, line: Line
) -> None:
    there = replace(along(world, outbox, line), patience=0.3)

    def last(piece: bytes) -> bool:
        if piece.endswith(b".\r\n"):
            line.freeze()
        return False

    line.cut_when(last)
    with pytest.raises(LineDropped):
        there.send(to("jo@anyshire.gov.uk"), OUR_ID)


def test_a_mail_that_left_without_a_copy_in_sent_is_in_doubt_and_nothing_leaves_before(
    world: ImapWorld, outbox: SmtpOutbox
) -> None:
    away = replace(outbox, sent_folder="Elsewhere")
    with pytest.raises(OutboxClosed, match="Elsewhere"):
        away.send(a_letter(), OUR_ID)
    assert world.left() == []


def test_the_server_that_keeps_copies_itself_is_given_none(
    world: ImapWorld, outbox: SmtpOutbox
) -> None:
    replace(outbox, server_keeps_sent=True).send(a_letter(), OUR_ID)
    assert len(world.left()) == 1
    assert world.lying_in("Sent") == []


def test_several_mails_leave_on_one_connection_that_is_ended_when_none_comes(
    world: ImapWorld, outbox: SmtpOutbox, line: Line
) -> None:
    there = replace(along(world, outbox, line), kept_for=0.3)
    for number in range(3):
        there.send(to("jo@anyshire.gov.uk", f"Letter {number}"), OUR_ID)
    assert line.made == 1
    until = time.monotonic() + 10
    while there._client is not None and time.monotonic() < until:
        time.sleep(0.05)
    there.send(to("jo@anyshire.gov.uk", "Letter 4"), OUR_ID)
    assert line.made == 2
    assert sorted(map(subject_of, world.left()))[-1] == "Letter 4"


def test_a_connection_that_the_server_ended_is_made_again(
    world: ImapWorld, outbox: SmtpOutbox, line: Line
) -> None:
    there = along(world, outbox, line)
    there.send(to("jo@anyshire.gov.uk", "Before"), OUR_ID)
    line.cut()
    there.send(to("jo@anyshire.gov.uk", "After"), OUR_ID)
    assert sorted(map(subject_of, world.left())) == ["After", "Before"]


def test_closing_ends_a_sending_under_way(world: ImapWorld, outbox: SmtpOutbox, line: Line) -> None:
    there = along(world, outbox, line)
    there.send(to("jo@anyshire.gov.uk"), OUR_ID)
    line.freeze()
    told: list[Exception] = []

    def send() -> None:
        try:
            there.send(to("jo@anyshire.gov.uk"), OUR_ID)
        except (OutboxClosed, LineDropped) as fault:
            told.append(fault)

    thread = threading.Thread(target=send)
    thread.start()
    time.sleep(0.1)
    start = time.monotonic()
    there.close()
    thread.join(20)
    assert time.monotonic() - start < within(2)
    assert len(told) == 1


def test_the_doctor_names_the_folder_that_the_server_calls_otherwise(
    world: ImapWorld, outbox: SmtpOutbox
) -> None:
    with pytest.raises(MailboxUnusable, match="the server's own is called Sent"):
        replace(outbox, sent_folder="Sent Items").check()


def test_nobody_need_sign_in_where_the_server_asks_for_none(
    world: ImapWorld, outbox: SmtpOutbox
) -> None:
    server = SmtpServer(HOST, world.exim.plain, "none")
    with world.exim.marked("open"):
        replace(outbox, smtp=server).send(a_letter(), OUR_ID)
    assert len(world.left()) == 1


def test_no_password_is_shown_by_what_is_printed(world: ImapWorld, outbox: SmtpOutbox) -> None:
    assert PASSWORD not in repr(outbox)
    assert PASSWORD not in repr(ImapLine(world.server()))
