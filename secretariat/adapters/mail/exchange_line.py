"""The line to an Exchange Server: signing in, pauses that the server wants, faults in a sentence.

exchangelib speaks; it never waits.  It would sleep where nothing can wake it, and take a refused
password for a busy server and try it again until the account is locked.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

import requests
from exchangelib import (
    BASIC,
    DELEGATE,
    IMPERSONATION,
    NTLM,
    OAUTH2,
    UTC,
    Account,
    Build,
    Configuration,
    Credentials,
    FailFast,
    Identity,
    OAuth2Credentials,
    Version,
)
from exchangelib.errors import (
    ErrorInternalServerTransientError,
    ErrorServerBusy,
    EWSError,
    UnauthorizedError,
)
from exchangelib.protocol import BaseProtocol, Protocol
from oauthlib.oauth2 import OAuth2Error

from secretariat.adapters.mail.at_the_door import AtTheDoor
from secretariat.adapters.mail.exchange_wires import Adapter, ExchangeWires
from secretariat.adapters.mail.exchange_words import (
    UNUSABLE,
    Forbidden,
    ServicesOff,
    SignInRefused,
    is_dropped,
    why_not,
)
from secretariat.adapters.mail.refusal import Refusal
from secretariat.ports.mail import MailboxUnusable

CONNECT, READ = 10.0, 30.0
AT_ONCE: Final = 4
PATIENCE: Final = 60.0
BUSY: Final = 5.0
REFUSAL_STANDS: Final = 1800.0
VERSION: Final = Build(15, 1)
NOT_YET: Final = (
    f"{UNUSABLE}: the Exchange Server refused the name or password (or secret); it is not tried"
    " again for half an hour, lest the account be locked"
)
METHODS: Final = {"basic": BASIC, "ntlm": NTLM, "oauth": OAUTH2}
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class SignIn:
    """How the account signs in: "basic" or "ntlm" with a password, "oauth" as an application."""

    how: str
    user: str = ""
    password: str = field(default="", repr=False)
    tenant: str = ""
    client: str = ""
    client_secret: str = field(default="", repr=False)
    token_url: str = ""


@dataclass
class ExchangeLine:
    """One mailbox on an Exchange Server; several threads may ask.

    address: of the mailbox; acts_for: by impersonation, and not as a delegate
    patience: seconds that a busy server is waited for
    """

    endpoint: str
    address: str
    sign_in: SignIn = field(repr=False)
    acts_for: bool = False
    ca_file: Path | None = None
    patience: float = PATIENCE
    wires: ExchangeWires = field(init=False, repr=False)
    door: AtTheDoor = field(default_factory=AtTheDoor, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _account: Any = field(default=None, repr=False)
    _refusal: Refusal = field(default_factory=lambda: Refusal(REFUSAL_STANDS), repr=False)

    def __post_init__(self) -> None:
        """Open no connection yet."""
        self.wires = ExchangeWires(self.ca_file)

    @property
    def closed(self) -> threading.Event:
        """Set once the line is closed."""
        return self.wires.closed

    def ask(self, work: Callable[[Any], Answer]) -> Answer:
        """Return what `work` gets of the account; a busy server is asked again.

        Raise MailboxUnusable, or the fault itself where it is about one message alone.
        """
        until = time.monotonic() + self.patience
        while True:
            try:
                return self.ask_once(work)
            except (ErrorServerBusy, ErrorInternalServerTransientError) as fault:
                pause = float(getattr(fault, "back_off", None) or BUSY)
                late = time.monotonic() + pause > until
                if is_dropped(fault) or late or self.closed.wait(pause):
                    raise MailboxUnusable(f"{UNUSABLE}: {why_not(fault)}") from None

    def ask_once(self, work: Callable[[Any], Answer]) -> Answer:
        """Return what `work` gets; raise what exchangelib raises where the line itself is well."""
        if why := self._refusal.why:
            raise SignInRefused(why)
        if self.closed.is_set():
            raise MailboxUnusable("the mailbox is closed")
        try:
            with self.wires.in_use():
                return work(self._opened())
        except UnauthorizedError as fault:
            self._refusal.note(NOT_YET)
            raise SignInRefused(f"{UNUSABLE}: {why_not(fault)}") from None
        except OAuth2Error:
            self._refusal.note(NOT_YET)
            why = "the application's name or secret was refused"
            raise SignInRefused(f"{UNUSABLE}: {why}") from None
        except Forbidden:
            raise ServicesOff from None
        except EWSError:
            raise
        except (requests.RequestException, OSError, ValueError, AttributeError) as fault:
            # exchangelib lets faults of the line and of what a server sends through as they come.
            why = "what it answered is not of Exchange Web Services"
            if isinstance(fault, requests.RequestException | OSError):
                why = "the line to the Exchange Server failed"
            raise MailboxUnusable(f"{UNUSABLE}: {why}") from None

    def close(self) -> None:
        """End every pause and cut what is being asked, a mail that is just leaving last."""
        self.wires.closed.set()
        self.door.let_out()
        self.wires.cut()

    def _opened(self) -> Any:
        with self._lock:
            if self._account is None:
                self._account = self._open()
            return self._account

    def _open(self) -> Any:
        BaseProtocol.HTTP_ADAPTER_CLS = Adapter
        BaseProtocol.TIMEOUT = (CONNECT, READ)
        configuration = Configuration(
            service_endpoint=self.endpoint,
            credentials=self._credentials(),
            auth_type=METHODS[self.sign_in.how],
            retry_policy=_Policy(),
            version=Version(build=VERSION),
            max_connections=AT_ONCE,
        )
        with suppress(KeyError):
            # exchangelib keeps an earlier one of this server and name, with what that one trusted.
            del Protocol[configuration]
        return Account(
            self.address,
            config=configuration,
            autodiscover=False,
            access_type=IMPERSONATION if self.acts_for else DELEGATE,
            default_timezone=UTC,
            locale="en_GB",
        )

    def _credentials(self) -> Any:
        given = self.sign_in
        if given.how != "oauth":
            return Credentials(given.user or self.address, given.password)
        return _Application(
            given.client,
            given.client_secret,
            tenant_id=given.tenant or "common",
            identity=Identity(primary_smtp_address=self.address),
            given_url=given.token_url,
        )


class _Application(OAuth2Credentials):  # type: ignore[misc]
    """An application's credentials, with a place of one's own to get tokens from."""

    def __init__(self, *given: Any, given_url: str, **named: Any) -> None:
        self.given_url = given_url
        super().__init__(*given, **named)

    @property
    def token_url(self) -> str:
        """Where tokens are given out."""
        return self.given_url or str(super().token_url)


class _Policy(FailFast):  # type: ignore[misc]
    """Tells a busy server, a refused password and services that are off apart by their status."""

    def raise_response_errors(self, response: Any) -> None:
        """Raise what a status means; nothing for a good one."""
        status = response.status_code
        if status == 401:
            raise UnauthorizedError("refused")
        if status == 403:
            raise Forbidden("forbidden")
        if status in (429, 503):
            pause = response.headers.get("Retry-After", "")
            raise ErrorServerBusy("busy", back_off=int(pause) if pause.isdigit() else None)
        super().raise_response_errors(response)
