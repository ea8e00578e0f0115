"""Whole offices over one register and one Maildir, with work waiting in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Final

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.folders import fresh_name
from secretariat.config.settings import load
from secretariat.domain.letter import approve
from secretariat.domain.post import PostingStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Status
from secretariat.office.office import Office
from secretariat.office.opening import open_office
from tests.builders import (
    APPROVER,
    NOW,
    a_contact,
    a_letter_to_approve,
    a_meeting,
    a_posting,
    a_review,
    an_act,
)
from tests.mail_builders import BORDER, a_raw
from tests.papers_builders import a_pdf

CONFIG: Final = f"""
[office]
mailbox_address = "dhr@homeoffice.example"
authserv_ids = ["{BORDER}"]
[letter]
generation = "2017"
signatory = "Pat Example"
undo_minutes = 0
signatory_agrees = false
"""
LETTER_SENT: Final = datetime(2026, 2, 10, 10, 0, tzinfo=UTC)
COUNCILS: Final = ("kent", "medway", "essex", "leeds", "bradford")


def an_office_at(folder: Path, url: str, moment: datetime = NOW) -> Office:
    """Open an office in `folder` over the register at `url`, at a moment that stands."""
    config = folder / "secretariat.toml"
    if not config.exists():
        config.write_text(CONFIG)
    settings = load(config, {"SECRETARIAT_DATABASE_URL": url})
    return open_office(settings, clock=StoppedClock(moment))


def deliver(folder: Path, count: int) -> None:
    """Put `count` submissions of different councils and people into the mailbox."""
    new = folder / "data" / "mail" / "in" / "new"
    new.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (new / fresh_name(NOW.timestamp() - 3600 + number)).write_bytes(a_submission(number))


def a_submission(number: int) -> bytes:
    """Return one council's submission, like no other: sender, subject, report."""
    council = COUNCILS[number % len(COUNCILS)]
    title = ["Domestic Homicide Review", f"{council.title()} Community Safety Partnership"]
    report = a_pdf([*title, "Overview report", f"DHR{number + 100}", "Author: A. Writer"])
    domain = f"{council}.gov.uk"
    passed = f"{BORDER}; spf=pass; dkim=pass; dmarc=pass header.from={domain}"
    return a_raw(
        {f"Overview report {number}.pdf": report},
        sender=f"Jo Bloggs <jo{number}@{domain}>",
        subject=f"DHR{number + 100} for quality assurance",
        body="Please find our overview report attached for quality assurance.",
        message_id=f"<submission-{number}@{domain}>",
        date=NOW,
        headers=(("Authentication-Results", passed),),
    )


def put_work_in(office: Office, *, letters: int, chasers: int) -> None:
    """Release sending; leave approved letters of today, and reviews whose chaser is due today."""
    docx, pdf = office.vault.keep(b"PK a letter"), office.vault.keep(b"%PDF a letter")
    with office.database.register() as pen:
        pen.save_switch(replace(pen.switch(), released=True, by=APPROVER, at=NOW), an_act())
        meeting = pen.add_meeting(a_meeting(), an_act())
        for number in range(letters):
            reference = Reference(2025, number + 1)
            considered = {"status": Status.CONSIDERED, "outcome": Outcome.PUBLISH}
            pen.add_review(a_review(reference=reference, **considered), an_act())
            draft = a_letter_to_approve(
                reference=reference,
                meeting=meeting.number,
                to=f"letters{number}@anyshire.example",
                docx=docx,
                pdf=pdf,
            )
            added = pen.add_letter(replace(draft, leaves_on=None, docx="", pdf=""), an_act())
            made = replace(draft, version=added.version)
            approved = approve(pen.save_letter(made, an_act()), by=APPROVER, at=NOW)
            pen.save_letter(approved, an_act())
        for number in range(chasers):
            reference = Reference(2024, number + 1)
            awaited = {"status": Status.PUBLICATION_AWAITED, "outcome": Outcome.PUBLISH}
            review = a_review(reference=reference, since=LETTER_SENT.date(), **awaited)
            pen.add_review(review, an_act())
            left = a_posting(
                references=(reference,),
                message_id=f"<letter.{reference}@homeoffice.example>",
                status=PostingStatus.SENT,
                leave_on=LETTER_SENT.date(),
                sent_at=LETTER_SENT,
            )
            pen.add_posting(left, an_act())
            address = f"chasers{number}@anyshire.example"
            pen.save_contact(a_contact(reference=str(reference), email=address), an_act())


def left_in(folder: Path) -> Counter[tuple[str, str]]:
    """Return how often each (addressee, what its subject says) stands in the outbox."""
    return Counter(_of(folder / "data" / "mail" / "outbox"))


def _of(maildir: Path) -> Iterator[tuple[str, str]]:
    for part in ("new", "cur"):
        for path in (maildir / part).iterdir():
            mail = message_from_bytes(path.read_bytes(), policy=default)
            yield str(mail["To"]), str(mail["Subject"])


def waiting_in(folder: Path) -> int:
    """Return how many mails have not been filed."""
    box = folder / "data" / "mail" / "in"
    return sum(1 for part in ("new", "cur") for _ in (box / part).iterdir())
