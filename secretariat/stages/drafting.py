"""Drafting: from the Panel's notes and the register to the draft of a letter.

A draft may lack its addressee: the sender of a report is never presumed to be the one.
A letter that holds what must never stand in one is no draft: the reason is told instead.
As soon as a person has confirmed a contact or an office, drafts take it up.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from secretariat.domain.contacts import DAC, DAC_OFFICE, Contact
from secretariat.domain.council import Directory, NotInDirectory
from secretariat.domain.errors import OutOfOrder, SecretariatError, StaleVersion
from secretariat.domain.found import ReviewKind
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.letter import (
    Copy,
    Letter,
    LetterStatus,
    abandon,
    amend,
    readdress,
)
from secretariat.domain.letter_check import why_no_draft
from secretariat.domain.letter_content import Addressee, LetterContent, LetterKind, ReviewName
from secretariat.domain.letter_facts import LetterFacts, LetterStyle, letter_from
from secretariat.domain.letter_refs import report_seen
from secretariat.domain.panel import Notes, Section
from secretariat.domain.review import Outcome, Review
from secretariat.ports.checking import LetterCheck
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.register import OpenRegister, Reading, Register

OPEN: Final = (LetterStatus.DRAFT, LetterStatus.APPROVED)
SPACES: Final = re.compile(r"[ \u00a0]{2,}")
ARTICLE: Final = "the"
PARTNERSHIP: Final = re.compile(r"[\s,]+(community safety partnerships?|CSP)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drafting:
    """Takes reviews at CONSIDERED with notes; leaves a letter at DRAFT for each."""

    open_register: OpenRegister
    press: Letterpress
    directory: Directory
    style: LetterStyle
    check: LetterCheck

    def work(self) -> Tally:
        """Draft what can be drafted, and take up contacts confirmed since."""
        with self.open_register() as register:
            waiting = register.to_draft()
            underway = register.letters(*OPEN)
            lacking = tuple(each for each in underway if self._is_behind(register, each))
        drafted = self._draft_all(waiting)
        return sum((self._complete(letter) for letter in lacking), drafted)

    def draft_meeting(self, number: int) -> Tally:
        """Draft at once what waits of one meeting's letters; one that fails stops no other."""
        with self.open_register() as register:
            waiting = tuple(each for each in register.to_draft() if each.meeting == number)
        return self._draft_all(waiting)

    def _draft_all(self, waiting: tuple[Notes, ...]) -> Tally:
        """Draft one after another; the register is gone through once for the check of all."""
        drafting = replace(self, check=self.check.for_many()) if waiting else self
        return sum((drafting._draft_alone(notes) for notes in waiting), Tally())

    def _draft_alone(self, notes: Notes) -> Tally:
        try:
            return self._draft(notes)
        except OutOfOrder:
            raise
        except SecretariatError as fault:
            return self._stuck(notes, str(fault))
        except Exception as fault:  # The others go on whatever one letter does.
            return self._stuck(notes, f"an unexpected fault ({type(fault).__name__})")

    def _draft(self, notes: Notes) -> Tally:
        with self.open_register() as register:
            letter = self._letter(register, notes)
        if why := self._why_not(letter):
            return self._stuck(notes, why)
        with self.open_register() as register:
            self._abandon_older(register, letter)
            told = "from the Panel's notes"
            added = register.add_letter(letter, Act(SYSTEM, Event.DRAFTED, told))
        return Tally(done=1 if added else 0)

    def _why_not(self, letter: Letter) -> str:
        """Return why it cannot be a draft: it cannot be printed, or holds what it must not."""
        try:
            paper = self.press.print(letter.content, pdf=False)
        except OutOfOrder:
            raise
        except SecretariatError as fault:
            return str(fault)
        return "; ".join(self.check.faults(letter.reference, letter.content, paper.docx))

    def _stuck(self, notes: Notes, why: str) -> Tally:
        """Tell why there is no draft; the ledger is told once, not in every round."""
        stream = str(notes.reference)
        with self.open_register() as register:
            if why_no_draft(register.ledger(stream)) != why:
                register.write(stream, Act(SYSTEM, Event.NOT_DRAFTED, why))
        return Tally(stuck=((stream, f"the letter cannot be drafted: {why}"),))

    def _letter(self, register: Reading, notes: Notes) -> Letter:
        review = register.review(notes.reference)
        meeting = register.meeting(notes.meeting)
        contact = _contact(register, review)
        copies = self._copies(register, review)
        facts = LetterFacts(
            head=self.style.head,
            addressee=contact.addressee if contact else Addressee(),
            area=area_of(review),
            partnerships=self._partnerships(review),
            article=ARTICLE,
            generation=self.style.generation,
            kind=_kind(register, notes),
            review_name=_review_name(review),
            local_reference=review.facts.local_reference or "",
            pseudonyms=review.facts.pseudonyms,
            meeting_date=meeting.held_on,
            mode=meeting.mode,
            regret=self.style.regret,
            delay=self.style.delay,
            asks=self.style.asks,
            copies=tuple(copy.office for copy in copies),
        )
        return Letter(
            notes.reference,
            1 + len(register.letters_of(notes.reference)),
            _of_version(register, notes, letter_from(_evenly_spaced(notes.section), facts)),
            meeting=notes.meeting,
            to=contact.email if contact else "",
            copies=copies,
            drafted_by=SYSTEM,
            note_authors=_authors(register, notes),
        )

    def _partnerships(self, review: Review) -> tuple[str, ...]:
        """Return the partnerships in full, the lead first, as it is shown."""
        lead = review.parties.csp or review.facts.csp or ""
        known = self.directory.csps
        others = (known[each].name for each in review.parties.csp_ids[1:] if each in known)
        return tuple(filter(None, (lead, *others)))

    def _copies(self, register: Reading, review: Review) -> tuple[Copy, ...]:
        """Return one copy for each police area that the directory knows, and the configured one."""
        found = []
        for code in review.parties.pfa_codes:
            try:
                area = self.directory.police_area(code)
            except NotInDirectory:
                continue
            office = register.office(code)
            found.append(Copy(code, area.copy_to, office.email if office else ""))
        if self.style.dac_copy:
            found.append(_addressed(register, Copy(DAC, DAC_OFFICE)))
        return tuple(found)

    def _abandon_older(self, register: Register, letter: Letter) -> None:
        """Give up drafts on earlier meetings: the newer notes take their place."""
        for older in register.letters_of(letter.reference):
            if older.status in OPEN and older.meeting != letter.meeting:
                told = "newer notes took its place"
                register.save_letter(abandon(older), Act(SYSTEM, Event.APPROVAL_VOID, told))

    def _complete(self, letter: Letter) -> Tally:
        """Take up the contact or office that a person has confirmed since it was drafted."""
        try:
            with self.open_register() as register:
                fuller = self._fuller(register, register.letter(letter.reference, letter.number))
                if fuller is not None:
                    told = "what was confirmed or configured since was taken up"
                    register.save_letter(fuller, Act(SYSTEM, Event.AMENDED, told))
        except StaleVersion:
            return Tally()
        return Tally(done=0 if fuller is None else 1)

    def _is_behind(self, register: Reading, letter: Letter) -> bool:
        """Say whether it lacks its addressee, or what was confirmed or configured since."""
        if not letter.to or self._has_an_older_head(letter):
            return True
        return any(_addressed(register, copy) != copy for copy in letter.copies)

    def _has_an_older_head(self, letter: Letter) -> bool:
        """Say whether a draft bears a unit, address or title that is configured no more."""
        same_pack = letter.content.generation == self.style.generation
        other = letter.content.head != self.style.head
        return letter.status is LetterStatus.DRAFT and same_pack and other

    def _fuller(self, register: Reading, letter: Letter) -> Letter | None:
        """Return the letter with what was confirmed since, None when that is nothing."""
        if letter.status not in OPEN:
            return None
        fuller, contact = letter, _contact(register, register.review(letter.reference))
        if self._has_an_older_head(letter):
            fuller = amend(fuller, replace(fuller.content, head=self.style.head), by=SYSTEM)
        if contact and letter.content.addressee == Addressee():
            content = replace(fuller.content, addressee=contact.addressee)
            fuller = amend(fuller, content, by=SYSTEM)
        to = letter.to or (contact.email if contact else "")
        copies = tuple(_addressed(register, copy) for copy in letter.copies)
        if (to, copies) != (letter.to, letter.copies):
            fuller = readdress(fuller, to, copies, by=SYSTEM)
        return None if fuller is letter else fuller


