"""Locked papers: opened with a password that a mail brought or that staff type.

Passwords are tried in the reading process alone; they are never logged, kept, or put into the
ledger.  The mail that brought one is purged when its days are over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from secretariat.domain.errors import OutOfOrder, Refused, SecretariatError, StaleVersion
from secretariat.domain.ledger import SYSTEM, Act, Event, Tally
from secretariat.domain.papers import Facts, PaperKind, ReadingStatus, ReadPaper
from secretariat.domain.passwords_in import MOST_TRIES, candidates
from secretariat.domain.post_in import Due, Paper, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.written import counted
from secretariat.ports.mail import MailReading
from secretariat.ports.papers import Scanner
from secretariat.ports.register import Register
from secretariat.stages.reading.recognising import Recognising, Stopping

LONGEST_PASSWORD: Final = 128
SPENT: Final = f"{MOST_TRIES} passwords were tried on it: ask for a copy without a password"
WRONG: Final = "this password does not open it"
CAME: Final = "opened with the password that came"
TYPED: Final = "opened with the password that was typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocking(Recognising):
    """Opens locked papers, and forgets the mails that brought passwords.

    scanner: looks at the opened copy before it is read, where there is one
    password_days: how many days after it came a mail with a password is purged
    """

    mail: MailReading
    scanner: Scanner | None = None
    password_days: int = 30

    def unlock(self, reference: Reference, number: int, password: str, *, by: str) -> Paper:
        """Open a locked paper with what staff typed; return the opened copy.

        Raise Refused, in words, for a wrong password and for one too many.
        """
        with self.open_register() as register:
            paper = register.paper(number)
        if paper.reference != reference or not _is_locked(paper):
            raise Refused("this paper is not locked")
        if paper.tries >= MOST_TRIES:
            raise Refused(SPENT)
        if not password or len(password) > LONGEST_PASSWORD:
            raise Refused(f"type the password, at most {LONGEST_PASSWORD} characters")
        opened = self.reader.unlock(self.vault.open(paper.sha256), (password,))
        if opened is None:
            self._count(paper, 1, "a password was typed: it does not open the paper", by)
            raise Refused(WRONG)
        return self._keep_opened(paper, opened, 1, Act(by, Event.PAPER_OPENED, TYPED))

    def try_passwords(self, stopping: Stopping) -> Tally:
        """Try on each locked paper the passwords of mails that were not tried on it before."""
        with self.open_register() as register:
            locked = [paper for paper in register.locked_papers() if paper.tries < MOST_TRIES]
        tally = Tally()
        for paper in locked:
            if stopping():
                break
            try:
                tally += Tally(int(self._try_on(paper)))
            except OutOfOrder:
                raise
            except StaleVersion:
                continue  # A person was quicker.
            except SecretariatError as fault:
                what = f"{paper.reference}, paper {paper.number}"
                tally += Tally(stuck=((what, str(fault)),))
        return tally

    def purge(self) -> Tally:
        """Forget the bytes of mails with a password whose days are over; all together or none."""
        before = self.clock.now() - timedelta(days=self.password_days)
        try:
            with self.open_register() as register:
                lapsed = register.secrets(before=before)
                for mail in lapsed:
                    days = counted(self.password_days, "day")
                    told = f"mail {mail.number}, which brought a password, was kept for {days}"
                    purged = replace(mail, purged=True)
                    register.save_mail(purged, Act(SYSTEM, Event.MAIL_PURGED, told))
                if lapsed:
                    self._forget(lapsed, set(register.kept_files()))
        except StaleVersion:
            return Tally()  # A person writes to one of them: the next turn purges.
        return Tally(len(lapsed))

    def _forget(self, mails: tuple[ReceivedMail, ...], kept: set[str]) -> None:
        """Forget what nothing else names; a crash here leaves the mails to be purged again."""
        for mail in mails:
            for sha256 in {mail.raw, *(each.sha256 for each in mail.attachments)} - kept:
                self.vault.forget(sha256)

    def _try_on(self, paper: Paper) -> bool:
        for mail in self._untried(paper):
            content = self.vault.open(paper.sha256)
            tried = 0
            for password in self._passwords(mail)[: MOST_TRIES - paper.tries]:
                tried += 1
                if opened := self.reader.unlock(content, (password,)):
                    told = Act(SYSTEM, Event.PAPER_OPENED, CAME)
                    self._keep_opened(paper, opened, tried, told)
                    return True
            paper = self._count(paper, tried, _tried(mail, paper), SYSTEM)
        return False

    def _untried(self, paper: Paper) -> Iterator[ReceivedMail]:
        """Go through the mails whose passwords the ledger does not tell of for this paper."""
        with self.open_register() as register:
            mails = [one for one in register.mails_of(paper.reference) if _brings_password(one)]
            told = {entry.why for entry in register.ledger(str(paper.reference))} if mails else ()
        yield from (mail for mail in mails if _tried(mail, paper) not in told)

    def _passwords(self, mail: ReceivedMail) -> tuple[str, ...]:
        parsed = self.mail.parse(self.vault.open(mail.raw))
        return candidates(f"{parsed.subject}\n{parsed.own_text or parsed.text}")

    def _count(self, paper: Paper, tries: int, told: str, by: str) -> Paper:
        with self.open_register() as register:
            now = register.paper(paper.number)
            spent = now.tries + tries >= MOST_TRIES
            warnings = dict.fromkeys((*now.warnings, SPENT) if spent else now.warnings)
            counted_up = replace(now, tries=now.tries + tries, warnings=tuple(warnings))
            return register.save_paper(counted_up, Act(by, Event.PASSWORD_TRIED, told))

    def _keep_opened(self, paper: Paper, opened: bytes, tries: int, told: Act) -> Paper:
        """Put the opened copy in the locked one's place, with the facts of its cover."""
        found = self.scanner.scan(opened) if self.scanner else ""
        sha256 = self.vault.keep(opened)
        read = self._read_opened(opened, paper.name, sha256, found)
        if read.status is ReadingStatus.LOCKED:
            raise Refused("it has another lock inside: ask for a copy without a password")
        with self.open_register() as register:
            now = register.paper(paper.number)
            if not _is_locked(now):
                raise StaleVersion(f"Paper {paper.number}")
            aside = replace(now, set_aside=True, tries=now.tries + tries, due=Due.NOTHING)
            register.save_paper(aside, told)
            if there := _in_use(register, now.reference, sha256):
                return there
            added = register.add_paper(_copy(now, read, len(opened)), told)
            self.fill(register, added, read.facts)
            return added

    def _read_opened(self, opened: bytes, name: str, sha256: str, found: str) -> ReadPaper:
        """Read the front pages of an opened copy, unless the virus scanner found something."""
        if found:
            why = f"the virus scanner found {found}: it was not opened"
            quarantined = ReadingStatus.QUARANTINED
            return ReadPaper(quarantined, PaperKind.OTHER, 0, Facts(), (why,), sha256)
        return self.reader.read(opened, name, whole=False)


