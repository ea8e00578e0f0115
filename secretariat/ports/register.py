"""The register's door: eyes (Reading) and pen (Register).

What is written inside one `with` is kept or lost together, the ledger with it:
every pen stroke takes the `Act` that tells of it.  No transaction spans reading
papers, sending or fetching.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from secretariat.domain.awaited import Awaited, AwaitedPage
from secretariat.domain.contacts import Contact, Office, Switch
from secretariat.domain.kept_names import KeptNames
from secretariat.domain.ledger import Act, Entry
from secretariat.domain.letter import Letter, LetterStatus, LetterVersion, Typed
from secretariat.domain.listing import Counts, RegisterPage, RegisterQuery
from secretariat.domain.mailbox import ToFile, Unreadable
from secretariat.domain.panel import Meeting, Notes
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.post_in import MailCount, MailKind, MailState, Paper, ReceivedMail
from secretariat.domain.publication import Check, Link
from secretariat.domain.reference import Reference
from secretariat.domain.review import Matter, Review, Status
from secretariat.domain.wording import ConfirmedWording
from secretariat.ports.by_hand import ReadingByHand, WritingByHand
from secretariat.ports.chasing import ReadingChases, WritingChases
from secretariat.ports.lists import ReadingLists, WritingLists
from secretariat.ports.traffic import ReadingTraffic, WritingTraffic


class ReadingCases(Protocol):
    """Reviews, papers, matters and the ledger, as a face may see them."""

    def review(self, reference: Reference) -> Review:
        """Return the review; raise NotFound."""

    def reviews(self, status: Status, *, limit: int = 1000) -> tuple[Review, ...]:
        """Return the reviews at `status`, the oldest first."""

    def reviews_of(self, csp_id: str) -> tuple[Review, ...]:
        """Return every review whose lead or joint partnership is `csp_id`, the newest first."""

    def pseudonyms(self) -> tuple[tuple[Reference, tuple[str, ...]], ...]:
        """Return how each review that stands by itself names those who died, where it does."""

    def papers(self, reference: Reference) -> tuple[Paper, ...]:
        """Return the review's papers in the order they came, those set aside too."""

    def paper(self, number: int) -> Paper:
        """Return the paper; raise NotFound."""

    def papers_like(self, sha256: str) -> tuple[Paper, ...]:
        """Return every paper of any review with these bytes."""

    def papers_fronted(self, front: str) -> tuple[Paper, ...]:
        """Return every paper of any review whose front pages have these words."""

    def papers_due(self, *, limit: int = 20) -> tuple[Paper, ...]:
        """Return papers with something still to be done behind intake, reading first."""

    def pages_read(self, paper: int) -> Mapping[int, str]:
        """Return the pages of a paper that recognition has read so far, by number from 1."""

    def locked_papers(self) -> tuple[Paper, ...]:
        """Return the papers in use that wait for a password, the oldest first."""

    def matters(self, *, open_only: bool = True) -> tuple[Matter, ...]:
        """Return decisions not to review and requests to explain, the oldest first."""

    def matter(self, number: int) -> Matter:
        """Return the matter; raise NotFound."""

    def ledger(self, stream: str) -> tuple[Entry, ...]:
        """Return one stream's entries, the oldest first."""

    def streams(self) -> tuple[str, ...]:
        """Return the names of all streams of the ledger."""

    def kept_files(self) -> tuple[str, ...]:
        """Return the SHA-256 of every file of the vault that the register names, each once."""

    def page(self, query: RegisterQuery) -> RegisterPage:
        """Return one page of the register as flat rows, never whole reviews."""

    def counts(self, today: date) -> Counts:
        """Return the numbers of the home page in one or two statements."""


