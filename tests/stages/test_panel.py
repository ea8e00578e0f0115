import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import Refused, StaleVersion, UnlawfulMove
from secretariat.domain.ledger import Event, Tally
from secretariat.domain.letter import Fact, LetterStatus, unconfirmed
from secretariat.domain.letter_content import Point
from secretariat.domain.panel import Meeting, MeetingMode
from secretariat.domain.papers import ScannerAway
from secretariat.domain.post_in import Attachment, MailKind, MailState
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Status
from secretariat.stages.panel import NotesTaken, Panel
from tests.builders import (
    APPROVER,
    CASEWORKER,
    MET_ON,
    NOTE_TAKER,
    REFERENCE,
    a_letter,
    a_letter_to_approve,
    a_mail,
    a_review,
    an_act,
)

SECOND = Reference(2026, 2)
FORMS = Path(__file__).parents[1] / "corpus" / "forms"
NOTES = b"""\
## QA-2026-0001
Conclusion: A careful review.
- Explain the gap.
Outcome: publish after changes

## QA-2026-0002
Conclusion: No outcome was noted.

## QA-2026-0099
Outcome: publish
"""


@pytest.fixture
def panel(register: Database, reader: Reader, vault: Vault, clock: StoppedClock) -> Panel:
    with register.register() as pen:
        pen.add_review(a_review(), an_act())
        pen.add_review(a_review(reference=SECOND), an_act())
    return Panel(register.register, reader, vault, clock)


@pytest.fixture
def meeting(panel: Panel) -> Meeting:
    return panel.add_meeting(MET_ON, "C. Chair", by=CASEWORKER)


@pytest.fixture
def agenda(panel: Panel, meeting: Meeting) -> None:
    panel.list_review(meeting.number, REFERENCE, by=CASEWORKER)
    panel.list_review(meeting.number, SECOND, by=CASEWORKER)


def test_a_review_is_listed_and_taken_off_again(
    panel: Panel, meeting: Meeting, register: Database
) -> None:
    listed = panel.list_review(meeting.number, REFERENCE, by=CASEWORKER)
    assert (listed.status, listed.meeting) == (Status.WITH_PANEL, meeting.number)
    free = panel.unlist_review(meeting.number, REFERENCE, by=CASEWORKER)
    assert (free.status, free.meeting) == (Status.RECEIVED, None)
    with register.reading() as eyes:
        assert eyes.meeting(meeting.number).agenda == ()


def test_a_review_is_on_one_agenda_at_a_time(panel: Panel, meeting: Meeting) -> None:
    other = panel.add_meeting(date(2026, 4, 1), "C. Chair", MeetingMode.VIRTUAL, by=CASEWORKER)
    panel.list_review(meeting.number, REFERENCE, by=CASEWORKER)
    with pytest.raises(UnlawfulMove):
        panel.list_review(other.number, REFERENCE, by=CASEWORKER)
    with pytest.raises(Refused, match="not listed"):
        panel.unlist_review(other.number, REFERENCE, by=CASEWORKER)


def test_a_meeting_changes_but_not_behind_somebodys_back(panel: Panel, meeting: Meeting) -> None:
    panel.change_meeting(meeting, by=CASEWORKER)
    with pytest.raises(StaleVersion):
        panel.change_meeting(meeting, by=CASEWORKER)


def test_a_letter_says_the_new_day_of_its_meeting_and_it_must_be_confirmed(
    panel: Panel, meeting: Meeting, register: Database
) -> None:
    with register.register() as pen:
        pen.add_letter(a_letter_to_approve(meeting=meeting.number), an_act())
    later = date(2026, 3, 4)
    panel.change_meeting(replace(meeting, held_on=later), by=CASEWORKER)
    with register.reading() as eyes:
        letter = eyes.letter(REFERENCE, 1)
    assert letter.content.meeting_date == later
    assert unconfirmed(letter) == (Fact.MEETING_DATE,)


@pytest.mark.usefixtures("agenda")
def test_notes_move_the_reviews_they_tell_of_and_list_what_cannot_be_read(
    panel: Panel, meeting: Meeting, register: Database, vault: Vault
) -> None:
    result = panel.take_notes(NOTES, "notes.md", meeting=meeting.number, by=NOTE_TAKER)
    assert result.taken == (REFERENCE,)
    assert [(fault.line, fault.why.split(" is ")[-1]) for fault in result.faults] == [
        (6, "the notes on QA-2026-0002 say no outcome"),
        (9, "not in the register"),
    ]
    with register.reading() as eyes:
        review, untouched = eyes.review(REFERENCE), eyes.review(SECOND)
        (notes,) = eyes.to_draft()
        told = [entry.what for entry in eyes.ledger(str(REFERENCE))]
    assert (review.status, review.outcome) == (Status.CONSIDERED, Outcome.PUBLISH_AFTER_CHANGES)
    assert untouched.status is Status.WITH_PANEL
    assert notes.authors == (NOTE_TAKER,)
    assert vault.open(notes.source) == NOTES
    assert told[-2:] == [Event.CONSIDERED, Event.NOTES_TAKEN]


