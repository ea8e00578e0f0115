"""What Microsoft Graph answers, and what it means in an administrator's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

_NOT_ALLOWED: Final = (
    "the application may not use this mailbox: it needs Mail.ReadWrite and Mail.Send for it"
)
_NO_MAILBOX: Final = "there is no such mailbox in this directory"
_NOT_THERE: Final = "the mailbox does not lie in Microsoft 365, or has no licence"
_NOT_NOW: Final = "the mailbox cannot be reached within Microsoft 365 now"
_TOO_MUCH_SENT: Final = "Microsoft 365 lets no more mail leave this mailbox for now"
_FULL: Final = "the mailbox is full"
_NOT_SIGNED_IN: Final = "Microsoft 365 refused the application's token"
_TOO_LARGE: Final = "the message is too large"
_NO_ADDRESS: Final = "an address that it is for is none"
_BY_CODE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ErrorAccessDenied": _NOT_ALLOWED,
        "Authorization_RequestDenied": _NOT_ALLOWED,
        "ErrorInvalidUser": _NO_MAILBOX,
        "ErrorNonExistentMailbox": _NO_MAILBOX,
        "Request_ResourceNotFound": _NO_MAILBOX,
        "ResourceNotFound": _NO_MAILBOX,
        "MailboxNotEnabledForRESTAPI": _NOT_THERE,
        "MailboxNotSupportedForRESTAPI": _NOT_THERE,
        "ErrorMailboxMoveInProgress": _NOT_NOW,
        "ErrorMailboxStoreUnavailable": _NOT_NOW,
        "ErrorQuotaExceeded": _FULL,
        "ErrorExceededMessageLimit": _TOO_MUCH_SENT,
        "ErrorMessageSubmissionBlocked": _TOO_MUCH_SENT,
        "ErrorAccountSuspend": _TOO_MUCH_SENT,
        "ErrorSendAsDenied": "the application may not send in the name of this mailbox",
        "ErrorInvalidRecipients": _NO_ADDRESS,
        "ErrorMessageSizeExceeded": _TOO_LARGE,
        "ErrorFolderNotFound": "a folder of the mailbox is not there",
    }
)
_BY_STATUS: Final[Mapping[int, str]] = MappingProxyType(
    {
        401: _NOT_SIGNED_IN,
        403: _NOT_ALLOWED,
        413: _TOO_LARGE,
        429: "Microsoft 365 asks for fewer requests",
        503: "Microsoft 365 has no time now",
        504: "Microsoft 365 has no time now",
        507: _FULL,
    }
)
_PLACE_LOST: Final = frozenset(
    {"SyncStateNotFound", "SyncStateInvalid", "resyncRequired", "ErrorInvalidSyncStateData"}
)
_GONE: Final = frozenset({"ErrorItemNotFound", "ErrorInvalidIdMalformed", "ErrorInvalidIdEmpty"})
_NO_SUCH_BOX: Final = (_NO_MAILBOX, _NOT_THERE)
_BROKEN: Final = ("ErrorMimeContent", "ErrorContentConversion", "ErrorCorrupt", "ErrorItemCorrupt")
_CLOSED: Final = (_NOT_ALLOWED, *_NO_SUCH_BOX, _NOT_NOW, _TOO_MUCH_SENT, _FULL)
_WORD: Final = re.compile(r"[A-Za-z_.]{1,60}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: code is Graph's own word for a fault, "" for none."""

    status: int
    told: Mapping[str, Any] = field(default_factory=dict, repr=False)
    code: str = ""

    @property
    def good(self) -> bool:
        """Whether it was done."""
        return 200 <= self.status < 300

    @property
    def place_lost(self) -> bool:
        """Whether the place that was given is none any more."""
        return self.status in (400, 404, 410) or self.code in _PLACE_LOST

    @property
    def gone(self) -> bool:
        """Whether the message is nowhere in the mailbox, not whether the mailbox is."""
        if self.code in _GONE:
            return True
        return self.status in (404, 410) and _BY_CODE.get(self.code) not in _NO_SUCH_BOX

    @property
    def broken(self) -> bool:
        """Whether Graph says of a message that it cannot be handed out."""
        return self.code.startswith(_BROKEN)

    @property
    def for_now(self) -> bool:
        """Whether all that is asked of the mailbox is refused, whatever it is."""
        return self.status in (401, 403, 429, 503, 507) or _BY_CODE.get(self.code) in _CLOSED

    @property
    def why(self) -> str:
        """The reason in a clause."""
        known = _BY_CODE.get(self.code) or _BY_STATUS.get(self.status)
        if known:
            return known
        word = f", {self.code}" if _WORD.fullmatch(self.code) else ""
        return f"Microsoft 365 answered {self.status}{word}"


def code_of(told: Mapping[str, Any]) -> str:
    """Return Graph's word for a fault, "" where there is none."""
    fault = told.get("error")
    code = fault.get("code") if isinstance(fault, dict) else None
    return code if isinstance(code, str) else ""
