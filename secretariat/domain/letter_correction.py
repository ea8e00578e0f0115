"""A letter that has left is not changed: a correction replaces it, and both are kept."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from secretariat.domain.calendar import LONDON
from secretariat.domain.letter import Letter, LetterStatus, named
from secretariat.domain.letter_content import LetterKind

UNDERWAY: Final = (
    LetterStatus.DRAFT,
    LetterStatus.APPROVED,
    LetterStatus.SENDING,
    LetterStatus.NOT_DELIVERED,
)


def bar_to_correcting(letter: Letter, letters: Sequence[Letter]) -> str:
    """Return why a letter cannot be corrected now, as a sentence; "" when it can.

    letters: every letter of its review, the first first
    """
    if letter.status is not LetterStatus.SENT:
        return f"{named(letter)} has not left: its words can be amended"
    begun = [one for one in letters if one.corrects == letter.number and one.status in UNDERWAY]
    if begun:
        return f"its correction is underway already: {named(begun[-1])}"
    newest = [one for one in letters if one.status is LetterStatus.SENT][-1]
    if newest.number != letter.number:
        return f"{named(newest)} was sent since: correct that one"
    return ""


def correction_of(letter: Letter, number: int, *, by: str) -> Letter:
    """Return the draft, numbered `number`, that is to replace a letter that has left.

    It says the day of the letter that it replaces.  Every fact must be confirmed again, and
    nobody approves it who wrote notes for, or edited, the letter, or began its correction.
    """
    sent_at = letter.sent_at
    content = replace(
        letter.content,
        kind=LetterKind.CORRECTION,
        replaces=letter.leaves_on or (sent_at.astimezone(LONDON).date() if sent_at else None),
        letter_date=None,
    )
    return Letter(
        letter.reference,
        number,
        content,
        to=letter.to,
        copies=letter.copies,
        drafted_by=by,
        note_authors=letter.note_authors,
        editors=tuple(dict.fromkeys((*letter.editors, by))),
        corrects=letter.number,
    )
