"""A held mail whose bytes were deleted by the rule for passwords: what can still be said of it."""

from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import Refused
from secretariat.domain.matching import Matcher
from secretariat.domain.papers import PaperMissing
from secretariat.domain.post_in import Group, MailKind, MailState, Parts, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.review import MatterKind
from secretariat.stages.reading import ReadingRoom
from tests.builders import CASEWORKER
from tests.intake_builders import Desk, a_directory
from tests.papers_builders import a_pdf

WORDS = "Good morning\n\nThe password is: Heron-42\n\nJo"


@pytest.fixture
def desk(
    register: Database, clock: StoppedClock, vault: Vault, reader: Reader, tmp_path: Path
) -> Desk:
    return Desk(register, clock, vault, reader, tmp_path / "mail")


@pytest.fixture
def review(desk: Desk) -> Reference:
    return desk.submit()


@pytest.fixture
def purged(desk: Desk, review: Reference) -> ReceivedMail:
    """Have a mail with a password held until its bytes were deleted."""
    return _purged(desk)


def _purged(desk: Desk, files: dict[str, bytes] | None = None) -> ReceivedMail:
    mail = desk.take(files, subject="Password", body=WORDS, sender="jo@elsewhere.example")
    assert (mail.state, mail.secret) == (MailState.HELD, True), mail.why
    desk.days_pass(31)
    doors = (desk.register.register, desk.reader, desk.vault, desk.clock)
    ReadingRoom(*doors, Matcher(a_directory()), mail=MimeReading(str)).purge()
    with pytest.raises(PaperMissing):
        desk.vault.open(mail.raw)
    return again(desk, mail)


def again(desk: Desk, mail: ReceivedMail) -> ReceivedMail:
    with desk.register.reading() as reading:
        return reading.mail(mail.number)


@pytest.mark.parametrize("kind", [MailKind.NOT_FOR_US, MailKind.NEW_CASE, MailKind.FROM_OUTSIDE])
def test_it_is_noted_and_put_away(desk: Desk, purged: ReceivedMail, kind: MailKind) -> None:
    desk.answer(purged, kind)
    said = again(desk, purged)
    assert (said.state, said.kind) == (MailState.NOTED, kind)
    assert said.secret
    assert said.purged
    assert (said.subject, said.raw, said.papers) == (purged.subject, purged.raw, purged.papers)
    assert desk.filed("Noted") == [purged.place]


@pytest.mark.parametrize(
    "kind", [MailKind.FURTHER_PAPERS, MailKind.WITHDRAWAL, MailKind.CHALLENGE, MailKind.PASSWORD]
)
def test_it_is_joined_to_a_review(
    desk: Desk, purged: ReceivedMail, review: Reference, kind: MailKind
) -> None:
    desk.answer(purged, kind, review)
    said = again(desk, purged)
    assert (said.state, said.references) == (MailState.JOINED, (review,))
    assert said.secret
    assert said.purged


def test_a_question_in_it_becomes_a_matter(
    desk: Desk, purged: ReceivedMail, review: Reference
) -> None:
    desk.answer(purged, MailKind.REQUEST_TO_EXPLAIN)
    with desk.register.reading() as reading:
        (matter,) = reading.matters()
    assert (matter.kind, matter.mail) == (MatterKind.REQUEST_TO_EXPLAIN, purged.number)


def test_it_registers_nothing(desk: Desk, purged: ReceivedMail) -> None:
    with pytest.raises(Refused, match="was deleted by the rule for mails that bring passwords"):
        desk.answer(purged, MailKind.SUBMISSION)
    assert again(desk, purged) == purged


def test_its_papers_cannot_be_added_and_a_person_is_told_to_ask_for_them(
    desk: Desk, review: Reference
) -> None:
    purged = _purged(desk, {"Locked.pdf": a_pdf(("Secret",), password="Other-77")})
    with pytest.raises(Refused, match="ask for it to be sent again"):
        desk.answer(purged, MailKind.FURTHER_PAPERS, review)
    parts = Parts((Group((purged.papers[0].sha256,)),), "two in one", purged.version)
    with pytest.raises(Refused, match="ask for it to be sent again"):
        desk.intake().answer_parts(purged.number, parts, by=CASEWORKER)
    desk.answer(purged, MailKind.NOT_FOR_US)
    assert again(desk, purged).papers == purged.papers
