"""Hard mail on real parts: containers, viruses, passwords, forged councils, machines that storm."""

from dataclasses import dataclass, replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.papers import PaperKind, ReadingStatus, ScannerAway
from secretariat.domain.post import PostingStatus
from secretariat.domain.post_in import Due, MailKind, MailState, ReceivedMail
from secretariat.domain.reference import Reference
from tests.builders import TODAY
from tests.intake_builders import PROVED, Desk, a_plan, a_report
from tests.mail_builders import BORDER, COUNCIL, a_raw
from tests.outlook_builders import a_winmail, an_msg, enveloped, signed
from tests.papers_builders import a_pdf, a_photograph, a_zip

VIRUS = b"INVENTED-VIRUS"
DENIED = (
    ("Authentication-Results", f"{BORDER}; spf=fail; dmarc=fail header.from=anyshire.gov.uk"),
)
MACHINE = (("Auto-Submitted", "auto-replied"),)


@pytest.fixture
def desk(
    register: Database, clock: StoppedClock, vault: Vault, reader: Reader, tmp_path: Path
) -> Desk:
    return Desk(register, clock, vault, reader, tmp_path / "mail")


@dataclass(frozen=True, slots=True)
class MarkScanner:
    """Finds one mark in files; away, it does not answer."""

    away: bool = False

    def scan(self, content: bytes, /) -> str:
        """Say what was found."""
        if self.away:
            raise ScannerAway("its socket is closed")
        return "Invented.Mark" if VIRUS in content else ""


def scanned(desk: Desk, raw: bytes, *, away: bool = False) -> ReceivedMail | None:
    place = desk.deliver(raw)
    desk.intake(scanner=MarkScanner(away)).work()
    with desk.register.reading() as reading:
        return reading.mail_at(place)


def refusals(desk: Desk) -> list[str]:
    with desk.register.reading() as reading:
        posted = reading.mails_for(COUNCIL, TODAY)
    return [desk.parsed(each).text for each in posted if not each.references]


# Containers


def test_a_mail_in_a_mail_in_a_zip_gives_its_papers(desk: Desk) -> None:
    inner = a_raw({"Overview.pdf": a_report()}, message_id="<inner@anyshire.gov.uk>")
    mail = desk.take({"papers.zip": a_zip({"saved.eml": inner})})
    assert mail.state is MailState.REGISTERED
    assert [(each.name, each.kind) for each in mail.papers] == [
        ("Overview.pdf", PaperKind.OVERVIEW_REPORT)
    ]


def test_a_container_is_told_by_its_bytes_whatever_its_name(desk: Desk) -> None:
    mail = desk.take({"papers.bin": a_zip({"Overview.pdf": a_report()})})
    assert mail.state is MailState.REGISTERED


def test_a_zip_in_a_zip_stays_shut_and_is_told(desk: Desk) -> None:
    inner = a_zip({"Overview.pdf": a_report()})
    mail = desk.take({"outer.zip": a_zip({"inner.zip": inner})})
    assert mail.state is MailState.HELD
    assert [each.name for each in mail.papers] == ["inner.zip"]


def forwarded_in_base64() -> bytes:
    inner = a_raw({"Overview.pdf": a_report()}, message_id="<inner@anyshire.gov.uk>")
    outer = EmailMessage()
    outer["From"], outer["Subject"] = COUNCIL, "FW: DHR15"
    outer["Message-ID"] = "<outer@anyshire.gov.uk>"
    outer.set_content("Please see below.")
    outer.add_attachment(inner, maintype="application", subtype="octet-stream", filename="x.eml")
    return outer.as_bytes().replace(b"application/octet-stream", b"message/rfc822")


def test_a_mail_passed_on_in_base64_is_entered(desk: Desk) -> None:
    place = desk.deliver(forwarded_in_base64())
    desk.intake().work()
    with desk.register.reading() as reading:
        mail = reading.mail_at(place)
    assert mail is not None
    assert mail.state is MailState.REGISTERED


def wrapped(content: bytes, media_type: str, name: str) -> bytes:
    """Return a mail whose only content is one file."""
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = COUNCIL, "DHR15", "<w@anyshire.gov.uk>"
    main, sub = media_type.split("/")
    mail.set_content(content, maintype=main, subtype=sub, filename=name, disposition="attachment")
    return mail.as_bytes()


