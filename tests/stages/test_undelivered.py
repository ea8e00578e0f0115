"""A letter that came back goes again, reaches them another way, or is let go; none goes twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import NotFound, Refused, StaleVersion, UnlawfulMove
from secretariat.domain.ledger import Entry, Event
from secretariat.domain.letter import Copy, Fact, Letter, LetterStatus, seal_of, unconfirmed
from secretariat.domain.letter_content import LetterKind
from secretariat.domain.post import Posting, PostingKind, PostingStatus, begin_sending, bounce
from secretariat.domain.review import Outcome, Status
from secretariat.domain.undelivered import REACHED
from tests.builders import (
    APPROVER,
    CASEWORKER,
    COUNCIL_ADDRESS,
    NOW,
    OFFICE_ADDRESS,
    REFERENCE,
    TODAY,
    a_letter,
    a_letter_to_approve,
    a_posting,
    an_act,
    an_office,
    some_content,
)
from tests.dispatch_builders import an_approved_letter, fill_register, seat
from tests.letter_builders import RememberingOutbox

NEW_ADDRESS = "new@anyshire.example"
NEW_OFFICE = "new-office@anyshire-pcc.example"
LATER = datetime(2026, 3, 12, 10, tzinfo=UTC)
FULL = "the mailbox is full (5.2.2)"
SHARED = "shared@pcc.example"


class Desk:
    """The stage with everything it stands on, after its first letter and copy have left."""

    def __init__(self, register: Database, vault: Vault, clock: StoppedClock) -> None:
        self.register, self.vault, self.clock = register, vault, clock
        self.outbox = RememberingOutbox()
        self.stage = seat(register.register, vault, self.outbox, clock)
        self.undelivered = self.stage.undelivered

    def letter(self) -> Letter:
        with self.register.reading() as eyes:
            return eyes.letter(REFERENCE, 1)

    def postings(self) -> tuple[Posting, ...]:
        with self.register.reading() as eyes:
            return eyes.postings_of(REFERENCE)

    def review(self) -> Status:
        with self.register.reading() as eyes:
            return eyes.review(REFERENCE).status

    def told(self) -> list[Entry]:
        with self.register.reading() as eyes:
            return list(eyes.ledger(str(REFERENCE)))

    def went_to(self) -> list[str]:
        return [MimeReading(str).parse(raw).recipients[0] for _, raw in self.outbox.left]

    def comes_back(self, number: int) -> Posting:
        """Let a mail come back, and the letter with it where the mail was the letter's."""
        with self.register.register() as pen:
            posting = pen.save_posting(bounce(pen.posting(number), FULL), an_act())
            if posting.kind is PostingKind.LETTER:
                letter = replace(pen.letter(REFERENCE, 1), status=LetterStatus.NOT_DELIVERED)
                pen.save_letter(letter, an_act())
            return pen.posting(number)

    def send_anew(self, to: str = NEW_ADDRESS) -> Letter:
        version = self.letter().version
        return self.undelivered.send_anew(REFERENCE, 1, to, version=version, by=CASEWORKER)

    def approve(self) -> None:
        """Put the letter as it stands past the second pair of eyes."""
        letter = self.letter()
        content = replace(letter.content, letter_date=TODAY)
        approved = an_approved_letter(
            self.vault, to=letter.to, copies=letter.copies, content=content
        )
        with self.register.register() as pen:
            pen.save_letter(replace(approved, version=letter.version), an_act())

    def confirm_office(self, email: str, by: str = CASEWORKER) -> None:
        with self.register.register() as pen:
            pen.save_office(an_office(email=email, confirmed_by=by), an_act())


@pytest.fixture
def desk(register: Database, vault: Vault, clock: StoppedClock) -> Desk:
    fill_register(register, an_approved_letter(vault))
    desk = Desk(register, vault, clock)
    desk.confirm_office(OFFICE_ADDRESS)
    desk.stage.work()
    assert desk.went_to() == [COUNCIL_ADDRESS, OFFICE_ADDRESS]
    return desk


