"""A little council website on loopback, whose pages the story puts up and takes down."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import ClassVar, Final, Self

HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one path of the site answers with."""

    media_type: str
    body: bytes = field(repr=False)


class Site:
    """The site; entering starts it on a free port of 127.0.0.1, leaving stops it."""

    def __init__(self) -> None:
        self.shown: dict[str, Shown] = {}
        visitor = type("Visitor", (_Visitor,), {"shown": self.shown})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), visitor)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        """Return host:port, the one loopback address that the demonstration may fetch."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str) -> str:
        """Return the address of a path as a council would write it in a mail."""
        return f"http://{self.address}{path}"

    def publish(self, path: str, body: bytes, media_type: str = "application/pdf") -> str:
        """Put a file up, in place of what was there, and return its address."""
        self.shown[path] = Shown(media_type, body)
        return self.url(path)

    def page(self, path: str, title: str, links: Sequence[tuple[str, str]] = ()) -> str:
        """Put up an HTML page of links (path, wording), and return its address."""
        items = "".join(f'<li><a href="{escape(to)}">{escape(said)}</a></li>' for to, said in links)
        html = (
            f'<!doctype html><html lang="en"><title>{escape(title)}</title>'
            f"<h1>{escape(title)}</h1><p>Invented for demonstration.</p><ul>{items}</ul></html>"
        )
        return self.publish(path, html.encode(), HTML)

    def take_down(self, path: str) -> None:
        """Let the path answer 404 again; no fault if it does already."""
        self.shown.pop(path, None)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


class _Visitor(BaseHTTPRequestHandler):
    """Answers one request; stays silent on the terminal."""

    shown: ClassVar[dict[str, Shown]] = {}

    def do_GET(self) -> None:
        """Answer with what the path shows, else 404."""
        found = self.shown.get(self.path.partition("?")[0])
        self.send_response(200 if found else 404)
        answer = found or Shown(HTML, b"<!doctype html><title>Page not found</title>")
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(answer.body)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal for the story."""
