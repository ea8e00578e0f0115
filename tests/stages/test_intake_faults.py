"""Intake when the power, a disk or one mail fails: nothing lost, nothing doubled."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.letterpress.press import Press
from secretariat.adapters.mail.maildir import Maildir
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database
from secretariat.domain.errors import OutOfOrder
from secretariat.domain.papers import ReadPaper, VaultFull
from secretariat.domain.post_in import MailState
from secretariat.ports.mail import Sink
from secretariat.stages.intake import Composing
from tests.intake_builders import PROVED, Desk, a_report
from tests.mail_builders import a_raw


class PowerCut(BaseException):
    """The machine stops."""


class Failing:
    """Stands before a door; the call of one name, the nth time, fails."""

    def __init__(self, door: object, name: str, fault: BaseException, nth: int = 1) -> None:
        self._door, self._name, self._fault, self._left = door, name, fault, nth

    def __getattr__(self, name: str) -> Callable[..., object]:
        call = getattr(self._door, name)
        if name != self._name:
            return call
        self._left -= 1
        if self._left:
            return call

        def fail(*_: object, **__: object) -> object:
            raise self._fault

        return fail


class BreaksOn(Reader):
    """A reader with a fault of our own in it."""

    def read(self, content: bytes, name: str, /, *, whole: bool = True) -> ReadPaper:
        """Fail for one name."""
        if name == "poison.pdf":
            raise ZeroDivisionError
        return super().read(content, name, whole=whole)


@pytest.fixture(scope="module")
def reader() -> Iterator[BreaksOn]:
    with BreaksOn() as opened:
        yield opened


@pytest.fixture
def desk(
    register: Database, clock: StoppedClock, vault: Vault, reader: Reader, tmp_path: Path
) -> Desk:
    return Desk(register, clock, vault, reader, tmp_path / "mail")


def submission(number: int = 1) -> bytes:
    report = a_report(f"Person {number}", local=f"DHR{number}")
    identity = f"<{number}@anyshire.gov.uk>"
    return a_raw({"Overview.pdf": report}, message_id=identity, headers=PROVED)


def registered(desk: Desk) -> int:
    with desk.register.reading() as reading:
        return len(reading.mails(MailState.REGISTERED))


def test_a_power_cut_before_filing_leaves_one_registration(desk: Desk) -> None:
    place = desk.deliver(submission())
    with pytest.raises(PowerCut):
        desk.intake(mailbox=Failing(desk.mailbox, "file", PowerCut())).work()
    assert registered(desk) == 1
    assert desk.intake().work().done == 0
    assert registered(desk) == 1
    assert desk.filed("Registered") == [place]


@pytest.mark.parametrize(("door", "nth"), [("keep_from", 1), ("keep", 1), ("keep", 2)])
def test_a_power_cut_while_keeping_leaves_the_mail_for_the_next_round(
    desk: Desk, door: str, nth: int
) -> None:
    desk.deliver(submission())
    with pytest.raises(PowerCut):
        desk.intake(vault=Failing(desk.vault, door, PowerCut(), nth)).work()
    assert registered(desk) == 0
    assert desk.intake().work().done == 1
    with desk.register.reading() as reading:
        (mail,) = reading.mails(MailState.REGISTERED)
        assert len(reading.papers(mail.references[0])) == 1
        assert len(reading.postings_of(mail.references[0])) == 1


def test_a_full_disk_stops_the_round_with_a_sentence_and_the_next_goes_on(desk: Desk) -> None:
    desk.deliver(submission(1))
    desk.deliver(submission(2))
    with pytest.raises(OutOfOrder, match="no room left"):
        desk.intake(vault=Failing(desk.vault, "keep", VaultFull(), 2)).work()
    assert registered(desk) == 0
    assert desk.intake().work().done == 2


def test_a_locked_register_stops_the_round_and_nothing_is_half_done(desk: Desk) -> None:
    desk.deliver(submission())
    with pytest.raises(OutOfOrder):
        desk.intake(open_register=Failing(desk.register, "register", Locked()).register).work()
    assert registered(desk) == 0
    assert desk.intake().work().done == 1


class Locked(OutOfOrder):
    """What the register says when somebody writes for too long."""


def test_a_mail_that_breaks_our_own_code_is_held_and_the_round_goes_on(desk: Desk) -> None:
    poison = desk.deliver(a_raw({"poison.pdf": b"%PDF"}, message_id="<poison@anyshire.gov.uk>"))
    desk.deliver(submission())
    tally = desk.intake().work()
    assert tally.done == 2
    assert desk.filed("Held") == [poison]
    assert registered(desk) == 1
    assert [what for what, _ in tally.stuck] == ["mail 1"]


def test_a_broken_template_keeps_the_mail_waiting_and_says_why(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "templates" / "mail").mkdir(parents=True)
    desk.deliver(submission())
    press = Press(tmp_path / "templates", soffice="")
    tally = desk.intake(composing=Composing(press, "dhr@homeoffice.example")).work()
    assert tally.done == 0
    assert "acknowledgement" in tally.stuck[0][1]
    assert registered(desk) == 0
    assert desk.intake().work().done == 1


def test_one_message_that_cannot_be_read_never_stops_the_others(desk: Desk) -> None:
    desk.deliver(submission())
    box: Maildir = desk.mailbox
    (box.folder / "new" / "1700000000.a.host").symlink_to("/etc/hostname")
    tally = desk.intake().work()
    assert (tally.done, len(tally.stuck)) == (1, 1)


def test_two_daemons_at_once_register_a_mail_once(desk: Desk) -> None:
    desk.deliver(submission())
    other = desk.intake()

    class Late(Maildir):
        def fetch(self, place: str, into: Sink) -> None:
            super().fetch(place, into)
            assert other.work().done == 1

    assert desk.intake(mailbox=Late(desk.folder / "in")).work().done == 0
    assert registered(desk) == 1
