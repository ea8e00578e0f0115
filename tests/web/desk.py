"""An office for the tests of the pages: real parts over a register on SQLite."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from secretariat.adapters.calendar_file import calendar_file
from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.letterpress.forms import WordForms
from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.letterpress.shelf import Shelf
from secretariat.adapters.mail.maildir import Maildir
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.mail.outbox import MaildirOutbox
from secretariat.adapters.papers.listed import IsolatedSheets
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.passwords import Argon2Passwords
from secretariat.adapters.register import Database
from secretariat.adapters.secrecy import FernetSealing
from secretariat.adapters.spelling import BritishSpelling
from secretariat.config.triage import read_triage_words
from secretariat.config.words import read_house_words
from secretariat.domain.calendar import OfficeHours
from secretariat.domain.council import (
    BodyType,
    Council,
    Csp,
    CspKind,
    Directory,
    PoliceArea,
    directory_of,
)
from secretariat.domain.ledger import Event, Tally
from secretariat.domain.letter_facts import LetterStyle
from secretariat.domain.matching import Matcher
from secretariat.domain.staff import Account, Role
from secretariat.domain.triage_senders import Trust
from secretariat.office.wording_help import WordingHelp
from secretariat.stages.approval import Approval
from secretariat.stages.casework import Casework
from secretariat.stages.chase import Chase
from secretariat.stages.checking import Checking
from secretariat.stages.correction import Correction
from secretariat.stages.dispatch import Dispatch
from secretariat.stages.drafting import Drafting
from secretariat.stages.importing import Importing
from secretariat.stages.intake import Composing, Intake, IntakePolicy
from secretariat.stages.meeting_letters import MeetingLetters
from secretariat.stages.names import Names
from secretariat.stages.outlook import Outlook
from secretariat.stages.panel import Panel
from secretariat.stages.publication import Publication
from secretariat.stages.reading import ReadingRoom
from secretariat.stages.staff import Staff
from secretariat.stages.unsaved import Unsaved
from secretariat.stages.upkeep import Upkeep
from secretariat.stages.wording import Wording
from tests.builders import CASEWORKER, CSP, CSP_ID, a_head, an_act

CHEAP = Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
SPELLING = BritishSpelling()
ROOT = Path(__file__).resolve().parents[2]
OUR_ADDRESS = "reviews@secretariat.example"
OUR_DOMAIN = "secretariat.example"
ADMINISTRATOR = "ada@homeoffice.example"
VIEWER = "vic@homeoffice.example"
PASSWORD = "three plain garden words"
NAMES_KEY = "A" * 43 + "="
PASSWORD_HASH = CHEAP.hash(PASSWORD)
OTHER_CSP_ID = "othertown"
OTHER_CSP = "Othertown Community Safety Partnership"


def an_account(email: str = CASEWORKER, *roles: Role, **said: Any) -> Account:
    """Return an active account whose password is PASSWORD, a caseworker if nothing is said."""
    plain = Account(email, "Sam Caseworker", roles or (Role.CASEWORKER,), PASSWORD_HASH, False)
    return replace(plain, **said)


def a_directory() -> Directory:
    """Return two invented partnerships of one invented county."""
    kind = next(iter(CspKind))
    copy_to = "Police and Crime Commissioner for Anyshire"
    area = PoliceArea("E23000099", "Anyshire", next(iter(BodyType)), copy_to)
    csps = [
        Csp(CSP_ID, CSP, kind, ("anyshire",), area.code, CSP_ID),
        Csp(OTHER_CSP_ID, OTHER_CSP, kind, ("anyshire",), area.code, OTHER_CSP_ID),
    ]
    return directory_of(csps, [Council("anyshire", "Anyshire", "county", "")], [area])


@dataclass
class Desk:
    """The office as far as the pages need it."""

    database: Database
    clock: StoppedClock
    vault: Vault
    directory: Directory = field(default_factory=a_directory)
    passwords: Argon2Passwords = CHEAP
    secret_key: str = "not a secret, for tests alone"
    secure_cookies: bool = True
    largest_upload: int = 100_000
    count_every: int = 900

    def __post_init__(self) -> None:
        self.accounts = self.database.accounts
        self.sessions = self.database.sessions
        self.open_reading = self.database.reading
        self.open_register = self.database.register
        self.reader, self.mail = Reader(), MimeReading(lambda html: html)
        self.templates = self.vault.folder.parent / "templates"
        if not self.templates.exists():
            shutil.copytree(ROOT / "templates", self.templates)
        self.press = Press(self.templates, soffice="")
        self._seat_the_stages()

    def _seat_the_stages(self) -> None:
        doors = {"open_register": self.database.register, "clock": self.clock}
        papers = {"vault": self.vault, "reader": self.reader}
        self.casework = Casework(directory=self.directory, **doors)
        self.importing = Importing(
            open_reading=self.open_reading,
            sheets=IsolatedSheets(self.reader.work),
            matcher=Matcher(self.directory),
            **doors,
        )
        self.panel = Panel(**doors, **papers)
        style = LetterStyle("2017", a_head())
        self.drafting = Drafting(
            self.open_register,
            self.press,
            self.directory,
            style,
            Checking(self.open_reading, self.press, self.vault, lambda _generation: style.head),
        )
        self.approval = Approval(
            press=self.press,
            vault=self.vault,
            hours=OfficeHours(time(9), time(17)),
            holidays=frozenset(),
            **doors,
        )
        self.meeting_letters = MeetingLetters(
            self.open_reading,
            self.open_register,
            WordForms(),
            self.accounts,
            self.approval.hindrances,
        )
        self._seat_the_check(FernetSealing((NAMES_KEY,)))
        words = read_house_words(ROOT / "config" / "words.toml")
        stock = ROOT / "templates" / "letters" / "stock"
        self.wording_help = WordingHelp(SPELLING, words, stock)
        self.correction = Correction(self.database.register)
        self.chase = Chase(
            press=self.press,
            mail=self.mail,
            vault=self.vault,
            sender=OUR_ADDRESS,
            domain=OUR_DOMAIN,
            open_reading=self.database.reading,
            **doors,
        )
        self._seat_intake_and_dispatch()
        self.reading_room = ReadingRoom(
            mail=self.mail, matcher=Matcher(self.directory), **doors, **papers
        )
        self.publication = Publication(pages=None, **doors, **papers)  # type: ignore[arg-type]
        passwords = (f"one time password {count}" for count in itertools.count(1))
        kept = self.vault.folder.parent / "kept"
        shelf = Shelf(self.templates / "letters", kept, self.reader.work)
        self.unsaved = Unsaved(self.database.register, self.clock)
        self.wording = Wording(self.database.register, self.database.reading, shelf, self.clock)
        self.staff = Staff(
            self.database.register, self.accounts, self.sessions, CHEAP, lambda: next(passwords)
        )

    def _seat_the_check(self, sealing: FernetSealing | None) -> None:
        """Check letters, and keep names for it, with a key or without one."""
        self.names = Names(self.database.reading, self.open_register, sealing, self.clock)
        self.checking = Checking(
            self.database.reading,
            self.press,
            self.vault,
            lambda _generation: a_head(),
            sealing=sealing,
        )

    def with_names_key(self, *keys: str) -> None:
        """Let the configuration name these keys of names, or none; approval checks with them."""
        self._seat_the_check(FernetSealing(keys) if keys else None)
        self.approval = replace(self.approval, check=self.checking)

    def _seat_intake_and_dispatch(self) -> None:
        post = self.vault.folder.parent
        words = read_triage_words(ROOT / "config" / "triage.toml")
        trust = Trust(frozenset({OUR_ADDRESS}), OUR_DOMAIN)
        self.intake = Intake(
            open_register=self.database.register,
            mailbox=Maildir(post / "in"),
            mail=self.mail,
            reader=self.reader,
            vault=self.vault,
            matcher=Matcher(self.directory),
            clock=self.clock,
            policy=IntakePolicy(trust, words),
            composing=Composing(self.press, OUR_ADDRESS),
        )
        self.dispatch = Dispatch(
            open_register=self.database.register,
            outbox=MaildirOutbox(post / "out", post / "sent", post / "drafts"),
            mail=self.mail,
            press=self.press,
            vault=self.vault,
            clock=self.clock,
            sender=OUR_ADDRESS,
            domain=OUR_DOMAIN,
            me="a test",
        )
        self.outlook = Outlook(
            self.database.reading,
            self.clock,
            self.dispatch.would_leave,
            self.chase.would_ask,
            OfficeHours(time(9), time(17)),
            frozenset(),
            most=20,
        )

    def calendar(self, days: int) -> bytes:
        """Return what will be sent as a calendar file."""
        return calendar_file(self.outlook.ahead(days), made_at=self.clock.now(), domain=OUR_DOMAIN)

    def reconcile(self, *, by: str) -> Tally:
        """Look up in Sent what was underway."""
        upkeep = Upkeep(self.database.register, self.vault, self.clock)
        return upkeep.reconcile(self.dispatch.outbox, by=by)

    def pass_by(self, **much: float) -> None:
        """Let time go by."""
        self.clock.moment += timedelta(**much)

    def today(self) -> date:
        return self.clock.today()

    def switch_sending(self, *, released: bool) -> None:
        with self.database.register() as register:
            switch = replace(register.switch(), released=released)
            register.save_switch(switch, an_act(what=Event.SWITCHED, why="a test said so"))

    def add(self, kind: str, value: Any) -> Any:
        """Add a value to the register by the pen's `add_<kind>`, and return what it made of it."""
        with self.database.register() as register:
            return getattr(register, f"add_{kind}")(value, an_act())

    def take_the_dictionary_away(self) -> None:
        """Leave the office without the British dictionary."""
        nowhere = BritishSpelling(self.vault.folder)
        self.wording_help = replace(self.wording_help, speller=nowhere)
