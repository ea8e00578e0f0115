"""What is told to leave is what leaves, and never more in a day than is allowed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.mime import MimeReading
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.calendar import OfficeHours, bank_holidays
from secretariat.domain.contacts import Switch
from secretariat.domain.letter import LetterStatus
from secretariat.domain.mail import Draft
from secretariat.domain.post import Posting, PostingKind, PostingStatus
from secretariat.domain.review import Pause
from secretariat.stages.chase import Chase
from secretariat.stages.dispatch import Dispatch
from secretariat.stages.outlook import Outlook
from tests.builders import NOW, TODAY, a_posting, a_review, an_act
from tests.dispatch_builders import an_approved_letter, fill_register, seat
from tests.letter_builders import RememberingOutbox
from tests.stages.test_chase import FIRST, awaited
from tests.stages.test_chase import chase as chase

HOURS = OfficeHours(time(9), time(17))
HOLIDAYS = bank_holidays((2026, 2027))
EVE = FIRST - timedelta(days=1)


class Post:
    """Dispatch, chase and who looks ahead, over one register."""

    def __init__(
        self, register: Database, vault: Vault, clock: StoppedClock, chase: Chase, most: int = 0
    ) -> None:
        self.register, self.vault, self.clock, self.chase = register, vault, clock, chase
        self.outbox = RememberingOutbox()
        self.most = most

    @property
    def dispatch(self) -> Dispatch:
        stage = seat(self.register.register, self.vault, self.outbox, self.clock)
        return replace(stage, hours=HOURS, holidays=HOLIDAYS, most=self.most)

    @property
    def outlook(self) -> Outlook:
        return Outlook(
            self.register.reading,
            self.clock,
            self.dispatch.would_leave,
            self.chase.would_ask,
            HOURS,
            HOLIDAYS,
            1,
            self.most,
        )

    def at(self, day: date, hour: int = 12) -> None:
        self.clock.moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

    def add(self, kind: PostingKind = PostingKind.ACKNOWLEDGEMENT, **said: Any) -> Posting:
        """Add a mail that is ready to leave."""
        number = len(self.outbox.left) + self._counted()
        to = said.pop("to", f"clerk{number}@anyshire.gov.uk")
        message_id = f"<ready-{number}@secretariat.example>"
        draft = Draft(message_id, "dhr@homeoffice.example", to, "A subject", "Words.\n", NOW)
        posting = a_posting(
            kind=kind,
            references=(),
            to=to,
            letter=None,
            message_id=message_id,
            raw=self.vault.keep(MimeReading(str).compose(draft)),
            **said,
        )
        with self.register.register() as pen:
            added = pen.add_posting(posting, an_act())
        assert added is not None
        return added

    def release(self) -> None:
        with self.register.register() as pen:
            pen.save_switch(Switch(released=True, version=pen.switch().version), an_act())

    def limit_is_reached(self) -> bool:
        with self.register.reading() as eyes:
            return self.outlook.limit_is_reached(eyes)

    def _counted(self) -> int:
        with self.register.reading() as eyes:
            return len(eyes.postings(*PostingStatus, limit=1000))


@pytest.fixture
def post(register: Database, vault: Vault, clock: StoppedClock, chase: Chase) -> Post:
    made = Post(register, vault, clock, chase)
    made.release()
    return made


def leaving(post: Post) -> list[tuple[date, PostingKind, str]]:
    return [(each.day, one.kind, one.to) for each in post.outlook.ahead() for one in each.leaving]


def test_an_approved_letter_and_its_copy_stand_under_their_day(
    register: Database, vault: Vault, clock: StoppedClock, chase: Chase
) -> None:
    fill_register(register, an_approved_letter(vault))
    post = Post(register, vault, clock, chase)
    today, _ = post.outlook.ahead()
    assert [one.kind for one in today.leaving] == [PostingKind.LETTER, PostingKind.COPY]
    assert today.heading == "Today, Tuesday 10 March 2026, these 2 mails will be sent"


def test_a_chaser_that_falls_due_tomorrow_is_told_of_today_and_leaves_tomorrow(
    post: Post, register: Database
) -> None:
    awaited(register)
    post.at(EVE)
    post.chase.work()
    assert leaving(post) == [(FIRST, PostingKind.CHASER, "jo.bloggs@anyshire.example")]
    post.dispatch.work()
    assert post.outbox.left == []
    post.at(FIRST)
    post.chase.work()
    post.dispatch.work()
    assert len(post.outbox.left) == 1
    assert leaving(post) == []


def test_a_chaser_due_at_the_weekend_is_told_of_for_monday_alone(
    post: Post, register: Database
) -> None:
    awaited(register)
    post.at(FIRST, hour=18)  # Wednesday evening, and it was not written in time
    assert leaving(post) == [
        (FIRST + timedelta(days=1), PostingKind.CHASER, "jo.bloggs@anyshire.example")
    ]


def test_a_paused_chase_and_an_unconfirmed_contact_are_not_told_to_leave(
    post: Post, register: Database
) -> None:
    review = awaited(register)
    post.at(EVE)
    with register.register() as pen:
        found = pen.review(review.reference)
        pen.save_review(replace(found, pause=Pause("an inquest", None)), an_act())
    assert leaving(post) == []


def test_a_chaser_without_a_contact_says_what_is_missing(post: Post, register: Database) -> None:
    parties = replace(a_review().parties, csp_ids=("elsewhere",))
    awaited(register, parties=parties, contact="")
    post.at(EVE)
    (kept,) = [one for each in post.outlook.ahead() for one in each.kept]
    assert kept.to == ""
    assert "has no confirmed contact" in kept.bar


def test_no_more_leave_in_a_day_than_is_allowed(post: Post) -> None:
    post.most = 3
    for _ in range(5):
        post.add()
    post.dispatch.work()
    post.dispatch.work()
    assert len(post.outbox.left) == 3
    assert post.limit_is_reached()
    kept = [one.bar for each in post.outlook.ahead() for one in each.kept]
    assert kept == ["the day's limit of 3 mails is reached: it leaves on a later day"] * 2
    post.clock.moment += timedelta(days=1)
    assert not post.limit_is_reached()
    post.dispatch.work()
    assert len(post.outbox.left) == 5


def test_room_is_kept_for_the_letters_of_the_day(
    register: Database, vault: Vault, clock: StoppedClock, chase: Chase
) -> None:
    fill_register(
        register, an_approved_letter(vault, stop_until=clock.now() + timedelta(minutes=30))
    )
    post = Post(register, vault, clock, chase, most=3)
    for _ in range(3):
        post.add()
    post.dispatch.work()
    assert len(post.outbox.left) == 1
    clock.moment += timedelta(minutes=31)
    post.dispatch.work()
    assert len(post.outbox.left) == 3
    with register.reading() as eyes:
        assert [one.status for one in eyes.letters(LetterStatus.SENT)] == [LetterStatus.SENT]


def test_a_mail_of_which_nobody_knows_whether_it_left_counts(post: Post) -> None:
    post.most = 2
    post.outbox.drops = 1
    for _ in range(3):
        post.add()
    post.dispatch.work()
    assert len(post.outbox.left) == 2


def test_two_who_send_at_once_do_not_pass_the_limit(post: Post) -> None:
    post.most = 5
    for _ in range(12):
        post.add()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: post.dispatch.work(), range(2)))
    assert len(post.outbox.left) == 5


def test_what_leaves_this_minute_is_told_apart_from_what_waits_for_an_hour(post: Post) -> None:
    post.add()
    post.add(PostingKind.CHASER, due_on=TODAY, leave_on=TODAY)
    post.at(TODAY, hour=8)
    told = {one.kind: post.outlook.leaves_now(one) for one in post.outlook.waiting()}
    assert told == {PostingKind.ACKNOWLEDGEMENT: True, PostingKind.CHASER: False}
    post.at(TODAY)
    assert all(post.outlook.leaves_now(one) for one in post.outlook.waiting())
