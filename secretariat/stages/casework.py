"""What a person says about a case: facts, partnership, contact, owner; merge, split, undo.

Nothing is deleted: a merged or undone registration stays, with its reason, and
can be reopened.  Papers are set aside, never removed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from secretariat.domain.contacts import DAC, DAC_OFFICE, Contact, Office, bare_address
from secretariat.domain.council import Directory
from secretariat.domain.errors import NotFound, Refused, StaleVersion
from secretariat.domain.kept_names import told as told_of_names
from secretariat.domain.ledger import Act, Event
from secretariat.domain.letter import (
    Fact,
    Letter,
    LetterStatus,
    abandon,
    amend,
    bring_back,
    doubt,
    readdress,
)
from secretariat.domain.letter_content import Addressee
from secretariat.domain.papers import Facts, PaperKind
from secretariat.domain.post import Posting, PostingKind, PostingStatus, drop
from secretariat.domain.post_in import Paper, dealt_with
from secretariat.domain.reference import Reference
from secretariat.domain.review import (
    Matter,
    MatterStatus,
    Parties,
    Review,
    Status,
    Step,
    move,
)
from secretariat.ports.clock import Clock
from secretariat.ports.register import OpenRegister, Register

WAITING: Final = (PostingStatus.FOR_RELEASE, PostingStatus.READY, PostingStatus.REFUSED)


@dataclass(frozen=True, slots=True)
class Casework:
    """Takes what staff say at a page or a command; leaves it in the register with its reason.

    without: words a mail that is about several reviews anew without one of them; where it is
        None such a mail is not sent
    """

    open_register: OpenRegister
    directory: Directory
    clock: Clock
    without: Callable[[Posting, Reference], Posting] | None = None

    def change_facts(
        self, reference: Reference, facts: Facts, *, version: int, by: str, why: str = ""
    ) -> Review:
        """Save what a person read off the paper or knows; StaleVersion if somebody was quicker."""
        with self.open_register() as register:
            review = _unchanged(register, reference, version)
            _doubt_letters(register, reference, _otherwise(review.facts, facts), by)
            return register.save_review(
                replace(review, facts=facts),
                Act(by, Event.FACTS_CHANGED, "the facts were said by a person", why),
            )

    def say_partnership(
        self, reference: Reference, csp_ids: Sequence[str], *, version: int, by: str
    ) -> Review:
        """Save which partnerships of the directory the review belongs to, the lead first."""
        parties = parties_of(self.directory, csp_ids)
        with self.open_register() as register:
            review = _unchanged(register, reference, version)
            told = f"the partnership was said by a person: {parties.csp}"
            if parties.csp_ids != review.parties.csp_ids:
                of_it = (Fact.CSP, Fact.ADDRESSEE, Fact.RECIPIENTS)
                _doubt_letters(register, reference, of_it, by)
            return register.save_review(
                replace(review, parties=parties), Act(by, Event.FACT_CONFIRMED, told)
            )

    def set_owner(self, reference: Reference, owner: str, *, by: str) -> Review:
        """Give the review to an account, or to nobody ("")."""
        with self.open_register() as register:
            review = replace(register.review(reference), owner=owner)
            told = "given to a caseworker" if owner else "given back: nobody owns it"
            return register.save_review(review, Act(by, Event.OWNER_CHANGED, told, owner))

    def confirm_contact(self, key: str, email: str, addressee: Addressee, *, by: str) -> None:
        """Confirm to whom letters and chasers go: of a review (its reference) or a partnership.

        Letters that have not left and were for the contact before are for this one then, and
        must be confirmed and approved again.
        """
        contact = Contact(key, bare_address(email), addressee, by, self.clock.now())
        with self.open_register() as register:
            before = register.contact(key)
            register.save_contact(
                contact, Act(by, Event.CONTACT_CONFIRMED, "the contact was confirmed", email)
            )
            if before is not None:
                for letter in register.letters(LetterStatus.DRAFT, LetterStatus.APPROVED):
                    _redirect(register, letter, before, contact)

    def confirm_office(self, pfa_code: str, email: str, *, by: str) -> None:
        """Confirm the address of a police area's office or of the Commissioner, for copies."""
        named = DAC_OFFICE if pfa_code == DAC else self.directory.police_area(pfa_code).copy_to
        office = Office(pfa_code, bare_address(email), by, self.clock.now())
        with self.open_register() as register:
            told = f"the address of the {named} was confirmed"
            register.save_office(office, Act(by, Event.CONTACT_CONFIRMED, told, email))

    def merge(self, reference: Reference, into: Reference, why: str, *, by: str) -> Review:
        """Join a registration to another: its papers stand in both, its own are set aside."""
        _reason(why)
        if reference == into:
            raise Refused("a review cannot be merged into itself")
        with self.open_register() as register:
            review, target = register.review(reference), register.review(into)
            if target.status in (Status.MERGED, Status.UNDONE):
                raise Refused(f"{into} is itself {target.status}")
            moved = move(review, Step.MERGE, on=self.clock.today())
            for paper in _in_use(register, reference):
                _hand_over(register, paper, into, by)
                _set_aside(register, paper, by, f"merged into {into}")
            _answers_dealt_with(register, reference, by)
            self._hold_back(register, reference, f"merged into {into}", by)
            register.write(str(into), Act(by, Event.MERGED, f"{reference} was merged into it", why))
            _look_for_names_of(register, reference, into, by)
            return register.save_review(
                replace(moved, merged_into=into),
                Act(by, Event.MERGED, f"merged into {into}", why),
            )

    def split(self, reference: Reference, papers: Sequence[int], why: str, *, by: str) -> Review:
        """Make a registration of its own of some of a review's papers."""
        _reason(why)
        today = self.clock.today()
        with self.open_register() as register:
            review = register.review(reference)
            there = _in_use(register, reference)
            chosen = [one for one in there if one.number in papers]
            if not chosen or len(chosen) == len(there):
                raise Refused("choose some of this review's papers, but not all")
            new = Review(
                register.next_reference(today.year),
                replace(review.parties, sure=False),
                Facts(),
                Status.RECEIVED,
                today,
                review.received_on,
                sender=review.sender,
                owner=review.owner,
                quiet=review.quiet,
            )
            added = register.add_review(new, Act(by, Event.SPLIT, f"split from {reference}", why))
            for paper in chosen:
                _hand_over(register, paper, added.reference, by)
                _set_aside(register, paper, by, f"split into {added.reference}")
            _keep_names_too(register, reference, added.reference, by)
            register.write(
                str(reference),
                Act(by, Event.SPLIT, f"papers were split into {added.reference}", why),
            )
            return added

    def undo(self, reference: Reference, why: str, *, by: str) -> Review:
        """Take a registration back; it stays in the register, with its papers, as undone."""
        return self._step(reference, Step.UNDO, Event.UNDONE, why, by=by)

    def withdraw(self, reference: Reference, why: str, *, by: str) -> Review:
        """Note that the council withdrew its report."""
        return self._step(reference, Step.WITHDRAW, Event.MOVED, why, by=by)

    def reopen(self, reference: Reference, why: str, *, by: str) -> Review:
        """Bring back what was merged, undone or closed; what a merge took is its own again."""
        _reason(why)
        with self.open_register() as register:
            review = register.review(reference)
            moved = move(review, Step.REOPEN, on=self.clock.today())
            if review.merged_into is not None:
                _take_back(register, review, review.merged_into, by)
            return register.save_review(
                replace(moved, merged_into=None), Act(by, Event.MOVED, "reopened", why)
            )

    def name_paper(self, reference: Reference, number: int, kind: PaperKind, *, by: str) -> Paper:
        """Say what kind a paper is."""
        with self.open_register() as register:
            paper = next((one for one in register.papers(reference) if one.number == number), None)
            if paper is None:
                raise NotFound(f"Paper {number} of {reference}")
            told = Act(by, Event.FACTS_CHANGED, f"paper {number} is the {kind}")
            return register.save_paper(replace(paper, kind=kind), told)

    def own_matter(self, number: int, owner: str, *, version: int, by: str) -> Matter:
        """Give a matter to an account."""
        with self.open_register() as register:
            matter = replace(register.matter(number), owner=owner, version=version)
            return register.save_matter(
                matter, Act(by, Event.MATTER_CHANGED, "given to a caseworker", owner)
            )

    def answer_matter(self, number: int, why: str, *, version: int, by: str) -> Matter:
        """Close a matter with what was answered; the mail that brought it is dealt with by that."""
        _reason(why)
        with self.open_register() as register:
            matter = replace(
                register.matter(number),
                status=MatterStatus.ANSWERED,
                since=self.clock.today(),
                version=version,
            )
            told = Act(by, Event.MATTER_CHANGED, "answered", why)
            asked = register.mail(matter.mail) if matter.mail is not None else None
            if asked is not None and asked.unread_answer:
                register.save_mail(dealt_with(asked), told)
            return register.save_matter(matter, told)

    def mark_read(self, mail: int, why: str, *, by: str) -> None:
        """Say that a council's answer has been dealt with; the chase may go on."""
        with self.open_register() as register:
            register.save_mail(
                dealt_with(register.mail(mail)),
                Act(by, Event.MAIL_ANSWERED, "a council's answer was dealt with", why),
            )

    def _step(self, reference: Reference, step: Step, event: Event, why: str, *, by: str) -> Review:
        _reason(why)
        with self.open_register() as register:
            moved = move(register.review(reference), step, on=self.clock.today())
            self._hold_back(register, reference, step, by)
            return register.save_review(moved, Act(by, event, step, why))

    def _hold_back(self, register: Register, reference: Reference, why: str, by: str) -> None:
        """Let no letter and no mail leave about a review that is over."""
        told = Act(by, Event.NOT_SENT, why)
        waiting = [one for one in register.postings_of(reference) if one.status in WAITING]
        for posting in waiting:
            if len(posting.references) > 1 and self.without is not None:
                register.save_posting(self.without(posting, reference), told)
            else:
                register.save_posting(drop(posting, why), told)
        unsent = {one.letter for one in waiting if one.kind is PostingKind.LETTER}
        for letter in register.letters_of(reference):
            if letter.status is LetterStatus.SENDING and letter.number in unsent:
                register.save_letter(abandon(bring_back(letter)), told)
            elif letter.status in (LetterStatus.DRAFT, LetterStatus.APPROVED):
                register.save_letter(abandon(letter), told)


