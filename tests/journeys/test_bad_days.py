"""Bad days: a full disk, a locked register, an outbox that cannot be written.

The stage stops with one sentence, nothing is half-done, and the next round goes on.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from secretariat.adapters.register import engine
from secretariat.daemon import turn
from secretariat.domain.ledger import Tally
from secretariat.domain.letter import LetterStatus
from secretariat.domain.post import PostingStatus
from secretariat.domain.review import Status
from secretariat.office.office import Office
from tests.builders import NOW
from tests.office_builders import an_office_at, deliver, left_in, put_work_in, waiting_in

MAILS = 3
CLAIM_LAPSED = timedelta(minutes=11)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes of its own."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the server that lets a test mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "office"
    place.mkdir()
    return place


@pytest.fixture
def url(tmp_path: Path, empty_register: Path) -> str:
    shutil.copyfile(empty_register, tmp_path / "register.db")
    return f"sqlite:///{tmp_path / 'register.db'}"


def fill(disk: Path, *, but: int = 0) -> Path:
    """Leave no room on the disk, `but` some bytes; return the file to remove."""
    filler = disk / "filler"
    room = shutil.disk_usage(disk).free - but
    filler.write_bytes(b"\0" * max(0, room))
    return filler


def registered(office: Office) -> int:
    with office.open_reading() as reading:
        return len(reading.reviews(Status.RECEIVED))


def the_sentence(tally: Tally) -> str:
    """Return why a stage stopped; it did nothing else."""
    assert tally.done == 0
    ((_, why),) = tally.stuck
    assert "\n" not in why
    return why


def test_a_vault_without_room_stops_intake_and_loses_no_mail(
    folder: Path, small_disk: Path, url: str
) -> None:
    (folder / "data").symlink_to(small_disk)
    office = an_office_at(folder, url)
    deliver(folder, MAILS)
    filler = fill(small_disk)
    assert "no room left on its disk" in the_sentence(turn("intake", office.intake.work))
    assert (registered(office), waiting_in(folder)) == (0, MAILS)
    filler.unlink()
    assert turn("intake", office.intake.work) == Tally(MAILS)
    assert office.upkeep.audit().altered == ()
    assert not list((small_disk / "vault").rglob(".being-written-*"))
    office.close()


def test_a_register_without_room_stops_intake_and_registers_nothing_by_halves(
    folder: Path, small_disk: Path, url: str
) -> None:
    place = small_disk / "register.db"
    shutil.copyfile(url.removeprefix("sqlite:///"), place)
    office = an_office_at(folder, f"sqlite:///{place}")
    deliver(folder, MAILS)
    filler = fill(small_disk, but=24_000)
    why = the_sentence(turn("intake", office.intake.work))
    assert "the register cannot be used" in why
    filler.unlink()
    done = registered(office)
    assert turn("intake", office.intake.work).done == MAILS - done
    assert (registered(office), waiting_in(folder)) == (MAILS, 0)
    assert office.upkeep.audit().broken == ()
    office.close()


def test_a_full_outbox_sends_nothing_and_the_letter_leaves_later_once(
    folder: Path, small_disk: Path, url: str
) -> None:
    (folder / "data").symlink_to(small_disk)
    office = an_office_at(folder, url)
    put_work_in(office, letters=1, chasers=0)
    filler = fill(small_disk)
    the_sentence(turn("dispatch", office.dispatch.work))
    assert not left_in(folder)
    filler.unlink()
    assert turn("dispatch", office.dispatch.work) == Tally(2)
    assert set(left_in(folder).values()) == {1}
    office.close()


def test_a_locked_register_stops_the_stage_until_it_is_free(
    folder: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 50)
    office = an_office_at(folder, url)
    deliver(folder, MAILS)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
        other.isolation_level = None
        other.execute("BEGIN EXCLUSIVE")
        stopped = [turn(name, stage) for name, stage in office.round().items()]
        other.execute("ROLLBACK")
    assert "locked by somebody who is writing" in the_sentence(stopped[0])
    assert waiting_in(folder) == MAILS
    assert turn("intake", office.intake.work) == Tally(MAILS)
    office.close()


def test_an_outbox_that_cannot_be_written_keeps_its_letters_for_the_next_round(
    folder: Path, url: str
) -> None:
    office = an_office_at(folder, url)
    put_work_in(office, letters=2, chasers=0)
    outbox = folder / "data" / "mail" / "outbox"
    (outbox / "tmp").rmdir()
    (outbox / "tmp").write_text("this is no folder")
    assert "outbox cannot be written" in the_sentence(turn("dispatch", office.dispatch.work))
    with office.open_reading() as reading:
        assert reading.postings(PostingStatus.SENDING, PostingStatus.REFUSED) == ()
    (outbox / "tmp").unlink()
    (outbox / "tmp").mkdir()
    office.close()
    office = an_office_at(folder, url, NOW + CLAIM_LAPSED)
    turn("dispatch", office.dispatch.work)
    with office.open_reading() as reading:
        assert len(reading.letters(LetterStatus.SENT)) == 2
    assert set(left_in(folder).values()) == {1}
    office.close()


def test_a_mailbox_that_is_gone_stops_intake_alone(folder: Path, url: str) -> None:
    office = an_office_at(folder, url)
    put_work_in(office, letters=1, chasers=0)
    mailbox = folder / "data" / "mail" / "in"
    shutil.rmtree(mailbox)
    mailbox.write_text("this is no folder")
    stages = office.round()
    assert "mailbox" in the_sentence(turn("intake", stages["intake"]))
    assert turn("dispatch", stages["dispatch"]).done == 2
    office.close()
