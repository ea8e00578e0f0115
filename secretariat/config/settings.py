"""The settings: `secretariat.toml`, `chase.toml` beside it, and secrets from the environment.

A key that a file leaves out has the default that was delivered.  Every fault is told at
once, so that staff correct a file in one go.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import time
from pathlib import Path
from typing import Any, Final, cast

from secretariat.config import defaults, mail_sections, sections
from secretariat.config.chase_rules import ChaseSection
from secretariat.config.faults import ConfigFaults, Fault
from secretariat.config.rules import Unfit
from secretariat.config.secrets import Secrets, read_secrets, variable
from secretariat.config.sections import RULES
from secretariat.config.toml_lines import Places, places_in

FILES: Final[Mapping[str, tuple[str, ...]]] = {
    "secretariat.toml": tuple(name for name in RULES if name != "chase"),
    "chase.toml": ("chase",),
}
_SECRET_WORDS: Final = ("password", "secret", "token", "backup_key", "names_key", "database_url")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that staff may set, as values.

    file: the configuration read, None for the defaults alone
    """

    office: sections.OfficeSection
    letter: sections.LetterSection
    mailbox: mail_sections.MailboxSection
    imap: mail_sections.ImapSection
    smtp: mail_sections.SmtpSection
    exchange: mail_sections.ExchangeSection
    graph: mail_sections.GraphSection
    oauth: mail_sections.OauthSection
    register: sections.RegisterSection
    rounds: sections.RoundsSection
    chase: ChaseSection
    publication: sections.PublicationSection
    papers: sections.PapersSection
    retention: sections.RetentionSection
    web: sections.WebSection
    limits: sections.LimitsSection
    secrets: Secrets
    file: Path | None

    @property
    def database_url(self) -> str:
        """The register's URL, perhaps with its password: never show it."""
        own = f"sqlite:///{self.office.data_dir / 'register.sqlite'}"
        return self.secrets.database_url or self.register.url or own

    @property
    def reply_address(self) -> str:
        """The address that letters ask for the report's URL."""
        return self.letter.reply_address or self.office.mailbox_address

    def config_file(self, name: str) -> Path:
        """Return a file or folder of the configuration: staff's own where they have one."""
        own = self.file.parent / name if self.file else None
        return own if own and own.exists() else defaults() / "config" / name

    @property
    def templates(self) -> Path:
        """The folder of letters and mails: staff's own beside the file, or the delivered one."""
        own = self.file.parent / "templates" if self.file else None
        return own if own and own.is_dir() else defaults() / "templates"


@dataclass(frozen=True, slots=True)
class _Read:
    """One file as read: its tables, and where everything stands."""

    name: str
    tables: Mapping[str, Any]
    places: Places

    def fault(self, section: str, key: str, wrong: str) -> Fault:
        """Return a fault of a key with the line it stands on."""
        return Fault(self.name, self.places.line(section, key), f"[{section}] {key} {wrong}")


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """Return the settings of a file, or the defaults for None; raise ConfigFaults with all faults.

    Relative paths start at the file's folder, for the defaults at the working folder.
    """
    faults: list[Fault] = []
    values = _delivered(faults)
    read = None
    if path:
        read = _overlay(values, path, FILES["secretariat.toml"], faults)
        beside = path.parent / "chase.toml"
        if beside.exists():
            _overlay(values, beside, FILES["chase.toml"], faults)
    secrets = read_secrets(environ, faults)
    if not faults and read:
        faults.extend(_contradictions(values, read))
    if faults:
        raise ConfigFaults(faults)
    return _settings(values, secrets, path)


def effective(settings: Settings) -> list[tuple[str, str, str]]:
    """Return every key as (name, value, its sentence); of secrets only whether they are set."""
    rows: list[tuple[str, str, str]] = []
    for file, names in FILES.items():
        comments = _read(defaults() / "config" / file, []).places.comments
        for section in names:
            table = getattr(settings, section)
            for key in RULES[section]:
                value = _shown(getattr(table, key))
                rows.append((f"{section}.{key}", value, comments.get((section, key), "")))
    for each in fields(Secrets):
        state = "set (not shown)" if getattr(settings.secrets, each.name) else "not set"
        rows.append((variable(each.name), state, "From the environment."))
    return rows


def _delivered(faults: list[Fault]) -> dict[str, dict[str, Any]]:
    values: dict[str, dict[str, Any]] = {}
    for name, names in FILES.items():
        read = _read(defaults() / "config" / name, faults)
        values.update(_values(read, names, faults))
        for section in names:
            missing = RULES[section].keys() - read.tables.get(section, {}).keys()
            faults.extend(read.fault(section, key, "is missing") for key in sorted(missing))
    return values


