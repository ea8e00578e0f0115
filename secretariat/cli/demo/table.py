"""What became of it all: the closing table of the demonstration."""

from collections.abc import Iterator, Sequence
from itertools import chain

from secretariat.cli.demo.world import Arrival, World
from secretariat.domain.listing import RegisterQuery
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.reference import Reference
from secretariat.ports.register import Reading

MAIL_HEAD = ("no.", "mail", "from", "is", "by rule", "became")
REVIEW_HEAD = ("review", "partnership", "stands at", "letters", "chasers", "last check")


def lines(world: World) -> Iterator[str]:
    """Return the table, line by line: every mail, then every review, then what is stuck."""
    with world.office.open_reading() as reading:
        mails = [_mail(reading, arrival) for arrival in world.arrivals]
        first = reading.page(RegisterQuery(sort="reference"))
        rows = [
            reading.page(RegisterQuery(sort="reference", page=number)).rows
            for number in range(1, first.pages + 1)
        ]
        reviews = [_review(reading, row.reference) for row in chain.from_iterable(rows)]
    yield from _grid(MAIL_HEAD, mails)
    yield ""
    yield from _grid(REVIEW_HEAD, reviews)
    if world.stuck:
        yield ""
        yield "What needed a person on the way:"
        yield from (
            f"  {day:%d %b} {stage}: {what}: {why}" for day, stage, what, why in world.stuck
        )


def _mail(reading: Reading, arrival: Arrival) -> tuple[str, ...]:
    mail = reading.mail(arrival.mail) if arrival.mail else None
    if mail is None:
        return (str(arrival.number), arrival.what, "", "not taken in", "", "waiting")
    named = [str(reference) for reference in mail.references]
    more = [f"and {len(named) - 1} more"] if len(named) > 1 else []
    became = " ".join((mail.state, *named[:1], *more))
    sender = mail.sender.rpartition("@")[2]
    return (str(arrival.number), arrival.what, sender, mail.kind, mail.rule, became)


def _review(reading: Reading, reference: Reference) -> tuple[str, ...]:
    review = reading.review(reference)
    letters = ", ".join(letter.status for letter in reading.letters_of(reference))
    chasers = [one for one in reading.postings_of(reference) if one.kind is PostingKind.CHASER]
    sent = sum(one.status is PostingStatus.SENT for one in chasers)
    checks = reading.checks_of(reference)
    found = checks[0].finding if checks else "-"
    return (
        str(reference),
        review.parties.csp,
        review.status,
        letters or "-",
        str(sent) if sent else "-",
        found,
    )


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, ["-" * width for width in widths], *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
