"""The next mails are opened while this one is entered.

Opening waits for the disk, the scanner and the reading process; entering works.  So opening goes
to threads of its own, few enough that only some mails are in memory.  It needs no register and no
mailbox: both are touched by the thread that enters, and by no other.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from secretariat.ports.mail import Waiting
from secretariat.stages.intake.opening import Opened

MAILS_AHEAD: Final = 2


@dataclass(frozen=True, slots=True)
class Begun:
    """A waiting mail that is kept in the vault and being opened.

    raw: SHA-256 in the vault
    opening: ends with the mail opened, or with what broke the opening
    """

    waiting: Waiting
    raw: str
    opening: Future[Opened]


@contextmanager
def opened_ahead(
    mails: Iterable[Waiting],
    take: Callable[[Waiting], tuple[str, bytes]],
    open_mail: Callable[[bytes], Opened],
) -> Iterator[Iterator[tuple[Waiting, Callable[[], Begun]]]]:
    """Lend the waiting mails in their order, each with a call that gives it begun.

    take: keeps a mail and returns (SHA-256, its bytes); what it raises is raised by the call,
    when the turn of that mail has come.  What is still being opened at the end is given up.
    """
    pool = ThreadPoolExecutor(MAILS_AHEAD, thread_name_prefix="opening")

    def begin(waiting: Waiting) -> Callable[[], Begun]:
        try:
            sha256, raw = take(waiting)
        except Exception as fault:
            return _raising(fault)
        begun = Begun(waiting, sha256, pool.submit(open_mail, raw))
        return lambda: begun

    try:
        yield _ahead(mails, begin)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _ahead(
    mails: Iterable[Waiting], begin: Callable[[Waiting], Callable[[], Begun]]
) -> Iterator[tuple[Waiting, Callable[[], Begun]]]:
    line: deque[tuple[Waiting, Callable[[], Begun]]] = deque()
    for waiting in mails:
        line.append((waiting, begin(waiting)))
        if len(line) > MAILS_AHEAD:
            yield line.popleft()
    yield from line


def _raising(fault: Exception) -> Callable[[], Begun]:
    def call() -> Begun:
        raise fault

    return call
