"""What came before under the same Message-ID: the same, or something that only pretends."""

from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.post_in import MailKind, MailState
from tests.intake_builders import PROVED, Desk, a_report
from tests.mail_builders import STAFF

INSIDE = (("X-MS-Exchange-Organization-AuthAs", "Internal"),)
NOTES = "## QA-2026-0001\n\nThe Panel felt this was a well-written report.\n\nOutcome: publish\n"
ONE_ID = "<notes@homeoffice.example>"


@pytest.fixture
def desk(
    register: Database, clock: StoppedClock, vault: Vault, reader: Reader, tmp_path: Path
) -> Desk:
    return Desk(register, clock, vault, reader, tmp_path / "mail")


def test_notes_that_nothing_proves_are_not_taken_because_they_came_twice(desk: Desk) -> None:
    notes = {"subject": "Panel notes", "message_id": ONE_ID, "sender": STAFF}
    files = {"Panel notes.txt": NOTES.encode()}
    assert desk.take(files, **notes).state is MailState.HELD
    desk.take(files, **notes)
    with desk.register.reading() as reading:
        assert reading.mails(MailState.NOTED, kind=MailKind.PANEL_NOTES) == ()


def test_other_words_under_the_id_of_another_mail_are_for_a_person(desk: Desk) -> None:
    first = desk.take(message_id=ONE_ID, body="Please ring me.")
    same = desk.take(message_id=ONE_ID, body="Please ring me.")
    other = desk.take(message_id=ONE_ID, body="We shall publish in June.")
    assert (first.state, same.state) == (MailState.HELD, MailState.NOTED)
    assert other.state is MailState.HELD


def test_notes_that_came_twice_are_taken_once(desk: Desk) -> None:
    notes = {"subject": "Panel notes", "message_id": ONE_ID, "sender": STAFF}
    files = {"Panel notes.txt": NOTES.encode()}
    desk.submit()
    desk.take(files, headers=INSIDE, **notes)
    desk.take(files, headers=INSIDE, **notes)
    with desk.register.reading() as reading:
        waiting = reading.mails(MailState.NOTED, kind=MailKind.PANEL_NOTES)
    assert len(waiting) == 1


def test_the_same_papers_under_the_same_id_are_the_same_whatever_a_list_adds(desk: Desk) -> None:
    said = {"message_id": "<x@anyshire.gov.uk>", "headers": PROVED}
    first = desk.take({"Overview.pdf": a_report()}, **said)
    again = desk.take({"Overview.pdf": a_report()}, body="Sent on by the list.", **said)
    assert (first.state, again.state) == (MailState.REGISTERED, MailState.NOTED)
    assert again.references == first.references
