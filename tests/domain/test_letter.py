from dataclasses import replace

import pytest

from secretariat.domain.errors import Refused, SameEyes, UnlawfulMove
from secretariat.domain.letter import (
    Copy,
    Fact,
    Letter,
    LetterStatus,
    abandon,
    amend,
    approve,
    begin_sending,
    bring_back,
    confirm,
    confirm_sent,
    date_and_make,
    give_back,
    hindrances,
    readdress,
    unconfirmed,
)
from tests.builders import (
    APPROVER,
    CASEWORKER,
    NOTE_TAKER,
    NOW,
    TODAY,
    a_letter,
    a_letter_to_approve,
    an_addressee,
)

BOARD = Copy("E23000098", "Mayor of Otherton", "mayor@otherton.example")


def approved(**said: object) -> Letter:
    return replace(approve(a_letter_to_approve(), by=APPROVER, at=NOW), **said)


def test_a_letter_with_everything_confirmed_and_made_is_approved() -> None:
    letter = approved()
    assert (letter.status, letter.approved_by) == (LetterStatus.APPROVED, APPROVER)


@pytest.mark.parametrize("fact", Fact)
def test_each_fact_must_be_confirmed_by_a_person(fact: Fact) -> None:
    letter = a_letter_to_approve()
    kept = tuple(each for each in letter.confirmations if each.fact is not fact)
    with pytest.raises(Refused, match=fact):
        approve(replace(letter, confirmations=kept), by=APPROVER, at=NOW)


@pytest.mark.parametrize(
    ("lacking", "reason"),
    [
        ({"to": ""}, "addressee's e-mail"),
        ({"docx": ""}, "made and dated"),
        ({"leaves_on": None}, "made and dated"),
        ({"copies": (Copy("E1", "PCC for Anyshire"),)}, "take the copy sentence out"),
    ],
)
def test_what_is_missing_is_told_in_a_sentence(lacking: dict[str, object], reason: str) -> None:
    (told,) = hindrances(a_letter_to_approve(**lacking))
    assert reason in told


@pytest.mark.parametrize("person", [NOTE_TAKER, CASEWORKER])
def test_nobody_who_wrote_its_notes_or_edited_it_approves_it(person: str) -> None:
    letter = a_letter_to_approve(editors=(CASEWORKER,))
    with pytest.raises(SameEyes):
        approve(letter, by=person, at=NOW)


def test_an_edit_voids_the_approval_and_unconfirms_only_what_it_touches() -> None:
    letter = approved()
    content = replace(letter.content, addressee=an_addressee(last="Otherwise"))
    changed = amend(letter, content, by=CASEWORKER)
    assert (changed.status, changed.approved_by, changed.leaves_on) == (
        LetterStatus.DRAFT,
        "",
        None,
    )
    assert unconfirmed(changed) == (Fact.ADDRESSEE,)
    assert changed.editors == (CASEWORKER,)
    assert "made and dated" in hindrances(changed)[-1]


def test_taking_the_copy_sentence_out_takes_the_copies_out() -> None:
    letter = a_letter_to_approve()
    changed = amend(letter, replace(letter.content, copy_offices=()), by=CASEWORKER)
    assert changed.copies == ()
    assert unconfirmed(changed) == (Fact.RECIPIENTS,)


def test_an_office_that_only_the_words_name_blocks_approval() -> None:
    letter = a_letter_to_approve()
    changed = amend(letter, replace(letter.content, copy_offices=("PCC for X",)), by=CASEWORKER)
    assert any("PCC for X" in reason for reason in hindrances(changed))


def test_other_recipients_are_named_in_the_words_and_must_be_confirmed() -> None:
    changed = readdress(a_letter_to_approve(), "new@anyshire.example", (BOARD,), by=CASEWORKER)
    assert changed.content.copy_offices == ("Mayor of Otherton",)
    assert unconfirmed(changed) == (Fact.RECIPIENTS,)


def test_another_address_alone_must_be_confirmed_too() -> None:
    letter = a_letter_to_approve()
    changed = readdress(letter, "new@anyshire.example", letter.copies, by=CASEWORKER)
    assert unconfirmed(changed) == (Fact.RECIPIENTS,)


def test_a_letter_that_did_not_leave_comes_back_undated_with_its_facts_confirmed() -> None:
    back = bring_back(begin_sending(approved(), "<one@secretariat.example>"))
    assert (back.status, back.leaves_on, back.docx) == (LetterStatus.DRAFT, None, "")
    assert unconfirmed(back) == ()


def test_a_made_letter_bears_its_day() -> None:
    made = date_and_make(a_letter(), TODAY, template="t", docx="d", pdf="p")
    assert (made.content.letter_date, made.leaves_on) == (TODAY, TODAY)


def test_a_returned_letter_is_counted_and_an_abandoned_one_is_over() -> None:
    assert give_back(approved()).returned == 1
    assert abandon(approved()).status is LetterStatus.ABANDONED


def test_a_fact_confirmed_twice_stands_once() -> None:
    twice = confirm(a_letter_to_approve(), (Fact.CSP,), by=APPROVER, at=NOW)
    assert [each.by for each in twice.confirmations if each.fact is Fact.CSP] == [APPROVER]


@pytest.mark.parametrize(
    "step",
    [
        lambda letter: amend(letter, letter.content, by=CASEWORKER),
        lambda letter: confirm(letter, (Fact.CSP,), by=CASEWORKER, at=NOW),
        lambda letter: approve(letter, by=APPROVER, at=NOW),
        lambda letter: begin_sending(letter, "<x@y>"),
        lambda letter: confirm_sent(letter, at=NOW),
        lambda letter: date_and_make(letter, TODAY, template="", docx="", pdf=""),
        give_back,
        bring_back,
        abandon,
    ],
)
def test_a_letter_that_was_sent_is_never_touched_again(step: object) -> None:
    assert callable(step)
    with pytest.raises(UnlawfulMove):
        step(approved(status=LetterStatus.SENT))
