"""Asking for reviews, papers, matters and the ledger."""

import hashlib
from datetime import date
from typing import Final

from sqlalchemy import JSON, String, and_, bindparam, case, select, type_coerce

from secretariat.adapters.register.asking import Asking
from secretariat.adapters.register.listing import counts, page
from secretariat.adapters.register.tables import (
    IS_DUE,
    IS_LOCKED,
    LedgerRow,
    MatterRow,
    PaperRow,
    RecognisedPageRow,
    ReviewCspRow,
    ReviewRow,
    WordingRow,
)
from secretariat.domain.ledger import Entry
from secretariat.domain.listing import Counts, RegisterPage, RegisterQuery
from secretariat.domain.post_in import Due, Paper
from secretariat.domain.reference import Reference
from secretariat.domain.review import Matter, MatterStatus, Review, Status

BY_REFERENCE: Final = select(ReviewRow).where(ReviewRow.reference == bindparam("reference"))
BY_CSP: Final = (
    select(ReviewRow)
    .join(ReviewCspRow, ReviewCspRow.reference == ReviewRow.reference)
    .where(ReviewCspRow.csp_id == bindparam("csp_id"))
    .order_by(ReviewRow.ordinal.desc())
)
PSEUDONYMS: Final = (
    select(type_coerce(ReviewRow.reference, String), type_coerce(ReviewRow.pseudonyms, JSON))
    .where(ReviewRow.status.not_in((Status.MERGED, Status.UNDONE)))
    .order_by(ReviewRow.ordinal)
)
PAPERS: Final = select(PaperRow).order_by(PaperRow.number)
PAPERS_OF: Final = PAPERS.where(PaperRow.reference == bindparam("reference"))
PAPERS_LIKE: Final = PAPERS.where(PaperRow.sha256 == bindparam("sha256"))
PAPERS_FRONTED: Final = PAPERS.where(PaperRow.front == bindparam("front"), PaperRow.front != "")
PAPERS_LOCKED: Final = PAPERS.where(IS_LOCKED, ~PaperRow.set_aside)
NO_WORDING: Final = hashlib.sha256(b"").hexdigest()


class CasesRead(Asking):
    """Reviews, papers, matters and the ledger, with eyes alone."""

    def review(self, reference: Reference) -> Review:
        """Return the review; raise NotFound."""
        return self._one(Review, BY_REFERENCE, str(reference), reference=reference)

    def reviews(self, status: Status, *, limit: int = 1000) -> tuple[Review, ...]:
        """Return the reviews at `status`, the oldest first."""
        wanted = select(ReviewRow).where(ReviewRow.status == status)
        return self._all(Review, wanted.order_by(ReviewRow.ordinal).limit(limit))

    def reviews_of(self, csp_id: str) -> tuple[Review, ...]:
        """Return every review of the partnership, the newest first."""
        return self._all(Review, BY_CSP, csp_id=csp_id)

    def pseudonyms(self) -> tuple[tuple[Reference, tuple[str, ...]], ...]:
        """Return the pseudonyms of every review that is neither merged nor undone, as rows."""
        found = self._connection.execute(PSEUDONYMS)
        return tuple((Reference.parse(number), tuple(names)) for number, names in found if names)

    def papers(self, reference: Reference) -> tuple[Paper, ...]:
        """Return the review's papers in the order they came."""
        return self._all(Paper, PAPERS_OF, reference=reference)

    def paper(self, number: int) -> Paper:
        """Return the paper; raise NotFound."""
        wanted = select(PaperRow).where(PaperRow.number == number)
        return self._one(Paper, wanted, f"Paper {number}")

    def papers_like(self, sha256: str) -> tuple[Paper, ...]:
        """Return every paper of any review with these bytes."""
        return self._all(Paper, PAPERS_LIKE, sha256=sha256)

    def papers_fronted(self, front: str) -> tuple[Paper, ...]:
        """Return every paper of any review whose front pages have these words."""
        return self._all(Paper, PAPERS_FRONTED, front=front)

    def papers_due(self, *, limit: int = 20) -> tuple[Paper, ...]:
        """Return papers with something still to be done behind intake, reading first."""
        wanted = select(PaperRow).where(IS_DUE, ~PaperRow.set_aside)
        order = case({due: place for place, due in enumerate(Due)}, value=PaperRow.due)
        return self._all(Paper, wanted.order_by(order, PaperRow.number).limit(limit))

    def pages_read(self, paper: int) -> dict[int, str]:
        """Return the pages of a paper that recognition has read so far, by number from 1."""
        wanted = select(RecognisedPageRow.page, RecognisedPageRow.text)
        of_it = wanted.where(RecognisedPageRow.paper == paper).order_by(RecognisedPageRow.page)
        return {page: text for page, text in self._session.execute(of_it)}

    def locked_papers(self) -> tuple[Paper, ...]:
        """Return the papers in use that wait for a password, the oldest first."""
        return self._all(Paper, PAPERS_LOCKED)

    def matters(self, *, open_only: bool = True) -> tuple[Matter, ...]:
        """Return the matters, the oldest first."""
        wanted = select(MatterRow).order_by(MatterRow.number)
        if open_only:
            wanted = wanted.where(MatterRow.status == MatterStatus.OPEN)
        return self._all(Matter, wanted)

    def matter(self, number: int) -> Matter:
        """Return the matter; raise NotFound."""
        wanted = select(MatterRow).where(MatterRow.number == number)
        return self._one(Matter, wanted, f"Matter {number}")

    def ledger(self, stream: str) -> tuple[Entry, ...]:
        """Return one stream's entries, the oldest first, with the wording that is left."""
        side = and_(WordingRow.stream == LedgerRow.stream, WordingRow.number == LedgerRow.number)
        wanted = select(LedgerRow, WordingRow.wording).outerjoin(WordingRow, side)
        told = wanted.where(LedgerRow.stream == stream).order_by(LedgerRow.number)
        return tuple(entry_of(row, wording) for row, wording in self._session.execute(told))

    def page(self, query: RegisterQuery) -> RegisterPage:
        """Return one page of the register as flat rows, in two statements."""
        return page(self._session, query)

    def counts(self, today: date) -> Counts:
        """Return the numbers of the home page, in two statements."""
        return counts(self._session)


def entry_of(row: LedgerRow, wording: str | None) -> Entry:
    """Return the entry; its wording is None only where there was one and it was purged."""
    if wording is None and row.wording_hash == NO_WORDING:
        wording = ""
    return Entry(
        row.stream,
        row.number,
        row.at,
        row.who,
        row.what,
        row.why,
        wording,
        row.wording_hash,
        row.previous,
        row.hash,
    )
