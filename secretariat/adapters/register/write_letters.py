"""Writing meetings, notes, letters, links and checks."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from secretariat.adapters.register.tables import columns_of
from secretariat.adapters.register.tables_letters import (
    CheckRow,
    ConfirmedWordingRow,
    LetterHandRow,
    LetterRow,
    LetterTypedRow,
    LetterVersionRow,
    LinkRow,
    MeetingRow,
    NotesRow,
)
from secretariat.adapters.register.writing import Writing
from secretariat.domain.errors import SameEyes, StaleVersion
from secretariat.domain.ledger import OFFICE, Act
from secretariat.domain.letter import Letter, LetterVersion, Typed, named
from secretariat.domain.panel import Meeting, Notes
from secretariat.domain.publication import Check, Link, LinkStatus
from secretariat.domain.wording import ConfirmedWording


class LettersWritten(Writing):
    """Meetings, notes, letters, links and checks, with the pen."""

    def add_meeting(self, meeting: Meeting, act: Act) -> Meeting:
        """Add a meeting."""
        added = replace(meeting, number=self._add(MeetingRow, meeting))
        self.write(OFFICE, act)
        return added

    def save_meeting(self, meeting: Meeting, act: Act) -> Meeting:
        """Save a meeting."""
        subject = f"Meeting {meeting.number}"
        saved = self._save(MeetingRow, meeting, subject, MeetingRow.number == meeting.number)
        self.write(OFFICE, act)
        return saved

    def add_notes(self, notes: Notes, act: Act) -> None:
        """Keep the notes on a review; they take the place of older ones that await a letter."""
        older = update(NotesRow).where(NotesRow.reference == notes.reference)
        self._session.execute(older.values(unanswered=False))
        drafted = select(LetterRow.number).where(
            LetterRow.reference == notes.reference, LetterRow.meeting == notes.meeting
        )
        unanswered = self._session.scalars(drafted).first() is None
        self._add(NotesRow, notes, unanswered=unanswered)
        self.write(str(notes.reference), act)

    def add_letter(self, letter: Letter, act: Act) -> Letter | None:
        """Add a letter; None when its review has one on this meeting already."""
        if self._drafted(letter):
            return None
        try:
            with self._session.begin_nested():
                self._put_in(LetterRow, columns_of(letter))
                self._list_hands(letter)
                self._keep_version(letter, act)
        except IntegrityError as fault:
            if self._drafted(letter):
                return None
            raise self._reason(fault, letter) from fault
        answered = update(NotesRow).where(
            NotesRow.reference == letter.reference, NotesRow.meeting == letter.meeting
        )
        self._session.execute(answered.values(unanswered=False))
        self.write(str(letter.reference), act)
        return letter

    def save_letter(self, letter: Letter, act: Act) -> Letter:
        """Save a letter; SameEyes when the database sees that its own author approved it."""
        try:
            saved = self._save(
                LetterRow,
                letter,
                named(letter),
                LetterRow.reference == letter.reference,
                LetterRow.number == letter.number,
            )
            self._list_hands(letter)
            self._keep_version(saved, act)
        except IntegrityError as fault:
            raise self._reason(fault, letter) from fault
        self.write(str(letter.reference), act)
        return saved

    def put_typed(self, typed: Typed) -> None:
        """Keep what a person has typed, in place of what was kept before; it is no act."""
        self.forget_typed(typed.reference, typed.number, typed.person)
        self._put_in(LetterTypedRow, columns_of(typed))

    def forget_typed(self, reference: str, number: int, person: str) -> None:
        """Forget what a person has typed into a letter or as notes."""
        gone = delete(LetterTypedRow).where(
            LetterTypedRow.reference == reference,
            LetterTypedRow.number == number,
            LetterTypedRow.person == person,
        )
        self._session.execute(gone)

    def confirm_wording(self, wording: ConfirmedWording, act: Act) -> None:
        """Keep that a person has confirmed a mark of a template pack; the first stays."""
        told = self._insert(ConfirmedWordingRow).values(columns_of(wording))
        self._session.execute(told.on_conflict_do_nothing())  # type: ignore[attr-defined]
        self.write(OFFICE, act)

    def _keep_version(self, letter: Letter, act: Act) -> None:
        """Keep the words where they are not those of the last version; the day is no word."""
        content = replace(letter.content, letter_date=None)
        last = (
            select(LetterVersionRow.content)
            .where(
                LetterVersionRow.reference == letter.reference,
                LetterVersionRow.number == letter.number,
            )
            .order_by(LetterVersionRow.version.desc())
            .limit(1)
        )
        if self._session.scalars(last).first() == content:
            return
        version = LetterVersion(
            letter.reference,
            letter.number,
            letter.version,
            content,
            act.who,
            self._clock.now(),
            act.why,
        )
        self._put_in(LetterVersionRow, columns_of(version))

    def add_link(self, link: Link, act: Act) -> Link | None:
        """Note a link; None when its review has this URL already."""
        number = self._add_once(LinkRow, link, "reference", "url")
        if number is None:
            return None
        self.write(str(link.reference), act)
        return replace(link, number=number)

    def save_link(self, link: Link, act: Act) -> Link:
        """Save a link and end any claim on it."""
        saved = self._save(
            LinkRow,
            link,
            f"Link {link.number}",
            LinkRow.number == link.number,
            claimed_by="",
            claimed_until=None,
        )
        self.write(str(link.reference), act)
        return saved

    def claim_links(
        self, who: str, *, now: datetime, until: datetime, limit: int = 5
    ) -> tuple[Link, ...]:
        """Claim links at GIVEN and watched ones that are due; a lapsed claim is taken again."""
        free = or_(LinkRow.claimed_until.is_(None), LinkRow.claimed_until <= now)
        watched = and_(LinkRow.status == LinkStatus.CHECKED, LinkRow.look_at <= now)
        due = or_(LinkRow.status == LinkStatus.GIVEN, watched)
        given = select(LinkRow.number).where(due, free)
        first = given.order_by(LinkRow.number).limit(limit)
        numbers = tuple(self._session.scalars(first.with_for_update(skip_locked=True)))
        if not numbers:
            return ()
        claimed = update(LinkRow).where(LinkRow.number.in_(numbers))
        self._session.execute(claimed.values(claimed_by=who, claimed_until=until))
        wanted = select(LinkRow).where(LinkRow.number.in_(numbers))
        return self._all(Link, wanted.order_by(LinkRow.number))

    def add_check(self, check: Check, act: Act) -> None:
        """Keep what a check found; the link remembers the newest finding."""
        self._add(CheckRow, check)
        newest = update(LinkRow).where(LinkRow.number == check.link)
        self._session.execute(newest.values(finding=check.finding))
        self.write(str(check.reference), act)

    def _drafted(self, letter: Letter) -> bool:
        """Say whether there is a letter on its meeting; a correction belongs to none."""
        if letter.meeting is None:
            return False
        wanted = select(LetterRow.number).where(
            LetterRow.reference == letter.reference, LetterRow.meeting == letter.meeting
        )
        return self._session.scalars(wanted).first() is not None

    def _list_hands(self, letter: Letter) -> None:
        """Note who wrote or edited the letter; whoever was noted once stays noted."""
        people = sorted({one.lower() for one in (*letter.note_authors, *letter.editors)})
        rows = [
            {"reference": letter.reference, "number": letter.number, "person": person}
            for person in people
        ]
        if rows:
            adding = self._insert(LetterHandRow).values(rows)
            self._session.execute(adding.on_conflict_do_nothing())  # type: ignore[attr-defined]

    def _reason(self, fault: IntegrityError, letter: Letter) -> Exception:
        told = str(fault.orig)
        if "its own author" in told:
            return SameEyes(letter.approved_by)
        if "letter_key" in told or "letter.number" in told:
            return StaleVersion(named(letter))
        return fault
