"""Where an application gets its token, as Microsoft's directory gives them out; on loopback."""

from __future__ import annotations

import itertools
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TENANT = "0c9f5f5e-0000-4000-8000-anytown00001"
CLIENT = "c11e0000-0000-4000-8000-anytown00002"
SECRET = "an-invented-secret"
_FAULTS = {
    "secret": (401, "invalid_client", "AADSTS7000215: Invalid client secret provided."),
    "expired": (401, "invalid_client", "AADSTS7000222: The provided client secret keys expired."),
    "client": (400, "unauthorized_client", "AADSTS700016: Application was not found."),
    "grant": (400, "unsupported_grant_type", "AADSTS70003"),
}


@dataclass
class TokenDesk:
    """Gives out tokens; which of them are good is asked with `good`.

    life: seconds that a token is good for, as told with it
    trouble: a status told instead of a token, 0 for none
    expired: whether the secret has expired
    """

    secret: str = SECRET
    life: int = 3599
    trouble: int = 0
    garbled: bool = False
    expired: bool = False
    given: list[str] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    held: threading.Event | None = None
    reached: threading.Event = field(default_factory=threading.Event)
    _good: set[str] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def good(self, token: str) -> bool:
        with self._lock:
            return token in self._good

    def revoke(self) -> None:
        """Let no token that was given out be good any more."""
        with self._lock:
            self._good.clear()

    def give(self, form: dict[str, str]) -> tuple[int, bytes]:
        """Return the status and the body of the answer to one form."""
        self.reached.set()
        if self.held is not None:
            self.held.wait(30)
        with self._lock:
            self.asked.append(form)
            if self.trouble:
                return self.trouble, b"<html>out of order</html>"
            if self.garbled:
                return 200, b"<html>please sign in to the network</html>"
            wrong = self._wrong(form)
            if wrong:
                status, code, told = _FAULTS[wrong]
                body = {"error": code, "error_description": f"{told} Trace ID: 1"}
                return status, json.dumps(body).encode()
            token = f"token-{next(self._numbers)}"
            self.given.append(token)
            self._good.add(token)
            life = {"token_type": "Bearer", "expires_in": self.life, "access_token": token}
            return 200, json.dumps(life).encode()

    def _wrong(self, form: dict[str, str]) -> str:
        if form.get("grant_type") != "client_credentials":
            return "grant"
        if form.get("client_id") != CLIENT:
            return "client"
        if form.get("client_secret") != self.secret:
            return "secret"
        return "expired" if self.expired else ""


@dataclass(frozen=True)
class RunningDesk:
    """url: of the desk itself, without a path."""

    desk: TokenDesk
    url: str

    @property
    def token_url(self) -> str:
        return f"{self.url}/{TENANT}/oauth2/v2.0/token"


class _Counter(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    desk: TokenDesk
    url: str

    def do_GET(self) -> None:
        """Describe the directory."""
        tenant = urlsplit(self.path).path.split("/")[1]
        if tenant != TENANT:
            return self._answer(400, b'{"error":"invalid_tenant"}')
        place = f"{self.url}/{tenant}/oauth2/v2.0"
        return self._answer(
            200,
            json.dumps(
                {
                    "issuer": f"{self.url}/{tenant}/v2.0",
                    "token_endpoint": f"{place}/token",
                    "authorization_endpoint": f"{place}/authorize",
                }
            ).encode(),
        )

    def do_POST(self) -> None:
        """Give out a token."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        form = {key: values[0] for key, values in parse_qs(body).items()}
        self._answer(*self.desk.give(form))

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running_desk(desk: TokenDesk, tls: ssl.SSLContext | None = None) -> Iterator[RunningDesk]:
    """Serve the desk on loopback, over an encrypted line where `tls` is given."""
    counter = type("Counter", (_Counter,), {"desk": desk})
    server = ThreadingHTTPServer(("127.0.0.1", 0), counter)
    server.daemon_threads = True
    url = f"http://127.0.0.1:{server.server_port}"
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        url = f"https://localhost:{server.server_port}"
    counter.url = url  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield RunningDesk(desk, url)
    finally:
        server.shutdown()
        server.server_close()
