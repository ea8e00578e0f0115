"""The register page and the home page's numbers: flat rows and tallies, never whole reviews."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final, TypeVarTuple

from sqlalchemy import ColumnElement, Select, TextClause, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.selectable import ScalarSelect

from secretariat.adapters.register.read_publication import has_link_to_look_at
from secretariat.adapters.register.tables import (
    IS_DUE,
    IS_LOCKED,
    MatterRow,
    PaperRow,
    ReviewRow,
    ReviewTallyRow,
    ReviewWordRow,
    Row,
)
from secretariat.adapters.register.tables_letters import LetterRow
from secretariat.adapters.register.tables_mail import MailRow, PostingRow
from secretariat.domain.letter import LetterStatus
from secretariat.domain.listing import (
    PAGE_LENGTH,
    Counts,
    RegisterPage,
    RegisterQuery,
    RegisterRow,
)
from secretariat.domain.papers import missing
from secretariat.domain.post import PostingKind, PostingStatus
from secretariat.domain.post_in import MailState
from secretariat.domain.reference import Reference
from secretariat.domain.review import MatterStatus, Review, Status
from secretariat.domain.undelivered import GOES_AGAIN

Shape = TypeVarTuple("Shape")

LONGEST_WORD: Final = 100
PART: Final = re.compile(r"(?<![^\W_])[^\W_]|^.")
LAST: Final = "\U0010ffff"
CLOSED: Final = frozenset(
    {
        Status.PUBLISHED,
        Status.NOT_FOR_PUBLICATION,
        Status.WITHDRAWN,
        Status.MERGED,
        Status.UNDONE,
    }
)


def listed(review: Review) -> dict[str, Any]:
    """Return the columns that the register page shows and filters by."""
    facts = review.facts
    wanting = bool(missing(facts)) or not review.parties.sure
    # Nobody needs to say what a letter that left before the register began was made of.
    over = review.letter_on is not None and review.status is Status.PUBLICATION_AWAITED
    return {
        "ordinal": ordinal_of(review.reference),
        "csp": _csp(review),
        "pseudonyms": facts.pseudonyms,
        "local_reference": facts.local_reference,
        "wants_facts": wanting and review.status not in CLOSED and not over,
    }


def ordinal_of(reference: Reference) -> int:
    """Return the reference's place in the order of references."""
    return reference.year * 1_000_000 + reference.number


def words_of(review: Review) -> frozenset[str]:
    """Return the words by which the review is found, in small letters.

    A word with punctuation in it is there from each of its parts on: of "QA-2026-0001"
    also "2026-0001" and "0001".
    """
    facts = review.facts
    said = (str(review.reference), _csp(review), *facts.pseudonyms, facts.local_reference or "")
    return frozenset(
        word[part.start() :][:LONGEST_WORD]
        for word in " ".join(said).casefold().split()
        for part in PART.finditer(word)
    )


def _csp(review: Review) -> str:
    return review.parties.csp or review.facts.csp or ""


def page(session: Session, query: RegisterQuery) -> RegisterPage:
    """Return one page: one statement for its rows, one for how many there are."""
    conditions = _conditions(query)
    wanted = _ordered(
        select(
            ReviewRow.reference,
            ReviewRow.csp,
            ReviewRow.pseudonyms,
            ReviewRow.local_reference,
            ReviewRow.status,
            ReviewRow.since,
            ReviewRow.received_on,
            ReviewRow.owner,
        ).where(*conditions),
        query.sort,
    )
    number = max(1, query.page)
    found = session.execute(wanted.limit(PAGE_LENGTH).offset((number - 1) * PAGE_LENGTH))
    rows = tuple(RegisterRow(*row) for row in found)
    return RegisterPage(rows, _total(session, query, conditions), number)


def counts(session: Session) -> Counts:
    """Return the home page's numbers from the tally and one row of small counts."""
    by_status: Counter[Status] = Counter()
    facts_missing = 0
    for tally in session.scalars(select(ReviewTallyRow)):
        by_status[tally.status] += tally.reviews
        facts_missing += tally.reviews if tally.wants_facts else 0
    small = session.execute(select(*_small_counts())).one()
    return Counts(
        by_status=tuple((status, by_status[status]) for status in Status),
        facts_missing=facts_missing,
        **small._mapping,
    )


