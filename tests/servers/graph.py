"""A Microsoft Graph mail server on loopback: real HTTP, a lasting mailbox, faults at will."""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit

from tests.servers.graph_box import GraphBox, Unlike
from tests.servers.graph_routes import LARGEST_REQUEST, Asked, GraphRoutes, Told
from tests.servers.token_desk import TokenDesk

AT_ONCE = 4
ADDRESS = "dhr.anytown@example.test"


@dataclass
class Fault:
    """What goes wrong with requests whose "METHOD /path" holds `where` (a pattern).

    cut: "before" drops the line without doing what was asked, "after" when it was done,
        "middle" with half of the answer told
    status, code: answered instead, with Retry-After where given
    skip, times: how many such requests go well first, how many go wrong then
    """

    where: str
    status: int = 0
    code: str = ""
    retry_after: str = ""
    cut: str = ""
    skip: int = 0
    times: int = 1

    def strikes(self, line: str) -> bool:
        if self.times <= 0 or not re.search(self.where, line):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True


class Held:
    """Requests that the server leaves waiting, and how many there are."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.waiting = 0
        self._open = False
        self._changed = threading.Condition()

    def stay(self, line: str) -> None:
        if not re.search(self.where, line):
            return
        with self._changed:
            self.waiting += 1
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._open, timeout=30)

    def await_waiting(self, count: int) -> bool:
        """Return True as soon as `count` requests wait, False after 10 seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self.waiting >= count, timeout=10)

    def release(self) -> None:
        with self._changed:
            self._open = True
            self._changed.notify_all()


@dataclass
class GraphServer:
    """seen: "METHOD /path?query" of every request; bare: those that did not ask for ids that stay.

    any_name: whether the mailbox is found by whatever address
    busiest: how many requests there were at once; crowded: how many were turned away for that
    """

    box: GraphBox = field(default_factory=lambda: GraphBox(ADDRESS))
    desk: TokenDesk = field(default_factory=TokenDesk)
    url: str = ""
    any_name: bool = False
    faults: list[Fault] = field(default_factory=list)
    held: Held | None = None
    seen: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    crowded: int = 0
    busiest: int = 0
    running: int = 0
    routes: GraphRoutes = field(init=False)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.routes = GraphRoutes(self.box)

    @property
    def endpoint(self) -> str:
        return f"{self.url}/v1.0"

    @property
    def token_url(self) -> str:
        return f"{self.url}/tenant/oauth2/v2.0/token"

    def fail(self, where: str, status: int = 0, code: str = "", **more: object) -> Fault:
        """Let a request fail that is still to come."""
        fault = Fault(where, status, code, **more)  # type: ignore[arg-type]
        with self.lock:
            self.faults.append(fault)
        return fault

    def hold(self, where: str) -> Held:
        self.held = Held(where)
        return self.held

    def asked_for(self, where: str) -> int:
        """Return how many requests were made whose "METHOD /path?query" holds a pattern."""
        with self.lock:
            return sum(1 for line in self.seen if re.search(where, line))

    def striking(self, line: str) -> Fault | None:
        with self.lock:
            return next((fault for fault in self.faults if fault.strikes(line)), None)

    @contextmanager
    def one_more(self) -> Iterator[bool]:
        """Count a request; say whether there are few enough at once."""
        with self.lock:
            self.running += 1
            self.busiest = max(self.busiest, self.running)
            few = self.running <= AT_ONCE
            self.crowded += not few
        try:
            yield few
        finally:
            with self.lock:
                self.running -= 1


class _Counter(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60
    server_of: GraphServer

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        graph, parts = self.server_of, urlsplit(self.path)
        path = unquote(parts.path)
        if path.endswith("/oauth2/v2.0/token"):
            form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
            status, text = graph.desk.give(form)
            return self._tell(Told(status, text))
        line = f"{self.command} {unquote(self.path)}"
        with graph.lock:
            graph.seen.append(line)
        with graph.one_more() as few:
            if graph.held is not None:
                graph.held.stay(line)
            fault = graph.striking(line)
            if fault and fault.cut == "before":
                return self._drop()
            try:
                told = self._answer(path, parts.query, body, fault if few else _CROWDED)
            except Unlike as unlike:
                told = _unlike(unlike)
        if fault and fault.cut:
            return self._cut(told) if fault.cut == "middle" else self._drop()
        return self._tell(told)

    def do_GET(self) -> None:
        self._take()

    def do_POST(self) -> None:
        self._take()

    def do_PATCH(self) -> None:
        self._take()

    def do_PUT(self) -> None:
        self._take()

    def do_DELETE(self) -> None:
        self._take()

    def _answer(self, path: str, query: str, body: bytes, fault: Fault | None) -> Told:
        graph = self.server_of
        if fault and fault.status:
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
            return _unlike(Unlike(fault.status, fault.code), headers)
        if path.startswith("/upload/"):
            return graph.routes.upload(path.rpartition("/")[2], dict(self.headers.items()), body)
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if not graph.desk.good(token):
            raise Unlike(401, "InvalidAuthenticationToken")
        if len(body) > LARGEST_REQUEST:
            raise Unlike(413, "RequestEntityTooLarge")
        hit = re.fullmatch(r"/v1\.0/users/([^/]+)(/.+)", path)
        if hit is None:
            raise Unlike(400, "BadRequest")
        if hit[1] != graph.box.address and not graph.any_name:
            raise Unlike(404, "ErrorInvalidUser")
        asked = Asked(
            method=self.command,
            path=hit[2],
            query={key: values[0] for key, values in parse_qs(query).items()},
            headers=dict(self.headers.items()),
            body=body,
            base=f"{graph.endpoint}/users/{quote(hit[1])}",
        )
        if not asked.immutable:
            with graph.lock:
                graph.bare.append(f"{self.command} {path}")
        return graph.routes.answer(asked)

    def _tell(self, told: Told) -> None:
        self._head(told)
        self.wfile.write(told.body)

    def _cut(self, told: Told) -> None:
        self._head(told)
        self.wfile.write(told.body[: len(told.body) // 2])
        self.wfile.flush()
        self._drop()

    def _head(self, told: Told) -> None:
        self.send_response(told.status)
        self.send_header("Content-Type", told.content_type)
        for name, text in told.headers.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(told.body)))
        self.end_headers()

    def _drop(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


_CROWDED = Fault("", 429, "ApplicationThrottled")


def _unlike(unlike: Unlike, headers: dict[str, str] | None = None) -> Told:
    told = {"error": {"code": unlike.code, "message": f"{unlike.code}: told about {ADDRESS}"}}
    return Told(unlike.status, json.dumps(told).encode(), headers=headers or {})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A line that was cut is no fault of the server."""


@contextmanager
def running_graph(
    graph: GraphServer | None = None, *, tls: ssl.SSLContext | None = None
) -> Iterator[GraphServer]:
    """Serve a mailbox on loopback, over an encrypted line where `tls` is given."""
    graph = graph or GraphServer()
    server = _Server(("127.0.0.1", 0), type("Counter", (_Counter,), {"server_of": graph}))
    graph.url = f"http://127.0.0.1:{server.server_port}"
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        graph.url = f"https://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield graph
    finally:
        if graph.held is not None:
            graph.held.release()
        server.shutdown()
        server.server_close()
