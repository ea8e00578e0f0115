"""The letter from which a chase counts, among the mails of a review."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from secretariat.domain.calendar import LONDON
from secretariat.domain.post import Posting, PostingKind, PostingStatus


def sent_on(
    postings: Sequence[Posting], corrections: AbstractSet[int], *, before: date | None = None
) -> date | None:
    """Return the London day from which the chase counts, or None; a correction moves it not.

    before: the day of a letter that was sent before the register held its review
    """
    left = letters_left(postings)
    if not left:
        return before
    letters = [one for one in left if one.letter not in corrections]
    sent_at = letters[-1].sent_at if letters else None
    came_back = letters and letters[-1].status is PostingStatus.BOUNCED
    return sent_at.astimezone(LONDON).date() if sent_at and not came_back else None


def newest_letter(postings: Sequence[Posting], corrections: AbstractSet[int]) -> Posting | None:
    """Return the feedback letter that was sent last, None when it came back.

    Where a correction came back, the letter that it was to replace is the last.
    """
    came_back = PostingStatus.BOUNCED
    letters = [
        one
        for one in letters_left(postings)
        if one.letter not in corrections or one.status is not came_back
    ]
    return letters[-1] if letters and letters[-1].status is not came_back else None


def letters_left(postings: Sequence[Posting]) -> list[Posting]:
    """Return the letters that left, delivered or not, the oldest first."""
    left = (PostingStatus.SENT, PostingStatus.BOUNCED)
    return [one for one in postings if one.kind is PostingKind.LETTER and one.status in left]
