import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.calendar import OfficeHours, bank_holidays
from secretariat.domain.errors import Refused, SameEyes, StaleVersion
from secretariat.domain.letter import Copy, Fact, Letter, LetterStatus
from secretariat.domain.papers import PaperAltered
from secretariat.stages.approval import Approval
from tests.builders import (
    APPROVER,
    CASEWORKER,
    NOTE_TAKER,
    OFFICE_ADDRESS,
    REFERENCE,
    TODAY,
    a_letter,
    a_meeting,
    a_review,
    an_act,
    an_office,
)
from tests.letter_builders import a_press

EVERY = tuple(Fact)
PCC = Copy("E23000099", "Police and Crime Commissioner for Anyshire", OFFICE_ADDRESS)


@pytest.fixture
def approval(register: Database, vault: Vault, clock: StoppedClock) -> Approval:
    with register.register() as pen:
        pen.add_review(a_review(), an_act())
        pen.add_meeting(a_meeting(), an_act())
        pen.add_letter(a_letter(), an_act())
        pen.save_office(an_office(), an_act())
    hours = OfficeHours(time(9), time(17))
    return Approval(register.register, a_press(), vault, clock, hours, bank_holidays((2026,)))


def confirmed(approval: Approval, version: int = 0) -> Letter:
    return approval.confirm(REFERENCE, 1, EVERY, version=version, by=CASEWORKER)


def approve(approval: Approval, letter: Letter, by: str = APPROVER) -> Letter:
    return approval.approve(REFERENCE, 1, version=letter.version, by=by)


def test_what_is_approved_is_the_paper_in_the_vault_and_it_bears_its_day(
    approval: Approval, vault: Vault
) -> None:
    letter = approve(approval, confirmed(approval))
    assert (letter.status, letter.approved_by) == (LetterStatus.APPROVED, APPROVER)
    assert letter.leaves_on == letter.content.letter_date == TODAY
    assert "10 March 2026" in approval.press.paragraphs(vault.open(letter.docx))
    assert approval.paperwork(letter).docx == vault.open(letter.docx)


def test_a_draft_is_shown_without_being_kept(approval: Approval, vault: Vault) -> None:
    assert approval.paperwork(a_letter()).docx.startswith(b"PK")
    assert list(vault.names()) == []


@pytest.mark.parametrize("fact", Fact)
def test_an_unconfirmed_fact_refuses_the_approval(approval: Approval, fact: Fact) -> None:
    others = tuple(each for each in EVERY if each is not fact)
    letter = approval.confirm(REFERENCE, 1, others, version=0, by=CASEWORKER)
    with pytest.raises(Refused, match=re.escape(fact.value)):
        approve(approval, letter)


def test_neither_the_author_of_the_notes_nor_an_editor_approves(approval: Approval) -> None:
    letter = confirmed(approval)
    content = replace(letter.content, regret=False)
    amended = approval.amend(REFERENCE, 1, content, version=letter.version, by=CASEWORKER)
    for person in (NOTE_TAKER, CASEWORKER):
        with pytest.raises(SameEyes):
            approve(approval, amended, by=person)
    assert approve(approval, amended).approved_by == APPROVER


def test_the_database_itself_refuses_an_approval_by_an_author(
    approval: Approval, register: Database
) -> None:
    letter = approve(approval, confirmed(approval))
    with register.register() as pen, pytest.raises(SameEyes):
        pen.save_letter(replace(letter, approved_by=NOTE_TAKER), an_act())


def test_an_edit_voids_the_approval(approval: Approval) -> None:
    letter = approve(approval, confirmed(approval))
    content = replace(letter.content, conclusion=("Other words.",))
    changed = approval.amend(REFERENCE, 1, content, version=letter.version, by=CASEWORKER)
    assert (changed.status, changed.approved_by, changed.docx) == (LetterStatus.DRAFT, "", "")
    again = approve(approval, changed)
    assert again.docx != letter.docx


