"""A mail that is just leaving is let out before its connection is cut.

Cut in that moment, nobody would know whether it left, and a person would have to look in Sent.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

GRACE: Final = 1.2
"""Seconds; a stop of the service may take two."""


@dataclass
class AtTheDoor:
    """Knows whether a mail is just leaving."""

    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Hold the door for one mail; others wait."""
        with self._lock:
            yield

    def let_out(self) -> None:
        """Wait until nothing is leaving, at most `GRACE`."""
        if self._lock.acquire(timeout=GRACE):
            self._lock.release()
