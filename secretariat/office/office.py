"""The open office: its doors, the stages seated at them, and what they do in a round."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Final

from secretariat.adapters.calendar_file import calendar_file
from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.reader import Reader as IsolatedReader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.passwords import Argon2Passwords
from secretariat.adapters.register import Database
from secretariat.adapters.register.locks import Watch, WatchedAlready
from secretariat.config.settings import Settings
from secretariat.domain.council import Directory
from secretariat.domain.ledger import SYSTEM, Tally
from secretariat.domain.matching import Matcher
from secretariat.office.wording_help import WordingHelp
from secretariat.ports.accounts import Accounts
from secretariat.ports.clock import Clock
from secretariat.ports.mail import Mailbox, Outbox
from secretariat.ports.register import OpenReading
from secretariat.ports.sessions import Sessions
from secretariat.stages.approval import Approval
from secretariat.stages.casework import Casework
from secretariat.stages.chase import Chase, Rounds
from secretariat.stages.checking import Checking
from secretariat.stages.correction import Correction
from secretariat.stages.correspondence import Correspondence
from secretariat.stages.counting import Counting
from secretariat.stages.dispatch import Dispatch
from secretariat.stages.drafting import Drafting
from secretariat.stages.importing import Importing
from secretariat.stages.intake import Intake
from secretariat.stages.meeting_letters import MeetingLetters
from secretariat.stages.morning import Morning
from secretariat.stages.names import Names
from secretariat.stages.outlook import Outlook
from secretariat.stages.panel import Panel
from secretariat.stages.publication import Publication
from secretariat.stages.reading import ReadingRoom
from secretariat.stages.recall import Recall
from secretariat.stages.retention import Retention
from secretariat.stages.staff import Staff
from secretariat.stages.unsaved import Unsaved
from secretariat.stages.upkeep import Upkeep
from secretariat.stages.wording import Wording

LARGEST_UPLOAD: Final = 60 * 2**20
SWEEP_EVERY: Final = 3600
PURGE_EVERY: Final = 24 * 3600
BETWEEN_TRIES: Final = 2.0


@dataclass(frozen=True, slots=True)
class Office:
    """An open office: its doors, and every stage seated at the doors it needs."""

    settings: Settings
    clock: Clock
    database: Database
    directory: Directory
    matcher: Matcher
    vault: Vault
    reader: IsolatedReader
    press: Press
    mail: MimeReading
    mailbox: Mailbox
    outbox: Outbox
    passwords: Argon2Passwords
    secret_key: str
    intake: Intake
    correspondence: Correspondence
    retention: Retention
    reading_room: ReadingRoom
    counting: Counting
    panel: Panel
    meeting_letters: MeetingLetters
    drafting: Drafting
    checking: Checking
    wording_help: WordingHelp
    approval: Approval
    correction: Correction
    dispatch: Dispatch
    chase: Chase
    outlook: Outlook
    morning: Morning
    publication: Publication
    casework: Casework
    importing: Importing
    names: Names
    staff: Staff
    upkeep: Upkeep
    unsaved: Unsaved
    recall: Recall
    wording: Wording

    @property
    def open_reading(self) -> OpenReading:
        """Open the register with eyes alone."""
        return self.database.reading

    @property
    def accounts(self) -> Accounts:
        """The staff's accounts."""
        return self.database.accounts

    @property
    def sessions(self) -> Sessions:
        """Who is signed in."""
        return self.database.sessions

    @property
    def secure_cookies(self) -> bool:
        """Whether the sign-in cookie travels over HTTPS (or this machine's own address) only."""
        return self.settings.web.cookie_secure

    @property
    def largest_upload(self) -> int:
        """How many bytes one upload may have."""
        return LARGEST_UPLOAD

    @property
    def count_every(self) -> int:
        """Seconds after which the mailbox is counted again."""
        return self.settings.rounds.count

    def sending_is_held(self) -> bool:
        """Say whether an administrator has yet to release sending."""
        with self.open_reading() as reading:
            return not reading.switch().released

    def calendar(self, days: int) -> bytes:
        """Return what will be sent within so many days as a calendar file."""
        ahead, now = self.outlook.ahead(days), self.clock.now()
        return calendar_file(ahead, made_at=now, domain=self.settings.office.our_domain)

    def round(self, stopping: Callable[[], bool] = bool) -> Mapping[str, Callable[[], Tally]]:
        """Return what each stage does in a round, in the order in which a review travels.

        stopping: says whether to leave mails and papers that still wait for another time
        """
        return {
            "intake": partial(self.intake.work, stopping),
            "sent": partial(self.correspondence.work, stopping),
            "reading": partial(self.reading_room.work, stopping),
            "panel": self.panel.work,
            "drafting": self.drafting.work,
            "morning": self.morning.work,
            "dispatch": self.dispatch.work,
            "chase": Rounds(self.chase).work,
            "publication": self.publication.work,
            "sessions": self._sweep,
            "retention": self.retention.work,
            "count": self.counting.work,
        }

    def seconds(self) -> Mapping[str, int]:
        """Return how often each stage works, in seconds; mailed notes are taken with the mail."""
        rounds = self.settings.rounds
        return {
            "intake": rounds.intake,
            "sent": rounds.intake,
            "reading": rounds.reading,
            "panel": rounds.intake,
            "drafting": rounds.drafting,
            "morning": rounds.dispatch,
            "dispatch": rounds.dispatch,
            "chase": rounds.chase,
            "publication": rounds.publication,
            "sessions": SWEEP_EVERY,
            "retention": PURGE_EVERY,
            "count": rounds.count,
        }

    def reconcile(self, *, by: str = SYSTEM) -> Tally:
        """After a restore, look up in Sent what was underway; chasers that were due are written.

        They bear the same Message-ID again, so that one that has left is found in Sent.
        Mail that came since the backup is taken in again, its acknowledgements for release, and
        what staff wrote by hand is looked at before anybody is chased.
        """
        self.recall.work()
        self.intake.work()
        self.correspondence.work()
        self.chase.work()
        return self.upkeep.reconcile(self.outbox, by=by)

    def _sweep(self) -> Tally:
        """Forget who was signed in too long ago, which leaves nothing to tell; renew seals."""
        self.sessions.end_lapsed(self.clock.now())
        return Tally(done=self.names.renew())

    def watching(self) -> Watch:
        """Take the lock on the mailbox; raise WatchedAlready when another daemon has it."""
        return self.database.watch(self.mailbox.name)

    def stand_by(self, stopped: Event, tell: Callable[[str], None]) -> Watch | None:
        """Return the watch as soon as it is free, None when `stopped` is set before.

        tell: is told once, in a sentence, that another process watches
        """
        told = False
        while not stopped.is_set():
            try:
                return self.watching()
            except WatchedAlready as fault:
                if not told:
                    tell(f"{fault}; this one waits to take over")
                told = True
                stopped.wait(BETWEEN_TRIES)
        return None

    def close(self) -> None:
        """Close the mailbox, end the reading process and close the register."""
        self.mailbox.close()
        self.outbox.close()
        self.reader.close()
        self.database.close()
