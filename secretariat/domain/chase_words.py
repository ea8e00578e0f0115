"""What a reminder may say, and why one waits."""

import re

from secretariat.domain.calendar import LONDON
from secretariat.domain.post import Posting
from secretariat.domain.review import Outcome, Review
from secretariat.domain.written import in_full


def values_of(review: Review, letter: Posting, *, unit: str) -> dict[str, object]:
    """Return what a wording may say; a pseudonym is never among it."""
    sent_on = letter.sent_at.astimezone(LONDON) if letter.sent_at else None
    local = review.facts.local_reference or ""
    subject = letter.subject.removeprefix("Re: ")
    names = review.facts.pseudonyms
    return {
        "reference": str(review.reference),
        "local_reference": "" if _names_one(local, names) else local,
        "letter_subject": str(review.reference) if _names_one(subject, names) else subject,
        "letter_date": in_full(sent_on) if sent_on else "",
        "partnership": review.parties.csp or "your partnership",
        "after_changes": review.outcome is Outcome.PUBLISH_AFTER_CHANGES,
        "unit": unit,
    }


def _names_one(text: str, pseudonyms: tuple[str, ...]) -> bool:
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
        for name in pseudonyms
        if name
    )


def why_waiting(review: Review) -> str:
    """Return why a reminder waits for a person, one sentence."""
    if review.quiet:
        return "the review was registered in silence: a person says whether to ask"
    return "several reminders are overdue: a person says whether to ask"
