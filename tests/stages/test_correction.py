"""A letter that has left is replaced, never changed; the chase and the check know the newest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.calendar import OfficeHours
from secretariat.domain.errors import Refused, SameEyes, StaleVersion
from secretariat.domain.ledger import Event
from secretariat.domain.letter import Fact, Letter, LetterStatus, unconfirmed
from secretariat.domain.letter_content import LetterKind
from secretariat.domain.post import PostingKind, PostingStatus, bounce
from secretariat.domain.review import Outcome, Status
from secretariat.stages.approval import Approval
from secretariat.stages.chase import Chase
from secretariat.stages.correction import Correction
from secretariat.stages.dispatch import Dispatch
from secretariat.stages.publication.stage import _wanted
from tests.builders import (
    APPROVER,
    CASEWORKER,
    NOTE_TAKER,
    REFERENCE,
    TODAY,
    a_contact,
    an_act,
    some_content,
)
from tests.dispatch_builders import an_approved_letter, fill_register, seat
from tests.letter_builders import RememberingOutbox, a_press, vouch_for_wording

LATER = datetime(2026, 3, 12, 12, tzinfo=UTC)
WRONG = "the council's name is misspelt"


class Room:
    """Every stage that a letter meets once it has left, over one register."""

    def __init__(self, register: Database, vault: Vault, clock: StoppedClock) -> None:
        self.register, self.vault, self.clock = register, vault, clock
        self.outbox = RememberingOutbox()
        self.dispatch: Dispatch = seat(register.register, vault, self.outbox, clock)
        self.correction = Correction(register.register)
        hours = OfficeHours(time(9), time(17))
        self.approval = Approval(register.register, a_press(), vault, clock, hours, frozenset())
        self.chase = Chase(
            register.register,
            Press(Path(__file__).parents[2] / "templates", soffice=""),
            MimeReading(str),
            vault,
            clock,
            sender="dhr@homeoffice.example",
            domain="secretariat.example",
        )

    def letter(self, number: int) -> Letter:
        with self.register.reading() as eyes:
            return eyes.letter(REFERENCE, number)

    def begin(self, number: int = 1, by: str = CASEWORKER) -> Letter:
        version = self.letter(number).version
        return self.correction.begin(REFERENCE, number, WRONG, version=version, by=by)

    def send(self, number: int) -> None:
        letter = self.letter(number)
        vouch_for_wording(self.approval, letter)
        confirmed = self.approval.confirm(
            REFERENCE, number, tuple(Fact), version=letter.version, by=CASEWORKER
        )
        self.approval.approve(REFERENCE, number, version=confirmed.version, by=APPROVER)
        self.dispatch.work()
        assert self.letter(number).status is LetterStatus.SENT


@pytest.fixture
def room(register: Database, vault: Vault, clock: StoppedClock) -> Room:
    """A room whose letter left on 10 March 2026; it is two days later now."""
    content = some_content(letter_date=TODAY, copy_offices=())
    fill_register(register, an_approved_letter(vault, content=content, copies=()))
    with register.register() as pen:
        pen.save_contact(a_contact(), an_act())
    ours = Room(register, vault, clock)
    ours.dispatch.work()
    clock.moment = LATER
    return ours


def test_a_correction_is_a_draft_that_says_which_letter_it_replaces(room: Room) -> None:
    draft = room.begin()
    assert (draft.number, draft.corrects, draft.meeting) == (2, 1, None)
    assert (draft.status, draft.content.kind) == (LetterStatus.DRAFT, LetterKind.CORRECTION)
    assert draft.content.replaces == TODAY
    assert unconfirmed(draft) == tuple(Fact)
    with room.register.reading() as eyes:
        last = eyes.ledger(str(REFERENCE))[-1]
    assert (last.what, last.wording) == (Event.CORRECTED, WRONG)
    assert room.letter(1).replaced_by is None


def test_when_it_is_sent_the_old_one_is_marked_and_kept(room: Room) -> None:
    old = room.letter(1)
    room.begin()
    room.send(2)
    assert room.letter(1) == replace(old, replaced_by=2, version=old.version + 1)
    assert room.vault.open(room.letter(1).pdf) == b"%PDF the letter"
    assert len(room.outbox.left) == 2


def test_the_words_of_a_correction_must_be_confirmed_as_any(room: Room) -> None:
    draft = room.begin()
    assert "the wording of replaces in letters of 2017 must be confirmed" in (
        room.approval.hindrances(draft)
    )
    room.send(2)
    letter = room.letter(2)
    text = room.approval.press.paragraphs(room.vault.open(letter.docx))
    assert any("10 March 2026" in each for each in text)


def test_the_chase_is_neither_begun_anew_nor_stopped(room: Room) -> None:
    before = room.chase.standing(REFERENCE)
    room.begin()
    assert room.chase.standing(REFERENCE) == before
    room.send(2)
    after = room.chase.standing(REFERENCE)
    assert after.due_days == before.due_days
    assert after.state == before.state
    (followup,) = room.chase.due()
    assert followup.letter
    assert followup.letter.letter == 2


def test_the_next_reminder_names_the_day_of_the_newest_letter(room: Room) -> None:
    room.begin()
    room.send(2)
    room.clock.moment = datetime(2026, 5, 12, 10, tzinfo=UTC)
    assert room.chase.work().done == 1
    with room.register.reading() as eyes:
        chaser = eyes.postings_of(REFERENCE)[-1]
        newest = next(one for one in eyes.postings_of(REFERENCE) if one.letter == 2)
    mail = MimeReading(str).parse(room.vault.open(chaser.raw))
    assert "12 March 2026" in mail.text
    assert newest.message_id in mail.references


def test_a_correction_that_came_back_leaves_the_letter_that_it_was_to_replace(room: Room) -> None:
    before = room.chase.standing(REFERENCE)
    room.begin()
    room.send(2)
    with room.register.register() as pen:
        posting = pen.postings_of(REFERENCE)[-1]
        pen.save_posting(bounce(posting, "unknown"), an_act())
        letter = pen.letter(REFERENCE, 2)
        pen.save_letter(replace(letter, status=LetterStatus.NOT_DELIVERED), an_act())
    (followup,) = room.chase.due()
    assert followup.letter
    assert followup.letter.letter == 1
    assert followup.chase.due_days == before.due_days
    with room.register.reading() as eyes:
        assert _wanted(eyes, REFERENCE).letter == eyes.letter(REFERENCE, 1)


def test_the_page_is_held_against_the_newest_letter_that_was_sent(room: Room) -> None:
    room.begin()
    with room.register.reading() as eyes:
        assert _wanted(eyes, REFERENCE).letter == eyes.letter(REFERENCE, 1)
    room.send(2)
    with room.register.reading() as eyes:
        assert _wanted(eyes, REFERENCE).letter == eyes.letter(REFERENCE, 2)
        assert eyes.review(REFERENCE).status is Status.PUBLICATION_AWAITED


def test_a_correction_can_be_corrected_and_the_first_one_no_more(room: Room) -> None:
    room.begin()
    room.send(2)
    with pytest.raises(Refused, match="Letter 2 on QA-2026-0001 was sent since"):
        room.begin(1)
    assert room.begin(2).corrects == 2
    room.send(3)
    assert [room.letter(number).replaced_by for number in (1, 2, 3)] == [2, 3, None]


def test_nobody_approves_it_who_wrote_or_edited_or_began_it(room: Room) -> None:
    draft = room.begin(by="ben@homeoffice.example")
    room.approval.confirm(REFERENCE, 2, tuple(Fact), version=draft.version, by=CASEWORKER)
    for person in (NOTE_TAKER, "ben@homeoffice.example"):
        with pytest.raises(SameEyes):
            room.approval.approve(REFERENCE, 2, version=room.letter(2).version, by=person)


@pytest.mark.parametrize("why", ["", "  "])
def test_no_correction_without_a_reason(room: Room, why: str) -> None:
    with pytest.raises(Refused, match="say what is wrong"):
        room.correction.begin(REFERENCE, 1, why, version=room.letter(1).version, by=CASEWORKER)


def test_one_correction_at_a_time_of_the_version_that_was_seen(room: Room) -> None:
    with pytest.raises(StaleVersion):
        room.correction.begin(REFERENCE, 1, WRONG, version=0, by=CASEWORKER)
    room.begin()
    with pytest.raises(Refused, match="underway already: Letter 2"):
        room.begin()


def test_what_has_not_left_is_amended_and_not_corrected(room: Room) -> None:
    room.begin()
    with pytest.raises(Refused, match="has not left"):
        room.begin(2)


def test_nothing_is_corrected_about_a_review_that_is_over(room: Room) -> None:
    with room.register.register() as pen:
        review = replace(pen.review(REFERENCE), status=Status.WITHDRAWN)
        pen.save_review(review, an_act())
    with pytest.raises(Refused, match="is withdrawn"):
        room.begin()


def test_two_corrections_of_one_review_stand_beside_each_other(room: Room) -> None:
    draft = room.begin()
    with room.register.register() as pen:
        assert pen.add_letter(replace(draft, number=3), an_act()) is not None
    assert room.letter(3).corrects == 1


def test_a_correction_found_in_sent_marks_the_old_letter(room: Room) -> None:
    room.begin()
    room.outbox.drops = 1
    letter = room.letter(2)
    vouch_for_wording(room.approval, letter)
    confirmed = room.approval.confirm(
        REFERENCE, 2, tuple(Fact), version=letter.version, by=CASEWORKER
    )
    room.approval.approve(REFERENCE, 2, version=confirmed.version, by=APPROVER)
    room.dispatch.work()
    with room.register.reading() as eyes:
        stuck = next(one for one in eyes.postings_of(REFERENCE) if one.letter == 2)
    assert (stuck.kind, stuck.status) == (PostingKind.LETTER, PostingStatus.SENDING)
    room.clock.moment += timedelta(hours=1)
    room.dispatch.settle(stuck.number, True, by=CASEWORKER, why="it is in Sent")
    assert room.letter(1).replaced_by == 2
    assert room.letter(2).content.outcome is Outcome.PUBLISH_AFTER_CHANGES
