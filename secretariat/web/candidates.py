"""To which reviews a mail may belong, so that nobody has to look up a reference and type it."""

from collections.abc import Iterator
from typing import Final

from secretariat.domain.council import Directory
from secretariat.domain.errors import NotFound
from secretariat.domain.post_in import ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review, Status
from secretariat.ports.register import Reading

MOST: Final = 8
GONE: Final = frozenset({Status.MERGED, Status.UNDONE})


def candidates(register: Reading, directory: Directory, mail: ReceivedMail) -> tuple[Review, ...]:
    """Return the reviews that a mail may belong to, the likeliest first, at most 8.

    First those that triage found, then those that it or the reason names, that its thread is
    about or that hold its papers; then those of its sender and of the partnerships of its
    sender's council, the newest first.
    """
    found: dict[Reference, Review] = {}
    for review in (*_named(register, mail), *_of_sender(register, directory, mail.sender)):
        if review.status not in GONE:
            found.setdefault(review.reference, review)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _named(register: Reading, mail: ReceivedMail) -> Iterator[Review]:
    posting = register.posting_called(mail.in_reply_to) if mail.in_reply_to else None
    papers = (one for file in mail.attachments for one in register.papers_like(file.sha256))
    written = Reference.find_all(f"{mail.subject}\n{mail.why}\n{mail.text}")
    found = (one.reference for one in mail.candidates)
    named = (*found, *mail.references, *(posting.references if posting else ()), *written)
    for reference in dict.fromkeys((*named, *(paper.reference for paper in papers))):
        try:
            yield register.review(reference)
        except NotFound:
            continue


def _of_sender(register: Reading, directory: Directory, sender: str) -> Iterator[Review]:
    """Find what its confirmed contacts, then what its council's partnerships stand for."""
    domain = sender.rpartition("@")[2].lower()
    keys = [contact.reference for contact in register.contacts_at(sender)]
    councils = (one.id for one in directory.councils.values() if domain in one.domains)
    keys += (csp.id for council in councils for csp in directory.csps_of(council))
    for key in dict.fromkeys(keys):
        written = Reference.find_all(key)
        yield from (register.review(one) for one in written)
        if not written:
            yield from register.reviews_of(key)[:MOST]
