"""What a page tells of a letter that came back: to whom it went, when, why, and what may be done.

It is looked up anew for each page, as the contact may be another by now.
"""

from dataclasses import dataclass
from datetime import datetime

from secretariat.domain.ledger import Entry, Event
from secretariat.domain.letter import Letter, LetterStatus
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.ports.register import Reading
from secretariat.stages.dispatch import bar_to_sending_anew, still_to_go
from secretariat.web.asking import eyes


@dataclass(frozen=True, slots=True)
class CameBack:
    """A letter that came back.

    told_at: when the report of it was taken in; None where the ledger does not say
    why: as the report gave it, "" where it gave nothing
    contact: the confirmed address of the contact, where the letter went to another; else ""
    had: titles of the offices that have their copy already
    bar: why it must not go again, as a sentence; "" when it may
    """

    to: str
    sent_at: datetime | None
    told_at: datetime | None
    why: str
    contact: str
    had: tuple[str, ...]
    bar: str


def came_back(letter: Letter) -> CameBack | None:
    """Return what is to be told of a letter that was not delivered; None of any other."""
    if letter.status is not LetterStatus.NOT_DELIVERED:
        return None
    with eyes() as register:
        posting = _newest(register.postings_of(letter.reference), letter)
        return CameBack(
            posting.to if posting else letter.to,
            letter.sent_at or (posting.sent_at if posting else None),
            _told_at(register.ledger(str(letter.reference)), letter),
            posting.why if posting else "",
            _other_contact(register, letter),
            _had(register, letter),
            bar_to_sending_anew(register, letter),
        )


def offices_served(letter: Letter) -> tuple[str, ...]:
    """Return the titles of the offices that have the copy of a letter that is to go again."""
    if letter.status not in (LetterStatus.DRAFT, LetterStatus.APPROVED):
        return ()
    with eyes() as register:
        return _had(register, letter)


def _had(register: Reading, letter: Letter) -> tuple[str, ...]:
    left = still_to_go(register, letter, settled=True).copies
    return tuple(copy.office for copy in letter.copies if copy not in left)


def _newest(postings: tuple[Posting, ...], letter: Letter) -> Posting | None:
    ours = [
        each
        for each in postings
        if each.kind is PostingKind.LETTER
        and each.letter == letter.number
        and each.status is PostingStatus.BOUNCED
    ]
    return ours[-1] if ours else None


def _told_at(entries: tuple[Entry, ...], letter: Letter) -> datetime | None:
    about = f"letter {letter.number}:"
    told = [one.at for one in entries if one.what is Event.BOUNCED and one.why.startswith(about)]
    return told[-1] if told else None


def _other_contact(register: Reading, letter: Letter) -> str:
    review = register.review(letter.reference)
    keys = (str(letter.reference), *review.parties.csp_ids[:1])
    contact = next((found for key in keys if (found := register.contact(key))), None)
    known = contact.email if contact else ""
    return "" if known.lower() == letter.to.lower() else known