class ReadingMail(Protocol):
    """Mail that came and mail that leaves."""

    def mail(self, number: int) -> ReceivedMail:
        """Return the mail; raise NotFound."""

    def mails(
        self, state: MailState, *, kind: MailKind | None = None, limit: int = 200
    ) -> tuple[ReceivedMail, ...]:
        """Return the mails in `state` (of one kind, where it is said), the oldest first."""

    def newest_mails(
        self, state: MailState, *, below: int = 0, limit: int = 50
    ) -> tuple[ReceivedMail, ...]:
        """Return the mails in `state` with a number under `below` (0: all), the newest first."""

    def mails_of(self, reference: Reference) -> tuple[ReceivedMail, ...]:
        """Return the mails registered as or joined to a review, the oldest first."""

    def mails_called(self, message_id: str) -> tuple[ReceivedMail, ...]:
        """Return the mails with this Message-ID (it can be forged: there may be several)."""

    def mail_at(self, place: str) -> ReceivedMail | None:
        """Return the mail taken in from this place of the mailbox, or None."""

    def reached(self, mailbox: str) -> str:
        """Return how far a mailbox was looked through, "" for not at all."""

    def to_file(self, *, limit: int = 500) -> tuple[ToFile, ...]:
        """Return messages that were entered and are to be filed in the mailbox."""

    def mails_from(self, sender: str, since: datetime) -> tuple[ReceivedMail, ...]:
        """Return the mails of an address that were taken in since a moment, the oldest first."""

    def secrets(self, *, before: datetime) -> tuple[ReceivedMail, ...]:
        """Return the mails with a password taken in before a moment whose bytes are kept yet."""

    def places(self) -> Iterator[str]:
        """Go through the places of all mails, in no order."""

    def tally_of_mail(self) -> Mapping[MailState, int]:
        """Return how many mails there are of each state."""

    def mail_count(self) -> MailCount | None:
        """Return the last count of the mailbox, None before the first."""

    def unread_answers(self) -> tuple[ReceivedMail, ...]:
        """Return the councils' answers that no person has dealt with, the oldest first."""

    def posting(self, number: int) -> Posting:
        """Return the mail of ours; raise NotFound."""

    def postings(self, *statuses: PostingStatus, limit: int = 200) -> tuple[Posting, ...]:
        """Return the mails of ours at these statuses, the oldest first."""

    def postings_of(self, reference: Reference) -> tuple[Posting, ...]:
        """Return the mails of ours about a review, the oldest first."""

    def posting_called(self, message_ids: Sequence[str]) -> Posting | None:
        """Return the newest mail of ours with one of these Message-IDs, or None."""

    def posted_since(self, address: str, kind: PostingKind, day: date) -> tuple[Posting, ...]:
        """Return what of this kind was prepared to leave for `address` on `day` or later."""

    def switch(self) -> Switch:
        """Return whether mail may leave."""


class ReadingLetters(Protocol):
    """Meetings, notes, letters, contacts, links and checks."""

    def meeting(self, number: int) -> Meeting:
        """Return the meeting; raise NotFound."""

    def meetings(self) -> tuple[Meeting, ...]:
        """Return every meeting, the latest first."""

    def notes_of(self, reference: Reference) -> tuple[Notes, ...]:
        """Return the notes taken on a review, the newest first."""

    def notes_at(self, meeting: int) -> tuple[Notes, ...]:
        """Return the newest notes of each review taken at a meeting."""

    def letter(self, reference: Reference, number: int) -> Letter:
        """Return the letter; raise NotFound."""

    def letters_of(self, reference: Reference) -> tuple[Letter, ...]:
        """Return a review's letters, the first first."""

    def letters(self, *statuses: LetterStatus) -> tuple[Letter, ...]:
        """Return the letters at these statuses, the oldest first."""

    def letter_versions(self, reference: Reference, number: int) -> tuple[LetterVersion, ...]:
        """Return the words of a letter at each of its versions, the first first."""

    def typed(self, reference: str, number: int, person: str) -> Typed | None:
        """Return what a person has typed into a letter or as notes and not saved, or None."""

    def confirmed_wordings(self) -> tuple[ConfirmedWording, ...]:
        """Return every mark of a template pack that staff have confirmed."""

    def to_draft(self) -> tuple[Notes, ...]:
        """Return the newest notes of reviews at CONSIDERED that have no letter on that meeting."""

    def contact(self, reference: str) -> Contact | None:
        """Return the confirmed contact of a review (its reference) or a partnership (its id)."""

    def contacts_at(self, email: str) -> tuple[Contact, ...]:
        """Return every contact confirmed under this address."""

    def office(self, pfa_code: str) -> Office | None:
        """Return the confirmed address of a police area's office, or None."""

    def links_of(self, reference: Reference) -> tuple[Link, ...]:
        """Return the links given for a review, the newest first."""

    def link(self, number: int) -> Link:
        """Return the link; raise NotFound."""

    def checks_of(self, reference: Reference) -> tuple[Check, ...]:
        """Return what checks of a review's links found, the newest first."""


class ReadingPublication(Protocol):
    """Reviews whose publication is awaited, and what belongs to many of them at once."""

    def awaited(self, which: Awaited = Awaited.EVERY, *, page: int = 1) -> AwaitedPage:
        """Return one page of the reviews whose publication is awaited, the longest first."""

    def postings_about(self, references: Sequence[Reference]) -> tuple[Posting, ...]:
        """Return the mails of ours about any of these reviews, the oldest first."""

    def links_about(self, references: Sequence[Reference]) -> tuple[Link, ...]:
        """Return the links given for any of these reviews, the newest first."""

    def checks_about(self, references: Sequence[Reference]) -> tuple[Check, ...]:
        """Return what checks of these reviews' links found, the newest first."""


class ReadingNames(Protocol):
    """Real names kept for the check of letters, sealed: no reading opens them."""

    def kept_names(self, reference: Reference) -> tuple[KeptNames, ...]:
        """Return what is kept for a review and for those merged into it, the oldest first."""

    def all_kept_names(self) -> Iterator[KeptNames]:
        """Go through what is kept for any review, in no order."""


class Reading(
    ReadingCases,
    ReadingMail,
    ReadingLetters,
    ReadingPublication,
    ReadingNames,
    ReadingByHand,
    ReadingTraffic,
    ReadingLists,
    ReadingChases,
    Protocol,
):
    """The register with eyes and no pen."""


