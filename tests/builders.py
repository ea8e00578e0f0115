"""Ordinary values of the field, changed as a test says; every name is plainly invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from secretariat.domain.contacts import Contact, Office
from secretariat.domain.kept_names import KeptNames
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.letter import Confirmation, Copy, Fact, Letter, LetterStatus
from secretariat.domain.letter_content import Addressee, LetterContent, LetterHead, Point
from secretariat.domain.panel import Meeting, Notes, Section
from secretariat.domain.papers import Facts, PaperKind, ReadingStatus
from secretariat.domain.post import Posting, PostingKind
from secretariat.domain.post_in import Attachment, MailKind, MailState, Paper, ReceivedMail
from secretariat.domain.publication import Check, Finding, Link
from secretariat.domain.reference import Reference
from secretariat.domain.review import Matter, MatterKind, Outcome, Parties, Review, Status

REFERENCE: Final = Reference(2026, 1)
NOW: Final = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TODAY: Final = date(2026, 3, 10)
MET_ON: Final = date(2026, 3, 3)
CSP_ID: Final = "anytown"
CSP: Final = "Anytown Community Safety Partnership"
CASEWORKER: Final = "sam@homeoffice.example"
APPROVER: Final = "alex@homeoffice.example"
APPROVED: Final = (LetterStatus.APPROVED, LetterStatus.SENDING, LetterStatus.SENT)
NOTE_TAKER: Final = "nat@homeoffice.example"
COUNCIL_ADDRESS: Final = "jo.bloggs@anyshire.example"
OFFICE_ADDRESS: Final = "office@anyshire-pcc.example"
SHA: Final = "ab" * 32


def an_act(**said: Any) -> Act:
    """Return an act of the service itself."""
    return replace(Act(SYSTEM, Event.REGISTERED, "a mail with an overview report"), **said)


def some_kept_names(**said: Any) -> KeptNames:
    """Return two names kept for the check, sealed as nobody can open them."""
    return replace(KeptNames(REFERENCE, "gAAAAA-sealed==", 2, CASEWORKER, NOW), **said)


def a_parties(**said: Any) -> Parties:
    """Return one partnership, sure, with its council and police area."""
    plain = Parties((CSP_ID,), CSP, ("anyshire",), ("E23000099",), "its name is on the cover", True)
    return replace(plain, **said)


def some_facts(**said: Any) -> Facts:
    """Return a front page that states everything."""
    plain = Facts(CSP, ("Maria",), "DHR15", "2023-08-13", "A. Writer", "C. Chair", "2025-11-02")
    return replace(plain, **said)


def a_review(**said: Any) -> Review:
    """Return QA-2026-0001, received on 2 March 2026 and never touched since."""
    day = date(2026, 3, 2)
    plain = Review(
        REFERENCE, a_parties(), some_facts(), Status.RECEIVED, day, day, sender=COUNCIL_ADDRESS
    )
    return replace(plain, **said)


def a_paper(**said: Any) -> Paper:
    """Return the overview report of QA-2026-0001, read, not yet in the register."""
    plain = Paper(
        0,
        REFERENCE,
        "Overview report.pdf",
        SHA,
        PaperKind.OVERVIEW_REPORT,
        ReadingStatus.TEXT,
        datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        pages=64,
        size=412_000,
        text="cd" * 32,
    )
    return replace(plain, **said)


def a_mail(**said: Any) -> ReceivedMail:
    """Return a submission that was registered as QA-2026-0001, not yet in the register."""
    arrived = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    plain = ReceivedMail(
        0,
        "1772443800.M1P1.anyshire",
        "<one@anyshire.example>",
        datetime(2026, 3, 2, 9, 28, tzinfo=UTC),
        arrived,
        COUNCIL_ADDRESS,
        "DHR15 for quality assurance",
        "ef" * 32,
        MailKind.SUBMISSION,
        MailState.REGISTERED,
        rule="papers",
        why="an overview report is attached",
        looked=("bounce", "automatic reply"),
        text="Please find our report attached.",
        references=(REFERENCE,),
        attachments=(Attachment("Overview report.pdf", SHA, 412_000, "application/pdf"),),
    )
    return replace(plain, **said)


def a_posting(**said: Any) -> Posting:
    """Return a feedback letter's mail, ready to leave today, not yet in the register."""
    plain = Posting(
        0,
        PostingKind.LETTER,
        (REFERENCE,),
        COUNCIL_ADDRESS,
        "Domestic homicide review DHR15: feedback letter (QA-2026-0001)",
        "<letter-1@secretariat.example>",
        "12" * 32,
        TODAY,
        letter=1,
    )
    return replace(plain, **said)


def a_chaser(**said: Any) -> Posting:
    """Return a chaser due today for QA-2026-0001."""
    plain = a_posting(
        kind=PostingKind.CHASER,
        letter=None,
        due_on=TODAY,
        subject="Publication of your review (QA-2026-0001)",
        message_id="<chaser-1@secretariat.example>",
    )
    return replace(plain, **said)


