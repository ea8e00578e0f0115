"""Containers of every kind, told by content, and taken apart into mails and files."""

import base64
import io
import struct
import zipfile

import pytest

from secretariat.adapters.papers.unpack import unpack
from secretariat.adapters.papers.zips import MOST_MEMBERS
from secretariat.domain.containers import is_container
from secretariat.domain.mail import Mail
from secretariat.domain.papers import ContainerRefused, Member
from tests.mail_builders import CORPUS, PLAIN, a_raw
from tests.outlook_builders import (
    a_message,
    a_table,
    a_winmail,
    an_msg,
    an_ole,
    enveloped,
    signed,
)
from tests.papers_builders import a_docx, a_pdf, a_zip, an_odt

PDF = a_pdf(["Domestic Homicide Review", "Overview Report into the death of Adult A"])
NOON = 134_150_000_000_000_000
SAID = {
    0x0037: "Adolygiad Gwêl",
    0x0C1A: "Jo Bloggs",
    0x0C1F: "/O=EXCHANGELABS/CN=JO",
    0x5D01: "jo.bloggs@anyshire.gov.uk",
    0x0E04: "DHR enquiries",
    0x1000: "Please find our report attached.",
    0x1035: "<one@anyshire.gov.uk>",
    0x0039: NOON,
}
REPORT = {0x3707: "Adroddiad — Report.pdf", 0x370E: "application/pdf", 0x3701: PDF}
FORWARDED = a_raw({"Report.pdf": PDF}, subject="Our review")


def only(members: tuple[Member, ...]) -> Mail:
    """Return the one mail that came out."""
    assert [member.media_type for member in members] == ["message/rfc822"]
    return PLAIN.parse(members[0].content)


@pytest.mark.parametrize(
    "content",
    [
        a_zip({"a.pdf": PDF}),
        a_zip({}),
        a_zip({"unzipped/[Content_Types].xml": "<Types/>"}),
        a_zip({"saved.docx": a_docx("A report")}),
        an_msg(SAID, REPORT),
        a_winmail({}, ("a.pdf", PDF)),
        signed(FORWARDED),
        signed(FORWARDED, as_text=True),
        base64.encodebytes(signed(FORWARDED)),
        enveloped(FORWARDED),
        FORWARDED,
        base64.encodebytes(FORWARDED),
        b"From jo Tue Mar 10 09:00:00 2026\n" + FORWARDED,
    ],
)
def test_a_container_is_told_by_its_bytes(content: bytes) -> None:
    assert is_container(content, "application/octet-stream", "Report.pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        PDF,
        a_docx("A report"),
        an_odt("A report"),
        a_docx("A report")[:-40],
        a_zip({"_rels/.rels": "<R/>", "[Content_Types].xml": "<Types/>"}),
        an_ole({"WordDocument": bytes(5_000)}),
        an_ole({"WordDocument": b"x", "ObjectPool": {"_1": dict(a_message(SAID))}}),
        signed(FORWARDED, detached=True),
        b"From: Jo\nTo: the Panel\nDate: today\n\nDear all, a memorandum",
        b"Overview Report\n\nFrom: Jo\nMessage-ID: x",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1 Overview Report}",
        base64.encodebytes(PDF),
    ],
)
def test_a_paper_is_no_container_whatever_its_name(content: bytes) -> None:
    assert not is_container(content, "application/zip", "Report.zip")


def test_a_mail_too_bare_to_be_told_is_one_when_its_type_says_so() -> None:
    assert is_container(b"Subject: x\n\nWords", "message/rfc822", "")


def test_a_saved_outlook_message_is_a_mail_with_its_files() -> None:
    mail = only(unpack(an_msg(SAID, REPORT), "Report.msg"))
    assert (mail.subject, mail.sender) == ("Adolygiad Gwêl", "jo.bloggs@anyshire.gov.uk")
    assert mail.sender_name == "Jo Bloggs"
    assert mail.message_id == "<one@anyshire.gov.uk>"
    assert mail.sent_at is not None
    assert mail.sent_at.year == 2026
    assert mail.text.strip() == "Please find our report attached."
    assert [(part.name, part.media_type, part.body) for part in mail.parts] == [
        ("Adroddiad — Report.pdf", "application/pdf", PDF)
    ]
    assert mail.faults == ()


def test_a_message_saved_inside_a_saved_message_keeps_its_files() -> None:
    inner = a_message({0x0037: "Inner", 0x1000: "Words"}, REPORT, head=24)
    outer = only(unpack(an_msg(SAID, {0x3001: "Our review", "message": inner})))
    assert [part.media_type for part in outer.parts] == ["message/rfc822"]
    passed_on = PLAIN.parse(outer.parts[0].body)
    assert passed_on.subject == "Inner"
    assert [part.body for part in passed_on.parts] == [PDF]


