"""Parsing: whatever a council or a gateway sends becomes a mail, and nothing raises."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.adapters.mail.headers import decoded, id_list, plain_name
from secretariat.adapters.mail.mime import MimeReading
from secretariat.domain.mail import Mail
from tests.mail_builders import CORPUS, COUNCIL, PLAIN, a_raw

EVERY = sorted(CORPUS.glob("*.eml"))
SAYS_SO = "The words survive."


def corpus(name: str) -> Mail:
    return PLAIN.parse((CORPUS / f"{name}.eml").read_bytes())


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_no_mail_of_the_corpus_raises(path: Path) -> None:
    assert isinstance(PLAIN.parse(path.read_bytes()), Mail)


@pytest.mark.parametrize(
    "path", [each for each in EVERY if SAYS_SO.encode() in each.read_bytes()], ids=lambda p: p.stem
)
def test_a_mail_in_trouble_keeps_its_words(path: Path) -> None:
    assert SAYS_SO in PLAIN.parse(path.read_bytes()).text


@given(st.binary(max_size=3000))
def test_no_bytes_raise(raw: bytes) -> None:
    assert isinstance(PLAIN.parse(raw), Mail)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(EVERY), st.integers(0, 4000), st.binary(max_size=40), st.booleans())
def test_no_damage_to_a_mail_of_the_corpus_raises(
    path: Path, at: int, damage: bytes, cut: bool
) -> None:
    raw = path.read_bytes()
    damaged = raw[:at] + damage + (b"" if cut else raw[at + len(damage) :])
    assert isinstance(PLAIN.parse(damaged), Mail)


def test_thousands_of_parts_and_depths_are_told_and_left() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=B%d\r\n\r\n--B%d\r\n" % (each, each)
        for each in range(2000)
    )
    wide = b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + b"--B\r\n\r\nx\r\n" * 2000
    assert PLAIN.parse(deep).faults
    assert "it has more parts than are taken apart; the rest was left" in PLAIN.parse(wide).faults


def test_a_subject_of_20_000_encoded_words_is_cut_not_pondered() -> None:
    raw = b"Subject: " + b"=?utf-8?q?x?=\r\n " * 20_000 + b"\r\n\r\nbody"
    assert PLAIN.parse(raw).faults == ("a header is longer than 64 KB and was cut",)


def test_an_ordinary_mail_is_read_in_full() -> None:
    mail = PLAIN.parse(a_raw({"Report.pdf": b"%PDF-1.4"}, subject="Adolygiad Gwêl"))
    assert mail.sender == COUNCIL
    assert mail.sender_name == "Jo Bloggs"
    assert mail.recipients == ("dhr@homeoffice.example",)
    assert mail.subject == "Adolygiad Gwêl"
    assert mail.message_id == "<one@anyshire.gov.uk>"
    assert mail.sent_at == datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    assert [(part.name, part.body) for part in mail.parts] == [("Report.pdf", b"%PDF-1.4")]
    assert mail.faults == ()


def test_letters_that_are_not_what_the_charset_claims_are_still_read() -> None:
    assert "‘survive’" in corpus("windows-letters-called-utf-8").text


def test_raw_bytes_and_letters_cut_in_two_come_out_whole_in_a_subject() -> None:
    assert corpus("raw-bytes-in-the-subject").subject == "Adolygiad Gwêl"
    assert corpus("welsh-subject-cut-inside-a-letter").subject == "Adolygiad Gwêl ŷ"


def test_a_newline_in_an_encoded_name_makes_no_header() -> None:
    mail = corpus("newline-hidden-in-an-encoded-sender")
    assert mail.sender == COUNCIL
    assert mail.sender_name == "Jo X-Evil: yes"
    assert mail.header("X-Evil") == ""


def test_two_senders_are_told() -> None:
    assert corpus("two-senders").faults == ("it names more than one sender",)


def test_a_date_beyond_time_is_no_date() -> None:
    mail = corpus("a-date-beyond-time")
    assert mail.sent_at is None
    assert mail.faults == ("its date cannot be read",)


def test_a_file_name_is_a_label_and_never_a_path() -> None:
    assert [part.name for part in corpus("file-name-with-folders-and-reversed-letters").parts] == [
        "Report fdp.exe"
    ]


def test_an_attachment_that_breaks_off_is_kept_and_told() -> None:
    mail = corpus("base64-that-breaks-off")
    assert [part.name for part in mail.parts] == ["Report.pdf"]
    assert mail.faults == ("an attachment is damaged",)


def test_a_forwarded_mail_is_decoded_even_from_base64() -> None:
    inner = corpus("forwarded-mail-in-base64").parts[0]
    assert inner.media_type == "message/rfc822"
    assert PLAIN.parse(inner.body).subject == "Inner"


def test_a_forwarded_mail_keeps_its_own_attachments() -> None:
    outer = (
        b"Content-Type: multipart/mixed; boundary=O\r\n\r\n"
        + b"--O\r\nContent-Type: message/rfc822\r\n\r\n"
        + a_raw({"Report.pdf": b"%PDF-1.4"})
        + b"\r\n--O--\r\n"
    )
    inner = PLAIN.parse(PLAIN.parse(outer).parts[0].body)
    assert [(part.name, part.body) for part in inner.parts] == [("Report.pdf", b"%PDF-1.4")]


def test_ids_that_another_program_mangled_are_put_together_again() -> None:
    ours = "<QA-2026-0001.acknowledgement.abc@homeoffice.example>"
    mail = corpus("references-mangled-as-words")
    assert mail.in_reply_to == (ours,)
    assert mail.references == (ours,)


def test_html_becomes_text_only_where_there_is_no_plain_part() -> None:
    reading = MimeReading(lambda html: "made from html")
    assert reading.parse(a_raw(body="plain", html="<p>html")).text.strip() == "plain"
    html_only = (CORPUS / "html-only-with-a-safe-link.eml").read_bytes()
    assert reading.parse(html_only).text == "made from html"


def test_a_crest_in_the_layout_is_no_attachment() -> None:
    crest = (
        b"Content-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n"
        b"<img src=cid:1>\r\n--B\r\nContent-Type: image/png; name=crest.png\r\nContent-ID: <1>\r\n"
        b"Content-Disposition: inline\r\n\r\nPNG\r\n--B--\r\n"
    )
    assert PLAIN.parse(crest).parts == ()


@given(st.text())
def test_no_header_value_breaks_its_decoding(value: str) -> None:
    assert "\n" not in decoded(value)
    assert all(each.startswith("<") for each in id_list(value))
    assert "/" not in plain_name(value)
