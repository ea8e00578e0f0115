"""Mail that leaves through an Exchange Server, as raw MIME; the server keeps a copy in Sent."""

from dataclasses import dataclass
from typing import Any, Final

from exchangelib import Message
from exchangelib.errors import ErrorServerBusy, EWSError

from secretariat.adapters.mail.exchange_line import ExchangeLine
from secretariat.adapters.mail.exchange_source import in_words
from secretariat.adapters.mail.exchange_words import code_of, is_dropped, never_arrived, why_not
from secretariat.ports.mail import LineDropped, MailboxUnusable, OutboxClosed, SendRefused

UNKNOWN: Final = "nobody knows whether the mail left"
OF_THE_MAIL: Final = frozenset(
    {
        "ErrorMessageSizeExceeded",
        "ErrorInvalidRecipients",
        "ErrorMimeContentInvalid",
        "ErrorMimeContentInvalidBase64String",
        "ErrorSubmissionQuotaExceeded",
    }
)
BUSY_BY_ITSELF: Final = "busy"


@dataclass(frozen=True)
class ExchangeOutbox:
    """Sends by the line that it shares with the mailbox."""

    line: ExchangeLine

    def send(self, raw: bytes, message_id: str) -> None:
        """Send to the recipients in the headers.

        Raise SendRefused, OutboxClosed where nothing can leave now, LineDropped where nobody knows.
        """

        def leave(account: Any) -> None:
            Message(account=account, folder=account.sent, mime_content=raw).send_and_save()

        try:
            # Folders are looked up first: after that a dropped line means the mail itself.
            self.line.ask(_sent_folder)
        except MailboxUnusable as fault:
            raise OutboxClosed(str(fault)) from None
        try:
            with self.line.door.leaving():
                self.line.ask_once(leave)
        except EWSError as fault:
            raise _meaning(fault) from None
        except OutboxClosed:
            raise
        except MailboxUnusable as fault:
            if type(fault) is MailboxUnusable:
                raise LineDropped(f"{UNKNOWN}: {fault}") from None
            raise OutboxClosed(str(fault)) from None

    def sent(self, message_id: str) -> bool:
        """Say whether Sent holds a message with this Message-ID."""
        wanted = message_id.strip()

        def looked(account: Any) -> bool:
            try:
                return bool(account.sent.filter(message_id=wanted).exists())
            except EWSError as fault:
                raise in_words(fault) from None

        return self.line.ask(looked)

    def save_draft(self, raw: bytes) -> None:
        """Put the message into Drafts; raise MailboxUnusable."""

        def saved(account: Any) -> None:
            try:
                Message(account=account, folder=account.drafts, mime_content=raw).save()
            except EWSError as fault:
                raise in_words(fault) from None

        self.line.ask(saved)

    def check(self) -> str:
        """Return that Sent can be reached; that mail may leave, only the first that does tells."""
        self.line.ask(_sent_folder)
        return "mail leaves by the mailbox on Exchange"

    def close(self) -> None:
        """End every pause at once."""
        self.line.close()


def _sent_folder(account: Any) -> Any:
    try:
        folder = account.sent
        folder.refresh()
    except EWSError as fault:
        raise in_words(fault) from None
    return folder


def _meaning(fault: EWSError) -> SendRefused | LineDropped:
    """Return what a fault means: of this mail, of every mail now, or not known."""
    if never_arrived(fault):
        return OutboxClosed(f"no mail can leave: {why_not(fault)}")
    if is_dropped(fault):
        return LineDropped(f"{UNKNOWN}: {why_not(fault)}")
    if code_of(fault) in OF_THE_MAIL:
        return SendRefused(why_not(fault))
    if isinstance(fault, ErrorServerBusy) and str(fault) == BUSY_BY_ITSELF:
        # HTTP 503 may come from a machine in front, when the one behind has taken the mail.
        return LineDropped(f"{UNKNOWN}: {why_not(fault)}")
    if code_of(fault).startswith("Error"):
        return OutboxClosed(f"no mail can leave: {why_not(fault)}")
    return LineDropped(f"{UNKNOWN}: {why_not(fault)}")
