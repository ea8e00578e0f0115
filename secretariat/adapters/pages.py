"""The guarded fetcher: takes a page from the open web, and from nowhere else.

A link in a mail may point at the machine's own network.  So a host name is resolved here,
every address it has is checked, and the address that was checked is the one connected to;
a redirect is a new address and is checked again.  All of it shares one time limit, so that
a site that drips cannot hold the service.  No proxy, cookie or setting of the environment
is heeded.
"""

import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import httpcore
import httpx

from secretariat.ports.pages import NeverFetched, NoAnswer, Page, TooMuch

SCHEMES: Final = {b"http": 80, b"https": 443}
PORTS: Final = frozenset({80, 443, 8080, 8443})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PIECE: Final = 64 * 2**10
LONGEST_URL: Final = 2_000
HOST: Final = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
OPEN_WEB_6: Final = ipaddress.IPv6Network("2000::/3")
NEVER: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a provider's customers
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the platform's own address in a public cloud
        "169.254.0.0/16",  # link-local, the cloud's description of the machine
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays into IPv6
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "2001::/23",  # protocol assignments, Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",  # documentation
    )
)
ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})

Resolve = Callable[[str, int], Iterable[str]]


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one fetch may cost, redirects included: seconds, bytes once unpacked, redirects."""

    seconds: float = 60.0
    size: int = 50 * 2**20
    redirects: int = 5


def is_open_web(address: str) -> bool:
    """Say whether an IP address is one that anybody on the internet may be sent to."""
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(place, ipaddress.IPv6Address):
        disguised = (int(place) >> 32) & 0xFFFFFFFF in ISATAP
        if place not in OPEN_WEB_6 or disguised or place.scope_id:
            return False
    barred = any(place in network for network in NEVER if network.version == place.version)
    return place.is_global and not place.is_multicast and not barred


def resolve(host: str, port: int) -> list[str]:
    """Return every address of a host; raise OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class GuardedPages:
    """Fetches pages of the open web.

    user_agent: how we make ourselves known; it names no case
    trusted: "host:port" pairs that are fetched unchecked, for tests and the demonstration;
        never filled from the configuration
    resolving: how a host name becomes addresses
    """

    user_agent: str
    trusted: frozenset[str] = frozenset()
    limits: FetchLimits = field(default_factory=FetchLimits)
    resolving: Resolve = resolve
    tls: ssl.SSLContext = field(default_factory=lambda: httpx.create_ssl_context(trust_env=False))

    def fetch(self, url: str) -> Page:
        """Return the page, whatever its status; raise NeverFetched, NoAnswer or TooMuch."""
        deadline = time.monotonic() + self.limits.seconds
        for _ in range(self.limits.redirects + 1):
            target = self._target(url)
            answer = self._ask(target, deadline)
            if isinstance(answer, Page):
                return answer
            url = answer
        raise NoAnswer(f"the site led on more than {self.limits.redirects} times")

    def _target(self, url: str) -> httpx.URL:
        """Return the address in its parts, if it is of a kind that is fetched at all."""
        if len(url) > LONGEST_URL:
            raise NeverFetched("the address is too long")
        try:
            target = httpx.URL(url.strip())
        except (httpx.InvalidURL, ValueError):
            raise NeverFetched("this is not a web address") from None
        if target.raw_scheme not in SCHEMES:
            raise NeverFetched("only http and https addresses are fetched")
        if not HOST.fullmatch(target.raw_host) or target.userinfo:
            raise NeverFetched("the address names no host, or a user")
        port = target.port or SCHEMES[target.raw_scheme]
        if port not in PORTS and _pair(target.host, port) not in self.trusted:
            raise NeverFetched(f"port {port} is not one of a public web site")
        return target

    def _ask(self, target: httpx.URL, deadline: float) -> Page | str:
        """Return the page at one address, or the address that it leads on to."""
        guard = _Guard(self.trusted, self.resolving, deadline)
        headers = {
            "Host": target.netloc.decode("ascii"),
            "User-Agent": self.user_agent,
            "Accept": "text/html,application/pdf,*/*;q=0.5",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        try:
            with (
                httpcore.ConnectionPool(self.tls, network_backend=guard) as pool,
                pool.stream("GET", _address(target), headers=_lines(headers)) as response,
            ):
                return self._answer(target, response, deadline)
        except httpcore.TimeoutException:
            raise NoAnswer("the site took too long") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError, zlib.error) as fault:
            raise NoAnswer(f"the site does not answer ({type(fault).__name__})") from None

    def _answer(
        self, target: httpx.URL, response: httpcore.Response, deadline: float
    ) -> Page | str:
        headers = {name.lower(): value for name, value in response.headers}
        leads = headers.get(b"location")
        if response.status in REDIRECTS and leads:
            try:
                return str(target.join(leads.decode("utf-8", errors="replace")))
            except (httpx.InvalidURL, ValueError):
                raise NoAnswer("the site leads on to nowhere") from None
        if int(_digits(headers.get(b"content-length", b""))) > self.limits.size:
            raise TooMuch(f"the site sends more than {self.limits.size // 2**20} MB")
        pieces = _unpacked(_iterate(response, deadline), headers.get(b"content-encoding", b""))
        body = bytearray()
        for piece in pieces:
            body += piece
            if len(body) > self.limits.size:
                raise TooMuch(f"the site sends more than {self.limits.size // 2**20} MB")
        media_type = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0]
        return Page(str(target), response.status, media_type.strip().lower(), bytes(body))


