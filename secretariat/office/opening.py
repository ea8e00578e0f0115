"""The whole office: configuration read, adapters opened, stages seated at their doors."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from secretariat.adapters.clamav import ClamAv
from secretariat.adapters.clock import WallClock
from secretariat.adapters.letterpress.forms import WordForms
from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.letterpress.shelf import Shelf
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.pages import FetchLimits, GuardedPages
from secretariat.adapters.papers.listed import IsolatedSheets
from secretariat.adapters.papers.reader import Limits
from secretariat.adapters.papers.reader import Reader as IsolatedReader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.passwords import Argon2Passwords
from secretariat.adapters.register import Database, open_database
from secretariat.adapters.secrecy import FernetSealing
from secretariat.config.directory import read_directory
from secretariat.config.settings import Settings, load
from secretariat.domain.calendar import OfficeHours, bank_holidays
from secretariat.domain.council import Directory
from secretariat.domain.letter_content import Delay, LetterHead
from secretariat.domain.letter_facts import LetterStyle
from secretariat.domain.likeness import LikenessPolicy
from secretariat.domain.matching import Matcher
from secretariat.domain.watching import WatchPolicy
from secretariat.office.boxing import insist_on_the_box
from secretariat.office.chasing import chase_policy, quiet_days, successor_in
from secretariat.office.looking import USER_AGENT
from secretariat.office.mail_doors import open_mail
from secretariat.office.office import Office
from secretariat.office.passwords import one_time_password
from secretariat.office.seating import (
    hand_policy,
    intake_policy,
    morning_of,
    outlook_of,
    wording_help_of,
)
from secretariat.ports.clock import Clock
from secretariat.ports.mail import Mailbox, Outbox, Source
from secretariat.ports.papers import Scanner
from secretariat.ports.register import OpenRegister
from secretariat.stages.approval import Approval
from secretariat.stages.casework import Casework
from secretariat.stages.chase import Chase
from secretariat.stages.checking import Checking
from secretariat.stages.correction import Correction
from secretariat.stages.correspondence import Correspondence
from secretariat.stages.counting import Counting
from secretariat.stages.dispatch import Dispatch
from secretariat.stages.drafting import Drafting
from secretariat.stages.importing import Importing
from secretariat.stages.intake import Composing, Intake
from secretariat.stages.meeting_letters import MeetingLetters
from secretariat.stages.names import Names
from secretariat.stages.panel import Panel
from secretariat.stages.publication import Publication
from secretariat.stages.reading import ReadingRoom
from secretariat.stages.recall import Recall
from secretariat.stages.retention import Retention
from secretariat.stages.staff import Staff
from secretariat.stages.unsaved import Unsaved
from secretariat.stages.upkeep import Upkeep
from secretariat.stages.wording import Wording

YEARS_OF_HOLIDAYS: Final = range(2010, 2046)
ROUNDS_TO_LEAVE: Final = 2
A_WHILE: Final = timedelta(minutes=15)


def settings_at(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """Return the settings of a file and the environment; raise ConfigFaults with every fault."""
    return load(path, environ)


def open_office(
    settings: Settings, *, clock: Clock | None = None, trusted: frozenset[str] = frozenset()
) -> Office:
    """Open the office; raise what says in a sentence why it cannot be.

    trusted: exact "host:port" pairs that the fetcher's guard lets through; the
    demonstration and tests pass them, no configuration can
    """
    clock = clock or WallClock()
    database = open_database(settings.database_url, clock=clock)
    folder = settings.office.data_dir
    directory = read_directory(settings.config_file("directory"))
    reader = IsolatedReader(
        Limits(
            wall_seconds=settings.papers.seconds,
            cpu_seconds=settings.papers.seconds,
            memory_bytes=settings.papers.memory_mb * 2**20,
        )
    )
    if settings.office.production:
        insist_on_the_box(settings, reader)
    doors = _Doors(
        settings,
        clock,
        database,
        directory,
        Matcher(directory),
        Vault(folder / "vault"),
        reader,
        Press(settings.templates, folder / "templates"),
        MimeReading(reader.text_of_html),
        Argon2Passwords(),
        trusted,
    )
    return doors.office()


@dataclass(frozen=True, slots=True)
class _Doors:
    """Every adapter, open, and the seating of the stages at them."""

    settings: Settings
    clock: Clock
    database: Database
    directory: Directory
    matcher: Matcher
    vault: Vault
    reader: IsolatedReader
    press: Press
    mail: MimeReading
    passwords: Argon2Passwords
    trusted: frozenset[str]

    def office(self) -> Office:
        """Return the office with every stage at its doors."""
        doors = open_mail(self.settings)
        mailbox, outbox = doors.mailbox, doors.outbox
        intake, dispatch, chase = self._intake(mailbox), self._dispatch(outbox), self._chase()
        outlook = outlook_of(self.settings, self.database.reading, self.clock, dispatch, chase)
        return Office(
            settings=self.settings,
            clock=self.clock,
            database=self.database,
            directory=self.directory,
            matcher=self.matcher,
            vault=self.vault,
            reader=self.reader,
            press=self.press,
            mail=self.mail,
            mailbox=mailbox,
            outbox=outbox,
            passwords=self.passwords,
            secret_key=self.settings.secrets.secret_key or secrets.token_urlsafe(32),
            intake=intake,
            correspondence=self._correspondence(doors.sent),
            retention=self._retention(),
            reading_room=self._reading_room(),
            counting=Counting(self.register, self.database.reading, mailbox, self.clock),
            panel=Panel(self.register, self.reader, self.vault, self.clock, self._scanner()),
            drafting=self._drafting(),
            checking=self.checking,
            meeting_letters=self._meeting_letters(),
            wording_help=wording_help_of(self.settings),
            approval=self._approval(),
            correction=Correction(self.register),
            dispatch=dispatch,
            chase=chase,
            outlook=outlook,
            morning=morning_of(
                self.settings, self.register, outbox, self.mail, self.press, outlook
            ),
            publication=self._publication(),
            casework=Casework(self.register, self.directory, self.clock, intake.without),
            importing=self._importing(),
            names=Names(self.database.reading, self.register, self._sealing(), self.clock),
            staff=self._staff(),
            recall=Recall(self.database.reading, mailbox),
            upkeep=Upkeep(self.register, self.vault, self.clock),
            unsaved=Unsaved(self.register, self.clock),
            wording=self._wording(),
        )

    @property
    def register(self) -> OpenRegister:
        """Open the register with the pen."""
        return self.database.register

    def _importing(self) -> Importing:
        return Importing(
            self.register,
            self.database.reading,
            IsolatedSheets(self.reader.work),
            self.matcher,
            self.clock,
            self._scanner(),
        )

    def _meeting_letters(self) -> MeetingLetters:
        return MeetingLetters(
            self.database.reading,
            self.register,
            WordForms(),
            self.database.accounts,
            self._approval().hindrances,
        )

    def _intake(self, mailbox: Mailbox) -> Intake:
        return Intake(
            self.register,
            mailbox,
            self.mail,
            self.reader,
            self.vault,
            self.matcher,
            self.clock,
            policy=intake_policy(self.settings, self.directory),
            composing=Composing(self.press, self.settings.office.mailbox_address),
            scanner=self._scanner(),
        )

    def _correspondence(self, sent: Source) -> Correspondence:
        policy = hand_policy(self.settings, self.directory)
        return Correspondence(self.register, sent, self.mail, self.vault, self.clock, policy)

    def _retention(self) -> Retention:
        days = self.settings.retention.raw_mail_days
        return Retention(self.register, self.database.reading, self.vault, self.clock, days)

    def _scanner(self) -> Scanner | None:
        address = self.settings.papers.scanner
        return ClamAv(address) if address else None

    def _reading_room(self) -> ReadingRoom:
        papers = self.settings.papers
        return ReadingRoom(
            self.register,
            self.reader,
            self.vault,
            self.clock,
            self.matcher,
            mail=self.mail,
            scanner=self._scanner(),
            recognition=papers.recognition,
            password_days=papers.password_days,
        )

    def _drafting(self) -> Drafting:
        style = self._style()
        return Drafting(self.register, self.press, self.directory, style, self.checking)

    @property
    def checking(self) -> Checking:
        given = self.settings.letter.mail_addresses
        return Checking(
            self.database.reading,
            self.press,
            self.vault,
            self._head,
            given,
            sealing=self._sealing(),
        )

    def _sealing(self) -> FernetSealing | None:
        keys = self.settings.secrets.names_keys
        return FernetSealing(keys) if keys else None

    def _head(self, generation: str) -> LetterHead:
        """Return who writes letters of a generation."""
        letter = self.settings.letter
        head = LetterHead(
            letter.unit,
            letter.address,
            letter.telephone,
            letter.website,
            letter.signatory,
            letter.signatory_title,
            self.settings.reply_address,
        )
        return replace(head, **letter.heads.get(generation, {}))

    def _style(self) -> LetterStyle:
        letter = self.settings.letter
        head = self._head(letter.generation)
        return LetterStyle(
            letter.generation,
            head,
            letter.regret,
            Delay(letter.delay),
            letter.asks,
            letter.dac_copy,
        )

    def _approval(self) -> Approval:
        letter = self.settings.letter
        return Approval(
            self.register,
            self.press,
            self.vault,
            self.clock,
            self._hours(),
            bank_holidays(YEARS_OF_HOLIDAYS),
            undo=timedelta(minutes=letter.undo_minutes),
            lead=min(ROUNDS_TO_LEAVE * timedelta(seconds=self.settings.rounds.dispatch), A_WHILE),
            signatory_agrees=letter.signatory_agrees,
            check=self.checking,
            watched=self.settings.office.mailbox_address,
            open_reading=self.database.reading,
            quiet=quiet_days(self.settings),
        )

    def _hours(self) -> OfficeHours:
        letter = self.settings.letter
        return OfficeHours(letter.working_hours_from, letter.working_hours_to)

    def _dispatch(self, outbox: Outbox) -> Dispatch:
        office = self.settings.office
        return Dispatch(
            self.register,
            outbox,
            self.mail,
            self.press,
            self.vault,
            self.clock,
            sender=office.mailbox_address,
            domain=office.our_domain,
            me=secrets.token_hex(8),
            acknowledgements_a_day=self.settings.limits.acknowledgements_a_day,
            hours=self._hours(),
            holidays=bank_holidays(YEARS_OF_HOLIDAYS),
            quiet=quiet_days(self.settings),
            most=self.settings.limits.mails_a_day,
        )

    def _chase(self) -> Chase:
        office = self.settings.office
        return Chase(
            self.register,
            self.press,
            self.mail,
            self.vault,
            self.clock,
            sender=office.mailbox_address,
            domain=office.our_domain,
            unit=self.settings.letter.unit,
            policy=chase_policy(self.settings),
            open_reading=self.database.reading,
            quiet=quiet_days(self.settings),
            successor=successor_in(self.directory),
        )

    def _publication(self) -> Publication:
        publication = self.settings.publication
        limits = FetchLimits(
            seconds=publication.timeout_seconds, size=publication.page_size_limit_mb * 2**20
        )
        policy = LikenessPolicy(alike=publication.same_likeness, unlike=publication.person_likeness)
        pages = GuardedPages(USER_AGENT, trusted=self.trusted, limits=limits)
        return Publication(
            self.register,
            pages,
            self.reader,
            self.vault,
            self.clock,
            policy,
            publication.close_by_itself,
            WatchPolicy(publication.look_again_days, keep_up_months=publication.keep_up_months),
        )

    def _wording(self) -> Wording:
        folder = self.settings.office.data_dir / "templates" / "letters"
        shelf = Shelf(self.settings.templates / "letters", folder, self.reader.work)
        return Wording(
            self.register, self.database.reading, shelf, self.clock, scanner=self._scanner()
        )

    def _staff(self) -> Staff:
        return Staff(
            self.register,
            self.database.accounts,
            self.database.sessions,
            self.passwords,
            one_time_password,
        )