def a_meeting(**said: Any) -> Meeting:
    """Return the Panel's meeting of 3 March 2026 without an agenda, not yet in the register."""
    return replace(Meeting(0, MET_ON, "C. Chair"), **said)


def a_section(**said: Any) -> Section:
    """Return a section that lets the report be published after changes."""
    plain = Section(
        "QA-2026-0001 Anytown",
        1,
        REFERENCE,
        conclusion=("The Panel felt this was a well-written report.",),
        points=(Point("The timeline needs dates.", ("Add the year of each event.",)),),
        outcome=Outcome.PUBLISH_AFTER_CHANGES,
        resubmission_wanted=False,
        typing_errors=("Page 4: 'teh'",),
    )
    return replace(plain, **said)


def some_notes(**said: Any) -> Notes:
    """Return the notes on QA-2026-0001 at meeting 1, taken by NOTE_TAKER."""
    plain = Notes(REFERENCE, 1, a_section(), (NOTE_TAKER,), "34" * 32, NOW)
    return replace(plain, **said)


def a_head(**said: Any) -> LetterHead:
    """Return who writes."""
    plain = LetterHead(
        "Interpersonal Abuse Unit",
        "2 Marsham Street, London SW1P 4DF",
        "020 7035 4848",
        "www.homeoffice.gov.uk",
        "Pat Example",
        "Chair of the Quality Assurance Panel",
        "reviews@secretariat.example",
    )
    return replace(plain, **said)


def an_addressee(**said: Any) -> Addressee:
    """Return the partnership's chair with an address of two lines."""
    plain = Addressee(
        "Cllr",
        "Jo",
        "Bloggs",
        "",
        "Chair",
        CSP,
        ("Town Hall", "Anytown AA1 1AA"),
        "Councillor Bloggs",
    )
    return replace(plain, **said)


def some_content(**said: Any) -> LetterContent:
    """Return a letter's words: publish after changes, with a copy sentence."""
    plain = LetterContent(
        "2017",
        a_head(),
        an_addressee(),
        "Anytown",
        Outcome.PUBLISH_AFTER_CHANGES,
        local_reference="DHR15",
        pseudonyms=("Maria",),
        meeting_date=MET_ON,
        conclusion=("The Panel felt this was a well-written report.",),
        points=(Point("The timeline needs dates.", ("Add the year of each event.",)),),
        copy_offices=("Police and Crime Commissioner for Anyshire",),
    )
    return replace(plain, **said)


def a_letter(**said: Any) -> Letter:
    """Return the draft of letter 1 on QA-2026-0001, nothing confirmed, nothing made.

    One that is said to be approved or further is confirmed, made and dated as it must be.
    """
    plain = Letter(
        REFERENCE,
        1,
        some_content(),
        meeting=1,
        to=COUNCIL_ADDRESS,
        copies=(Copy("E23000099", "Police and Crime Commissioner for Anyshire", OFFICE_ADDRESS),),
        drafted_by=SYSTEM,
        note_authors=(NOTE_TAKER,),
    )
    made = plain if said.get("status", LetterStatus.DRAFT) not in APPROVED else _made(plain)
    return replace(made, **said)


def a_letter_to_approve(**said: Any) -> Letter:
    """Return a draft whose facts CASEWORKER has confirmed and which is made and dated today."""
    return replace(_made(a_letter()), **said)


def _made(letter: Letter) -> Letter:
    return replace(
        letter,
        confirmations=tuple(Confirmation(fact, CASEWORKER, NOW) for fact in Fact),
        leaves_on=TODAY,
        template="56" * 32,
        docx="78" * 32,
        pdf="9a" * 32,
    )


def a_contact(**said: Any) -> Contact:
    """Return the confirmed contact of QA-2026-0001."""
    plain = Contact(str(REFERENCE), COUNCIL_ADDRESS, an_addressee(), CASEWORKER, NOW)
    return replace(plain, **said)


def an_office(**said: Any) -> Office:
    """Return the confirmed address of Anyshire's commissioner."""
    return replace(Office("E23000099", OFFICE_ADDRESS, CASEWORKER, NOW), **said)


def a_link(**said: Any) -> Link:
    """Return a link that a council gave, not yet in the register."""
    plain = Link(0, REFERENCE, "https://www.anyshire.example/dhr15.pdf", NOW)
    return replace(plain, **said)


def a_check(**said: Any) -> Check:
    """Return a check of link 1 that found the report with its letter."""
    plain = Check(
        1,
        REFERENCE,
        NOW,
        Finding.PUBLISHED,
        "the report and its letter are there",
        0.97,
        True,
        "https://www.anyshire.example/dhr15.pdf",
        page="bc" * 32,
    )
    return replace(plain, **said)


def a_matter(**said: Any) -> Matter:
    """Return a decision not to review, opened on 2 March 2026, not yet in the register."""
    day = date(2026, 3, 2)
    plain = Matter(0, MatterKind.DECISION_NOT_TO_REVIEW, day, day, parties=a_parties())
    return replace(plain, **said)
