"""Mail leaves through an SMTP server; Sent and Drafts lie in the IMAP mailbox."""

import threading
import time
from dataclasses import dataclass, field
from typing import Final

from imap_tools.errors import MailboxAppendError

from secretariat.adapters.mail.imap_line import FolderMissing, ImapLine
from secretariat.adapters.mail.imap_server import Box, code_of
from secretariat.adapters.mail.imap_source import SENT
from secretariat.adapters.mail.smtp_letter import Deferred, Letter, letter_of, whole_lines
from secretariat.adapters.mail.smtp_server import Client, SmtpServer
from secretariat.ports.mail import LineDropped, MailboxUnusable, OutboxClosed, SendRefused

DRAFTS: Final = "Drafts"
KEPT_FOR: Final = 60.0
PATIENCE: Final = 300.0
DEFERRED_FOR: Final = 900.0
NO_COPY: Final = "the mail left, but no copy of it could be put into {folder}: {why}"


@dataclass
class SmtpOutbox:
    """Sends by `smtp`; the copies lie at the end of `line`.

    sent_folder, drafts_folder: as they are configured; "/" stands between folders
    server_keeps_sent: whether the server puts a copy into Sent by itself
    kept_for: seconds for which a connection is kept for the next message
    patience: seconds that the server may take to accept a message
    """

    smtp: SmtpServer
    line: ImapLine
    sent_folder: str = SENT
    drafts_folder: str = DRAFTS
    server_keeps_sent: bool = False
    kept_for: float = KEPT_FOR
    patience: float = PATIENCE
    _deferred: dict[str, float] = field(default_factory=dict, init=False, repr=False)
    _client: Client | None = field(default=None, init=False, repr=False)
    _used: float = field(default=0.0, init=False, repr=False)
    _ending: threading.Timer | None = field(default=None, init=False, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False, repr=False)

    def send(self, raw: bytes, message_id: str) -> None:
        """Send to the recipients in the headers, and put a copy into Sent.

        Raise SendRefused or OutboxClosed when nothing left; LineDropped when nobody knows, or
        when it left and no copy lies in Sent.  A message that alone is put off for longer than
        `DEFERRED_FOR` seconds is refused, so that it holds up no others.
        """
        letter = letter_of(raw)
        with self._lock:
            if not self.server_keeps_sent:
                self._insist_on_sent()
            self._hand_over_in_time(letter, message_id)
        if self.server_keeps_sent:
            return
        try:
            self._append(self.sent_folder, raw, r"\Seen")
        except MailboxUnusable as fault:
            raise LineDropped(NO_COPY.format(folder=self.sent_folder, why=fault)) from None

    def sent(self, message_id: str) -> bool:
        """Say whether Sent holds a message with this Message-ID; raise MailboxUnusable."""
        wanted = message_id.strip().replace("\\", r"\\").replace('"', r"\"")
        if not wanted.isascii() or not wanted.isprintable():
            return False
        criteria = f'HEADER Message-ID "{wanted}"'
        return self.line.within(
            self.line.place(self.sent_folder),
            lambda box, _: bool(box.uids(criteria, charset=None)),
            read_only=True,
        )

    def save_draft(self, raw: bytes) -> None:
        """Put the message into Drafts; raise MailboxUnusable."""
        self._append(self.drafts_folder, raw, r"\Draft")

    def check(self) -> str:
        """Sign in to both servers and return that mail can leave; raise MailboxUnusable."""
        try:
            with self._lock:
                self._ready()
        except OutboxClosed as fault:
            raise MailboxUnusable(str(fault)) from None
        for folder, use in ((self.sent_folder, r"\Sent"), (self.drafts_folder, r"\Drafts")):
            self._insist_on(folder, use)
        kept = "the server keeps" if self.server_keeps_sent else "we put"
        return f"mail leaves through {self.smtp.host}; {kept} a copy in {self.sent_folder}"

    def close(self) -> None:
        """Cut every connection at once."""
        self.smtp.close()
        self.line.server.close()
        if ending := self._ending:
            ending.cancel()

    def _hand_over_in_time(self, letter: Letter, message_id: str) -> None:
        now = self.smtp.now()
        try:
            self._hand_over(letter)
        except Deferred as fault:
            if now - self._deferred.setdefault(message_id, now) < DEFERRED_FOR:
                raise
            self._deferred.pop(message_id)
            raise SendRefused(f"{fault}, and has not for a quarter of an hour") from None
        self._deferred.pop(message_id, None)

    def _hand_over(self, letter: Letter) -> None:
        client = self._ready()
        try:
            letter.hand_over(client, self.smtp, self.patience)
        except BaseException:
            # Whatever was said half must not be heard as a part of the next message.
            self._client = None
            client.close()
            raise
        self._keep()

    def _ready(self) -> Client:
        """Return a connection that still stands."""
        client, self._client = self._client, None
        if client is not None:
            try:
                if client.noop()[0] == 250:
                    self._client = client
                    return client
            except OSError:
                pass
            client.close()
        self._client = self.smtp.connect()
        self._keep()
        return self._client

    def _keep(self) -> None:
        """Keep the connection for the next message, and end it when none comes."""
        self._used = time.monotonic()
        if self._ending is not None:
            self._ending.cancel()
        self._ending = threading.Timer(self.kept_for, self._end)
        self._ending.daemon = True
        self._ending.start()

    def _end(self) -> None:
        with self._lock:
            if self._client is not None and time.monotonic() - self._used >= self.kept_for:
                client, self._client = self._client, None
                client.leave()

    def _insist_on_sent(self) -> None:
        """Let nothing leave where the mailbox cannot be reached, or its Sent is missing."""
        try:
            self.line.within(self.line.place(self.sent_folder), lambda *_: None, read_only=True)
        except MailboxUnusable as fault:
            raise OutboxClosed(f"mail cannot leave now: {fault}") from None

    def _insist_on(self, folder: str, use: str) -> None:
        place = self.line.place(folder)
        listed = self.line.run(lambda box: box.folder.list())
        if any(each.name == place for each in listed):
            return
        others = [each.name for each in listed if use in each.flags]
        hint = f"; the server's own is called {others[0]}" if others else ""
        raise MailboxUnusable(f"{FolderMissing(folder)}{hint}")

    def _append(self, folder: str, raw: bytes, flag: str) -> None:
        place = self.line.place(folder)

        def append(box: Box) -> None:
            try:
                box.append(whole_lines(raw), place, flag_set=[flag])
            except MailboxAppendError as fault:
                if code_of(fault) in ("TRYCREATE", "NONEXISTENT"):
                    raise FolderMissing(folder) from None
                raise

        self.line.run(append, once=True)
