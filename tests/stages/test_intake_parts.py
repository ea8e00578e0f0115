"""One mail with papers of several reviews: a person parts it, in one step or not at all."""

from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import Refused, StaleVersion
from secretariat.domain.papers import PaperKind
from secretariat.domain.post_in import Group, MailKind, MailState, Parts, ReceivedMail
from secretariat.domain.reference import Reference
from tests.builders import CASEWORKER
from tests.intake_builders import PROVED, Desk, a_plan, a_report


@pytest.fixture
def desk(
    register: Database, clock: StoppedClock, vault: Vault, reader: Reader, tmp_path: Path
) -> Desk:
    return Desk(register, clock, vault, reader, tmp_path / "mail")


def two_cases(desk: Desk) -> ReceivedMail:
    """Have one mail held that brings the papers of two reviews; nobody can tell by which rule."""
    files = {
        "one.pdf": a_report(),
        "two.pdf": a_report("Jane", local="DHR16"),
        "plan.pdf": a_plan("Jane", local="DHR16"),
    }
    mail = desk.take(files, headers=PROVED)
    assert mail.state is MailState.HELD
    return mail


def part(desk: Desk, mail: ReceivedMail, *groups: Group) -> ReceivedMail:
    parts = Parts(groups, "two cases in one mail", mail.version)
    desk.intake().answer_parts(mail.number, parts, by=CASEWORKER)
    with desk.register.reading() as reading:
        return reading.mail(mail.number)


def group(mail: ReceivedMail, *places: int, reference: Reference | None = None) -> Group:
    return Group(tuple(mail.attachments[place].sha256 for place in places), reference)


def test_each_part_becomes_a_review_of_its_own_with_its_own_papers(desk: Desk) -> None:
    mail = two_cases(desk)
    parted = part(desk, mail, group(mail, 0), group(mail, 1, 2))
    first, second = parted.references
    with desk.register.reading() as reading:
        kinds = {each: [one.kind for one in reading.papers(each)] for each in (first, second)}
    assert parted.state is MailState.REGISTERED
    assert desk.review(first).facts.pseudonyms == ("Maria",)
    assert desk.review(second).facts.pseudonyms == ("Jane",)
    assert kinds[first] == [PaperKind.OVERVIEW_REPORT]
    assert kinds[second] == [PaperKind.OVERVIEW_REPORT, PaperKind.ACTION_PLAN]
    assert desk.filed("Registered") == [mail.place]


def test_one_acknowledgement_names_every_reference(desk: Desk) -> None:
    mail = two_cases(desk)
    first, second = part(desk, mail, group(mail, 0), group(mail, 1, 2)).references
    (posting,) = desk.acknowledgements(first)
    assert posting.references == (first, second)
    assert desk.acknowledgements(second) == [posting]
    text = desk.parsed(posting).text
    assert str(first) in text
    assert str(second) in text


def test_one_part_may_join_a_review_that_is_there(desk: Desk) -> None:
    there = desk.submit()
    mail = two_cases(desk)
    parted = part(desk, mail, group(mail, 1), group(mail, 2, reference=there))
    with desk.register.reading() as reading:
        papers = reading.papers(there)
    assert parted.kind is MailKind.SUBMISSION
    assert there in parted.references
    assert [each.name for each in papers] == ["Overview.pdf", "plan.pdf"]


def test_all_parts_may_join(desk: Desk) -> None:
    there = desk.submit()
    mail = two_cases(desk)
    parted = part(desk, mail, group(mail, 2, reference=there))
    assert (parted.kind, parted.state) == (MailKind.FURTHER_PAPERS, MailState.JOINED)


def test_a_parting_with_a_fault_changes_nothing(desk: Desk) -> None:
    mail = two_cases(desk)
    good = group(mail, 0)
    for bad in ((good, Group(())), (good, good), (Group(("0" * 64,)),), ()):
        with pytest.raises(Refused):
            part(desk, mail, *bad)
    with desk.register.reading() as reading:
        assert reading.mail(mail.number).state is MailState.HELD
        assert not reading.reviews_of("anytown")


def test_two_parts_never_join_one_review(desk: Desk) -> None:
    there = desk.submit()
    mail = two_cases(desk)
    with pytest.raises(Refused, match="same review"):
        part(desk, mail, group(mail, 1, reference=there), group(mail, 2, reference=there))


def test_who_was_slower_changes_nothing(desk: Desk) -> None:
    mail = two_cases(desk)
    part(desk, mail, group(mail, 0), group(mail, 1))
    with pytest.raises(StaleVersion):
        part(desk, mail, group(mail, 0))
