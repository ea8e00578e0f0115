"""A register with one review at each desk, for the tests of the pages."""

from __future__ import annotations

import io
from dataclasses import replace
from email.message import EmailMessage

from docx import Document

from secretariat.domain.letter import Fact, Letter
from secretariat.domain.post import PostingStatus
from secretariat.domain.post_in import MailKind, MailState
from secretariat.domain.publication import LinkStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome, Status
from tests.builders import (
    COUNCIL_ADDRESS,
    NOTE_TAKER,
    TODAY,
    a_chaser,
    a_check,
    a_letter,
    a_link,
    a_mail,
    a_matter,
    a_meeting,
    a_paper,
    a_posting,
    a_review,
    some_facts,
    some_notes,
)
from tests.web.desk import Desk

RECEIVED = Reference(2026, 1)
LISTED = Reference(2026, 2)
DRAFTED = Reference(2026, 3)
AWAITED = Reference(2026, 4)
LETTER = f"/register/{DRAFTED}/letters/1"
REPORT = b"%PDF-1.7 an invented report"


def fill(desk: Desk) -> None:
    """Add four reviews, a meeting, a draft, links, held mail and mail that waits."""
    sha = desk.vault.keep(REPORT)
    desk.add("review", a_review(facts=some_facts(author=None)))
    desk.add("paper", a_paper(sha256=sha, name="Overview: report.pdf"))
    desk.add("paper", a_paper(sha256=desk.vault.keep(b"summary"), name="summary.docx"))
    desk.add("meeting", a_meeting(agenda=(LISTED,)))
    desk.add("review", a_review(reference=LISTED, status=Status.WITH_PANEL, meeting=1))
    add_draft(desk)
    add_awaited(desk)
    add_mail(desk)


def add_draft(desk: Desk) -> Letter:
    """Add a review that the Panel considered, with the draft of its letter."""
    considered = {"status": Status.CONSIDERED, "meeting": 1, "outcome": Outcome.PUBLISH}
    desk.add("review", a_review(reference=DRAFTED, **considered))
    desk.add("notes", some_notes(reference=DRAFTED))
    letter: Letter = desk.add("letter", a_letter(reference=DRAFTED, note_authors=(NOTE_TAKER,)))
    return letter


def add_awaited(desk: Desk) -> None:
    """Add a review whose publication is awaited, with a link and a check of it."""
    outcome = Outcome.PUBLISH_AFTER_CHANGES
    desk.add(
        "review",
        a_review(reference=AWAITED, status=Status.PUBLICATION_AWAITED, outcome=outcome),
    )
    link = desk.add("link", a_link(reference=AWAITED, status=LinkStatus.CHECKED))
    desk.add("check", a_check(reference=AWAITED, link=link.number))


def an_eml() -> bytes:
    """Return a mail with a link in its words and a Word file beside them."""
    mail = EmailMessage()
    mail["From"], mail["To"] = COUNCIL_ADDRESS, "reviews@secretariat.example"
    mail["Subject"], mail["Message-ID"] = "Our report", "<one@anyshire.example>"
    mail["Date"] = "Mon, 02 Mar 2026 09:28:00 +0000"
    mail.set_content("It is published at https://www.anyshire.example/our-report .\n")
    paper = io.BytesIO()
    document = Document()
    document.add_heading("Domestic Homicide Review: Overview Report", 0)
    document.save(paper)
    mail.add_attachment(
        paper.getvalue(), maintype="application", subtype="octet-stream", filename="report.docx"
    )
    return bytes(mail)


def add_mail(desk: Desk) -> None:
    """Add a held mail (1), an unread answer (2), a matter (1) and three mails of ours."""
    raw = desk.vault.keep(an_eml())
    attached = tuple(replace(one, sha256=desk.vault.keep(REPORT)) for one in a_mail().attachments)
    held = {"state": MailState.HELD, "kind": MailKind.UNKNOWN, "references": ()}
    desk.add("mail", a_mail(raw=raw, why="two reviews fit", attachments=attached, **held))
    answer = {"message_id": "<two@anyshire.example>", "place": "two", "references": (AWAITED,)}
    desk.add("mail", a_mail(raw=raw, state=MailState.JOINED, unread_answer=True, **answer))
    desk.add("matter", a_matter(mail=1))
    waiting = a_chaser(references=(AWAITED,), raw=raw, status=PostingStatus.FOR_RELEASE)
    desk.add("posting", waiting)
    stuck = a_posting(raw=raw, references=(DRAFTED,), status=PostingStatus.SENDING)
    desk.add("posting", stuck)
    ready = a_posting(raw=raw, message_id="<3@secretariat.example>", leave_on=TODAY)
    desk.add("posting", ready)


def confirm_everything(desk: Desk, by: str) -> None:
    """Let a person confirm every fact of the draft, and its copy's address."""
    letter = the_letter(desk)
    desk.approval.confirm(DRAFTED, 1, tuple(Fact), version=letter.version, by=by)


def the_letter(desk: Desk) -> Letter:
    """Return the draft as it stands now."""
    with desk.database.reading() as register:
        return register.letter(DRAFTED, 1)


def told(desk: Desk, stream: object) -> list[str]:
    """Return who did what in a stream of the ledger, the oldest first."""
    with desk.database.reading() as register:
        return [f"{entry.who}: {entry.what}" for entry in register.ledger(str(stream))]
