"""The feedback letter's life: from draft, past a second pair of eyes, to sent.

What the letter says is in `letter_content`; who may do what to it is here.
DOCX and PDF are made before approval, and their hashes are what is approved.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from secretariat.domain.errors import Refused, SameEyes, UnlawfulMove
from secretariat.domain.letter_content import LetterContent
from secretariat.domain.reference import Reference
from secretariat.domain.sealing import digest_of


class LetterStatus(StrEnum):
    """Where a letter stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    NOT_DELIVERED = "not delivered"
    ABANDONED = "abandoned"


MEETING: Final = "meeting"
AMENDABLE: Final = (LetterStatus.DRAFT, LetterStatus.APPROVED, LetterStatus.NOT_DELIVERED)


class Fact(StrEnum):
    """What a named person must confirm before a letter is approved."""

    CSP = "partnership"
    ADDRESSEE = "addressee"
    RECIPIENTS = "recipients"
    PSEUDONYMS = "pseudonyms"
    REFERENCE = "reference"
    MEETING_DATE = "meeting date"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A named person has looked at one fact of the letter as it now stands."""

    fact: Fact
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy to a police and crime commissioner's office or its like.

    pfa_code: the police area; office: the title that the letter uses
    to: the office's confirmed address; "" while it is not known
    """

    pfa_code: str
    office: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One feedback letter.

    number: counts from 1 within the review; a resubmitted report earns a second letter
    meeting: the number of the meeting whose notes it is drafted from
    to: the addressee's confirmed e-mail address, "" while a person must say
    note_authors, editors: accounts that may not approve it
    template: SHA-256 of the Word template it was made with
    docx, pdf: SHA-256 in the vault; pdf is "" without LibreOffice
    leaves_on: the London day that the letter bears and on which it is to leave
    returned: how often it was returned with a reason
    stop_until: until when its sending can be stopped; None where nothing waits
    handed_to: the account that is to approve it, "" for anybody
    agreed_by, agreed_at: who noted the signatory's agreement, and when
    corrects: the number of the letter that it corrects; replaced_by: of its own correction
    sealed: digest of all that was approved: words, template, recipients, attachments
    version: counts the saves
    """

    reference: Reference
    number: int
    content: LetterContent
    meeting: int | None = None
    to: str = ""
    copies: tuple[Copy, ...] = ()
    status: LetterStatus = LetterStatus.DRAFT
    drafted_by: str = ""
    note_authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    approved_by: str = ""
    approved_at: datetime | None = None
    leaves_on: date | None = None
    template: str = ""
    docx: str = ""
    pdf: str = ""
    message_id: str = ""
    sent_at: datetime | None = None
    returned: int = 0
    stop_until: datetime | None = None
    handed_to: str = ""
    agreed_by: str = ""
    agreed_at: datetime | None = None
    corrects: int | None = None
    replaced_by: int | None = None
    sealed: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class LetterVersion:
    """One version of a letter's words, kept for good; by: who saved it."""

    reference: Reference
    number: int
    version: int
    content: LetterContent
    by: str
    at: datetime
    told: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person has typed into a letter, or as a meeting's notes, and not saved yet.

    reference: of the letter's review, as it is written; MEETING for the notes of a meeting
    number: the letter's within its review, or the meeting's
    version: of the letter, when it was opened; fields: names and texts, one after another
    """

    reference: str
    number: int
    person: str
    version: int
    fields: tuple[str, ...]
    at: datetime


def unconfirmed(letter: Letter) -> tuple[Fact, ...]:
    """Return the facts that no person has confirmed yet."""
    confirmed = {confirmation.fact for confirmation in letter.confirmations}
    return tuple(fact for fact in Fact if fact not in confirmed)


def confirm(letter: Letter, facts: tuple[Fact, ...], *, by: str, at: datetime) -> Letter:
    """Return the letter with `facts` confirmed by a named person."""
    _stands_at(letter, LetterStatus.DRAFT, "confirmed")
    kept = tuple(old for old in letter.confirmations if old.fact not in facts)
    added = tuple(Confirmation(fact, by, at) for fact in facts)
    return replace(letter, confirmations=kept + added)


def amend(letter: Letter, content: LetterContent, *, by: str) -> Letter:
    """Return the letter with other words; an approval of the old words is void.

    A letter that was not delivered becomes a draft again by that, and its recipients
    must be confirmed knowingly.  Other confirmations stay where the words do not touch
    them: the facts that `content` changes must be confirmed again.
    """
    if letter.status not in AMENDABLE:
        raise UnlawfulMove(named(letter), letter.status, "amended")
    touched = _touched(letter.content, content)
    if letter.status is LetterStatus.NOT_DELIVERED:
        touched.add(Fact.RECIPIENTS)
    kept = tuple(old for old in letter.confirmations if old.fact not in touched)
    editors = letter.editors if by in letter.editors else (*letter.editors, by)
    undated = replace(content, letter_date=None)
    same = undated == replace(letter.content, letter_date=None)
    return replace(
        void(letter) if same else disagree(void(letter)),
        content=undated,
        copies=_copies_named(letter, content),
        editors=editors,
        confirmations=kept,
        docx="",
        pdf="",
    )


def doubt(letter: Letter, facts: tuple[Fact, ...]) -> Letter:
    """Return an open letter as one whose facts the register now states otherwise.

    They must be confirmed again; an approval is void.  Its words stay until somebody amends them.
    """
    kept = tuple(old for old in letter.confirmations if old.fact not in facts)
    content = replace(letter.content, letter_date=None)
    return replace(void(letter), content=content, confirmations=kept, docx="", pdf="")


def readdress(letter: Letter, to: str, copies: tuple[Copy, ...], *, by: str) -> Letter:
    """Return the letter to other recipients, who must be confirmed; its words name the offices."""
    content = replace(letter.content, copy_offices=tuple(copy.office for copy in copies))
    changed = amend(letter, content, by=by)
    if (to, copies) == (letter.to, letter.copies):
        return changed
    kept = tuple(old for old in changed.confirmations if old.fact is not Fact.RECIPIENTS)
    return replace(changed, to=to, copies=copies, confirmations=kept)


def date_and_make(letter: Letter, day: date, *, template: str, docx: str, pdf: str) -> Letter:
    """Return the draft as put on paper to leave on `day`; the hashes are those of the vault."""
    _stands_at(letter, LetterStatus.DRAFT, "made")
    content = replace(letter.content, letter_date=day)
    return replace(letter, content=content, leaves_on=day, template=template, docx=docx, pdf=pdf)


def bring_back(letter: Letter) -> Letter:
    """Return a letter that did not leave on its day as a draft, to be dated and approved again."""
    if letter.status not in (LetterStatus.APPROVED, LetterStatus.SENDING):
        raise UnlawfulMove(named(letter), letter.status, "brought back")
    content = replace(letter.content, letter_date=None)
    return replace(void(letter), content=content, docx="", pdf="")


def stop(letter: Letter) -> Letter:
    """Return an approved letter whose sending a person stopped as a draft; it is not made then."""
    _stands_at(letter, LetterStatus.APPROVED, "stopped")
    return bring_back(letter)


def agree(letter: Letter, *, by: str, at: datetime) -> Letter:
    """Return the letter with the signatory's agreement, as `by` noted it; other words void it."""
    _stands_at(letter, LetterStatus.DRAFT, "agreed to")
    return replace(letter, agreed_by=by, agreed_at=at)