def test_a_code_page_that_nobody_knows_costs_no_letters() -> None:
    tree = {
        "__properties_version1.0": bytes(32) + struct.pack("<HHLQ", 3, 0x3FFD, 6, 99_999),
        "__substg1.0_0037001E": "Gwêl".encode("cp1252"),
    }
    assert only(unpack(an_ole(tree))).subject == "Gwêl"


def test_a_message_of_letters_in_an_old_code_page_is_read() -> None:
    tree = {
        "__properties_version1.0": bytes(32) + struct.pack("<HHLQ", 3, 0x3FFD, 6, 1250),
        "__substg1.0_0037001E": "Závěr".encode("cp1250"),
        "__substg1.0_1000001E": "Závěrečná zpráva".encode("cp1250"),
    }
    mail = only(unpack(an_ole(tree)))
    assert (mail.subject, mail.text.strip()) == ("Závěr", "Závěrečná zpráva")


def test_a_message_keeps_the_headers_that_it_came_with() -> None:
    headers = "Received: by x\r\nFrom: Jo <jo@anyshire.gov.uk>\r\nReferences: <a@b>\r\n <c@d>\r\n"
    mail = only(unpack(an_msg({**SAID, 0x007D: headers})))
    assert mail.sender == "jo@anyshire.gov.uk"
    assert mail.references == ("<a@b>", "<c@d>")


def test_a_message_whose_words_are_packed_as_rich_text_only_is_read() -> None:
    words = b"{\\rtf1\\ansi Please find our report attached, dated 2026.\\par}"
    packed = struct.pack("<LLLL", len(words) + 12, len(words), 0x414C454D, 0) + words
    mail = only(unpack(an_msg({0x0037: "x", 0x1009: packed})))
    assert mail.text.strip() == "Please find our report attached, dated 2026."


def test_packed_rich_text_repeats_what_stood_before() -> None:
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
        "0af32068656c090020627705b06c647d0a800fa0"
    )
    mail = only(unpack(an_msg({0x0037: "x", 0x1009: packed})))
    assert mail.text.strip() == "hello world"


