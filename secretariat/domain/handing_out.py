"""Handing a draft to the person who is to approve it; whoever had a hand in it is passed over."""

from collections.abc import Iterable
from dataclasses import replace

from secretariat.domain.errors import Refused, SameEyes, UnlawfulMove
from secretariat.domain.letter import Letter, LetterStatus, named
from secretariat.domain.staff import Account, Duty, may


def may_take(account: Account, letter: Letter) -> bool:
    """Say whether the account may be handed the letter: an approver with no hand in it."""
    return may(account, Duty.APPROVE) and not has_a_hand_in(account.email, letter)


def has_a_hand_in(email: str, letter: Letter) -> bool:
    """Say whether the account wrote the letter's notes or edited any version of it."""
    hands = {each.lower() for each in (*letter.note_authors, *letter.editors)}
    return email.lower() in hands


def approvers_for(letter: Letter, accounts: Iterable[Account]) -> tuple[Account, ...]:
    """Return who may be handed the letter."""
    return tuple(each for each in accounts if may_take(each, letter))


def must_be_handed_again(letter: Letter, accounts: Iterable[Account]) -> bool:
    """Say whether a draft was handed to somebody who may not approve it by now."""
    if letter.status is not LetterStatus.DRAFT or not letter.handed_to:
        return False
    return all(each.email != letter.handed_to for each in approvers_for(letter, accounts))


def hand_out(letter: Letter, to: Account | None) -> Letter:
    """Return the draft as handed to an approver, or to anybody again.

    Raise UnlawfulMove unless it is a draft, SameEyes for whoever wrote its notes or edited it,
    Refused for an account that may not approve.
    """
    if letter.status is not LetterStatus.DRAFT:
        raise UnlawfulMove(named(letter), letter.status, "handed out")
    if to is None:
        return replace(letter, handed_to="")
    if has_a_hand_in(to.email, letter):
        raise SameEyes(to.email)
    if not may(to, Duty.APPROVE):
        raise Refused(f"{to.email} may not {Duty.APPROVE}")
    return replace(letter, handed_to=to.email)