def _overlay(
    values: dict[str, dict[str, Any]], path: Path, names: tuple[str, ...], faults: list[Fault]
) -> _Read:
    read = _read(path, faults)
    for section, table in _values(read, names, faults).items():
        values.setdefault(section, {}).update(table)
    return read


def _read(path: Path, faults: list[Fault]) -> _Read:
    toml, tables = "", {}
    try:
        toml = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as fault:
        faults.append(Fault(str(path), _line_of(fault), f"this is not TOML: {fault}"))
    except FileNotFoundError:
        faults.append(Fault(str(path), 0, "there is no such file"))
    except (OSError, UnicodeDecodeError) as fault:
        faults.append(Fault(str(path), 0, f"the file cannot be read ({fault})"))
    return _Read(str(path), tables, places_in(toml))


def _line_of(fault: tomllib.TOMLDecodeError) -> int:
    _, found, after = str(fault).rpartition("(at line ")
    number = after.partition(",")[0]
    return int(number) if found and number.isdigit() else 0


def _values(
    read: _Read, allowed: tuple[str, ...], faults: list[Fault]
) -> dict[str, dict[str, Any]]:
    values: dict[str, dict[str, Any]] = {}
    for section, table in read.tables.items():
        if section not in allowed or not isinstance(table, dict):
            faults.append(_stranger(read, section, table, allowed))
            continue
        values[section] = dict(_section_values(read, section, table, faults))
    return values


def _section_values(
    read: _Read, section: str, table: Mapping[str, object], faults: list[Fault]
) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if rule := RULES[section].get(key):
            try:
                yield key, rule(value)
            except Unfit as unfit:
                faults.append(read.fault(section, key, str(unfit)))
        elif _is_secret(key):
            faults.append(read.fault(section, key, _not_here(key)))
        else:
            known = ", ".join(RULES[section])
            faults.append(read.fault(section, key, f"is not known; the keys here are {known}"))


def _stranger(read: _Read, section: str, table: object, allowed: tuple[str, ...]) -> Fault:
    if isinstance(table, dict):
        line = read.places.line(section)
        known = ", ".join(f"[{each}]" for each in allowed)
        return Fault(read.name, line, f"[{section}] is not known; the sections are {known}")
    wrong = _not_here(section) if _is_secret(section) else "stands in no section"
    return Fault(read.name, read.places.line("", section), f"{section} {wrong}")


def _is_secret(key: str) -> bool:
    return any(word in key.casefold() for word in _SECRET_WORDS)


def _not_here(key: str) -> str:
    name = variable(key)
    return f"is a secret and must not stand in a file: use {name} or {name}_FILE instead"


def _contradictions(values: Mapping[str, Mapping[str, Any]], read: _Read) -> Iterator[Fault]:
    letter, publication = values["letter"], values["publication"]
    if letter["working_hours_from"] >= letter["working_hours_to"]:
        yield read.fault("letter", "working_hours_to", "must be later than working_hours_from")
    if publication["person_likeness"] > publication["same_likeness"]:
        yield read.fault("publication", "person_likeness", "must not be above same_likeness")
    office = values["office"]
    for to in office["morning_mail_to"]:
        if to == office["mailbox_address"]:
            yield read.fault("office", "morning_mail_to", "must not name the watched address")
        elif to.rpartition("@")[2] not in office["staff_domains"]:
            wrong = f"names {to}, which is in none of staff_domains"
            yield read.fault("office", "morning_mail_to", wrong)
    for section, key, wrong in mail_sections.mail_contradictions(values):
        yield read.fault(section, key, wrong)


def _settings(
    values: Mapping[str, dict[str, Any]], secrets: Secrets, path: Path | None
) -> Settings:
    start = path.resolve().parent if path else Path.cwd()
    holder = (start / Path(values["office"]["data_dir"]).expanduser()).resolve()
    values["office"]["data_dir"] = holder
    mailbox = values["mailbox"]
    for key in mail_sections.FOLDER_KEYS:
        mailbox[key] = holder / mailbox[key]
    ca_file = mailbox["ca_file"]
    mailbox["ca_file"] = (start / Path(ca_file).expanduser()).resolve() if ca_file else None
    made = {
        each.name: cast(Any, each.type)(**values[each.name])
        for each in fields(Settings)
        if each.name in RULES
    }
    return Settings(**made, secrets=secrets, file=path)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {', '.join(each)}" for name, each in value.items())
    return "" if value is None else str(value)
