"""The fetcher takes pages from the open web, and from nowhere else."""

import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.adapters.pages import FetchLimits, GuardedPages, is_open_web
from secretariat.ports.pages import NeverFetched, NoAnswer, TooMuch
from tests.publication_builders import (
    Site,
    a_certificate,
    a_site,
    dripping,
    leading_to,
    packed,
    typed,
)

AGENT = "secretariat/0.1 (publication check)"


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as site:
        yield site


def trusting(site: Site, **limits: float) -> GuardedPages:
    return GuardedPages(AGENT, frozenset({site.pair}), FetchLimits(**limits))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254"),
        *("172.16.0.1", "192.0.0.8", "192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255"),
        *("240.0.0.1", "168.63.129.16", "192.0.2.1", "::", "::1", "fe80::1", "fe80::1%eth0"),
        *("fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1"),
        *("::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1"),
        *("::127.0.0.1", "2a00:1450::5efe:7f00:1", "3fff::1", "5f00::1", "not an address", ""),
    ],
)
def test_an_address_that_is_not_of_the_open_web_is_known(address: str) -> None:
    assert not is_open_web(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.0.144", "2a00:1450:4009::200e"])
def test_an_address_of_the_open_web_is_known(address: str) -> None:
    assert is_open_web(address)


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_passes_in_an_ipv6_disguise(address: object) -> None:
    assert not is_open_web(f"::ffff:{address}")
    assert not is_open_web(f"64:ff9b::{address}")


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://anyshire.example/a", "gopher://anyshire.example", "data:,x"),
        *("http://", "http:///x", "//anyshire.example/x", "x", "", "http://[bad/", "http://a b/"),
        *("http://user:pass@anyshire.example/", "http://anyshire.example:22/", "http://a/" * 400),
        *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.1/"),
        *("http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://localhost/", "http://0/"),
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_what_is_no_public_address_is_never_fetched(url: str) -> None:
    with pytest.raises(NeverFetched):
        GuardedPages(AGENT).fetch(url)


def test_a_name_with_one_private_address_among_public_ones_is_never_fetched() -> None:
    pages = GuardedPages(AGENT, resolving=lambda host, port: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(NeverFetched):
        pages.fetch("http://anyshire.example/")


def test_a_name_is_resolved_once_and_the_checked_address_is_connected_to(site: Site) -> None:
    answers = iter([["203.0.113.7"], ["127.0.0.1"]])
    pages = GuardedPages(
        AGENT, frozenset({f"anyshire.example:{site.port}"}), resolving=lambda *_: next(answers)
    )
    rebound = GuardedPages(AGENT, resolving=lambda *_: next(answers))
    with pytest.raises(NeverFetched):
        rebound.fetch("http://anyshire.example/")
    site.answers["/"] = typed(b"here")
    assert pages.fetch(f"http://anyshire.example:{site.port}/").body == b"here"
    assert site.asked[0][1]["Host"] == f"anyshire.example:{site.port}"


def test_a_trusted_pair_is_fetched_and_nothing_else_on_that_machine(site: Site) -> None:
    site.answers["/a"] = typed(b"here", "text/html; charset=utf-8")
    page = trusting(site).fetch(site.at("/a"))
    assert (page.status, page.media_type, page.body) == (200, "text/html", b"here")
    with pytest.raises(NeverFetched):
        GuardedPages(AGENT, frozenset({"127.0.0.1:1"})).fetch(site.at("/a"))
    with pytest.raises(NeverFetched):
        trusting(site).fetch(f"http://localhost:{site.port}/a")


def test_the_site_learns_who_asks_and_nothing_of_the_case(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    site.answers["/a"] = typed(b"here")
    trusting(site).fetch(site.at("/a"))
    assert site.asked[0][1] == {
        "Host": site.pair,
        "User-Agent": AGENT,
        "Accept": "text/html,application/pdf,*/*;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def test_a_fault_of_the_site_is_a_page_too(site: Site) -> None:
    assert trusting(site).fetch(site.at("/gone")).status == 404


def test_a_redirect_is_followed_and_its_end_is_told(site: Site) -> None:
    site.answers.update({"/old": leading_to("/new?x=1", 301), "/new?x=1": typed(b"here")})
    assert trusting(site).fetch(site.at("/old")).url == site.at("/new?x=1")


@pytest.mark.parametrize(
    "leads",
    ["http://127.0.0.1/", "http://localhost/", "file:///etc/passwd", "http://169.254.169.254/"],
)
def test_a_redirect_into_the_private_network_is_never_followed(site: Site, leads: str) -> None:
    site.answers["/old"] = leading_to(leads)
    with pytest.raises(NeverFetched):
        trusting(site).fetch(site.at("/old"))


def test_a_site_that_leads_on_and_on_is_given_up(site: Site) -> None:
    site.answers["/round"] = leading_to("/round")
    with pytest.raises(NoAnswer, match="more than 5 times"):
        trusting(site).fetch(site.at("/round"))
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "url",
    [pytest.param("http://anyshire.invalid/", id="no such name"), "http://anyshire.example/"],
)
def test_a_site_that_is_not_there_does_not_answer(url: str) -> None:
    def no_name(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    with pytest.raises(NoAnswer):
        GuardedPages(AGENT, resolving=no_name).fetch(url)


def test_a_site_that_refuses_the_line_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NoAnswer):
        GuardedPages(AGENT, frozenset({f"127.0.0.1:{port}"})).fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("piece", [pytest.param(b"x", id="drop by drop"), b""])
def test_a_site_that_drips_is_given_up_in_time(site: Site, piece: bytes) -> None:
    site.answers["/slow"] = dripping(piece, 0.05)
    begun = time.monotonic()
    with pytest.raises(NoAnswer):
        trusting(site, seconds=0.4).fetch(site.at("/slow"))
    assert time.monotonic() - begun < 2


def test_a_name_that_is_never_resolved_is_given_up_in_time() -> None:
    def forever(host: str, port: int) -> list[str]:
        time.sleep(2)
        return []

    with pytest.raises(NoAnswer):
        GuardedPages(AGENT, limits=FetchLimits(seconds=0.2), resolving=forever).fetch(
            "http://anyshire.example/"
        )


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress)],
)
def test_a_packed_page_is_unpacked_and_a_bomb_is_not(
    site: Site, encoding: str, pack: object
) -> None:
    assert callable(pack)
    site.answers["/packed"] = packed(pack(b"here"), encoding)
    site.answers["/bomb"] = packed(pack(bytes(50 * 2**20)), encoding)
    pages = trusting(site, size=2**20)
    assert pages.fetch(site.at("/packed")).body == b"here"
    with pytest.raises(TooMuch):
        pages.fetch(site.at("/bomb"))


def test_more_than_is_taken_and_what_is_packed_strangely_is_not_taken(site: Site) -> None:
    site.answers.update({"/large": typed(bytes(2 * 2**20)), "/br": packed(b"xxxx", "br")})
    pages = trusting(site, size=2**20)
    for path in ("/large", "/br"):
        with pytest.raises(TooMuch):
            pages.fetch(site.at(path))


def test_the_checked_address_must_still_prove_the_name_that_was_asked_for(tmp_path: Path) -> None:
    certificate = a_certificate("anyshire.example", tmp_path)
    tls = ssl.create_default_context(cafile=str(certificate))
    with a_site(certificate) as site:
        site.answers["/"] = typed(b"here")
        names = ("anyshire.example", "othershire.example")
        pages = GuardedPages(
            AGENT,
            frozenset(f"{name}:{site.port}" for name in names),
            FetchLimits(seconds=5),
            resolving=lambda *_: ["127.0.0.1"],
            tls=tls,
        )
        assert pages.fetch(f"https://anyshire.example:{site.port}/").body == b"here"
        with pytest.raises(NoAnswer):
            pages.fetch(f"https://othershire.example:{site.port}/")
