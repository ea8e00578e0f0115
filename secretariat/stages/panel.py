"""Panel: meetings, their agenda, and the notes that say what became of each report.

Notes come by page, by command, or by mail from a member of staff (intake has made sure of
the sender).  A section that cannot be read keeps no other from being taken.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from secretariat.domain.errors import NotFound, OutOfOrder, Refused, SecretariatError
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.letter import Letter, LetterStatus, amend
from secretariat.domain.notes import for_the_register, read_notes
from secretariat.domain.panel import Fault, Meeting, MeetingMode, Notes, Section
from secretariat.domain.papers import ScannerAway
from secretariat.domain.post_in import MailKind, MailState, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review, Status, Step, move
from secretariat.domain.written import counted, in_full
from secretariat.ports.clock import Clock
from secretariat.ports.papers import Reader, Scanner, Vault
from secretariat.ports.register import OpenRegister, Reading, Register

BEFORE_THE_PANEL: Final = (Status.RECEIVED, Status.WITH_PANEL)
WORD: Final = b"PK"
Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class NotesTaken:
    """What became of notes: the reviews whose section was taken, and what cannot be read."""

    taken: tuple[Reference, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Takes reviews at RECEIVED or WITH_PANEL; leaves them at CONSIDERED with their notes.

    scanner: looks for viruses in notes before anything opens them; None where none is installed
    """

    open_register: OpenRegister
    reader: Reader
    vault: Vault
    clock: Clock
    scanner: Scanner | None = None

    def work(self) -> Tally:
        """Take the notes that staff have mailed; what cannot be taken is held for a person."""
        with self.open_register() as register:
            noted = register.mails(MailState.NOTED, kind=MailKind.PANEL_NOTES)
        return sum((self._take_mail(mail) for mail in noted), Tally())

    def add_meeting(
        self, held_on: date, chair: str, mode: MeetingMode = MeetingMode.MEETING, *, by: str
    ) -> Meeting:
        """Add a meeting with an empty agenda."""
        told = f"a meeting on {in_full(held_on)}"
        with self.open_register() as register:
            return register.add_meeting(
                Meeting(0, held_on, chair.strip(), mode), Act(by, Event.MEETING_ADDED, told)
            )

    def change_meeting(self, meeting: Meeting, *, by: str) -> Meeting:
        """Save its day, chair, mode or the order of its agenda; StaleVersion if it is stale.

        Reviews come on and go off the agenda by `list_review` and `unlist_review`.  Letters
        that have not left say the new day, which must be confirmed.
        """
        with self.open_register() as register:
            if set(meeting.agenda) != set(register.meeting(meeting.number).agenda):
                raise Refused("reviews are listed and taken off one by one")
            told = f"the meeting on {in_full(meeting.held_on)} was changed"
            saved = register.save_meeting(meeting, Act(by, Event.MEETING_CHANGED, told))
            for letter in register.letters(LetterStatus.DRAFT, LetterStatus.APPROVED):
                _say_when(register, letter, saved, by)
            return saved

    def list_review(self, number: int, reference: Reference, *, by: str) -> Review:
        """Put a received review on the agenda of a meeting."""
        with self.open_register() as register:
            meeting, review = register.meeting(number), register.review(reference)
            listed = replace(move(review, Step.LIST, on=self.clock.today()), meeting=number)
            told = Act(by, Event.LISTED, f"for the meeting on {in_full(meeting.held_on)}")
            agenda = (*(each for each in meeting.agenda if each != reference), reference)
            register.save_meeting(replace(meeting, agenda=agenda), told)
            return register.save_review(listed, told)

    def unlist_review(self, number: int, reference: Reference, *, by: str) -> Review:
        """Take a review off the agenda of a meeting."""
        with self.open_register() as register:
            meeting, review = register.meeting(number), register.review(reference)
            if review.meeting != number:
                raise Refused(f"{reference} is not listed for this meeting")
            free = replace(move(review, Step.UNLIST, on=self.clock.today()), meeting=None)
            told = Act(by, Event.MOVED, f"off the meeting on {in_full(meeting.held_on)}")
            agenda = tuple(each for each in meeting.agenda if each != reference)
            register.save_meeting(replace(meeting, agenda=agenda), told)
            return register.save_review(free, told)

    def take_notes(self, content: bytes, name: str, *, meeting: int, by: str) -> NotesTaken:
        """Take every section that can be read, all together; the others are listed.

        by: the account that wrote or uploaded the notes; it may not approve the letters
        Raise ScannerAway where they must be scanned and cannot be, Refused for a virus: nothing
        of them is opened or kept then.
        """
        self._check(content)
        return self._take_clean(content, name, meeting=meeting, by=by)

    def _check(self, content: bytes) -> None:
        found = self.scanner.scan(content) if self.scanner is not None else ""
        if found:
            raise Refused(f"the virus scanner found {found} in the notes: they were not opened")

    def _take_clean(self, content: bytes, name: str, *, meeting: int, by: str) -> NotesTaken:
        lines = self.reader.notes_text(content, name)
        if not lines:
            return NotesTaken((), (Fault(1, "the file is empty or cannot be read"),))
        read = read_notes(lines, wrapped=not content.startswith(WORD))
        source = self.vault.keep(content)
        with self.open_register() as register:
            held = register.meeting(meeting)
            judged = for_the_register(read, lambda reference: _known(register, reference))
            late = tuple(
                fault for each in judged.sound if (fault := _too_late(register, each, held))
            )
            stuck = {fault.line for fault in late}
            found = [
                Notes(each.reference, meeting, each, (by,), source, self.clock.now())
                for each in judged.sound
                if each.reference and each.line not in stuck
            ]
            for notes in found:
                self._take(register, notes, held, by)
        faults = sorted((*judged.faults, *late), key=lambda fault: fault.line)
        return NotesTaken(tuple(notes.reference for notes in found), tuple(faults))

    def _take(self, register: Register, notes: Notes, meeting: Meeting, by: str) -> None:
        section, review = notes.section, register.review(notes.reference)
        if review.status in BEFORE_THE_PANEL:
            review = move(review, Step.CONSIDER, on=self.clock.today())
        considered = replace(review, outcome=section.outcome, meeting=meeting.number)
        told = f"at the meeting on {in_full(meeting.held_on)}: {section.outcome!s}"
        register.save_review(considered, Act(by, Event.CONSIDERED, told))
        points = counted(len(section.points), "point")
        told = f"{points}, {counted(len(section.conclusion), 'paragraph')} of conclusion"
        register.add_notes(notes, Act(by, Event.NOTES_TAKEN, told))

    def _take_mail(self, mail: ReceivedMail) -> Tally:
        try:
            files = self._files(mail)
            meeting = self._meeting_of(mail, files)
            results = [
                self._take_clean(content, name, meeting=meeting, by=mail.sender)
                for name, content in files
            ]
        except OutOfOrder:
            raise
        except ScannerAway as fault:
            return Tally(stuck=((f"the notes in mail {mail.number}", str(fault)),))
        except SecretariatError as fault:
            return self._answer(mail, (), str(fault))
        taken = tuple(dict.fromkeys(one for result in results for one in result.taken))
        faults = [fault for result in results for fault in result.faults]
        why = "; ".join(f"line {fault.line}: {fault.why}" for fault in faults)
        return self._answer(mail, taken, why)

    def _files(self, mail: ReceivedMail) -> Files:
        """Return the notes that a mail brought, scanned: its files, else its own words."""
        files = tuple((each.name, self.vault.open(each.sha256)) for each in mail.attachments)
        for _, content in files:
            self._check(content)
        return files or (("notes.txt", mail.text.encode()),)

    def _meeting_of(self, mail: ReceivedMail, files: Files) -> int:
        """Return the meeting of the reviews it names, else the latest that has been held.

        A report that came again still bears the meeting that asked for it: that is past.
        """
        named = set(Reference.find_all(f"{mail.subject}\n{mail.text}"))
        for _, content in files:
            lines = self.reader.notes_text(content, "")
            named |= {one for line in lines for one in Reference.find_all(line.text)}
        with self.open_register() as register:
            reviews = [register.review(one) for one in named if _known(register, one)]
            held = [one.number for one in register.meetings() if one.held_on <= self.clock.today()]
        listed = {
            review.meeting
            for review in reviews
            if review.meeting is not None and review.status is not Status.RECEIVED
        }
        if len(listed) > 1:
            raise Refused("the notes name reviews of several meetings: upload them by hand")
        if not listed and not held:
            raise Refused("no meeting has been held yet: add the meeting, then upload the notes")
        return next(iter((*listed, *held)))

    def _answer(self, mail: ReceivedMail, taken: tuple[Reference, ...], why: str) -> Tally:
        state = MailState.HELD if why else MailState.JOINED
        told = f"the notes on {counted(len(taken), 'review')} were taken"
        with self.open_register() as register:
            answered = replace(mail, references=taken, state=state, why=why or told)
            event = Event.MAIL_HELD if why else Event.MAIL_JOINED
            register.save_mail(answered, Act(SYSTEM, event, told))
        unread = "some of it cannot be read: the reasons stand with the mail"
        stuck = ((f"the notes in mail {mail.number}", unread),) if why else ()
        return Tally(len(taken), stuck)


def _say_when(register: Register, letter: Letter, meeting: Meeting, by: str) -> None:
    """Have a letter on this meeting say its day and mode, where it says otherwise."""
    said = replace(letter.content, meeting_date=meeting.held_on, mode=meeting.mode)
    if letter.meeting == meeting.number and said != letter.content:
        told = "the meeting it is drafted from was changed"
        register.save_letter(amend(letter, said, by=by), Act(by, Event.AMENDED, told))


def _known(register: Reading, reference: Reference) -> bool:
    try:
        register.review(reference)
    except NotFound:
        return False
    return True


def _too_late(register: Reading, section: Section, meeting: Meeting) -> Fault | None:
    """Return why the notes on this review cannot be taken any more, or None."""
    reference = section.reference
    if reference is None:
        return None
    status = register.review(reference).status
    if status not in (*BEFORE_THE_PANEL, Status.CONSIDERED):
        return Fault(section.line, f"{reference} is {status}: notes on it cannot be taken")
    letters = register.letters_of(reference)
    if any(letter.meeting == meeting.number for letter in letters):
        why = f"the letter on {reference} is drafted already: amend the letter"
        return Fault(section.line, why)
    return None
