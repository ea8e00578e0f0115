"""Our mails as bytes: threads hold, headers cannot be broken into, machines are warned."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from secretariat.adapters.mail.compose import compose
from secretariat.domain.mail import Draft, Part
from tests.mail_builders import PLAIN

OUTLOOK = "<LO2P265MB1234F1A2B3C4D5E6F7A8B9C0D1E2F3A4B5@LO2P265MB1234.GBRP265.PROD.OUTLOOK.COM>"


def a_draft(**said: Any) -> Draft:
    plain = {
        "message_id": "<QA-2026-0001.acknowledgement.abc@homeoffice.example>",
        "sender": "DHR Enquiries <dhr@homeoffice.example>",
        "to": "jo.bloggs@anyshire.gov.uk",
        "subject": "QA-2026-0001",
        "body": "Thank you.",
        "date": datetime(2026, 3, 10, 9, 0, tzinfo=UTC),
    }
    return Draft(**{**plain, **said})


def test_ids_as_long_as_outlooks_survive_in_a_long_thread() -> None:
    thread = tuple(OUTLOOK.replace("1234", f"{each:04}") for each in range(40))
    raw = compose(a_draft(in_reply_to=OUTLOOK, references=thread))
    mail = PLAIN.parse(raw)
    assert mail.in_reply_to == (OUTLOOK,)
    assert mail.references == (*thread, OUTLOOK)
    assert max(map(len, raw.split(b"\r\n"))) < 200
    assert b"=?" not in raw


def test_an_automatic_mail_warns_other_machines_and_a_persons_does_not() -> None:
    automatic = PLAIN.parse(compose(a_draft(automatic="auto-replied")))
    assert automatic.header("Auto-Submitted") == "auto-replied"
    assert automatic.header("X-Auto-Response-Suppress") == "OOF, AutoReply"
    assert PLAIN.parse(compose(a_draft())).header("Auto-Submitted") == ""


def test_welsh_letters_and_attachments_come_out_as_they_went_in() -> None:
    part = Part("Llythyr adborth – Gwêl.pdf", "application/pdf", b"%PDF\x00\xff")
    mail = PLAIN.parse(compose(a_draft(subject="Gwêl ŷ", body="Annwyl Gwên,\n\nŵ", parts=(part,))))
    assert mail.subject == "Gwêl ŷ"
    assert mail.text.split() == ["Annwyl", "Gwên,", "ŵ"]
    assert mail.parts == (part,)


@given(st.text(), st.text(), st.text())
def test_nothing_in_a_value_makes_another_header(subject: str, to: str, body: str) -> None:
    hostile = f"{subject}\r\nBcc: all@anyshire.gov.uk\n\n{body}"
    mail = PLAIN.parse(compose(a_draft(subject=hostile, body=body)))
    assert mail.header("Bcc") == ""
    assert mail.recipients == ("jo.bloggs@anyshire.gov.uk",)


def test_a_domain_beyond_ascii_is_written_as_every_server_takes_it() -> None:
    raw = compose(a_draft(to="gwen@cyngor-gŵyl.example"))
    assert b"To: gwen@xn--cyngor-gyl-ihc.example\r\n" in raw


@given(st.text(min_size=1).filter(str.strip))
def test_an_address_of_any_letters_makes_a_mail_to_nobody_else(to: str) -> None:
    mail = PLAIN.parse(compose(a_draft(to=f"{to}@anyshire.gov.uk\r\nCc: all@anyshire.gov.uk")))
    assert (mail.header("Cc"), mail.header("Bcc")) == ("", "")
    assert mail.header("Message-ID") == a_draft().message_id


def test_letters_that_the_library_cannot_fold_still_make_a_mail() -> None:
    assert b"To: ?,?@anyshire.gov.uk\r\n" in compose(a_draft(to="\x80,\U00010000@anyshire.gov.uk"))


def test_a_very_long_subject_is_folded_and_comes_out_whole() -> None:
    subject = "QA-2026-0001 " + "Gwêl y dref " * 100 + "x" * 2000
    raw = compose(a_draft(subject=subject))
    assert PLAIN.parse(raw).subject == subject
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_lines_end_as_mail_servers_ask() -> None:
    raw = compose(a_draft(body="one\ntwo"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
