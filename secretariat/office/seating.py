"""How intake is seated: what the configuration says about trust and triage."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.spelling import BritishSpelling
from secretariat.config.directory import read_directory
from secretariat.config.settings import Settings, load
from secretariat.config.triage import read_triage_words
from secretariat.config.words import read_house_words
from secretariat.domain.authentication import EXCHANGE_ONLINE
from secretariat.domain.council import Directory
from secretariat.domain.triage_clues import TriageWords
from secretariat.domain.triage_senders import Trust, domain_of
from secretariat.office.wording_help import WordingHelp
from secretariat.ports.clock import Clock
from secretariat.ports.letterpress import Letterpress
from secretariat.ports.mail import MailReading, Outbox
from secretariat.ports.register import OpenReading, OpenRegister
from secretariat.stages.chase import Chase
from secretariat.stages.correspondence import HandPolicy
from secretariat.stages.dispatch import Dispatch
from secretariat.stages.intake import IntakePolicy, Opening, weigh_mail
from secretariat.stages.morning import Morning, MorningPolicy
from secretariat.stages.outlook import Outlook


def intake_policy(settings: Settings, directory: Directory) -> IntakePolicy:
    """Return what the configuration says about intake."""
    limits = settings.limits
    return IntakePolicy(
        trust=trust_of(settings, directory),
        words=triage_words(settings),
        go_live=settings.office.go_live,
        acknowledgements_a_day=limits.acknowledgements_a_day,
        most_bytes=limits.mail_mb * 2**20,
        answered_an_hour=limits.answered_an_hour,
        automatic_an_hour=limits.automatic_an_hour,
    )


def hand_policy(settings: Settings, directory: Directory) -> HandPolicy:
    """Return what the configuration says about mail that staff write by hand."""
    office = settings.office
    inside = {domain_of(office.mailbox_address), office.our_domain, *office.staff_domains}
    return HandPolicy(
        inside=frozenset(inside),
        domain=office.our_domain,
        council_domains={
            key: tuple(council.domains) for key, council in directory.councils.items()
        },
        go_live=office.go_live,
        pause_days=settings.chase.answered_by_hand_days,
        most_bytes=settings.limits.mail_mb * 2**20,
    )


def outlook_of(
    settings: Settings, open_reading: OpenReading, clock: Clock, dispatch: Dispatch, chase: Chase
) -> Outlook:
    """Return who looks ahead, by the rules that dispatch and chase keep."""
    return Outlook(
        open_reading,
        clock,
        dispatch.would_leave,
        chase.would_ask,
        dispatch.hours,
        dispatch.holidays,
        settings.limits.acknowledgements_a_day,
        settings.limits.mails_a_day,
    )


def morning_of(
    settings: Settings,
    open_register: OpenRegister,
    outbox: Outbox,
    mail: MailReading,
    press: Letterpress,
    outlook: Outlook,
) -> Morning:
    """Return who tells staff on each working morning what will be sent."""
    office = settings.office
    policy = MorningPolicy(
        office.morning_mail_to,
        office.morning_mail_at,
        office.mailbox_address,
        office.our_domain,
        settings.letter.unit,
    )
    return Morning(
        open_register,
        outbox,
        mail,
        press,
        outlook.clock,
        outlook.ahead,
        policy,
        outlook.holidays,
    )


def wording_help_of(settings: Settings) -> WordingHelp:
    """Return who helps with wording: a dictionary, the house's words and stock paragraphs."""
    words = read_house_words(settings.config_file("words.toml"))
    return WordingHelp(BritishSpelling(), words, settings.templates / "letters" / "stock")


def trust_of(settings: Settings, directory: Directory) -> Trust:
    """Return whom intake believes; Exchange's own headers only where the configuration says so."""
    office = settings.office
    return Trust(
        own_addresses=frozenset({office.mailbox_address}),
        own_domain=office.our_domain,
        staff=frozenset(office.staff_domains),
        council_domains=frozenset(
            domain for council in directory.councils.values() for domain in council.domains
        ),
        authserv_ids=frozenset(office.authserv_ids),
        exchange=EXCHANGE_ONLINE in office.authserv_ids,
    )


def triage_words(settings: Settings) -> TriageWords:
    """Return the phrases of the rules: staff's own, or the delivered ones."""
    return read_triage_words(settings.config_file("triage.toml"))


class Explaining:
    """Weighs mails without a register: `secretariat triage`."""

    def __init__(self, config: Path | None = None, environ: Mapping[str, str] = os.environ) -> None:
        """Open the reading process.

        config: None for the defaults, and then a saved mail is taken at its word where
        Exchange marked it as internal: nothing is done with it
        """
        settings = load(config, environ)
        directory = read_directory(settings.config_file("directory"))
        self._reader = Reader()
        trust = trust_of(settings, directory)
        self._trust = trust if config else replace(trust, exchange=True)
        mail = MimeReading(self._reader.text_of_html)
        most = settings.limits.mail_mb * 2**20
        words = triage_words(settings)
        self._opening = Opening(mail, self._reader, _only_named, words, most_bytes=most)

    def weigh(self, raw: bytes) -> dict[str, object]:
        """Return what triage makes of a mail, as `--json` prints it."""
        return weigh_mail(raw, opening=self._opening, trust=self._trust)

    def close(self) -> None:
        """End the reading process."""
        self._reader.close()


def _only_named(content: bytes) -> str:
    """Name a file by its SHA-256 as the vault would, without keeping it."""
    return hashlib.sha256(content).hexdigest()
