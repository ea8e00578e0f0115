"""The mailbox on an Exchange Server, by exchangelib, against the same bytes over plain HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import requests

from secretariat.adapters.mail.exchange import ExchangeMailbox
from tests.adapters.test_mail_contract import a_message, everything
from tests.benchmarks.measuring import Figure, side_by_side
from tests.servers.ews import PASSWORD, USER, EwsServer, running_ews
from tests.servers.ews_world import NAMES, a_line

LARGE = 25 * 2**20
MANY = 2_000


class Nowhere:
    """Takes what is written and keeps nothing."""

    def write(self, content: bytes, /) -> int:
        return len(content)


def figures(*, quick: bool) -> list[Figure]:
    """Return a message of 25 MB, a first look at 2,000 mails (quick: 200), and the bell."""
    with running_ews() as ews:
        mailbox = ExchangeMailbox(a_line(ews), NAMES)
        found = [_large(ews, mailbox), _first_look(ews, 200 if quick else MANY)]
        found.append(_bell(ews, mailbox))
        mailbox.close()
    return found


def _large(ews: EwsServer, mailbox: ExchangeMailbox) -> Figure:
    ews.store.deliver(a_message("Large", b"%PDF" + bytes(LARGE)))
    (waiting,), _ = everything(mailbox)
    mailbox.fetch(waiting.place, Nowhere())
    pairs = side_by_side(
        lambda: mailbox.fetch(waiting.place, Nowhere()), _again(ews, "GetItem"), times=5
    )
    mailbox.file(waiting.place, "Noted")
    return Figure("25 MB by exchangelib", "the same request over plain HTTP", pairs)


def _first_look(ews: EwsServer, mails: int) -> Figure:
    for number in range(mails):
        ews.store.deliver(a_message(f"Number {number}"))

    def look() -> None:
        opened = ExchangeMailbox(a_line(ews), NAMES)
        assert len(everything(opened)[0]) == mails
        opened.close()

    look()
    one = _again(ews, "SyncFolderItems")

    def bare() -> None:
        for _ in range(-(-mails // 500)):
            one()

    pairs = side_by_side(look, bare, times=3)
    return Figure(f"first look at {mails:,} mails", "its last answer, as often", pairs)


def _bell(ews: EwsServer, mailbox: ExchangeMailbox) -> Figure:
    """Return the time from delivery to the bell, against the server's own notice of it."""
    mailbox.wait(1)
    assert mailbox._bell.listening.wait(10)
    pairs = []
    for number in range(20):
        own = ews.store.subscribe("F-inbox")
        noticed: list[float] = []

        def listen(own: str = own, noticed: list[float] = noticed) -> None:
            ews.store.news(own, 10)
            noticed.append(time.perf_counter())

        ear = threading.Thread(target=listen)
        ear.start()
        time.sleep(0.05)
        begun = time.perf_counter()
        ews.store.deliver(a_message(f"Ring {number}"))
        assert mailbox.wait(10)
        heard = time.perf_counter() - begun
        ear.join()
        pairs.append((heard, noticed[0] - begun))
    return Figure("delivery to bell", "the server's own notice in its process", tuple(pairs))


def _again(ews: EwsServer, operation: str) -> Callable[[], None]:
    raw = ews.raw[operation]
    session = requests.Session()
    session.trust_env = False

    def ask() -> None:
        answer = session.post(ews.endpoint, data=raw, auth=(USER, PASSWORD), stream=True)
        for _ in answer.iter_content(2**16):
            pass
        assert answer.status_code == 200

    return ask