@pytest.mark.usefixtures("agenda")
def test_notes_in_a_word_file_are_read_by_their_styles(
    panel: Panel, meeting: Meeting, register: Database
) -> None:
    word = docx.Document()
    word.add_heading("QA-2026-0001 Anytown", 1)
    word.add_heading("Conclusion", 2)
    word.add_paragraph("A careful review.")
    word.add_paragraph("A second paragraph.")
    word.add_heading("Points", 2)
    word.add_paragraph("Explain the gap.", "List Bullet")
    word.add_paragraph("In the chronology.", "List Bullet 2")
    word.add_paragraph("Outcome: publish")
    out = io.BytesIO()
    word.save(out)
    result = panel.take_notes(out.getvalue(), "n.docx", meeting=meeting.number, by=NOTE_TAKER)
    assert (result.taken, [str(fault) for fault in result.faults]) == (
        (REFERENCE,),
        ["QA-2026-0002 is on the agenda and has no notes yet"],
    )
    with register.reading() as eyes:
        (notes,) = eyes.to_draft()
    assert notes.section.conclusion == ("A careful review.", "A second paragraph.")
    assert notes.section.points == (
        Point("Explain the gap.", ("In the chronology.",), lines=(6, 7)),
    )


@pytest.mark.usefixtures("agenda")
def test_notes_taken_again_take_the_place_of_the_first_until_a_letter_is_drafted(
    panel: Panel, meeting: Meeting, register: Database
) -> None:
    panel.take_notes(NOTES, "notes.md", meeting=meeting.number, by=NOTE_TAKER)
    corrected = NOTES.replace(b"publish after changes", b"resubmit")
    again = panel.take_notes(corrected, "notes.md", meeting=meeting.number, by=CASEWORKER)
    assert again.taken == (REFERENCE,)
    with register.register() as pen:
        assert pen.review(REFERENCE).outcome is Outcome.RESUBMIT
        pen.add_letter(a_letter(meeting=meeting.number), an_act())
    third = panel.take_notes(NOTES, "notes.md", meeting=meeting.number, by=NOTE_TAKER)
    assert third.taken == ()
    assert any("amend the letter" in fault.why for fault in third.faults)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken"], ids=["empty", "broken Word file"])
def test_a_file_that_cannot_be_read_is_a_fault_and_no_crash(
    panel: Panel, meeting: Meeting, content: bytes
) -> None:
    result = panel.take_notes(content, "notes.docx", meeting=meeting.number, by=NOTE_TAKER)
    assert (result.taken, len(result.faults)) == ((), 1)


def mailed(register: Database, vault: Vault, notes: bytes, **said: object) -> int:
    mail = a_mail(
        kind=MailKind.PANEL_NOTES,
        state=MailState.NOTED,
        sender=NOTE_TAKER,
        references=(),
        attachments=(Attachment("notes.md", vault.keep(notes), len(notes)),),
    )
    with register.register() as pen:
        return pen.add_mail(mail, an_act()).number


def test_notes_mailed_by_staff_are_taken_for_the_meeting_of_their_reviews(
    panel: Panel, meeting: Meeting, register: Database, vault: Vault
) -> None:
    panel.list_review(meeting.number, REFERENCE, by=CASEWORKER)
    panel.add_meeting(date(2026, 3, 9), "C. Chair", by=CASEWORKER)
    number = mailed(register, vault, NOTES.partition(b"## QA-2026-0002")[0])
    assert panel.work().done == 1
    assert panel.work().done == 0
    with register.reading() as eyes:
        assert eyes.mail(number).state is MailState.JOINED
        assert eyes.mail(number).references == (REFERENCE,)
        (notes,) = eyes.to_draft()
    assert (notes.meeting, notes.authors) == (meeting.number, (NOTE_TAKER,))


@pytest.mark.usefixtures("agenda")
def test_mailed_notes_that_cannot_be_read_wholly_are_held_with_the_lines(
    panel: Panel, meeting: Meeting, register: Database, vault: Vault
) -> None:
    number = mailed(register, vault, NOTES)
    tally = panel.work()
    assert (tally.done, len(tally.stuck)) == (1, 1)
    with register.reading() as eyes:
        mail = eyes.mail(number)
    assert mail.state is MailState.HELD
    assert "line 6" in mail.why


