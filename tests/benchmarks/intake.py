"""Intake of mails, each with a report of 40 pages, against parsing and the same reading, bare."""

from __future__ import annotations

import email
import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email import policy
from email.message import EmailMessage
from itertools import count, islice
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from secretariat.adapters.register import migrate
from secretariat.domain.flags import Flag
from secretariat.domain.papers import (
    Facts,
    Member,
    NotesLine,
    PaperKind,
    ReadingStatus,
    ReadPaper,
    Recognised,
)
from secretariat.domain.post_in import MailState
from secretariat.office.office import Office
from secretariat.stages.intake import Intake
from tests.benchmarks.measuring import Figure, seconds
from tests.benchmarks.offices import an_office
from tests.builders import NOW

AIM = 2.0
PAGES, LINES, BATCH = 40, 44, 25
SENTENCE = (
    "The agencies met on the day after and agreed that the plan for safety would be reviewed. "
)
NUMBER = "DHR00000"
DELIVERED = count(1)


@dataclass(frozen=True, slots=True)
class Report:
    """One PDF of a partnership, in which the local reference can be changed."""

    partnership: str
    council: str
    pdf: bytes

    def mail(self, place: int) -> bytes:
        """Return a submission of this report under a local reference of its own."""
        number = f"DHR{place:05}"
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"] = f"Jo Bloggs <jo.bloggs.{place}@{self.council}.example>"
        mail["To"] = "dhr-enquiries@homeoffice.example"
        mail["Subject"] = f"{self.partnership} {number}: overview report for quality assurance"
        mail["Message-ID"] = f"<{number}@{self.council}.example>"
        mail["Date"] = NOW
        mail.set_content(
            f"Please find attached our domestic homicide review {number} for the Panel.\n"
        )
        pdf = self.pdf.replace(NUMBER.encode(), number.encode())
        mail.add_attachment(
            pdf, maintype="application", subtype="pdf", filename=f"Overview report {number}.pdf"
        )
        return mail.as_bytes()


def figures(*, quick: bool) -> list[Figure]:
    """Return the intake of 500 mails (quick: 50), in batches with the bare reading in between."""
    mails = 50 if quick else 500
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = f"sqlite:///{home / 'register.sqlite'}"
        migrate(url)
        office = an_office(home, url)
        reports = _reports(office)
        waiting = (reports[place % len(reports)].mail(place) for place in range(mails + 1))
        first = next(waiting)
        _read_bare(office, [first])
        _take_in(office, [first])
        pairs = tuple(_batches(office, office.intake, waiting))
        note = f"{_rate(pairs)}; {_note(office, mails)}"
        unread = replace(office.intake, reader=Unread())
        more = (reports[place % len(reports)].mail(place) for place in range(mails, 2 * mails))
        bare = tuple(_batches(office, unread, more))
        office.close()
    told = f"email.message_from_bytes and the same isolated reading, in batches of {BATCH}"
    return [
        Figure(f"intake of {mails} mails", told, pairs, AIM, note),
        Figure("  with reading and scanning off", told, bare, note=_rate(bare)),
    ]


class Unread:
    """A reader that opens nothing, so that all else can be timed."""

    recognises = False

    def read(self, content: bytes, name: str, /, *, whole: bool = True) -> ReadPaper:
        return ReadPaper(ReadingStatus.UNSUPPORTED, PaperKind.OTHER, 0, Facts(), (), "")

    def look(self, content: bytes, name: str, /, *, names: Sequence[str] = ()) -> tuple[Flag, ...]:
        return ()

    def recognise(self, content: bytes, /, *, first: int, last: int) -> Recognised:
        return Recognised(())

    def picture(self, content: bytes, page: int, /) -> bytes:
        return b""

    def unlock(self, content: bytes, passwords: Sequence[str], /) -> bytes | None:
        return None

    def unpack(self, content: bytes, name: str = "", /) -> tuple[Member, ...]:
        return ()

    def text_of_html(self, html: str, /) -> str:
        return ""

    def notes_text(self, content: bytes, name: str, /) -> tuple[NotesLine, ...]:
        return ()

    def close(self) -> None:
        pass


def _rate(pairs: Sequence[tuple[float, float]]) -> str:
    return f"{BATCH * len(pairs) / sum(ours for ours, _ in pairs):.0f} mails a second"


def _batches(
    office: Office, intake: Intake, waiting: Iterator[bytes]
) -> Iterator[tuple[float, float]]:
    while batch := list(islice(waiting, BATCH)):
        floor = seconds(lambda batch=batch: _read_bare(office, batch))  # type: ignore[misc]
        _deliver(office, batch)
        yield seconds(lambda batch=batch: _work(intake, batch)), floor  # type: ignore[misc]


def _read_bare(office: Office, batch: list[bytes]) -> None:
    for raw in batch:
        for part in email.message_from_bytes(raw).walk():
            if name := part.get_filename():
                body = part.get_payload(decode=True)
                assert isinstance(body, bytes)
                assert office.reader.read(body, name).pages == PAGES


def _take_in(office: Office, batch: list[bytes]) -> None:
    _deliver(office, batch)
    _work(office.intake, batch)


def _deliver(office: Office, batch: list[bytes]) -> None:
    new = office.settings.mailbox.in_folder / "new"
    for raw in batch:
        name = f"{int(NOW.timestamp())}.M{next(DELIVERED)}.anytown"
        (new / name).write_bytes(raw)


def _work(intake: Intake, batch: list[bytes]) -> None:
    told = intake.work()
    assert told.done == len(batch), told


def _note(office: Office, mails: int) -> str:
    with office.open_reading() as register:
        registered = len(register.mails(MailState.REGISTERED, limit=10_000)) - 1
    assert registered == mails
    kept = sum(1 for _ in office.vault.names())
    return f"{registered} registered, {kept} files kept"


def _reports(office: Office) -> list[Report]:
    """Return a report of each of many partnerships of the directory, all else invented."""
    names = [csp.name for csp in office.directory.csps.values()][::6]
    sure = [name for name in names if len(office.matcher.match(name).csp_ids) == 1]
    return [Report(name, f"council-{place}", _pdf(name)) for place, name in enumerate(sure[:40])]


def _pdf(partnership: str) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1, pageCompression=0)
    cover = (
        f"{partnership} Community Safety Partnership",
        "Domestic Homicide Review",
        "Overview Report",
        f"Reference: {NUMBER}",
        "Report into the death of 'Maria'",
        "in April 2023",
        "Independent Chair: C. Chair",
        "Report author: A. Writer",
        "November 2025",
    )
    canvas.setFont("Helvetica-Bold", 18)
    for place, row in enumerate(cover):
        canvas.drawString(72, 700 - 40 * place, row)
    canvas.showPage()
    for page in range(2, PAGES + 1):
        canvas.setFont("Helvetica", 11)
        for line in range(LINES):
            canvas.drawString(72, 780 - 16 * line, f"{page}.{line} {NUMBER} {SENTENCE}"[:90])
        canvas.showPage()
    canvas.save()
    return made.getvalue()