def disagree(letter: Letter) -> Letter:
    """Return the letter without the signatory's agreement."""
    return replace(letter, agreed_by="", agreed_at=None)


def abandon(letter: Letter) -> Letter:
    """Return the letter as one that will not be sent, because newer notes took its place."""
    if letter.status not in (LetterStatus.DRAFT, LetterStatus.APPROVED):
        raise UnlawfulMove(named(letter), letter.status, "abandoned")
    return replace(void(letter), status=LetterStatus.ABANDONED)


def void(letter: Letter) -> Letter:
    """Return the letter as a draft again, unapproved and undated."""
    return replace(
        letter,
        status=LetterStatus.DRAFT,
        approved_by="",
        approved_at=None,
        leaves_on=None,
        message_id="",
        sent_at=None,
        stop_until=None,
        sealed="",
    )


def give_back(letter: Letter) -> Letter:
    """Return the letter as returned to its drafter; the reason goes into the ledger."""
    if letter.status not in (LetterStatus.DRAFT, LetterStatus.APPROVED):
        raise UnlawfulMove(named(letter), letter.status, "returned")
    return replace(void(letter), returned=letter.returned + 1)


def approve(letter: Letter, *, by: str, at: datetime, undo: timedelta = timedelta(0)) -> Letter:
    """Return the letter approved and sealed; for the time of `undo` it waits to be stopped.

    Raise SameEyes for whoever wrote its notes or edited it, Refused while a
    fact is unconfirmed, a recipient unknown or the paper not made and dated.
    """
    _stands_at(letter, LetterStatus.DRAFT, "approved")
    if by in letter.note_authors or by in letter.editors:
        raise SameEyes(by)
    if reasons := hindrances(letter):
        raise Refused(*reasons)
    return replace(
        letter,
        status=LetterStatus.APPROVED,
        approved_by=by,
        approved_at=at,
        stop_until=at + undo if undo else None,
        sealed=seal_of(letter),
    )