@dataclass
class _Guard(httpcore.NetworkBackend):
    """Connects to addresses of the open web only, each the very one that was checked."""

    trusted: frozenset[str]
    resolving: Resolve
    deadline: float

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers; raise NeverFetched if any is private."""
        addresses = self._resolved(host, port)
        if not addresses:
            raise httpcore.ConnectError("no address")
        if _pair(host, port) not in self.trusted and not all(map(is_open_web, addresses)):
            raise NeverFetched("the address leads into a private network")
        fault: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, _left(self.deadline))
            except httpcore.ConnectError as refused:
                fault = refused
            else:
                return _Watched(stream, self.deadline)
        raise fault

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Refuse always: raise NeverFetched."""
        raise NeverFetched("a web page does not lie on this machine")

    def _resolved(self, host: str, port: int) -> list[str]:
        """Resolve beside us, because the system's resolver heeds no time limit."""
        found: list[str] = []

        def look() -> None:
            try:
                found.extend(self.resolving(host, port))
            except (OSError, UnicodeError):
                found.clear()

        beside = threading.Thread(target=look, name="resolver", daemon=True)
        beside.start()
        beside.join(_left(self.deadline))
        if beside.is_alive():
            raise httpcore.ConnectTimeout("no answer to the name")
        return found


@dataclass
class _Watched(httpcore.NetworkStream):
    """A stream of which every read and write ends by one deadline, however slowly it drips."""

    stream: httpcore.NetworkStream
    deadline: float

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return at most `max_bytes`; the deadline counts, not `timeout`."""
        return self.stream.read(max_bytes, _left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it; the deadline counts, not `timeout`."""
        self.stream.write(buffer, _left(self.deadline))

    def close(self) -> None:
        """End the connection."""
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Return the same line encrypted, under the same deadline."""
        safe = self.stream.start_tls(ssl_context, server_hostname, _left(self.deadline))
        return _Watched(safe, self.deadline)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return left


def _pair(host: str, port: int) -> str:
    return f"{host}:{port}"


def _address(target: httpx.URL) -> httpcore.URL:
    return httpcore.URL(
        scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
    )


def _lines(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [
        (name.encode(), value.encode("ascii", errors="ignore")) for name, value in headers.items()
    ]


def _digits(length: bytes) -> bytes:
    return length if length.isdigit() and len(length) < 20 else b"0"


def _iterate(response: httpcore.Response, deadline: float) -> Iterator[bytes]:
    for piece in response.iter_stream():
        _left(deadline)
        yield piece


def _unpacked(pieces: Iterator[bytes], encoding: bytes) -> Iterator[bytes]:
    """Unpack in small pieces, so that a bomb is noticed before it has gone off."""
    packed = encoding.strip().lower()
    if packed in (b"", b"identity"):
        yield from pieces
        return
    if packed not in (b"gzip", b"x-gzip", b"deflate"):
        raise TooMuch("the site sends its page packed in a way that is not read")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for piece in pieces:
        waiting = piece
        while waiting and not unpacker.eof:
            yield unpacker.decompress(waiting, PIECE)
            waiting = unpacker.unconsumed_tail
