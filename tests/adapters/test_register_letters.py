"""Meetings, notes, letters, links and checks: the register's contract, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from secretariat.adapters.register import Database
from secretariat.adapters.register.engine import place_of
from secretariat.adapters.register.faults import RefusedByRegister
from secretariat.domain.errors import NotFound, SameEyes, StaleVersion
from secretariat.domain.ledger import Event
from secretariat.domain.letter import MEETING, LetterStatus, Typed, amend, approve
from secretariat.domain.publication import Finding, LinkStatus
from secretariat.domain.reference import Reference
from secretariat.domain.review import Status
from secretariat.domain.wording import ConfirmedWording
from tests.builders import (
    APPROVER,
    CASEWORKER,
    NOTE_TAKER,
    NOW,
    REFERENCE,
    TODAY,
    a_check,
    a_letter,
    a_letter_to_approve,
    a_link,
    a_meeting,
    a_review,
    a_section,
    an_act,
    some_content,
    some_notes,
)
from tests.register_builders import with_meeting, with_review, with_reviews

OTHER = Reference(2026, 2)
SOON = NOW + timedelta(minutes=5)


def test_meetings_are_listed_the_latest_first(database: Database) -> None:
    with_review(database)
    with database.register() as register:
        march = register.add_meeting(a_meeting(agenda=(REFERENCE,)), an_act())
        june = register.add_meeting(a_meeting(held_on=date(2026, 6, 2)), an_act())
        assert register.meetings() == (june, march)
        saved = register.save_meeting(replace(march, chair="D. Chair"), an_act())
        assert register.meeting(march.number) == saved
        with pytest.raises(StaleVersion):
            register.save_meeting(march, an_act())
        with pytest.raises(NotFound):
            register.meeting(99)


def test_the_newest_notes_of_a_review_come_first_and_alone_at_their_meeting(
    database: Database,
) -> None:
    meeting = with_meeting(database).number
    with_review(database, reference=OTHER)
    with database.register() as register:
        older = some_notes(meeting=meeting)
        newer = some_notes(meeting=meeting, section=a_section(line=7))
        about_other = some_notes(meeting=meeting, reference=OTHER)
        for notes in (older, newer, about_other):
            register.add_notes(notes, an_act(what=Event.NOTES_TAKEN))
        assert register.notes_of(REFERENCE) == (newer, older)
        assert register.notes_at(meeting) == (newer, about_other)


def test_notes_wait_for_a_letter_while_their_review_is_considered(database: Database) -> None:
    meeting = with_meeting(database).number
    notes = some_notes(meeting=meeting)
    with database.register() as register:
        register.add_notes(notes, an_act())
        assert register.to_draft() == ()
        considered = replace(register.review(REFERENCE), status=Status.CONSIDERED)
        register.save_review(considered, an_act())
        newer = replace(notes, section=a_section(line=7))
        register.add_notes(newer, an_act())
        assert register.to_draft() == (newer,)
        register.add_letter(a_letter(meeting=meeting), an_act())
        assert register.to_draft() == ()
        register.add_notes(notes, an_act())
        assert register.to_draft() == ()


def test_a_second_meeting_earns_a_second_letter(database: Database) -> None:
    first = with_meeting(database).number
    with database.register() as register:
        second = register.add_meeting(a_meeting(held_on=date(2026, 6, 2)), an_act()).number
        register.add_letter(a_letter(meeting=first), an_act())
        considered = replace(register.review(REFERENCE), status=Status.CONSIDERED)
        register.save_review(considered, an_act())
        register.add_notes(some_notes(meeting=second), an_act())
        assert [notes.meeting for notes in register.to_draft()] == [second]
        assert register.add_letter(a_letter(meeting=second, number=2), an_act())
        assert [letter.number for letter in register.letters_of(REFERENCE)] == [1, 2]


def test_a_letter_comes_back_as_it_was_kept(database: Database) -> None:
    meeting = with_meeting(database).number
    whole = approve(a_letter_to_approve(meeting=meeting), by=APPROVER, at=NOW)
    with database.register() as register:
        register.add_letter(whole, an_act())
    with database.reading() as reading:
        assert reading.letter(REFERENCE, 1) == whole
        assert reading.letters(LetterStatus.APPROVED, LetterStatus.DRAFT) == (whole,)
        assert reading.letters(LetterStatus.SENT) == ()
        with pytest.raises(NotFound, match="Letter 2 on QA-2026-0001"):
            reading.letter(REFERENCE, 2)


def test_two_daemons_draft_one_letter(open_another: Callable[[], Database]) -> None:
    offices = [open_another() for _ in range(3)]
    meeting = with_meeting(offices[0]).number

    def draft(office: Database) -> bool:
        with office.register() as register:
            return register.add_letter(a_letter(meeting=meeting), an_act()) is not None

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(draft, offices)) == [False, False, True]


def test_a_number_that_another_letter_bears_is_refused(database: Database) -> None:
    meeting = with_meeting(database).number
    with database.register() as register:
        other = register.add_meeting(a_meeting(), an_act()).number
        register.add_letter(a_letter(meeting=meeting), an_act())
    with pytest.raises(StaleVersion), database.register() as register:
        register.add_letter(a_letter(meeting=other), an_act())


def test_of_two_editors_only_the_first_saves(open_another: Callable[[], Database]) -> None:
    one, two = open_another(), open_another()
    meeting = with_meeting(one).number
    letter = a_letter(meeting=meeting)
    with one.register() as register:
        register.add_letter(letter, an_act())
    with one.register() as register:
        register.save_letter(amend(letter, some_content(area="Kent"), by=CASEWORKER), an_act())
    with pytest.raises(StaleVersion), two.register() as register:
        register.save_letter(amend(letter, some_content(area="Essex"), by=APPROVER), an_act())


@pytest.mark.parametrize("author", [NOTE_TAKER, NOTE_TAKER.upper(), CASEWORKER])
def test_the_register_refuses_an_approval_by_an_author(database: Database, author: str) -> None:
    meeting = with_meeting(database).number
    letter = a_letter_to_approve(meeting=meeting, editors=(CASEWORKER,))
    with database.register() as register:
        register.add_letter(letter, an_act())
    forged = replace(letter, status=LetterStatus.APPROVED, approved_by=author, approved_at=NOW)
    with pytest.raises(SameEyes), database.register() as register:
        register.save_letter(forged, an_act(what=Event.APPROVED))
    with database.reading() as reading:
        assert reading.letter(REFERENCE, 1).status is LetterStatus.DRAFT
        assert Event.APPROVED not in {one.what for one in reading.ledger(str(REFERENCE))}


def test_who_edited_a_letter_once_may_never_approve_it(database: Database) -> None:
    meeting = with_meeting(database).number
    with database.register() as register:
        edited = a_letter_to_approve(meeting=meeting, editors=(CASEWORKER,))
        register.add_letter(edited, an_act())
        washed = register.save_letter(replace(edited, editors=()), an_act())
    approved = replace(washed, status=LetterStatus.APPROVED, approved_by=CASEWORKER)
    with pytest.raises(SameEyes), database.register() as register:
        register.save_letter(approved, an_act())


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE letter SET status = 'approved', approved_by = '{NOTE_TAKER}'",
        "UPDATE letter SET status = 'approved'",
        "UPDATE letter SET status = 'sending'",
        "UPDATE letter SET status = 'nearly done'",
        "DELETE FROM letter_hand",
        f"UPDATE letter_hand SET person = '{APPROVER}'",
    ],
)
def test_the_database_itself_refuses_what_bars_the_second_pair_of_eyes(
    database: Database, url: str, statement: str
) -> None:
    meeting = with_meeting(database).number
    with database.register() as register:
        register.add_letter(a_letter_to_approve(meeting=meeting), an_act())
    engine = create_engine(place_of(url))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize(
    "lacking",
    [
        {"docx": ""},
        {"to": ""},
        {"leaves_on": None},
        {"confirmations": ()},
        {"confirmations": a_letter_to_approve().confirmations[1:]},
    ],
)
def test_the_database_refuses_an_approval_of_what_is_not_whole(
    database: Database, lacking: dict[str, Any]
) -> None:
    meeting = with_meeting(database).number
    draft = a_letter_to_approve(meeting=meeting, **lacking)
    with database.register() as register:
        register.add_letter(draft, an_act())
    forged = replace(draft, status=LetterStatus.APPROVED, approved_by=APPROVER, approved_at=NOW)
    with pytest.raises(RefusedByRegister), database.register() as register:
        register.save_letter(forged, an_act(what=Event.APPROVED))


def test_an_approver_cannot_be_made_an_editor_of_what_stays_approved(database: Database) -> None:
    meeting = with_meeting(database).number
    approved = approve(a_letter_to_approve(meeting=meeting), by=APPROVER, at=NOW)
    with database.register() as register:
        register.add_letter(approved, an_act())
    with pytest.raises(SameEyes), database.register() as register:
        register.save_letter(replace(approved, editors=(APPROVER,)), an_act())


def test_an_approver_who_amends_voids_the_approval_and_becomes_an_editor(
    database: Database,
) -> None:
    meeting = with_meeting(database).number
    approved = approve(a_letter_to_approve(meeting=meeting), by=APPROVER, at=NOW)
    with database.register() as register:
        register.add_letter(approved, an_act())
        amended = amend(approved, some_content(area="Kent"), by=APPROVER)
        assert register.save_letter(amended, an_act()).editors == (APPROVER,)


def test_a_url_is_noted_once_for_a_review(database: Database) -> None:
    with_reviews(database, [1, 2])
    with database.register() as register:
        link = register.add_link(a_link(), an_act())
        assert link is not None
        assert register.add_link(a_link(), an_act()) is None
        other = register.add_link(a_link(reference=OTHER), an_act())
        newer = register.add_link(a_link(url="https://www.anyshire.example/b"), an_act())
        assert register.links_of(REFERENCE) == (newer, link)
        assert other is not None
        assert register.link(other.number) == other


def test_two_daemons_never_claim_the_same_link(open_another: Callable[[], Database]) -> None:
    offices = [open_another() for _ in range(3)]
    with_review(offices[0])
    with offices[0].register() as register:
        for number in range(6):
            register.add_link(a_link(url=f"https://www.anyshire.example/{number}"), an_act())

    def claim(office: Database) -> list[int]:
        with office.register() as register:
            return [one.number for one in register.claim_links("d", now=NOW, until=SOON, limit=2)]

    with ThreadPoolExecutor(3) as pool:
        claimed = [one for many in pool.map(claim, offices) for one in many]
    assert sorted(claimed) == [1, 2, 3, 4, 5, 6]
    with offices[0].register() as register:
        assert register.claim_links("d", now=NOW, until=SOON) == ()
        assert len(register.claim_links("d", now=SOON, until=SOON, limit=9)) == 6


def test_a_checked_link_is_claimed_no_more_and_counts_while_a_person_must_look(
    database: Database,
) -> None:
    with_review(database, status=Status.PUBLICATION_AWAITED)
    with database.register() as register:
        link = register.add_link(a_link(), an_act())
        assert link is not None
        register.add_check(a_check(link=link.number, finding=Finding.UNSURE), an_act())
        checked = register.save_link(replace(link, status=LinkStatus.CHECKED), an_act())
        assert register.claim_links("d", now=NOW, until=SOON) == ()
        assert register.counts(TODAY).links_to_look_at == 1
        found = a_check(link=link.number, likeness=None, letter_found=None, missing=("a",))
        register.add_check(found, an_act(what=Event.CHECKED))
        assert register.checks_of(REFERENCE)[0] == found
        checked = register.save_link(replace(checked, status=LinkStatus.SET_ASIDE), an_act())
        assert register.counts(TODAY).links_to_look_at == 0
        with pytest.raises(StaleVersion):
            register.save_link(replace(checked, version=0), an_act())


def test_a_review_at_every_status_can_be_kept(database: Database) -> None:
    with database.register() as register:
        for number, status in enumerate(Status, start=1):
            review = a_review(reference=Reference(2026, number), status=status)
            register.add_review(review, an_act())
    with database.reading() as reading:
        assert {one[1] for one in reading.counts(TODAY).by_status} == {1}


def test_a_letter_that_was_not_delivered_counts_until_it_is_amended(database: Database) -> None:
    with database.register() as register:
        register.add_review(a_review(), an_act())
        register.add_meeting(a_meeting(), an_act())
        register.add_letter(a_letter(status=LetterStatus.NOT_DELIVERED), an_act())
    with database.reading() as reading:
        assert reading.counts(TODAY).letters_not_delivered == 1
    with database.register() as register:
        letter = register.letter(REFERENCE, 1)
        register.save_letter(amend(letter, letter.content, by=CASEWORKER), an_act())
    with database.reading() as reading:
        assert reading.counts(TODAY).letters_not_delivered == 0


def test_every_version_of_a_letters_words_is_kept_and_its_day_is_no_word(
    database: Database,
) -> None:
    meeting = with_meeting(database).number
    with database.register() as register:
        letter = register.add_letter(a_letter(meeting=meeting), an_act())
        assert letter is not None
        dated = replace(letter, content=replace(letter.content, letter_date=TODAY))
        dated = register.save_letter(dated, an_act())
        words = replace(letter.content, conclusion=("Another thought.",))
        register.save_letter(amend(dated, words, by=CASEWORKER), an_act(who=CASEWORKER))
        kept = register.letter_versions(REFERENCE, letter.number)
    assert [(each.version, each.content.conclusion) for each in kept] == [
        (0, letter.content.conclusion),
        (2, ("Another thought.",)),
    ]
    assert kept[-1].by == CASEWORKER


@pytest.mark.parametrize("about", [str(REFERENCE), MEETING])
def test_what_a_person_has_typed_is_theirs_alone_until_it_is_forgotten(
    database: Database, about: str
) -> None:
    ours = Typed(about, 1, CASEWORKER, 3, ("conclusion", "Half a sen"), NOW)
    other = replace(ours, reference=str(REFERENCE) if about == MEETING else MEETING)
    with database.register() as register:
        register.put_typed(ours)
        register.put_typed(other)
        register.put_typed(replace(ours, fields=("conclusion", "Half a sentence")))
        found = register.typed(about, 1, CASEWORKER)
        assert found == replace(ours, fields=("conclusion", "Half a sentence"))
        assert register.typed(about, 1, APPROVER) is None
        register.forget_typed(about, 1, CASEWORKER)
        assert register.typed(about, 1, CASEWORKER) is None
        assert register.typed(other.reference, 1, CASEWORKER) == other


def test_a_wording_is_confirmed_once_and_by_name(database: Database) -> None:
    wording = ConfirmedWording("2022", "regret", "a" * 64, APPROVER, NOW)
    with database.register() as register:
        register.confirm_wording(wording, an_act())
        register.confirm_wording(replace(wording, by=CASEWORKER), an_act())
        assert register.confirmed_wordings() == (wording,)
