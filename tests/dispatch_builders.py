"""An office about to send one approved letter with a copy, and doors that a process dies at."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.contacts import Switch
from secretariat.domain.letter import Letter, LetterStatus, seal_of
from secretariat.domain.review import Outcome, Status
from secretariat.ports.clock import Clock
from secretariat.ports.mail import Outbox
from secretariat.ports.register import Register
from secretariat.stages.dispatch import Dispatch
from tests.builders import (
    APPROVER,
    NOW,
    TODAY,
    a_letter_to_approve,
    a_meeting,
    a_review,
    an_act,
    some_content,
)
from tests.letter_builders import a_press

SENDER = "reviews@secretariat.example"
DOMAIN = "secretariat.example"


def seat(register: Any, vault: Any, outbox: Outbox, clock: Clock) -> Dispatch:
    """Return the stage at these doors."""
    mail = MimeReading(lambda html: html)
    return Dispatch(register, outbox, mail, a_press(), vault, clock, SENDER, DOMAIN, me="test")


def an_approved_letter(vault: Vault, **said: Any) -> Letter:
    """Return a letter that leaves today, its paper in the vault."""
    plain: dict[str, Any] = {
        "status": LetterStatus.APPROVED,
        "approved_by": APPROVER,
        "approved_at": NOW,
        "leaves_on": TODAY,
        "content": some_content(letter_date=TODAY),
        "docx": vault.keep(b"the Word file"),
        "pdf": vault.keep(b"%PDF the letter"),
    }
    letter = a_letter_to_approve(**{**plain, **said})
    return replace(letter, sealed=seal_of(letter))


def fill_register(register: Database, letter: Letter, *, released: bool = True) -> None:
    """Put a considered review and its letter into an empty register."""
    outcome = letter.content.outcome or Outcome.PUBLISH
    with register.register() as pen:
        pen.add_review(a_review(status=Status.CONSIDERED, outcome=outcome), an_act())
        pen.add_meeting(a_meeting(), an_act())
        pen.add_letter(letter, an_act())
        pen.save_switch(Switch(released=released, version=pen.switch().version), an_act())


@dataclass
class Death:
    """Counts the moments at which a process may die, and dies at the one it is told."""

    at: int
    moments: int = 0

    def may_come(self) -> None:
        """Die here, as if the power failed, if this is the moment."""
        self.moments += 1
        if self.moments == self.at:
            os._exit(9)


@dataclass
class PaperTray:
    """An outbox that adds each Message-ID to a file, which outlives the process, and never asks."""

    path: Path
    death: Death

    def send(self, raw: bytes, message_id: str) -> None:
        self.death.may_come()
        with self.path.open("a") as tray:
            tray.write(f"{message_id}\n")
            tray.flush()
            os.fsync(tray.fileno())
        self.death.may_come()

    def sent(self, message_id: str) -> bool:
        return message_id in self.left()

    def left(self) -> list[str]:
        return self.path.read_text().splitlines() if self.path.exists() else []


@dataclass
class MortalVault:
    """A vault whose process may die before and after it keeps a file."""

    vault: Vault
    death: Death

    def keep(self, content: bytes) -> str:
        self.death.may_come()
        sha256 = self.vault.keep(content)
        self.death.may_come()
        return sha256

    def open(self, sha256: str) -> bytes:
        return self.vault.open(sha256)


@dataclass
class MortalRegister:
    """A register whose process may die at the start, before and after each commit."""

    register: Database
    death: Death

    @contextmanager
    def __call__(self) -> Iterator[Register]:
        self.death.may_come()
        with self.register.register() as pen:
            yield pen
            self.death.may_come()
        self.death.may_come()
