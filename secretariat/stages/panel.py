"""Panel: meetings, their agenda, and the notes that say what became of each report.

Notes come by page, by command, or by mail from a member of staff (intake has made sure of
the sender).  A section that cannot be read keeps no other from being taken.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from secretariat.domain.errors import NotFound, OutOfOrder, Refused, SecretariatError
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.letter import Letter, LetterStatus, amend
from secretariat.domain.notes import NotesRead, for_the_register, is_wrapped, read_notes
from secretariat.domain.notes_text import as_text
from secretariat.domain.panel import Fault, Meeting, MeetingMode, Notes, Section
from secretariat.domain.papers import NotesLine, NotesMark, ScannerAway
from secretariat.domain.post_in import MailKind, MailState, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review, Status, Step, move
from secretariat.domain.written import counted, in_full
from secretariat.ports.clock import Clock
from secretariat.ports.papers import Reader, Scanner, Vault
from secretariat.ports.register import OpenRegister, Reading, Register

BEFORE_THE_PANEL: Final = (Status.RECEIVED, Status.WITH_PANEL)
UNREAD: Final = (
    "the file is empty or cannot be read: use Word (.docx), OpenDocument, RTF or plain text, "
    "without a password"
)
Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class NotesTaken:
    """What became of notes: the reviews whose section was taken, and what cannot be read.

    text: the notes as a person can put them right in a page, "" where only their file can be
    """

    taken: tuple[Reference, ...]
    faults: tuple[Fault, ...]
    text: str = ""


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
            return self._list(register, number, reference, by)

    def _list(self, register: Register, number: int, reference: Reference, by: str) -> Review:
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

    def take_notes(
        self,
        content: bytes,
        name: str,
        *,
        meeting: int,
        by: str,
        confirmed: Collection[str] = (),
    ) -> NotesTaken:
        """Take every section that can be read, all together; the others are listed.

        by: the account that wrote, typed or uploaded the notes; it may not approve the letters
        confirmed: the guesses of faults (see `Fault`) that this person says are right; a review
            is put on the agenda so
        Raise ScannerAway where they must be scanned and cannot be, Refused for a virus: nothing
        of them is opened or kept then.
        """
        self._check(content)
        return self._take_clean(content, name, meeting=meeting, by=by, confirmed=confirmed)

    def _check(self, content: bytes) -> None:
        found = self.scanner.scan(content) if self.scanner is not None else ""
        if found:
            raise Refused(f"the virus scanner found {found} in the notes: they were not opened")

    def _take_clean(
        self,
        content: bytes,
        name: str,
        *,
        meeting: int,
        by: str,
        confirmed: Collection[str] = (),
    ) -> NotesTaken:
        lines, wrapped = self.reader.notes_text(content, name), is_wrapped(content)
        if not any(line.text or line.marks for line in lines):
            return NotesTaken((), (Fault(0, UNREAD),))
        read = read_notes(lines, wrapped=wrapped, confirmed=confirmed)
        source = self.vault.keep(content)
        with self.open_register() as register:
            taken, faults = self._judge(register, read, meeting, source, by, confirmed)
        text = "" if _is_tracked(lines) else as_text(lines, read.sections, wrapped=wrapped)
        return NotesTaken(taken, faults, text)

    def _judge(
        self,
        register: Register,
        read: NotesRead,
        number: int,
        source: str,
        by: str,
        confirmed: Collection[str],
    ) -> tuple[tuple[Reference, ...], tuple[Fault, ...]]:
        """Take what is sound; return the reviews it was about, and all that was found wrong."""
        meeting = register.meeting(number)
        known = _known_in(register, read.sections)
        agenda = {one for one in known if not _is_to_be_listed(register.review(one), meeting)}
        judged = for_the_register(read, known.__contains__, agenda, confirmed=confirmed)
        kept = {one.reference: one.section for one in register.notes_at(number)}
        taken, late = [], []
        for section in judged.sound:
            reference = section.reference
            if reference is None:
                continue
            same = reference in kept and kept[reference].says_what(section)
            if not same and (fault := _too_late(register, section, meeting)):
                late.append(fault)
                continue
            taken.append(reference)
            if not same:
                if reference not in agenda:
                    self._list(register, number, reference, by)
                notes = Notes(reference, number, section, (by,), source, self.clock.now())
                self._take(register, notes, meeting, by)
        missing = _missing(register, number, {one.reference for one in read.sections})
        faults = sorted((*judged.faults, *late, *missing), key=lambda fault: fault.line)
        return tuple(taken), tuple(faults)

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
        why = "; ".join(str(fault) for fault in faults if fault.bars or fault.line)
        if any(fault.guess for fault in faults):
            why = f"{why}; upload them on the meeting's page to confirm what is asked"
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


def _known_in(register: Reading, sections: Sequence[Section]) -> set[Reference]:
    named = {one.reference for one in sections if one.reference}
    return {one for one in named if _known(register, one)}


def _is_to_be_listed(review: Review, meeting: Meeting) -> bool:
    """Say whether a review can still be put on the agenda, and is not there."""
    return review.status is Status.RECEIVED and review.reference not in meeting.agenda


def _is_tracked(lines: Sequence[NotesLine]) -> bool:
    return any(NotesMark.TRACKED in line.marks for line in lines)


def _missing(
    register: Reading, number: int, told: Collection[Reference | None]
) -> tuple[Fault, ...]:
    """Tell each review on the agenda that these notes pass over and no others tell of."""
    noted = {one.reference for one in register.notes_at(number)}
    return tuple(
        Fault(0, f"{one} is on the agenda and has no notes yet", bars=False)
        for one in register.meeting(number).agenda
        if one not in noted and one not in told
    )


def _too_late(register: Reading, section: Section, meeting: Meeting) -> Fault | None:
    """Return why the notes on this review cannot be taken for this meeting, or None."""
    reference = section.reference
    if reference is None:
        return None
    review = register.review(reference)
    if review.status not in (*BEFORE_THE_PANEL, Status.CONSIDERED):
        return Fault(section.line, f"{reference} is {review.status}: notes on it cannot be taken")
    other = review.meeting not in (None, meeting.number) and review.status is not Status.RECEIVED
    if other and review.meeting is not None:
        day = in_full(register.meeting(review.meeting).held_on)
        return Fault(section.line, f"{reference} belongs to the meeting on {day}, not to this one")
    letters = register.letters_of(reference)
    if any(letter.meeting == meeting.number for letter in letters):
        why = f"the letter on {reference} is drafted already: amend the letter"
        return Fault(section.line, why)
    return None
