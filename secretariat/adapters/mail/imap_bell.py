"""Hears of new mail at once: IDLE on a connection and a thread of its own.

It is only a bell.  What has come is found by looking, which is done now and then in any case.
"""

import imaplib
import logging
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Final, cast

from secretariat.adapters.mail.imap_line import Opened, opened
from secretariat.adapters.mail.imap_server import (
    DROPPED,
    NOT_DONE,
    REFUSAL_STANDS,
    Box,
    ImapServer,
    NameRefused,
    hang_up,
)
from secretariat.ports.mail import MailboxUnusable

RENEWED_EVERY: Final = 540.0
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0

log = logging.getLogger(__name__)


@dataclass
class Bell:
    """Rings when a folder has a message with a later number than any heard of.

    folder: gives its name as the server writes it
    renewed_every: seconds after which the server is told again that we listen
    """

    server: ImapServer
    folder: Callable[[], str]
    renewed_every: float = RENEWED_EVERY
    _next: int | None = field(default=None, init=False, repr=False)
    _validity: int = field(default=0, init=False, repr=False)
    _rung: bool = field(default=False, init=False, repr=False)
    _deaf: bool = field(default=False, init=False, repr=False)
    _thread: threading.Thread | None = field(default=None, init=False, repr=False)
    _changed: threading.Condition = field(
        default_factory=threading.Condition, init=False, repr=False
    )

    def seen(self, highest: int) -> None:
        """Take note of the highest number that was looked at."""
        with self._changed:
            self._next = max(self._next or 0, highest + 1)

    def wait(self, seconds: float) -> bool:
        """Return True as soon as it rings, False after `seconds` or when all is closed."""
        closed = self.server.wires.closed
        with self._changed:
            if self._thread is None and not self._deaf and not closed.is_set():
                self._thread = threading.Thread(target=self._listen, name="mailbell", daemon=True)
                self._thread.start()
            self._changed.wait_for(lambda: self._rung or closed.is_set(), seconds)
            rung, self._rung = self._rung and not closed.is_set(), False
            return rung

    def close(self) -> None:
        """End every wait; the wires have been cut before."""
        with self._changed:
            self._changed.notify_all()

    def _listen(self) -> None:
        pause = FIRST_PAUSE
        closed = self.server.wires.closed
        while not closed.is_set() and not self._deaf:
            heard_from = time.monotonic()
            try:
                self._until_it_drops()
            except NameRefused:
                closed.wait(REFUSAL_STANDS)
                continue
            except (*DROPPED, *NOT_DONE, MailboxUnusable) as fault:
                if not closed.is_set():
                    log.info("the line that hears of new mail dropped: %s", type(fault).__name__)
            if time.monotonic() - heard_from > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            closed.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _until_it_drops(self) -> None:
        folder = self.folder()
        box = self.server.connect()
        try:
            if not box.can("IDLE"):
                self._deaf = True
                return
            while not self.server.wires.closed.is_set():
                self._ring_for(opened(box, folder, read_only=True))
                idle(box, self.renewed_every)
        finally:
            hang_up(box.client)

    def _ring_for(self, folder: Opened) -> None:
        with self._changed:
            anew = self._validity not in (0, folder.validity)
            if anew or folder.next_uid > (self._next or folder.next_uid):
                self._rung = True
                self._changed.notify_all()
            known = 0 if anew or self._next is None else self._next
            self._next, self._validity = max(folder.next_uid, known), folder.validity


def idle(box: Box, seconds: float) -> None:
    """Return when the server tells that something came, or after so many seconds."""
    client = box.client
    client.response("EXISTS")
    tag = client._command("IDLE")
    while client._get_response() is not None:
        # What comes before the server's "go on" is news already, or its refusal.
        if client.tagged_commands[tag]:
            raise client.error("IDLE was refused")
    until = time.monotonic() + seconds
    while not client.untagged_responses.get("EXISTS"):
        if not _says_something(client, until):
            break
        client._get_response()
    client.send(b"DONE\r\n")
    client._command_complete("IDLE", tag)


def _says_something(client: imaplib.IMAP4, until: float) -> bool:
    """Say whether the server says something before a moment of the steady clock.

    What was read ahead, by us or by the encryption, does not show at the socket itself.
    """
    line, ahead = client.sock, cast(BufferedReader, client.file)
    timeout = line.gettimeout()
    line.settimeout(0)
    try:
        while True:
            try:
                # A line that says nothing and can be read has been hung up at the other end.
                if ahead.peek(1) or _readable(line, 0):
                    return True
            except ssl.SSLWantReadError:
                pass
            if not _readable(line, max(until - time.monotonic(), 0)):
                return False
    finally:
        line.settimeout(timeout)


def _readable(line: socket.socket, seconds: float) -> bool:
    with selectors.DefaultSelector() as waiting:
        waiting.register(line, selectors.EVENT_READ)
        return bool(waiting.select(seconds))
