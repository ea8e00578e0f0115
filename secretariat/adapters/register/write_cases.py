"""Writing reviews, papers and matters."""

from dataclasses import replace
from typing import Any

from sqlalchemy import and_, delete, func, select, update

from secretariat.adapters.register.listing import listed, ordinal_of, words_of
from secretariat.adapters.register.tables import (
    MatterRow,
    PaperRow,
    RecognisedPageRow,
    ReferenceCounterRow,
    ReviewCspRow,
    ReviewRow,
    ReviewWordRow,
    columns_of,
)
from secretariat.adapters.register.writing import Writing
from secretariat.domain.errors import NotFound, StaleVersion
from secretariat.domain.ledger import Act
from secretariat.domain.post_in import Paper
from secretariat.domain.reference import Reference
from secretariat.domain.review import Matter, Review


class CasesWritten(Writing):
    """Reviews, papers and matters, with the pen."""

    def next_reference(self, year: int) -> Reference:
        """Return a reference never given before; the year's counter stays locked until the end."""
        return Reference(year, self._count_on(year, at_least=0))

    def add_review(self, review: Review, act: Act) -> Review:
        """Register a review; StaleVersion if its reference is taken."""
        self._count_on(review.reference.year, at_least=review.reference.number)
        added = self._add_once(ReviewRow, review, "reference", giving="ordinal", **listed(review))
        if added is None:
            raise StaleVersion(str(review.reference))
        self._put_in(ReviewCspRow, *_csps_of(review))
        ordinal, words = ordinal_of(review.reference), sorted(words_of(review))
        self._put_in(ReviewWordRow, *({"word": word, "ordinal": ordinal} for word in words))
        self.write(str(review.reference), act)
        return review

    def save_review(self, review: Review, act: Act) -> Review:
        """Save a review; a chase that was spent counts no more once the review moves."""
        subject = str(review.reference)
        spent = and_(ReviewRow.chase_spent, ReviewRow.status == review.status)
        saved = self._save(
            ReviewRow,
            review,
            subject,
            ReviewRow.reference == review.reference,
            chase_spent=spent,
            **listed(review),
        )
        self._list_csps(review)
        self._list_words(review)
        self.write(subject, act)
        return saved

    def add_paper(self, paper: Paper, act: Act) -> Paper:
        """Add a paper to its review."""
        added = replace(paper, number=self._add(PaperRow, paper))
        self.write(str(paper.reference), act)
        return added

    def save_paper(self, paper: Paper, act: Act) -> Paper:
        """Save a paper; the act goes to the review that it belongs to now."""
        changed = update(PaperRow).where(PaperRow.number == paper.number)
        if self._touched(changed.values(columns_of(paper))) != 1:
            raise NotFound(f"Paper {paper.number}")
        self.write(str(paper.reference), act)
        return paper

    def keep_page(self, paper: int, page: int, text: str) -> None:
        """Keep what recognition read on a page, in place of what was read on it before."""
        kept = {"text": text.replace("\0", "")}  # PostgreSQL keeps no NUL.
        adding = self._insert(RecognisedPageRow).values({"paper": paper, "page": page, **kept})
        over = adding.on_conflict_do_update(index_elements=["paper", "page"], set_=kept)  # type: ignore[attr-defined]
        self._session.execute(over)

    def forget_pages(self, paper: int) -> None:
        """Forget what recognition read on the pages of a paper."""
        gone = delete(RecognisedPageRow).where(RecognisedPageRow.paper == paper)
        self._session.execute(gone)

    def add_matter(self, matter: Matter, act: Act) -> Matter:
        """Open a matter; the act goes to its review's stream, else to the office's."""
        added = replace(matter, number=self._add(MatterRow, matter))
        self._write_to(_of(matter), act)
        return added

    def save_matter(self, matter: Matter, act: Act) -> Matter:
        """Save a matter."""
        subject = f"Matter {matter.number}"
        saved = self._save(MatterRow, matter, subject, MatterRow.number == matter.number)
        self._write_to(_of(matter), act)
        return saved

    def _count_on(self, year: int, *, at_least: int) -> int:
        """Return the year's counter: one more, or raised to `at_least` if that is given."""
        last = ReferenceCounterRow.last
        greatest = func.greatest if self._on_postgresql else func.max
        on = greatest(last, at_least) if at_least else last + 1
        counting = self._insert(ReferenceCounterRow).values(year=year, last=at_least or 1)
        told = counting.on_conflict_do_update(  # type: ignore[attr-defined]
            index_elements=["year"], set_={"last": on}
        ).returning(last)
        return int(self._session.execute(told).scalar_one())

    def _list_csps(self, review: Review) -> None:
        gone = delete(ReviewCspRow).where(ReviewCspRow.reference == review.reference)
        self._session.execute(gone)
        self._put_in(ReviewCspRow, *_csps_of(review))

    def _list_words(self, review: Review) -> None:
        """Keep the words by which the review is found; most saves change none of them."""
        ordinal, words = ordinal_of(review.reference), words_of(review)
        of_review = ReviewWordRow.ordinal == ordinal
        kept = set(self._session.scalars(select(ReviewWordRow.word).where(of_review)))
        if gone := kept - words:
            old = delete(ReviewWordRow).where(of_review, ReviewWordRow.word.in_(gone))
            self._session.execute(old)
        new = sorted(words - kept)
        self._put_in(ReviewWordRow, *({"word": word, "ordinal": ordinal} for word in new))


def _csps_of(review: Review) -> list[dict[str, Any]]:
    ids = dict.fromkeys(review.parties.csp_ids)
    return [{"csp_id": csp_id, "reference": review.reference} for csp_id in ids]


def _of(matter: Matter) -> tuple[Reference, ...]:
    return () if matter.reference is None else (matter.reference,)
