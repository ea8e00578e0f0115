"""Takes in the cases that the secretariat has in a list, once a person has seen the preview.

The file itself is not kept: it may hold real names.  What was previewed is known by the SHA-256
of its bytes and by the mark of its plan; anything else is refused.  Nobody is written to by it:
what is awaited is not chased before the day that a person says.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from secretariat.domain.errors import NotFound, Refused
from secretariat.domain.import_columns import headings_of
from secretariat.domain.import_plan import (
    Fate,
    Like,
    Planned,
    Preview,
    Seen,
    TakenRow,
    doubts_of,
    is_same,
    like_review,
    may_be_same,
    stands,
)
from secretariat.domain.import_rows import ListedCase, cases_in
from secretariat.domain.ledger import OFFICE, Act, Event
from secretariat.domain.matching import Match, Matcher
from secretariat.domain.papers import Facts
from secretariat.domain.publication import Link, LinkStatus
from secretariat.domain.reference import Reference
from secretariat.domain.registration import parties_from
from secretariat.domain.review import Pause, Review, Status
from secretariat.domain.written import counted, in_full
from secretariat.ports.clock import Clock
from secretariat.ports.lists import SheetReading
from secretariat.ports.papers import Scanner
from secretariat.ports.register import OpenReading, OpenRegister, Reading, Register

AT_ONCE: Final = 25
PAUSED: Final = "taken in from a list"
ANOTHER_FILE: Final = "this is not the file that was previewed: look at its own preview first"
ANOTHER_PLAN: Final = (
    "the register or the choices have changed since the preview: look at it again, then confirm"
)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a confirmed list: how many rows were registered, and as what."""

    references: tuple[Reference, ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class Importing:
    """Takes lists of cases from staff; leaves each row in the register as a review.

    scanner: looks for viruses before anything opens a list; None where none is installed
    """

    open_register: OpenRegister
    open_reading: OpenReading
    sheets: SheetReading
    matcher: Matcher
    clock: Clock
    scanner: Scanner | None = None

    def preview(self, content: bytes, *, chase_from: date | None = None) -> Preview:
        """Say what taking the list in would do; nothing is written.

        chase_from: the London day from which what is awaited is chased, where its row names none
        Raise SheetUnreadable or Refused where the file is no list, ScannerAway for no scanner.
        """
        self._check(content, chase_from)
        sheet = self.sheets.rows(content)
        headings = headings_of(sheet.rows)
        cases = cases_in(sheet.rows, headings, today=self.clock.today())
        if not cases:
            raise Refused("the list has headings, and no row below them")
        titles = sheet.rows[headings.row - 1]
        with self.open_reading() as register:
            rows = self._plan(register, cases)
        return Preview(
            hashlib.sha256(content).hexdigest(),
            rows,
            {titles[place].strip(): column for place, column in sorted(headings.columns.items())},
            headings.left_out,
            headings.real_names,
            sheet.others,
            chase_from,
        )

    def confirm(
        self,
        content: bytes,
        *,
        sha256: str,
        mark: str,
        by: str,
        chase_from: date | None = None,
    ) -> TakenIn:
        """Register what was previewed; each row once, however often and by whomever.

        sha256, mark: of the preview that the person saw; Refused where either is another by now
        A list that was cut off in the middle is finished by a new preview and confirmation.
        """
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Refused(ANOTHER_FILE)
        plan = self.preview(content, chase_from=chase_from)
        if plan.mark != mark:
            raise Refused(ANOTHER_PLAN)
        wanted = plan.of(Fate.TAKEN)
        taken: list[Reference] = []
        for first in range(0, len(wanted), AT_ONCE):
            some = wanted[first : first + AT_ONCE]
            with self.open_register() as register:
                taken += self._take(register, some, plan, by)
        if taken:
            told = counted(len(taken), "review was", "reviews were")
            told += f" registered from the list {sha256}"
            with self.open_register() as register:
                register.write(OFFICE, Act(by, Event.LISTED_IN, told))
        return TakenIn(tuple(taken), len(wanted) - len(taken))

    def _check(self, content: bytes, chase_from: date | None) -> None:
        if chase_from is not None and chase_from <= self.clock.today():
            raise Refused("choose a day that is still to come")
        found = self.scanner.scan(content) if self.scanner is not None else ""
        if found:
            raise Refused(f"the virus scanner found {found} in the list: it was not opened")

    def _plan(self, register: Reading, cases: Sequence[ListedCase]) -> tuple[Planned, ...]:
        looking = _Looking(register, self.matcher.match)
        return tuple(looking.planned(case) for case in cases)

    def _take(
        self, register: Register, some: Sequence[Planned], plan: Preview, by: str
    ) -> list[Reference]:
        """Register these rows; one that came in some other way meanwhile is passed over."""
        taken = []
        for row in some:
            looking = _Looking(register, self.matcher.match)
            again = looking.planned(row.case)
            if again.fate is Fate.TAKEN and again.match is not None:
                taken.append(self._register(register, row.case, again.match, plan, by))
        return taken

    def _register(
        self, register: Register, case: ListedCase, match: Match, plan: Preview, by: str
    ) -> Reference:
        today = self.clock.today()
        reference = case.ours or register.next_reference(today.year)
        review = _review_of(case, match, reference, _meeting(register, case), plan.chase_from)
        why = _told(case, match, plan.sha256)
        register.add_review(review, Act(by, Event.LISTED_IN, why, _wording(case)))
        register.add_taken(TakenRow(case.mark, reference))
        if case.link:
            seen = review.status is Status.PUBLISHED
            status = LinkStatus.CHECKED if seen else LinkStatus.GIVEN
            given = Link(0, reference, case.link, self.clock.now(), status=status)
            told = "the list says that it is published there" if seen else "the list gives the link"
            register.add_link(given, Act(by, Event.LINK_GIVEN, told))
        return reference


class _Looking:
    """Looks at one row after the other: whose it is, and whether it is there already."""

    def __init__(self, register: Reading, match: Callable[[str], Match]) -> None:
        self._register = register
        self._match = match
        self._seen = Seen()
        self._held: dict[str, tuple[Review, ...]] = {}

    def planned(self, case: ListedCase) -> Planned:
        """Return what becomes of the row, which counts as taken for those after it."""
        if (earlier := self._seen.marks.setdefault(case.mark, case.row)) != case.row:
            return Planned(case, Fate.DOUBTFUL, f"it is the same as row {earlier}, word for word")
        if taken := self._register.taken_as(case.mark):
            why = f"this row was taken in as {taken}"
            return Planned(case, Fate.KNOWN, why, references=(taken,))
        match = self._match(case.partnership) if case.partnership else None
        if match is None or (doubt := doubts_of(case, match)):
            why = "; ".join(case.faults) if match is None else doubt
            return Planned(case, Fate.DOUBTFUL, why, match)
        return self._compared(case, match)

    def _compared(self, case: ListedCase, match: Match) -> Planned:
        if case.ours and (found := self._bears(case, case.ours, match)):
            return found
        likes = [*map(like_review, self._reviews(match)), *self._seen.beside(match.csp_ids)]
        for fate, fits in ((Fate.KNOWN, is_same), (Fate.DOUBTFUL, may_be_same)):
            if rivals := [like for like in likes if fits(case, like)]:
                return _beside(case, match, rivals, fate)
        self._seen.add(case, match.csp_ids)
        return Planned(case, Fate.TAKEN, match.why, match)

    def _bears(self, case: ListedCase, ours: Reference, match: Match) -> Planned | None:
        """Say what a row is that bears a reference of ours; None where nobody has that."""
        if row := self._seen.ours.get(ours):
            return Planned(case, Fate.DOUBTFUL, f"row {row} bears {ours} too", match)
        review = _found(self._register, ours)
        if review is None:
            return None
        if set(review.parties.csp_ids) & set(match.csp_ids):
            why = f"{ours} is registered, for the same partnership"
            return Planned(case, Fate.KNOWN, why, match, (ours,))
        why = f"{ours} is registered for another partnership"
        return Planned(case, Fate.DOUBTFUL, why, match, (ours,))

    def _reviews(self, match: Match) -> list[Review]:
        """Return the reviews of the partnerships, each once; asked for once a partnership."""
        for csp_id in match.csp_ids:
            if csp_id not in self._held:
                self._held[csp_id] = self._register.reviews_of(csp_id)
        found = {one.reference: one for each in match.csp_ids for one in self._held[each]}
        return [review for review in found.values() if stands(review)]


def _beside(case: ListedCase, match: Match, rivals: Sequence[Like], fate: Fate) -> Planned:
    """Return what a row is that is, or may be, what is there; two rows of a list are a doubt."""
    called = " or ".join(dict.fromkeys(like.called for like in rivals))
    references = tuple(like.reference for like in rivals if like.reference)
    if fate is Fate.KNOWN and len(references) == len(rivals) == 1:
        why = f"{called} has the same partnership and local reference"
        return Planned(case, fate, why, match, references)
    shared = "local reference" if fate is Fate.KNOWN else "pseudonym or date of death"
    why = f"it may be {called}: the partnership and the {shared} are the same"
    return Planned(case, Fate.DOUBTFUL, why, match, references)


def _found(register: Reading, reference: Reference) -> Review | None:
    try:
        return register.review(reference)
    except NotFound:
        return None


def _meeting(register: Reading, case: ListedCase) -> int | None:
    """Return the register's meeting of the day on which the case was considered, if there is."""
    day = case.stood.considered_on if case.stood else None
    if day is None or case.stood is None or case.stood.status is Status.RECEIVED:
        return None
    return next((one.number for one in register.meetings() if one.held_on == day), None)


def _review_of(
    case: ListedCase, match: Match, reference: Reference, meeting: int | None, chase: date | None
) -> Review:
    """Return the review of a row; what is awaited is paused, and quiet besides."""
    stood = case.stood
    if stood is None:
        raise Refused(f"row {case.row} does not say where its case stands")
    awaited = stood.status is Status.PUBLICATION_AWAITED
    return Review(
        reference,
        parties_from(match),
        Facts(
            csp=case.partnership,
            pseudonyms=case.pseudonyms,
            local_reference=case.local_reference or None,
            date_of_death=case.died or None,
        ),
        stood.status,
        stood.since,
        stood.received_on,
        sender=case.sender,
        outcome=stood.outcome,
        meeting=meeting,
        quiet=True,
        pause=Pause(PAUSED, case.chase_from or chase) if awaited else None,
        letter_on=stood.letter_on,
    )


def _told(case: ListedCase, match: Match, sha256: str) -> str:
    """Say where a review comes from, without a name of a person."""
    dates = case.stood
    parts = [f"row {case.row} of the list {sha256}"]
    if dates and dates.considered_on:
        parts.append(f"considered on {in_full(dates.considered_on)}")
    if dates and dates.letter_on:
        parts.append(f"its letter was sent on {in_full(dates.letter_on)}")
    return "; ".join([*parts, match.why])


def _wording(case: ListedCase) -> str:
    """Return what is personal or free text; it can be purged from the ledger."""
    earlier = f"Reference in the list: {case.earlier}" if case.earlier else ""
    return "\n".join(part for part in (earlier, case.remarks) if part)
