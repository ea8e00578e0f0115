"""Writing mail that came, mail that leaves, contacts, and the switch."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from secretariat.adapters.register.read_mail import how_many_left
from secretariat.adapters.register.tables import columns_of
from secretariat.adapters.register.tables_mail import (
    ContactRow,
    MailCountRow,
    MailReviewRow,
    MailRow,
    OfficeRow,
    PostingReviewRow,
    PostingRow,
    SwitchRow,
)
from secretariat.adapters.register.writing import Writing
from secretariat.domain.contacts import Contact, Office, Switch
from secretariat.domain.errors import StaleVersion
from secretariat.domain.ledger import OFFICE, Act
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.post_in import MailCount, ReceivedMail
from secretariat.domain.reference import Reference


class MailWritten(Writing):
    """Mail both ways, contacts and the switch, with the pen."""

    def add_mail(self, mail: ReceivedMail, act: Act) -> ReceivedMail:
        """Keep a mail; a second add of its place raises StaleVersion."""
        number = self._add_once(MailRow, mail, "place")
        if number is None:
            raise StaleVersion("This mail")
        added = replace(mail, number=number)
        self._list_mail(added)
        self._write_to(mail.references, act)
        return added

    def save_mail(self, mail: ReceivedMail, act: Act) -> ReceivedMail:
        """Save a mail."""
        subject = f"Mail {mail.number}"
        saved = self._save(MailRow, mail, subject, MailRow.number == mail.number)
        gone = delete(MailReviewRow).where(MailReviewRow.mail == mail.number)
        self._session.execute(gone)
        self._list_mail(mail)
        self._write_to(mail.references, act)
        return saved

    def save_mail_count(self, count: MailCount) -> None:
        """Keep the last count of the mailbox, in place of the one before; it is no act."""
        kept = columns_of(count)
        adding = self._insert(MailCountRow).values(kept | {"number": 1})
        over = adding.on_conflict_do_update(index_elements=["number"], set_=kept)  # type: ignore[attr-defined]
        self._session.execute(over)

    def add_posting(self, posting: Posting, act: Act) -> Posting | None:
        """Prepare a mail of ours; None when this chaser's review and due day has one already."""
        if posting.kind is not PostingKind.CHASER:
            number = self._put_posting(posting)
        elif (chaser := self._add_chaser(posting)) is None:
            return None
        else:
            number = chaser
        self._write_to(posting.references, act)
        return replace(posting, number=number)

    def _add_chaser(self, posting: Posting) -> int | None:
        """Return its number, or None where another writer was quicker with the same chaser."""
        if self._chased(posting):
            return None
        try:
            with self._session.begin_nested():
                return self._put_posting(posting)
        except IntegrityError:
            if self._chased(posting):
                return None
            raise

    def _put_posting(self, posting: Posting) -> int:
        number = self._add(PostingRow, posting, recipient=_address(posting.to))
        self._put_in(PostingReviewRow, *_rows_of(number, posting))
        return number

    def save_posting(self, posting: Posting, act: Act) -> Posting:
        """Save a mail of ours and end any claim on it."""
        saved = self._save(
            PostingRow,
            posting,
            f"Mail of ours {posting.number}",
            PostingRow.number == posting.number,
            recipient=_address(posting.to),
            claimed_by="",
            claimed_until=None,
        )
        self._list_posting(posting.number, posting)
        if len(posting.references) > 1 and posting.status is PostingStatus.DROPPED:
            in_vain = update(PostingReviewRow).where(PostingReviewRow.posting == posting.number)
            self._session.execute(in_vain.values(chased_for=None))
        self._write_to(posting.references, act)
        return saved

    def claim_postings(
        self,
        who: str,
        *,
        now: datetime,
        until: datetime,
        day: date,
        limit: int = 20,
        kinds: Sequence[PostingKind] = tuple(PostingKind),
    ) -> tuple[Posting, ...]:
        """Claim mails at READY whose `leave_on` has come; a lapsed claim is taken again."""
        free = or_(PostingRow.claimed_until.is_(None), PostingRow.claimed_until <= now)
        ready = select(PostingRow.number).where(
            PostingRow.status == PostingStatus.READY, PostingRow.leave_on <= day, free
        )
        if len(kinds) < len(PostingKind):
            ready = ready.where(PostingRow.kind.in_(kinds))
        first = ready.order_by(PostingRow.number).limit(limit)
        numbers = tuple(self._session.scalars(first.with_for_update(skip_locked=True)))
        if not numbers:
            return ()
        claimed = update(PostingRow).where(PostingRow.number.in_(numbers))
        self._session.execute(claimed.values(claimed_by=who, claimed_until=until))
        wanted = select(PostingRow).where(PostingRow.number.in_(numbers))
        return self._all(Posting, wanted.order_by(PostingRow.number))

    def count_leaving(self, day: date) -> int:
        """Return `left_on`; until this work is committed nobody else counts."""
        self._session.execute(select(SwitchRow.number).with_for_update())
        return how_many_left(self._session, day)

    def save_contact(self, contact: Contact, act: Act) -> None:
        """Confirm a contact, in place of the one before."""
        self._put(ContactRow, contact, "reference", address=_address(contact.email))
        self._write_to(Reference.find_all(contact.reference), act)

    def save_office(self, office: Office, act: Act) -> None:
        """Confirm an office's address, in place of the one before."""
        self._put(OfficeRow, office, "pfa_code")
        self.write(OFFICE, act)

    def save_switch(self, switch: Switch, act: Act) -> Switch:
        """Hold or release sending."""
        saved = self._save(SwitchRow, switch, "The switch", SwitchRow.number == 1)
        self.write(OFFICE, act)
        return saved

    def _list_mail(self, mail: ReceivedMail) -> None:
        about = dict.fromkeys(mail.references)
        self._put_in(MailReviewRow, *({"mail": mail.number, "reference": each} for each in about))

    def _list_posting(self, number: int, posting: Posting) -> None:
        wanted = select(PostingReviewRow.reference).where(PostingReviewRow.posting == number)
        listed = set(self._session.scalars(wanted))
        rows = _rows_of(number, posting)
        self._put_in(PostingReviewRow, *(row for row in rows if row["reference"] not in listed))

    def _chased(self, posting: Posting) -> bool:
        due_on = _chased_for(posting)
        if due_on is None:
            return False
        wanted = select(PostingReviewRow.posting).where(
            PostingReviewRow.reference.in_(posting.references),
            PostingReviewRow.chased_for == due_on,
        )
        return self._session.scalars(wanted).first() is not None


def _rows_of(number: int, posting: Posting) -> list[dict[str, Any]]:
    due_on = _chased_for(posting)
    return [
        {"posting": number, "reference": reference, "chased_for": due_on}
        for reference in dict.fromkeys(posting.references)
    ]


def _chased_for(posting: Posting) -> date | None:
    return posting.due_on if posting.kind is PostingKind.CHASER else None


def _address(text: str) -> str:
    return text.strip().lower()