@pytest.mark.parametrize("to", [NEW_ADDRESS, COUNCIL_ADDRESS])
def test_the_letter_goes_again_once_and_whoever_had_a_copy_gets_no_second(
    desk: Desk, to: str
) -> None:
    desk.comes_back(1)
    draft = desk.send_anew(to)
    assert (draft.status, draft.to, unconfirmed(draft)) == (
        LetterStatus.DRAFT,
        to,
        (Fact.RECIPIENTS,),
    )
    desk.approve()
    assert [each.to for each in desk.stage.would_leave()] == [to]
    for _ in range(3):
        desk.stage.work()
    assert desk.went_to() == [COUNCIL_ADDRESS, OFFICE_ADDRESS, to]
    assert len({message_id for message_id, _ in desk.outbox.left}) == 3
    assert desk.letter().status is LetterStatus.SENT
    assert [each.status for each in desk.postings()] == [
        PostingStatus.BOUNCED,
        PostingStatus.SENT,
        PostingStatus.SENT,
    ]


def test_a_copy_that_came_back_too_goes_again_with_its_letter_to_the_address_known_by_now(
    desk: Desk,
) -> None:
    desk.comes_back(1)
    desk.comes_back(2)
    desk.confirm_office(NEW_OFFICE)
    desk.send_anew()
    desk.approve()
    desk.stage.work()
    assert desk.went_to()[2:] == [NEW_ADDRESS, NEW_OFFICE]
    assert [each.why for each in desk.postings()[:2]] == [f"{FULL}; it goes again"] * 2


def test_a_copy_that_left_is_known_again_although_its_office_has_another_address_since(
    desk: Desk,
) -> None:
    desk.comes_back(1)
    desk.confirm_office(NEW_OFFICE)
    assert desk.send_anew().copies[0].to == NEW_OFFICE
    desk.approve()
    desk.stage.work()
    assert desk.went_to()[2:] == [NEW_ADDRESS]


def test_offices_that_share_an_address_are_told_apart(
    register: Database, vault: Vault, clock: StoppedClock
) -> None:
    copies = (Copy("E23000099", "PCC", SHARED), Copy("E23000098", "Mayor", SHARED))
    content = some_content(letter_date=TODAY, copy_offices=("PCC", "Mayor"))
    fill_register(register, an_approved_letter(vault, copies=copies, content=content))
    desk = Desk(register, vault, clock)
    desk.stage.work()
    desk.comes_back(3)
    desk.comes_back(1)
    desk.send_anew()
    desk.approve()
    desk.stage.work()
    mails = [MimeReading(str).parse(raw) for _, raw in desk.outbox.left[3:]]
    assert [each.recipients[0] for each in mails] == [NEW_ADDRESS, SHARED]
    assert "To the Mayor" in mails[1].text


def test_a_copy_that_had_not_left_yet_leaves_once_with_the_letter_that_goes_again(
    desk: Desk,
) -> None:
    with desk.register.register() as pen:
        waiting = replace(pen.posting(2), status=PostingStatus.READY, sent_at=None)
        pen.save_posting(waiting, an_act())
    desk.outbox.left.pop()
    desk.comes_back(1)
    desk.send_anew()
    desk.approve()
    for _ in range(2):
        desk.stage.work()
    assert desk.went_to() == [COUNCIL_ADDRESS, NEW_ADDRESS, OFFICE_ADDRESS]
    assert desk.postings()[1].status is PostingStatus.DROPPED


def test_while_nobody_knows_whether_a_copy_left_the_letter_waits(desk: Desk) -> None:
    with desk.register.register() as pen:
        doubtful = replace(pen.posting(2), status=PostingStatus.READY)
        pen.save_posting(begin_sending(doubtful), an_act())
    desk.comes_back(1)
    desk.send_anew()
    desk.approve()
    told = [why for _, why in desk.stage.work().stuck]
    assert "a person must say first whether an earlier copy of it left" in told
    assert desk.letter().status is LetterStatus.APPROVED
    assert [each.to for each in desk.stage.would_leave()] == [NEW_ADDRESS, OFFICE_ADDRESS]
    desk.stage.settle(2, True, by=CASEWORKER, why="it stands in Sent")
    desk.clock.moment = NOW
    desk.stage.work()
    assert desk.went_to()[2:] == [NEW_ADDRESS]


