"""Parsing: whatever a council or a gateway sends becomes a mail, and nothing raises."""

import base64
import binascii
import quopri
import tracemalloc
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


def in_parts(*parts: bytes) -> bytes:
    """Return a mail of these parts, each with its headers."""
    head = b"From: jo.bloggs@anyshire.gov.uk\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
    return head + b"".join(b"--B\r\n" + part + b"\r\n" for part in parts) + b"--B--\r\n"


def encoded(content: bytes, *, line: int = 57, ending: bytes = b"\r\n") -> bytes:
    """Return base64 in lines of `line` bytes each."""
    rows = (content[place : place + line] for place in range(0, len(content), line))
    return b"".join(base64.b64encode(row) + ending for row in rows)


A_PDF = b"%PDF-1.4 \x00\xff" + bytes(range(256)) * 20
AS_PDF = b"Content-Type: application/pdf; name=Report.pdf\r\n"
IN_BASE64 = AS_PDF + b"Content-Transfer-Encoding: base64\r\n\r\n"


@pytest.mark.parametrize(
    "part",
    [
        IN_BASE64 + encoded(A_PDF),
        IN_BASE64 + A_PDF,
        IN_BASE64.replace(b"base64", b"BASE64 (as it should be)") + encoded(A_PDF),
        AS_PDF + b"\r\n" + encoded(A_PDF),
        AS_PDF + b"Content-Transfer-Encoding: 7bit\r\n\r\n" + encoded(A_PDF),
        AS_PDF + b"Content-Transfer-Encoding: binary\r\n\r\n" + A_PDF,
        AS_PDF
        + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        + quopri.encodestring(A_PDF, quotetabs=True),
        AS_PDF + b"Content-Disposition: inline; filename=Report.pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + encoded(A_PDF),
    ],
)
def test_a_file_comes_out_whole_whatever_its_encoding_is_called(part: bytes) -> None:
    mail = PLAIN.parse(in_parts(part))
    assert [(each.name, each.body) for each in mail.parts] == [("Report.pdf", A_PDF)]
    assert mail.faults == ()


def test_a_file_uuencoded_in_the_words_of_a_mail_is_taken_out_of_them() -> None:
    rows = b"".join(binascii.b2a_uu(A_PDF[at : at + 45]) for at in range(0, len(A_PDF), 45))
    raw = b"Subject: x\n\nAttached.\nbegin 644 Our Report.pdf\n" + rows + b"`\nend\nThe words."
    mail = PLAIN.parse(raw)
    assert mail.text == "Attached.\n\nThe words."
    assert [(each.name, each.body) for each in mail.parts] == [("Our Report.pdf", A_PDF)]


def test_words_that_only_speak_of_uuencoding_stay_words() -> None:
    text = "begin 644 x\nthis is — no file\nend\n"
    assert PLAIN.parse(f"Subject: x\n\n{text}".encode()).text == text


def test_a_forwarded_mail_in_base64_keeps_its_own_attachments() -> None:
    head = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    outer = PLAIN.parse(in_parts(head + base64.encodebytes(a_raw({"Report.pdf": A_PDF}))))
    inner = PLAIN.parse(outer.parts[0].body)
    assert [(each.name, each.body) for each in inner.parts] == [("Report.pdf", A_PDF)]


def test_a_forwarded_mail_in_damaged_base64_is_read_as_far_as_it_goes() -> None:
    head = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    broken = base64.encodebytes(a_raw(subject="Inner", body="The words survive."))[:-3]
    inner = PLAIN.parse(PLAIN.parse(in_parts(head + broken)).parts[0].body)
    assert inner.subject == "Inner"


@pytest.mark.parametrize("kind", ["pkcs7-mime; smime-type=signed-data", "ms-tnef"])
def test_a_mail_that_is_one_container_keeps_it_as_a_part(kind: str) -> None:
    head = f"Content-Type: application/{kind}; name=x.dat\r\nContent-Transfer-Encoding: base64\r\n"
    mail = PLAIN.parse(head.encode() + b"\r\n" + encoded(A_PDF))
    assert [(each.media_type, each.body) for each in mail.parts] == [
        (f"application/{kind.partition(';')[0]}", A_PDF)
    ]


