"""Tokens by which an application signs in to a mailbox instead of a person.

Microsoft's are got by msal; where a `token_url` is configured, by a plain request for client
credentials (RFC 6749, 4.4).  A refused secret is not tried again at once: see `REFUSAL_STANDS`.
"""

import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import msal

from secretariat.adapters.mail.refusal import Refusal
from secretariat.adapters.mail.webline import WebLine, why_no_answer
from secretariat.ports.mail import MailboxUnusable

MICROSOFT: Final = "https://login.microsoftonline.com"
GRAPH_SCOPE: Final = "https://graph.microsoft.com/.default"
OUTLOOK_SCOPE: Final = "https://outlook.office365.com/.default"
RENEWED_BEFORE: Final = 300.0
REFUSAL_STANDS: Final = 300.0
SHORTEST_LIFE: Final = 1.0

_CODE: Final = re.compile(r"AADSTS(\d+)")
_BY_CODE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "7000215": "the application's secret was refused: it is not the one that was given out",
        "7000222": "the application's secret has expired: a new one must be made",
        "700016": "the directory knows no such application: the client or the tenant is wrong",
        "90002": "there is no such directory: the tenant is wrong",
        "900023": "there is no such directory: the tenant is wrong",
        "7000112": "the application is switched off in its directory",
        "53003": "a rule of the directory (conditional access) keeps the application out",
    }
)
_BY_ERROR: Final[Mapping[str, str]] = MappingProxyType(
    {
        "invalid_client": "the application's name or secret was refused",
        "unauthorized_client": "the application may not sign in by itself",
        "invalid_scope": "the application may not have a token for this mail server",
        "invalid_grant": "the application may not sign in by itself",
    }
)
_NO_ANSWER: Final = "no token could be had to sign in to the mailbox"
_NOT_GIVEN: Final = (
    "the application's secret is missing: it comes from SECRETARIAT_MAIL_CLIENT_SECRET"
)
_TRIED_AGAIN_AFTER: Final = 30.0


class SignInRefused(MailboxUnusable):
    """The application may not sign in, and will not until somebody puts it right."""


@dataclass(frozen=True, slots=True)
class Application:
    """The application that signs in.

    scope: what the token is for, such as `GRAPH_SCOPE`
    tenant: its directory, needed where token_url is ""
    token_url: where tokens are given out, "" for Microsoft's own place for the tenant
    authority: whose directory it is, where not Microsoft's public one
    """

    client: str
    secret: str = field(repr=False)
    scope: str
    tenant: str = ""
    token_url: str = ""
    authority: str = MICROSOFT


class _OutOfSorts(Exception):
    """The place that gives out tokens is there and gives none out now."""


@dataclass
class _Asking:
    """What msal asks with; its answers are never kept for later, as msal would keep faults."""

    client: httpx.Client
    status: int = 0

    def get(self, url: str, **how: Any) -> httpx.Response:
        """Ask for a description."""
        return self._sound(self.client.get(url, **how))

    def post(self, url: str, **how: Any) -> httpx.Response:
        """Ask for a token."""
        return self._sound(self.client.post(url, **how))

    def close(self) -> None:
        """Nothing: the line is not msal's."""

    def _sound(self, answer: httpx.Response) -> httpx.Response:
        self.status = answer.status_code
        if self.status == 429 or self.status >= 500:
            raise _OutOfSorts
        return answer