def _kind(register: Reading, notes: Notes) -> LetterKind:
    """Return which letter it is: the second where one that left asked for another version."""
    sent = (one for one in register.letters_of(notes.reference) if one.status is LetterStatus.SENT)
    again = any(one.content.outcome is Outcome.RESUBMIT for one in sent)
    return LetterKind.AFTER_RESUBMISSION if again else LetterKind.FIRST


def _review_name(review: Review) -> ReviewName:
    renamed = review.facts.review_kind == ReviewKind.DARDR
    return ReviewName.DARDR if renamed else ReviewName.DHR


def area_of(review: Review) -> str:
    """Return the area as the first sentence names it: a partnership's name without its kind."""
    name = review.parties.csp or review.facts.csp or ""
    return PARTNERSHIP.sub("", name.strip())


def _of_version(register: Reading, notes: Notes, content: LetterContent) -> LetterContent:
    """Return the words with the version of the report that their references are about."""
    report = report_seen(register.papers(notes.reference))
    if report is None:
        return content
    return replace(content, version_named=report.name, version_sha256=report.sha256)


def _evenly_spaced(section: Section) -> Section:
    """Return the section with single spaces: two after a full stop are a typist's, no words."""
    points = tuple(
        replace(point, text=_spaced(point.text), below=tuple(_spaced(each) for each in point.below))
        for point in section.points
    )
    conclusion = tuple(_spaced(each) for each in section.conclusion)
    return replace(section, conclusion=conclusion, points=points)


def _spaced(text: str) -> str:
    return SPACES.sub(" ", text)


def _contact(register: Reading, review: Review) -> Contact | None:
    """Return the confirmed contact of the review, else of its lead partnership."""
    keys = (str(review.reference), *review.parties.csp_ids[:1])
    return next((found for key in keys if (found := register.contact(key))), None)


def _authors(register: Reading, notes: Notes) -> tuple[str, ...]:
    """Return everybody who wrote notes on the review at this meeting, earlier versions too."""
    every = register.notes_of(notes.reference)
    found = [one for each in every if each.meeting == notes.meeting for one in each.authors]
    return tuple(dict.fromkeys((*notes.authors, *found)))


def _addressed(register: Reading, copy: Copy) -> Copy:
    office = register.office(copy.pfa_code) if copy.pfa_code else None
    return replace(copy, to=office.email) if office else copy