def test_it_is_told_in_the_ledger_who_said_how_it_goes_on(desk: Desk) -> None:
    desk.comes_back(1)
    desk.send_anew()
    last = desk.told()[-1]
    assert (last.who, last.what) == (CASEWORKER, Event.AMENDED)
    assert last.why == "letter 1: it was not delivered; it is to go to another address"
    desk.approve()
    desk.stage.work()
    desk.comes_back(3)
    desk.send_anew()
    assert desk.told()[-1].why.endswith("it is to go to the same address")
    assert NEW_ADDRESS not in " ".join(each.why for each in desk.told())


WAYS: dict[str, Callable[[Desk, int], object]] = {
    "again": lambda desk, version: desk.undelivered.send_anew(
        REFERENCE, 1, NEW_ADDRESS, version=version, by=CASEWORKER
    ),
    "reached": lambda desk, version: desk.undelivered.note_reached(
        REFERENCE, 1, "By post.", version=version, by=CASEWORKER
    ),
}


@pytest.mark.parametrize("second", WAYS)
@pytest.mark.parametrize("first", WAYS)
def test_whoever_is_second_changes_nothing(desk: Desk, first: str, second: str) -> None:
    desk.comes_back(1)
    version = desk.letter().version
    WAYS[first](desk, version)
    stands, told = desk.letter(), desk.told()
    with pytest.raises(StaleVersion):
        WAYS[second](desk, version)
    assert (desk.letter(), desk.told()) == (stands, told)


@pytest.mark.parametrize("way", WAYS)
def test_a_letter_that_arrived_takes_none_of_these_ways(desk: Desk, way: str) -> None:
    with pytest.raises(UnlawfulMove):
        WAYS[way](desk, desk.letter().version)
    assert desk.letter().status is LetterStatus.SENT


@pytest.mark.parametrize("to", ["", "nobody", "a@b.example, c@d.example", "a@b.example\nBcc: c"])
def test_what_is_no_address_is_refused(desk: Desk, to: str) -> None:
    desk.comes_back(1)
    with pytest.raises(Refused):
        desk.send_anew(to)
    assert desk.letter().status is LetterStatus.NOT_DELIVERED


def test_what_reached_them_another_way_stands_as_sent_on_its_day(desk: Desk) -> None:
    sent_at = desk.letter().sent_at
    desk.comes_back(1)
    desk.clock.moment = LATER
    version = desk.letter().version
    why = "Jo says that it came by post."
    desk.undelivered.note_reached(REFERENCE, 1, why, version=version, by=CASEWORKER)
    letter, (mail, _) = desk.letter(), desk.postings()
    assert (letter.status, letter.sent_at) == (LetterStatus.SENT, sent_at)
    assert (mail.status, mail.sent_at, mail.why) == (PostingStatus.SENT, sent_at, REACHED)
    assert letter.sealed == seal_of(letter)
    told = [each for each in desk.told() if each.what is Event.REACHED]
    assert {(each.who, each.wording) for each in told} == {(CASEWORKER, why)}
    assert desk.review() is Status.PUBLICATION_AWAITED
    desk.stage.work()
    assert len(desk.outbox.left) == 2


def test_one_that_came_back_before_it_was_noted_as_sent_moves_its_review_when_it_reached_them(
    register: Database, vault: Vault, clock: StoppedClock
) -> None:
    fill_register(register, an_approved_letter(vault))
    desk = Desk(register, vault, clock)
    desk.outbox.drops = 1
    desk.stage.work()
    desk.comes_back(1)
    assert (desk.letter().sent_at, desk.review()) == (None, Status.CONSIDERED)
    version = desk.letter().version
    desk.undelivered.note_reached(REFERENCE, 1, "By post.", version=version, by=CASEWORKER)
    assert (desk.letter().sent_at, desk.review()) == (NOW, Status.PUBLICATION_AWAITED)
    desk.clock.moment += timedelta(minutes=11)
    desk.stage.work()
    assert desk.went_to() == [COUNCIL_ADDRESS, OFFICE_ADDRESS]


