"""An office by command: made, looked over, worked, kept and put back."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from docx import Document

import secretariat
from secretariat.adapters.mail.folders import fresh_name
from secretariat.domain.post_in import MailState
from secretariat.office.opening import open_office, settings_at
from secretariat.office.starting import start_office
from tests.cli.conftest import Ask, Said
from tests.mail_builders import a_raw
from tests.papers_builders import a_pdf

MIGRATIONS = Path(secretariat.__file__).parent / "adapters" / "register" / "migrations"
EMAIL = "ada@homeoffice.example"
WELL = {
    'generation = ""': 'generation = "2017"',
    'signatory = ""': 'signatory = "Pat Example"',
    "dhr-enquiries@homeoffice.example": "dhr-enquiries@reviews.test",
}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new office, made once a session, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "office"
    start_office(folder, EMAIL)
    config = folder / "secretariat.toml"
    text = config.read_text()
    for key, value in WELL.items():
        text = text.replace(key, value)
    config.write_text(text)
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    shutil.copytree(made, folder)
    return folder


def crosses(said: Said) -> list[str]:
    """Return the parts that the doctor crossed, each with the line of what to do under it."""
    lines = said.out.splitlines()
    found = [place for place, line in enumerate(lines) if line.startswith("✗")]
    assert all(lines[place + 1].startswith("    ") for place in found)
    return [lines[place].removeprefix("✗ ").partition(":")[0] for place in found]


def register_of(home: Path) -> Path:
    return home / "data" / "register.sqlite"


def deliver(home: Path, **said: object) -> None:
    (home / "data" / "mail" / "in" / "new" / fresh_name(1_773_000_000)).write_bytes(a_raw(**said))  # type: ignore[arg-type]


def test_init_makes_an_office_and_shows_its_password_once(ask: Ask, tmp_path: Path) -> None:
    said = ask("init", tmp_path / "new", "--email", EMAIL)
    assert said.code == 0
    assert re.search(r"one-time password [a-z2-9]{5}(-[a-z2-9]{5}){3}\n", said.out)
    again = ask("init", tmp_path / "new", "--email", EMAIL)
    assert again.code == 3
    assert "nothing was changed" in again.err


def test_what_init_makes_is_for_its_owner_alone(ask: Ask, tmp_path: Path) -> None:
    ask("init", tmp_path / "new")
    for path in (tmp_path / "new").rglob("data/**/*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_folder_that_cannot_hold_an_office_is_one_sentence(ask: Ask) -> None:
    said = ask("init", "/proc/office")
    assert said.code == 3
    assert "no office can be made" in said.err
    assert "Traceback" not in said.err


def test_the_password_was_given_out_once_and_must_be_changed(home: Path) -> None:
    office = open_office(settings_at(home / "secretariat.toml", {}))
    account = office.accounts.find(EMAIL)
    office.close()
    assert account
    assert account.must_change


def test_sending_is_held_in_a_new_office(ask: Ask, home: Path) -> None:
    assert ask("sending", "--config", home).out.startswith("Sending is held.")


def test_only_an_administrator_releases_sending(ask: Ask, home: Path) -> None:
    release = ("sending", "release", "--config", home, "--why", "The letters are checked", "--by")
    said = ask(*release, "nobody@homeoffice.example")
    assert said.code == 3
    assert ask(*release, EMAIL).out.startswith("Sending is released.")


def test_what_will_be_sent_is_told_and_a_dry_run_sends_nothing(ask: Ask, home: Path) -> None:
    deliver(home, files={"Overview report.pdf": a_pdf(["Domestic Homicide Review", "Anytown"])})
    ask("round", "--config", home)
    ahead = ask("sending", "ahead", "--config", home).out
    assert ahead.splitlines()[1].startswith("Today, ")
    assert "Sending is held." in ahead
    dry = ask("sending", "--dry-run", "--config", home).out
    assert dry.startswith("Sending is held.")
    assert "sending not held" in dry or "waits" in dry or dry.count("\n") == 1


def test_a_round_takes_in_what_waits_and_prints_a_table(ask: Ask, home: Path) -> None:
    deliver(home, files={"Overview report.pdf": a_pdf(["Domestic Homicide Review", "Anytown"])})
    said = ask("round", "--config", home)
    assert re.search(r"^intake +1 ", said.out, re.MULTILINE)
    assert re.search(r"^intake +0 ", ask("round", "--config", home).out, re.MULTILINE)


def test_a_second_daemon_is_refused_in_a_sentence(ask: Ask, home: Path) -> None:
    office = open_office(settings_at(home / "secretariat.toml", {}))
    with office.watching():
        commands = (("watch", "--no-wait"), ("round",), ("serve",))
        refused = [ask(*command, "--config", home) for command in commands]
    office.close()
    assert [said.code for said in refused] == [3, 3, 3]
    assert all("only one may" in said.err for said in refused)


def test_meetings_are_added_and_listed(ask: Ask, home: Path) -> None:
    ask("account", "add", "Sam@homeoffice.example", "Sam", "--role", "caseworker", "--config", home)
    by = ("--by", "sam@homeoffice.example", "--config", home)
    assert "on 2026-04-29" in ask("meeting", "add", "2026-04-29", "--chair", "C. Chair", *by).out
    assert ask("meeting", "list", "--config", home).out == "1  2026-04-29  no reviews yet\n"
    assert ask("meeting", "put", "1", "QA-2026-0009", *by).code == 3


def test_the_papers_of_a_meeting_are_written_as_word_files(
    ask: Ask, home: Path, tmp_path: Path
) -> None:
    ask("account", "add", "sam@homeoffice.example", "Sam", "--role", "caseworker", "--config", home)
    ask("meeting", "add", "2026-04-29", "--by", "sam@homeoffice.example", "--config", home)
    for paper in ("agenda", "form"):
        out = tmp_path / f"{paper}.docx"
        assert ask("meeting", paper, "1", "--out", out, "--config", home).code == 0
        assert "29 April 2026" in Document(str(out)).paragraphs[0].text
        assert ask("meeting", paper, "7", "--out", out, "--config", home).code == 3
        nowhere = tmp_path / "nowhere" / "paper.docx"
        said = ask("meeting", paper, "1", "--out", nowhere, "--config", home)
        assert (said.code, "cannot be written" in said.err) == (3, True)


def test_notes_that_cannot_be_read_are_told_with_their_line(
    ask: Ask, home: Path, tmp_path: Path
) -> None:
    ask("account", "add", "sam@homeoffice.example", "Sam", "--role", "caseworker", "--config", home)
    by = ("--by", "sam@homeoffice.example", "--config", home)
    ask("meeting", "add", "2026-04-29", *by)
    notes = tmp_path / "notes.md"
    notes.write_text("# QA-2026-0042 Anytown\n\nOutcome: publish\n\nIt was clear.\n")
    said = ask("notes", "1", notes, *by)
    assert said.code == 1
    assert said.err.startswith("notes.md:1: ")


def test_a_guess_is_printed_with_the_words_that_confirm_it(
    ask: Ask, home: Path, tmp_path: Path
) -> None:
    ask("account", "add", "sam@homeoffice.example", "Sam", "--role", "caseworker", "--config", home)
    by = ("--by", "sam@homeoffice.example", "--config", home)
    ask("meeting", "add", "2026-04-29", *by)
    notes = tmp_path / "notes.md"
    notes.write_text("# QA-2026-0042\nPanel feedback\n- Explain.\nOutcome: publish\n")
    assert "--confirm 'panel feedback = points'" in ask("notes", "1", notes, *by).err
    said = ask("notes", "1", notes, "--confirm", "panel feedback = points", *by).err
    assert ("feedback" in said, "not in the register" in said) == (False, True)


def test_accounts_are_reset_and_closed(ask: Ask, home: Path) -> None:
    config, sam = ("--config", home), "sam@homeoffice.example"
    ask("account", "add", sam, "Sam", "--role", "caseworker", *config)
    assert "One-time password" in ask("account", "reset", sam, *config).out
    assert ask("account", "close", sam, *config).code == 0
    assert f"{sam}  caseworker (closed)\n" in ask("account", "list", *config).out
    assert ask("account", "reset", "nobody@homeoffice.example", *config).code == 3


def test_every_fault_of_a_configuration_is_told_with_key_and_line(ask: Ask, home: Path) -> None:
    (home / "secretariat.toml").write_text('[web]\ncolour = 1\nport = "eighty"\n')
    for said in (ask("doctor", "--config", home), ask("round", "--config", home)):
        told = said.out + said.err
        assert "line 2: [web] colour is not known" in told
        assert "line 3: [web] port must be a whole number" in told
    assert crosses(ask("doctor", "--config", home)) == ["configuration", "configuration"]


def test_the_doctor_ticks_an_office_that_is_well(ask: Ask, home: Path) -> None:
    said = ask("doctor", "--config", home)
    assert set(crosses(said)) <= {"LibreOffice", "disk"}
    for part in ("configuration", "directory", "templates", "database", "mailbox", "sending"):
        assert f"✓ {part}: " in said.out


def test_the_doctor_shows_the_settings_in_force_and_no_secret(
    ask: Ask, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRETARIAT_SECRET_KEY", "never-told" * 5)
    said = ask("doctor", "--settings", "--config", home)
    assert "letter.signatory = Pat Example" in said.out
    assert "SECRETARIAT_SECRET_KEY = set (not shown)" in said.out
    assert "never-told" not in said.out


def test_the_doctor_looks_at_what_was_delivered_without_a_configuration(ask: Ask) -> None:
    said = ask("doctor")
    assert "✓ directory: " in said.out
    assert "✓ database: none is opened" in said.out


def a_broken_template(home: Path) -> None:
    (home / "templates" / "letters" / "2017" / "letter.docx").write_bytes(b"not a Word file")


def an_altered_paper(home: Path) -> None:
    (paper,) = (home / "data" / "vault").glob("??/*")
    paper.write_bytes(b"altered")


def a_missing_paper(home: Path) -> None:
    (paper,) = (home / "data" / "vault").glob("??/*")
    paper.unlink()


def an_outbox_that_is_no_folder(home: Path) -> None:
    shutil.rmtree(home / "data" / "mail" / "outbox")
    (home / "data" / "mail" / "outbox").write_text("a file")


def a_disk_that_refuses(home: Path) -> None:
    sent = home / "data" / "mail" / "sent" / "tmp"
    sent.rmdir()
    sent.symlink_to("/proc")


def an_older_schema(home: Path) -> None:
    set_revision(home, ScriptDirectory(str(MIGRATIONS)).get_base() or "")


def a_newer_schema(home: Path) -> None:
    set_revision(home, "9999_of_tomorrow")


def set_revision(home: Path, revision: str) -> None:
    with sqlite3.connect(register_of(home)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def a_mail_filed_by_hand(home: Path) -> None:
    deliver(home, body="A question that nobody saw")
    (new,) = (home / "data" / "mail" / "in" / "new").iterdir()
    new.rename(home / "data" / "mail" / "in" / ".Noted" / "cur" / f"{new.name}:2,S")


def a_scanner_that_is_away(home: Path) -> None:
    config = home / "secretariat.toml"
    toml = config.read_text()
    assert 'scanner = ""' in toml
    config.write_text(toml.replace('scanner = ""', 'scanner = "/nowhere/clamd.ctl"'))


def a_ledger_changed_by_hand(home: Path) -> None:
    with sqlite3.connect(register_of(home)) as connection:
        triggers = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger'"
        ).fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE ledger SET why = 'nothing happened'")


@pytest.mark.parametrize(
    ("harm", "part", "remedy"),
    [
        pytest.param(a_broken_template, "templates", "Correct it in Word", id="template"),
        pytest.param(an_altered_paper, "vault", "Restore the file", id="altered paper"),
        pytest.param(a_missing_paper, "vault", "Restore the file", id="missing paper"),
        pytest.param(an_older_schema, "database", "secretariat migrate", id="older schema"),
        pytest.param(a_newer_schema, "database", "Install the version", id="newer schema"),
        pytest.param(an_outbox_that_is_no_folder, "office", "parts above", id="outbox"),
        pytest.param(a_disk_that_refuses, "outbox", "owner, rights and disk", id="sent"),
        pytest.param(a_ledger_changed_by_hand, "ledger", "Compare it", id="ledger"),
        pytest.param(a_mail_filed_by_hand, "mail count", "Put a lost message back", id="lost"),
        pytest.param(a_scanner_that_is_away, "virus scanner", "Start clamav-daemon", id="scanner"),
    ],
)
def test_the_doctor_crosses_the_part_that_is_broken_and_says_what_to_do(
    ask: Ask, home: Path, harm: object, part: str, remedy: str
) -> None:
    deliver(home, body="A question about nothing")
    ask("round", "--config", home)
    harm(home)  # type: ignore[operator]
    said = ask("doctor", "--config", home)
    assert said.code == 1
    assert part in crosses(said)
    assert remedy in said.out


def test_the_doctor_says_when_the_database_does_not_answer(
    ask: Ask, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "postgresql://us:a-long-password@127.0.0.1:1/register"
    monkeypatch.setenv("SECRETARIAT_DATABASE_URL", secret)
    said = ask("doctor", "--config", home)
    assert "database" in crosses(said)
    assert "a-long-password" not in said.out + said.err


def test_a_register_of_another_version_is_not_opened(ask: Ask, home: Path) -> None:
    a_newer_schema(home)
    said = ask("round", "--config", home)
    assert said.code == 3
    assert "newer than this version" in said.err


def test_a_backup_comes_back_with_sending_held(
    ask: Ask, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = ("--config", home)
    key = ask("backup", "--new-key").out.strip()
    monkeypatch.setenv("SECRETARIAT_BACKUP_KEY", key)
    deliver(home, body="A question about nothing")
    ask("round", *config)
    ask("sending", "release", "--why", "ready", "--by", EMAIL, *config)
    assert ask("backup", tmp_path / "kept", *config).code == 0
    assert ask("restore", tmp_path / "kept", *config).code == 3
    shutil.rmtree(home / "data")
    assert ask("restore", tmp_path / "kept", *config).code == 0
    assert "sending" in crosses(ask("doctor", *config))
    assert ask("sending", "release", "--why", "ready", "--by", EMAIL, *config).code == 3
    assert ask("reconcile", *config).code == 0
    assert ask("sending", "release", "--why", "ready", "--by", EMAIL, *config).code == 0


def test_without_its_key_no_backup_is_made_or_read(
    ask: Ask, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ask("backup", tmp_path / "kept", "--config", home)
    assert said.code == 3
    assert "SECRETARIAT_BACKUP_KEY" in said.err
    monkeypatch.setenv("SECRETARIAT_BACKUP_KEY", ask("backup", "--new-key").out.strip())
    ask("backup", tmp_path / "kept", "--config", home)
    shutil.rmtree(home / "data")
    monkeypatch.setenv("SECRETARIAT_BACKUP_KEY", ask("backup", "--new-key").out.strip())
    assert ask("restore", tmp_path / "kept", "--config", home).code == 3
    assert not register_of(home).exists()
    assert not list((home / "data").glob("vault/*"))


def test_a_backup_tells_of_papers_that_are_gone(
    ask: Ask, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRETARIAT_BACKUP_KEY", ask("backup", "--new-key").out.strip())
    deliver(home, body="A question about nothing")
    ask("round", "--config", home)
    an_altered_paper(home)
    said = ask("backup", tmp_path / "kept", "--config", home)
    assert said.code == 1
    assert "is not in the backup" in said.err


def test_triage_by_ones_own_words(ask: Ask, home: Path, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(a_raw(subject="Abwesenheitsnotiz", body="Ich bin bald wieder da."))
    assert ask("triage", mail, "--json").json["kind"] == "unknown"
    words = home / "triage.toml"
    own = words.read_text().replace('["automatic reply"', '["abwesenheit*", "automatic reply"')
    words.write_text(own)
    assert ask("triage", mail, "--json", "--config", home).json["kind"] == "automatic reply"


def test_migrate_brings_an_empty_register_to_this_version(ask: Ask, home: Path) -> None:
    os.unlink(register_of(home))
    assert ask("round", "--config", home).code == 3
    assert ask("migrate", "--config", home).code == 0
    assert ask("round", "--config", home).code == 0


def test_mail_that_came_after_the_backup_is_taken_in_again(
    ask: Ask, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = ("--config", home)
    monkeypatch.setenv("SECRETARIAT_BACKUP_KEY", ask("backup", "--new-key").out.strip())
    deliver(home, body="The first question", message_id="<first@anyshire.gov.uk>")
    ask("round", *config)
    ask("backup", tmp_path / "kept", *config)
    deliver(home, body="The second question", message_id="<second@anyshire.gov.uk>")
    ask("round", *config)
    shutil.rmtree(home / "data" / "vault")
    for path in register_of(home).parent.glob("register.sqlite*"):
        path.unlink()
    ask("restore", tmp_path / "kept", *config)
    ask("reconcile", *config)
    office = open_office(settings_at(home / "secretariat.toml", {}))
    with office.open_reading() as reading:
        known = {mail.message_id for mail in reading.mails(MailState.HELD)}
    office.close()
    assert known == {"<first@anyshire.gov.uk>", "<second@anyshire.gov.uk>"}