@dataclass
class Tokens:
    """The present token of an application, renewed before it expires; safe for several threads.

    now: seconds of a clock that is never set back
    """

    application: Application
    ca_file: Path | None = None
    now: Callable[[], float] = time.monotonic
    _line: WebLine = field(init=False, repr=False)
    _asking: "_Asking" = field(init=False, repr=False)
    _microsoft: Any = field(default=None, init=False, repr=False)
    _token: str = field(default="", init=False, repr=False)
    _until: float = field(default=0.0, init=False, repr=False)
    _renew_at: float = field(default=0.0, init=False, repr=False)
    _refusal: Refusal = field(init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        """Ask for nothing yet; raise MailboxUnusable where `ca_file` cannot be read."""
        self._line = WebLine(self.ca_file)
        self._asking = _Asking(self._line.client)
        self._refusal = Refusal(REFUSAL_STANDS, lambda: self.now())

    def token(self) -> str:
        """Return a token that is good for now; raise MailboxUnusable, SignInRefused."""
        with self._lock:
            if self.now() < self._renew_at:
                return self._token
            try:
                return self._asked()
            except MailboxUnusable:
                if self.now() >= self._until:
                    raise
                self._renew_at = self.now() + _TRIED_AGAIN_AFTER
                return self._token

    def renew(self, refused: str) -> str:
        """Return another token than the one that the mail server refused."""
        with self._lock:
            if self._token == refused:
                self._token, self._until, self._renew_at = "", 0.0, 0.0
        return self.token()

    def close(self) -> None:
        """Cut a request that is under way; fit to be called from another thread."""
        self._line.close()

    def _asked(self) -> str:
        if self._line.closed.is_set():
            raise MailboxUnusable("the mailbox is closed")
        if not self.application.secret:
            raise SignInRefused(_NOT_GIVEN)
        if standing := self._refusal.why:
            raise SignInRefused(standing)
        answer = self._answer()
        token, life = answer.get("access_token"), _seconds(answer.get("expires_in"))
        if not isinstance(token, str) or not token:
            raise self._refused(answer)
        started = self.now()
        self._token, self._until = token, started + life
        # A short-lived token is renewed when half its life is over.
        self._renew_at = started + max(life - RENEWED_BEFORE, life / 2)
        return token

    def _answer(self) -> Mapping[str, Any]:
        wanted = self.application
        host = urlsplit(wanted.token_url or wanted.authority).hostname or "the directory"
        try:
            return self._posted() if wanted.token_url else self._by_msal()
        except _OutOfSorts:
            raise MailboxUnusable(f"{_NO_ANSWER}: {host} gives out none now") from None
        except httpx.HTTPError as fault:
            raise MailboxUnusable(f"{_NO_ANSWER}: {why_no_answer(fault, host)}") from None
        except (RuntimeError, httpx.InvalidURL):
            raise MailboxUnusable(f"{_NO_ANSWER}: {host} cannot be asked") from None

    def _posted(self) -> Mapping[str, Any]:
        wanted = self.application
        answer = self._asking.post(
            wanted.token_url,
            data={
                "grant_type": "client_credentials",
                "client_id": wanted.client,
                "client_secret": wanted.secret,
                "scope": wanted.scope,
            },
        )
        try:
            told = answer.json()
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise _OutOfSorts
        return told

    def _by_msal(self) -> Mapping[str, Any]:
        wanted = self.application
        try:
            if self._microsoft is None:
                self._microsoft = msal.ConfidentialClientApplication(
                    wanted.client,
                    client_credential=wanted.secret,
                    authority=f"{wanted.authority}/{wanted.tenant}",
                    instance_discovery=False,
                    http_client=self._asking,
                )
            self._microsoft.remove_tokens_for_client()
            answer: Mapping[str, Any] = self._microsoft.acquire_token_for_client([wanted.scope])
        except (ValueError, KeyError):
            # msal tells what is no JSON so, and that there is no directory of that name.
            if self._asking.status in (400, 404) and self._microsoft is None:
                return {"error_description": "AADSTS90002"}
            raise _OutOfSorts from None
        return answer

    def _refused(self, answer: Mapping[str, Any]) -> SignInRefused:
        code = _CODE.search(str(answer.get("error_description", "")))
        why = _BY_CODE.get(code[1] if code else "") or _BY_ERROR.get(str(answer.get("error")))
        told = f" (AADSTS{code[1]})" if code else ""
        refused = (why or "the application was not let in") + told
        self._refusal.note(refused)
        return SignInRefused(refused)


def _seconds(told: object) -> float:
    """Return how long a token lives; some servers write the number as text."""
    try:
        return max(float(str(told)), SHORTEST_LIFE)
    except ValueError:
        return SHORTEST_LIFE