def test_mailed_notes_wait_for_a_person_when_there_has_been_no_meeting(
    panel: Panel, register: Database, vault: Vault
) -> None:
    number = mailed(register, vault, NOTES)
    panel.work()
    with register.reading() as eyes:
        assert "add the meeting" in eyes.mail(number).why


def test_mailed_notes_on_a_report_that_came_again_are_for_the_meeting_held_since(
    panel: Panel, meeting: Meeting, register: Database, vault: Vault
) -> None:
    with register.register() as pen:
        first = a_letter(meeting=meeting.number, status=LetterStatus.SENT, approved_by=APPROVER)
        pen.add_letter(first, an_act())
        again = replace(pen.review(REFERENCE), meeting=meeting.number, outcome=Outcome.RESUBMIT)
        pen.save_review(again, an_act())
    second = panel.add_meeting(date(2026, 3, 9), "C. Chair", by=CASEWORKER)
    panel.list_review(second.number, REFERENCE, by=CASEWORKER)
    mailed(register, vault, NOTES.partition(b"## QA-2026-0002")[0])
    assert panel.work() == Tally(1)
    with register.reading() as eyes:
        (notes,) = eyes.to_draft()
    assert notes.meeting == second.number


class MarkScanner:
    """Finds one mark in files; away, it does not answer."""

    def __init__(self, *, away: bool = False) -> None:
        self.away = away

    def scan(self, content: bytes, /) -> str:
        if self.away:
            raise ScannerAway("its socket is closed")
        return "Invented.Mark" if b"INVENTED-VIRUS" in content else ""


def kept(vault: Vault) -> int:
    return sum(path.is_file() for path in vault.folder.rglob("*"))


@pytest.mark.usefixtures("agenda")
def test_notes_are_scanned_before_they_are_opened(
    panel: Panel, meeting: Meeting, vault: Vault
) -> None:
    scanned = replace(panel, scanner=MarkScanner())
    with pytest.raises(Refused, match=r"found Invented\.Mark in the notes: they were not opened"):
        scanned.take_notes(NOTES + b"INVENTED-VIRUS", "n.md", meeting=meeting.number, by=NOTE_TAKER)
    assert kept(vault) == 0
    assert panel_took(scanned, meeting) == (REFERENCE,)


def test_while_the_scanner_is_away_no_notes_are_opened_or_kept(
    panel: Panel, meeting: Meeting, vault: Vault
) -> None:
    away = replace(panel, scanner=MarkScanner(away=True))
    with pytest.raises(ScannerAway):
        panel_took(away, meeting)
    assert kept(vault) == 0


def panel_took(panel: Panel, meeting: Meeting) -> tuple[Reference, ...]:
    return panel.take_notes(NOTES, "n.md", meeting=meeting.number, by=NOTE_TAKER).taken


@pytest.mark.usefixtures("agenda")
def test_mailed_notes_wait_while_the_scanner_is_away_and_are_held_for_a_virus(
    panel: Panel, meeting: Meeting, register: Database, vault: Vault
) -> None:
    for place, content in (("one", NOTES), ("two", NOTES + b"INVENTED-VIRUS")):
        file = Attachment("notes.md", vault.keep(content), len(content))
        mail = a_mail(
            place=place, kind=MailKind.PANEL_NOTES, state=MailState.NOTED, attachments=(file,)
        )
        with register.register() as pen:
            pen.add_mail(mail, an_act())
    away = replace(panel, scanner=MarkScanner(away=True))
    assert [why for _, why in away.work().stuck] == [str(ScannerAway("its socket is closed"))] * 2
    assert away.work().done == 0
    replace(panel, scanner=MarkScanner()).work()
    with register.reading() as reading:
        (held,) = (one for one in reading.mails(MailState.HELD) if "Mark" in one.why)
        assert reading.mails(MailState.NOTED) == ()
        assert reading.notes_of(REFERENCE)
    assert held.place == "two"


def outcomes(panel: Panel, number: int) -> dict[str, str]:
    with panel.open_register() as register:
        return {str(one.reference): str(one.section.outcome) for one in register.notes_at(number)}


def take(panel: Panel, meeting: Meeting, text: str, *confirmed: str) -> NotesTaken:
    return panel.take_notes(
        text.encode(), "notes.txt", meeting=meeting.number, by=NOTE_TAKER, confirmed=confirmed
    )


