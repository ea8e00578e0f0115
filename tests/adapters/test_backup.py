"""A backup made while others write, and what comes back of it, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from secretariat.adapters import backup
from secretariat.adapters.backup import (
    BackupUnreadable,
    BackupUnwritable,
    KeyUnfit,
    NotEmpty,
    back_up,
    check_backup,
    new_key,
    restore,
)
from secretariat.adapters.clock import StoppedClock
from secretariat.adapters.papers.vault import Vault
from secretariat.adapters.register import Database, copy_in, copy_out, open_database
from secretariat.adapters.register.faults import RegisterUnusable
from secretariat.domain.ledger import OFFICE, broken_at
from secretariat.ports.sessions import StoredSession
from tests.builders import (
    CASEWORKER,
    NOW,
    REFERENCE,
    a_paper,
    a_review,
    an_act,
    some_kept_names,
)
from tests.register_builders import with_review

KEY = new_key()


@pytest.fixture
def empty_twin(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty database of the same kind."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'restored' / 'register.db'}"
        return
    cluster = request.getfixturevalue("cluster")
    name = f"twin_{uuid4().hex[:12]}"
    yield cluster.make(name)
    cluster.drop(name)


@pytest.fixture
def other_vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "restored" / "vault")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What stands for the register's copy where only the file matters."""
    path = tmp_path / "copy"
    path.write_bytes(b"the register" * 300_000)
    return path


def test_register_and_vault_come_back_with_sending_on_hold(
    database: Database, url: str, empty_twin: str, vault: Vault, other_vault: Vault,
    tmp_path: Path, clock: StoppedClock,
) -> None:  # fmt: skip
    kept = vault.keep(b"an overview report")
    with_review(database)
    with database.register() as register:
        register.add_paper(a_paper(sha256=kept), an_act(wording="Ms Example said so"))
        freed = replace(register.switch(), released=True, by=CASEWORKER)
        register.save_switch(freed, an_act())
        register.keep_names(REFERENCE, (some_kept_names(),), an_act())
    database.sessions.save(StoredSession("aa" * 32, CASEWORKER, "{}", NOW, NOW))
    archive = tmp_path / "backup"

    copy_out(url, tmp_path / "copy-out")
    made = back_up(tmp_path / "copy-out", vault, archive, key=KEY)
    brought = restore(archive, key=KEY, register=tmp_path / "copy-in", vault=other_vault)
    copy_in(empty_twin, tmp_path / "copy-in", clock=clock)

    assert (made, made.papers) == (brought, 1)
    assert other_vault.open(kept) == b"an overview report"
    restored = open_database(empty_twin, clock=clock)
    with database.reading() as before, restored.reading() as after:
        assert after.review(REFERENCE) == before.review(REFERENCE)
        assert after.ledger(str(REFERENCE)) == before.ledger(str(REFERENCE))
        assert after.kept_names(REFERENCE) == before.kept_names(REFERENCE) != ()
        assert broken_at(after.ledger(OFFICE)) is None
        assert "restored from a backup" in after.ledger(OFFICE)[-1].why
        assert (after.switch().released, after.switch().reconcile) == (False, True)
        assert before.switch().released
    assert restored.sessions.open("aa" * 32, NOW) is None
    restored.close()


def test_a_backup_made_while_others_write_is_whole(
    open_another: Callable[[], Database], url: str, empty_twin: str, vault: Vault,
    other_vault: Vault, tmp_path: Path, clock: StoppedClock,
) -> None:  # fmt: skip
    daemon, begun, over = open_another(), threading.Event(), threading.Event()

    def work() -> None:
        while not over.is_set():
            with daemon.register() as register:
                reference = register.next_reference(2026)
                register.add_review(a_review(reference=reference), an_act())
                kept = vault.keep(f"the report on {reference}".encode())
                register.add_paper(a_paper(reference=reference, sha256=kept, text=""), an_act())
            begun.set()

    working = threading.Thread(target=work)
    working.start()
    begun.wait()
    try:
        copy_out(url, tmp_path / "copy-out")
        back_up(tmp_path / "copy-out", vault, tmp_path / "backup", key=KEY)
    finally:
        over.set()
        working.join()
    restore(tmp_path / "backup", key=KEY, register=tmp_path / "copy-in", vault=other_vault)
    copy_in(empty_twin, tmp_path / "copy-in", clock=clock)
    restored = open_database(empty_twin, clock=clock)
    with restored.reading() as reading:
        assert reading.kept_files()
        assert other_vault.audit(reading.kept_files()) == ((), ())
        assert all(broken_at(reading.ledger(stream)) is None for stream in reading.streams())
    restored.close()


def test_a_reference_given_after_the_backup_is_never_given_again(
    database: Database, url: str, empty_twin: str, tmp_path: Path, clock: StoppedClock
) -> None:
    with database.register() as register:
        register.add_review(a_review(reference=register.next_reference(2026)), an_act())
    copy_out(url, tmp_path / "copy-out")
    with database.register() as register:
        given_since = register.next_reference(2026)
    copy_in(empty_twin, tmp_path / "copy-out", clock=clock)
    restored = open_database(empty_twin, clock=clock)
    with restored.register() as register:
        assert register.next_reference(2026) > given_since
    restored.close()


def test_nothing_is_restored_over_a_register_that_is_in_use(
    database: Database, url: str, tmp_path: Path, clock: StoppedClock
) -> None:
    copy_out(url, tmp_path / "copy-out")
    with pytest.raises(RegisterUnusable, match="holds something already"):
        copy_in(url, tmp_path / "copy-out", clock=clock)
    with database.reading() as reading:
        assert not reading.switch().reconcile