class Register(Reading, WritingByHand, WritingLists, WritingTraffic, WritingChases, Protocol):
    """The register with a pen.  Every `save_*` raises StaleVersion when somebody was quicker.

    `add_*` returns the value with the number that the register gave it; `save_*`
    returns the value with its version raised by one.
    """

    def next_reference(self, year: int) -> Reference:
        """Return a reference never given before."""

    def write(self, stream: str, act: Act) -> Entry:
        """Enter one act that changes nothing else."""

    def add_review(self, review: Review, act: Act) -> Review:
        """Register a review."""

    def save_review(self, review: Review, act: Act) -> Review:
        """Save a review."""

    def add_paper(self, paper: Paper, act: Act) -> Paper:
        """Add a paper to its review."""

    def save_paper(self, paper: Paper, act: Act) -> Paper:
        """Save a paper: its kind, its review (merge, split), or that it is set aside."""

    def keep_page(self, paper: int, page: int, text: str) -> None:
        """Keep what recognition read on a page (from 1) until the whole is read; it is no act."""

    def forget_pages(self, paper: int) -> None:
        """Forget what recognition read on the pages of a paper; it is no act."""

    def add_matter(self, matter: Matter, act: Act) -> Matter:
        """Open a matter; the act goes to its review's stream, else to the office's."""

    def save_matter(self, matter: Matter, act: Act) -> Matter:
        """Save a matter."""

    def add_mail(self, mail: ReceivedMail, act: Act) -> ReceivedMail:
        """Keep a mail.  One place is taken in once: a second add of it raises StaleVersion."""

    def save_mail(self, mail: ReceivedMail, act: Act) -> ReceivedMail:
        """Save a mail; the act goes to the streams of its references, else to the office's."""

    def save_mail_count(self, count: MailCount) -> None:
        """Keep the last count of the mailbox, in place of the one before; it is no act."""

    def save_reached(self, mailbox: str, reached: str) -> None:
        """Keep how far a mailbox was looked through; it is no act."""

    def owe_filing(self, owed: ToFile) -> None:
        """Keep that a message is to be filed, in place of what was owed before; it is no act."""

    def forget_filing(self, done: Sequence[ToFile]) -> None:
        """Forget messages that have been filed; it is no act."""

    def note_unreadable(self, place: str, at: datetime) -> Unreadable:
        """Keep that the mailbox could not give a message once more; it is no act."""

    def forget_unreadable(self, place: str) -> None:
        """Forget a message that was entered after all; it is no act."""

    def add_posting(self, posting: Posting, act: Act) -> Posting | None:
        """Prepare a mail of ours; None when this chaser's review and due day has one already."""

    def save_posting(self, posting: Posting, act: Act) -> Posting:
        """Save a mail of ours."""

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
        """Claim mails of these kinds at READY whose `leave_on` has come.

        A lapsed claim is taken again.
        """

    def add_meeting(self, meeting: Meeting, act: Act) -> Meeting:
        """Add a meeting."""

    def save_meeting(self, meeting: Meeting, act: Act) -> Meeting:
        """Save a meeting."""

    def add_notes(self, notes: Notes, act: Act) -> None:
        """Keep the notes on a review."""

    def add_letter(self, letter: Letter, act: Act) -> Letter | None:
        """Add a letter; None when its review has one on this meeting already."""

    def save_letter(self, letter: Letter, act: Act) -> Letter:
        """Save a letter.  The database itself refuses an approval by its own author."""

    def put_typed(self, typed: Typed) -> None:
        """Keep what a person has typed, in place of what was kept before; it is no act."""

    def forget_typed(self, reference: str, number: int, person: str) -> None:
        """Forget what a person has typed into a letter or as notes."""

    def confirm_wording(self, wording: ConfirmedWording, act: Act) -> None:
        """Keep that a person has confirmed a mark of a template pack."""

    def keep_names(
        self, reference: Reference, kept: Sequence[KeptNames], act: Act, *, seen: str = ""
    ) -> None:
        """Keep names of a review in place of those kept before; () purges them.

        seen: the mark of those before; raise StaleVersion when there are others by now
        """

    def save_contact(self, contact: Contact, act: Act) -> None:
        """Confirm a contact, in place of the one before."""

    def save_office(self, office: Office, act: Act) -> None:
        """Confirm an office's address, in place of the one before."""

    def add_link(self, link: Link, act: Act) -> Link | None:
        """Note a link; None when its review has this URL already."""

    def save_link(self, link: Link, act: Act) -> Link:
        """Save a link."""

    def claim_links(
        self, who: str, *, now: datetime, until: datetime, limit: int = 5
    ) -> tuple[Link, ...]:
        """Claim links at GIVEN and watched ones that are due; a lapsed claim is taken again."""

    def add_check(self, check: Check, act: Act) -> None:
        """Keep what a check found."""

    def save_switch(self, switch: Switch, act: Act) -> Switch:
        """Hold or release sending."""


OpenReading = Callable[[], AbstractContextManager[Reading]]
OpenRegister = Callable[[], AbstractContextManager[Register]]
