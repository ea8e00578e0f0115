"""A locked paper that comes again after it was opened: the same paper, no second wait."""

from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import NotFound
from secretariat.domain.matching import Matcher
from secretariat.domain.papers import ReadingStatus
from secretariat.domain.post_in import MailKind, MailState, Paper, waits_for_password
from secretariat.domain.reference import Reference
from secretariat.stages.casework import Casework
from secretariat.stages.reading import ReadingRoom
from tests.builders import CASEWORKER
from tests.intake_builders import ANYTOWN, PROVED, Desk, a_directory, a_plan
from tests.papers_builders import a_pdf

PASSWORD = "Heron-42"
FRONT = (ANYTOWN, "Domestic Homicide Review", "Overview Report", "into the death of Maria")
LOCKED = a_pdf((*FRONT, "Author: A. Writer"), ("Text.",) * 9, password=PASSWORD)
SUBMITTED = "Please find our DHR attached. The password follows."


@pytest.fixture
def desk(
    register: Database, clock: StoppedClock, vault: Vault, reader: Reader, tmp_path: Path
) -> Desk:
    return Desk(register, clock, vault, reader, tmp_path / "mail")


@pytest.fixture
def opened(desk: Desk) -> Reference:
    """Have a locked report registered, and opened by staff; return its review."""
    mail = desk.take({"Overview.pdf": LOCKED}, body=SUBMITTED, headers=PROVED)
    assert mail.state is MailState.REGISTERED, mail.why
    reference = mail.references[0]
    (locked,) = papers_of(desk, reference)
    doors = (desk.register.register, desk.reader, desk.vault, desk.clock)
    room = ReadingRoom(*doors, Matcher(a_directory()), mail=MimeReading(desk.reader.text_of_html))
    room.unlock(reference, locked.number, PASSWORD, by=CASEWORKER)
    return reference


def papers_of(desk: Desk, reference: Reference) -> tuple[Paper, ...]:
    with desk.register.reading() as reading:
        return reading.papers(reference)


def waiting(desk: Desk) -> tuple[Paper, ...]:
    with desk.register.reading() as reading:
        return reading.locked_papers()


def casework(desk: Desk) -> Casework:
    return Casework(desk.register.register, a_directory(), desk.clock)


def test_it_is_noted_as_the_same_and_waits_for_no_password(desk: Desk, opened: Reference) -> None:
    mail = desk.take({"Again.pdf": LOCKED}, body=SUBMITTED, headers=PROVED)
    assert (mail.state, mail.references) == (MailState.NOTED, (opened,)), mail.why
    assert f"the same papers are registered as {opened}" in mail.why
    assert len(papers_of(desk, opened)) == 2
    assert waiting(desk) == ()
    with pytest.raises(NotFound):
        desk.review(Reference(opened.year, opened.number + 1))


def test_in_an_answer_to_us_it_is_known_too(desk: Desk, opened: Reference) -> None:
    ours = desk.posted(opened)
    mail = desk.take(
        {"Again.pdf": LOCKED},
        headers=PROVED,
        answers=ours.message_id,
        body="Attached again.",
    )
    assert mail.references == (opened,), mail.why
    assert len(papers_of(desk, opened)) == 2
    assert waiting(desk) == ()


def test_of_it_and_a_paper_that_was_lacking_only_the_other_joins(
    desk: Desk, opened: Reference
) -> None:
    files = {"Again.pdf": LOCKED, "Plan.pdf": a_plan()}
    mail = desk.take(files, body=SUBMITTED, headers=PROVED)
    assert mail.references == (opened,), mail.why
    assert [each.name for each in papers_of(desk, opened)][2:] == ["Plan.pdf"]
    assert waiting(desk) == ()


def test_it_is_known_as_the_review_that_took_its_own_over(desk: Desk, opened: Reference) -> None:
    into = desk.submit("Jane", local="DHR16")
    casework(desk).merge(opened, into, "they are one", by=CASEWORKER)
    mail = desk.take({"Again.pdf": LOCKED}, body=SUBMITTED, headers=PROVED)
    assert (mail.state, mail.references) == (MailState.NOTED, (into,)), mail.why


def test_another_locked_paper_waits_for_its_password(desk: Desk, opened: Reference) -> None:
    other = a_pdf((*FRONT, "Another"), ("Text.",) * 9, password=PASSWORD)
    mail = desk.take({"Other.pdf": other}, body=SUBMITTED, headers=PROVED)
    assert mail.state is not MailState.NOTED
    assert [each.name for each in waiting(desk)] == ["Other.pdf"]


def test_a_locked_copy_merged_into_the_review_that_opened_it_waits_no_more(
    desk: Desk, opened: Reference
) -> None:
    second = _registered_locked(desk, opened)
    casework(desk).merge(second, opened, "it was registered twice", by=CASEWORKER)
    assert not waits_for_password(papers_of(desk, opened))
    casework(desk).reopen(second, "they are two after all", by=CASEWORKER)
    assert [each.set_aside for each in papers_of(desk, second)] == [False]
    assert [each.set_aside for each in papers_of(desk, opened)] == [True, False]


def _registered_locked(desk: Desk, opened: Reference) -> Reference:
    """Have a person register the locked paper again, in error."""
    mail = desk.take({"Again.pdf": LOCKED}, body=SUBMITTED, headers=PROVED)
    desk.answer(mail, MailKind.SUBMISSION)
    with desk.register.reading() as reading:
        (second,) = reading.mail(mail.number).references
    assert second != opened
    assert [each.reading for each in papers_of(desk, second)] == [ReadingStatus.LOCKED]
    return second
