"""The doctor: every part of an office, well or not, and what to do about it."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secretariat.adapters.clamav import ClamAv
from secretariat.adapters.clock import WallClock
from secretariat.adapters.letterpress.pdf import box_of_soffice, find_soffice
from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.papers.reader import Reader, has_tool
from secretariat.adapters.register import SchemaState, schema_state
from secretariat.adapters.spelling import BritishSpelling
from secretariat.config.directory import read_directory
from secretariat.config.faults import ConfigFaults
from secretariat.config.settings import Settings, effective, load
from secretariat.domain.errors import SecretariatError
from secretariat.domain.written import counted
from secretariat.office.boxing import exposed
from secretariat.office.office import Office
from secretariat.office.opening import open_office
from secretariat.office.signing_in import signing_in

ROOM_WANTED: Final = 2 * 2**30
SANDBOX_REMEDY: Final = (
    "Use Linux 5.13 or newer with Landlock, and let the service make user namespaces."
)
RECOGNITION_OFF: Final = (
    "scanned pages are not recognised: apt-get install tesseract-ocr tesseract-ocr-eng"
)
NO_NAMES_KEY: Final = "none can be kept for the check of letters: SECRETARIAT_NAMES_KEY is not set"
NAMES_REMEDY: Final = "Make a key (secretariat backup --new-key) and name it; see docs/running.md."
NAMES_SHUT_REMEDY: Final = (
    "Name the key that sealed them after the newest one in SECRETARIAT_NAMES_KEY; letters of"
    " these reviews are not approved before."
)
MAILBOX_REMEDY: Final = "See the folder's owner, rights and disk."
SERVER_REMEDY: Final = "See docs/mailboxes.md for this kind of mailbox."


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the office: what was seen, and what to do when it is not well."""

    part: str
    well: bool
    told: str
    remedy: str = ""


