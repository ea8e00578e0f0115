"""From delivery to registered, on each mailbox that rings; and what an idle hour costs."""

from __future__ import annotations

import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.reader import Reader
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import migrate, open_database
from secretariat.config.settings import load
from secretariat.ports.mail import Mailbox
from tests.benchmarks.measuring import Figure
from tests.builders import NOW
from tests.intake_builders import PROVED, Desk, a_report
from tests.mail_builders import a_raw
from tests.mail_servers import SERVERS, MaildirServer, MailServer, maildir
from tests.servers.ews_world import EwsWorld
from tests.servers.graph_world import GraphWorld
from tests.servers.imap_world import ImapWorld

AIM = 1.2
HOUR = 3600.0
LOOKS = 30

Noticed = Callable[[], float]


def figures(*, quick: bool) -> list[Figure]:
    """Return 20 arrivals (quick: 5) on each mailbox, and an idle hour on each."""
    found = []
    with tempfile.TemporaryDirectory() as folder, Reader() as reader:
        for kind in ("maildir", "imap", "exchange"):
            home = Path(folder) / kind
            home.mkdir()
            with SERVERS[kind](home / "server") as server:
                found.append(_arrivals(kind, server, home, reader, 5 if quick else 20))
        for kind in ("maildir", "imap", "exchange", "graph"):
            with SERVERS[kind](Path(folder) / f"idle-{kind}") as server:
                found.append(_idle(kind, server))
    return found


def _arrivals(kind: str, server: MailServer, home: Path, reader: Reader, times: int) -> Figure:
    with (
        _desk(home / "ours", reader) as ours,
        _desk(home / "bare", reader) as bare,
        maildir(home / "beside") as beside,
    ):
        mailbox, at_hand = server.doors().mailbox, beside.doors().mailbox
        ours.intake(mailbox=mailbox).work()
        mailbox.wait(1)
        time.sleep(0.5)
        pairs = tuple(
            _pair(server, beside, (ours, mailbox), (bare, at_hand), number)
            for number in range(times + 1)
        )[1:]
        mailbox.close()
    floor = "the server's own notice, and intake of a mail that lies at hand"
    return Figure(f"delivery to registered, {kind}", floor, pairs, AIM)


def _pair(
    server: MailServer,
    beside: MailServer,
    ours: tuple[Desk, Mailbox],
    bare: tuple[Desk, Mailbox],
    number: int,
) -> tuple[float, float]:
    desk, mailbox = ours
    while mailbox.wait(0.05):
        pass  # What rang for an earlier mail.
    with _own_notice(server) as noticed:
        begun = time.perf_counter()
        server.deliver(_submission(number))
        assert mailbox.wait(20)
        assert desk.intake(mailbox=mailbox).work().done == 1
        ended = time.perf_counter()
        notice = noticed()
        if not isinstance(server, ImapWorld):
            notice -= begun
    beside.deliver(_submission(number))
    other, at_hand = bare
    reading = time.perf_counter()
    assert other.intake(mailbox=at_hand).work().done == 1
    reading = time.perf_counter() - reading
    return ended - begun, notice + reading


def _submission(number: int) -> bytes:
    return a_raw(
        {"Overview.pdf": a_report(f"Person{number}", local=f"DHR{number}")},
        message_id=f"<arrival-{number}@anyshire.gov.uk>",
        headers=PROVED,
    )


@contextmanager
def _desk(home: Path, reader: Reader) -> Iterator[Desk]:
    home.mkdir()
    url = f"sqlite:///{home / 'register.sqlite'}"
    migrate(url)
    clock = StoppedClock(NOW)
    database = open_database(url, clock=clock)
    yield Desk(database, clock, Vault(home / "vault"), reader, home / "mail")
    database.close()


@dataclass
class _Ear:
    """When somebody else was told of a mail by the server itself."""

    heard: float = 0.0


@contextmanager
def _own_notice(server: MailServer) -> Iterator[Noticed]:
    ear = _Ear()
    if isinstance(server, ImapWorld):
        # In a mailbox of its own: from ours the mail is moved before others have looked.
        other = server.dovecot.newcomer()
        server.dovecot.deliver(other, _submission(0))
        with server.dovecot.person(other) as person:
            person.select()
            person.send(b"X1 IDLE\r\n")
            person.readline()
            with _listening(lambda: _until_exists(person.readline), ear) as noticed:
                yield _delivered(server, other, noticed)
    elif isinstance(server, EwsWorld):
        store = server.ews.store
        own = store.subscribe("F-inbox")
        with _listening(lambda: store.news(own, 20), ear) as noticed:
            yield noticed
    else:
        assert isinstance(server, MaildirServer)
        new = server.folder / "in" / "new"
        with _listening(lambda: _until_more_than(len(os.listdir(new)), new), ear) as noticed:
            yield noticed


def _delivered(server: ImapWorld, other: str, noticed: Noticed) -> Noticed:
    """Return what measures the notice of a mail that comes now, as if it had come before."""

    def later() -> float:
        begun = time.perf_counter()
        server.dovecot.deliver(other, _submission(1))
        return noticed() - begun

    return later


@contextmanager
def _listening(listen: Callable[[], object], ear: _Ear) -> Iterator[Noticed]:
    def hear() -> None:
        listen()
        ear.heard = time.perf_counter()

    thread = threading.Thread(target=hear)
    thread.start()
    time.sleep(0.05)

    def noticed() -> float:
        thread.join(20)
        return ear.heard

    yield noticed


def _until_more_than(number: int, folder: Path) -> None:
    while len(os.listdir(folder)) <= number:
        time.sleep(0.0005)


def _until_exists(readline: Callable[[], bytes]) -> None:
    while not re.match(rb"\* \d+ EXISTS", readline()):
        pass


def _idle(kind: str, server: MailServer) -> Figure:
    """Return what the looks of an hour cost in which nothing comes."""
    rounds = load(None, {}).rounds
    looks = int(HOUR / rounds.intake)
    doors = server.doors()
    reached = doors.mailbox.changes("").reached
    asked, begun = _asked(server), time.process_time()
    for _ in range(LOOKS):
        reached = doors.mailbox.changes(reached).reached
    cpu = (time.process_time() - begun) / LOOKS * looks
    requests = (_asked(server) - asked) / LOOKS * looks
    doors.mailbox.close()
    doors.outbox.close()
    told = f"{looks} looks" + (f", {requests:.0f} requests" if requests else "")
    return Figure(f"an idle hour, {kind}: CPU", "the hour", ((cpu, HOUR),), note=told)


def _asked(server: MailServer) -> int:
    if isinstance(server, EwsWorld):
        return len(server.ews.asked)
    return len(server.graph.seen) if isinstance(server, GraphWorld) else 0
