"""Locked papers: opened in the reader alone, the password never kept, its mail purged in time."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import Refused
from secretariat.domain.ledger import OFFICE, SYSTEM, Event, Tally
from secretariat.domain.papers import PaperKind, ReadingStatus, ScannerAway
from secretariat.domain.post_in import (
    Attachment,
    Due,
    MailKind,
    MailState,
    Paper,
    ReceivedMail,
    waits_for_password,
)
from secretariat.domain.reference import Reference
from secretariat.stages.upkeep import Upkeep
from tests.builders import CASEWORKER, NOW, REFERENCE, a_mail, a_paper, an_act
from tests.mail_builders import a_raw
from tests.papers_builders import a_docx, a_pdf
from tests.reading_builders import COVER, PROSE, Room

PASSWORD = "Robin-Ellen4"


@pytest.fixture
def room(register: Database, clock: StoppedClock, vault: Vault, reader: Reader) -> Room:
    room = Room(register, clock, vault, reader)
    room.with_review()
    return room


def a_locked(room: Room, **said: object) -> Paper:
    """Add an overview report locked with PASSWORD."""
    plain = {"reading": ReadingStatus.LOCKED.value, "due": Due.NOTHING, "warnings": ("locked",)}
    return room.with_paper(a_pdf(COVER, PROSE, password=PASSWORD), **{**plain, **said})


def password_mail(room: Room, password: str, place: str = "one", **said: object) -> ReceivedMail:
    """Have a mail with a password joined to QA-2026-0001."""
    body = f"Dear colleague,\n\nThe password is: {password}\n\nKind regards"
    raw = room.vault.keep(a_raw(subject="Our report", body=body, message_id=f"<{place}@x.example>"))
    mail = a_mail(
        place=place,
        raw=raw,
        kind=MailKind.PASSWORD,
        state=MailState.JOINED,
        text="",
        attachments=(),
        secret=True,
        arrived_at=room.clock.now(),
    )
    with room.register.register() as pen:
        return pen.add_mail(replace(mail, **said), an_act())  # type: ignore[arg-type]


def test_a_review_with_a_locked_paper_in_use_waits_for_the_password() -> None:
    locked = a_paper(reading=ReadingStatus.LOCKED.value)
    assert waits_for_password((a_paper(), locked))
    assert not waits_for_password((a_paper(), replace(locked, set_aside=True)))


def test_a_password_that_came_by_mail_opens_the_paper_and_its_copy_is_read(room: Room) -> None:
    locked = a_locked(room)
    password_mail(room, PASSWORD)
    assert room.room().work() == Tally(2)
    aside, opened = room.papers()
    assert (aside.number, aside.set_aside, aside.tries) == (locked.number, True, 1)
    assert (opened.unlocked, opened.name) == (locked.sha256, locked.name)
    assert (opened.reading, opened.kind) == (ReadingStatus.TEXT, PaperKind.OVERVIEW_REPORT)
    assert "agreed a plan" in room.text(opened)
    assert room.review().facts.author == "Alex Writer"
    assert "opened with the password that came" in room.told()
    assert not waits_for_password(room.papers())


def test_the_password_stands_in_no_log_no_ledger_and_no_file_of_the_register(
    room: Room, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    a_locked(room)
    password_mail(room, PASSWORD)
    with caplog.at_level(logging.DEBUG):
        room.room().work()
    assert PASSWORD not in caplog.text
    assert PASSWORD not in " ".join(room.told())
    room.register.close()
    for file in tmp_path.glob("register.db*"):
        assert PASSWORD.encode() not in file.read_bytes()


def test_a_wrong_password_is_tried_once_and_never_again(room: Room) -> None:
    locked = a_locked(room)
    password_mail(room, "Wrong-Entirely9")
    assert room.room().work() == Tally()
    tries = room.paper(locked.number).tries
    assert tries >= 1
    assert room.room().work() == Tally()
    assert room.paper(locked.number).tries == tries
    password_mail(room, PASSWORD, "two")
    assert room.room().work() == Tally(2)


def test_no_more_than_twenty_passwords_are_tried(room: Room) -> None:
    locked = a_locked(room, tries=19)
    password_mail(room, "Wrong-Entirely9")
    password_mail(room, PASSWORD, "two")
    room.room().work()
    spent = room.paper(locked.number)
    assert (spent.tries, spent.set_aside) == (20, False)
    assert any("20 passwords were tried" in each for each in spent.warnings)
    with pytest.raises(Refused, match="20 passwords were tried"):
        room.room().unlock(REFERENCE, locked.number, PASSWORD, by=CASEWORKER)


def test_staff_type_the_password(room: Room) -> None:
    locked = a_locked(room)
    with pytest.raises(Refused, match="this password does not open it"):
        room.room().unlock(REFERENCE, locked.number, "Wrong", by=CASEWORKER)
    opened = room.room().unlock(REFERENCE, locked.number, PASSWORD, by=CASEWORKER)
    assert (opened.due, opened.unlocked) == (Due.READING, locked.sha256)
    assert room.paper(locked.number).tries == 2
    with room.register.reading() as reading:
        told = [entry for entry in reading.ledger(str(REFERENCE)) if entry.who == CASEWORKER]
    assert [entry.what for entry in told] == [
        Event.PASSWORD_TRIED,
        Event.PAPER_OPENED,
        Event.PAPER_OPENED,
    ]
    assert not any(PASSWORD in entry.why or "Wrong" in entry.why for entry in told)


@pytest.mark.parametrize("password", ["", "x" * 129])
def test_what_is_no_password_is_refused_and_counts_for_nothing(room: Room, password: str) -> None:
    locked = a_locked(room)
    with pytest.raises(Refused, match="type the password"):
        room.room().unlock(REFERENCE, locked.number, password, by=CASEWORKER)
    assert room.paper(locked.number).tries == 0


def test_only_a_locked_paper_of_that_review_is_opened(room: Room) -> None:
    plain = room.with_paper(a_pdf(COVER))
    locked = a_locked(room)
    for reference, number in ((REFERENCE, plain.number), (Reference(2026, 2), locked.number)):
        with pytest.raises(Refused, match="this paper is not locked"):
            room.room().unlock(reference, number, PASSWORD, by=CASEWORKER)


def test_an_open_copy_that_is_there_already_is_not_added_twice(room: Room) -> None:
    open_copy = a_docx(*COVER, *(f"Paragraph {number}." for number in range(2_000)))
    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(open_copy)).encrypt(PASSWORD, sealed)
    there = room.with_paper(open_copy)
    locked = room.with_paper(sealed.getvalue(), reading=ReadingStatus.LOCKED.value, due=Due.NOTHING)
    assert room.room().unlock(REFERENCE, locked.number, PASSWORD, by=CASEWORKER) == there
    assert [each.number for each in room.papers() if not each.set_aside] == [there.number]


class Scanning:
    """A scanner that finds what it is told to find, or does not answer."""

    def __init__(self, found: str | None) -> None:
        self.found = found

    def scan(self, content: bytes, /) -> str:
        if self.found is None:
            raise ScannerAway("no socket")
        return self.found


def test_an_opened_copy_is_scanned_before_it_is_read(room: Room) -> None:
    a_locked(room)
    password_mail(room, PASSWORD)
    room.room(scanner=Scanning("Anytown.Test")).work()
    opened = room.papers()[-1]
    assert (opened.reading, opened.due) == (ReadingStatus.QUARANTINED, Due.NOTHING)
    assert "Anytown.Test" in opened.warnings[0]


def test_while_the_scanner_is_away_a_locked_paper_waits_and_no_try_is_lost(room: Room) -> None:
    locked = a_locked(room)
    password_mail(room, PASSWORD)
    (told,) = room.room(scanner=Scanning(None)).work().stuck
    assert told[0] == f"QA-2026-0001, paper {locked.number}"
    assert room.paper(locked.number).tries == 0
    assert room.room(scanner=Scanning("")).work() == Tally(2)


def test_a_password_mail_is_purged_when_its_days_are_over(room: Room) -> None:
    shared = room.vault.keep(b"a logo that a paper of a review is too")
    alone = room.vault.keep(b"an attachment of this mail alone")
    with room.register.register() as pen:
        pen.add_paper(a_paper(sha256=shared, text=""), an_act())
    files = (Attachment("logo", shared, 1), Attachment("note", alone, 1))
    mail = password_mail(room, PASSWORD, attachments=files)
    room.clock.moment = NOW + timedelta(days=30)
    assert room.room().work() == Tally()
    room.clock.moment += timedelta(seconds=1)
    assert room.room().work() == Tally(1)
    assert not room.vault.has(mail.raw)
    assert not room.vault.has(alone)
    assert room.vault.has(shared)
    with room.register.reading() as reading:
        assert reading.mail(mail.number).purged
        assert reading.ledger(str(REFERENCE))[-1].what is Event.MAIL_PURGED
    assert Upkeep(room.register.register, room.vault, room.clock).audit().missing == ()
    assert room.room().work() == Tally()


def test_bytes_that_another_mail_has_are_not_forgotten(room: Room) -> None:
    mail = password_mail(room, PASSWORD)
    room.clock.moment = NOW + timedelta(days=20)
    password_mail(room, PASSWORD, "again", raw=mail.raw)
    room.clock.moment = NOW + timedelta(days=31)
    room.room().work()
    assert room.vault.has(mail.raw)
    room.clock.moment = NOW + timedelta(days=51)
    room.room().work()
    assert not room.vault.has(mail.raw)


def test_a_crash_while_purging_leaves_the_mail_to_be_purged_again(room: Room) -> None:
    mail = password_mail(room, PASSWORD, references=())

    class Crashing(Vault):
        def forget(self, sha256: str, /) -> None:
            super().forget(sha256)
            raise KeyboardInterrupt

    room.clock.moment = NOW + timedelta(days=31)
    with pytest.raises(KeyboardInterrupt):
        room.room(vault=Crashing(room.vault.folder)).work()
    with room.register.reading() as reading:
        assert not reading.mail(mail.number).purged
    assert room.room().work() == Tally(1)
    with room.register.reading() as reading:
        told = reading.ledger(OFFICE)[-1]
    assert (told.what, told.who) == (Event.MAIL_PURGED, SYSTEM)