def test_a_mail_signed_as_one_piece_is_taken_as_it_was_written(desk: Desk) -> None:
    inner = EmailMessage()
    inner.set_content("Please find our domestic homicide review attached.")
    inner.add_attachment(a_report(), maintype="application", subtype="pdf", filename="O.pdf")
    raw = wrapped(signed(inner.as_bytes()), "application/pkcs7-mime", "smime.p7m")
    mail = scanned(desk, raw)
    assert mail is not None
    assert (mail.state, mail.sender) == (MailState.REGISTERED, COUNCIL)
    assert mail.text == "Please find our domestic homicide review attached."
    assert [each.name for each in mail.attachments] == ["smime.p7m"]
    assert [each.name for each in mail.papers] == ["O.pdf"]


def test_an_encrypted_mail_is_held_with_the_reason(desk: Desk) -> None:
    raw = wrapped(enveloped(b"x"), "application/pkcs7-mime", "smime.p7m")
    mail = scanned(desk, raw)
    assert mail is not None
    assert mail.state is MailState.HELD
    assert mail.papers[0].warnings


def test_a_mail_in_an_outlook_message_is_entered(desk: Desk) -> None:
    saved = an_msg(
        {0x0037: "DHR15", 0x1000: "Find attached."}, {0x3707: "O.pdf", 0x3701: a_report()}
    )
    mail = desk.take({"saved.msg": saved})
    assert mail.state is MailState.REGISTERED
    assert [each.name for each in mail.papers] == ["O.pdf"]


def test_a_mail_that_is_a_winmail_dat_alone_is_taken_as_it_was_written(desk: Desk) -> None:
    held = a_winmail({0x1000: "Our review is attached."}, ("O.pdf", a_report()))
    mail = scanned(desk, wrapped(held, "application/ms-tnef", "winmail.dat"))
    assert mail is not None
    assert mail.state is MailState.REGISTERED
    assert "Our review is attached." in mail.text


# Viruses and size


def test_a_mail_of_infected_files_alone_is_refused_and_its_sender_told(desk: Desk) -> None:
    raw = a_raw({"Overview.pdf": a_pdf(("Report",)) + VIRUS}, headers=PROVED)
    mail = scanned(desk, raw)
    assert mail is not None
    assert mail.state is MailState.REFUSED
    assert mail.papers[0].reading == ReadingStatus.QUARANTINED
    assert "Invented.Mark" in mail.papers[0].warnings[0]
    assert desk.vault.open(mail.raw) == raw
    assert desk.filed("Refused") == [mail.place]
    (told,) = refusals(desk)
    assert "virus scanner" in told


def test_an_infected_zip_is_never_opened(desk: Desk) -> None:
    packed = a_zip({"Overview.pdf": a_report()}) + VIRUS
    mail = scanned(desk, a_raw({"papers.zip": packed}))
    assert mail is not None
    assert [each.name for each in mail.papers] == ["papers.zip"]
    assert mail.state is MailState.REFUSED


def test_a_file_out_of_a_zip_is_scanned_too_and_the_others_are_taken(desk: Desk) -> None:
    members = {"Overview.pdf": a_report(), "Plan.pdf": a_plan() + VIRUS}
    mail = scanned(desk, a_raw({"papers.zip": a_zip(members)}))
    assert mail is not None
    assert mail.state is MailState.REGISTERED
    with desk.register.reading() as reading:
        papers = reading.papers(mail.references[0])
    assert [(each.reading, each.due) for each in papers] == [
        (ReadingStatus.TEXT, Due.READING),
        (ReadingStatus.QUARANTINED, Due.NOTHING),
    ]


def test_a_scanner_that_is_away_keeps_the_mail_waiting_and_the_others_go_on(desk: Desk) -> None:
    desk.deliver(a_raw({"Overview.pdf": a_report()}, message_id="<a@anyshire.gov.uk>"))
    bare = desk.deliver(a_raw(message_id="<b@anyshire.gov.uk>"))
    tally = desk.intake(scanner=MarkScanner(away=True)).work()
    assert tally.done == 1
    assert "virus scanner does not answer" in tally.stuck[0][1]
    with desk.register.reading() as reading:
        assert reading.mail_at(bare) is not None
    assert desk.intake(scanner=MarkScanner()).work().done == 1


def test_a_mail_over_the_cap_is_refused_whole(desk: Desk) -> None:
    desk.policy = replace(desk.policy, most_bytes=2**20)
    big = a_raw({"Overview.pdf": a_report() + b"0" * 2**20}, headers=PROVED)
    mail = scanned(desk, big)
    assert mail is not None
    assert (mail.state, mail.sender) == (MailState.REFUSED, COUNCIL)
    assert desk.vault.open(mail.raw) == big
    assert "larger than 1 MB" in refusals(desk)[0]


def test_who_may_not_be_answered_at_once_is_told_after_a_persons_release(desk: Desk) -> None:
    scanned(desk, a_raw({"x.pdf": VIRUS}, sender="x@elsewhere.example"))
    with desk.register.reading() as reading:
        (posting,) = reading.postings(PostingStatus.FOR_RELEASE)
    assert posting.to == "x@elsewhere.example"