def seal_of(letter: Letter) -> str:
    """Return the digest of what is approved: words, template, recipients, and what is attached."""
    return digest_of(
        {
            "letter": f"{letter.reference} {letter.number}",
            "content": letter.content,
            "template": letter.template,
            "to": letter.to,
            "copies": letter.copies,
            "attached": (letter.docx, letter.pdf),
            "leaves_on": letter.leaves_on,
        }
    )


def unsealed(letter: Letter) -> str:
    """Return why the letter must not leave, as a sentence; "" when it is what was approved."""
    if letter.sealed == seal_of(letter):
        return ""
    return "it is not what was approved: it must be read and approved again"


def hindrances(letter: Letter) -> tuple[str, ...]:
    """Return why the letter cannot be approved yet, one sentence each; empty when it can."""
    reasons = [f"a person must confirm the {fact}" for fact in unconfirmed(letter)]
    if not letter.to:
        reasons.append("the addressee's e-mail address is not known")
    reasons += [
        f"no confirmed address for the {copy.office}: enter it, or take the copy sentence out"
        for copy in letter.copies
        if not copy.to
    ]
    if not letter.docx or letter.leaves_on is None:
        reasons.append("the letter has not been made and dated")
    return tuple(reasons)


def begin_sending(letter: Letter, message_id: str) -> Letter:
    """Return the letter marked as on its way under `message_id`."""
    _stands_at(letter, LetterStatus.APPROVED, "sent")
    return replace(letter, status=LetterStatus.SENDING, message_id=message_id)


def confirm_sent(letter: Letter, *, at: datetime) -> Letter:
    """Return the letter as sent."""
    _stands_at(letter, LetterStatus.SENDING, "confirmed as sent")
    return replace(letter, status=LetterStatus.SENT, sent_at=at)


def named(letter: Letter) -> str:
    """Return how a sentence names the letter."""
    return f"Letter {letter.number} on {letter.reference}"


def _touched(old: LetterContent, new: LetterContent) -> set[Fact]:
    """Return the facts that the words of `new` state otherwise than `old`."""
    return {fact for fact in Fact if old.states(fact.value) != new.states(fact.value)}


def _copies_named(letter: Letter, content: LetterContent) -> tuple[Copy, ...]:
    """Return the copies to the offices that `content` names; a new one has no address yet."""
    known = {copy.office: copy for copy in letter.copies}
    return tuple(known.get(office, Copy("", office)) for office in content.copy_offices)


def _stands_at(letter: Letter, status: LetterStatus, step: str) -> None:
    if letter.status is not status:
        raise UnlawfulMove(named(letter), letter.status, step)
