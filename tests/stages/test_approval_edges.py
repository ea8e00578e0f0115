"""Approval at its edges: every edit voids it, clocks near midnight, two judgements at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.register import Database, open_database
from secretariat.domain.errors import Refused, StaleVersion, UnlawfulMove
from secretariat.domain.ledger import Event
from secretariat.domain.letter import Fact, Letter, LetterStatus, unconfirmed
from secretariat.domain.review import Status
from secretariat.stages.approval import Approval
from tests.builders import APPROVER, CASEWORKER, COUNCIL_ADDRESS, REFERENCE, TODAY, an_act
from tests.stages.test_approval import EVERY, PCC, approve, confirmed
from tests.stages.test_approval import approval as approval

Edit = Callable[[Approval, Letter], Letter]
SECOND_APPROVER = "kim@homeoffice.example"


def _readdress(to: str, *copies: object) -> Edit:
    return lambda stage, letter: stage.set_recipients(
        REFERENCE,
        1,
        to,
        copies,  # type: ignore[arg-type]
        version=letter.version,
        by=CASEWORKER,
    )


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(_readdress("new@anyshire.example", PCC), id="another recipient"),
        pytest.param(_readdress(COUNCIL_ADDRESS), id="a copy less"),
        pytest.param(
            lambda stage, letter: stage.amend(
                REFERENCE, 1, letter.content, version=letter.version, by=CASEWORKER
            ),
            id="the same words saved again",
        ),
        pytest.param(
            lambda stage, letter: stage.give_back(
                REFERENCE, 1, "look again", version=letter.version, by=CASEWORKER
            ),
            id="returned",
        ),
    ],
)
def test_every_edit_voids_the_approval(approval: Approval, edit: Edit) -> None:
    changed = edit(approval, approve(approval, confirmed(approval)))
    assert (changed.status, changed.approved_by) == (LetterStatus.DRAFT, "")
    assert (changed.leaves_on, changed.approved_at) == (None, None)


def test_what_is_approved_is_confirmed_no_more_without_being_opened_again(
    approval: Approval,
) -> None:
    letter = approve(approval, confirmed(approval))
    with pytest.raises(UnlawfulMove):
        approval.confirm(REFERENCE, 1, EVERY, version=letter.version, by=CASEWORKER)


def test_other_recipients_must_be_confirmed_before_it_is_approved_again(
    approval: Approval,
) -> None:
    letter = approve(approval, confirmed(approval))
    changed = _readdress("new@anyshire.example", PCC)(approval, letter)
    assert unconfirmed(changed) == (Fact.RECIPIENTS,)
    with pytest.raises(Refused, match="recipients"):
        approve(approval, changed)


@pytest.mark.parametrize("typed", ["a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"])
def test_a_letter_goes_to_one_address(approval: Approval, typed: str) -> None:
    with pytest.raises(Refused):
        _readdress(typed, PCC)(approval, confirmed(approval))


def test_of_two_approvers_at_once_one_is_told(
    approval: Approval, register: Database, clock: StoppedClock, tmp_path: Path
) -> None:
    letter = confirmed(approval)
    beside = open_database(f"sqlite:///{tmp_path / 'register.db'}", clock=clock)
    try:
        approve(replace(approval, open_register=beside.register), letter, by=SECOND_APPROVER)
    finally:
        beside.close()
    with pytest.raises(StaleVersion):
        approve(approval, letter)
    with register.reading() as reading:
        assert reading.letter(REFERENCE, 1).approved_by == SECOND_APPROVER


def test_an_edit_and_an_approval_at_once_never_approve_words_that_nobody_read(
    approval: Approval, register: Database
) -> None:
    letter = confirmed(approval)
    kept = approval.vault.keep

    def edited_meanwhile(content: bytes) -> str:
        with register.register() as pen:
            now = pen.letter(REFERENCE, 1)
            if now.version == letter.version:
                pen.save_letter(replace(now, editors=(CASEWORKER,)), an_act(what=Event.AMENDED))
        return kept(content)

    class Slow:
        keep = staticmethod(edited_meanwhile)
        open = staticmethod(approval.vault.open)

    slow: Any = Slow()
    with pytest.raises(StaleVersion):
        approve(replace(approval, vault=slow), letter)
    with register.reading() as reading:
        assert reading.letter(REFERENCE, 1).status is LetterStatus.DRAFT


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param(datetime(2026, 6, 9, 23, 30, tzinfo=UTC), date(2026, 6, 10), id="BST 00:30"),
        pytest.param(datetime(2026, 6, 10, 15, 59, tzinfo=UTC), date(2026, 6, 10), id="BST 16:59"),
        pytest.param(datetime(2026, 6, 10, 16, 1, tzinfo=UTC), date(2026, 6, 11), id="BST 17:01"),
        pytest.param(datetime(2026, 3, 10, 23, 59, tzinfo=UTC), date(2026, 3, 11), id="GMT 23:59"),
        pytest.param(datetime(2026, 3, 28, 12, 0, tzinfo=UTC), date(2026, 3, 30), id="Saturday"),
        pytest.param(datetime(2026, 12, 24, 17, 0, tzinfo=UTC), date(2027, 1, 4), id="Christmas"),
        pytest.param(datetime(2026, 3, 10, 0, 5, tzinfo=UTC), TODAY, id="before it opens"),
    ],
)
def test_a_letter_bears_the_london_day_whatever_the_hour(
    approval: Approval, clock: StoppedClock, moment: datetime, day: date
) -> None:
    clock.moment = moment
    letter = approve(approval, confirmed(approval), by=APPROVER)
    assert letter.leaves_on == letter.content.letter_date == day


def test_a_letter_that_may_not_be_approved_is_not_even_made(
    approval: Approval, register: Database
) -> None:
    with register.reading() as reading:
        letter = reading.letter(REFERENCE, 1)
    with pytest.raises(Refused, match="must confirm the pseudonyms"):
        approve(approval, letter)
    with register.reading() as reading:
        assert reading.letter(REFERENCE, 1) == letter


def test_a_letter_on_a_withdrawn_report_is_not_approved(
    approval: Approval, register: Database
) -> None:
    letter = confirmed(approval)
    with register.register() as pen:
        pen.save_review(replace(pen.review(REFERENCE), status=Status.WITHDRAWN), an_act())
    with pytest.raises(Refused, match="is withdrawn"):
        approve(approval, letter)
