"""Whether a mail that was prepared may still leave: the case may have moved on since.

A mail can wait for long, for a person's release or while sending is held, and what would
stop it may come a moment before it leaves.  So this is asked again in the very transaction
that begins sending.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from secretariat.domain.chase import Followed, hindrance_of
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.review import Review, Status

GONE: Final = (Status.MERGED, Status.UNDONE, Status.WITHDRAWN)
OWN_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "a be copy corrected could feedback have home letter mail not of office panel papers qa re"
        " reached taken the to your",
    )
)
LEFT: Final = (PostingStatus.SENDING, PostingStatus.SENT, PostingStatus.BOUNCED)


def ended(reviews: Sequence[Review]) -> str:
    """Return why nothing is written about these reviews, one sentence; "" when it may be."""
    over = [review for review in reviews if review.status in GONE]
    return f"{over[0].reference} is {over[0].status}" if over else ""


def bar_to_chaser(posting: Posting, review: Review, followed: Followed, today: date) -> str:
    """Return why a reminder must not leave today, one sentence; "" when it may."""
    if review.status is not Status.PUBLICATION_AWAITED:
        return f"{review.reference} is {review.status}: its publication is not awaited"
    to_contact = posting.due_on is not None
    if to_contact and followed.contact and followed.contact.lower() != posting.to.lower():
        return "another contact has been confirmed since it was written"
    return hindrance_of(review.pause, followed, today)


def names_somebody(posting: Posting, reviews: Sequence[Review]) -> str:
    """Return why a mail with this subject must not leave, one sentence; "" when it may.

    A subject is read on locked screens and in lists: no pseudonym of its reviews stands in it.
    A pseudonym of our subjects' own words alone, such as "A", cannot be told from them.
    """
    names = (name.strip() for review in reviews for name in review.facts.pseudonyms)
    telling = [name for name in names if not OWN_WORDS.issuperset(name.casefold().split())]
    said = any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", posting.subject, re.IGNORECASE)
        for name in telling
    )
    return "its subject names somebody: a subject bears our reference alone" if said else ""


def address_had_its_mails(posting: Posting, of_today: Sequence[Posting], *, most: int) -> bool:
    """Say whether a mail must wait for another day, as its address had as many as it may.

    A reminder leaves on a day of its own; an acknowledgement not beside a letter or reminder.
    of_today: mails of ours to this address that bear today
    """
    left = [each for each in of_today if each.status in LEFT and each.number != posting.number]
    if posting.kind is PostingKind.CHASER:
        return bool(left)
    if posting.kind is not PostingKind.ACKNOWLEDGEMENT:
        return False
    answers = [each for each in left if each.kind is PostingKind.ACKNOWLEDGEMENT]
    return len(answers) < len(left) or len(answers) >= max(most, 1)