# Passwords


def locked_review(desk: Desk) -> Reference:
    """Have a review registered with a locked paper beside its report."""
    locked = a_pdf(("Secret",), password="Heron-42")
    files = {"Overview.pdf": a_report(), "Plan.pdf": locked}
    return desk.take(files, headers=PROVED).references[0]


def test_a_password_joins_the_review_of_its_sender_and_is_kept_nowhere(desk: Desk) -> None:
    reference = locked_review(desk)
    body = "The password for our earlier report is Heron-42"
    mail = desk.take(subject="Heron-42 is the password", body=body)
    assert (mail.kind, mail.state) == (MailKind.PASSWORD, MailState.JOINED)
    assert mail.references == (reference,)
    assert mail.secret
    assert mail.text == ""
    assert "Heron-42" not in repr(mail)


def test_a_password_that_nobody_waits_for_is_held_without_its_words(desk: Desk) -> None:
    mail = desk.take(body="The password for the report is Heron-42")
    assert (mail.kind, mail.state, mail.text) == (MailKind.PASSWORD, MailState.HELD, "")


def test_a_mail_that_brings_a_locked_paper_with_its_password_is_secret_too(desk: Desk) -> None:
    locked = a_pdf(("Secret",), password="Heron-42")
    files = {"Overview.pdf": a_report(), "Plan.pdf": locked}
    mail = desk.take(files, body="Find attached our DHR. The password is Heron-42")
    assert mail.state is MailState.REGISTERED
    assert mail.secret
    assert "Heron-42" not in repr(mail)


def test_a_council_that_sends_locked_papers_alone_has_its_review_wait_for_the_password(
    desk: Desk,
) -> None:
    locked = a_pdf(("Secret",), password="Heron-42")
    said = "Please find attached our domestic homicide review."
    first = desk.take({"Overview.pdf": locked}, body=said)
    assert first.state is MailState.REGISTERED
    assert "waits for a password" in first.why
    second = desk.take(body="The password for our earlier report is Heron-42")
    assert (second.state, second.references) == (MailState.JOINED, first.references)


def test_a_mail_named_otherwise_by_a_person_has_its_words_again(desk: Desk) -> None:
    mail = desk.take(body="The password is Heron-42 for our meeting room")
    desk.answer(mail, MailKind.NOT_FOR_US)
    with desk.register.reading() as reading:
        again = reading.mail(mail.number)
    assert not again.secret
    assert "meeting room" in again.text


def test_a_person_joins_a_password_to_a_review(desk: Desk) -> None:
    reference = locked_review(desk)
    mail = desk.take(sender="other@othershire.gov.uk", body="The password is: Heron-42")
    assert mail.state is MailState.HELD
    desk.answer(mail, MailKind.PASSWORD, reference)
    with desk.register.reading() as reading:
        joined = reading.mail(mail.number)
    assert (joined.state, joined.references, joined.secret) == (
        MailState.JOINED,
        (reference,),
        True,
    )


# Who sent it


def test_a_council_that_our_border_denies_is_held_whatever_it_brings(desk: Desk) -> None:
    mail = desk.take({"Overview.pdf": a_report()}, headers=DENIED)
    assert mail.state is MailState.HELD
    assert "our border server says that it is not" in mail.why
    assert mail.authentication.startswith("our border server: DMARC fail for anyshire.gov.uk")


def test_what_the_border_found_stands_beside_the_mail(desk: Desk) -> None:
    mail = desk.take({"Overview.pdf": a_report()}, headers=PROVED)
    assert mail.authentication == (
        "our border server: DMARC pass for anyshire.gov.uk, SPF pass, DKIM pass"
    )


# Machines


def test_an_absence_is_noted_with_the_day_of_return_and_the_colleague(desk: Desk) -> None:
    ours = desk.posted(desk.submit())
    mail = desk.take(
        headers=MACHINE,
        subject="Automatic reply",
        answers=ours.message_id,
        body="I am away until 16 March. Please write to cover@anyshire.gov.uk.",
    )
    assert (mail.kind, mail.state) == (MailKind.AUTOMATIC_REPLY, MailState.NOTED)
    assert (mail.returns_on, mail.colleague) == (date(2026, 3, 16), "cover@anyshire.gov.uk")


def test_the_sixth_machine_mail_on_a_thread_within_an_hour_does_nothing_further(desk: Desk) -> None:
    ours = desk.posted(desk.submit())
    said = {"headers": MACHINE, "subject": "Automatic reply", "answers": ours.message_id}
    mails = [desk.take(**said, body=f"Away. {count}") for count in range(6)]
    assert all(mail.state is MailState.NOTED for mail in mails)
    assert "only noted" not in mails[4].why
    assert "only noted" in mails[5].why


