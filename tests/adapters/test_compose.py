"""Our mails as bytes: threads hold, headers cannot be broken into, machines are warned."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.adapters.mail.compose import compose
from secretariat.domain.mail import Draft, Part
from secretariat.domain.message_id import message_id_of
from secretariat.domain.post import PostingKind
from tests.builders import REFERENCE
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


LISTED = """\
Dear colleague,

Please send us <soon> & whole, as one paragraph whose lines are broken by the
width of a page alone:
- the report (https://www.anyshire.gov.uk/dhr?a=1&b=2),
- the action plan, which may be a long one and so has its item on
  two lines.

2. Second
3. Third

Yours sincerely

The secretariat
Home Office
"""


def html_part(**said: Any) -> str:
    return PLAIN.parse(compose(a_draft(**said))).html.replace("\r\n", "\n")


def test_each_mail_has_its_plain_words_and_the_same_in_html() -> None:
    message = message_from_bytes(compose(a_draft(body=LISTED)))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/html"]
    assert PLAIN.parse(compose(a_draft(body=LISTED))).text.split() == LISTED.split()


def test_paragraphs_lists_and_links_are_what_they_look_like() -> None:
    found = html_part(body=LISTED)
    assert '<html lang="en-GB">' in found
    assert "broken by the\nwidth of a page alone:</p>" in found
    assert "&lt;soon&gt; &amp; whole" in found
    link = "https://www.anyshire.gov.uk/dhr?a=1&amp;b=2"
    assert f'<li>the report (<a href="{link}">{link}</a>),</li>' in found
    assert "its item on two lines.</li></ul>" in found
    assert '<ol start="2"><li>Second</li><li>Third</li></ol>' in found
    assert "<p>The secretariat<br>\nHome Office</p>" in found


def test_a_letter_beside_two_kinds_of_words_is_one_attachment() -> None:
    part = Part("Letter.pdf", "application/pdf", b"%PDF")
    mail = PLAIN.parse(compose(a_draft(parts=(part,))))
    assert mail.parts == (part,)
    assert "<p>Thank you.</p>" in mail.html


def test_the_same_draft_gives_the_same_bytes() -> None:
    part = Part("Letter.pdf", "application/pdf", b"%PDF")
    assert compose(a_draft(parts=(part,))) == compose(a_draft(parts=(part,)))


@given(st.text())
def test_no_words_make_a_picture_a_script_or_another_element(body: str) -> None:
    hostile = f"{body} <img src=https://tracker.example/1.png> <script>x</script> \"' {body}"
    found = html_part(body=hostile, subject=hostile)
    tags = set(re.findall(r"<(\w+)", found.partition("</head>")[2]))
    assert tags <= {"body", "p", "br", "a", "ul", "ol", "li"}


@pytest.mark.parametrize("kind", PostingKind)
def test_the_message_id_bears_our_domain_whatever_the_mail(kind: PostingKind) -> None:
    made = message_id_of(REFERENCE, kind, token="0123", domain="homeoffice.example")
    mail = PLAIN.parse(compose(a_draft(message_id=made, in_reply_to=OUTLOOK)))
    assert mail.message_id == made
    assert mail.message_id.endswith("@homeoffice.example>")
    assert mail.in_reply_to == mail.references == (OUTLOOK,)