def parties_of(directory: Directory, csp_ids: Sequence[str]) -> Parties:
    """Return the parties that a person named by the directory's ids, the lead first."""
    if not csp_ids:
        raise Refused("choose a partnership")
    csps = [directory.csp(csp_id) for csp_id in csp_ids]
    return Parties(
        csp_ids=tuple(csp.id for csp in csps),
        csp=" and ".join(csp.name for csp in csps),
        council_ids=tuple(dict.fromkeys(one for csp in csps for one in csp.council_ids)),
        pfa_codes=tuple(dict.fromkeys(csp.pfa_code for csp in csps if csp.pfa_code)),
        why="a person said so",
        sure=True,
    )


def _unchanged(register: Register, reference: Reference, version: int) -> Review:
    review = register.review(reference)
    if review.version != version:
        raise StaleVersion(str(reference))
    return review


def _otherwise(before: Facts, now: Facts) -> tuple[Fact, ...]:
    """Return the facts of a letter that the register now states otherwise."""
    changed = {
        Fact.CSP: before.csp != now.csp,
        Fact.PSEUDONYMS: before.pseudonyms != now.pseudonyms,
        Fact.REFERENCE: before.local_reference != now.local_reference,
    }
    return tuple(fact for fact, is_other in changed.items() if is_other)