def test_a_correction_that_reached_them_another_way_replaces_its_letter(desk: Desk) -> None:
    with desk.register.register() as pen:
        content = some_content(kind=LetterKind.CORRECTION, replaces=TODAY)
        draft = a_letter_to_approve(number=2, content=content, corrects=1, meeting=None)
        pen.add_letter(replace(draft, status=LetterStatus.DRAFT), an_act())
        letter = pen.letter(REFERENCE, 2)
        approved = replace(letter, approved_by=APPROVER, approved_at=NOW)
        pen.save_letter(replace(approved, status=LetterStatus.NOT_DELIVERED), an_act())
        posting = a_posting(letter=2, message_id="<2@secretariat.example>")
        pen.add_posting(replace(posting, status=PostingStatus.BOUNCED), an_act())
        version = pen.letter(REFERENCE, 2).version
    desk.undelivered.note_reached(REFERENCE, 2, "By post.", version=version, by=CASEWORKER)
    assert desk.letter().replaced_by == 2
    desk.comes_back(1)
    with pytest.raises(Refused, match="letter 2 replaced it"):
        desk.send_anew()


def test_a_letter_on_a_review_that_is_over_goes_to_nobody_and_is_let_go(desk: Desk) -> None:
    desk.comes_back(1)
    version = desk.letter().version
    with pytest.raises(Refused, match="still wanted"):
        desk.undelivered.let_go(REFERENCE, 1, "Why.", version=version, by=CASEWORKER)
    with desk.register.register() as pen:
        review = replace(pen.review(REFERENCE), status=Status.WITHDRAWN)
        pen.save_review(review, an_act())
    with pytest.raises(Refused, match="is withdrawn"):
        desk.send_anew()
    with pytest.raises(Refused, match="say why"):
        desk.undelivered.let_go(REFERENCE, 1, " ", version=version, by=CASEWORKER)
    desk.undelivered.let_go(REFERENCE, 1, "Withdrawn.", version=version, by=CASEWORKER)
    assert desk.letter().status is LetterStatus.ABANDONED
    assert desk.postings()[0].status is PostingStatus.DROPPED
    assert desk.told()[-1].wording == "Withdrawn."


def test_a_letter_after_which_another_was_drafted_goes_no_more_and_moves_no_review(
    register: Database, vault: Vault, clock: StoppedClock
) -> None:
    content = some_content(letter_date=TODAY, outcome=Outcome.RESUBMIT)
    fill_register(register, an_approved_letter(vault, content=content))
    desk = Desk(register, vault, clock)
    desk.outbox.drops = 1
    desk.stage.work()
    desk.comes_back(1)
    with register.register() as pen:
        pen.add_letter(a_letter(number=2, meeting=None), an_act())
    with pytest.raises(Refused, match="letter 2 was drafted since"):
        desk.send_anew()
    version = desk.letter().version
    desk.undelivered.note_reached(REFERENCE, 1, "By post.", version=version, by=CASEWORKER)
    assert desk.letter().status is LetterStatus.SENT
    assert desk.review() is Status.CONSIDERED


@pytest.mark.parametrize("why", ["", " \n"])
def test_that_it_reached_them_is_noted_with_a_reason_only(desk: Desk, why: str) -> None:
    desk.comes_back(1)
    version = desk.letter().version
    with pytest.raises(Refused, match="say why"):
        desk.undelivered.note_reached(REFERENCE, 1, why, version=version, by=CASEWORKER)
    assert desk.letter().status is LetterStatus.NOT_DELIVERED


def test_a_copy_goes_once_to_the_new_address_that_somebody_else_confirmed(desk: Desk) -> None:
    copy = desk.comes_back(2)
    desk.confirm_office(NEW_OFFICE, by=APPROVER)
    with pytest.raises(Refused, match="somebody else"):
        desk.undelivered.send_copy(2, version=copy.version, by=APPROVER)
    desk.confirm_office(NEW_OFFICE)
    desk.clock.moment = LATER
    desk.undelivered.send_copy(2, version=copy.version, by=APPROVER)
    with pytest.raises(StaleVersion):
        desk.undelivered.send_copy(2, version=copy.version, by=APPROVER)
    with pytest.raises(UnlawfulMove):
        desk.undelivered.send_copy(2, version=desk.postings()[1].version, by=APPROVER)
    for _ in range(2):
        desk.stage.work()
    assert desk.went_to() == [COUNCIL_ADDRESS, OFFICE_ADDRESS, NEW_OFFICE]
    mails = [MimeReading(str).parse(raw) for _, raw in desk.outbox.left]
    assert [each.body for each in mails[2].parts] == [each.body for each in mails[1].parts]
    assert desk.letter().status is LetterStatus.SENT