def examine(config: Path | None, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Look at every part in turn; without a configuration, at what was delivered."""
    try:
        settings = load(config, environ)
    except ConfigFaults as faults:
        for fault in faults.faults:
            yield Finding("configuration", False, str(fault), "Correct that line.")
        return
    yield from _configuration(settings)
    yield _guarded("directory", lambda: _directory(settings), "Put the delivered files back.")
    yield from _templates(settings)
    yield _soffice()
    yield _guarded("sandbox", lambda: _sandbox(settings), SANDBOX_REMEDY)
    yield from _tools()
    yield _disk(settings)
    if settings.file is None:
        told = "none is opened without a configuration"
        yield Finding("database", True, told, "`secretariat init DIR` makes one.")
        return
    state = _guarded("database", lambda: _database(settings), "See the URL and its server.")
    yield state
    if state.well:
        yield from _office(settings)


def in_force(config: Path | None, environ: Mapping[str, str]) -> list[str]:
    """Return every setting in force, one line each; of a secret only whether it is set.

    Nothing where the configuration has faults: `examine` tells those.
    """
    try:
        settings = load(config, environ)
    except ConfigFaults:
        return []
    return [f"{name} = {value}" for name, value, _ in effective(settings)]


def _configuration(settings: Settings) -> Iterator[Finding]:
    name = str(settings.file or "what was delivered")
    yield Finding("configuration", True, f"{name} can be read")
    if not settings.letter.generation:
        remedy = 'Name one of the folders in templates/letters, such as generation = "2017".'
        yield Finding("configuration", False, "[letter] generation names none", remedy)
    if not settings.letter.signatory:
        remedy = "Name the chair of the Panel in [letter] signatory."
        yield Finding("configuration", False, "[letter] signatory names nobody", remedy)
    if settings.office.mailbox_address.endswith(".example"):
        remedy = "Write the watched address into [office] mailbox_address."
        yield Finding("configuration", False, "the mailbox address is an example", remedy)


def _guarded(part: str, look: Callable[[], Finding], remedy: str) -> Finding:
    try:
        return look()
    except (SecretariatError, OSError) as fault:
        return Finding(part, False, str(fault), remedy)


def _directory(settings: Settings) -> Finding:
    directory = read_directory(settings.config_file("directory"))
    counts = f"{len(directory.csps)} partnerships, {len(directory.councils)} councils"
    return Finding("directory", True, f"{counts}, {len(directory.police_areas)} police areas")


def _templates(settings: Settings) -> Iterator[Finding]:
    press = Press(settings.templates)
    faults = press.faults()
    for fault in faults:
        remedy = "Correct it in Word; the last good version stays in use meanwhile."
        yield Finding("templates", False, fault, remedy)
    if not faults:
        yield Finding("templates", True, f"{settings.templates} can be used")
    if settings.file is None and (
        marks := [mark.partition(":")[0] for mark in press.unconfirmed()]
    ):
        yield Finding("templates", True, f"staff must confirm the wording of {', '.join(marks)}")


def _box() -> str:
    kinds = {"whole": "in a box of its own", "no network": "without a network"}
    return kinds.get(box_of_soffice(), "with all rights of the service: apt-get install bubblewrap")


def _soffice() -> Finding:
    if found := find_soffice():
        return Finding("LibreOffice", True, f"{found} makes the PDF of letters, {_box()}")
    return Finding(
        "LibreOffice",
        False,
        "it is not installed: letters go out as Word files",
        "apt-get install libreoffice-writer-nogui",
    )


def _sandbox(settings: Settings) -> Finding:
    """Start a reading process and ask how well it is shut in."""
    with Reader() as reader:
        shut = reader.shut()
    if near := exposed(settings):
        told = f"{near[0]} lies among programs, which the reading process may see"
        return Finding("sandbox", False, told, "Move the data folder elsewhere, such as /srv.")
    if not shut.whole:
        told = f"papers are opened in a process of their own, but {' and '.join(shut.missing)}"
        return Finding("sandbox", False, told, SANDBOX_REMEDY)
    return Finding("sandbox", True, "papers are opened without rights, network or sight of files")


def _tools() -> Iterator[Finding]:
    """Say what turns scans and old Word files into words; nothing is amiss without them."""
    found = "scanned pages are recognised" if has_tool("tesseract") else RECOGNITION_OFF
    yield Finding("recognition", True, found)
    if has_tool("catdoc"):
        yield Finding("old Word files", True, "they are read")
    else:
        yield Finding("old Word files", True, "they are not read: apt-get install catdoc")
    yield Finding("spelling", True, BritishSpelling().why_off() or "letters are checked in British")


def _disk(settings: Settings) -> Finding:
    folder = settings.office.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    told = f"{free / 2**30:.1f} GiB free at {folder}"
    remedy = "" if free >= ROOM_WANTED else "Make room: the vault keeps every file."
    return Finding("disk", free >= ROOM_WANTED, told, remedy)


def _database(settings: Settings) -> Finding:
    state = schema_state(settings.database_url)
    kind = settings.database_url.partition(":")[0].partition("+")[0]
    if state is SchemaState.FITS:
        return Finding("database", True, f"{kind}, its tables fit this version")
    remedy = "Run: secretariat migrate"
    if state is SchemaState.NEWER:
        remedy = "Install the version of secretariat that made it."
    return Finding("database", False, f"{kind}: its tables are {state}", remedy)


def _office(settings: Settings) -> Iterator[Finding]:
    for told, remedy in signing_in(settings, WallClock().today()):
        yield Finding("signing in", False, told, remedy)
    try:
        office = open_office(settings)
    except SecretariatError as fault:
        yield Finding("office", False, str(fault), "See the parts above.")
        return
    try:
        remedy = MAILBOX_REMEDY if settings.mailbox.kind == "maildir" else SERVER_REMEDY
        yield _guarded("mailbox", lambda: _mailbox(office), remedy)
        yield _guarded("outbox", lambda: _outbox(office), remedy)
        yield _guarded("sending", lambda: _sending(office), "See the parts above.")
        yield _guarded("mail count", lambda: _mail_count(office), MAILBOX_REMEDY)
        yield _guarded("wording", lambda: _wording(office), "See the parts above.")
        yield _guarded("kept names", lambda: _names(office), "See the parts above.")
        yield from _scanner(office)
        yield from _audit(office)
    finally:
        office.close()


def _mailbox(office: Office) -> Finding:
    return Finding("mailbox", True, office.mailbox.check())


def _outbox(office: Office) -> Finding:
    return Finding("outbox", True, office.outbox.check())


def _sending(office: Office) -> Finding:
    with office.open_reading() as reading:
        switch = reading.switch()
    if switch.reconcile:
        remedy = "Run: secretariat reconcile"
        return Finding("sending", False, "held since a backup was restored", remedy)
    told = "released" if switch.released else "held until an administrator releases it"
    return Finding("sending", True, told)


def _mail_count(office: Office) -> Finding:
    count = office.counting.count()
    told = f"{count.in_mailbox} in the mailbox, {count.known} taken in, {count.waiting} waiting"
    if not count.is_alarm:
        return Finding("mail count", True, f"{told}: all are accounted for")
    first = (*count.lost, *count.late)[0]
    number = count.unaccounted or len(count.late)
    remedy = "Put a lost message back into the mailbox's own folder; for a late one run a round."
    return Finding("mail count", False, f"{told}: {number} not accounted for, as {first}", remedy)


def _wording(office: Office) -> Finding:
    """List the marks that nobody has confirmed; letters that use them wait for that."""
    marks = [f"{mark.generation} {mark.name}" for mark in office.wording.open_marks()]
    if not marks:
        return Finding("wording", True, "staff have confirmed all wording of letters")
    told = f"staff must confirm the wording of {', '.join(marks)}"
    return Finding("wording", True, f"{told}: see /wording, or secretariat template confirm")


def _names(office: Office) -> Finding:
    """Say whether real names can be kept, and whether those kept can be opened."""
    kept, shut = office.names.counts()
    if shut:
        told = f"those of {counted(shut, 'review')} cannot be opened with the key that is set"
        return Finding("kept names", False, told, NAMES_SHUT_REMEDY)
    if office.names.sealing is None:
        well = not office.settings.office.production
        return Finding("kept names", well, NO_NAMES_KEY, NAMES_REMEDY)
    return Finding("kept names", True, f"for {counted(kept, 'review')}; all can be opened")


def _scanner(office: Office) -> Iterator[Finding]:
    """Ask the virus scanner who it is, where one is configured."""
    if address := office.settings.papers.scanner:
        remedy = "Start clamav-daemon, or see [papers] scanner: papers wait until it answers."
        look = ClamAv(address).version
        yield _guarded("virus scanner", lambda: Finding("virus scanner", True, look()), remedy)


def _audit(office: Office) -> Iterator[Finding]:
    audit = office.upkeep.audit()
    remedy = "Restore the file from a backup; see docs/running.md."
    for name in audit.missing:
        yield Finding("vault", False, f"{name[:12]}… is missing", remedy)
    for name in audit.altered:
        yield Finding("vault", False, f"{name[:12]}… was altered", remedy)
    for stream, number in audit.broken:
        told = f"the ledger of {stream} does not fit from entry {number} on"
        yield Finding("ledger", False, told, "Compare it with a backup: it was changed by hand.")
    if not (audit.missing or audit.altered or audit.broken):
        yield Finding("vault and ledger", True, f"{audit.files} files as they were kept")
