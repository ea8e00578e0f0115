"""Mail that leaves through Microsoft 365: as raw MIME, so that our Message-ID and threading stay.

Up to 4 MB a message leaves in one request.  A larger one becomes a draft, its large attachments
are attached to that piece by piece, and then the draft is sent.
"""

import base64
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from secretariat.adapters.mail.graph_large import Divided, TakenOut, divide
from secretariat.adapters.mail.graph_line import GraphLine, NoAnswer, PauseWanted, Request
from secretariat.adapters.mail.graph_source import go_through, id_in, path_of, unless_good
from secretariat.adapters.mail.graph_words import Answer
from secretariat.ports.mail import LineDropped, MailboxUnusable, OutboxClosed, SendRefused

LARGEST_REQUEST: Final = 4_000_000
LARGEST_AT_ONCE: Final = 3 * 2**20 - 512
"""Bytes of an attachment that still fit into one request of 4 MB, written out in JSON; from 3 MB
on Graph takes it in pieces only."""
ACCEPTED: Final = 202
PIECE: Final = 12 * 320 * 1024
STUMBLES: Final = 3
_MIME: Final = {"Content-Type": "text/plain"}
_NO_LARGE: Final = "Microsoft 365 lets nothing larger than 4 MB leave this mailbox"
_NOBODY: Final = {"message": {"subject": "", "toRecipients": []}}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class GraphOutbox:
    """Sends by the line that it shares with the mailbox."""

    line: GraphLine
    _stumbles: dict[str, int] = field(default_factory=dict, init=False, repr=False)

    def send(self, raw: bytes, message_id: str) -> None:
        """Send to the recipients in the headers; Graph keeps a copy in Sent.

        Raise SendRefused, OutboxClosed where nothing can leave now, LineDropped where nobody knows.
        """
        if _fits(raw):
            self._leave(Request("POST", "/sendMail", content=_coded(raw), headers=_MIME, once=True))
            return
        divided = divide(raw, LARGEST_REQUEST * 3 // 4)
        with _nothing_left():
            self._clear_away(message_id)
            draft = self._draft(divided.rest)
        try:
            self._attach_or_refuse(draft, divided, message_id)
            self._leave(Request("POST", f"{path_of(draft)}/send", once=True))
        except SendRefused:
            self._throw_away(draft)
            raise

    def sent(self, message_id: str) -> bool:
        """Say whether a message with this Message-ID lies anywhere, but as a draft."""
        path = f"/messages?$filter={_with_id(message_id)}&$select=id,isDraft"
        return any(not each.get("isDraft") for each in go_through(self.line, path))

    def save_draft(self, raw: bytes) -> None:
        """Put the message into Drafts; raise MailboxUnusable."""
        if _fits(raw):
            unless_good(self._made(raw))
            return
        try:
            divided = divide(raw, LARGEST_REQUEST * 3 // 4)
            draft = self._draft(divided.rest)
            self._attach_all(draft, divided)
        except SendRefused as fault:
            raise MailboxUnusable(f"the draft cannot be kept: {fault}") from None

    def check(self) -> str:
        """Return that mail can leave: a mail for nobody is refused for having no recipient."""
        unless_good(self.line.ask(Request("GET", "/mailFolders/sentitems?$select=id")))
        answer = self.line.ask(Request("POST", "/sendMail", _NOBODY, once=True))
        if answer.for_now:
            raise MailboxUnusable(f"no mail can leave: {answer.why}")
        return "mail can leave by the mailbox in Microsoft 365"

    def close(self) -> None:
        """End every wait and every connection of the outbox and its mailbox at once."""
        self.line.close()

    def _leave(self, request: Request) -> None:
        try:
            with self.line.door.leaving():
                answer = self.line.ask(request)
        except NoAnswer as fault:
            if fault.arrived:
                raise LineDropped(f"nobody knows whether the mail left: {fault}") from None
            raise OutboxClosed(str(fault)) from None
        except MailboxUnusable as fault:
            raise OutboxClosed(str(fault)) from None
        if answer.status != ACCEPTED:
            raise _fault(answer)

    def _made(self, raw: bytes) -> Answer:
        # A second try might leave the first one's draft behind, for somebody to send.
        making = Request("POST", "/messages", content=_coded(raw), headers=_MIME, once=True)
        return self.line.ask(making)

    def _draft(self, raw: bytes) -> str:
        answer = self._made(raw)
        if not answer.good:
            raise _fault(answer, unsent=True)
        return id_in(answer)

    def _attach_or_refuse(self, draft: str, divided: Divided, message_id: str) -> None:
        """Attach what was taken out; a letter that fails each time holds up no others."""
        try:
            self._attach_all(draft, divided)
        except PauseWanted as fault:
            raise OutboxClosed(str(fault)) from None
        except (MailboxUnusable, OutboxClosed) as fault:
            self._stumbles[message_id] = self._stumbles.get(message_id, 0) + 1
            if self._stumbles[message_id] < STUMBLES:
                raise OutboxClosed(str(fault)) from None
            raise SendRefused(f"its attachments could not be uploaded: {fault}") from None
        self._stumbles.pop(message_id, None)

    def _attach_all(self, draft: str, divided: Divided) -> None:
        for each in divided.attachments:
            if len(each.content) <= LARGEST_AT_ONCE:
                self._attach(draft, each)
            else:
                self._attach_in_pieces(draft, each)

    def _attach(self, draft: str, part: TakenOut) -> None:
        told = {
            "@odata.type": "#microsoft.graph.fileAttachment",
            "name": part.name,
            "contentType": part.content_type,
            "contentBytes": base64.b64encode(part.content).decode("ascii"),
        }
        self._prepare(Request("POST", f"{path_of(draft)}/attachments", told, once=True))

    def _attach_in_pieces(self, draft: str, part: TakenOut) -> None:
        size = len(part.content)
        told = {
            "AttachmentItem": {
                "attachmentType": "file",
                "name": part.name,
                "contentType": part.content_type,
                "size": size,
            }
        }
        session = f"{path_of(draft)}/attachments/createUploadSession"
        begun = self._prepare(Request("POST", session, told, once=True)).told
        url = str(begun.get("uploadUrl"))
        for start in range(0, size, PIECE):
            piece = part.content[start : start + PIECE]
            headers = {
                "Content-Type": "application/octet-stream",
                "Content-Range": f"bytes {start}-{start + len(piece) - 1}/{size}",
            }
            self._prepare(Request("PUT", url, content=piece, headers=headers, once=True, bare=True))

    def _prepare(self, request: Request) -> Answer:
        """Do a part of the work after which nothing has left yet."""
        answer = self.line.ask(request)
        if answer.status == 403 or (request.bare and answer.status == 401):
            raise SendRefused(_NO_LARGE)
        if not answer.good:
            raise _fault(answer, unsent=True)
        return answer

    def _clear_away(self, message_id: str) -> None:
        """Throw away what an earlier try left in Drafts."""
        path = f"/messages?$filter={_with_id(message_id)}&$select=id,isDraft"
        for each in list(go_through(self.line, path)):
            if each.get("isDraft"):
                self._throw_away(each["id"])

    def _throw_away(self, draft: str) -> None:
        try:
            self.line.ask(Request("DELETE", path_of(draft)))
        except MailboxUnusable:
            log.warning("a draft of a mail that did not leave lies in Drafts")


@contextmanager
def _nothing_left() -> Iterator[None]:
    try:
        yield
    except MailboxUnusable as fault:
        raise OutboxClosed(str(fault)) from None


def _fault(answer: Answer, *, unsent: bool = False) -> SendRefused | LineDropped:
    """Return what a refusal means: of this mail, of every mail now, or not known.

    unsent: nothing was to leave by the request that failed
    """
    if answer.for_now and (unsent or answer.status != 503):
        return OutboxClosed(f"no mail can leave: {answer.why}")
    if 400 <= answer.status < 500:
        return SendRefused(answer.why)
    if unsent:
        return OutboxClosed(f"no mail can leave: {answer.why}")
    return LineDropped(f"nobody knows whether the mail left: {answer.why}")


def _fits(raw: bytes) -> bool:
    return (len(raw) + 2) // 3 * 4 <= LARGEST_REQUEST


def _coded(raw: bytes) -> bytes:
    return base64.b64encode(raw)


def _with_id(message_id: str) -> str:
    wanted = message_id.strip().replace("'", "''")
    return quote(f"internetMessageId eq '{wanted}'", safe="")
