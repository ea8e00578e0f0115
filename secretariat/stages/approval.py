"""Approval: what a person does to a draft, and the second pair of eyes.

What is approved is paper: the Word file and the PDF are made, dated and put into the vault
first, and their hashes are approved.  Whoever wrote the notes or edited any version may not.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from secretariat.domain.calendar import OfficeHours, day_to_leave
from secretariat.domain.contacts import bare_address
from secretariat.domain.errors import Refused, SameEyes, StaleVersion
from secretariat.domain.leaving import ended
from secretariat.domain.ledger import Act, Event
from secretariat.domain.letter import (
    Copy,
    Fact,
    Letter,
    amend,
    approve,
    confirm,
    date_and_make,
    give_back,
    hindrances,
    named,
    readdress,
)
from secretariat.domain.letter_content import LetterContent
from secretariat.domain.letter_sources import with_sources
from secretariat.domain.reference import Reference
from secretariat.domain.written import counted, in_full
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress, Paperwork
from secretariat.ports.papers import Vault
from secretariat.ports.register import OpenRegister, Reading


@dataclass(frozen=True, slots=True)
class Approval:
    """Takes letters at DRAFT; leaves them at APPROVED, bound to paper in the vault.

    holidays: bank holidays, of this year and the next at least
    """

    open_register: OpenRegister
    press: Letterpress
    vault: Vault
    clock: Clock
    hours: OfficeHours
    holidays: AbstractSet[date]

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
            told = Act(by, Event.RETURNED, "for the reason given", why.strip())
            return register.save_letter(give_back(letter), told)

    def make(self, reference: Reference, number: int, *, version: int, by: str) -> Letter:
        """Date the draft, print it, and put it into the vault; nothing is approved by that."""
        with self.open_register() as register:
            letter = _unchanged(register, reference, number, version)
        day = self._day()
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
        as_made = replace(letter, docx=letter.docx or "made", leaves_on=self._day())
        if reasons := (*filter(None, (over,)), *hindrances(as_made)):
            raise Refused(*reasons)
        if not self._bears_its_day(letter):
            letter = self.make(reference, number, version=version, by=by)
        for sha256 in filter(None, (letter.docx, letter.pdf)):
            self.vault.open(sha256)
        approved = approve(letter, by=by, at=self.clock.now())
        with self.open_register() as register:
            told = f"to leave{_on(approved)}; Word file {letter.docx[:12]}"
            return register.save_letter(approved, Act(by, Event.APPROVED, told))

    def paperwork(self, letter: Letter) -> Paperwork:
        """Return the letter's paper: as it lies in the vault, else printed without keeping it."""
        if not letter.docx:
            return self.press.print(letter.content, pdf=False)
        pdf = self.vault.open(letter.pdf) if letter.pdf else None
        return Paperwork(self.vault.open(letter.docx), pdf, letter.template)

    def _bears_its_day(self, letter: Letter) -> bool:
        return bool(letter.docx) and letter.leaves_on == self._day()

    def _day(self) -> date:
        return day_to_leave(self.clock.now(), self.hours, self.holidays)


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
