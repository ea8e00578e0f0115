"""What Exchange's refusals mean, in the words of whoever runs the server."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from exchangelib.errors import (
    ErrorInternalServerTransientError,
    ErrorServerBusy,
    ErrorTimeoutExpired,
    EWSError,
    TransportError,
    UnauthorizedError,
)

from secretariat.ports.mail import MailboxUnusable

UNUSABLE: Final = "the mailbox cannot be used"
OFF: Final = 'Exchange Web Services are off for this mailbox; in Microsoft 365 use kind = "graph"'
_DROPPED: Final = "Reraised from ErrorTimeoutExpired"
_CODE: Final = re.compile(r"\bError[A-Z][A-Za-z]+")
_NEVER_ARRIVED: Final = re.compile(r"NewConnectionError|ConnectTimeout|NameResolutionError")
_BY_NAME: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("ErrorNonExistentMailbox", "ErrorMissingInformationEmailAddress"),
            "the Exchange Server knows no mailbox of this address",
        ),
        "ErrorAccessDenied": "the account may not open this mailbox: it needs full access",
        "ErrorFolderNotFound": "a folder is not there; the account may lack full access",
        "ErrorImpersonateUserDenied": "the account may not act for this mailbox: it lacks the role",
        "ErrorImpersonationDenied": "the account may not act for this mailbox: it lacks the role",
        "ErrorMailboxMoveInProgress": "the mailbox is being moved to another server",
        "ErrorMailboxStoreUnavailable": "the mailbox's database is not available",
        "ErrorQuotaExceeded": "the mailbox is full",
        "ErrorSendAsDenied": "the account may not send as this mailbox",
        "ErrorMessageSizeExceeded": "it is larger than the server lets through",
        "ErrorInvalidRecipients": "the server takes none of its addresses",
        "ErrorMessageSubmissionBlocked": "the server does not let this mailbox send",
        "ErrorSubmissionQuotaExceeded": "the mailbox has sent as much as the server allows today",
    }
)


class SignInRefused(MailboxUnusable):
    """The account may not sign in, and will not until somebody puts it right."""


class ServicesOff(MailboxUnusable):
    """Exchange Web Services are switched off for this mailbox."""

    def __init__(self) -> None:
        super().__init__(OFF)


class Forbidden(EWSError):  # type: ignore[misc]
    """HTTP 403: the services are off, or shut to this account."""


def why_not(fault: Exception) -> str:
    """Return what a fault means to an administrator; never the library's own words."""
    if isinstance(fault, UnauthorizedError):
        return "the Exchange Server refused the name or password"
    if isinstance(fault, TransportError) and "certificate" in str(fault).casefold():
        return "the certificate of the Exchange Server is not trusted: see [mailbox] ca_file"
    if is_dropped(fault):
        how = "does not answer" if never_arrived(fault) else "dropped the line"
        return f"the Exchange Server {how}"
    if isinstance(fault, ErrorServerBusy | ErrorInternalServerTransientError):
        return "the Exchange Server is busy"
    name = code_of(fault)
    return _BY_NAME.get(name, f"the Exchange Server answered with {name}")


def code_of(fault: Exception) -> str:
    """Return Exchange's own name for a fault, those too that exchangelib does not know."""
    name = type(fault).__name__
    unknown = _CODE.search(str(fault)) if name == "TransportError" else None
    return unknown[0] if unknown else name


def is_dropped(fault: Exception) -> bool:
    """Say whether the line failed, and not the server's will."""
    wrapped = isinstance(fault, ErrorServerBusy) and _DROPPED in str(fault)
    return wrapped or isinstance(fault, ErrorTimeoutExpired)


def never_arrived(fault: Exception) -> bool:
    """Say whether a request is sure not to have reached the server."""
    return is_dropped(fault) and _NEVER_ARRIVED.search(str(fault)) is not None