def test_a_damaged_message_gives_what_can_be_read_or_is_refused() -> None:
    whole = an_msg(SAID, REPORT)
    far_away = struct.pack("<LQ", 9_000_000, len(PDF))
    no_file = whole.replace(struct.pack("<LQ", whole.index(PDF) // 512 - 1, len(PDF)), far_away)
    assert only(unpack(no_file)).subject == "Adolygiad Gwêl"
    with pytest.raises(ContainerRefused, match="the saved message is damaged"):
        unpack(whole[:-512])


def test_winmail_with_words_is_a_mail_and_without_words_its_files() -> None:
    mail = only(unpack(a_winmail({0x0037: "Our review"}, ("Report.pdf", PDF), body="See attached")))
    assert (mail.subject, mail.text.strip()) == ("Our review", "See attached")
    assert [(part.name, part.body) for part in mail.parts] == [("Report.pdf", PDF)]
    assert unpack(a_winmail({}, ("Adroddiad ŵ.pdf", PDF))) == (Member("Adroddiad ŵ.pdf", PDF),)


def test_winmail_that_breaks_off_gives_the_files_before_the_break() -> None:
    whole = a_winmail({}, ("one.pdf", PDF), ("two.pdf", PDF))
    assert [member.name for member in unpack(whole[: len(whole) // 2 + 100])][:1] == ["one.pdf"]


def test_empty_winmail_is_refused_with_the_reason() -> None:
    with pytest.raises(ContainerRefused, match="neither words nor files"):
        unpack(a_winmail({}))


def test_a_table_of_properties_that_claims_millions_costs_nothing() -> None:
    table = struct.pack("<LHHL", 2**32 - 1, 0x1102, 0x3707, 2**32 - 1) + b"\xff" * 40
    wrapped = a_winmail({}, ("a.pdf", PDF))
    bad = wrapped + struct.pack("<BHHL", 2, 0x9005, 6, len(table)) + table + b"\0\0"
    assert unpack(bad)[0].content == PDF
    assert a_table({})


@pytest.mark.parametrize(
    "sealed",
    [signed(FORWARDED), signed(FORWARDED, as_text=True), base64.b64encode(signed(FORWARDED))],
)
def test_a_mail_signed_as_one_piece_is_that_mail(sealed: bytes) -> None:
    mail = only(unpack(sealed, "smime.p7m"))
    assert mail.subject == "Our review"
    assert [part.body for part in mail.parts] == [PDF]


def test_a_signed_mail_part_without_a_sender_is_a_mail_all_the_same() -> None:
    mail = only(unpack(signed(b"Content-Type: text/plain\r\n\r\nThe words survive.")))
    assert mail.text == "The words survive."


def test_a_signed_file_is_that_file() -> None:
    assert unpack(signed(PDF), "Report.pdf.p7m") == (Member("Report.pdf", PDF),)


def test_an_encrypted_mail_is_for_a_person() -> None:
    with pytest.raises(ContainerRefused, match="it is encrypted: a person must open it"):
        unpack(enveloped(FORWARDED))


def test_a_mail_attached_as_a_file_passes_through_even_from_base64() -> None:
    assert unpack(FORWARDED, "a.eml") == (Member("a.eml", FORWARDED, "message/rfc822"),)
    assert unpack(base64.encodebytes(FORWARDED), "a.eml")[0].content == FORWARDED


def test_mails_in_a_zip_are_told() -> None:
    members = unpack(a_zip({"mails/one.eml": FORWARDED, "Report.pdf": PDF}))
    assert [(each.name, each.media_type) for each in members] == [
        ("one.eml", "message/rfc822"),
        ("Report.pdf", ""),
    ]


def test_every_mail_of_the_corpus_can_be_asked_about() -> None:
    for path in CORPUS.glob("*.eml"):
        content = path.read_bytes()
        if is_container(content):
            assert unpack(content)[0].media_type == "message/rfc822"


def test_a_zip_of_too_many_entries_is_refused() -> None:
    with pytest.raises(ContainerRefused, match="too many files"):
        unpack(a_zip({str(each): b"" for each in range(MOST_MEMBERS + 1)}))


def test_what_is_no_container_is_refused() -> None:
    with pytest.raises(ContainerRefused, match="damaged"):
        unpack(b"only words")


def turned(zipped: bytes, place: int, value: bytes, *, entry: bytes = b"PK\x01\x02") -> bytes:
    """Return the zip with `value` at `place` of its first entry of this kind."""
    made = bytearray(zipped)
    at = made.index(entry) + place
    made[at : at + len(value)] = value
    return bytes(made)


PLAIN_ZIP = a_zip({"one.pdf": PDF})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (turned(PLAIN_ZIP, 8, b"\x01"), "locked"),
        (turned(PLAIN_ZIP, 10, b"\x63\0"), "damaged"),
        (turned(PLAIN_ZIP, 30, b"x", entry=b"PK\x03\x04"), "damaged"),
        (turned(PLAIN_ZIP, 24, struct.pack("<L", len(PDF) - 1)), "damaged"),
        (turned(PLAIN_ZIP, 24, struct.pack("<L", 2**31)), "more than is safe"),
        (turned(PLAIN_ZIP, 42, struct.pack("<L", 2**30)), "damaged"),
        (turned(PLAIN_ZIP, 24, b"\xff" * 4), "damaged|more than is safe"),
        (PLAIN_ZIP[:-30], "damaged"),
    ],
    ids=["locked", "packed in an unknown way", "two names", "a size too small", "an enormous size",
         "a place beyond its end", "a long size that is missing", "no table of contents"],
)  # fmt: skip
def test_a_zip_that_lies_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(ContainerRefused, match=why):
        unpack(content)


def test_a_name_with_folders_is_a_label_and_two_files_of_one_name_are_both_taken() -> None:
    names = {"../../etc/one.pdf": PDF, "C:\\two.pdf": PDF, "/a/one.pdf": b"%PDF-1.4"}
    assert [(each.name, each.content) for each in unpack(a_zip(names))] == [
        ("one.pdf", PDF),
        ("two.pdf", PDF),
        ("one.pdf", b"%PDF-1.4"),
    ]


def test_two_entries_of_one_name_in_a_zip_are_both_taken() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as container:
        container.writestr("one.pdf", b"first")
        with pytest.warns(UserWarning, match="Duplicate"):
            container.writestr("one.pdf", b"second")
    assert [each.content for each in unpack(made.getvalue())] == [b"first", b"second"]


def test_a_zip_in_a_zip_stays_shut() -> None:
    inner = a_zip({"Report.pdf": PDF})
    assert unpack(a_zip({"inner.zip": inner})) == (Member("inner.zip", inner),)


def test_a_file_without_a_name_in_a_zip_is_taken() -> None:
    made = io.BytesIO()
    entry = zipfile.ZipInfo("x")
    entry.filename = ""
    with zipfile.ZipFile(made, "w") as container, container.open(entry, "w") as member:
        member.write(PDF)
    assert unpack(made.getvalue()) == (Member("file without a name", PDF),)
