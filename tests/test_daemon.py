"""The daemon: each stage at its pace, faults that stop nothing else, and a quick end."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from secretariat.cli.logs import JsonLines
from secretariat.daemon import Daemon, Rest, WatchLost, turn
from secretariat.domain.errors import OutOfOrder
from secretariat.domain.ledger import Tally
from secretariat.domain.post_in import Due
from secretariat.office.opening import open_office, settings_at
from secretariat.office.starting import start_office
from tests.builders import a_paper, a_review, an_act
from tests.patience import within
from tests.reading_builders import COVER, PROSE, a_scan

SECRET = "Maria of 5 Example Street"


class MailboxGone(OutOfOrder):
    """The mailbox is gone."""


class Watched:
    """A lock on a mailbox that is lost after it was asked for so many times."""

    def __init__(self, times: int = 1_000_000) -> None:
        self.times = times

    def held(self) -> bool:
        self.times -= 1
        return self.times >= 0


def a_daemon(
    stages: dict[str, Callable[[], Tally]], *, wait: Callable[[float], bool], times: int = 1_000_000
) -> Daemon:
    return Daemon(
        stages={"intake": Tally, **stages},
        seconds=dict.fromkeys(("intake", *stages), 1),
        wait=wait,
        watching=Watched(times),
    )


def run_until_lost(daemon: Daemon) -> None:
    with pytest.raises(WatchLost):
        daemon.run()


def test_a_stage_that_fails_never_stops_the_rest() -> None:
    worked = []

    def broken() -> Tally:
        raise ZeroDivisionError(SECRET)

    def well() -> Tally:
        worked.append("dispatch")
        return Tally(1)

    run_until_lost(a_daemon({"drafting": broken, "dispatch": well}, wait=lambda _: False, times=2))
    assert worked


def test_a_fault_is_a_sentence_for_staff_in_the_tally() -> None:
    def out_of_order() -> Tally:
        raise MailboxGone("the mailbox cannot be read")

    assert turn("intake", out_of_order).stuck == (("intake", "the mailbox cannot be read"),)


@pytest.mark.parametrize("fault", [ZeroDivisionError(SECRET), MailboxGone(SECRET)])
def test_the_log_tells_the_kind_of_a_fault_and_never_its_words(
    caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    def broken() -> Tally:
        raise fault

    with caplog.at_level(logging.INFO, "secretariat"):
        turn("intake", broken)
    (line,) = [json.loads(JsonLines().format(record)) for record in caplog.records]
    assert SECRET not in json.dumps(line)
    assert line["stage"] == "intake"
    assert line["fault"] == type(fault).__name__


def test_what_kind_of_fault_stopped_a_stage_is_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> Tally:
        raise MailboxGone(SECRET)

    with caplog.at_level(logging.INFO, "secretariat"):
        turn("intake", broken)
    assert caplog.records[0].__dict__["why"] == "The mailbox is gone."


def test_a_lost_watch_stops_the_daemon_at_once() -> None:
    daemon = a_daemon({}, wait=lambda _: False, times=0)
    with pytest.raises(WatchLost):
        daemon.run()
    assert daemon.stopped.is_set()


def test_the_mailboxs_bell_wakes_intake_before_its_time() -> None:
    rung = threading.Event()
    turns = 0

    def intake() -> Tally:
        nonlocal turns
        turns += 1
        if turns == 2:
            daemon.stop()
        return Tally()

    daemon = a_daemon({"intake": intake}, wait=lambda _: not rung.set())  # type: ignore[func-returns-value]
    daemon.seconds = {"intake": 10_000}
    daemon.run()
    assert turns == 2
    assert rung.is_set()


def test_a_mailbox_that_is_out_of_order_stays_silent() -> None:
    def broken(_: float) -> bool:
        raise MailboxGone("gone")

    run_until_lost(a_daemon({}, wait=broken, times=1))


def test_a_stopped_daemon_begins_nothing() -> None:
    daemon = a_daemon({"dispatch": lambda: Tally(1)}, wait=lambda _: False)
    daemon.stop()
    assert daemon.turn("dispatch") == Tally()


def test_a_slow_site_keeps_no_mail_waiting() -> None:
    fetching, over = threading.Event(), threading.Event()

    def publication() -> Tally:
        fetching.set()
        over.wait(10)
        return Tally()

    def intake() -> Tally:
        assert fetching.wait(10)
        return Tally(1)

    daemon = a_daemon(
        {"publication": publication, "intake": intake}, wait=lambda _: over.is_set(), times=2
    )
    run_until_lost(daemon)
    over.set()


def test_no_site_waits_for_papers_to_be_read_and_no_paper_for_a_site() -> None:
    both = threading.Barrier(2)

    def beside() -> Tally:
        both.wait(10)
        return Tally(1)

    daemon = a_daemon(
        {"publication": beside, "reading": beside},
        wait=lambda _: time.sleep(0.05) or False,
        times=9,
    )
    run_until_lost(daemon)
    assert not both.broken


def test_a_page_that_takes_long_keeps_the_daemon_from_no_end() -> None:
    reading = threading.Event()

    def slow() -> Tally:
        reading.set()
        time.sleep(5)
        return Tally()

    begun = time.monotonic()
    run_until_lost(a_daemon({"reading": slow}, wait=lambda _: not reading.wait(5), times=2))
    assert time.monotonic() - begun < within(2)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("daemon") / "office"
    start_office(folder, "ada@homeoffice.example")
    return folder


@pytest.fixture
def watching(home: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`secretariat watch` as a process of its own, its first mail taken in."""
    place = home / "data" / "mail" / "in"
    for part in ("new", "cur", "tmp"):
        (place / part).mkdir(parents=True, exist_ok=True)
    (place / "new" / f"{time.time_ns()}.one.anyshire").write_bytes(b"Subject: Hello\n\nHello\n")
    command = [sys.executable, "-m", "secretariat", "watch", "--config", str(home)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, env={"PATH": os.environ["PATH"]})
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        if not list((place / "new").iterdir()) and not list((place / "cur").iterdir()):
            break
        time.sleep(0.05)
    yield process
    process.kill()
    process.wait()