def _doubt_letters(
    register: Register, reference: Reference, facts: tuple[Fact, ...], by: str
) -> None:
    """Have these facts confirmed again before a letter that has not left is approved."""
    told = Act(by, Event.APPROVAL_VOID, f"the register says otherwise: {', '.join(facts)}")
    for letter in register.letters_of(reference) if facts else ():
        if letter.status in (LetterStatus.DRAFT, LetterStatus.APPROVED):
            register.save_letter(doubt(letter, facts), told)


def _redirect(register: Register, letter: Letter, before: Contact, now: Contact) -> None:
    """Have a letter go to the contact that took the place of the one before."""
    review = register.review(letter.reference)
    keys = (str(review.reference), *review.parties.csp_ids[:1])
    held = next((key for key in keys if register.contact(key)), "")
    to = now.email if letter.to == before.email else letter.to
    content = letter.content
    if content.addressee == before.addressee:
        content = replace(content, addressee=now.addressee)
    if held != now.reference or (to, content) == (letter.to, letter.content):
        return
    changed = amend(letter, content, by=now.confirmed_by)
    changed = readdress(changed, to, changed.copies, by=now.confirmed_by)
    told = "another contact was confirmed"
    register.save_letter(changed, Act(now.confirmed_by, Event.AMENDED, told))