def _small_counts() -> Iterable[ColumnElement[int]]:
    """Return counts of what waits for somebody; each is over an index and over little."""
    awaited = ReviewRow.status == Status.PUBLICATION_AWAITED
    asked: dict[str, ScalarSelect[int]] = {
        "held": _count(MailRow, MailRow.state == MailState.HELD),
        "letters_draft": _count(LetterRow, LetterRow.status == LetterStatus.DRAFT),
        "letters_sending": _count(LetterRow, LetterRow.status == LetterStatus.SENDING),
        "letters_not_delivered": _count(LetterRow, LetterRow.status == LetterStatus.NOT_DELIVERED),
        "copies_not_delivered": _count(
            PostingRow,
            PostingRow.status == PostingStatus.BOUNCED,
            PostingRow.kind == PostingKind.COPY,
            ~PostingRow.why.endswith(GOES_AGAIN),
        ),
        "postings_for_release": _posted(PostingStatus.FOR_RELEASE),
        "postings_stuck": _posted(PostingStatus.SENDING),
        "postings_refused": _posted(PostingStatus.REFUSED),
        "answers": _count(MailRow, MailRow.unread_answer),
        "matters_open": _count(MatterRow, MatterRow.status == MatterStatus.OPEN),
        "links_to_look_at": _count(ReviewRow, awaited, has_link_to_look_at()),
        "chase_spent": _count(ReviewRow, ReviewRow.chase_spent),
        "locked": _locked(),
        "due_behind": _count(PaperRow, IS_DUE, ~PaperRow.set_aside),
    }
    return (count.label(name) for name, count in asked.items())


def _posted(status: PostingStatus) -> ScalarSelect[int]:
    return _count(PostingRow, PostingRow.status == status)


def _locked() -> ScalarSelect[int]:
    """Count the reviews of which a paper in use waits for its password."""
    reviews = select(func.count(PaperRow.reference.distinct()))
    return reviews.where(IS_LOCKED, ~PaperRow.set_aside).scalar_subquery()


def _count(
    row: type[Row], *conditions: ColumnElement[bool] | InstrumentedAttribute[bool] | TextClause
) -> ScalarSelect[int]:
    return select(func.count()).select_from(row).where(*conditions).scalar_subquery()


def _conditions(query: RegisterQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        ReviewRow.ordinal.in_(select(ReviewWordRow.ordinal).where(*_begins_with(word)))
        for word in dict.fromkeys(query.words.casefold().split())
    ]
    if query.statuses:
        conditions.append(ReviewRow.status.in_(query.statuses))
    if query.owner:
        conditions.append(ReviewRow.owner == query.owner)
    if query.facts_missing:
        conditions.append(ReviewRow.wants_facts.is_(True))
    return conditions


def _begins_with(word: str) -> tuple[ColumnElement[bool], ...]:
    start = word[:LONGEST_WORD]
    return ReviewWordRow.word >= start, ReviewWordRow.word < start + LAST


def _total(session: Session, query: RegisterQuery, conditions: list[ColumnElement[bool]]) -> int:
    """Return how many rows match, from the tally where it can tell."""
    if query.words.strip() or query.owner:
        counted = select(func.count()).select_from(ReviewRow).where(*conditions)
        return session.scalar(counted) or 0
    tallied = select(func.coalesce(func.sum(ReviewTallyRow.reviews), 0))
    if query.statuses:
        tallied = tallied.where(ReviewTallyRow.status.in_(query.statuses))
    if query.facts_missing:
        tallied = tallied.where(ReviewTallyRow.wants_facts.is_(True))
    return session.scalar(tallied) or 0


def _ordered(wanted: Select[*Shape], sort: str) -> Select[*Shape]:
    columns: list[Any] = [ReviewRow.ordinal]
    if sort.removeprefix("-") == "since":
        columns.insert(0, ReviewRow.since)
    if sort.startswith("-"):
        columns = [column.desc() for column in columns]
    return wanted.order_by(*columns)
