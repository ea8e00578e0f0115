"""The demonstration's mail, as bytes: what councils, servers and staff would have sent.

The council domains are real, because the directory is matched against them; the people,
the wording and the cases are invented, and nothing ever leaves this machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Final

from secretariat.cli.demo.papers import Sheet

HOUSE: Final = "homeoffice.example"
DESK: Final = f"dhrenquiries@{HOUSE}"
# Python 3.11 mangles long Message-IDs when it folds a header, so they are not folded.
WIRE: Final = SMTP.clone(max_line_length=998)


@dataclass(frozen=True, slots=True)
class Written:
    """One invented mail.

    sender: with its display name
    message_id, answers: with angle brackets; `answers` is "" for a new thread
    also: further headers
    """

    sender: str
    subject: str
    text: str
    sent_at: datetime
    message_id: str
    sheets: tuple[Sheet, ...] = ()
    answers: str = ""
    also: Mapping[str, str] = field(default_factory=dict)


def council_mail(written: Written) -> bytes:
    """Return a mail that the border server found authentic: SPF, DKIM and DMARC pass."""
    domain = parseaddr(written.sender)[1].rpartition("@")[2]
    seen = (
        f"mx.{HOUSE}; spf=pass smtp.mailfrom={domain}; dkim=pass header.d={domain};"
        f" dmarc=pass header.from={domain}"
    )
    return _bytes(written, {"Authentication-Results": seen})


def forged_mail(written: Written) -> bytes:
    """Return a mail of which the border server found that its sender's domain did not send it."""
    domain = parseaddr(written.sender)[1].rpartition("@")[2]
    seen = (
        f"mx.{HOUSE}; spf=fail smtp.mailfrom=elsewhere.example; dkim=none;"
        f" dmarc=fail action=none header.from={domain}"
    )
    return _bytes(written, {"Authentication-Results": seen})


def staff_mail(written: Written) -> bytes:
    """Return a mail that our own mail server marked as sent from inside."""
    seen = f"mx.{HOUSE}; spf=pass smtp.mailfrom={HOUSE}; dmarc=pass header.from={HOUSE}"
    inside = {"X-MS-Exchange-Organization-AuthAs": "Internal", "Authentication-Results": seen}
    return _bytes(written, inside)


def out_of_office(written: Written) -> bytes:
    """Return an automatic reply, marked as RFC 3834 asks."""
    marks = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    return _bytes(written, marks)


def bounce(of: str, *, to: str, sent_at: datetime) -> bytes:
    """Return a delivery report (RFC 3464): our mail with Message-ID `of` did not reach `to`."""
    domain = to.rpartition("@")[2]
    lines = (
        "Return-Path: <>",
        f"From: Mail Delivery System <mailer-daemon@{domain}>",
        f"To: {DESK}",
        "Subject: Undelivered Mail Returned to Sender",
        f"Date: {format_datetime(sent_at)}",
        f"Message-ID: <bounce.{sent_at:%Y%m%d%H%M}@{domain}>",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_report"',
        "",
        "--=_report",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        f"Your message to {to} could not be delivered: the mailbox is full.",
        "",
        "--=_report",
        "Content-Type: message/delivery-status",
        "",
        f"Reporting-MTA: dns; mx.{domain}",
        "",
        f"Final-Recipient: rfc822; {to}",
        "Action: failed",
        "Status: 5.2.2",
        "Diagnostic-Code: smtp; 552 5.2.2 mailbox full",
        "",
        "--=_report",
        "Content-Type: text/rfc822-headers",
        "",
        f"Message-ID: {of}",
        f"From: {DESK}",
        f"To: {to}",
        "",
        "--=_report--",
        "",
    )
    return "\r\n".join(lines).encode()


def broken_mail(sent_at: datetime) -> bytes:
    """Return a mail whose MIME no parser can make whole: no boundary, cut-off base64, raw bytes."""
    head = (
        "From: =?utf-8?b?SW52ZW50ZWQgT2ZmaWNlcg?= <invented.officer@derby.gov.uk>\r\n"
        f"To: {DESK}\r\n"
        "Subject: =?utf-8?q?Domestic_Homicide_Review_=E2=80=98Siskin?= =?x-none?b?////\r\n"
        f"Date: {sent_at:%d/%m/%Y %H.%M} BST??\r\n"
        "Message-ID: <siskin@@derby.gov.uk\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=\r\n\r\n"
        "--\r\nContent-Type: application/pdf; name*=\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + b"JVBERi0xLjQKJ\xff\xfe\x00 ... the line dropped here"


def _bytes(written: Written, marks: Mapping[str, str]) -> bytes:
    mail = EmailMessage(policy=SMTP)
    for name, value in {**marks, **written.also}.items():
        mail[name] = value
    mail["From"] = written.sender
    mail["To"] = DESK
    mail["Subject"] = written.subject
    mail["Date"] = format_datetime(written.sent_at)
    mail["Message-ID"] = written.message_id
    if written.answers:
        mail["In-Reply-To"] = written.answers
        mail["References"] = written.answers
    mail.set_content(written.text)
    for sheet in written.sheets:
        family, _, kind = sheet.media_type.partition("/")
        mail.add_attachment(sheet.body, maintype=family, subtype=kind, filename=sheet.name)
    return mail.as_bytes(policy=WIRE)
