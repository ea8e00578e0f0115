"""The doorbell of a mailbox on an Exchange Server: streaming notifications, in a thread of its own.

They only wake who waits; what has come is told by SyncFolderItems.  Whatever becomes of the
subscription, another is made after a pause, and the mailbox is looked at meanwhile all the same.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from secretariat.adapters.mail.exchange_line import ExchangeLine

MINUTES: Final = 2
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 300.0
EVENTS: Final = ("NewMailEvent", "CreatedEvent", "MovedEvent")

log = logging.getLogger(__name__)


@dataclass
class ExchangeBell:
    """Rings when something comes into the folder that `find` returns of an account."""

    line: ExchangeLine
    find: Callable[[Any], Any]
    listening: threading.Event = field(default_factory=threading.Event)
    _rung: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _ear: threading.Thread | None = None

    def wait(self, seconds: float) -> bool:
        """Return True as soon as it has rung, False after `seconds` or when it is closed."""
        self._listen()
        rung = self._rung.wait(seconds)
        self._rung.clear()
        return rung and not self.line.closed.is_set()

    def close(self) -> None:
        """Free who waits; the line is to be closed before."""
        self._rung.set()

    def _listen(self) -> None:
        with self._lock:
            if self._ear is None and not self.line.closed.is_set():
                self._ear = threading.Thread(target=self._hear, name="doorbell", daemon=True)
                self._ear.start()

    def _hear(self) -> None:
        pause = FIRST_PAUSE
        while not self.line.closed.is_set():
            try:
                self.line.ask_once(self._stream)
                pause = FIRST_PAUSE
            except Exception as fault:  # Whatever it is, the mailbox is looked at by the clock.
                self.listening.clear()
                log.info("the mailbox's bell is silent", extra={"fault": type(fault).__name__})
                self.line.closed.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    def _stream(self, account: Any) -> None:
        folder = self.find(account)
        with folder.streaming_subscription(event_types=list(EVENTS)) as number:
            # What came between the last look and the subscription rings too.
            self._rung.set()
            self.listening.set()
            while not self.line.closed.is_set():
                for told in folder.get_streaming_events(number, connection_timeout=MINUTES):
                    if told.events:
                        self._rung.set()
                    if self.line.closed.is_set():
                        return
