"""The doors of a Maildir."""

from secretariat.adapters.mail.maildir import Maildir
from secretariat.adapters.mail.outbox import MaildirOutbox
from secretariat.adapters.mail.sent import MaildirSent
from secretariat.config.settings import Settings
from secretariat.ports.mail import Doors


def open_doors(settings: Settings) -> Doors:
    """Return the doors, their folders made; raise MailboxUnusable where that cannot be."""
    boxes = settings.mailbox
    failed = settings.office.data_dir / "mail" / "failed"
    return Doors(
        Maildir(boxes.in_folder, drop=boxes.drop_folder, failed=failed, names=boxes.folders),
        MaildirOutbox(boxes.outbox_folder, boxes.sent_folder, boxes.drafts_folder),
        MaildirSent(boxes.sent_folder),
    )
