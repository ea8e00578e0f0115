"""The ways on for a letter, or its copy, that came back as not delivered.

A letter goes again only past the second pair of eyes: it is a draft by that, and its
recipients are confirmed anew.  Whoever had a copy gets no second one.  What reached a council
another way counts as sent, so that its review and its chase go on.
"""

from dataclasses import dataclass, replace

from secretariat.domain.calendar import LONDON
from secretariat.domain.contacts import bare_address
from secretariat.domain.errors import NotFound, Refused, StaleVersion, UnlawfulMove
from secretariat.domain.leaving import ended
from secretariat.domain.ledger import Act, Event
from secretariat.domain.letter import Copy, Letter, LetterStatus, named
from secretariat.domain.post import Posting, PostingKind
from secretariat.domain.reference import Reference
from secretariat.domain.undelivered import (
    arrive,
    forgo,
    is_open,
    let_go,
    reach,
    send_anew,
    supersede,
)
from secretariat.ports.clock import Clock
from secretariat.ports.register import OpenRegister, Reading
from secretariat.stages.dispatch.copies import office_of
from secretariat.stages.dispatch.steps import letter_of, move_on, note_replaced
from secretariat.stages.dispatch.writing import Writing

CAME_BACK = "it was not delivered"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Takes letters at NOT_DELIVERED and mails at BOUNCED; leaves each where a person says.

    Whoever was slower than a colleague, or sends a form twice, gets StaleVersion.
    """

    open_register: OpenRegister
    clock: Clock
    writing: Writing

    def send_anew(
        self, reference: Reference, number: int, to: str, *, version: int, by: str
    ) -> Letter:
        """Make a draft of the letter, to this address; copies go where offices are confirmed.

        Raise Refused where it must not go again.
        """
        address = bare_address(to)
        with self.open_register() as register:
            letter = _unchanged(register, reference, number, version)
            if bar := bar_to_sending_anew(register, letter):
                raise Refused(bar)
            copies = tuple(_at_its_office(register, copy) for copy in letter.copies)
            draft = send_anew(letter, address, copies, by=by)
            if returned := _returned(register, letter):
                register.save_posting(supersede(returned), Act(by, Event.NOT_SENT, CAME_BACK))
            where = "the same address" if address == letter.to else "another address"
            told = f"letter {number}: {CAME_BACK}; it is to go to {where}"
            return register.save_letter(draft, Act(by, Event.AMENDED, told))

    def note_reached(
        self, reference: Reference, number: int, why: str, *, version: int, by: str
    ) -> Letter:
        """Note that the letter reached them another way, and how; it stands as sent then."""
        now, said = self.clock.now(), _reason(why)
        with self.open_register() as register:
            letter = _unchanged(register, reference, number, version)
            arrived = arrive(letter, at=now)
            told = Act(by, Event.REACHED, f"letter {number}, as the reason says", said)
            if returned := _returned(register, letter):
                register.save_posting(reach(returned, at=now), told)
            saved = register.save_letter(arrived, told)
            if letter.sent_at is None:
                note_replaced(register, letter, by)
            if letter.sent_at is None and not _drafted_since(register, letter):
                move_on(register, letter, now.astimezone(LONDON).date(), by)
            return saved

    def let_go(
        self, reference: Reference, number: int, why: str, *, version: int, by: str
    ) -> Letter:
        """Note that the letter goes to nobody any more; only where it must not go again."""
        said = _reason(why)
        with self.open_register() as register:
            letter = _unchanged(register, reference, number, version)
            if not bar_to_sending_anew(register, letter):
                raise Refused("the letter is still wanted: send it, or note how it reached them")
            gone = let_go(letter)
            if returned := _returned(register, letter):
                told = Act(by, Event.NOT_SENT, "it goes to nobody any more")
                register.save_posting(forgo(returned), told)
            told = Act(by, Event.NOT_SENT, f"letter {number}, as the reason says", said)
            return register.save_letter(gone, told)

    def note_copy(self, number: int, why: str, *, reached: bool, version: int, by: str) -> Posting:
        """Note that a copy that came back reached its office another way, or is not needed."""
        said = _reason(why)
        with self.open_register() as register:
            posting = _unchanged_copy(register, number, version)
            if reached:
                told = Act(by, Event.REACHED, "the copy, as the reason says", said)
                return register.save_posting(reach(posting, at=self.clock.now()), told)
            told = Act(by, Event.NOT_SENT, "the copy is not needed, as the reason says", said)
            return register.save_posting(forgo(posting), told)

    def send_copy(self, number: int, *, version: int, by: str) -> None:
        """Send a copy that came back to the confirmed address of its office.

        Raise Refused where it must not go, and where the one who sends it is the one who
        confirmed an address that nobody has approved.
        """
        with self.open_register() as register:
            letter, copy = self._copy_to_send(register, number, version, by)
        written = self.writing.written_copy(letter, copy)
        with self.open_register() as register:
            self._copy_to_send(register, number, version, by)
            told = Act(by, Event.POSTED, "the copy, to the confirmed address of its office")
            old = register.posting(number)
            register.save_posting(supersede(old), Act(by, Event.NOT_SENT, CAME_BACK))
            register.add_posting(written, told)

    def _copy_to_send(
        self, register: Reading, number: int, version: int, by: str
    ) -> tuple[Letter, Copy]:
        posting = _unchanged_copy(register, number, version)
        found = copy_to_send(register, posting)
        if isinstance(found, str):
            raise Refused(found)
        letter, copy = found
        office = register.office(copy.pfa_code)
        approved = {each.to.lower() for each in letter.copies}
        if office and office.confirmed_by == by and copy.to.lower() not in approved:
            raise Refused("you confirmed this address: somebody else must send the copy there")
        return letter, copy


def bar_to_sending_anew(register: Reading, letter: Letter) -> str:
    """Return why a letter that came back must not go again, as a sentence; "" when it may."""
    if letter.replaced_by is not None:
        return f"letter {letter.replaced_by} replaced it"
    if newer := _drafted_since(register, letter):
        return f"letter {newer[-1].number} was drafted since, from newer notes"
    return ended((register.review(letter.reference),))


def copy_to_send(register: Reading, posting: Posting) -> tuple[Letter, Copy] | str:
    """Return the letter and the copy, at its office's confirmed address; else why it cannot go."""
    letter = letter_of(register, posting)
    if letter is None or letter.status is not LetterStatus.SENT:
        return "its letter has not arrived: the copy goes when the letter goes"
    if bar := bar_to_sending_anew(register, letter):
        return bar
    copy = copy_of(register, posting)
    if copy is None:
        return "it is not known any more to which office it went"
    office = register.office(copy.pfa_code)
    if office is None:
        return f"no address is confirmed for the {copy.office}"
    return letter, replace(copy, to=office.email)


