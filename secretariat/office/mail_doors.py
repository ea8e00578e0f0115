"""The doors of the configured mailbox, opened by name: no command pays for one it does not use."""

from collections.abc import Mapping
from importlib import import_module
from typing import Final, Protocol, cast

from secretariat.config.settings import Settings
from secretariat.ports.mail import Doors

MODULES: Final[Mapping[str, str]] = {
    "maildir": "secretariat.adapters.mail.maildir",
    "imap": "secretariat.adapters.mail.imap",
    "exchange": "secretariat.adapters.mail.exchange",
    "graph": "secretariat.adapters.mail.graph",
}


class _Opens(Protocol):
    """A module with a mailbox in it."""

    def open_doors(self, settings: Settings) -> Doors:
        """Open nothing outside yet: each call opens what it needs."""


def open_mail(settings: Settings) -> Doors:
    """Return the doors of the configured kind; a Maildir's folders are made, no server is asked."""
    module = cast(_Opens, import_module(MODULES[settings.mailbox.kind]))
    return module.open_doors(settings)
