"""What taking a list in would do, row by row: the preview that a person confirms.

The same plan is worked out again before anything is written; its mark says whether it is the same.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from secretariat.domain.front_page_dates import agree
from secretariat.domain.import_rows import ListedCase
from secretariat.domain.matching import Certainty, Match, MatchOutcome
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review, Status


class Fate(StrEnum):
    """What becomes of a row."""

    TAKEN = "will be registered"
    KNOWN = "already registered"
    DOUBTFUL = "a person must look"


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and what becomes of it.

    why: one sentence; references: the reviews that it is, or may be
    match: whose it is; None where the row was not looked at so far
    """

    case: ListedCase
    fate: Fate
    why: str
    match: Match | None = None
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """A list as it would be taken in.

    sha256: of the file's bytes; mark: of everything that the plan says
    stated: heading -> what it is taken to state
    left_out, real_names: headings of columns that are not taken in
    others: how many further sheets the file has, which are not read
    """

    sha256: str
    rows: tuple[Planned, ...]
    stated: Mapping[str, str]
    left_out: tuple[str, ...] = ()
    real_names: tuple[str, ...] = ()
    others: int = 0
    chase_from: date | None = None

    @property
    def mark(self) -> str:
        """What the plan says, as 64 hexadecimal digits: another plan has another."""
        told = [self.sha256, str(self.chase_from)]
        for each in self.rows:
            ids = each.match.csp_ids if each.match else ()
            told += [str(each.case.row), each.fate, *ids, *map(str, each.references)]
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()

    def of(self, fate: Fate) -> tuple[Planned, ...]:
        """Return the rows that this becomes of."""
        return tuple(each for each in self.rows if each.fate is fate)


@dataclass(frozen=True, slots=True)
class TakenRow:
    """That a row of a list, known by its mark, became a review."""

    mark: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class Like:
    """A case that a row may be: one in the register, or one of an earlier row."""

    called: str
    csp_ids: tuple[str, ...]
    local_reference: str
    pseudonyms: tuple[str, ...]
    died: str
    reference: Reference | None = None

    def shares_partnership(self, csp_ids: Sequence[str]) -> bool:
        """Say whether the two have a partnership in common."""
        return bool(set(self.csp_ids) & set(csp_ids))


@dataclass(slots=True)
class Seen:
    """The rows of this list that were looked at: none is taken twice."""

    marks: dict[str, int] = field(default_factory=dict)
    ours: dict[Reference, int] = field(default_factory=dict)
    cases: dict[str, list[Like]] = field(default_factory=dict)

    def add(self, case: ListedCase, csp_ids: Sequence[str]) -> None:
        """Keep a row that would be taken."""
        if case.ours:
            self.ours[case.ours] = case.row
        like = Like(
            f"row {case.row}",
            tuple(csp_ids),
            case.local_reference,
            case.pseudonyms,
            case.died,
        )
        for csp_id in csp_ids:
            self.cases.setdefault(csp_id, []).append(like)

    def beside(self, csp_ids: Sequence[str]) -> list[Like]:
        """Return the cases of these partnerships in earlier rows."""
        return [like for csp_id in csp_ids for like in self.cases.get(csp_id, ())]


def doubts_of(case: ListedCase, match: Match) -> str:
    """Return why a row cannot be taken whatever the register holds, "" where it can."""
    sure = match.outcome is MatchOutcome.MATCH and match.certainty is not Certainty.WEAK
    return "; ".join([*case.faults, *([] if sure else [f"whose it is: {match.why}"])])


def like_review(review: Review) -> Like:
    """Return a registered review as something that a row may be."""
    return Like(
        str(review.reference),
        review.parties.csp_ids,
        review.facts.local_reference or "",
        review.facts.pseudonyms,
        review.facts.date_of_death or "",
        review.reference,
    )


def is_same(case: ListedCase, like: Like) -> bool:
    """Say whether both bear the same local reference; whose they are is known to agree."""
    ours, theirs = _bare(case.local_reference), _bare(like.local_reference)
    return bool(ours) and ours == theirs


def may_be_same(case: ListedCase, like: Like) -> bool:
    """Say whether a row may be this case: their names or the days of death are the same.

    Two different local references say that it is not.
    """
    if _bare(case.local_reference) and _bare(like.local_reference):
        return False
    ours = {name.casefold() for name in case.pseudonyms}
    if ours & {name.casefold() for name in like.pseudonyms}:
        return not (case.died and like.died) or agree([case.died, like.died]) is not None
    precise = min(len(case.died), len(like.died)) >= len("2021-02")
    return precise and agree([case.died, like.died]) is not None


def stands(review: Review) -> bool:
    """Say whether a review stands by itself, so that a row may be the same."""
    return review.status not in (Status.MERGED, Status.UNDONE)


def _bare(reference: str) -> str:
    return re.sub(r"[\W_]+", "", reference.casefold())
