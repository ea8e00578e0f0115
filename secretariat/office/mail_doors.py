"""The doors of the configured mailbox, loaded by name: no command pays for one it does not use."""

from importlib import import_module
from typing import Protocol, cast

from secretariat.config.mail_sections import KINDS
from secretariat.config.settings import Settings
from secretariat.ports.mail import Doors

MODULES = {kind: f"secretariat.office.doors.{kind}" for kind in KINDS}


class _Opens(Protocol):
    """A module of `secretariat.office.doors`."""

    def open_doors(self, settings: Settings) -> Doors:
        """Return the doors; no server is asked before the first call that needs it."""


def open_mail(settings: Settings) -> Doors:
    """Return the doors of the configured kind; raise MailboxUnusable for a Maildir without room."""
    module = cast(_Opens, import_module(MODULES[settings.mailbox.kind]))
    return module.open_doors(settings)
