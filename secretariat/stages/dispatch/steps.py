"""What both desks of dispatch do in a transaction: look up, bring back, note as sent."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from secretariat.domain.calendar import LONDON
from secretariat.domain.chase import Followed
from secretariat.domain.errors import NotFound
from secretariat.domain.leaving import bar_to_chaser, ended, names_somebody
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.letter import Letter, LetterStatus, bring_back, confirm_sent
from secretariat.domain.post import Posting, PostingKind, PostingStatus, drop
from secretariat.domain.post import confirm_sent as left
from secretariat.domain.reference import Reference
from secretariat.domain.review import MatterKind, Outcome, Review, Step, move, steps_open_to
from secretariat.ports.register import Reading, Register

WAITING: Final = (PostingStatus.FOR_RELEASE, PostingStatus.READY, PostingStatus.REFUSED)


def name_of(posting: Posting) -> str:
    """Return how a sentence names a mail of ours."""
    return f"the {posting.kind} on {', '.join(map(str, posting.references)) or 'no review'}"


def letter_of(register: Reading, posting: Posting) -> Letter | None:
    """Return the letter that a posting carries, None for a chaser or an acknowledgement."""
    if posting.letter is None:
        return None
    try:
        return register.letter(posting.references[0], posting.letter)
    except NotFound:
        return None


def bar_to(register: Reading, posting: Posting, today: date) -> str:
    """Return what has come since the mail was prepared and stops it, "" when nothing has."""
    reviews = [register.review(reference) for reference in posting.references]
    if named := names_somebody(posting, reviews):
        return named
    if posting.kind is not PostingKind.CHASER or not reviews:
        return ended(reviews)
    bars = (bar_to_chaser(posting, one, _followed(register, one), today) for one in reviews)
    return next(filter(None, bars), "")


def give_up(register: Register, posting: Posting, why: str, *, by: str = SYSTEM) -> None:
    """Drop a mail; a letter comes back as a draft by that."""
    register.save_posting(drop(posting, why), Act(by, Event.NOT_SENT, why))
    if posting.kind is PostingKind.LETTER:
        bring_letter_back(register, posting, by, why)


def bring_letter_back(register: Register, posting: Posting, by: str, why: str = "") -> None:
    """Make a draft of the letter whose mail did not leave, and drop its copies."""
    for copy in copies_of(register, posting.references[0], posting.letter):
        if copy.status in WAITING:
            told = Act(by, Event.NOT_SENT, "its letter did not leave")
            register.save_posting(drop(copy, "its letter did not leave"), told)
    letter = letter_of(register, posting)
    if letter and letter.status is LetterStatus.SENDING:
        reason = f"letter {letter.number}: {why or 'it is to be dated and approved again'}"
        register.save_letter(bring_back(letter), Act(by, Event.APPROVAL_VOID, reason))


def note_sent(
    register: Register, posting: Posting, at: datetime, *, by: str, why: str = ""
) -> Posting:
    """Note that a mail left; its letter, what that replaces and its review move with it."""
    saved = register.save_posting(
        left(posting, at=at), Act(by, Event.SENT, f"the {posting.kind}", why)
    )
    letter = letter_of(register, posting)
    if letter is None or posting.kind is not PostingKind.LETTER:
        return saved
    register.save_letter(confirm_sent(letter, at=at), Act(by, Event.SENT, "the letter"))
    note_replaced(register, letter, by)
    move_on(register, letter, at.astimezone(LONDON).date(), by)
    return saved


def note_replaced(register: Register, letter: Letter, by: str) -> None:
    """Mark the letter that a correction replaces; it is kept as it left."""
    if letter.corrects is None:
        return
    old = register.letter(letter.reference, letter.corrects)
    told = Act(by, Event.CORRECTED, f"letter {letter.number} replaces letter {old.number}")
    register.save_letter(replace(old, replaced_by=letter.number), told)


def move_on(register: Register, letter: Letter, today: date, by: str) -> None:
    """Move the review on; a correction finds it moved already."""
    review, outcome = register.review(letter.reference), letter.content.outcome
    again = outcome is Outcome.RESUBMIT
    step = Step.ASK_FOR_RESUBMISSION if again else Step.CLEAR
    if step in steps_open_to(review):
        moved = replace(move(review, step, on=today), outcome=outcome)
        register.save_review(moved, Act(by, Event.MOVED, f"{step}: the letter was sent"))


def _followed(register: Reading, review: Review) -> Followed:
    reference = review.reference
    asked = MatterKind.REQUEST_TO_EXPLAIN
    contacts = (register.contact(key) for key in (str(reference), *review.parties.csp_ids[:1]))
    return Followed(
        None,
        register.postings_of(reference),
        register.links_of(reference),
        register.checks_of(reference),
        unread_answer=any(reference in mail.references for mail in register.unread_answers()),
        open_question=any(
            one.reference == reference and one.kind is asked for one in register.matters()
        ),
        contact=next((found.email for found in contacts if found), ""),
    )


def copies_of(register: Reading, reference: Reference, letter: int | None) -> tuple[Posting, ...]:
    """Return the copies of one letter that were ever prepared, the oldest first."""
    every = register.postings_of(reference)
    return tuple(each for each in every if each.kind is PostingKind.COPY and each.letter == letter)
