"""An intake of real parts: SQLite, Maildir, vault, isolated reader; a small directory."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.mail.maildir import Maildir
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.config import defaults
from secretariat.domain.council import (
    BodyType,
    Council,
    Csp,
    CspKind,
    Directory,
    PoliceArea,
    directory_of,
)
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.mail import Mail
from secretariat.domain.matching import Matcher
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.post_in import MailKind, MailState, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review
from secretariat.domain.triage_senders import Trust
from secretariat.ports.register import Register
from secretariat.stages.intake import Answer, Composing, Intake, IntakePolicy
from secretariat.stages.reading import ReadingRoom
from tests.builders import CASEWORKER, a_posting
from tests.mail_builders import OURS, PASSED, TRUST, WORDS, a_raw
from tests.papers_builders import a_pdf

ANYTOWN: Final = "Anytown Community Safety Partnership"
OTHERTON: Final = "Otherton Community Safety Partnership"
PROVED: Final = (("Authentication-Results", PASSED),)


def a_directory() -> Directory:
    """Return two invented partnerships of two invented councils."""
    rows = (
        ("anytown", ANYTOWN, "anyshire", "Anyshire County Council", "anyshire.gov.uk"),
        ("otherton", OTHERTON, "othershire", "Othershire County Council", "othershire.gov.uk"),
    )
    return directory_of(
        [Csp(i, name, CspKind.ONS, (c,), f"E-{c}", i) for i, name, c, _, _ in rows],
        [Council(c, name, "unitary", f"E-{c}", domains=(at,)) for _, _, c, name, at in rows],
        [
            PoliceArea(f"E-{c}", f"{c.title()} police area", BodyType.PCC, f"PCC for {c.title()}")
            for _, _, c, _, _ in rows
        ],
    )


@cache
def a_report(name: str = "Maria", *, csp: str = ANYTOWN, local: str = "DHR15") -> bytes:
    """Return the PDF of an overview report."""
    front = (csp, "Domestic Homicide Review", "Overview Report", f"into the death of {name}")
    return a_pdf((*front, "April 2023", f"Reference: {local}", "Author: A. Writer"), ("Text.",) * 9)


@cache
def a_plan(name: str = "Maria", *, csp: str = ANYTOWN, local: str = "DHR15") -> bytes:
    """Return the PDF of an action plan."""
    front = (csp, "Domestic Homicide Review", "Action Plan", f"into the death of {name}")
    return a_pdf((*front, f"Reference: {local}"), ("Recommendation and action.",) * 9)


@dataclass
class Desk:
    """An intake and everything around it, for one test."""

    register: Database
    clock: StoppedClock
    vault: Vault
    reader: Reader
    folder: Path
    policy: IntakePolicy = field(
        default_factory=lambda: IntakePolicy(
            replace(TRUST, council_domains=frozenset({"anyshire.gov.uk", "othershire.gov.uk"})),
            WORDS,
        )
    )
    _count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def mailbox(self) -> Maildir:
        return Maildir(self.folder / "in", self.folder / "drop", self.folder / "failed")

    @property
    def trust(self) -> Trust:
        return self.policy.trust

    def intake(self, **doors: Any) -> Intake:
        """Return the stage at its doors."""
        plain: dict[str, Any] = {
            "open_register": self.register.register,
            "mailbox": self.mailbox,
            "mail": MimeReading(self.reader.text_of_html),
            "reader": self.reader,
            "vault": self.vault,
            "matcher": Matcher(a_directory()),
            "clock": self.clock,
            "policy": self.policy,
            "composing": Composing(
                Press(defaults() / "templates", soffice=""), f"DHR Enquiries <{OURS}>"
            ),
        }
        return Intake(**{**plain, **doors})

    def deliver(self, raw: bytes) -> str:
        """Put a mail into the mailbox; return its place."""
        place = f"{int(self.clock.moment.timestamp())}.{next(self._count):04}.host"
        _ = self.mailbox
        (self.folder / "in" / "new" / place).write_bytes(raw)
        return place

    def take(self, files: Mapping[str, bytes] | None = None, **said: Any) -> ReceivedMail:
        """Deliver one mail, let the intake work, return the mail as the register holds it."""
        said.setdefault("message_id", f"<{next(self._count)}@anyshire.gov.uk>")
        place = self.deliver(a_raw(files, **said))
        self.intake().work()
        with self.register.reading() as reading:
            mail = reading.mail_at(place)
        assert mail is not None
        return mail

    def read(self) -> None:
        """Let the stage behind intake read every paper to its end."""
        mail = MimeReading(self.reader.text_of_html)
        doors = (self.register.register, self.reader, self.vault, self.clock)
        ReadingRoom(*doors, Matcher(a_directory()), mail=mail).work()

    def submit(self, name: str = "Maria", **said: Any) -> Reference:
        """Have a submission registered; return its reference."""
        local = said.pop("local", "DHR15")
        mail = self.take({"Overview.pdf": a_report(name, local=local)}, headers=PROVED, **said)
        assert mail.state is MailState.REGISTERED, mail.why
        return mail.references[0]

    def answer(
        self, mail: ReceivedMail, kind: MailKind, reference: Reference | None = None
    ) -> None:
        """Have a caseworker say what a held mail is."""
        said = Answer(kind, reference, "I rang them", mail.version)
        self.intake().answer(mail.number, said, by=CASEWORKER)

    def review(self, reference: Reference) -> Review:
        with self.register.reading() as reading:
            return reading.review(reference)

    def acknowledgements(self, reference: Reference) -> list[Posting]:
        with self.register.reading() as reading:
            posted = reading.postings_of(reference)
        return [each for each in posted if each.kind is PostingKind.ACKNOWLEDGEMENT]

    def parsed(self, posting: Posting) -> Mail:
        """Return a mail of ours as its receiver sees it."""
        return MimeReading(str).parse(self.vault.open(posting.raw))

    def posted(self, reference: Reference, **said: Any) -> Posting:
        """Put a mail of ours that has left into the register."""
        said.setdefault("status", PostingStatus.SENT)
        said.setdefault(
            "message_id", f"<{reference}.chaser.{next(self._count)}@homeoffice.example>"
        )
        said.setdefault("kind", PostingKind.CHASER)
        said.setdefault("letter", None)
        with self.pen() as register:
            added = register.add_posting(
                a_posting(references=(reference,), **said), Act(SYSTEM, Event.SENT, "sent")
            )
        assert added is not None
        return added

    @contextmanager
    def pen(self) -> Iterator[Register]:
        with self.register.register() as register:
            yield register

    def days_pass(self, days: int = 1) -> None:
        self.clock.moment += timedelta(days=days)

    def filed(self, folder: str) -> list[str]:
        """Return the places filed in a folder once the next round has filed what is owed."""
        self.intake().work()
        cur = self.folder / "in" / f".{folder}" / "cur"
        return sorted(each.name.partition(":")[0] for each in cur.iterdir())
