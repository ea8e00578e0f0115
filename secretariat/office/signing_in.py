"""What keeps the mailbox from being signed in to, as far as the settings alone tell."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from secretariat.config.secrets import variable
from secretariat.config.settings import Settings
from secretariat.domain.ews_end import told_of_the_end

GRAPH_REMEDY: Final = 'Change to [mailbox] kind = "graph"; see docs/mailboxes.md.'
NOT_SET_REMEDY: Final = "Name it, or a file that holds it with _FILE; see docs/mailboxes.md."


def signing_in(settings: Settings, today: date) -> Iterator[tuple[str, str]]:
    """Return each hindrance in a sentence, with what to do about it."""
    ways = _ways(settings)
    if ways & {"password", "basic", "ntlm"} and not settings.secrets.mail_password:
        yield (
            f"{variable('mail_password')} is not set: the mailbox cannot be signed in to",
            (NOT_SET_REMEDY),
        )
    if "oauth" in ways and not settings.secrets.mail_client_secret:
        yield (
            f"{variable('mail_client_secret')} is not set: the application cannot sign in",
            (NOT_SET_REMEDY),
        )
    by_services = settings.mailbox.kind == "exchange"
    if by_services and (told := told_of_the_end(settings.exchange.endpoint, today)):
        yield told, GRAPH_REMEDY


def _ways(settings: Settings) -> set[str]:
    """Return how the configured mailbox is signed in to."""
    return {
        "maildir": set[str](),
        "imap": {settings.imap.sign_in, settings.smtp.sign_in},
        "exchange": {settings.exchange.sign_in},
        "graph": {"oauth"},
    }[settings.mailbox.kind]
