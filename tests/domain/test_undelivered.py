"""Why mail of ours came back, in plain words, and the steps from there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from secretariat.domain.errors import UnlawfulMove
from secretariat.domain.letter import Fact, Letter, LetterStatus, amend, unconfirmed
from secretariat.domain.post import Posting, PostingStatus
from secretariat.domain.undelivered import (
    NO_CODE,
    NOT_NEEDED,
    REACHED,
    arrive,
    forgo,
    is_open,
    is_settled,
    let_go,
    reach,
    send_anew,
    supersede,
    why_returned,
)
from tests.builders import CASEWORKER, COUNCIL_ADDRESS, NOW, a_letter_to_approve, a_posting

LATER = NOW + timedelta(days=2)
POSTING_STEPS: dict[str, tuple[Callable[[Posting], Posting], PostingStatus]] = {
    "reach": (lambda posting: reach(posting, at=LATER), PostingStatus.SENT),
    "forgo": (forgo, PostingStatus.DROPPED),
    "supersede": (supersede, PostingStatus.BOUNCED),
}
LETTER_STEPS: dict[str, tuple[Callable[[Letter], Letter], LetterStatus]] = {
    "anew": (
        lambda letter: send_anew(letter, letter.to, letter.copies, by=CASEWORKER),
        LetterStatus.DRAFT,
    ),
    "arrive": (lambda letter: arrive(letter, at=LATER), LetterStatus.SENT),
    "let go": (let_go, LetterStatus.ABANDONED),
}


def a_letter_that_came_back(**said: object) -> Letter:
    back = {"status": LetterStatus.NOT_DELIVERED, "sent_at": NOW, "approved_by": "alex@x.example"}
    return a_letter_to_approve(**{**back, **said})


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("5.1.1", "the address is not known there (5.1.1)"),
        ("5.1.10", "the address is not known there (5.1.10)"),
        ("5.1.2", "the part of the address behind its @ is not known (5.1.2)"),
        ("5.2.1", "the mailbox is closed (5.2.1)"),
        ("5.2.2", "the mailbox is full (5.2.2)"),
        ("4.2.2", "the mailbox is full (4.2.2)"),
        ("5.2.3", "the mail was too big (5.2.3)"),
        ("5.3.4", "the mail was too big (5.3.4)"),
        ("5.7.1", "refused by their rules (5.7.1)"),
        ("5.7.606", "refused by their rules (5.7.606)"),
        ("4.4.7", "their server could not be reached (4.4.7)"),
        ("5.6.9", "the code of the report is 5.6.9"),
        ("5.1.8", "the code of the report is 5.1.8"),
        ("5.11.1", "the code of the report is 5.11.1"),
        ("", NO_CODE),
        ("5.1", NO_CODE),
        ("old@anyshire.example", NO_CODE),
        ("5.1.1 old@anyshire.example", NO_CODE),
    ],
)
def test_a_code_is_told_in_plain_words_and_nothing_but_a_code_is_kept(
    code: str, words: str
) -> None:
    assert why_returned(code) == words


@pytest.mark.parametrize("status", PostingStatus)
@pytest.mark.parametrize("name", POSTING_STEPS)
def test_only_a_mail_that_came_back_takes_these_steps(name: str, status: PostingStatus) -> None:
    step, reached = POSTING_STEPS[name]
    posting = a_posting(status=status)
    if status is PostingStatus.BOUNCED:
        assert step(posting).status is reached
        assert not is_open(step(posting))
    else:
        with pytest.raises(UnlawfulMove):
            step(posting)


@pytest.mark.parametrize("second", POSTING_STEPS)
def test_a_mail_in_whose_place_another_goes_takes_no_step_more(second: str) -> None:
    gone = supersede(a_posting(status=PostingStatus.BOUNCED, why="the mailbox is full (5.2.2)"))
    assert gone.why == "the mailbox is full (5.2.2); it goes again"
    with pytest.raises(UnlawfulMove):
        POSTING_STEPS[second][0](gone)


def test_what_a_person_noted_of_a_mail_is_settled() -> None:
    back = a_posting(status=PostingStatus.BOUNCED, why="the mailbox is full (5.2.2)")
    assert not is_settled(back)
    assert reach(back, at=LATER).why == REACHED
    assert forgo(back).why == NOT_NEEDED
    assert is_settled(reach(back, at=LATER))
    assert is_settled(forgo(back))
    assert not is_settled(supersede(back))


def test_the_day_on_which_it_was_sent_stays_and_one_never_noted_as_sent_gets_this_day() -> None:
    back = a_posting(status=PostingStatus.BOUNCED, sent_at=NOW)
    assert reach(back, at=LATER).sent_at == NOW
    assert reach(replace(back, sent_at=None), at=LATER).sent_at == LATER
    assert arrive(a_letter_that_came_back(), at=LATER).sent_at == NOW
    assert arrive(a_letter_that_came_back(sent_at=None), at=LATER).sent_at == LATER


@pytest.mark.parametrize("status", LetterStatus)
@pytest.mark.parametrize("name", LETTER_STEPS)
def test_only_a_letter_that_came_back_takes_these_steps(name: str, status: LetterStatus) -> None:
    step, reached = LETTER_STEPS[name]
    letter = a_letter_that_came_back(status=status)
    if status is LetterStatus.NOT_DELIVERED:
        assert step(letter).status is reached
    else:
        with pytest.raises(UnlawfulMove):
            step(letter)


@pytest.mark.parametrize("to", [COUNCIL_ADDRESS, "new@anyshire.example"])
def test_sent_anew_its_recipients_alone_are_confirmed_again_also_for_the_same_address(
    to: str,
) -> None:
    letter = a_letter_that_came_back()
    draft = send_anew(letter, to, letter.copies, by=CASEWORKER)
    assert (draft.to, unconfirmed(draft)) == (to, (Fact.RECIPIENTS,))
    assert (draft.approved_by, draft.sent_at, draft.docx, draft.leaves_on) == ("", None, "", None)
    assert CASEWORKER in draft.editors


def test_amended_after_it_came_back_its_recipients_are_confirmed_again_too() -> None:
    letter = a_letter_that_came_back()
    assert unconfirmed(amend(letter, letter.content, by=CASEWORKER)) == (Fact.RECIPIENTS,)
    approved = replace(letter, status=LetterStatus.APPROVED)
    assert unconfirmed(amend(approved, letter.content, by=CASEWORKER)) == ()
