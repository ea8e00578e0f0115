"""Approval: what a person does to a draft, and the second pair of eyes.

What is approved is paper: the Word file and the PDF are made, dated and put into the vault
first, and one digest over words, template, recipients and paper is approved.  Whoever wrote
the notes or edited any version may not.  An approved letter waits for a while, in which
anybody who may work on it can stop it.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from secretariat.domain.calendar import OfficeHours, day_to_leave
from secretariat.domain.contacts import bare_address
from secretariat.domain.errors import (
    OutOfOrder,
    Refused,
    SameEyes,
    SecretariatError,
    StaleVersion,
)
from secretariat.domain.leaving import ended
from secretariat.domain.ledger import Act, Event
from secretariat.domain.letter import (
    Copy,
    Fact,
    Letter,
    LetterStatus,
    agree,
    amend,
    approve,
    confirm,
    date_and_make,
    give_back,
    hindrances,
    named,
    readdress,
    stop,
)
from secretariat.domain.letter_content import LetterContent
from secretariat.domain.letter_sources import with_sources
from secretariat.domain.quiet import Quiet
from secretariat.domain.reference import Reference
from secretariat.domain.wording import ConfirmedWording, Mark
from secretariat.domain.written import counted, in_full
from secretariat.ports.checking import LetterCheck
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress, Paperwork
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenReading, OpenRegister, Reading

REPLY_ADDRESS: Final = "reply address"


@dataclass(frozen=True, slots=True)
class Approval:
    """Takes letters at DRAFT; leaves them at APPROVED, bound to paper in the vault.

    holidays: bank holidays, of this year and the next at least
    undo: how long an approved letter waits to be stopped
    lead: how long a letter then needs at most until a round of dispatch sends it
    signatory_agrees: none is approved before somebody noted that the signatory agrees
    check: looks a made letter over; without one nothing is looked for
    watched: our mailbox; a letter that gives another address is to be confirmed, "" for any
    open_reading: eyes for what pages ask; without them the pen's are used
    quiet: days on which no letter leaves
    """

    open_register: OpenRegister
    press: Letterpress
    vault: Vault
    clock: Clock
    hours: OfficeHours
    holidays: AbstractSet[date]
    undo: timedelta = timedelta(0)
    lead: timedelta = timedelta(0)
    signatory_agrees: bool = False
    check: LetterCheck | None = None
    watched: str = ""
    open_reading: OpenReading | None = None
    quiet: Quiet = field(default_factory=Quiet)

    def amend(
        self, reference: Reference, number: int, content: LetterContent, *, version: int, by: str
    ) -> Letter:
        """Save other words; an approval is void, and changed facts must be confirmed again."""
        with self.open_register() as register:
            letter = _unchanged(register, reference, number, version)
            content = with_sources(letter.content, content)
            told = "the words were changed"
            return register.save_letter(amend(letter, content, by=by), Act(by, Event.AMENDED, told))

    def confirm(
        self,
        reference: Reference,
        number: int,
        facts: tuple[Fact, ...],
        *,
        version: int,
        by: str,
    ) -> Letter:
        """Note that a named person has looked at these facts and found them right."""
        with self.open_register() as register:
            letter = _unchanged(register, reference, number, version)
            confirmed = confirm(letter, facts, by=by, at=self.clock.now())
            told = ", ".join(facts)
            return register.save_letter(confirmed, Act(by, Event.FACT_CONFIRMED, told))

    def set_recipients(
        self,
        reference: Reference,
        number: int,
        to: str,
        copies: tuple[Copy, ...],
        *,
        version: int,
        by: str,
    ) -> Letter:
        """Save who gets the letter and its copies; without copies the sentence goes.

        Raise Refused for a copy to any address but the office's confirmed one.
        """
        with self.open_register() as register:
            letter = _unchanged(register, reference, number, version)
            _only_confirmed_offices(register, copies)
            changed = readdress(letter, to.strip() and bare_address(to), copies, by=by)
            told = f"the recipients were changed; {counted(len(copies), 'copy', 'copies')}"
            return register.save_letter(changed, Act(by, Event.AMENDED, told))

    def give_back(
        self, reference: Reference, number: int, why: str, *, version: int, by: str
    ) -> Letter:
        """Return the letter to its drafter, with a reason."""
        if not why.strip():
            raise Refused("say why the letter is returned")
        with self.open_register() as register:
            letter = _unchanged(register, reference, number, version)
            told = Act(by, Event.RETURNED, f"letter {number}, for the reason given", why.strip())
            return register.save_letter(give_back(letter), told)

    def stop(self, reference: Reference, number: int, why: str, *, version: int, by: str) -> Letter:
        """Stop the sending of an approved letter, with a reason; it is a draft again.

        Raise Refused once it is on its way.
        """
        if not why.strip():
            raise Refused("say why the letter is stopped")
        with self.open_register() as register:
            letter = register.letter(reference, number)
            if letter.status in (LetterStatus.SENDING, LetterStatus.SENT):
                raise Refused(f"{named(letter)} is on its way: it can be corrected, not stopped")
            stopped = stop(_unchanged(register, reference, number, version))
            told = Act(by, Event.STOPPED, f"letter {number}, for the reason given", why.strip())
            return register.save_letter(stopped, told)

    def agree(self, reference: Reference, number: int, *, version: int, by: str) -> Letter:
        """Note that the signatory agrees to these words; other words need it again."""
        with self.open_register() as register:
            letter = _unchanged(register, reference, number, version)
            agreed = agree(letter, by=by, at=self.clock.now())
            told = f"letter {number}: the signatory agrees to its words"
            return register.save_letter(agreed, Act(by, Event.AGREED, told))

    def make(self, reference: Reference, number: int, *, version: int, by: str) -> Letter:
        """Date the draft, print it, and put it into the vault; nothing is approved by that."""
        with self.open_register() as register:
            letter = _unchanged(register, reference, number, version)
        day = self._day(letter.reference)
        dated = date_and_make(letter, day, template="", docx="", pdf="")
        paper = self.press.print(dated.content)
        made = date_and_make(
            letter,
            day,
            template=paper.template,
            docx=self.vault.keep(paper.docx),
            pdf=self.vault.keep(paper.pdf) if paper.pdf else "",
        )
        with self.open_register() as register:
            told = f"to leave on {in_full(day)}"
            return register.save_letter(made, Act(by, Event.MADE, told))

    def approve(self, reference: Reference, number: int, *, version: int, by: str) -> Letter:
        """Approve the paper as it lies in the vault; it is made first unless it bears the day.

        Raise SameEyes, Refused with every reason, UnlawfulMove or StaleVersion.
        """
        with self.open_register() as register:
            letter = _unchanged(register, reference, number, version)
            over = ended((register.review(reference),))
        if by in (*letter.note_authors, *letter.editors):
            raise SameEyes(by)
        if reasons := (*filter(None, (over,)), *self.hindrances(letter)):
            raise Refused(*reasons)
        if not self._bears_its_day(letter):
            letter = self.make(reference, number, version=version, by=by)
        for sha256 in filter(None, (letter.docx, letter.pdf)):
            self.vault.open(sha256)
        approved = approve(letter, by=by, at=self.clock.now(), undo=self.undo)
        with self.open_register() as register:
            told = f"to leave{_on(approved)}; Word file {letter.docx[:12]}"
            return register.save_letter(approved, Act(by, Event.APPROVED, told))

    def hindrances(self, letter: Letter) -> tuple[str, ...]:
        """Return what is still to be done before a draft can be approved, one sentence each.

        That it is not made yet is none: it is made when it is approved.
        """
        as_made = replace(letter, docx=letter.docx or "made", leaves_on=self._day(letter.reference))
        found = (
            *hindrances(as_made),
            *self._disagreement(letter),
            *(_to_confirm(mark) for mark in self.marks(letter)),
            *self.press.lacking(letter.content),
            *self._faults(letter),
        )
        return tuple(dict.fromkeys(found))

    def marks(self, letter: Letter) -> tuple[Mark, ...]:
        """Return the wording of the letter that nobody has vouched for, and its address."""
        address = letter.content.head.reply_address
        used = list(self.press.marks(letter.content))
        if self.watched and address.casefold() != self.watched.casefold():
            used.append(Mark(letter.content.generation, REPLY_ADDRESS, address))
        if not used:
            return ()
        with self.open_register() as register:
            done = {
                (one.generation, one.mark, one.text_hash) for one in register.confirmed_wordings()
            }
        return tuple(one for one in used if (one.generation, one.name, one.text_hash) not in done)

    def confirm_reply_address(
        self, reference: Reference, number: int, address: str, *, by: str
    ) -> None:
        """Confirm that letters may ask councils to write to an address other than the mailbox."""
        with self.open_register() as register:
            letter = register.letter(reference, number)
            if letter.content.head.reply_address != address:
                raise StaleVersion(named(letter))
            mark = Mark(letter.content.generation, REPLY_ADDRESS, address)
            said = ConfirmedWording(
                mark.generation, mark.name, mark.text_hash, by, self.clock.now()
            )
            told = f"the address that letters of {mark.generation} give"
            register.confirm_wording(said, Act(by, Event.WORDING_CONFIRMED, told))

    def paperwork(self, letter: Letter) -> Paperwork:
        """Return the letter's paper: as it lies in the vault, else printed without keeping it."""
        if not letter.docx:
            return self.press.print(letter.content, pdf=False)
        pdf = self.vault.open(letter.pdf) if letter.pdf else None
        return Paperwork(self.vault.open(letter.docx), pdf, letter.template)

    def _bears_its_day(self, letter: Letter) -> bool:
        return bool(letter.docx) and letter.leaves_on == self._day(letter.reference)

    def _disagreement(self, letter: Letter) -> tuple[str, ...]:
        if letter.agreed_by or not self.signatory_agrees:
            return ()
        return ("somebody must note that the signatory agrees to the letter",)

    def _faults(self, letter: Letter) -> tuple[str, ...]:
        """Return what must not stand in the letter as it is or would be printed."""
        if self.check is None:
            return ()
        try:
            docx = self.paperwork(letter).docx
            return self.check.hindrances(letter.reference, letter.content, docx)
        except OutOfOrder:
            raise
        except SecretariatError as fault:
            return (str(fault),)

    def _day(self, reference: Reference) -> date:
        """Return the day that a letter approved now bears: the first on which it may leave."""
        leaves = self.clock.now() + self.undo + self.lead
        day = day_to_leave(leaves, self.hours, self.holidays)
        opened = self.open_reading or self.open_register
        with opened() as register:
            deaths = (register.review(reference).facts.date_of_death,)
        return self.quiet.next_open(day, deaths, self.holidays) or day


def _to_confirm(mark: Mark) -> str:
    if mark.name == REPLY_ADDRESS:
        return f"it gives {mark.text}, which is not our mailbox: somebody must confirm the address"
    return f"the wording of {mark.name} in letters of {mark.generation} must be confirmed"


def _on(letter: Letter) -> str:
    return f" on {in_full(letter.leaves_on)}" if letter.leaves_on else ""


def _unchanged(register: Reading, reference: Reference, number: int, version: int) -> Letter:
    """Return the letter that the person saw; raise StaleVersion if it is another by now."""
    letter = register.letter(reference, number)
    if letter.version != version:
        raise StaleVersion(named(letter))
    return letter


def _only_confirmed_offices(register: Reading, copies: tuple[Copy, ...]) -> None:
    for copy in copies:
        office = register.office(copy.pfa_code)
        if copy.to and (office is None or office.email != copy.to):
            raise Refused(f"the address of the {copy.office} has not been confirmed")
