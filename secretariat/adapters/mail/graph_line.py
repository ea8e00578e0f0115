"""Requests to Microsoft Graph about one mailbox: four at once at most, paused when it wants that.

Ids that stay (`ImmutableId`) are asked for with every request.  A refused token is renewed once.
"""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

import httpx

from secretariat.adapters.mail.at_the_door import AtTheDoor
from secretariat.adapters.mail.graph_words import Answer, code_of
from secretariat.adapters.mail.tokens import Tokens
from secretariat.adapters.mail.webline import WebLine, why_no_answer
from secretariat.ports.mail import MailboxUnusable, Sink

AT_ONCE: Final = 4
PATIENCE: Final = 60.0
CHUNK: Final = 2**18
LONGEST_PAUSE: Final = 3600.0
_PAUSES: Final = (1.0, 2.0, 4.0, 8.0, 16.0)
_PREFER: Final = 'IdType="ImmutableId", odata.maxpagesize={size}'
_NEVER_ARRIVED: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_NOT_GRAPH: Final = "something on the way answered instead of Microsoft Graph"
_LOOK_EVERY: Final = 0.2


class NoAnswer(MailboxUnusable):
    """No answer came; `arrived` says whether the request may have reached the server."""

    def __init__(self, why: str, *, arrived: bool) -> None:
        self.arrived = arrived
        super().__init__(f"the mailbox cannot be used: {why}")


class PauseWanted(MailboxUnusable):
    """The server wants to be left alone for longer than a request waits."""


@dataclass(frozen=True, slots=True)
class Request:
    """path: after the mailbox's own, or a whole address that Graph told.

    once: never made a second time where the first may have arrived
    bare: without our token, as to an upload's own address
    """

    method: str
    path: str = field(repr=False)
    told: Mapping[str, Any] | None = field(default=None, repr=False)
    content: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    once: bool = False
    bare: bool = False


