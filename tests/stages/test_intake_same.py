"""The same report, another part, another version: told by bytes, by text, by who sends it."""

from dataclasses import replace
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.ledger import SYSTEM, Act, Event
from secretariat.domain.post_in import MailKind, MailState, ReceivedMail
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from tests.intake_builders import ANYTOWN, PROVED, Desk, a_plan, a_report
from tests.papers_builders import a_pdf

ELSEWHERE = "an.author@elsewhere.example"
WORDS = [f"{one} {two} was invented for this report" for one in "abcdef" for two in "ghijklmn"]


@pytest.fixture
def desk(
    register: Database, clock: StoppedClock, vault: Vault, reader: Reader, tmp_path: Path
) -> Desk:
    return Desk(register, clock, vault, reader, tmp_path / "mail")


def a_long_report(*, size: int = 12, more: tuple[str, ...] = (), local: str = "DHR15") -> bytes:
    """Return a report of two pages; size: of its letters, which makes other bytes of one text."""
    front = (ANYTOWN, "Domestic Homicide Review", "Overview Report", "into the death of Maria")
    cover = (*front, "April 2023", f"Reference: {local}", "Author: A. Writer")
    return a_pdf(cover, WORDS[:24], (*WORDS[24:], *more), size=size)


def registered(desk: Desk, *, status: Status = Status.RECEIVED) -> Reference:
    """Have the long report registered and read behind intake; let it stand at a status."""
    mail = desk.take({"Overview.pdf": a_long_report()}, headers=PROVED)
    desk.read()
    reference = mail.references[0]
    if status is not Status.RECEIVED:
        with desk.pen() as register:
            review = replace(register.review(reference), status=status)
            register.save_review(review, Act(SYSTEM, Event.MOVED, "moved"))
    return reference


def papers_of(desk: Desk, reference: Reference) -> list[tuple[str, int]]:
    with desk.register.reading() as reading:
        return [(paper.name, paper.submission) for paper in reading.papers(reference)]


def take(desk: Desk, content: bytes, **said: str) -> ReceivedMail:
    return desk.take({"Again.pdf": content}, subject="Our review", **said)


def test_the_same_text_in_another_file_from_elsewhere_is_noted(desk: Desk) -> None:
    reference = registered(desk)
    mail = take(desk, a_long_report(size=11), sender=ELSEWHERE)
    assert (mail.state, mail.references) == (MailState.NOTED, (reference,))
    assert "its text is the same" in mail.why
    assert len(papers_of(desk, reference)) == 1


def test_a_changed_version_that_the_panel_awaited_joins_as_the_next_submission(
    desk: Desk,
) -> None:
    reference = registered(desk, status=Status.RESUBMISSION_AWAITED)
    mail = take(desk, a_long_report(more=("A new chapter was added at the end of it",) * 4))
    assert (mail.kind, mail.state) == (MailKind.FURTHER_PAPERS, MailState.JOINED), mail.why
    assert papers_of(desk, reference)[-1] == ("Again.pdf", 2)
    assert desk.review(reference).status is Status.RECEIVED


def test_a_changed_version_that_nobody_asked_for_is_held_with_its_likeness(desk: Desk) -> None:
    reference = registered(desk)
    mail = take(desk, a_long_report(more=("A new chapter was added at the end of it",) * 4))
    assert mail.state is MailState.HELD
    assert "nearly the same text" in mail.why
    assert mail.candidates[0].reference == reference


def test_an_awaited_version_from_a_stranger_is_held(desk: Desk) -> None:
    registered(desk, status=Status.RESUBMISSION_AWAITED)
    more = ("A new chapter was added at the end of it",) * 4
    front = a_long_report(more=more)
    mail = take(desk, front, sender="x@othershire.gov.uk")
    assert mail.state is MailState.HELD


def test_the_same_text_with_another_paper_beside_it_is_for_a_person(desk: Desk) -> None:
    reference = registered(desk)
    files = {"Again.pdf": a_long_report(size=11), "Plan.pdf": a_plan()}
    mail = desk.take(files, sender=ELSEWHERE)
    assert mail.state is MailState.HELD
    assert f"{reference} word for word" in mail.why


def test_papers_that_a_review_lacked_join_it_from_the_address_that_submitted_it(
    desk: Desk,
) -> None:
    reference = desk.submit()
    mail = desk.take({"Plan.pdf": a_plan()}, subject="DHR15 part two")
    assert (mail.kind, mail.state) == (MailKind.FURTHER_PAPERS, MailState.JOINED)
    assert papers_of(desk, reference) == [("Overview.pdf", 1), ("Plan.pdf", 1)]


def test_papers_that_two_reviews_may_lack_are_held(desk: Desk) -> None:
    desk.submit()
    desk.submit("Jane", local="DHR16")
    plan = a_pdf((ANYTOWN, "Domestic Homicide Review", "Action Plan"), ("Actions.",) * 9)
    assert desk.take({"Plan.pdf": plan}, subject="DHR part two").state is MailState.HELD


def test_papers_that_come_too_late_are_held_or_registered_never_joined(desk: Desk) -> None:
    reference = desk.submit()
    desk.days_pass(60)
    desk.take({"Plan.pdf": a_plan()}, subject="DHR15 part two")
    assert papers_of(desk, reference) == [("Overview.pdf", 1)]


def test_a_second_plan_for_a_review_that_has_one_is_no_missing_part(desk: Desk) -> None:
    reference = desk.submit()
    desk.take({"Plan.pdf": a_plan()}, subject="DHR15 part two")
    other = a_pdf((ANYTOWN, "Domestic Homicide Review", "Action Plan"), ("Other actions.",) * 9)
    desk.take({"Plan two.pdf": other}, subject="DHR15 part three")
    assert len(papers_of(desk, reference)) == 2


def test_a_report_of_another_case_is_registered_though_it_names_the_same_partnership(
    desk: Desk,
) -> None:
    reference = registered(desk)
    mail = desk.take({"Overview.pdf": a_report("Jane", local="DHR16")}, headers=PROVED)
    assert mail.state is MailState.REGISTERED
    assert mail.references != (reference,)