def test_two_people_and_one_letter_the_second_is_told(approval: Approval) -> None:
    first = confirmed(approval)
    for late in (
        lambda: confirmed(approval),
        lambda: approval.amend(REFERENCE, 1, first.content, version=0, by=CASEWORKER),
        lambda: approval.make(REFERENCE, 1, version=0, by=CASEWORKER),
        lambda: approval.approve(REFERENCE, 1, version=0, by=APPROVER),
        lambda: approval.give_back(REFERENCE, 1, "why", version=0, by=APPROVER),
        lambda: approval.set_recipients(REFERENCE, 1, "", (), version=0, by=CASEWORKER),
    ):
        with pytest.raises(StaleVersion):
            late()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param(datetime(2026, 3, 10, 16, 59, tzinfo=UTC), TODAY, id="before it closes"),
        pytest.param(datetime(2026, 3, 10, 17, 0, tzinfo=UTC), date(2026, 3, 11), id="closed"),
        pytest.param(
            datetime(2026, 4, 2, 16, 30, tzinfo=UTC), date(2026, 4, 7), id="before Easter"
        ),
    ],
)
def test_the_letter_bears_the_london_day_on_which_it_is_to_leave(
    approval: Approval, clock: StoppedClock, moment: datetime, day: date
) -> None:
    clock.moment = moment
    assert approve(approval, confirmed(approval)).leaves_on == day


def test_a_letter_made_yesterday_is_made_again_before_it_is_approved(
    approval: Approval, clock: StoppedClock
) -> None:
    letter = confirmed(approval)
    made = approval.make(REFERENCE, 1, version=letter.version, by=CASEWORKER)
    clock.moment = datetime(2026, 3, 11, 12, tzinfo=UTC)
    approved = approve(approval, made)
    assert approved.leaves_on == date(2026, 3, 11)
    assert approved.docx != made.docx


def test_paper_altered_in_the_vault_is_not_approved(approval: Approval, vault: Vault) -> None:
    letter = confirmed(approval)
    made = approval.make(REFERENCE, 1, version=letter.version, by=CASEWORKER)
    (path,) = [each for each in vault.folder.rglob("*") if each.name.endswith(made.docx[2:])]
    path.chmod(0o600)
    path.write_bytes(b"another letter")
    with pytest.raises(PaperAltered):
        approve(approval, made)


def test_a_letter_is_returned_only_with_a_reason(approval: Approval, register: Database) -> None:
    with pytest.raises(Refused, match="say why"):
        approval.give_back(REFERENCE, 1, " ", version=0, by=APPROVER)
    assert approval.give_back(REFERENCE, 1, "the name", version=0, by=APPROVER).returned == 1
    with register.reading() as eyes:
        last = eyes.ledger(str(REFERENCE))[-1]
    assert (last.wording, "name" in last.why) == ("the name", False)


def test_a_copy_goes_only_to_the_confirmed_address_of_an_office(approval: Approval) -> None:
    guessed = replace(PCC, to="info@anyshire-pcc.example")
    with pytest.raises(Refused, match="has not been confirmed"):
        approval.set_recipients(REFERENCE, 1, "a@b.example", (guessed,), version=0, by=CASEWORKER)


def test_without_an_address_the_sentence_is_taken_out_by_a_person(approval: Approval) -> None:
    lacking = approval.set_recipients(
        REFERENCE, 1, "a@anyshire.example", (replace(PCC, to=""),), version=0, by=CASEWORKER
    )
    letter = confirmed(approval, lacking.version)
    with pytest.raises(Refused, match="take the copy sentence out"):
        approve(approval, letter)
    with approval.open_register() as pen:
        made = pen.letter(REFERENCE, 1)
    without = approval.set_recipients(
        REFERENCE, 1, made.to, (), version=made.version, by=CASEWORKER
    )
    letter = confirmed(approval, without.version)
    shown = approval.press.paragraphs(approval.paperwork(approve(approval, letter)).docx)
    assert not any("copying" in each for each in shown)
