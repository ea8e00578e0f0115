"""Nothing is lost, provably: the mailbox held against the register, whatever happened to either."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.mail.maildir import FOLDERS, Maildir
from secretariat.adapters.register import Database, open_database
from secretariat.domain.ledger import Tally
from secretariat.domain.post_in import MailCount, MailState
from secretariat.ports.mail import MessageUnreadable
from secretariat.stages.counting import LATE, LOST, Counting
from secretariat.stages.intake.looking import FOLDERS as FOLDER_OF
from tests.builders import NOW, a_mail, an_act

STATES: Final = tuple(MailState)


@dataclass
class Post:
    """A mailbox and a register side by side, and what a person knows of both.

    lost, gone: what the count must come to
    """

    register: Database
    clock: StoppedClock
    folder: Path
    number: int = 0
    lost: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    entered: dict[str, MailState] = field(default_factory=dict)

    @property
    def mailbox(self) -> Maildir:
        return Maildir(self.folder / "in", failed=self.folder / "failed")

    def counting(self) -> Counting:
        return Counting(self.register.register, self.register.reading, self.mailbox, self.clock)

    def deliver(self, ago: timedelta = timedelta()) -> str:
        """Deliver a message that was sent some time ago; return its place."""
        self.number += 1
        place = f"{int((NOW - ago).timestamp())}.{self.number:06}.host"
        (self.folder / "in" / "new" / place).write_bytes(b"Subject: Hello\n\nHello\n")
        return place

    def take_in(self, state: MailState, *, crash: bool = False) -> None:
        """Enter the oldest waiting message and file it, unless the service dies in between."""
        for waiting in self.mailbox.changes("").arrived:
            place = waiting.place
            if place not in self.entered:
                with self.register.register() as pen:
                    pen.add_mail(a_mail(place=place, state=state, references=()), an_act())
                self.entered[place] = state
            if not crash:
                self.mailbox.file(place, FOLDER_OF[self.entered[place]])
            return

    def files(self) -> list[Path]:
        boxes = [self.folder / "in", *(self.folder / "in" / f".{name}" for name in FOLDERS)]
        return sorted(
            path for box in boxes for part in ("new", "cur") for path in (box / part).iterdir()
        )

    def move_by_hand(self, which: int, folder: int) -> None:
        """Let a person drag a message into another folder."""
        if files := self.files():
            path = files[which % len(files)]
            name = path.name if ":2," in path.name else f"{path.name}:2,S"
            path.rename(self.folder / "in" / f".{FOLDERS[folder % len(FOLDERS)]}" / "cur" / name)
            place = path.name.partition(":2,")[0]
            if place not in self.entered:
                self.lost.add(place)

    def delete_by_hand(self, which: int) -> None:
        """Let a person delete a message."""
        if files := self.files():
            path = files[which % len(files)]
            path.unlink()
            place = path.name.partition(":2,")[0]
            self.lost.discard(place)
            if place in self.entered:
                self.gone.add(place)


@contextmanager
def a_post(template: Path) -> Iterator[Post]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "register.db"
        shutil.copyfile(template, place)
        clock = StoppedClock(NOW)
        database = open_database(f"sqlite:///{place}", clock=clock)
        post = Post(database, clock, Path(folder))
        _ = post.mailbox
        yield post
        database.close()


@pytest.fixture
def post(empty_register: Path) -> Iterator[Post]:
    with a_post(empty_register) as post:
        yield post


whole = st.integers(0, 30)
STEPS: Final = st.lists(
    st.one_of(
        st.just(lambda post: post.deliver()),
        st.just(lambda post: post.deliver()),
        st.builds(lambda s: lambda post: post.take_in(s), st.sampled_from(STATES)),
        st.builds(lambda s: lambda post: post.take_in(s, crash=True), st.sampled_from(STATES)),
        st.builds(lambda w, f: lambda post: post.move_by_hand(w, f), whole, whole),
        st.builds(lambda w: lambda post: post.delete_by_hand(w), whole),
    ),
    max_size=30,
)


@given(steps=STEPS)
@settings(max_examples=30)
def test_whatever_happens_every_message_is_accounted_for(
    empty_register: Path, steps: list[Callable[[Post], object]]
) -> None:
    with a_post(empty_register) as post:
        for step in steps:
            step(post)
        count = post.counting().count()
        unknown = {path.name.partition(":2,")[0] for path in post.files()} - post.entered.keys()
        assert count.in_mailbox == len(post.files())
        assert count.known == len(post.entered)
        assert count.waiting == len(unknown - post.lost)
        assert count.gone == len(post.gone)
        assert set(count.lost) == post.lost
        assert count.unaccounted == len(post.lost)
        assert count.is_alarm == bool(post.lost)
        assert count.in_mailbox == count.known - count.gone + count.waiting + len(post.lost)


def test_a_count_tells_what_became_of_all_mail_and_is_kept(post: Post) -> None:
    for state in (*STATES, MailState.HELD):
        post.deliver()
        post.take_in(state)
    post.deliver()
    assert post.counting().work() == Tally()
    with post.register.reading() as reading:
        count = reading.mail_count()
    assert count == MailCount(
        NOW,
        in_mailbox=7,
        waiting=1,
        registered=1,
        joined=1,
        noted=1,
        held=2,
        refused=1,
    )


def test_a_message_filed_by_hand_that_was_never_taken_in_is_an_alarm_by_name(post: Post) -> None:
    place = post.deliver()
    post.move_by_hand(0, FOLDERS.index("Noted"))
    assert post.counting().work() == Tally(stuck=((place, LOST),))
    with post.register.reading() as reading:
        count = reading.mail_count()
    assert count is not None
    assert (count.lost, count.unaccounted) == ((place,), 1)
    post.mailbox.put_back(place)
    post.take_in(MailState.HELD)
    assert post.counting().work() == Tally()


def test_a_message_that_waits_for_over_an_hour_is_an_alarm_by_name(post: Post) -> None:
    late = post.deliver(timedelta(hours=1, seconds=1))
    post.deliver(timedelta(minutes=59))
    assert post.counting().work() == Tally(stuck=((late, LATE),))


def test_a_message_that_was_put_aside_as_unreadable_is_an_alarm_until_it_is_seen_to(
    post: Post,
) -> None:
    place = post.deliver()
    (post.folder / "in" / "new" / place).unlink()
    (post.folder / "in" / "new" / place).mkdir()
    mailbox = post.mailbox
    (waiting,) = mailbox.changes("").arrived
    with pytest.raises(MessageUnreadable):
        mailbox.fetch(waiting.place, BytesIO())
    assert post.counting().work() == Tally(stuck=((place, LOST),))
    (post.folder / "failed" / place).rmdir()
    assert post.counting().work() == Tally()


def test_of_many_lost_messages_twenty_are_named_and_all_are_counted(post: Post) -> None:
    for _ in range(25):
        post.deliver()
        post.move_by_hand([path.parent.name for path in post.files()].index("new"), 0)
    count = post.counting().count()
    assert (len(count.lost), count.unaccounted) == (20, 25)


def test_counting_claims_nothing_and_changes_nothing(post: Post) -> None:
    post.deliver()
    before = post.files()
    post.counting().count()
    assert post.files() == before
    with post.register.reading() as reading:
        assert reading.mail_count() is None
