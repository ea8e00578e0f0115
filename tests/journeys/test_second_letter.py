"""A whole office, from a report to its second letter; and one that opens on years of old mail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.folders import fresh_name
from secretariat.config.settings import load
from secretariat.domain.chase import ChaseState
from secretariat.domain.letter import Fact, LetterStatus
from secretariat.domain.letter_content import Addressee
from secretariat.domain.mail import Mail
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import Review, Status
from secretariat.office.office import Office
from secretariat.office.opening import open_office
from tests.builders import APPROVER, CASEWORKER, NOTE_TAKER
from tests.mail_builders import BORDER, a_raw
from tests.office_builders import CONFIG
from tests.papers_builders import a_pdf

COUNCIL = "jo.bloggs@kent.gov.uk"
REFERENCE = Reference(2026, 1)
PROVED = (("Authentication-Results", f"{BORDER}; dmarc=pass header.from=kent.gov.uk"),)
MARCH = datetime(2026, 3, 10, 10, tzinfo=UTC)


def a_report(local: str, said: str) -> bytes:
    title = ["Domestic Homicide Review", "Kent Community Safety Partnership", "Overview report"]
    return a_pdf([*title, local, "Author: A. Writer"], [said] * 3)


@dataclass
class World:
    """An office on one machine, its mailbox, its clock."""

    folder: Path
    clock: StoppedClock
    office: Office

    def mail(self, local: str, said: str, **more: object) -> None:
        plain = {
            "sender": f"Jo Bloggs <{COUNCIL}>",
            "subject": f"{local} for quality assurance",
            "body": "Please find our overview report attached for quality assurance.",
            "message_id": f"<{local}.{said.replace(' ', '-')}@kent.gov.uk>",
            "date": self.clock.moment,
            "headers": PROVED,
        }
        raw = a_raw({"Overview report.pdf": a_report(local, said)}, **{**plain, **more})
        new = self.folder / "data" / "mail" / "in" / "new"
        (new / fresh_name(self.clock.moment.timestamp(), "0" * 8 + local)).write_bytes(raw)

    def round(self) -> None:
        for work in self.office.round().values():
            work()

    def days(self, count: int) -> None:
        """Let days pass, with a round on each."""
        for _ in range(count):
            self.clock.moment += timedelta(days=1)
            self.round()

    def consider(self, outcome: str) -> None:
        """Have the Panel meet today and note this outcome."""
        meeting = self.office.panel.add_meeting(self.clock.today(), "C. Chair", by=CASEWORKER)
        self.office.panel.list_review(meeting.number, REFERENCE, by=CASEWORKER)
        notes = f"## {REFERENCE}\nConclusion: A careful report.\nOutcome: {outcome}\n".encode()
        number = meeting.number
        taken = self.office.panel.take_notes(notes, "notes.md", meeting=number, by=NOTE_TAKER)
        assert taken.faults == ()
        self.round()

    def approve(self, number: int) -> None:
        approval = self.office.approval
        with self.office.open_reading() as reading:
            letter = reading.letter(REFERENCE, number)
        letter = approval.set_recipients(
            REFERENCE, number, letter.to, (), version=letter.version, by=CASEWORKER
        )
        letter = approval.confirm(
            REFERENCE, number, tuple(Fact), version=letter.version, by=CASEWORKER
        )
        approval.approve(REFERENCE, number, version=letter.version, by=APPROVER)

    def review(self, reference: Reference = REFERENCE) -> Review:
        with self.office.open_reading() as reading:
            return reading.review(reference)

    def posted(self, kind: PostingKind, reference: Reference = REFERENCE) -> list[Posting]:
        with self.office.open_reading() as reading:
            return [each for each in reading.postings_of(reference) if each.kind is kind]

    def parsed(self, posting: Posting) -> Mail:
        return self.office.mail.parse(self.office.vault.open(posting.raw))

    def left(self) -> int:
        outbox = self.folder / "data" / "mail" / "outbox"
        return sum(1 for part in ("new", "cur") for _ in (outbox / part).iterdir())


@contextmanager
def a_world(empty_register: Path, tmp_path: Path) -> Iterator[World]:
    """Open an office in an empty folder, and close it."""
    config = tmp_path / "secretariat.toml"
    config.write_text(CONFIG.replace("[letter]", "go_live = 2026-01-01\n[letter]"))
    register = tmp_path / "register.db"
    register.write_bytes(empty_register.read_bytes())
    settings = load(config, {"SECRETARIAT_DATABASE_URL": f"sqlite:///{register}"})
    clock = StoppedClock(MARCH)
    office = open_office(settings, clock=clock)
    try:
        yield World(tmp_path, clock, office)
    finally:
        office.close()


@pytest.fixture
def world(empty_register: Path, tmp_path: Path) -> Iterator[World]:
    with a_world(empty_register, tmp_path) as opened:
        yield opened


def test_a_report_that_came_again_earns_a_second_letter_on_its_own_meeting(world: World) -> None:
    office = world.office
    office.dispatch.switch(True, by=APPROVER, why="we are ready")
    for mark in office.wording.open_marks():
        office.wording.confirm(mark.generation, mark.name, mark.text_hash, by=APPROVER)
    world.mail("DHR15", "the first version")
    world.round()
    contact = Addressee("Cllr", "Jo", "Bloggs")
    office.casework.confirm_contact(str(REFERENCE), COUNCIL, contact, by=CASEWORKER)
    world.consider("resubmit")
    world.approve(1)
    world.round()
    assert world.review().status is Status.RESUBMISSION_AWAITED
    (first,) = world.posted(PostingKind.LETTER)

    world.days(130)
    assert world.posted(PostingKind.CHASER) == []

    world.mail("DHR15", "the second version", answers=first.message_id)
    world.round()
    assert world.review().status is Status.RECEIVED
    with office.open_reading() as reading:
        assert [each.submission for each in reading.papers(REFERENCE)] == [1, 2]
    assert len(world.posted(PostingKind.ACKNOWLEDGEMENT)) == 2

    world.days(10)
    world.consider("publish")
    world.approve(2)
    world.round()
    with office.open_reading() as reading:
        one, two = reading.letters_of(REFERENCE)
    assert (one.status, two.status) == (LetterStatus.SENT, LetterStatus.SENT)
    assert one.content.meeting_date == MARCH.date()
    assert two.content.meeting_date == two.leaves_on == date(2026, 7, 28)
    assert world.review().status is Status.PUBLICATION_AWAITED

    world.days(95)
    _, second = world.posted(PostingKind.LETTER)
    chasers = world.posted(PostingKind.CHASER)
    due = [date(2026, 8, 25), date(2026, 9, 23), date(2026, 10, 21)]
    assert [each.due_on for each in chasers] == due
    assert [each.leave_on for each in chasers] == [day + timedelta(days=1) for day in due]
    assert {each.status for each in chasers} == {PostingStatus.SENT}
    for chaser in map(world.parsed, chasers):
        assert (chaser.recipients, chaser.in_reply_to) == ((COUNCIL,), (second.message_id,))
        assert chaser.subject == f"Re: {second.subject}"
    assert office.chase.standing(REFERENCE).state is ChaseState.SPENT


def test_years_of_old_mail_wake_nothing_and_new_mail_waits_for_the_switch(world: World) -> None:
    for year in range(2016, 2026):
        sent = datetime(year, 5, 4, tzinfo=UTC)
        world.mail(f"DHR{year}", f"of {year}", date=sent)
    world.clock.moment += timedelta(minutes=1)
    world.mail("DHR3000", "of this year")
    world.days(2)
    with world.office.open_reading() as reading:
        reviews = reading.reviews(Status.RECEIVED)
    assert (len(reviews), sum(each.quiet for each in reviews)) == (11, 10)
    (shown,) = world.office.dispatch.would_leave()
    assert (shown.kind, shown.to) == (PostingKind.ACKNOWLEDGEMENT, COUNCIL)
    assert world.left() == 0
    world.office.dispatch.switch(True, by=APPROVER, why="we are ready")
    world.days(1)
    assert world.left() == 1
