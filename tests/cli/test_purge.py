"""Old mail by command: shown first, then deleted; and a whole office that looks through Sent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from secretariat.adapters.mail.folders import fresh_name
from secretariat.office.opening import open_office, settings_at
from tests.builders import a_mail, a_review, an_act
from tests.cli.conftest import Ask
from tests.cli.test_office import crosses, deliver
from tests.cli.test_office import home as home
from tests.cli.test_office import made as made
from tests.mail_builders import a_raw


def keep_days(home: Path, days: int) -> None:
    config = home / "secretariat.toml"
    text = re.sub(r"raw_mail_days = \d+", f"raw_mail_days = {days}", config.read_text())
    config.write_text(text)


@pytest.fixture
def old(home: Path) -> Path:
    """Return an office with a settled mail of last spring and one that was just held."""
    deliver(home, body="A question about nothing")
    office = open_office(settings_at(home / "secretariat.toml", {}))
    raw = office.vault.keep(b"as it came")
    with office.database.register() as pen:
        pen.add_review(a_review(), an_act())
        pen.add_mail(a_mail(raw=raw, attachments=()), an_act())
    office.intake.work()
    office.close()
    keep_days(home, 30)
    return home


def test_what_would_go_is_shown_before_it_goes(ask: Ask, old: Path) -> None:
    preview = ask("purge", "--preview", "--config", old)
    assert preview.code == 0
    assert preview.out.splitlines() == [
        "mail 1, 2 March 2026, registered, QA-2026-0001",
        "1 mail would lose words and bytes; nothing was deleted.",
    ]
    assert ask("purge", "--config", old).out == (
        "The words and the bytes of 1 mail older than 30 days went.\n"
    )
    assert ask("purge", "--preview", "--config", old).out.startswith("0 mails would")
    assert "vault and ledger" not in crosses(ask("doctor", "--config", old))


def test_nothing_goes_where_mail_is_kept_for_ever(ask: Ask, old: Path) -> None:
    keep_days(old, 0)
    assert ask("purge", "--config", old).out == "raw_mail_days is 0: mail is kept for ever.\n"


def test_a_round_purges_and_looks_through_sent(ask: Ask, old: Path) -> None:
    first = ask("round", "--config", old).out
    assert "retention          1      0" in first
    assert "sent               0      0" in first
    sent = old / "data" / "mail" / "sent" / "cur"
    sent.mkdir(parents=True, exist_ok=True)
    office = open_office(settings_at(old / "secretariat.toml", {}))
    now = office.clock.now()
    office.close()
    raw = a_raw(subject="About QA-2026-0001", to="jo.bloggs@anyshire.example", date=now)
    (sent / fresh_name(now.timestamp() + 1)).write_bytes(raw)
    assert "sent               1      0" in ask("round", "--config", old).out