def _drafted_since(register: Reading, letter: Letter) -> tuple[Letter, ...]:
    """Return the later letters of the review that are meant to go and only correct none."""
    return tuple(
        one
        for one in register.letters_of(letter.reference)
        if one.number > letter.number
        and one.corrects is None
        and one.status is not LetterStatus.ABANDONED
    )


def copy_of(register: Reading, posting: Posting) -> Copy | None:
    """Return the copy of a letter that a mail is; None for other mail, and where none fits."""
    letter = letter_of(register, posting)
    if letter is None or posting.kind is not PostingKind.COPY:
        return None
    return office_of(register, letter, posting)


def _at_its_office(register: Reading, copy: Copy) -> Copy:
    """Return the copy to the address that is confirmed for its office by now."""
    office = register.office(copy.pfa_code)
    return copy if office is None else replace(copy, to=office.email)


def _returned(register: Reading, letter: Letter) -> Posting | None:
    """Return the newest mail of the letter, where it came back and nobody has said more of it."""
    mails = [
        each
        for each in register.postings_of(letter.reference)
        if each.kind is PostingKind.LETTER and each.letter == letter.number
    ]
    return mails[-1] if mails and is_open(mails[-1]) else None


def _unchanged(register: Reading, reference: Reference, number: int, version: int) -> Letter:
    letter = register.letter(reference, number)
    if letter.version != version:
        raise StaleVersion(named(letter))
    return letter


def _unchanged_copy(register: Reading, number: int, version: int) -> Posting:
    posting = register.posting(number)
    if posting.version != version:
        raise StaleVersion(f"Mail of ours {number}")
    if posting.kind is not PostingKind.COPY:
        raise NotFound(f"Mail of ours {number}, a copy,")
    if not is_open(posting):
        raise UnlawfulMove(f"The {posting.kind}", posting.status, "sent or noted again")
    return posting


def _reason(why: str) -> str:
    if not why.strip():
        raise Refused("say why, in a sentence")
    return why.strip()
