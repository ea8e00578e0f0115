"""Exchange Web Services on loopback: real HTTP and SOAP, a lasting mailbox, faults at will."""

from __future__ import annotations

import base64
import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import lxml.etree as etree
import spnego
import spnego.exceptions

from tests.servers.ews_answers import SOAP, bad, envelope, fault, good, notification
from tests.servers.ews_operations import NS, answer
from tests.servers.ews_store import EwsStore, Refusal

ADDRESS = "dhr.anytown@example.test"
USER, PASSWORD = "EXAMPLE\\secretariat", "an invented password"
CLIENT, SECRET = "an-invented-client", "an invented secret"


@dataclass
class Fault:
    """What goes wrong with requests for an operation whose name fits `operation` (a pattern).

    cut: "before" drops the line and does nothing, "after" when it was done, "middle" with half of
        the answer told
    status: an HTTP status instead of an answer; code: a SOAP fault, or with `message` an error
        answered in its place; milliseconds: the pause a busy server wants; no_state: as it says
    waits: seconds before the server does its work; met: set once it was struck
    """

    operation: str
    status: int = 0
    code: str = ""
    message: bool = False
    milliseconds: int = 0
    retry_after: str = ""
    cut: str = ""
    no_state: bool = False
    waits: float = 0.0
    met: threading.Event = field(default_factory=threading.Event)
    skip: int = 0
    times: int = 1

    def strikes(self, operation: str) -> bool:
        if self.times <= 0 or not re.search(self.operation, operation):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass
