from dataclasses import replace

import pytest

from secretariat.domain.errors import Refused, SameEyes, UnlawfulMove
from secretariat.domain.handing_out import approvers_for, hand_out, must_be_handed_again
from secretariat.domain.letter import LetterStatus, amend
from secretariat.domain.staff import Account, Role
from tests.builders import APPROVER, CASEWORKER, NOTE_TAKER, a_letter, some_content


def an_account(email: str = APPROVER, *roles: Role, active: bool = True) -> Account:
    return Account(email, "Alex", roles or (Role.APPROVER,), "", active=active)


OTHER = an_account("olu@homeoffice.example")


def test_a_draft_is_handed_to_an_approver_and_back_to_anybody() -> None:
    handed = hand_out(a_letter(), an_account())
    assert handed == replace(a_letter(), handed_to=APPROVER)
    assert hand_out(handed, OTHER).handed_to == OTHER.email
    assert hand_out(handed, None) == a_letter()


@pytest.mark.parametrize("hand", [{"note_authors": (APPROVER,)}, {"editors": (APPROVER.upper(),)}])
def test_whoever_wrote_its_notes_or_edited_it_is_not_handed_it(hand: dict[str, object]) -> None:
    letter = a_letter(**hand)
    with pytest.raises(SameEyes):
        hand_out(letter, an_account())
    assert approvers_for(letter, [an_account(), OTHER]) == (OTHER,)


@pytest.mark.parametrize(
    "account",
    [
        an_account(CASEWORKER, Role.CASEWORKER),
        an_account("ada@homeoffice.example", Role.ADMINISTRATOR),
        an_account(active=False),
    ],
)
def test_whoever_may_not_approve_is_not_handed_it(account: Account) -> None:
    with pytest.raises(Refused):
        hand_out(a_letter(), account)
    assert approvers_for(a_letter(), [account]) == ()


@pytest.mark.parametrize("status", [each for each in LetterStatus if each != LetterStatus.DRAFT])
def test_only_a_draft_is_handed_out(status: LetterStatus) -> None:
    with pytest.raises(UnlawfulMove):
        hand_out(a_letter(status=status), an_account())


def test_an_approver_who_edits_a_letter_has_lost_it() -> None:
    handed = hand_out(a_letter(), an_account())
    assert not must_be_handed_again(handed, [an_account(), OTHER])
    edited = amend(handed, some_content(area="Kent"), by=APPROVER)
    assert must_be_handed_again(edited, [an_account(), OTHER])
    assert must_be_handed_again(handed, [an_account(active=False), OTHER])
    assert not must_be_handed_again(a_letter(editors=(NOTE_TAKER,)), [OTHER])