def test_the_daemon_ends_within_two_seconds_of_being_told(
    watching: subprocess.Popen[bytes], home: Path, tmp_path: Path
) -> None:
    assert watching.poll() is None
    told = time.monotonic()
    watching.send_signal(signal.SIGTERM)
    assert watching.wait(10) == 0
    assert time.monotonic() - told < within(2)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert {"stage": "intake", "done": 1}.items() <= lines[0].items()


def test_the_daemon_ends_within_two_seconds_while_a_scan_is_read(tmp_path: Path) -> None:
    home = tmp_path / "office"
    start_office(home, "ada@homeoffice.example")
    office = open_office(settings_at(home / "secretariat.toml", {}))
    sha256 = office.vault.keep(a_scan(COVER, *[PROSE] * 40))
    with office.database.register() as pen:
        pen.add_review(a_review(), an_act())
        number = pen.add_paper(a_paper(sha256=sha256, text="", due=Due.READING), an_act()).number
    command = [sys.executable, "-m", "secretariat", "watch", "--config", str(home)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as watching:
        due, until = Due.READING, time.monotonic() + 60
        while due is not Due.RECOGNITION and time.monotonic() < until:
            time.sleep(0.1)
            with office.open_reading() as reading:
                due = reading.paper(number).due
        told = time.monotonic()
        watching.send_signal(signal.SIGTERM)
        assert watching.wait(10) == 0
    assert time.monotonic() - told < within(2)
    assert due is Due.RECOGNITION
    office.close()


def test_a_daemon_whose_lock_is_taken_away_stops_with_a_sentence(
    watching: subprocess.Popen[bytes], home: Path, tmp_path: Path
) -> None:
    for lock in (home / "data").glob("register.sqlite.watch-*"):
        lock.unlink()
    assert watching.wait(10) == 3
    assert "the watch on the mailbox was lost" in (tmp_path / "log").read_text().splitlines()[-1]


def test_serve_shows_the_pages_and_ends_within_two_seconds(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path / "office"
    start_office(home, "ada@homeoffice.example")
    config = home / "secretariat.toml"
    config.write_text(config.read_text().replace("port = 8000", f"port = {port}"))
    command = [sys.executable, "-m", "secretariat", "serve", "--config", str(home)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as serving:
        assert serving.stderr
        assert serving.stderr.readline().decode() == (
            f"The pages are at http://127.0.0.1:{port}/\n"
        )
        page = httpx.get(f"http://127.0.0.1:{port}/sign-in", trust_env=False, timeout=20)
        told = time.monotonic()
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(10) == 0
    assert time.monotonic() - told < within(2)
    assert "Sign in" in page.text


def test_a_second_daemon_is_refused_with_a_sentence(
    watching: subprocess.Popen[bytes], home: Path
) -> None:
    command = [sys.executable, "-m", "secretariat", "watch", "--no-wait", "--config", str(home)]
    done = subprocess.run(command, capture_output=True, timeout=30, check=False)
    assert done.returncode == 3
    assert done.stderr.decode().splitlines() == [
        "another secretariat is watching this mailbox: only one may"
    ]


@pytest.fixture
def second(home: Path, watching: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A second daemon on the mailbox of the first."""
    command = [sys.executable, "-m", "secretariat", "watch", "--config", str(home)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    assert process.stderr
    assert process.stderr.readline().decode().endswith("this one waits to take over\n")
    yield process
    process.kill()
    process.communicate()


def test_a_second_daemon_says_that_it_waits_and_takes_over_when_the_first_ends(
    watching: subprocess.Popen[bytes], second: subprocess.Popen[bytes], home: Path
) -> None:
    watching.terminate()
    watching.wait(10)
    place = home / "data" / "mail" / "in"
    (place / "new" / f"{time.time_ns()}.two.anyshire").write_bytes(b"Subject: Hello\n\nOh\n")
    until = time.monotonic() + 30
    while time.monotonic() < until and [*(place / "new").iterdir(), *(place / "cur").iterdir()]:
        time.sleep(0.05)
    assert time.monotonic() < until
    second.terminate()
    assert second.wait(10) == 0


def test_a_daemon_that_waits_to_take_over_is_stopped_within_two_seconds(
    second: subprocess.Popen[bytes],
) -> None:
    told = time.monotonic()
    second.terminate()
    assert second.wait(10) == 0
    assert time.monotonic() - told < within(2)


def test_a_stage_that_could_not_work_rests_for_longer_and_longer() -> None:
    rest = Rest()
    lengths = []
    for _ in range(9):
        rest.note(well=False)
        lengths.append(rest.seconds)
    assert lengths == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert not rest.over()
    rest.note(well=True)
    assert rest.over()


def test_the_bell_wakes_intake_out_of_its_rest() -> None:
    daemon = a_daemon({"intake": lambda: Tally(stuck=(("intake", "gone"),))}, wait=lambda _: False)
    daemon.turn("intake")
    assert daemon.turn("intake") == Tally()
    assert daemon.turn("intake", rung=True).stuck


def test_a_stop_frees_who_waits_for_the_mailboxs_server() -> None:
    freed = threading.Event()

    def hanging(_: float) -> bool:
        daemon.stop()
        assert freed.wait(10)
        return False

    daemon = a_daemon({}, wait=hanging)
    daemon.hang_up = freed.set
    daemon.run()
    assert freed.is_set()


def test_pages_alone_are_served_beside_the_daemon_that_watches(
    watching: subprocess.Popen[bytes], home: Path
) -> None:
    assert watching.poll() is None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "secretariat", "serve", "--config", str(home), "--pages-only"]
    with subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.PIPE) as serving:
        assert serving.stderr
        serving.stderr.readline()
        page = httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False, timeout=20)
        serving.terminate()
    assert page.status_code == 200
    assert watching.poll() is None
