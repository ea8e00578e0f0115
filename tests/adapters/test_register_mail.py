"""Mail both ways, contacts and the switch: the register's contract, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from secretariat.adapters.register import Database
from secretariat.domain.contacts import Switch
from secretariat.domain.errors import NotFound, StaleVersion
from secretariat.domain.ledger import OFFICE, Event
from secretariat.domain.post import PostingKind, PostingStatus, begin_sending, confirm_sent
from secretariat.domain.post_in import MailState
from secretariat.domain.reference import Reference
from tests.builders import (
    CASEWORKER,
    COUNCIL_ADDRESS,
    NOW,
    REFERENCE,
    TODAY,
    a_chaser,
    a_contact,
    a_mail,
    a_posting,
    a_review,
    an_act,
    an_office,
)
from tests.register_builders import with_review, with_reviews

OTHER = Reference(2026, 2)
SOON = NOW + timedelta(minutes=5)


def test_a_mail_comes_back_as_it_was_kept(database: Database) -> None:
    with_review(database)
    with database.register() as register:
        kept = register.add_mail(a_mail(in_reply_to=("<a@b>",), links=("https://c",)), an_act())
    with database.reading() as reading:
        assert reading.mail(kept.number) == kept
        assert reading.mail_at(kept.place) == kept
        assert reading.mails_called(kept.message_id) == (kept,)
        assert reading.mails_of(REFERENCE) == (kept,)
        assert reading.mail_at("elsewhere") is None


def test_one_place_of_the_mailbox_is_taken_in_once(open_another: Callable[[], Database]) -> None:
    one, two = open_another(), open_another()
    with_review(one)
    with one.register() as register:
        register.add_mail(a_mail(), an_act())
    with pytest.raises(StaleVersion), two.register() as register:
        register.add_mail(a_mail(message_id="<other@anyshire.example>"), an_act())
    with one.reading() as reading:
        assert len(reading.mails(MailState.REGISTERED)) == 1


def test_a_held_mail_is_listed_until_a_person_joins_it_to_a_review(database: Database) -> None:
    with_review(database)
    with database.register() as register:
        held = register.add_mail(a_mail(state=MailState.HELD, references=()), an_act())
        assert register.mails(MailState.HELD) == (held,)
        assert register.ledger(OFFICE)[-1].what is Event.REGISTERED
        joined = replace(held, state=MailState.JOINED, references=(REFERENCE,))
        register.save_mail(joined, an_act(what=Event.MAIL_JOINED))
        assert register.mails(MailState.HELD) == ()
        assert register.mails_of(REFERENCE)[0].version == 1
        assert register.ledger(str(REFERENCE))[-1].what is Event.MAIL_JOINED
        with pytest.raises(StaleVersion):
            register.save_mail(joined, an_act())


def test_a_mail_about_two_reviews_is_told_in_both_streams(database: Database) -> None:
    with_reviews(database, [1, 2])
    with database.register() as register:
        register.add_mail(a_mail(references=(OTHER, REFERENCE)), an_act(what=Event.MAIL_JOINED))
        for reference in (REFERENCE, OTHER):
            assert register.ledger(str(reference))[-1].what is Event.MAIL_JOINED


def test_unread_answers_wait_the_oldest_first(database: Database) -> None:
    with_review(database)
    with database.register() as register:
        register.add_mail(a_mail(), an_act())
        answer = register.add_mail(a_mail(place="2", unread_answer=True), an_act())
        later = register.add_mail(a_mail(place="3", unread_answer=True), an_act())
        assert register.unread_answers() == (answer, later)
        register.save_mail(replace(answer, unread_answer=False), an_act())
        assert register.unread_answers() == (later,)


def test_a_mail_of_ours_is_found_by_status_review_address_and_message_id(
    database: Database,
) -> None:
    with_review(database)
    with database.register() as register:
        ours = register.add_posting(a_posting(to="Jo.Bloggs@Anyshire.example"), an_act())
        assert ours is not None
        assert register.posting(ours.number) == ours
        assert register.postings(PostingStatus.READY, PostingStatus.SENDING) == (ours,)
        assert register.postings_of(REFERENCE) == (ours,)
        assert register.posting_called(("<none@x>", ours.message_id)) == ours
        assert register.posting_called(()) is None
        assert register.mails_for(COUNCIL_ADDRESS, TODAY) == (ours,)
        assert register.mails_for(COUNCIL_ADDRESS, TODAY + timedelta(days=1)) == ()
        with pytest.raises(NotFound):
            register.posting(ours.number + 1)


def test_one_chaser_for_a_review_and_due_day(open_another: Callable[[], Database]) -> None:
    offices = [open_another() for _ in range(3)]
    with_review(offices[0])

    def chase(office: Database) -> bool:
        with office.register() as register:
            return register.add_posting(a_chaser(), an_act(what=Event.CHASED)) is not None

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(chase, offices)) == [False, False, True]
    with offices[0].register() as register:
        next_month = a_chaser(due_on=TODAY + timedelta(days=28))
        assert register.add_posting(next_month, an_act()) is not None
        told = [one for one in register.ledger(str(REFERENCE)) if one.what is Event.CHASED]
        assert len(told) == 1
        assert len(register.postings_of(REFERENCE)) == 2


def test_two_daemons_never_claim_the_same_mail(open_another: Callable[[], Database]) -> None:
    offices = [open_another() for _ in range(4)]
    with_review(offices[0])
    with offices[0].register() as register:
        for number in range(12):
            register.add_posting(a_posting(message_id=f"<{number}@x>"), an_act())

    def claim(office: Database) -> list[int]:
        claimed: list[int] = []
        for _ in range(6):
            with office.register() as register:
                found = register.claim_postings("daemon", now=NOW, until=SOON, day=TODAY, limit=2)
            claimed += [one.number for one in found]
        return claimed

    with ThreadPoolExecutor(4) as pool:
        claimed = [one for many in pool.map(claim, offices) for one in many]
    assert len(claimed) == len(set(claimed)) == 12


def test_a_lapsed_claim_is_taken_again_except_at_sending(database: Database) -> None:
    with_review(database)
    with database.register() as register:
        register.add_posting(a_posting(), an_act())
        register.add_posting(a_posting(message_id="<2@x>"), an_act())
        first, second = register.claim_postings("one", now=NOW, until=SOON, day=TODAY)
        assert register.claim_postings("two", now=NOW, until=SOON, day=TODAY) == ()
        register.save_posting(begin_sending(first), an_act(what=Event.SENDING))
        later = SOON + timedelta(hours=1)
        assert register.claim_postings("two", now=SOON, until=later, day=TODAY) == (second,)
        with pytest.raises(StaleVersion):
            register.save_posting(confirm_sent(begin_sending(first), at=NOW), an_act())


def test_mail_is_not_claimed_before_its_day(database: Database) -> None:
    with_review(database)
    with database.register() as register:
        register.add_posting(a_posting(leave_on=TODAY + timedelta(days=1)), an_act())
        assert register.claim_postings("one", now=NOW, until=SOON, day=TODAY) == ()
        tomorrow = TODAY + timedelta(days=1)
        assert register.claim_postings("one", now=NOW, until=SOON, day=tomorrow)


def test_a_saved_mail_is_free_to_be_claimed_at_once(database: Database) -> None:
    with_review(database)
    with database.register() as register:
        register.add_posting(a_posting(), an_act())
        (claimed,) = register.claim_postings("one", now=NOW, until=SOON, day=TODAY)
        saved = register.save_posting(claimed, an_act())
        assert register.claim_postings("two", now=NOW, until=SOON, day=TODAY) == (saved,)


def test_a_confirmed_contact_takes_the_place_of_the_one_before(database: Database) -> None:
    with_review(database)
    with database.register() as register:
        register.save_contact(a_contact(), an_act())
        usual = a_contact(reference="anytown", email="Other@Anyshire.example")
        register.save_contact(usual, an_act())
        newer = a_contact(email="new@anyshire.example")
        register.save_contact(newer, an_act(what=Event.CONTACT_CONFIRMED))
        assert register.contact(str(REFERENCE)) == newer
        assert register.contact("nowhere") is None
        assert register.contacts_at("other@anyshire.example") == (usual,)
        assert register.contacts_at(COUNCIL_ADDRESS) == ()
        assert register.ledger(str(REFERENCE))[-1].what is Event.CONTACT_CONFIRMED


def test_an_office_has_one_confirmed_address(database: Database) -> None:
    with database.register() as register:
        assert register.office("E23000099") is None
        register.save_office(an_office(), an_act())
        register.save_office(an_office(email="new@anyshire-pcc.example"), an_act())
        found = register.office("E23000099")
    assert found == an_office(email="new@anyshire-pcc.example")


def test_sending_is_held_until_somebody_releases_it(database: Database) -> None:
    with database.register() as register:
        held = register.switch()
        assert held == Switch()
        freed = replace(held, released=True, by=CASEWORKER, at=NOW)
        saved = register.save_switch(freed, an_act(what=Event.SWITCHED))
        assert register.switch() == saved
        with pytest.raises(StaleVersion):
            register.save_switch(freed, an_act())


def test_what_was_prepared_for_an_address_since_a_day_is_found_in_one_question(
    database: Database,
) -> None:
    with database.register() as pen:
        pen.add_review(a_review(), an_act())
        for count, day in enumerate((1, 5, 9)):
            said = {"message_id": f"<{count}@x>", "leave_on": date(2026, 3, day)}
            pen.add_posting(
                a_posting(kind=PostingKind.ACKNOWLEDGEMENT, letter=None, **said), an_act()
            )
    with database.reading() as eyes:
        found = eyes.posted_since(
            COUNCIL_ADDRESS.upper(), PostingKind.ACKNOWLEDGEMENT, date(2026, 3, 5)
        )
        assert [each.leave_on.day for each in found] == [5, 9]
        assert eyes.posted_since(COUNCIL_ADDRESS, PostingKind.CHASER, date(2026, 3, 1)) == ()