def test_a_register_that_is_not_there_cannot_be_copied(tmp_path: Path) -> None:
    with pytest.raises(RegisterUnusable, match="none yet"):
        copy_out(f"sqlite:///{tmp_path / 'register.db'}", tmp_path / "copy-out")


def test_without_pg_dump_the_missing_package_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RegisterUnusable, match="postgresql-client"):
        copy_out("postgresql://secretariat@127.0.0.1:1/register", tmp_path / "copy-out")


def test_a_password_never_stands_in_the_sentence_of_a_failed_copy(tmp_path: Path) -> None:
    url = "postgresql://secretariat:never-told@127.0.0.1:1/register"
    with pytest.raises(RegisterUnusable) as told:
        copy_out(url, tmp_path / "copy-out")
    assert "never-told" not in str(told.value)


def test_a_backup_is_unreadable_without_its_key(copy: Path, vault: Vault, tmp_path: Path) -> None:
    vault.keep(b"an overview report")
    back_up(copy, vault, tmp_path / "backup", key=KEY)
    sealed = (tmp_path / "backup").read_bytes()
    assert b"the register" not in sealed
    assert b"an overview report" not in sealed
    with pytest.raises(BackupUnreadable, match="not its key"):
        check_backup(tmp_path / "backup", key=new_key())


@pytest.mark.parametrize(
    "key", ["", "short", "!" * 44, KEY[:-4]], ids=["none", "short", "strange", "cut"]
)
def test_a_text_that_is_no_key_is_refused(copy: Path, vault: Vault, key: str) -> None:
    with pytest.raises(KeyUnfit):
        back_up(copy, vault, copy.with_name("backup"), key=key)


def test_keys_are_never_the_same() -> None:
    assert new_key() != new_key()


def damage_cut(sealed: bytes) -> bytes:
    return sealed[: len(sealed) // 2]


def damage_cut_between_pieces(sealed: bytes) -> bytes:
    head = len(backup.MAGIC) + backup.SALT
    return sealed[: head + 2 * (backup.PIECE + backup.SEAL)]


def damage_one_bit(sealed: bytes) -> bytes:
    place = len(sealed) // 2
    return sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]


def damage_order(sealed: bytes) -> bytes:
    head, piece = len(backup.MAGIC) + backup.SALT, backup.PIECE + backup.SEAL
    first, second = sealed[head : head + piece], sealed[head + piece : head + 2 * piece]
    return sealed[:head] + second + first + sealed[head + 2 * piece :]


def damage_longer(sealed: bytes) -> bytes:
    return sealed + b"more"


def damage_all(sealed: bytes) -> bytes:
    return b"a letter"


@pytest.mark.parametrize(
    "damage",
    [
        damage_cut,
        damage_cut_between_pieces,
        damage_one_bit,
        damage_order,
        damage_longer,
        damage_all,
    ],
)
def test_a_damaged_backup_brings_nothing_back(
    copy: Path, vault: Vault, other_vault: Vault, damage: Callable[[bytes], bytes]
) -> None:
    archive = copy.with_name("backup")
    back_up(copy, vault, archive, key=KEY)
    archive.write_bytes(damage(archive.read_bytes()))
    target = copy.with_name("copy-in")
    with pytest.raises(BackupUnreadable):
        restore(archive, key=KEY, register=target, vault=other_vault)
    assert not target.exists()
    assert list(other_vault.names()) == []


def test_a_damaged_paper_is_named_and_the_rest_is_backed_up(copy: Path, vault: Vault) -> None:
    good, bad = vault.keep(b"one report"), vault.keep(b"another report")
    (vault.folder / bad[:2] / bad[2:]).write_bytes(b"altered")
    made = back_up(copy, vault, copy.with_name("backup"), key=KEY)
    assert (made.papers, made.damaged) == (1, (bad,))
    target = Vault(copy.with_name("target"))
    restore(copy.with_name("backup"), key=KEY, register=copy.with_name("in"), vault=target)
    assert list(target.names()) == [good]


def test_nothing_is_overwritten(copy: Path, vault: Vault, other_vault: Vault) -> None:
    archive = copy.with_name("backup")
    back_up(copy, vault, archive, key=KEY)
    with pytest.raises(NotEmpty):
        back_up(copy, vault, archive, key=KEY)
    with pytest.raises(NotEmpty):
        restore(archive, key=KEY, register=copy, vault=other_vault)
    other_vault.keep(b"a report")
    with pytest.raises(NotEmpty, match="vault"):
        restore(archive, key=KEY, register=copy.with_name("in"), vault=other_vault)


def test_backups_and_copies_are_their_owners_alone(register: Database, vault: Vault) -> None:
    folder = vault.folder.parent
    copy_out(register.url, folder / "copy-out")
    back_up(folder / "copy-out", vault, folder / "backup", key=KEY)
    restore(folder / "backup", key=KEY, register=folder / "copy-in", vault=Vault(folder / "v"))
    for name in ("copy-out", "backup", "copy-in"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600
    assert not (folder / "backup.part").exists()


def test_a_backup_that_cannot_be_written_leaves_nothing(copy: Path, vault: Vault) -> None:
    with pytest.raises(BackupUnwritable):
        back_up(copy, vault, copy / "backup", key=KEY)
