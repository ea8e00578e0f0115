"""Asking for meetings, notes, letters, contacts, links and checks."""

from typing import Final

from sqlalchemy import bindparam, func, select

from secretariat.adapters.register.asking import Asking
from secretariat.adapters.register.tables import ReviewRow
from secretariat.adapters.register.tables_letters import (
    CheckRow,
    ConfirmedWordingRow,
    LetterRow,
    LetterTypedRow,
    LetterVersionRow,
    LinkRow,
    MeetingRow,
    NotesRow,
)
from secretariat.adapters.register.tables_mail import ContactRow, OfficeRow
from secretariat.domain.contacts import Contact, Office
from secretariat.domain.letter import Letter, LetterStatus, LetterVersion, Typed
from secretariat.domain.panel import Meeting, Notes
from secretariat.domain.publication import Check, Link
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from secretariat.domain.wording import ConfirmedWording

CONTACT_OF: Final = select(ContactRow).where(ContactRow.reference == bindparam("reference"))
CONTACTS_AT: Final = (
    select(ContactRow)
    .where(ContactRow.address == bindparam("address"))
    .order_by(ContactRow.reference)
)


class LettersRead(Asking):
    """Meetings, notes, letters, contacts, links and checks, with eyes alone."""

    def meeting(self, number: int) -> Meeting:
        """Return the meeting; raise NotFound."""
        wanted = select(MeetingRow).where(MeetingRow.number == number)
        return self._one(Meeting, wanted, f"Meeting {number}")

    def meetings(self) -> tuple[Meeting, ...]:
        """Return every meeting, the latest first."""
        wanted = select(MeetingRow)
        latest = (MeetingRow.held_on.desc(), MeetingRow.number.desc())
        return self._all(Meeting, wanted.order_by(*latest))

    def notes_of(self, reference: Reference) -> tuple[Notes, ...]:
        """Return the notes taken on a review, the newest first."""
        wanted = select(NotesRow).where(NotesRow.reference == reference)
        return self._all(Notes, wanted.order_by(NotesRow.number.desc()))

    def notes_at(self, meeting: int) -> tuple[Notes, ...]:
        """Return the newest notes of each review taken at a meeting, in the order taken."""
        newest = select(func.max(NotesRow.number)).where(NotesRow.meeting == meeting)
        each = newest.group_by(NotesRow.reference).scalar_subquery()
        wanted = select(NotesRow).where(NotesRow.number.in_(each))
        return self._all(Notes, wanted.order_by(NotesRow.number))

    def letter(self, reference: Reference, number: int) -> Letter:
        """Return the letter; raise NotFound."""
        wanted = select(LetterRow).where(
            LetterRow.reference == reference, LetterRow.number == number
        )
        return self._one(Letter, wanted, f"Letter {number} on {reference}")

    def letters_of(self, reference: Reference) -> tuple[Letter, ...]:
        """Return a review's letters, the first first."""
        wanted = select(LetterRow).where(LetterRow.reference == reference)
        return self._all(Letter, wanted.order_by(LetterRow.number))

    def letters(self, *statuses: LetterStatus) -> tuple[Letter, ...]:
        """Return the letters at these statuses, the oldest first."""
        wanted = select(LetterRow).where(LetterRow.status.in_(statuses))
        return self._all(Letter, wanted.order_by(LetterRow.reference, LetterRow.number))

    def letter_versions(self, reference: Reference, number: int) -> tuple[LetterVersion, ...]:
        """Return the words of a letter at each of its versions, the first first."""
        wanted = select(LetterVersionRow).where(
            LetterVersionRow.reference == reference, LetterVersionRow.number == number
        )
        return self._all(LetterVersion, wanted.order_by(LetterVersionRow.version))

    def typed(self, reference: str, number: int, person: str) -> Typed | None:
        """Return what a person has typed into a letter or as notes and not saved, or None."""
        wanted = select(LetterTypedRow).where(
            LetterTypedRow.reference == reference,
            LetterTypedRow.number == number,
            LetterTypedRow.person == person,
        )
        return self._maybe(Typed, wanted)

    def confirmed_wordings(self) -> tuple[ConfirmedWording, ...]:
        """Return every mark of a template pack that staff have confirmed."""
        wanted = select(ConfirmedWordingRow)
        in_order = wanted.order_by(ConfirmedWordingRow.generation, ConfirmedWordingRow.mark)
        return self._all(ConfirmedWording, in_order)

    def to_draft(self) -> tuple[Notes, ...]:
        """Return the newest notes of reviews at CONSIDERED that have no letter on that meeting."""
        wanted = select(NotesRow).join(ReviewRow, ReviewRow.reference == NotesRow.reference)
        waiting = wanted.where(NotesRow.unanswered, ReviewRow.status == Status.CONSIDERED)
        return self._all(Notes, waiting.order_by(NotesRow.number))

    def contact(self, reference: str) -> Contact | None:
        """Return the confirmed contact of a review or a partnership."""
        return self._maybe(Contact, CONTACT_OF, reference=reference)

    def contacts_at(self, email: str) -> tuple[Contact, ...]:
        """Return every contact confirmed under this address, in any case of letters."""
        return self._all(Contact, CONTACTS_AT, address=email.strip().lower())

    def office(self, pfa_code: str) -> Office | None:
        """Return the confirmed address of a police area's office, or None."""
        return self._maybe(Office, select(OfficeRow).where(OfficeRow.pfa_code == pfa_code))

    def links_of(self, reference: Reference) -> tuple[Link, ...]:
        """Return the links given for a review, the newest first."""
        wanted = select(LinkRow).where(LinkRow.reference == reference)
        return self._all(Link, wanted.order_by(LinkRow.number.desc()))

    def link(self, number: int) -> Link:
        """Return the link; raise NotFound."""
        return self._one(Link, select(LinkRow).where(LinkRow.number == number), f"Link {number}")

    def checks_of(self, reference: Reference) -> tuple[Check, ...]:
        """Return what checks of a review's links found, the newest first."""
        wanted = select(CheckRow).where(CheckRow.reference == reference)
        return self._all(Check, wanted.order_by(CheckRow.number.desc()))