def test_a_mail_that_is_a_named_text_is_read_as_words_and_kept_as_a_file() -> None:
    raw = b"Content-Disposition: inline; filename=note.txt\r\n\r\nThe words survive."
    mail = PLAIN.parse(raw)
    assert mail.text == SAYS_SO
    assert [part.name for part in mail.parts] == ["note.txt"]


def test_a_name_in_pieces_and_in_another_charset_is_put_together() -> None:
    head = (
        b"Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n"
        b" filename*0*=iso-8859-1''Adroddiad%20Gw%EAl;\r\n filename*1=\" Report\";\r\n"
        b" filename*2=.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    assert [each.name for each in PLAIN.parse(in_parts(head + encoded(A_PDF))).parts] == [
        "Adroddiad Gwêl Report.pdf"
    ]


def test_files_inside_the_html_of_an_alternative_are_taken() -> None:
    related = (
        b"Content-Type: multipart/related; boundary=R\r\n\r\n--R\r\nContent-Type: text/html\r\n\r\n"
        b"<p>Attached\r\n--R\r\n" + IN_BASE64 + encoded(A_PDF) + b"--R--"
    )
    words = b"Content-Type: text/plain\r\n\r\nAttached"
    raw = in_parts(words, related).replace(b"multipart/mixed", b"multipart/alternative")
    assert [each.body for each in PLAIN.parse(raw).parts] == [A_PDF]


LINES = st.sampled_from([19, 45, 57, 240])
ENDINGS = st.sampled_from([b"\r\n", b"\n", b"\r\n\r\n"])


@st.composite
def mails_with_files(draw: st.DrawFn) -> bytes:
    """Mails whose base64 is sound, cut short, or damaged anywhere."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        size = draw(st.integers(0, 3_000))
        body = encoded(A_PDF[:size], line=draw(LINES), ending=draw(ENDINGS))
        head = draw(
            st.sampled_from([IN_BASE64, AS_PDF + b"\r\n", b"Content-Type: text/plain\r\n\r\n", b""])
        )
        parts.append(head + body)
    raw = in_parts(*parts)
    if draw(st.booleans()):
        inner = draw(st.sampled_from([b"", b"Content-Transfer-Encoding: base64\r\n"]))
        raw = in_parts(
            b"Content-Type: message/rfc822\r\n" + inner + b"\r\n" + raw.replace(b"B\r", b"C\r")
        )
    at = draw(st.integers(0, len(raw)))
    damage = draw(
        st.sampled_from([b"", b"=", b"\n--B\n", b"\r", b" ", b"\xff", b"CutOut0e", b"===="])
    )
    return raw[:at] + damage + raw[at + draw(st.integers(0, 3)) :]


@settings(max_examples=400, deadline=None)
@given(mails_with_files())
def test_bodies_decoded_where_they_lie_come_out_as_the_parser_has_them(raw: bytes) -> None:
    cutting = MimeReading(lambda html: html, large=300)
    assert cutting.parse(raw) == MimeReading(lambda html: html, large=2**40).parse(raw)


def test_a_large_file_is_never_held_as_text() -> None:
    content = A_PDF * 800
    raw = in_parts(IN_BASE64 + encoded(content))
    tracemalloc.start()
    try:
        mail = PLAIN.parse(raw)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert mail.parts[0].body == content
    assert peak < 1.3 * len(content) + 500_000


def test_a_forwarded_mail_whose_boundary_is_lost_has_the_same_bytes_each_time() -> None:
    inner = b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n\r\nThe words survive.\r\n"
    raw = in_parts(b"Content-Type: message/rfc822\r\n\r\n" + inner)
    assert PLAIN.parse(raw) == PLAIN.parse(raw)
    assert b"The words survive." in PLAIN.parse(raw).parts[0].body
