"""A sign-in that was refused is not tried again at once: servers lock accounts."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Refusal:
    """The last refusal, as long as it stands; safe for several threads.

    stands: seconds
    now: seconds of a clock that is never set back
    """

    stands: float
    now: Callable[[], float] = field(default=time.monotonic, repr=False)
    _why: str = field(default="", init=False, repr=False)
    _until: float = field(default=0.0, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def note(self, why: str) -> None:
        """Let a refusal stand from now on."""
        with self._lock:
            self._why, self._until = why, self.now() + self.stands

    def forget(self) -> None:
        """Let none stand: somebody was let in."""
        with self._lock:
            self._why = ""

    @property
    def why(self) -> str:
        """Return why nobody is to sign in now, "" where none stands."""
        with self._lock:
            return self._why if self.now() < self._until else ""