def test_a_copy_goes_to_the_address_that_was_approved_also_from_whoever_confirmed_it(
    desk: Desk,
) -> None:
    copy = desk.comes_back(2)
    desk.confirm_office(OFFICE_ADDRESS, by=APPROVER)
    desk.undelivered.send_copy(2, version=copy.version, by=APPROVER)
    desk.stage.work()
    assert desk.went_to()[2:] == [OFFICE_ADDRESS]
    assert len({message_id for message_id, _ in desk.outbox.left}) == 3


def test_a_copy_sent_elsewhere_does_not_go_again_when_its_letter_comes_back_later(
    desk: Desk,
) -> None:
    copy = desk.comes_back(2)
    desk.confirm_office(NEW_OFFICE)
    desk.undelivered.send_copy(2, version=copy.version, by=APPROVER)
    desk.stage.work()
    desk.comes_back(1)
    desk.send_anew()
    desk.approve()
    desk.stage.work()
    assert desk.went_to()[2:] == [NEW_OFFICE, NEW_ADDRESS]
    assert [each.kind for each in desk.postings()].count(PostingKind.COPY) == 2


def test_a_copy_to_an_address_that_nobody_confirmed_never_leaves(desk: Desk) -> None:
    with desk.register.register() as pen:
        sent = pen.posting(2)
        other = replace(sent, number=0, to="stray@x.example", status=PostingStatus.READY)
        pen.add_posting(replace(other, message_id="<stray@secretariat.example>"), an_act())
    desk.stage.work()
    assert len(desk.outbox.left) == 2
    assert desk.postings()[-1].status is PostingStatus.DROPPED


@pytest.mark.parametrize(
    ("reached", "status", "event"),
    [
        (True, PostingStatus.SENT, Event.REACHED),
        (False, PostingStatus.DROPPED, Event.NOT_SENT),
    ],
)
def test_a_copy_that_need_not_go_is_noted_and_goes_no_more_with_its_letter(
    desk: Desk, reached: bool, status: PostingStatus, event: Event
) -> None:
    copy = desk.comes_back(2)
    note = desk.undelivered.note_copy
    with pytest.raises(Refused, match="say why"):
        note(2, "", reached=reached, version=copy.version, by=CASEWORKER)
    note(2, "They say so.", reached=reached, version=copy.version, by=CASEWORKER)
    last = desk.told()[-1]
    assert (last.who, last.what, last.wording) == (CASEWORKER, event, "They say so.")
    assert desk.postings()[1].status is status
    with pytest.raises(StaleVersion):
        note(2, "They say so.", reached=reached, version=copy.version, by=CASEWORKER)
    desk.comes_back(1)
    desk.send_anew()
    desk.approve()
    desk.stage.work()
    assert desk.went_to()[2:] == [NEW_ADDRESS]
    assert [each.kind for each in desk.postings()].count(PostingKind.COPY) == 1


def test_a_copy_waits_for_its_letter_and_for_an_address(desk: Desk) -> None:
    copy = desk.comes_back(2)
    desk.comes_back(1)
    with pytest.raises(Refused, match="goes when the letter goes"):
        desk.undelivered.send_copy(2, version=copy.version, by=APPROVER)


def test_a_copy_without_a_confirmed_address_is_refused(
    register: Database, vault: Vault, clock: StoppedClock
) -> None:
    fill_register(register, an_approved_letter(vault))
    desk = Desk(register, vault, clock)
    desk.stage.work()
    copy = desk.comes_back(2)
    with pytest.raises(Refused, match="no address is confirmed for the Police"):
        desk.undelivered.send_copy(2, version=copy.version, by=APPROVER)


def test_what_is_no_copy_is_not_treated_as_one(desk: Desk) -> None:
    mail = desk.comes_back(1)
    with pytest.raises(NotFound):
        desk.undelivered.send_copy(1, version=mail.version, by=APPROVER)
