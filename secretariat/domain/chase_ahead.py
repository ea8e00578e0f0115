"""Which reminders come in the days ahead, if nothing else happens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from secretariat.domain.chase import Chaser, ChaseState, Followed, Standing
from secretariat.domain.outlook import Leaving
from secretariat.domain.post import Posting, PostingKind, PostingStatus

Stands = Callable[[Followed, date], Standing]


@dataclass(frozen=True, slots=True)
class Ahead:
    """One reminder to come, and the London day on which it is written."""

    day: date
    chaser: Chaser


def reminders_ahead(followed: Followed, stands: Stands, days: Sequence[date]) -> tuple[Ahead, ...]:
    """Return the reminders of one review on these working days, the first first.

    stands: its standing on a day.  A reminder that a person must release ends the row: what
    follows depends on that person.
    """
    found: list[Ahead] = []
    postings = followed.postings
    for day in days:
        seen = replace(followed, postings=_left_by(postings, day))
        standing = stands(seen, day)
        if standing.chaser is None or standing.state is ChaseState.NONE:
            break
        if standing.state is not ChaseState.DUE:
            continue
        found.append(Ahead(day, standing.chaser))
        if standing.chaser.for_release:
            break
        postings = (*postings, _as_sent(standing.chaser, day))
    return tuple(found)


def together(leaving: Sequence[Leaving]) -> tuple[Leaving, ...]:
    """Return reminders with those of one address and day as one mail, unless a bar keeps them."""
    shared: dict[tuple[date, str], Leaving] = {}
    alone: list[Leaving] = []
    for one in leaving:
        if one.bar or not one.to:
            alone.append(one)
            continue
        at = (one.day, one.to.lower())
        before = shared.get(at)
        references = (*before.references, *one.references) if before else one.references
        shared[at] = replace(one, references=references)
    return (*alone, *shared.values())


def _left_by(postings: Sequence[Posting], day: date) -> tuple[Posting, ...]:
    """Return mails as they stand on a later day, when what is ready before it has left."""
    ready = PostingStatus.READY
    return tuple(
        replace(one, status=PostingStatus.SENT)
        if one.status is ready and one.leave_on < day
        else one
        for one in postings
    )


def _as_sent(chaser: Chaser, day: date) -> Posting:
    """Return the reminder as the days after find it."""
    sent = PostingStatus.SENT
    return Posting(0, PostingKind.CHASER, (), "", "", "", "", day, sent, due_on=chaser.due_on)
