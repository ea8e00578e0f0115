"""The sections of the configuration as values, and the rule that each key keeps.

What a key means stands above it in `config/secretariat.toml` and `config/chase.toml`,
where its default is too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Final

from secretariat.config import rules
from secretariat.config.chase_rules import CHASE_RULES
from secretariat.config.mail_sections import MAIL_RULES
from secretariat.config.rules import Rule

HEAD_KEYS: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "unit": rules.needed_text,
        "address": rules.needed_text,
        "telephone": rules.text,
        "website": rules.text,
        "signatory": rules.text,
        "signatory_title": rules.needed_text,
        "reply_address": rules.address,
    }
)
_WEEK: Final = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class OfficeSection:
    """Who and where we are; addresses and domains are lower case, `data_dir` is absolute."""

    data_dir: Path
    mailbox_address: str
    our_domain: str
    staff_domains: tuple[str, ...]
    authserv_ids: tuple[str, ...]
    go_live: date | None
    production: bool
    morning_mail_to: tuple[str, ...]
    morning_mail_at: time


@dataclass(frozen=True, slots=True)
class LetterSection:
    """What letters say of us and when they leave; times are London's.

    heads: by generation, what its letters say of us otherwise, by the keys of `HEAD_KEYS`
    """

    generation: str
    unit: str
    address: str
    telephone: str
    website: str
    signatory: str
    signatory_title: str
    reply_address: str
    regret: bool
    delay: str
    asks: tuple[str, ...]
    dac_copy: bool
    mail_addresses: tuple[str, ...]
    heads: Mapping[str, Mapping[str, str]]
    working_hours_from: time
    working_hours_to: time
    undo_minutes: int
    signatory_agrees: bool


@dataclass(frozen=True, slots=True)
class RegisterSection:
    """`url` as the file has it, without a password; `Settings.database_url` is what counts."""

    url: str


@dataclass(frozen=True, slots=True)
class RoundsSection:
    """Seconds between two runs of each stage."""

    intake: int
    drafting: int
    dispatch: int
    chase: int
    publication: int
    reading: int
    count: int


@dataclass(frozen=True, slots=True)
class PublicationSection:
    """Likeness from 0 to 1; `keep_up_months`: 0 for never."""

    same_likeness: float
    person_likeness: float
    close_by_itself: bool
    look_again_days: int
    keep_up_months: int
    page_size_limit_mb: int
    timeout_seconds: int


@dataclass(frozen=True, slots=True)
class PapersSection:
    """Limits of reading one paper, and what is done with it.

    scanner: a path or host:port, "" for none
    """

    seconds: int
    memory_mb: int
    recognition: bool
    scanner: str
    password_days: int


@dataclass(frozen=True, slots=True)
class RetentionSection:
    """How long words are kept that no review needs; 0 for ever."""

    raw_mail_days: int


@dataclass(frozen=True, slots=True)
class WebSection:
    """How the staff's pages are served."""

    host: str
    port: int
    cookie_secure: bool


@dataclass(frozen=True, slots=True)
class LimitsSection:
    """What is taken in, and what is sent without a person."""

    acknowledgements_a_day: int
    mails_a_day: int
    mail_mb: int
    answered_an_hour: int
    automatic_an_hour: int


RULES: Final[Mapping[str, Mapping[str, Rule]]] = MappingProxyType(
    {
        "office": {
            "data_dir": rules.needed_text,
            "mailbox_address": rules.address,
            "our_domain": rules.domain,
            "staff_domains": rules.several(rules.domain),
            "authserv_ids": rules.several(rules.needed_text),
            "go_live": rules.day,
            "production": rules.flag,
            "morning_mail_to": rules.several(rules.address),
            "morning_mail_at": rules.clock,
        },
        "letter": {
            "generation": rules.text,
            "unit": rules.needed_text,
            "address": rules.needed_text,
            "telephone": rules.text,
            "website": rules.text,
            "signatory": rules.text,
            "signatory_title": rules.needed_text,
            "reply_address": rules.address_or_none,
            "regret": rules.flag,
            "delay": rules.one_of("strong", "standard"),
            "asks": rules.several(rules.needed_text),
            "heads": rules.tables(HEAD_KEYS),
            "working_hours_from": rules.clock,
            "working_hours_to": rules.clock,
            "undo_minutes": rules.whole(0, 8 * 60),
            "signatory_agrees": rules.flag,
            "dac_copy": rules.flag,
            "mail_addresses": rules.several(rules.address),
        },
        **MAIL_RULES,
        "register": {"url": rules.database},
        "rounds": {
            "intake": rules.whole(1, _WEEK),
            "drafting": rules.whole(1, _WEEK),
            "dispatch": rules.whole(1, _WEEK),
            "chase": rules.whole(1, _WEEK),
            "publication": rules.whole(1, _WEEK),
            "reading": rules.whole(1, _WEEK),
            "count": rules.whole(1, _WEEK),
        },
        "chase": CHASE_RULES,
        "publication": {
            "same_likeness": rules.share,
            "person_likeness": rules.share,
            "close_by_itself": rules.flag,
            "look_again_days": rules.whole(1, 366),
            "keep_up_months": rules.whole(0, 240),
            "page_size_limit_mb": rules.whole(1, 500),
            "timeout_seconds": rules.whole(1, 600),
        },
        "papers": {
            "seconds": rules.whole(1, 600),
            "memory_mb": rules.whole(128, 16384),
            "recognition": rules.flag,
            "scanner": rules.text,
            "password_days": rules.whole(1, 3650),
        },
        "retention": {"raw_mail_days": rules.whole(0, 36500)},
        "web": {
            "host": rules.needed_text,
            "port": rules.whole(1, 65535),
            "cookie_secure": rules.flag,
        },
        "limits": {
            "acknowledgements_a_day": rules.whole(0, 20),
            "mails_a_day": rules.whole(0, 100_000),
            "mail_mb": rules.whole(1, 256),
            "answered_an_hour": rules.whole(1, 1000),
            "automatic_an_hour": rules.whole(1, 1000),
        },
    }
)