def test_an_address_that_storms_is_answered_after_a_persons_release_alone(desk: Desk) -> None:
    desk.policy = replace(desk.policy, answered_an_hour=2)
    for count in range(3):
        desk.take(body=f"Please ring me. {count}", headers=PROVED)
    (posting,) = desk.acknowledgements(desk.submit())
    assert posting.status is PostingStatus.FOR_RELEASE
    assert "within an hour" in posting.why


# What a person says


@pytest.mark.parametrize("kind", [MailKind.CHALLENGE, MailKind.WITHDRAWAL])
def test_a_challenge_or_withdrawal_is_held_and_joins_once_a_person_says_so(
    desk: Desk, kind: MailKind
) -> None:
    reference = desk.submit()
    body = {
        MailKind.CHALLENGE: "We disagree with the Panel's feedback on point 3.",
        MailKind.WITHDRAWAL: "Please withdraw the report that we sent.",
    }[kind]
    mail = desk.take(subject=f"RE: {reference}", body=body)
    assert (mail.kind, mail.state, mail.unread_answer) == (kind, MailState.HELD, True)
    assert mail.candidates[0].reference == reference
    desk.answer(mail, kind, reference)
    with desk.register.reading() as reading:
        joined = reading.mail(mail.number)
    assert (joined.state, joined.unread_answer) == (MailState.JOINED, False)


@pytest.mark.parametrize("kind", [MailKind.NEW_CASE, MailKind.FROM_OUTSIDE])
def test_a_new_case_or_a_letter_from_outside_is_noted_once_a_person_says_so(
    desk: Desk, kind: MailKind
) -> None:
    body = {
        MailKind.NEW_CASE: "We have decided to commission a DHR.",
        MailKind.FROM_OUTSIDE: "I am a reporter and write about DHRs.",
    }[kind]
    sender = COUNCIL if kind is MailKind.NEW_CASE else "x@anypaper.example"
    mail = desk.take(body=body, sender=sender)
    assert (mail.kind, mail.state) == (kind, MailState.HELD)
    desk.answer(mail, kind)
    with desk.register.reading() as reading:
        assert reading.mail(mail.number).state is MailState.NOTED


def test_a_held_mail_names_the_reviews_that_it_may_belong_to(desk: Desk) -> None:
    reference = desk.submit()
    mail = desk.take(body="Please ring me about it.")
    assert [(each.reference, each.why) for each in mail.candidates] == [
        (reference, "it is the only open review that this sender submitted")
    ]


def test_the_papers_of_two_cases_are_put_together_for_the_person(desk: Desk) -> None:
    files = {
        "Maria overview.pdf": a_report(),
        "Jane overview.pdf": a_report("Jane", local="DHR16"),
        "plan.pdf": a_plan("Jane", local="DHR16"),
    }
    mail = desk.take(files)
    assert mail.state is MailState.HELD
    assert [each.part for each in mail.papers] == [1, 2, 2]


@pytest.mark.parametrize("kind", [b"application/octet-stream", b"image/heic"])
def test_photographs_that_are_not_read_are_held_with_a_plain_sentence(
    desk: Desk, kind: bytes
) -> None:
    heic = b"\0\0\0\x18ftypheic" + bytes(4_000)
    raw = a_raw({"IMG_1.heic": heic}, body="Please find our DHR report attached.", headers=PROVED)
    mail = scanned(desk, raw.replace(b"application/octet-stream", kind))
    assert mail is not None
    assert mail.state is MailState.HELD
    (paper,) = mail.papers
    assert (paper.name, paper.reading) == ("IMG_1.heic", ReadingStatus.UNSUPPORTED)
    assert paper.warnings == (
        "a photograph of a kind that is not read (HEIC): ask for it as PDF or Word .docx",
    )


def test_a_photograph_of_a_page_is_a_paper_and_a_crest_is_none(desk: Desk) -> None:
    page, crest = a_photograph(1_600, 2_200), a_photograph(60, 40)
    files = {"page 1.jpg": page, "crest.png": crest}
    raw = a_raw(files, body="Please find our DHR report attached.", headers=PROVED)
    mail = scanned(desk, raw.replace(b"application/octet-stream", b"image/jpeg"))
    assert mail is not None
    told = {paper.name: paper.reading for paper in mail.papers}
    assert told == {
        "page 1.jpg": ReadingStatus.NO_TEXT,
        "crest.png": ReadingStatus.UNSUPPORTED,
    }
