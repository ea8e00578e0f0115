"""A mailbox on Dovecot with Exim before it, for the contract of all mailboxes.

Both servers are started once for all tests of a process; each test has a user of its own.
"""

from __future__ import annotations

import atexit
import imaplib
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email import message_from_bytes
from functools import cache
from pathlib import Path

from secretariat.adapters.mail.imap import ImapMailbox
from secretariat.adapters.mail.imap_line import ImapLine
from secretariat.adapters.mail.imap_server import ImapServer
from secretariat.adapters.mail.imap_source import sent_source
from secretariat.adapters.mail.smtp import SmtpOutbox
from secretariat.adapters.mail.smtp_server import SmtpServer
from secretariat.adapters.mail.wires import Wires
from secretariat.ports.mail import Doors
from tests.servers.dovecot import PASSWORD, Dovecot, running_dovecot
from tests.servers.exim import Exim, running_exim

HOST = "localhost"
WITHIN = 20.0


@cache
def post_office() -> tuple[Dovecot, Exim]:
    """Return the servers of this process."""
    open_till_the_end = ExitStack()
    atexit.register(open_till_the_end.close)
    dovecot = open_till_the_end.enter_context(running_dovecot())
    exim = open_till_the_end.enter_context(running_exim(dovecot.certificates, dovecot.lmtp))
    return dovecot, exim


class ImapWorld:
    """One mailbox on the servers, as a test of the contract sees it."""

    outside = "clerk@anyshire.gov.uk"
    rings = True
    keeps_place = True

    def __init__(self, *, by_category: bool = False) -> None:
        self.by_category = by_category
        self.dovecot, self.exim = post_office()
        self.user = self.dovecot.newcomer()
        self._left_before = frozenset(self.exim.left())
        self._open: list[Doors] = []
        self._waiting: list[bytes] = []
        self._watched = False

    def doors(self) -> Doors:
        """Return the doors as a process that has just started opens them."""
        self._let_in()
        server = self.server()
        sending = self.server()
        outbox = SmtpOutbox(self.smtp(sending.wires), ImapLine(sending))
        doors = Doors(
            ImapMailbox(server, by_category=self.by_category), outbox, sent_source(outbox.line)
        )
        self._open.append(doors)
        return doors

    def settings(self) -> tuple[str, dict[str, str]]:
        """Return the configuration that opens this mailbox, and its secrets."""
        self._watched = True
        filing = "categories" if self.by_category else "folders"
        sections = (
            f'[mailbox]\nkind = "imap"\nfiling = "{filing}"\n'
            f'ca_file = "{self.dovecot.certificates.authority}"\n'
            f'[imap]\nhost = "{HOST}"\nport = {self.dovecot.imaps}\nuser = "{self.user}"\n'
            f'[smtp]\nhost = "{HOST}"\nport = {self.exim.plain}\n'
        )
        return sections, {"SECRETARIAT_MAIL_PASSWORD": PASSWORD}

    def server(self) -> ImapServer:
        wires = Wires(self.dovecot.certificates.authority)
        return ImapServer(HOST, self.dovecot.imaps, "tls", self.user, PASSWORD, wires=wires)

    def smtp(self, wires: Wires) -> SmtpServer:
        return SmtpServer(HOST, self.exim.plain, "starttls", self.user, PASSWORD, wires=wires)

    def close(self) -> None:
        for doors in self._open:
            doors.mailbox.close()
            doors.outbox.close()

    def deliver(self, raw: bytes) -> None:
        """Let a mail arrive; before the first look many are brought at once."""
        self._waiting.append(raw)
        if self._open or self._watched:
            self._let_in()

    def deliver_no_mail(self) -> bool:
        return False

    def lying_in(self, folder: str) -> list[bytes]:
        self._let_in()
        return [raw for _, raw in self._messages(folder)]

    def move_by_hand(self, subject: str, folder: str) -> None:
        self._let_in()
        with self.dovecot.person(self.user) as person:
            place, uid = self._find(person, subject)
            if self.by_category and folder == "Inbox":
                self._afresh(person, uid)
            elif place != _called(folder):
                person.create(_called(folder))
                person.uid("MOVE", uid, _called(folder))

    def delete_by_hand(self, subject: str) -> None:
        self._let_in()
        with self.dovecot.person(self.user) as person:
            _, uid = self._find(person, subject)
            person.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
            person.expunge()

    def send_by_hand(self, raw: bytes) -> None:
        with self.dovecot.person(self.user) as person:
            person.append("Sent", r"(\Seen)", imaplib.Time2Internaldate(time.time()), raw)

    def lose_place(self, reached: str) -> str:
        self.close()
        self.dovecot.lose_validity(self.user)
        return reached

    def left(self) -> list[bytes]:
        """Return the mails that left, once Exim has nothing more in its hands."""
        until = time.monotonic() + WITHIN
        while self.exim.busy() and time.monotonic() < until:
            time.sleep(0.02)
        left = self.exim.left()
        return [path.read_bytes() for path in left if path not in self._left_before]

    def _let_in(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.dovecot.deliver(self.user, *waiting)

    def _messages(self, folder: str) -> list[tuple[str, bytes]]:
        marked = self.by_category and folder in ("Registered", "Held", "Noted", "Refused")
        with self.dovecot.person(self.user) as person:
            place = "INBOX" if marked else _called(folder)
            return _read(person, place, f"KEYWORD {folder}" if marked else "ALL")

    def _find(self, person: imaplib.IMAP4, subject: str) -> tuple[str, str]:
        _, listed = person.list()
        for line in listed:
            assert isinstance(line, bytes)
            folder = line.decode().rpartition(' "/" ')[2].strip('"')
            for uid, raw in _read(person, folder, "ALL"):
                if str(message_from_bytes(raw)["Subject"]) == subject:
                    return folder, uid
        raise LookupError(subject)

    def _afresh(self, person: imaplib.IMAP4, uid: str) -> None:
        """Take the categories off and bring the message in again, as a person may by dragging."""
        person.uid("STORE", uid, "-FLAGS", "(Registered Held Noted Refused)")
        person.uid("COPY", uid, "INBOX")
        person.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
        person.expunge()


def _called(folder: str) -> str:
    return "INBOX" if folder == "Inbox" else folder


def _read(person: imaplib.IMAP4, folder: str, criteria: str) -> list[tuple[str, bytes]]:
    if person.select(folder)[0] != "OK":
        return []
    _, (uids,) = person.uid("SEARCH", criteria)
    if not uids:
        return []
    _, answer = person.uid("FETCH", uids.decode().replace(" ", ","), "(UID BODY.PEEK[])")
    found = []
    for part in answer:
        if isinstance(part, tuple):
            number = re.search(rb"UID (\d+)", part[0])
            assert number is not None
            found.append((number[1].decode(), part[1]))
    return found


@contextmanager
def imap_folders(_: Path) -> Iterator[ImapWorld]:
    """Run a mailbox whose mail is filed in folders."""
    world = ImapWorld()
    try:
        yield world
    finally:
        world.close()


@contextmanager
def imap_keywords(_: Path) -> Iterator[ImapWorld]:
    """Run a mailbox whose mail is filed by keyword."""
    world = ImapWorld(by_category=True)
    try:
        yield world
    finally:
        world.close()