class EwsServer:
    """raw: the last request for each operation, as it came.

    asked: each operation in turn, "[as]" behind one that impersonates the mailbox
    """

    store: EwsStore
    port: int = 0
    password: str = PASSWORD
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    token_seconds: int = 3600
    denied: int = 0
    raw: dict[str, bytes] = field(default_factory=dict)
    agents: set[str] = field(default_factory=set)
    by_ntlm: bool = False
    scheme: str = "http"

    @property
    def endpoint(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/EWS/Exchange.asmx"

    @property
    def token_url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/token"

    def count(self, operation: str) -> int:
        return sum(each.startswith(operation) for each in self.asked)

    def may_enter(self, header: str) -> bool:
        if header.startswith("Bearer "):
            return header.removeprefix("Bearer ") in self.tokens
        wanted = base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        return header == f"Basic {wanted}"

    def strike(self, operation: str) -> Fault | None:
        return next((each for each in self.faults if each.strikes(operation)), None)


class _Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http
    talk: Any = None
    signed_in = False

    def log_message(self, *told: object) -> None:
        pass

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        if self.path == "/token":
            self._give_token(raw.decode())
            return
        world = self.server.world
        header = self.headers.get("Authorization", "")
        if world.by_ntlm:
            if not self._let_in_by_ntlm(header):
                return
        elif not world.may_enter(header):
            world.denied += 1
            self._tell(401, b"", {"WWW-Authenticate": 'Basic realm="x"'})
            return
        root = etree.fromstring(raw, etree.XMLParser(huge_tree=True))
        body = root.find(f"{{{SOAP}}}Body")[0]
        operation = etree.QName(body).localname
        acting = root.find(".//t:ExchangeImpersonation", NS) is not None
        world.raw[operation] = raw
        world.asked.append(operation + ("[as]" if acting else ""))
        if (struck := world.strike(operation)) is not None:
            self._fail(struck, operation, body)
        elif operation == "GetStreamingEvents":
            self._stream(body)
        else:
            self._tell(200, self._answered(operation, body))

    def _let_in_by_ntlm(self, header: str) -> bool:
        """Say whether this connection is signed in; tell the next step where it is not."""
        if self.signed_in:
            return True
        _, _, token = header.partition(" ")
        told = "NTLM"
        if token:
            if self.talk is None:
                self.talk = spnego.server(protocol="ntlm")
            try:
                answer = self.talk.step(base64.b64decode(token))
            except spnego.exceptions.SpnegoError:
                self.server.world.denied += 1
                self.talk = None
            else:
                self.signed_in = self.talk.complete
                told = f"NTLM {base64.b64encode(answer or b'').decode()}"
        if not self.signed_in:
            self._tell(401, b"", {"WWW-Authenticate": told})
        return self.signed_in

    def _answered(self, operation: str, body: Any) -> bytes:
        store = self.server.world.store
        try:
            with store.changed:
                return envelope(operation, answer(store, body))
        except Refusal as refusal:
            return envelope(operation, bad(operation, refusal.code, refusal.told))

    def _fail(self, struck: Fault, operation: str, body: Any) -> None:
        struck.met.set()
        if struck.waits:
            time.sleep(struck.waits)
            self._tell(200, self._answered(operation, body))
        elif struck.no_state:
            told = bad(operation, "ErrorInternalServerError", "It failed.")
            self._tell(200, envelope(operation, told))
        elif struck.code and struck.message:
            self._tell(200, envelope(operation, bad(operation, struck.code, "It was refused.")))
        elif struck.code:
            self._tell(500, fault(struck.code, "It was refused.", struck.milliseconds))
        elif struck.status:
            pause = {"Retry-After": struck.retry_after} if struck.retry_after else {}
            self._tell(struck.status, b"", pause)
        else:
            told = b"" if struck.cut == "before" else self._answered(operation, body)
            if struck.cut == "middle":
                self.send_response(200)
                self.send_header("Content-Type", "text/xml; charset=utf-8")
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told[: len(told) // 2])
                self.wfile.flush()
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _give_token(self, form: str) -> None:
        world = self.server.world
        world.asked.append("token")
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        named = self.headers.get("Authorization", "") == f"Basic {basic}"
        if not named and SECRET.replace(" ", "+") not in form:
            self._tell(401, b'{"error": "invalid_client"}', kind="application/json")
            return
        token = f"token-{len(world.tokens) + 1}"
        world.tokens.add(token)
        told = {"token_type": "Bearer", "expires_in": world.token_seconds, "access_token": token}
        self._tell(200, json.dumps(told).encode(), kind="application/json")

    def _stream(self, body: Any) -> None:
        store = self.server.world.store
        until = time.monotonic() + 60 * float(body.findtext("m:ConnectionTimeout", "1", NS))
        (number,) = [each.text for each in body.iterfind(".//t:SubscriptionId", NS)]
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        status = "<m:ConnectionStatus>{}</m:ConnectionStatus>"
        with suppress(OSError):
            self._chunk(good("GetStreamingEvents", status.format("OK")))
            while time.monotonic() < until and not self.server.stopping.is_set():
                if number not in store.subscriptions:
                    code = "ErrorSubscriptionNotFound"
                    self._chunk(bad("GetStreamingEvents", code, "It was not found."))
                    break
                if ids := store.news(number, 0.2):
                    folder = store.subscriptions[number].folder
                    self._chunk(good("GetStreamingEvents", notification(number, folder, ids)))
            else:
                self._chunk(good("GetStreamingEvents", status.format("Closed")))
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def _chunk(self, messages: str) -> None:
        told = envelope("GetStreamingEvents", messages)
        self.wfile.write(b"%x\r\n%s\r\n" % (len(told), told))
        self.wfile.flush()

    def _tell(
        self,
        status: int,
        told: bytes,
        headers: dict[str, str] | None = None,
        kind: str = "text/xml; charset=utf-8",
    ) -> None:
        with suppress(OSError):
            self.send_response(status)
            for name, value in {**(headers or {}), "Content-Type": kind}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, world: EwsServer) -> None:
        self.world = world
        self.stopping = threading.Event()
        super().__init__(("127.0.0.1", world.port), _Desk)

    def handle_error(self, *told: object) -> None:
        pass


@contextmanager
def running_ews(side: ssl.SSLContext | None = None) -> Iterator[EwsServer]:
    """Run the server; side: its certificate, for https."""
    world = EwsServer(EwsStore(ADDRESS), scheme="https" if side else "http")
    http = _Http(world)
    if side is not None:
        http.socket = side.wrap_socket(http.socket, server_side=True)
    world.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield world
    finally:
        http.stopping.set()
        http.shutdown()
        http.server_close()
