"""The register as its port says: eyes, and eyes with a pen."""

from secretariat.adapters.register.read_by_hand import ByHandRead
from secretariat.adapters.register.read_cases import CasesRead
from secretariat.adapters.register.read_kept import KeptRead
from secretariat.adapters.register.read_letters import LettersRead
from secretariat.adapters.register.read_lists import ListsRead
from secretariat.adapters.register.read_mail import MailRead
from secretariat.adapters.register.read_mailbox import MailboxRead
from secretariat.adapters.register.read_names import NamesRead
from secretariat.adapters.register.read_publication import ChasesRead, PublicationRead
from secretariat.adapters.register.write_by_hand import ByHandWritten
from secretariat.adapters.register.write_cases import CasesWritten
from secretariat.adapters.register.write_chases import ChasesWritten
from secretariat.adapters.register.write_letters import LettersWritten
from secretariat.adapters.register.write_lists import ListsWritten
from secretariat.adapters.register.write_mail import MailWritten
from secretariat.adapters.register.write_mailbox import MailboxWritten
from secretariat.adapters.register.write_names import NamesWritten


class Eyes(
    CasesRead,
    MailRead,
    MailboxRead,
    LettersRead,
    PublicationRead,
    ChasesRead,
    NamesRead,
    KeptRead,
    ByHandRead,
    ListsRead,
):
    """One reading transaction."""


class Pen(
    CasesWritten,
    MailWritten,
    MailboxWritten,
    LettersWritten,
    NamesWritten,
    ByHandWritten,
    ListsWritten,
    ChasesWritten,
    Eyes,
):
    """One writing transaction."""
