"""Bounces as servers write them: tied to the mail of ours, final or still being tried."""

import pytest

from secretariat.domain.triage_senders import bounce_in
from tests.mail_builders import PLAIN, WORDS

OURS = "<QA-2026-0001.chaser.abc@homeoffice.example>"
EXCHANGE = "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@anyshire.gov.uk>"
GOOGLE = "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"
POSTFIX = "MAILER-DAEMON@mx.example (Mail Delivery System)"


def a_report(
    sender: str, subject: str, *, action: str = "failed", html: bool = False, told: bool = True
) -> bytes:
    """Return a report with our mail attached; told: with its part for machines."""
    text = "text/html\r\n\r\n<p>It wasn't delivered</p>" if html else "text/plain\r\n\r\nFailed"
    status = (
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;x\r\n\r\n"
        f"Final-Recipient: rfc822;a@b.example\r\nAction: {action}\r\n\r\n"
    )
    kind = "report; report-type=delivery-status" if told else "mixed"
    return (
        f"From: {sender}\r\nSubject: {subject}\r\n"
        f"Content-Type: multipart/{kind}; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: {text}\r\n{status if told else ''}--b\r\n"
        f"Content-Type: message/rfc822\r\n\r\nMessage-ID: {OURS}\r\n\r\nwords\r\n--b--"
    ).encode()


def of_exim(subject: str) -> bytes:
    """Return a report in plain words, with our headers below them."""
    return (
        f"From: Mail Delivery System <Mailer-Daemon@mx.example>\r\nSubject: {subject}\r\n\r\n"
        f"------ This is a copy of the message ------\r\n\r\nMessage-ID: {OURS}\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("raw", "final"),
    [
        (a_report(EXCHANGE, "Undeliverable: letter"), True),
        (a_report("postmaster@outlook.com", "Undeliverable: letter", html=True), True),
        (a_report("postmaster@outlook.com", "Undeliverable: letter", html=True, told=False), True),
        (a_report("postmaster@anyshire.gov.uk", "Delivery delayed: x", action="delayed"), False),
        (a_report(POSTFIX, "Undelivered Mail Returned to Sender"), True),
        (a_report(POSTFIX, "Delayed Mail (still being retried)", action="delayed"), False),
        (a_report(GOOGLE, "Delivery Status Notification (Failure)"), True),
        (a_report(GOOGLE, "Delivery Status Notification (Delay)", action="delayed"), False),
        (of_exim("Mail delivery failed: returning message to sender"), True),
        (of_exim("Warning: message 1abc-2 delayed 24 hours"), False),
    ],
)
def test_a_report_is_tied_to_the_mail_of_ours(raw: bytes, final: bool) -> None:
    found = bounce_in(PLAIN.parse(raw), WORDS)
    assert found is not None
    assert OURS in found.about
    assert found.final is final


def test_a_report_of_delivery_is_no_bounce() -> None:
    raw = a_report("postmaster@anyshire.gov.uk", "Relayed: letter", action="relayed")
    assert bounce_in(PLAIN.parse(raw), WORDS) is None


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("Status: 5.1.10", "5.1.10"),
        ("status:5.2.2", "5.2.2"),
        ("Status: 4.4.7", "4.4.7"),
        ("Status: 4.4.7\r\n\r\nAction: failed\r\nStatus: 5.1.1", "5.1.1"),
        ("Status: 5.1.1234", ""),
        ("Status: 2.0.0", ""),
        ("Status: unknown", ""),
        ("X-Status: 5.1.1", ""),
        ("Remote-MTA: dns; x", ""),
    ],
)
def test_the_code_of_a_report_is_kept_where_it_is_one(lines: str, code: str) -> None:
    raw = a_report(EXCHANGE, "Undeliverable: letter").replace(
        b"Action: failed\r\n", f"Action: failed\r\n{lines}\r\n".encode()
    )
    found = bounce_in(PLAIN.parse(raw), WORDS)
    assert found is not None
    assert (found.code, found.final) == (code, True)


def test_a_report_in_plain_words_gives_no_code() -> None:
    found = bounce_in(PLAIN.parse(of_exim("Mail delivery failed")), WORDS)
    assert found is not None
    assert found.code == ""