@dataclass
class GraphLine:
    """What the mailbox and the outbox share; safe for several threads.

    endpoint: such as https://graph.microsoft.com/v1.0
    patience: seconds that a request waits in all where the server asks for a pause
    page: how many messages a page of changes holds
    """

    endpoint: str
    address: str
    tokens: Tokens
    ca_file: Path | None = None
    patience: float = PATIENCE
    page: int = 200
    web: WebLine = field(init=False, repr=False)
    door: AtTheDoor = field(default_factory=AtTheDoor, init=False, repr=False)
    _turns: threading.Semaphore = field(init=False, repr=False)
    _quiet_until: float = field(default=0.0, init=False, repr=False)

    def __post_init__(self) -> None:
        """Open no connection yet; raise MailboxUnusable where `ca_file` cannot be read."""
        self.web = WebLine(self.ca_file)
        self._turns = threading.Semaphore(AT_ONCE)

    @property
    def base(self) -> str:
        """The address of the mailbox at the server."""
        return f"{self.endpoint.rstrip('/')}/users/{quote(self.address, safe='@')}"

    def ask(self, request: Request, into: Sink | None = None) -> Answer:
        """Return the answer; what a good one holds goes into `into` where that is given.

        Raise NoAnswer, PauseWanted, or MailboxUnusable where no token can be had.
        """
        until = time.monotonic() + self.patience
        counted = _Counted(into) if into is not None else None
        tries, renewed, dropped = 0, False, False
        while True:
            self._await_quiet(until)
            token = "" if request.bare else self.tokens.token()
            try:
                answer, pause = self._one(request, token, counted)
            except NoAnswer as fault:
                if dropped or (request.once and fault.arrived) or (counted and counted.written):
                    raise
                dropped = True
                continue
            if answer.status == 401 and not renewed and not request.bare:
                renewed = True
                self.tokens.renew(token)
            elif _busy(answer, pause, request):
                self._be_quiet(pause or _PAUSES[min(tries, len(_PAUSES) - 1)])
                tries += 1
            else:
                return answer

    def wait(self, seconds: float) -> bool:
        """Wait, and return whether the line was closed meanwhile."""
        return self.web.closed.wait(seconds)

    def own(self, address: str) -> bool:
        """Say whether an address is Graph's own: to no other is our token shown."""
        ours, theirs = urlsplit(self.endpoint), urlsplit(address)
        return (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc)

    def close(self) -> None:
        """Cut every connection and end every wait at once, a mail that is just leaving last."""
        self.web.closed.set()
        self.door.let_out()
        self.web.close()
        self.tokens.close()

    def _one(
        self, request: Request, token: str, into: "_Counted | None"
    ) -> tuple[Answer, float | None]:
        """Return the answer to one try, and for how many seconds it asks to be left alone."""
        url = request.path if "://" in request.path else self.base + request.path
        headers = dict(request.headers)
        if not request.bare:
            if not self.own(url):
                raise NoAnswer("an address led away from Microsoft Graph", arrived=False)
            headers["Authorization"] = f"Bearer {token}"
            headers["Prefer"] = _PREFER.format(size=self.page)
        try:
            with (
                self._turn(),
                self.web.client.stream(
                    request.method,
                    url,
                    headers=headers,
                    json=request.told,
                    content=request.content,
                ) as response,
            ):
                return _read(response, into)
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            why = why_no_answer(fault, urlsplit(url).hostname or "the server")
            raise NoAnswer(why, arrived=not isinstance(fault, _NEVER_ARRIVED)) from None
        except RuntimeError:
            self._not_closed()
            raise

    @contextmanager
    def _turn(self) -> Iterator[None]:
        while not self._turns.acquire(timeout=_LOOK_EVERY):
            self._not_closed()
        try:
            self._not_closed()
            yield
        finally:
            self._turns.release()

    def _not_closed(self) -> None:
        if self.web.closed.is_set():
            raise MailboxUnusable("the mailbox is closed")

    def _be_quiet(self, seconds: float) -> None:
        self._quiet_until = max(self._quiet_until, time.monotonic() + min(seconds, LONGEST_PAUSE))

    def _await_quiet(self, until: float) -> None:
        """Wait until the server's pause is over; raise PauseWanted where that is too long."""
        while (left := self._quiet_until - time.monotonic()) > 0:
            if self._quiet_until > until:
                raise PauseWanted(
                    f"the mailbox cannot be used: Microsoft 365 asks for {left:.0f} seconds' pause"
                )
            self.wait(left)
            self._not_closed()
        self._not_closed()


@dataclass
class _Counted:
    """Where a message goes, and how many of its bytes are there."""

    into: Sink
    written: int = 0

    def write(self, content: bytes) -> None:
        self.written += len(content)
        self.into.write(content)


def _read(response: httpx.Response, into: _Counted | None) -> tuple[Answer, float | None]:
    if into is not None and response.is_success:
        if "html" in response.headers.get("Content-Type", ""):
            raise NoAnswer(_NOT_GRAPH, arrived=True)
        for content in response.iter_bytes(CHUNK):
            into.write(content)
        return Answer(response.status_code), None
    response.read()
    try:
        told = response.json()
    except ValueError:
        told = {}
    found = told if isinstance(told, dict) else {}
    return Answer(response.status_code, found, code_of(found)), _pause(response)


def _busy(answer: Answer, pause: float | None, request: Request) -> bool:
    """Say whether to ask again after a pause; what may be asked once only, if nothing was done."""
    if answer.status == 429 or (answer.status == 503 and pause is not None):
        return True
    return answer.status in (503, 504) and not request.once


def _pause(response: httpx.Response) -> float | None:
    """Return the seconds of Retry-After, None where there are none."""
    told = response.headers.get("Retry-After", "")
    return float(told) if told.isascii() and told.isdigit() and len(told) < 7 else None
