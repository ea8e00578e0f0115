"""The Message-IDs of our mails: they carry the reference, so that an answer finds its review.

A token that nobody can guess stands in each, so that nobody can forge an answer or a bounce
to a mail that they have not seen.
"""

import re
from hashlib import sha256
from typing import Final

from secretariat.domain.post import PostingKind
from secretariat.domain.reference import Reference

_OURS: Final = re.compile(r"<(QA-20\d\d-\d{4,5})\.[a-z-]+\.[^@<>]+@([^<>@]+)>", re.IGNORECASE)


def message_id_of(reference: Reference, kind: PostingKind, *, token: str, domain: str) -> str:
    """Return the Message-ID of a mail of ours, angle brackets on.

    token: random letters and digits, another for each mail; domain: ours
    """
    return f"<{reference}.{kind.value.replace(' ', '-')}.{token}@{domain}>"


def steady_token(first: str, *parts: str) -> str:
    """Return a token that is the same each time a mail is written, and that nobody can guess.

    first: the hash of the first entry of the review's ledger; parts: what the mail is for
    """
    return sha256("|".join((first, *parts)).encode()).hexdigest()[:32]


def reference_in(message_id: str, *, domain: str) -> Reference | None:
    """Return the reference that a Message-ID of ours carries, None for any other."""
    hit = _OURS.fullmatch(message_id.strip())
    if hit is None or hit[2].lower() != domain.lower():
        return None
    return Reference.parse(hit[1])
