"""What a reminder may say of its review, and why one waits for a person."""

import re
from collections.abc import Mapping
from datetime import date

from secretariat.domain.calendar import LONDON
from secretariat.domain.post import Posting
from secretariat.domain.review import Outcome, Review
from secretariat.domain.written import in_full


def values_of(review: Review, letter: Posting | None, *, unit: str) -> Mapping[str, object]:
    """Return what a wording may say; a pseudonym is never among it.

    letter: the mail that brought the letter, None where it left before the register held it
    """
    local = review.facts.local_reference or ""
    subject = f"Domestic homicide review: feedback letter ({review.reference})"
    subject = letter.subject.removeprefix("Re: ") if letter else subject
    names = review.facts.pseudonyms
    sent_on = _sent_on(letter) if letter else review.letter_on
    return {
        "reference": str(review.reference),
        "local_reference": "" if _names_one(local, names) else local,
        "letter_subject": str(review.reference) if _names_one(subject, names) else subject,
        "letter_date": in_full(sent_on) if sent_on else "",
        "partnership": review.parties.csp or "your partnership",
        "after_changes": review.outcome is Outcome.PUBLISH_AFTER_CHANGES,
        "unit": unit,
    }


def listed(review: Review, letter: Posting | None) -> Mapping[str, object]:
    """Return what a mail about several reviews says of one."""
    values = values_of(review, letter, unit="")
    return {name: values[name] for name in ("reference", "local_reference", "letter_date")} | {
        "partnership": values["partnership"]
    }


def why_waiting(review: Review) -> str:
    """Say why a reminder waits for a person who releases it."""
    if review.quiet:
        return "the review was registered in silence: a person says whether to ask"
    return "several reminders are overdue: a person says whether to ask"


def _sent_on(letter: Posting) -> date | None:
    return letter.sent_at.astimezone(LONDON).date() if letter.sent_at else None


def _names_one(text: str, pseudonyms: tuple[str, ...]) -> bool:
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
        for name in pseudonyms
        if name
    )
