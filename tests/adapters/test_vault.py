"""The vault keeps what it was given, whole, and notices what is gone or changed."""

import hashlib
import os
import resource
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from secretariat.adapters.papers.vault import Vault
from secretariat.domain.errors import OutOfOrder
from secretariat.domain.papers import PaperAltered, PaperMissing, VaultFull

PAPER = b"%PDF-1.4 an invented paper"
SHA256 = hashlib.sha256(PAPER).hexdigest()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture
def little_room() -> Iterator[None]:
    """Let no file of this process grow beyond 64 KB, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def everything_in(vault: Vault) -> list[Path]:
    return [path for path in vault.folder.rglob("*") if path.is_file()]


def test_what_is_kept_comes_back(vault: Vault) -> None:
    assert vault.keep(PAPER) == SHA256
    assert vault.open(SHA256) == PAPER
    assert vault.has(SHA256)
    assert list(vault.names()) == [SHA256]
    assert (vault.folder / SHA256[:2] / SHA256[2:]).is_file()


def test_the_same_paper_is_kept_once(vault: Vault) -> None:
    vault.keep(PAPER)
    written = everything_in(vault)[0].stat().st_mtime_ns
    vault.keep(PAPER)
    assert [path.stat().st_mtime_ns for path in everything_in(vault)] == [written]


def test_nobody_else_may_read_the_vault(vault: Vault) -> None:
    before = os.umask(0)
    vault.keep(PAPER)
    os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in everything_in(vault)}
    folders = {
        stat.S_IMODE(path.stat().st_mode) for path in (vault.folder, *vault.folder.iterdir())
    }
    assert modes == {0o600}
    assert folders == {0o700}


@pytest.mark.parametrize("name", ["", "ab", "../../etc/passwd", "Z" * 64, SHA256])
def test_a_paper_that_was_never_kept_is_missing(vault: Vault, name: str) -> None:
    assert not vault.has(name)
    with pytest.raises(PaperMissing):
        vault.open(name)


def test_an_altered_paper_is_refused_found_and_mended_by_keeping_it_again(vault: Vault) -> None:
    vault.keep(PAPER)
    (vault.folder / SHA256[:2] / SHA256[2:]).write_bytes(b"something else")
    with pytest.raises(PaperAltered):
        vault.open(SHA256)
    assert vault.audit([SHA256]) == ((), (SHA256,))
    vault.keep(PAPER)
    assert vault.audit([SHA256]) == ((), ())


def test_the_audit_names_what_is_gone(vault: Vault) -> None:
    gone = "f" * 64
    vault.keep(PAPER)
    assert vault.audit([SHA256, gone]) == ((gone,), ())


def test_a_paper_half_written_before_a_power_cut_is_no_paper(vault: Vault) -> None:
    vault.keep(PAPER)
    (vault.folder / SHA256[:2] / ".being-written-xyz").write_bytes(b"%PDF")
    assert list(vault.names()) == [SHA256]


@pytest.mark.usefixtures("little_room")
def test_a_full_disk_is_one_sentence_and_leaves_nothing_behind(vault: Vault) -> None:
    assert signal.getsignal(signal.SIGXFSZ) is signal.SIG_IGN
    with pytest.raises(VaultFull, match="no room left") as told:
        vault.keep(b"x" * 200_000)
    assert isinstance(told.value, OutOfOrder)
    assert everything_in(vault) == []
    assert vault.keep(PAPER) == SHA256


def test_a_vault_that_is_a_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "vault").write_text("in the way")
    with pytest.raises(OutOfOrder, match="the vault cannot be used"):
        Vault(tmp_path / "vault").keep(PAPER)
