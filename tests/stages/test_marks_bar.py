"""Wording that nobody has confirmed, another address, and what must not stand bar an approval."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import Refused, StaleVersion
from secretariat.domain.ledger import Event
from secretariat.domain.letter_content import LetterContent
from secretariat.domain.reference import Reference
from secretariat.domain.review import Outcome
from secretariat.domain.wording import ConfirmedWording, Mark
from secretariat.stages.approval import Approval
from tests.builders import APPROVER, CASEWORKER, NOW, REFERENCE, an_act
from tests.letter_builders import a_letter_check
from tests.stages.test_approval import approval as approval
from tests.stages.test_approval import approve, confirmed

OURS = "reviews@secretariat.example"


@dataclass
class Grumbler:
    """A check that finds what it is told to find in every letter."""

    told: tuple[str, ...]

    def faults(self, reference: Reference, content: LetterContent, docx: bytes) -> tuple[str, ...]:
        return self.told

    def hindrances(
        self, reference: Reference, content: LetterContent, docx: bytes
    ) -> tuple[str, ...]:
        assert docx.startswith(b"PK")
        return self.told


def with_another_version_wanted(approval: Approval) -> int:
    """Have the letter use the sentence of 2017 that nobody has vouched for."""
    letter = confirmed(approval)
    content = replace(letter.content, outcome=Outcome.RESUBMIT)
    return approval.amend(REFERENCE, 1, content, version=letter.version, by=CASEWORKER).version


def confirm_wording(approval: Approval, mark: Mark, text: str = "") -> None:
    said = ConfirmedWording(
        mark.generation, mark.name, replace(mark, text=text or mark.text).text_hash, APPROVER, NOW
    )
    with approval.open_register() as pen:
        pen.confirm_wording(said, an_act(what=Event.WORDING_CONFIRMED))


def test_a_letter_with_wording_that_nobody_confirmed_is_drafted_and_not_approved(
    approval: Approval,
) -> None:
    version = with_another_version_wanted(approval)
    with pytest.raises(Refused, match="in letters of 2017 must be confirmed"):
        approval.approve(REFERENCE, 1, version=version, by=APPROVER)
    with approval.open_register() as pen:
        letter = pen.letter(REFERENCE, 1)
    (mark,) = approval.marks(letter)
    confirm_wording(approval, mark, text="Other words.")
    with pytest.raises(Refused, match="must be confirmed"):
        approval.approve(REFERENCE, 1, version=version, by=APPROVER)
    confirm_wording(approval, mark)
    assert approval.approve(REFERENCE, 1, version=version, by=APPROVER).approved_by == APPROVER


def test_wording_that_this_letter_does_not_use_bars_nothing(approval: Approval) -> None:
    assert approval.marks(confirmed(approval)) == ()


def test_an_address_that_is_not_our_mailbox_is_confirmed_by_a_person_once(
    approval: Approval,
) -> None:
    approval = replace(approval, watched="another@secretariat.example")
    letter = confirmed(approval)
    assert approval.hindrances(letter) == (
        f"it gives {OURS}, which is not our mailbox: somebody must confirm the address",
    )
    with pytest.raises(StaleVersion):
        approval.confirm_reply_address(REFERENCE, 1, "x@y.example", by=APPROVER)
    approval.confirm_reply_address(REFERENCE, 1, OURS, by=APPROVER)
    assert approval.hindrances(letter) == ()
    head = replace(letter.content.head, reply_address="third@secretariat.example")
    other = replace(letter, content=replace(letter.content, head=head))
    assert len(approval.hindrances(other)) == 1


def test_the_watched_mailbox_needs_no_confirming_however_it_is_written(approval: Approval) -> None:
    approval = replace(approval, watched=OURS.upper())
    assert approval.hindrances(confirmed(approval)) == ()


def test_what_the_check_of_letters_finds_bars_the_approval(approval: Approval) -> None:
    letter = confirmed(approval)
    grumbling = replace(approval, check=Grumbler(("an empty field",)))
    with pytest.raises(Refused, match="an empty field"):
        approve(grumbling, letter)
    assert approve(replace(approval, check=Grumbler(())), letter).approved_by == APPROVER


def test_the_real_check_lets_an_ordinary_letter_go_and_no_address_of_old(
    approval: Approval, register: Database, vault: Vault
) -> None:
    checked = replace(approval, check=a_letter_check(register, vault))
    letter = confirmed(checked)
    assert checked.hindrances(letter) == ()
    conclusion = ("Write to dhr@homeoffice.gsi.gov.uk.",)
    content = replace(letter.content, conclusion=conclusion)
    amended = checked.amend(REFERENCE, 1, content, version=letter.version, by=CASEWORKER)
    assert checked.hindrances(amended) != ()


def test_a_letter_that_cannot_be_printed_says_why_it_cannot_be_approved(
    approval: Approval, register: Database, vault: Vault
) -> None:
    letter = confirmed(approval)
    checked = replace(approval, check=a_letter_check(register, vault))
    unknown = replace(letter, content=replace(letter.content, generation="1999"))
    (why,) = checked.hindrances(unknown)
    assert "1999" in why
