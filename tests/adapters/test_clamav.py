"""The virus scanner: a real clamd with an invented signature, and every way not to answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from secretariat.adapters.clamav import TOO_LARGE, ClamAv
from secretariat.domain.papers import ScannerAway
from tests.clamd import HARMFUL, LARGEST, NAME, a_free_port, answering, running_clamd
from tests.papers_builders import a_pdf, a_zip


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    with running_clamd() as address:
        yield address


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose path is short enough for a socket."""
    with TemporaryDirectory(prefix="s-") as short:
        yield Path(short)


def test_a_clean_paper_is_clean(clamd: str) -> None:
    assert ClamAv(clamd).scan(a_pdf(["An overview report"])) == ""
    assert ClamAv(clamd).scan(b"") == ""


def test_what_is_harmful_is_named(clamd: str) -> None:
    assert ClamAv(clamd).scan(b"before " + HARMFUL + b" after") == NAME


def test_what_is_harmful_is_found_inside_a_container(clamd: str) -> None:
    assert ClamAv(clamd).scan(a_zip({"report.txt": HARMFUL})) == NAME


def test_a_file_larger_than_the_scanner_takes_is_not_called_clean(clamd: str) -> None:
    assert ClamAv(clamd).scan(b"a" * (LARGEST - 1_000)) == ""
    assert ClamAv(clamd).scan(b"a" * (LARGEST * 4)) == TOO_LARGE


def test_the_doctor_is_told_which_scanner_it_is(clamd: str) -> None:
    assert ClamAv(clamd).version().startswith("ClamAV")


def test_a_scanner_at_a_port_of_this_machine_is_asked_too() -> None:
    with running_clamd(port=a_free_port()) as address:
        assert ClamAv(address).scan(HARMFUL) == NAME
        assert ClamAv(address).scan(b"a" * (LARGEST * 4)) == TOO_LARGE


def test_a_socket_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(ScannerAway, match="its socket is not there"):
        ClamAv(str(folder / "none.ctl")).scan(b"paper")


def test_a_scanner_that_is_not_running_is_told(folder: Path) -> None:
    with pytest.raises(ScannerAway, match="refuses the connection"):
        ClamAv(f"127.0.0.1:{a_free_port()}").scan(b"paper")


@pytest.mark.parametrize("address", ["192.0.2.1:3310", "scanner.example:3310", "127.0.0.1.x:1"])
def test_no_paper_is_sent_to_another_machine(address: str) -> None:
    with pytest.raises(ScannerAway, match="not on this machine"):
        ClamAv(address).scan(b"paper")


@pytest.mark.parametrize("address", ["clamd", "localhost:", "localhost:99999", "127.0.0.1:+1"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(ScannerAway, match="neither the path of a socket nor host:port"):
        ClamAv(address).scan(b"paper")


def test_a_scanner_that_never_answers_is_given_up(folder: Path) -> None:
    with (
        answering(folder, None) as address,
        pytest.raises(ScannerAway, match="it took too long"),
    ):
        ClamAv(address, seconds=0.2).scan(b"paper")


def test_a_scanner_that_takes_nothing_in_is_given_up(folder: Path) -> None:
    with (
        answering(folder, None) as address,
        pytest.raises(ScannerAway, match="it took too long"),
    ):
        ClamAv(address, seconds=0.2).scan(b"a" * 2**24)


@pytest.mark.parametrize("reply", [b"", b"\0", b"stream: OK and more\0", b"\xff" * 9_000, b"OK\0"])
def test_an_answer_that_is_not_understood_is_never_taken_for_clean(
    folder: Path, reply: bytes
) -> None:
    with answering(folder, reply) as address, pytest.raises(ScannerAway):
        ClamAv(address).scan(b"paper")


def test_a_scanner_that_hangs_up_before_the_file_is_through_is_told(folder: Path) -> None:
    with answering(folder, b"", read=False) as address, pytest.raises(ScannerAway):
        ClamAv(address).scan(b"a" * 2**24)


def test_a_name_that_says_more_than_a_name_is_made_plain(folder: Path) -> None:
    with answering(folder, b"stream: <b>\x1b[1mX FOUND\0") as address:
        assert set("<>\x1b[") & set(ClamAv(address).scan(b"paper")) == set()