def _copy(locked: Paper, read: ReadPaper, size: int) -> Paper:
    readable = read.status in (ReadingStatus.TEXT, ReadingStatus.NO_TEXT)
    known = locked.kind != PaperKind.OTHER
    return replace(
        locked,
        number=0,
        sha256=read.sha256,
        unlocked=locked.sha256,
        kind=locked.kind if known else read.kind.value,
        reading=read.status.value,
        pages=read.pages or None,
        size=size,
        warnings=read.warnings,
        found=read.found,
        flags=read.flags,
        front=read.front,
        due=Due.READING if readable else Due.NOTHING,
        tries=0,
    )


def _in_use(register: Register, reference: Reference, sha256: str) -> Paper | None:
    papers = (paper for paper in register.papers(reference) if not paper.set_aside)
    return next((paper for paper in papers if paper.sha256 == sha256), None)


def _is_locked(paper: Paper) -> bool:
    return paper.reading == ReadingStatus.LOCKED and not paper.set_aside


def _brings_password(mail: ReceivedMail) -> bool:
    return mail.secret and not mail.purged


def _tried(mail: ReceivedMail, paper: Paper) -> str:
    """Return the ledger's sentence, by which a mail is not tried again on the same paper."""
    return f"the passwords of mail {mail.number} were tried on paper {paper.number}"