def _in_use(register: Register, reference: Reference) -> list[Paper]:
    return [paper for paper in register.papers(reference) if not paper.set_aside]


def _hand_over(register: Register, paper: Paper, to: Reference, by: str) -> None:
    """Put a paper to use in another review; one that lies there set aside is taken up again."""
    told = Act(by, Event.PAPERS_ADDED, f"from {paper.reference}")
    held = register.papers(to)
    if any(one.unlocked == paper.sha256 and not one.set_aside for one in held):
        return  # It was opened there: its locked original would wait for the password again.
    there = next((one for one in held if one.sha256 == paper.sha256), None)
    if there is None:
        register.add_paper(replace(paper, number=0, reference=to), told)
    elif there.set_aside:
        register.save_paper(replace(there, set_aside=False), told)


def _look_for_names_of(register: Register, merged: Reference, into: Reference, by: str) -> None:
    """Tell that names kept for what was merged bar letters of the other review from now on."""
    if kept := register.kept_names(merged):
        names = told_of_names(sum(one.how_many for one in kept))
        register.write(str(into), Act(by, Event.NAMES_KEPT, f"{names}, of {merged}"))
        for letter in register.letters_of(into):
            if letter.status is LetterStatus.APPROVED:
                void = Act(by, Event.APPROVAL_VOID, f"names kept for {merged} count since")
                register.save_letter(bring_back(letter), void)


def _keep_names_too(register: Register, whole: Reference, part: Reference, by: str) -> None:
    """Keep the names, sealed as they are, for what was split off too: whose they are is not known.

    Staff take out of either list what belongs to the other.
    """
    if kept := register.kept_names(whole):
        names = told_of_names(sum(one.how_many for one in kept))
        copies = tuple(replace(one, number=0, reference=part) for one in kept)
        register.keep_names(part, copies, Act(by, Event.NAMES_KEPT, f"{names}, of {whole}"))


def _answers_dealt_with(register: Register, reference: Reference, by: str) -> None:
    """Whoever merges a registration has read what came to it."""
    for answer in register.mails_of(reference):
        if answer.unread_answer and answer.references == (reference,):
            told = Act(by, Event.MAIL_ANSWERED, "its registration was merged into another")
            register.save_mail(dealt_with(answer), told)


def _take_back(register: Register, review: Review, lender: Reference, by: str) -> None:
    """Undo what a merge did to papers: ours are in use again, the copies of them are set aside."""
    copies = {_origin(paper): paper for paper in _in_use(register, lender)}
    held = {sha256 for paper in copies.values() for sha256 in paper.files}
    for paper in register.papers(review.reference):
        if paper.sha256 not in held:
            continue
        told = Act(by, Event.PAPERS_ADDED, "in use again")
        register.save_paper(replace(paper, set_aside=False), told)
        if copy := copies.get(_origin(paper)):
            _set_aside(register, copy, by, f"back in {review.reference}")


def _origin(paper: Paper) -> tuple[str, int | None, datetime]:
    """Return what a paper and its copy in another review share, and two arrivals do not."""
    return paper.sha256, paper.mail, paper.received_at


def _set_aside(register: Register, paper: Paper, by: str, why: str) -> None:
    register.save_paper(replace(paper, set_aside=True), Act(by, Event.PAPERS_ADDED, why))


def _reason(why: str) -> None:
    if not why.strip():
        raise Refused("say why, in a sentence")