def test_notes_on_a_review_off_the_agenda_are_taken_when_a_person_puts_it_there(
    panel: Panel, meeting: Meeting, register: Database
) -> None:
    text = "QA-2026-0001\nOutcome: publish\n"
    asked = take(panel, meeting, text)
    assert asked.taken == ()
    (fault,) = asked.faults
    assert "is not on the agenda of this meeting: shall it be put there?" in fault.why
    with register.reading() as eyes:
        assert eyes.review(REFERENCE).status is Status.RECEIVED
    assert take(panel, meeting, text, fault.guess).taken == (REFERENCE,)
    with register.reading() as eyes:
        assert eyes.meeting(meeting.number).agenda == (REFERENCE,)
        assert eyes.review(REFERENCE).status is Status.CONSIDERED
        (notes,) = eyes.notes_of(REFERENCE)
    assert (notes.authors, notes.section.written[-1].text) == ((NOTE_TAKER,), "Outcome: publish")


def test_notes_on_a_review_of_another_meeting_are_refused_with_its_day(
    panel: Panel, meeting: Meeting
) -> None:
    other = panel.add_meeting(date(2026, 4, 1), "C. Chair", by=CASEWORKER)
    panel.list_review(other.number, REFERENCE, by=CASEWORKER)
    (fault,) = take(panel, meeting, "QA-2026-0001\nOutcome: publish\n").faults
    assert (fault.line, fault.guess) == (1, "")
    assert fault.why == "QA-2026-0001 belongs to the meeting on 1 April 2026, not to this one"


@pytest.mark.usefixtures("agenda")
def test_reviews_on_the_agenda_that_the_notes_pass_over_are_told(
    panel: Panel, meeting: Meeting
) -> None:
    taken = take(panel, meeting, "QA-2026-0001\nOutcome: publish\n")
    assert [(fault.line, fault.bars) for fault in taken.faults] == [(0, False)]
    assert "QA-2026-0002 is on the agenda and has no notes yet" in taken.faults[0].why
    assert take(panel, meeting, "QA-2026-0002\nOutcome: publish\n").faults == ()


@pytest.mark.usefixtures("agenda")
def test_a_guess_is_taken_only_when_it_is_confirmed(panel: Panel, meeting: Meeting) -> None:
    text = "QA-2026-0001\nPanel feedback\n- Explain.\nOutcome: publish after changes\n"
    asked = take(panel, meeting, text)
    assert outcomes(panel, meeting.number) == {}
    guesses = [fault.guess for fault in asked.faults if fault.guess]
    assert guesses == ["panel feedback = points"]
    assert asked.text == text.rstrip("\n")
    take(panel, meeting, asked.text, *guesses)
    assert outcomes(panel, meeting.number) == {"QA-2026-0001": "publish after changes"}


@pytest.mark.usefixtures("agenda")
def test_notes_that_say_the_same_again_are_no_fault_after_the_letter_is_drafted(
    panel: Panel, meeting: Meeting, register: Database
) -> None:
    text = "QA-2026-0001\nConclusion: Careful.\nOutcome: publish\n"
    take(panel, meeting, text)
    with register.register() as pen:
        pen.add_letter(a_letter(meeting=meeting.number), an_act())
        before = len(pen.ledger(str(REFERENCE)))
    again = take(panel, meeting, f"\n\n{text}\nQA-2026-0002\nOutcome: resubmit\n")
    assert (again.taken, again.faults) == ((REFERENCE, SECOND), ())
    with register.reading() as eyes:
        assert len(eyes.ledger(str(REFERENCE))) == before


@pytest.mark.usefixtures("agenda")
@pytest.mark.parametrize("kind", ["docx", "odt", "rtf", "md"])
def test_notes_in_a_file_come_back_as_text_that_says_the_same(
    panel: Panel, meeting: Meeting, kind: str
) -> None:
    content = (FORMS / f"retyped.{kind}").read_bytes()
    first = panel.take_notes(content, "n", meeting=meeting.number, by=NOTE_TAKER)
    (guess,) = [fault.guess for fault in first.faults]
    assert first.taken == (SECOND,)
    second = take(panel, meeting, first.text, guess)
    assert (second.taken, second.faults) == ((REFERENCE, SECOND), ())
    with panel.open_register() as register:
        (notes,) = register.notes_of(REFERENCE)
    section = notes.section
    assert section.conclusion == ("A careful review of Sarah’s death.",)
    assert [(point.text, point.below) for point in section.points] == [
        ("Explain the gap.", ("In the chronology.",)),
        ("Add a glossary.", ("Of the council’s terms.", "Name the agencies.")),
    ]
    assert section.typing_errors == ("4.2 teh", "None on page 3")


@pytest.mark.usefixtures("agenda")
def test_notes_with_tracked_changes_must_be_put_right_in_their_file(
    panel: Panel, meeting: Meeting
) -> None:
    content = (FORMS / "tracked.docx").read_bytes()
    taken = panel.take_notes(content, "n.docx", meeting=meeting.number, by=NOTE_TAKER)
    assert (taken.taken, taken.text) == ((), "")
    assert "tracked changes (‘Conclusion: The Panel found this poorgood’)" in taken.faults[1].why
