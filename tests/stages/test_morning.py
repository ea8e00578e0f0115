"""The morning mail: staff are told once, in time, and of no name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.contacts import Switch
from secretariat.domain.ledger import OFFICE, Event
from secretariat.domain.outlook import DayAhead, Leaving, days_ahead
from secretariat.domain.post import PostingKind
from secretariat.ports.mail import OutboxClosed
from secretariat.stages.morning import Morning, MorningPolicy
from tests.builders import REFERENCE, TODAY, a_review, an_act
from tests.letter_builders import RememberingOutbox
from tests.stages.test_chase import TEMPLATES

STAFF = ("sam@homeoffice.example", "alex@homeoffice.example")
POLICY = MorningPolicy(
    STAFF, time(7, 30), "dhr@homeoffice.example", "homeoffice.example", "The unit"
)
EIGHT = datetime(2026, 3, 10, 8, tzinfo=UTC)
TOMORROW = TODAY + timedelta(days=1)


class Closed:
    """An outbox that is out of order."""

    def send(self, raw: bytes, message_id: str) -> None:
        raise OutboxClosed("no mail can leave")

    def sent(self, message_id: str) -> bool:
        return False


def ahead(*found: Leaving) -> Callable[[], tuple[DayAhead, ...]]:
    return lambda: days_ahead(found, TODAY, TOMORROW)


A_CHASER = Leaving(PostingKind.CHASER, (REFERENCE,), "clerk@anyshire.gov.uk", TOMORROW)
A_HELD = Leaving(PostingKind.ACKNOWLEDGEMENT, (), "x@anyshire.gov.uk", TODAY, "for a person")


@pytest.fixture
def outbox() -> RememberingOutbox:
    return RememberingOutbox()


@pytest.fixture
def morning(
    register: Database, clock: StoppedClock, vault: Vault, outbox: RememberingOutbox
) -> Morning:
    clock.moment = EIGHT
    with register.register() as pen:
        pen.add_review(a_review(), an_act())
        pen.save_switch(Switch(released=True, version=pen.switch().version), an_act())
    return Morning(
        register.register,
        outbox,  # type: ignore[arg-type]
        MimeReading(str),
        Press(TEMPLATES, soffice=""),
        clock,
        ahead(A_CHASER, A_HELD),
        POLICY,
        frozenset(),
    )


def test_each_is_told_once_what_leaves_today_and_tomorrow(
    morning: Morning, outbox: RememberingOutbox, register: Database
) -> None:
    assert morning.work().done == 2
    assert morning.work().done == 0
    mails = [MimeReading(str).parse(raw) for _, raw in outbox.left]
    assert [mail.recipients for mail in mails] == [(each,) for each in STAFF]
    subject = "Tomorrow, Wednesday 11 March 2026, this one mail will be sent"
    assert {mail.subject for mail in mails} == {subject}
    assert "- chaser on QA-2026-0001, " in mails[0].text
    assert "Of what would leave then, this waits" in mails[0].text
    assert "- acknowledgement: for a person" in mails[0].text
    assert b"Auto-Submitted: auto-generated" in outbox.left[0][1]
    with register.reading() as eyes:
        (told,) = [each for each in eyes.ledger(OFFICE) if each.what is Event.STAFF_TOLD]
    assert told.why == "staff were told of 1 mail"


def test_no_pseudonym_and_no_address_of_a_council_is_in_it(
    morning: Morning, outbox: RememberingOutbox
) -> None:
    morning.work()
    whole = b"".join(raw for _, raw in outbox.left)
    assert b"Maria" not in whole
    assert b"anyshire.gov.uk" not in whole


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 10, 7, 29, tzinfo=UTC),
        datetime(2026, 3, 10, 11, 30, tzinfo=UTC),
        datetime(2026, 3, 14, 8, tzinfo=UTC),
    ],
    ids=["too early", "too late", "a Saturday"],
)
def test_nobody_is_told_at_another_hour(
    morning: Morning, outbox: RememberingOutbox, clock: StoppedClock, moment: datetime
) -> None:
    clock.moment = moment
    assert morning.work().done == 0
    assert outbox.left == []


def test_nothing_leaves_while_sending_is_held_and_where_there_is_nothing_to_tell(
    morning: Morning, outbox: RememberingOutbox, register: Database
) -> None:
    assert replace(morning, ahead=ahead()).work().done == 0
    with register.register() as pen:
        pen.save_reached("morning mail", "")
        pen.save_switch(Switch(released=False, version=pen.switch().version), an_act())
    assert morning.work().done == 0
    assert outbox.left == []


def test_an_outbox_out_of_order_is_tried_again_later(
    morning: Morning, outbox: RememberingOutbox
) -> None:
    with pytest.raises(OutboxClosed):
        replace(morning, outbox=Closed()).work()
    assert morning.work().done == 2


def test_who_has_it_is_not_told_twice_and_a_refused_address_keeps_it_from_nobody(
    morning: Morning, outbox: RememberingOutbox, clock: StoppedClock
) -> None:
    outbox.refuses = 1
    tally = morning.work()
    assert (tally.done, len(tally.stuck)) == (1, 1)
    outbox.left.insert(0, ("<morning.2026-03-11.1@homeoffice.example>", b""))
    clock.moment += timedelta(days=1)
    assert morning.work().done == 1
