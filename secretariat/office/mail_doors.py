"""The doors of the configured mailbox; its module is loaded by name, so that no command pays for
one that it does not use.  Nothing outside is asked before the first call that needs it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from secretariat.adapters.mail.maildir import Maildir
from secretariat.adapters.mail.outbox import MaildirOutbox
from secretariat.adapters.mail.sent import MaildirSent
from secretariat.config.settings import Settings
from secretariat.ports.mail import Doors


def open_mail(settings: Settings) -> Doors:
    """Return the doors of the configured kind; raise MailboxUnusable for a Maildir without room."""
    return OPENERS[settings.mailbox.kind](settings)


def _maildir(settings: Settings) -> Doors:
    boxes = settings.mailbox
    failed = settings.office.data_dir / "mail" / "failed"
    return Doors(
        Maildir(boxes.in_folder, drop=boxes.drop_folder, failed=failed, names=boxes.folders),
        MaildirOutbox(boxes.outbox_folder, boxes.sent_folder, boxes.drafts_folder),
        MaildirSent(boxes.sent_folder),
    )


OPENERS: Final[Mapping[str, Callable[[Settings], Doors]]] = MappingProxyType(
    {"maildir": _maildir},
)
