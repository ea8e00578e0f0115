"""The round, again and again: each stage at its own pace, woken early by mail.

One watcher holds a mailbox; when it loses its lock it stops at once.  A stage that
fails is told in the log and tried again at its next turn; nothing else waits for it.
"""

import logging
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import Final, Protocol

import schedule

from secretariat.domain.errors import OutOfOrder, SecretariatError
from secretariat.domain.ledger import Tally

log = logging.getLogger(__name__)

NAP: Final = 0.5
FIRST_REST: Final = 5.0
LONGEST_REST: Final = 300.0
PATIENCE: Final = 0.3
"""Seconds that a slow stage has to end its piece of work; what it has not kept is made again."""


class WatchLost(OutOfOrder):
    """Another process may be watching the mailbox now, so this one has stopped."""

    def __init__(self) -> None:
        super().__init__(
            "the watch on the mailbox was lost, so the daemon has stopped: start it again"
        )


class Watching(Protocol):
    """The lock on one mailbox."""

    def held(self) -> bool:
        """Say whether this process still watches the mailbox alone."""


@dataclass
class Rest:
    """How long a stage rests that could not work: each time twice as long, to LONGEST_REST."""

    seconds: float = 0.0
    until: float = 0.0

    def over(self) -> bool:
        """Say whether the stage may try again."""
        return time.monotonic() >= self.until

    def note(self, *, well: bool) -> None:
        """Note whether the stage could work."""
        self.seconds = 0.0 if well else min(max(FIRST_REST, 2 * self.seconds), LONGEST_REST)
        self.until = time.monotonic() + self.seconds


@dataclass
class Daemon:
    """Runs stages by the clock until it is stopped.

    stages: what each stage does in one turn; seconds: how often
    slow: stages that fetch from outside or read papers through; each keeps its own time, so that
        no mail waits for them, nor one for the other
    wait: the mailbox's doorbell, True as soon as there is news
    hang_up: ends what the mailbox is waiting for, so that a stop is not kept waiting by a server
    """

    stages: Mapping[str, Callable[[], Tally]]
    seconds: Mapping[str, int]
    wait: Callable[[float], bool]
    watching: Watching
    hang_up: Callable[[], object] = bool
    slow: frozenset[str] = frozenset({"publication", "reading"})
    stopped: threading.Event = field(default_factory=threading.Event)
    _rests: dict[str, Rest] = field(default_factory=lambda: defaultdict(Rest))

    def run(self) -> None:
        """Run until `stop`; raise WatchLost when another may be watching the mailbox."""
        beside = [
            threading.Thread(target=self._keep_slow, args=(name,), name=name, daemon=True)
            for name in self.stages
            if name in self.slow
        ]
        beside.append(threading.Thread(target=self._hang_up, name="hanging up", daemon=True))
        for thread in beside:
            thread.start()
        try:
            self._keep_quick()
        finally:
            self.stop()
            until = time.monotonic() + PATIENCE
            for thread in beside:
                thread.join(timeout=max(0.0, until - time.monotonic()))

    def _keep_quick(self) -> None:
        rota = self._rota(name for name in self.stages if name not in self.slow)
        while not self.stopped.is_set():
            if not self.watching.held():
                log.error("the watch on the mailbox was lost: stopping")
                raise WatchLost
            rota.run_pending()
            if self._rung():
                self.turn("intake", rung=True)

    def _hang_up(self) -> None:
        """Wait for the stop, then free whoever waits for the mailbox's server."""
        self.stopped.wait()
        self.hang_up()

    def _keep_slow(self, name: str) -> None:
        rota = self._rota([name])
        while not self.stopped.wait(NAP):
            rota.run_pending()

    def _rota(self, names: Iterable[str]) -> schedule.Scheduler:
        rota = schedule.Scheduler()
        for name in names:
            rota.every(self.seconds[name]).seconds.do(self.turn, name)
        rota.run_all()
        return rota

    def turn(self, name: str, *, rung: bool = False) -> Tally:
        """Let one stage work once; a fault is told and never stops the rest.

        A stage that could not work rests for longer and longer, up to five minutes, unless the
        mailbox has `rung`.
        """
        if self.stopped.is_set() or not (rung or self._rests[name].over()):
            return Tally()
        tally = turn(name, self.stages[name])
        self._rests[name].note(well=name not in {what for what, _ in tally.stuck})
        if tally.done or tally.stuck:
            told = {"stage": name, "done": tally.done, "stuck": len(tally.stuck)}
            log.info("stage done", extra=told)
        return tally

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """Stop after the piece of work in hand; fit to be a signal's answer."""
        self.stopped.set()

    def heed_signals(self) -> None:
        """Stop on SIGTERM and SIGINT; to be called from the main thread."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)

    def _rung(self) -> bool:
        """Wait a moment for the mailbox's bell; a mailbox that is out of order stays silent."""
        try:
            return self.wait(NAP)
        except (OutOfOrder, OSError):
            time.sleep(NAP)
            return False


def turn(name: str, work: Callable[[], Tally]) -> Tally:
    """Return what one stage did; a fault becomes one stuck piece of work, told in a sentence."""
    try:
        return work()
    except SecretariatError as fault:
        # What a fault says may quote a name or a paper; what its class is for never does.
        why = (type(fault).__doc__ or "").partition("\n")[0]
        told = {"stage": name, "fault": type(fault).__name__, "why": why}
        log.warning("stage stopped", extra=told)
        return Tally(stuck=((name, str(fault)),))
    except Exception:
        log.exception("stage failed", extra={"stage": name})
        return Tally(stuck=((name, "stopped by a fault that is in the log"),))
